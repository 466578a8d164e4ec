"""XML to JSON: `xml_to_json`, and the reader of all conventions in which elements are members of objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Unpack

from vtl.limits import Limits
from vtl.transforms.convention import Convention, Options
from vtl.transforms.encodings import utf8_of
from vtl.transforms.jsonml import read_jsonml
from vtl.transforms.naming import NIL, Naming
from vtl.transforms.recognition import recognise
from vtl.transforms.safe import Batch, Element, batches, check_element, forget_before
from vtl.transforms.shapes import Shape, shape_for

BLANKS = " \t\r\n"


def xml_to_json(
    document: str | bytes,
    *,
    convention: Convention | str = "plain",
    limits: Limits | None = None,
    schema: Shape | None = None,
    name: str = "<xml>",
    charset: str = "",
    **options: Unpack[Options],
) -> Any:
    """The values (dict, list, str, ...) that the XML stands for in a convention; `options` change some of its options.

    `schema` tells what is an array and which type a text has, `name` stands in error messages, `charset` is the one that a
    Content-Type tells. InvalidXml, with line and column, for what is not well-formed or has a document type; LimitExceeded
    beyond `limits`.
    """
    rules = Convention.of(convention, options)
    limits = limits or Limits()
    data = utf8_of(document, limits=limits, name=name, charset=charset)
    if rules.style == "jsonml":
        return read_jsonml(data, rules, limits, schema, name)
    return ObjectReader(rules, limits, schema, name).read(data)


class _Absorbed:
    """An element that became an array, until it stands in its parent: there, arrays are elements that come again."""

    __slots__ = ("items",)

    def __init__(self, items: list[Any]):
        self.items = items


class ObjectReader:
    """Reads one document, element by element, without recursion."""

    __slots__ = ("_convert", "_empty", "_limits", "_mixed", "_name", "_naming", "_plain_text", "_rules", "_shape")

    def __init__(self, rules: Convention, limits: Limits, schema: Shape | None, name: str):
        self._rules = rules
        self._limits = limits
        self._name = name
        self._convert = recognise if rules.types == "recognise" else None
        self._shape = shape_for(rules, schema, self._convert)
        self._empty = {"text": "", "null": None, "object": None}[rules.empty]
        self._plain_text = not (
            self._convert or self._shape or rules.text_always or rules.whitespace == "strip" or rules.empty == "object"
        )
        self._naming = Naming(rules, limits, name)
        self._mixed: dict[int, list[str]] = {}

    def read(self, data: bytes) -> Any:
        """The values of the document (UTF-8). InvalidXml and LimitExceeded as `xml_to_json`."""
        above = self._walk(batches(data, ("start", "end", "start-ns"), name=self._name))
        ((member, value),) = above.items()
        if type(value) is _Absorbed:
            value = value.items
        if not self._rules.keep_root:
            return value
        return {member[0] if type(member) is tuple else member: value}

    def _walk(self, pieces: Iterator[Batch]) -> dict[Any, Any]:
        """An object with the root as its only member."""
        naming, names, ambiguous = self._naming, self._naming.names, self._naming.ambiguous
        depth, longest, plain_text, empty = self._limits.xml_depth, self._limits.xml_attributes, self._plain_text, self._empty
        stack: list[tuple[Any, str, Shape | None]] = []
        node: Any = None
        last: Element | None = None
        current: Element | None = None
        key, shape = "", self._shape
        for piece in pieces:
            for event, element in piece:
                if event == "start":
                    if last is not None:
                        self._note_tail(last, len(stack))
                        last = None
                    stack.append((node, key, shape))
                    current, tag, attributes = element, element.tag, element.attrib
                    if len(stack) > depth or len(attributes) > longest:
                        check_element(element, len(stack), self._limits, self._name)
                    key = names.get(tag) or naming.element(element, tag)
                    if shape is not None:
                        shape = shape[key]
                    node = naming.attributes(element, attributes, shape) if attributes or naming.declared else None
                elif event == "end":
                    if last is not None:
                        self._note_tail(last, len(stack))
                        value = self._branch(node, element.text, len(stack))
                    elif plain_text and node is None:
                        value = element.text or empty
                    else:
                        value = self._leaf(node, element.text or "", shape)
                    current = last = element
                    member: Any = (key, element.tag) if ambiguous and key in ambiguous else key
                    is_array = shape is not None and shape.array
                    node, key, shape = stack.pop()
                    if node is None:
                        node = {}
                    _put(node, member, value, is_array)
                else:
                    naming.declare(element)
            if current is not None:
                forget_before(current)
        made: dict[Any, Any] = node
        return made

    def _note_tail(self, element: Element, depth: int) -> None:
        """Keeps the text that follows an element, unless it is blank, for the parent at that depth."""
        tail = element.tail
        if tail is not None and tail.strip(BLANKS):
            self._mixed.setdefault(depth, []).append(tail)

    def _branch(self, node: dict[Any, Any], text: str | None, depth: int) -> Any:
        """The value of an element that has children."""
        rules = self._rules
        node.pop(NIL, None)
        if self._naming.ambiguous:
            node = self._naming.settle(node)
        pieces = [text] if text is not None and text.strip(BLANKS) else []
        if self._mixed:
            pieces += self._mixed.pop(depth, ())
        if rules.absorb_items:
            return _absorbed(node)
        if pieces:
            whole = "".join(pieces)
            node[rules.text_key] = whole.strip() if rules.whitespace == "strip" else whole
        return node

    def _leaf(self, node: dict[Any, Any] | None, text: str, shape: Shape | None) -> Any:
        """The value of an element without children."""
        rules = self._rules
        is_nil = node is not None and node.pop(NIL, False)
        if rules.whitespace == "strip":
            text = text.strip()
        value: Any = text
        convert = self._convert if shape is None else shape.convert
        if is_nil and not text.strip(BLANKS):
            value = None
        elif text and convert is not None:
            value = convert(text)
        if not node and not rules.text_always:
            if text or is_nil:
                return value
            return {} if rules.empty == "object" else self._empty
        node = node or {}
        if text or is_nil:
            node[rules.text_key] = value
        return node


def _put(node: dict[Any, Any], member: Any, value: Any, is_array: bool) -> None:
    """Another member; a second one of the same name makes an array of both."""
    if member not in node:
        node[member] = [value] if is_array else value
        return
    before = node[member]
    if type(before) is list:
        before.append(value)
    else:
        node[member] = [before, value]


def _absorbed(node: dict[Any, Any]) -> Any:
    """The array of the values of children that all have one name; else the object, in which arrays need no disguise any more."""
    for name, value in node.items():
        if type(value) is list:
            value = [item.items if type(item) is _Absorbed else item for item in value]
            if len(node) == 1:
                return _Absorbed(value)
        node[name] = value.items if type(value) is _Absorbed else value
    return node
