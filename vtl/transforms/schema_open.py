"""Elements where a schema allows any (`xs:any`, `xs:anyType`): names in Clark's notation `{namespace}name`, all values texts.

`@name` is an attribute, `#text` the text beside attributes or elements, an element that comes several times an array, xsi:nil
null.
"""

from __future__ import annotations

from lxml import etree

from vtl.errors import InvalidValue
from vtl.transforms.schema import TEXT_KEY, XSI

DEEPEST = 100
_NIL = f"{{{XSI}}}nil"


def write_open(parent: etree._Element, name: str, value: object, path: str, depth: int = 1) -> None:
    """Append an element of that name for a JSON value. InvalidValue where the name or a text is none of XML's."""
    if depth > DEEPEST:
        raise InvalidValue(path, f"elements are more than {DEEPEST} levels inside each other")
    if isinstance(value, list):
        raise InvalidValue(path, "one value is expected, not an array")
    try:
        node = etree.SubElement(parent, name)
        if value is None:
            node.set(_NIL, "true")
        elif isinstance(value, dict):
            _write_members(node, value, path, depth)
        else:
            node.text = _text(value)
    except ValueError as error:
        raise InvalidValue(path, f"not a name or a text that XML takes: {error}") from None


def _write_members(node: etree._Element, value: dict[str, object], path: str, depth: int) -> None:
    for key, item in value.items():
        if key.startswith("@"):
            node.set(key[1:], _text(item))
        elif key == TEXT_KEY:
            node.text = _text(item)
        else:
            for number, one in enumerate(item if isinstance(item, list) else [item]):
                step = f"['{key}'][{number}]" if isinstance(item, list) else f"['{key}']"
                write_open(node, key, one, f"{path}{step}", depth + 1)


def read_open(node: etree._Element) -> object:
    """The JSON value of an element that no schema describes; libxml2 bounds the depth at 256."""
    if node.get(_NIL) in ("true", "1"):
        return None
    members: dict[str, object] = {f"@{name}": text for name, text in node.attrib.items()}
    children = [child for child in node if isinstance(child.tag, str)]
    for child in children:
        name, value = str(child.tag), read_open(child)
        if name not in members:
            members[name] = value
        elif sum(other.tag == name for other in children) > 1 and isinstance(before := members[name], list):
            before.append(value)
        else:
            members[name] = [members[name], value]
    text = "".join([node.text or "", *(child.tail or "" for child in node)])
    if not members:
        return text
    if text.strip():
        members[TEXT_KEY] = text
    return members


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)) or value is None:
        raise ValueError("a text is expected here")
    return str(value)
