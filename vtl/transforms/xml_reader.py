"""XML to JSON: `xml_to_json`, and the reader of all conventions in which elements are members of objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack

from vtl.limits import Limits
from vtl.transforms.convention import Convention, Options
from vtl.transforms.encodings import utf8_of
from vtl.transforms.json_schema import Hint, shape_of
from vtl.transforms.jsonml import JsonmlReader
from vtl.transforms.naming import NIL, Naming
from vtl.transforms.pieces import added
from vtl.transforms.recognition import recognise
from vtl.transforms.safe import PassedBound, feed
from vtl.transforms.shapes import Shape, shape_for

BLANKS = " \t\r\n"


def xml_to_json(
    document: str | bytes,
    *,
    convention: Convention | str = "plain",
    limits: Limits | None = None,
    schema: Hint | None = None,
    name: str = "<xml>",
    charset: str = "",
    **options: Unpack[Options],
) -> Any:
    """The values (dict, list, str, ...) that the XML stands for in a convention; `options` change some of its options.

    `schema` (a JSON Schema for the result, an XML schema from `read_schema`, or a shape) tells what is an array and which type
    a text has, `name` stands in error messages, `charset` is the one that a Content-Type tells. InvalidXml, with line and
    column, for what is not well-formed or has a document type; LimitExceeded beyond `limits`.
    """
    rules = Convention.of(convention, options)
    limits = limits or Limits()
    shape = shape_of(schema, rules)
    data = utf8_of(document, limits=limits, name=name, charset=charset)
    if rules.style == "jsonml":
        in_order = JsonmlReader(rules, limits, shape, data)
        feed(data, in_order, name=name, limits=limits)
        return in_order.value()
    reader = ObjectReader(rules, limits, shape, data)
    feed(data, reader, name=name, limits=limits)
    return reader.value()


class _Absorbed:
    """An element that became an array, until it stands in its parent: there, arrays are elements that come again."""

    __slots__ = ("items",)

    def __init__(self, items: list[Any]):
        self.items = items


class ObjectReader:
    """Reads one document, element by element, without recursion: a target of the parser."""

    __slots__ = (
        "_ambiguous",
        "_depth",
        "_empty",
        "_inherits",
        "_is_leaf",
        "_is_plain",
        "_is_simple",
        "_is_special",
        "_key",
        "_known",
        "_most",
        "_names",
        "_naming",
        "_node",
        "_rules",
        "_shape",
        "_stack",
        "_strips",
        "_text",
    )

    def __init__(self, rules: Convention, limits: Limits, schema: Shape | None, data: bytes):
        self._rules = rules
        self._empty = {"text": "", "null": None, "object": None}[rules.empty]
        self._strips = rules.whitespace == "strip"
        self._naming = Naming(rules, limits, data)
        self._names, self._known = self._naming.names, self._naming.attribute_names
        self._inherits, self._ambiguous = self._naming.inherits, self._naming.ambiguous
        self._depth, self._most = limits.xml_depth, limits.xml_attributes
        self._shape = shape_for(rules, schema, recognise if rules.types == "recognise" else None)
        self._is_plain = not (self._shape is not None or rules.text_always or rules.empty == "object")
        """Whether an element with nothing but text is that text."""
        self._is_simple = self._shape is None and not self._naming.inherits
        self._is_special = rules.absorb_items or rules.nil == "xsi"
        self._stack: list[tuple[Any, str, Any, Shape | None]] = []
        self._node: Any = None
        self._key = ""
        self._text: Any = ""
        """What `vtl.transforms.pieces` makes of text: a str, or a list where it is long."""
        self._is_leaf = False
        """Whether no element ended since the last one started."""

    def start(self, tag: str, attributes: Mapping[str, str], declared: Mapping[str, str]) -> None:
        """An element starts; see `vtl.transforms.safe.Target`."""
        stack = self._stack
        stack.append((self._node, self._key, self._text, self._shape))
        if len(stack) > self._depth:
            raise PassedBound
        naming = self._naming
        if declared:
            naming.declare(declared)
        self._key = key = self._names.get(tag) or naming.element(tag)
        self._text = ""
        self._is_leaf = True
        if declared or not self._is_simple:
            self._start_slowly(key, attributes, declared)
        elif not attributes:
            self._node = None
        else:
            known = self._known
            try:
                self._node = {known[name]: text for name, text in attributes.items()}
            except KeyError:
                self._start_slowly(key, attributes, declared)
            if len(attributes) > self._most or (self._node is not None and len(self._node) != len(attributes)):
                self._start_slowly(key, attributes, declared)

    def _start_slowly(self, key: str, attributes: Mapping[str, str], declared: Mapping[str, str]) -> None:
        """The same for an element with names that are new, declarations, or a shape."""
        if len(attributes) + len(declared) > self._most:
            raise PassedBound
        if self._shape is not None:
            self._shape = self._shape[key]
        self._node = self._naming.attributes(attributes, declared, self._shape)

    def data(self, text: str) -> None:
        """A piece of text."""
        self._text = added(self._text, text) if self._text else text

    def end(self, tag: str) -> None:
        """An element ends, and becomes a member of the one around it."""
        node, key, text, shape = self._node, self._key, self._text, self._shape
        if type(text) is list:
            text = "".join(text)
        if text and self._strips:
            text = text.strip()
        value: Any
        if not self._is_leaf:
            value = self._branch(node, text) if text or self._is_special or self._ambiguous else node
        else:
            self._is_leaf = False
            value = text or self._empty if node is None and self._is_plain else self._leaf(node, text, shape)
        self._node, self._key, self._text, self._shape = self._stack.pop()
        above = self._node
        if above is None:
            self._node = above = {}
        if self._inherits:
            self._naming.leave()
        member: Any = (key, tag) if self._ambiguous and key in self._ambiguous else key
        if member not in above:
            above[member] = [value] if shape is not None and shape.array else value
        elif type(before := above[member]) is list:
            before.append(value)
        else:
            above[member] = [before, value]

    def close(self) -> None:
        """Nothing is left to be done."""

    def value(self) -> Any:
        """The values of the document that was read."""
        ((member, value),) = self._node.items()
        if type(value) is _Absorbed:
            value = value.items
        if not self._rules.keep_root:
            return value
        return {member[0] if type(member) is tuple else member: value}

    def _branch(self, node: dict[Any, Any], text: str) -> Any:
        """The value of an element that has children."""
        node.pop(NIL, None)
        if self._naming.ambiguous:
            node = self._naming.settle(node)
        if self._rules.absorb_items:
            return _absorbed(node)
        if text.strip(BLANKS):
            node[self._rules.text_key] = text
        return node

    def _leaf(self, node: dict[Any, Any] | None, text: str, shape: Shape | None) -> Any:
        """The value of an element without children that is not simply its text."""
        rules = self._rules
        is_nil = node is not None and node.pop(NIL, False)
        value: Any = text
        convert = shape.convert if shape is not None else None
        if is_nil and not text.strip(BLANKS):
            value = None
        elif convert is not None:
            value = convert(text)
        if not node and not rules.text_always:
            if text or is_nil or value is None:
                return value
            return {} if rules.empty == "object" else self._empty
        node = node or {}
        if text or is_nil or value is None:
            node[rules.text_key] = value
        return node


def _absorbed(node: dict[Any, Any]) -> Any:
    """The array of the values of children that all have one name; else the object, in which arrays need no disguise any more."""
    for name, value in node.items():
        if type(value) is list:
            value = [item.items if type(item) is _Absorbed else item for item in value]
            if len(node) == 1:
                return _Absorbed(value)
        node[name] = value.items if type(value) is _Absorbed else value
    return node
