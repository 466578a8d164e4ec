"""JsonML, in which nothing of a document is lost: `[name, {attributes}, ...content]` for each element, texts and elements in
order.

Two additions of ours, told apart by names that no element can have: `["!--", text]` is a comment, `["?target", data]` a
processing instruction. Where some stand outside of the root, the document itself is `["#document", ...content]`.

See: http://www.jsonml.org/syntax/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NoReturn

from vtl.errors import ConversionError, LimitExceeded
from vtl.limits import Limits
from vtl.transforms.convention import Convention
from vtl.transforms.names import NCNAME
from vtl.transforms.naming import Naming
from vtl.transforms.pieces import Text, added, joined
from vtl.transforms.places import place_of
from vtl.transforms.recognition import recognise
from vtl.transforms.safe import PassedBound
from vtl.transforms.shapes import Shape, shape_for
from vtl.transforms.vocabulary import Role, Vocabulary, Word, declared_as, scope_of
from vtl.transforms.writing import Output, escaped, in_cdata, scalar_text

DOCUMENT = "#document"
COMMENT = "!--"


def write_jsonml(value: object, rules: Convention, limits: Limits, schema: Shape | None) -> str:
    """The XML of a value in JsonML, without a declaration. ConversionError and LimitExceeded as `json_to_xml`."""
    return _Writer(value, rules, limits, schema).write()


class JsonmlReader:
    """Reads one document: a target of the parser."""

    __slots__ = ("_limits", "_naming", "_node", "_shape", "_stack", "_strips", "_text")

    def __init__(self, rules: Convention, limits: Limits, schema: Shape | None, data: bytes):
        self._limits = limits
        self._strips = rules.whitespace == "strip"
        self._shape = shape_for(rules, schema, recognise if rules.types == "recognise" else None)
        self._naming = Naming(replace(rules, attribute_prefix="", namespace_block=False, nil="empty"), limits, data)
        self._stack: list[tuple[list[Any], Shape | None]] = []
        self._node: list[Any] = [DOCUMENT]
        self._text: Text = ""

    def start(self, tag: str, attributes: Mapping[str, str], declared: Mapping[str, str]) -> None:
        """An element starts; see `vtl.transforms.safe.Target`."""
        naming = self._naming
        if self._text:
            self._add_text()
        self._stack.append((self._node, self._shape))
        if len(self._stack) > self._limits.xml_depth or len(attributes) + len(declared) > self._limits.xml_attributes:
            raise PassedBound
        if declared:
            naming.declare(declared)
        key = naming.names.get(tag) or naming.element(tag)
        if self._shape is not None:
            self._shape = self._shape[key]
        self._node = [key]
        if attributes or declared:
            members = naming.attributes(attributes, declared, self._shape)
            if members:
                self._node.append(members)

    def data(self, text: str) -> None:
        """A piece of text."""
        self._text = added(self._text, text) if self._text else text

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._text:
            self._add_text()
        node = self._node
        self._node, self._shape = self._stack.pop()
        self._node.append(node)

    def comment(self, text: str) -> None:
        """A comment."""
        self._add_text()
        self._node.append([COMMENT, text])

    def pi(self, target: str, text: str | None = None) -> None:
        """A processing instruction."""
        self._add_text()
        self._node.append([f"?{target}", text] if text else [f"?{target}"])

    def close(self) -> None:
        """Nothing is left to be done."""

    def value(self) -> list[Any]:
        """The root, or the document where something stands outside of it."""
        root: list[Any] = self._node[1]
        return root if len(self._node) == 2 else self._node

    def _add_text(self) -> None:
        text = joined(self._text)
        text = text.strip() if self._strips else text
        self._text = ""
        if text:
            convert = self._shape.convert if self._shape is not None else None
            self._node.append(text if convert is None else convert(text))


class _Open:
    """An element that is being written: what is still to come, and how it ends."""

    __slots__ = ("container", "content", "name", "pad", "scope", "shape")

    def __init__(
        self, container: object, content: Iterator[Any], name: str, scope: dict[str, str], shape: Shape | None, pad: str
    ):
        self.container = container
        self.content = content
        self.name = name
        self.scope = scope
        self.shape = shape
        self.pad = pad
        """What stands before each child and, shortened by one level, before the end; "" writes no line ends."""


class _Writer:
    """Writes one document, without recursion."""

    __slots__ = ("_limits", "_names", "_output", "_rules", "_shape", "_value", "_vocabulary")

    def __init__(self, value: object, rules: Convention, limits: Limits, schema: Shape | None):
        self._value = value
        self._rules = rules
        self._limits = limits
        self._shape = shape_for(rules, schema, None)
        self._output = Output(limits)
        self._vocabulary = Vocabulary(replace(rules, attribute_prefix="", namespace_block=False), limits)
        self._names: dict[tuple[str, Role], Word] = {}

    def write(self) -> str:
        """The document. ConversionError, with the place, for a value that is none in JsonML."""
        value = self._value
        self._check_node(value, value)
        is_document = value[0] == DOCUMENT  # type: ignore[index]
        nodes: list[Any] = list(value[1:]) if is_document else [value]  # type: ignore[index]
        roots = 0
        for position, node in enumerate(nodes):
            self._check_node(node, value)
            if position:
                self._output.pieces.append("\n" if self._rules.indent else "")
            if not self._aside(node):
                roots += 1
                self._root(node)
        if roots != 1:
            self._fail("a document has one root", value)
        return self._output.text()

    def _root(self, node: Any) -> None:
        scope = scope_of(self._rules)
        if "xsi" not in self._rules.prefixes:
            del scope["xsi"]  # nothing is declared here that the value does not declare
        above = _Open(self._value, iter(()), "", scope, self._shape, "\n" if self._rules.indent else "")
        opened = [self._begin(node, above, {declared_as(prefix): uri for prefix, uri in self._rules.prefixes.items()})]
        while opened:
            inner = opened[-1]
            if inner is None:
                opened.pop()
                continue
            for item in inner.content:
                if isinstance(item, (list, tuple)):
                    self._check_node(item, inner.container)
                    if inner.pad:
                        self._output.pieces.append(inner.pad)
                    if not self._aside(item):
                        if len(opened) >= self._limits.xml_depth:
                            raise LimitExceeded("xml_depth", f"elements are nested deeper than {self._limits.xml_depth:,} levels")
                        opened.append(self._begin(item, inner, {}))
                        break
                else:
                    self._write_text(item, inner)
            else:
                self._output.pieces.append(f"{inner.pad[: -self._rules.indent or None]}</{inner.name}>")
                self._output.settle()
                opened.pop()

    def _begin(self, node: Any, above: _Open, declarations: Mapping[str, Any]) -> _Open | None:
        """Writes the start of an element and gives what is in it; None for one without content."""
        has_attributes = len(node) > 1 and isinstance(node[1], Mapping)
        content = node[2 if has_attributes else 1 :]
        try:
            attributes = {**declarations, **node[1]} if has_attributes else declarations
            marked = [(self._attribute(key), item) for key, item in attributes.items()]
            scope, written = self._vocabulary.attributes(marked, above.scope)
            name = self._vocabulary.written(self._word(node[0], Role.ELEMENT), scope)
        except ConversionError as error:
            self._fail(error.message, node, error.hint)
        if not any(item != "" for item in content):
            self._output.pieces.append(f"<{name}{written}/>")
            return None
        self._output.pieces.append(f"<{name}{written}>")
        pad = (
            above.pad + " " * self._rules.indent if above.pad and all(isinstance(item, (list, tuple)) for item in content) else ""
        )
        return _Open(node, iter(content), name, scope, above.shape[node[0]] if above.shape is not None else None, pad)

    def _word(self, key: object, role: Role) -> Word:
        if not isinstance(key, str):
            raise ConversionError(f"the name {key!r} is no text")
        word = self._names.get((key, role))
        if word is None:
            word = self._names[key, role] = self._vocabulary.named(key, key, role)
        return word

    def _attribute(self, key: object) -> Word:
        if isinstance(key, str) and (key == "xmlns" or key.startswith("xmlns:")):
            return self._vocabulary.declaration(key, key)
        return self._word(key, Role.ATTRIBUTE)

    def _aside(self, node: Any) -> bool:
        """Writes a comment or a processing instruction; whether the node is one."""
        kind = node[0]
        if kind != COMMENT and kind[:1] != "?":
            return False
        if len(node) > 2 or not all(isinstance(part, str) for part in node):
            self._fail(f"[{kind!r}, ...] holds one text", node)
        text = node[1] if len(node) == 2 else ""
        if "\r" in text:
            self._fail("a comment or processing instruction cannot hold U+000D", node)
        if kind == COMMENT:
            if "--" in text or text.endswith("-"):
                self._fail("a comment cannot hold '--' or end with '-'", node)
            self._output.pieces.append(f"<!--{text}-->")
            return True
        if not NCNAME.fullmatch(kind[1:]) or kind.lower() == "?xml":
            self._fail(f"{kind[1:]!r} cannot be the target of a processing instruction", node)
        if "?>" in text or text[:1].isspace():
            self._fail("a processing instruction cannot hold '?>' or start with a blank", node)
        self._output.pieces.append(f"<{kind} {text}?>" if text else f"<{kind}?>")
        return True

    def _write_text(self, item: object, inner: _Open) -> None:
        if item is None or isinstance(item, Mapping):
            self._fail(f"{'null' if item is None else 'an object'} has no place in the content of an element", inner.container)
        try:
            text = scalar_text(item)
        except ConversionError as error:
            self._fail(error.message, inner.container)
        self._output.pieces.append(in_cdata(text) if inner.shape is not None and inner.shape.cdata else escaped(text))

    def _check_node(self, node: object, container: object) -> None:
        if not isinstance(node, (list, tuple)) or not node or not isinstance(node[0], str):
            self._fail("an element is a list that starts with its name", container)

    def _fail(self, message: str, container: object, hint: str | None = None) -> NoReturn:
        raise ConversionError(f"{message}, at {place_of(self._value, container)}", hint=hint) from None
