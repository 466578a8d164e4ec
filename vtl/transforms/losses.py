"""What a convention loses: the table of what each preset keeps, and `losses_of` for one document.

The losses of a document are found by doing it: there and back again, and a comparison of what comes out with what went in. So the
report cannot promise what the conversion does not keep.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from vtl.errors import ConversionError
from vtl.limits import Limits
from vtl.transforms.convention import Convention
from vtl.transforms.json_schema import Hint
from vtl.transforms.naming import split
from vtl.transforms.places import member_path
from vtl.transforms.safe import Element, parse
from vtl.transforms.writing import scalar_text

FEATURES = MappingProxyType(
    {
        "elements": "every element, under its local name",
        "attributes": "every attribute",
        "text": "every text, character for character",
        "blanks": "blanks at the ends of a text",
        "order": "the order of siblings, where different names take turns",
        "mixed": "where text stands among elements",
        "comments": "comments and processing instructions",
        "namespaces": "namespaces and their prefixes",
        "arrays": "arrays of two or more, as members of objects",
        "other arrays": "arrays with no or one item, at the root, and in arrays",
        "types": "numbers, booleans and {} apart from text",
        "nulls": 'null apart from ""',
    }
)
"""What can be kept: the first eight from XML to JSON and back, the others from JSON to XML and back."""

KEEPS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "plain": frozenset({"elements", "attributes", "text", "arrays", "blanks", "nulls"}),
        "xmltodict": frozenset({"elements", "attributes", "text", "arrays", "namespaces"}),
        "badgerfish": frozenset({"elements", "attributes", "text", "arrays", "blanks", "namespaces"}),
        "parker": frozenset(),
        "jsonml": frozenset(FEATURES) - {"types", "nulls"},
    }
)
"""Preset → the features that no document loses in it."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that a round trip loses: which of `FEATURES` it is, where it stands, and what happens to it."""

    feature: str
    path: str
    message: str
    line: int = 0
    """The line in XML; 0 in JSON."""

    def __str__(self) -> str:
        place = f"line {self.line}, {self.path}" if self.line else self.path
        return f"{place}: {self.message} ({self.feature})"


def losses_of(document: object, rules: Convention, limits: Limits | None = None, *, schema: Hint | None = None) -> list[Loss]:
    """What a document would lose in a round trip: XML as text or bytes, anything else as JSON. Errors as of the conversions."""
    # The conversions know conventions, and a convention knows this module.
    from vtl.transforms.xml_reader import xml_to_json
    from vtl.transforms.xml_writer import json_to_xml

    if not isinstance(document, (str, bytes)):
        text = json_to_xml(document, convention=rules, limits=limits, schema=schema)
        made = xml_to_json(text, convention=rules, limits=limits, schema=schema)
        return list(_JsonLosses(rules).between(document, made))
    before = parse(document, limits=limits)
    value = xml_to_json(document, convention=rules, limits=limits, schema=schema)
    try:
        text = json_to_xml(value, convention=replace(rules, indent=0), limits=limits, schema=schema)
    except ConversionError as error:
        feature = "elements" if rules.namespaces == "keep" else "namespaces"
        message = f"what is made of it cannot be written as XML: {error.message}"
        return [Loss(feature, f"/{split(str(before.tag))[1]}", message, 1)]
    return list(_xml_losses(before, parse(text, limits=limits)))


def _xml_losses(before: Element, after: Element) -> Iterator[Loss]:
    """What the second tree lacks of the first, in the order of the document."""
    for node in (*reversed(list(before.itersiblings(preceding=True))), *before.itersiblings()):
        others = (*after.itersiblings(preceding=True), *after.itersiblings())
        if not any(_aside(node) == _aside(other) for other in others):
            yield Loss("comments", "/", f"{_aside(node)} is lost", node.sourceline or 0)
    waiting = [(before, after, f"/{_local(before)}")]
    while waiting:
        old, new, path = waiting.pop()
        line = old.sourceline or 0
        if _local(old) != _local(new):
            yield Loss("elements", path, f"the name becomes {_local(new)!r}", line)
        for feature, message in (*_namespace_losses(old, new), *_attribute_losses(old, new), *_content_losses(old, new)):
            yield Loss(feature, path, message, line)
        waiting += reversed([(one, other, f"{path}/{_local(one)}") for one, other in _pairs(old, new)])


def _namespace_losses(old: Element, new: Element) -> Iterator[tuple[str, str]]:
    parent = old.getparent()
    outer = parent.nsmap if parent is not None else {}
    for prefix, namespace in old.nsmap.items():
        if outer.get(prefix) != namespace and new.nsmap.get(prefix) != namespace:
            yield "namespaces", f"the declaration of {f'{prefix}:' if prefix else 'the default namespace'} ({namespace}) is lost"


def _attribute_losses(old: Element, new: Element) -> Iterator[tuple[str, str]]:
    by_local_name = {split(str(name))[1]: value for name, value in new.attrib.items()}
    for name, value in old.attrib.items():
        kept = new.get(name, by_local_name.get(split(str(name))[1]))
        if kept != value:
            yield "attributes", f"the attribute {split(str(name))[1]!r} {'is lost' if kept is None else f'becomes {kept!r}'}"


def _content_losses(old: Element, new: Element) -> Iterator[tuple[str, str]]:
    names, kept = Counter(map(_local, _children(old))), Counter(map(_local, _children(new)))
    for name, count in (names - kept).items():
        yield "elements", f"{count} of the elements {name!r} {'is' if count == 1 else 'are'} lost"
    if names == kept and [_local(child) for child in _children(old)] != [_local(child) for child in _children(new)]:
        yield "order", "the order of its children changes"
    lost = Counter(map(_aside, _asides(old))) - Counter(map(_aside, _asides(new)))
    for shown in lost:
        yield "comments", f"{shown} is lost"
    before, after = _texts(old), _texts(new)
    text, kept_text = "".join(before), "".join(after)
    if text.strip() != kept_text.strip():
        yield "text", f"the text {text.strip()[:40]!r} becomes {kept_text.strip()[:40]!r}"
    elif text != kept_text and not (len(names) and not text.strip()):
        yield "blanks", "blanks around the text are lost"
    elif text.strip() and before != after and names == kept:
        yield "mixed", "its text stands elsewhere among its children"


def _pairs(old: Element, new: Element) -> list[tuple[Element, Element]]:
    """The children that correspond: by their names, those of one name in order."""
    by_name: dict[str, list[Element]] = {}
    for child in _children(new):
        by_name.setdefault(_local(child), []).append(child)
    pairs = []
    for child in _children(old):
        if same := by_name.get(_local(child)):
            pairs.append((child, same.pop(0)))
    return pairs


def _children(element: Element) -> list[Element]:
    return [child for child in element if isinstance(child.tag, str)]


def _asides(element: Element) -> list[Element]:
    return [child for child in element if not isinstance(child.tag, str)]


def _aside(node: Element) -> str:
    """A comment or processing instruction, as it is written."""
    target = getattr(node, "target", None)
    return f"<!--{node.text or ''}-->" if target is None else f"<?{target} {node.text or ''}?>"


def _local(element: Element) -> str:
    return split(str(element.tag))[1]


def _texts(element: Element) -> list[str]:
    """The texts before, between and behind the child elements."""
    texts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            texts.append("")
        texts[-1] += child.tail or ""
    return texts


class _JsonLosses:
    """Compares JSON with what came back."""

    def __init__(self, rules: Convention):
        self._rules = rules
        self._is_jsonml = rules.style == "jsonml"

    def between(self, before: object, after: Any) -> Iterator[Loss]:
        """The losses, in the order of the document."""
        if self._is_jsonml:
            before = _merged(before)
        elif self._rules.keep_root and not _has_root(before, after):
            yield Loss("other arrays" if _is_list(before) else "types", "$", f"the document gets the root {self._rules.root!r}")
            after = after[self._rules.root]
        waiting: list[tuple[Any, Any, str]] = [(before, after, "$")]
        while waiting:
            old, new, path = waiting.pop()
            inner: list[tuple[Any, Any, str]] = []
            for found in self._at(old, new, path, inner):
                yield Loss(found[0], path, found[1])
            waiting += reversed(inner)

    def _at(self, old: Any, new: Any, path: str, inner: list[tuple[Any, Any, str]]) -> Iterator[tuple[str, str]]:
        """What is lost right here; pairs that are to be compared in turn are added to `inner`."""
        if _is_list(old):
            yield from self._list(old, new, path, inner)
        elif _is_list(new):
            yield "arrays", "becomes an array"
        elif isinstance(old, Mapping):
            if not isinstance(new, Mapping):
                yield "types", f"an object becomes {new!r:.60}"
                return
            for key, item in old.items():
                if key in new:
                    inner.append((item, new[key], member_path(path, key)))
                else:
                    yield self._gone(key, item)
        else:
            yield from _scalar_losses(old, new)

    def _list(self, old: Sequence[Any], new: Any, path: str, inner: list[tuple[Any, Any, str]]) -> Iterator[tuple[str, str]]:
        if not _is_list(new):
            is_inner = path == "$" or path.endswith("]")  # arrays there are elements with items
            feature = "other arrays" if is_inner or len(old) < 2 else "arrays"
            yield feature, f"an array of {len(old)} becomes {'no array' if old else repr(new)}"
            inside = new.get(self._rules.item, new) if is_inner and isinstance(new, Mapping) else new
            new = inside if _is_list(inside) else [inside]
        elif len(new) != len(old):
            yield "types" if self._is_jsonml else "arrays", f"an array of {len(old)} becomes one of {len(new)}"
        if len(new) == len(old):
            inner += [(one, other, f"{path}[{index}]") for index, (one, other) in enumerate(zip(old, new, strict=True))]

    def _gone(self, key: str, item: object) -> tuple[str, str]:
        mark = self._rules.attribute_prefix
        if _is_list(item):
            return "other arrays", f"the empty array {key!r} is lost"
        if key == self._rules.text_key or (mark and key.startswith(mark)):
            return "types", f"{key!r} is lost, for it is {item!r}"
        return "nulls" if item is None else "elements", f"{key!r} is lost or has another name"


def _scalar_losses(old: object, new: object) -> Iterator[tuple[str, str]]:
    if old is None or (new is None and old == ""):
        if old is not new:
            yield "nulls", f"{'null' if old is None else repr(old)} becomes {'null' if new is None else repr(new)}"
    elif isinstance(old, str) and isinstance(new, str):
        if old.strip() != new.strip():
            yield "text", f"{old[:40]!r} becomes {new[:40]!r}"
        elif old != new:
            yield "blanks", "blanks around the text are lost"
    elif isinstance(new, Mapping) or type(old) is not type(new):
        yield "types", f"{old!r:.60} becomes {new!r:.60}"
    elif old != new and scalar_text(old) != scalar_text(new):
        yield "text", f"{old!r:.60} becomes {new!r:.60}"


def _has_root(before: object, after: Mapping[str, Any]) -> bool:
    """Whether the document named its root itself."""
    return isinstance(before, Mapping) and len(before) == 1 and list(before) == list(after) and not _is_list(*before.values())


def _is_list(value: object) -> bool:
    return isinstance(value, (list, tuple))


def _merged(node: Any) -> Any:
    """JsonML as it comes back: without empty texts and attributes, and texts in a row as one."""
    made: list[Any] = []
    stack: list[tuple[list[Any], Iterator[Any]]] = [(made, iter(node))]
    while stack:
        target, items = stack[-1]
        for item in items:
            if _is_list(item):
                inner: list[Any] = []
                target.append(inner)
                stack.append((inner, iter(item)))
                break
            if item == "" or (isinstance(item, Mapping) and not item):
                continue
            if isinstance(item, str) and len(target) > 1 and isinstance(target[-1], str):
                target[-1] += item
            else:
                target.append(item)
        else:
            stack.pop()
    return made


def table() -> str:
    """What each preset keeps at the least, as a table in Markdown."""
    lines = [f"| kept: | {' | '.join(KEEPS)} |", f"|---|{'---|' * len(KEEPS)}"]
    for feature, meaning in FEATURES.items():
        cells = ["yes" if feature in kept else "" for kept in KEEPS.values()]
        lines.append(f"| {feature}: {meaning} | {' | '.join(cells)} |")
    return "\n".join(lines)
