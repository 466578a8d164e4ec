"""`losses_of`: what a document would lose in a round trip through a convention, each thing with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vtl.limits import Limits
from vtl.transforms.naming import split
from vtl.transforms.safe import Element, parse

if TYPE_CHECKING:
    from vtl.transforms.convention import Convention

_BLANKS = " \t\r\n"
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that is lost: the kind, in the words of the table of presets; the place, `/order/item[2]` in XML or
    `$.order.item` in JSON; and what becomes of it."""

    kind: str
    place: str
    message: str


def losses_of(document: object, rules: Convention, limits: Limits | None = None) -> list[Loss]:
    """The losses of XML (text or bytes) on its way to JSON and back, or of JSON values on their way to XML and back; the first
    1,000.

    InvalidXml for XML that is none, ConversionError for values that XML cannot hold.
    """
    if isinstance(document, str | bytes):
        found = _of_xml(parse(document, limits=limits), rules)
    else:
        found = _of_json(document, rules, limits)
    return [loss for loss, _ in zip(found, range(_MOST), strict=False)]


def _of_xml(root: Element, rules: Convention) -> Iterator[Loss]:
    if rules.style == "jsonml":
        if rules.whitespace == "strip":
            yield from (Loss("text", place, "blanks around it are gone") for place, each in _elements(root) if _has_edges(each))
        return
    if not rules.keep_root:
        yield Loss("elements", f"/{_local(root)}", f"the name of the root becomes {rules.root!r}")
    aside = [each for each in (*root.itersiblings(preceding=True), *root.itersiblings()) if not isinstance(each.tag, str)]
    yield from (Loss("comments", "/", "what stands outside the root is gone") for _ in aside[:1])
    for place, element in _elements(root):
        yield from _of_element(place, element, rules)


def _of_element(place: str, element: Element, rules: Convention) -> Iterator[Loss]:
    children = [each for each in element if isinstance(each.tag, str)]
    if len(children) != len(element):
        yield Loss("comments", place, "comments and processing instructions in it are gone")
    namespace = split(str(element.tag))[0]
    mapped = namespace in rules.prefixes.values()
    if namespace and not mapped and rules.namespaces != "keep":
        yield Loss("namespaces", place, f"its namespace {namespace!r} is gone")
    attributes = [name for name in element.attrib if name != _NIL or rules.nil != "xsi"]
    if attributes and rules.attribute_prefix is None:
        yield Loss("attributes", place, f"its attributes are gone: {', '.join(split(str(name))[1] for name in attributes)}")
    tags = [each.tag for each in children]
    if _alternates(tags):
        yield Loss("order", place, "children of the same name come together")
    texts = [element.text, *(each.tail for each in element)]
    if children and any((text or "").strip(_BLANKS) for text in texts):
        kind = "is gone" if rules.absorb_items else "comes before the children, in one piece"
        yield Loss("mixed text", place, f"text among the children {kind}")
    if rules.whitespace == "strip" and not children and _has_edges(element):
        yield Loss("text", place, "blanks around its text are gone")


def _elements(root: Element) -> Iterator[tuple[str, Element]]:
    """Every element with its place, in document order."""
    waiting = [(f"/{_local(root)}", root)]
    while waiting:
        place, element = waiting.pop()
        yield place, element
        counts: dict[str, int] = {}
        inner = []
        children = [each for each in element if isinstance(each.tag, str)]
        names = [_local(each) for each in children]
        for each, name in zip(children, names, strict=True):
            counts[name] = counts.get(name, 0) + 1
            number = f"[{counts[name]}]" if names.count(name) > 1 and len(names) < 1_000 else ""
            inner.append((f"{place}/{name}{number}", each))
        waiting += reversed(inner)


def _alternates(tags: list[Any]) -> bool:
    """Whether a name comes again after another one came between."""
    ended: set[object] = set()
    for before, tag in zip([None, *tags], tags, strict=False):
        if tag != before:
            if tag in ended:
                return True
            if before is not None:
                ended.add(before)
                if tag in ended:
                    return True
    return False


def _has_edges(element: Element) -> bool:
    text = element.text or ""
    return text != text.strip()


def _local(element: Element) -> str:
    return split(str(element.tag))[1]


def _of_json(value: object, rules: Convention, limits: Limits | None) -> Iterator[Loss]:
    from vtl.transforms.json_to_xml import json_to_xml
    from vtl.transforms.xml_to_json import xml_to_json

    back = xml_to_json(json_to_xml(value, convention=rules, limits=limits), convention=rules, limits=limits)
    waiting: list[tuple[str, object, object]] = [("$", value, back)]
    while waiting:
        place, before, after = waiting.pop()
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            for name, item in before.items():
                if name in after:
                    waiting.append((f"{place}.{name}", item, after[name]))
                else:
                    yield Loss(_kind(item), f"{place}.{name}", "it is gone")
            added = [name for name in after if name not in before]
            if added:
                yield Loss("elements", place, f"it gets members: {', '.join(map(str, added[:5]))}")
        elif isinstance(before, list | tuple) and isinstance(after, list):
            if len(before) != len(after):
                yield Loss("arrays", place, f"of {len(before)} elements {len(after)} come back")
            waiting += [(f"{place}[{number}]", *pair) for number, pair in enumerate(zip(before, after, strict=False))]
        elif type(before) is not type(after) or before != after:
            yield Loss(_kind(before), place, f"it comes back as {_shown(after)}")


def _kind(value: object) -> str:
    if isinstance(value, list | tuple):
        return "arrays of one" if len(value) == 1 else "arrays"
    if value is None:
        return "null"
    return "elements" if isinstance(value, Mapping) else "text" if isinstance(value, str) else "types"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
