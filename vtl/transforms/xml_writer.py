"""JSON to XML: `json_to_xml`, and the writer of all conventions in which elements are members of objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import repeat
from typing import Any, NoReturn, Unpack

from vtl.errors import ConversionError, LimitExceeded
from vtl.limits import Limits
from vtl.transforms.convention import Convention, Options
from vtl.transforms.json_schema import Hint, shape_of
from vtl.transforms.jsonml import write_jsonml
from vtl.transforms.naming import XSI
from vtl.transforms.places import place_of, place_of_text
from vtl.transforms.shapes import Shape, shape_for
from vtl.transforms.vocabulary import Layout, Role, Vocabulary, Word, declared_as, scope_of
from vtl.transforms.writing import CHUNK, Output, escaped, impossible, in_attribute, in_cdata, scalar_text

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


def json_to_xml(
    value: object,
    *,
    convention: Convention | str = "plain",
    limits: Limits | None = None,
    schema: Hint | None = None,
    **options: Unpack[Options],
) -> str:
    """The XML that stands for JSON values in a convention; `options` change some of its options; the shape that is
    given as `schema` may order the children.

    Objects are mappings with text as keys, arrays lists or tuples; Decimals keep their digits. ConversionError, with the JSON
    path, for what XML cannot hold; LimitExceeded beyond `limits`.
    """
    rules = Convention.of(convention, options)
    limits = limits or Limits()
    shape = shape_of(schema, rules)
    text = (
        write_jsonml(value, rules, limits, shape)
        if rules.style == "jsonml"
        else ObjectWriter(value, rules, limits, shape).write()
    )
    if wrong := impossible(text):
        raise ConversionError(f"XML does not have the character {wrong}, at {place_of_text(value, impossible)}")
    return DECLARATION + text if rules.declaration else text


class _Frame:
    """An element or array that is being written: what is still to come, and how it ends."""

    __slots__ = ("closing", "container", "depth", "in_array", "items", "opened", "pad", "scope", "shape")

    def __init__(
        self,
        container: object,
        items: Iterator[tuple[Word, Any]],
        depth: int,
        scope: dict[str, str],
        shape: Shape | None,
        opened: str = "",
        closing: str = "",
    ):
        self.container = container
        self.items = items
        self.depth = depth
        self.scope = scope
        self.shape = shape
        self.opened = opened
        self.closing = closing
        self.pad = ""
        """What stands before each child: a line end and blanks, or nothing."""
        self.in_array = False


class ObjectWriter:
    """Writes one document, member by member, without recursion."""

    __slots__ = ("_limits", "_output", "_rules", "_shape", "_value", "_vocabulary")

    def __init__(self, value: object, rules: Convention, limits: Limits, schema: Shape | None):
        self._value = value
        self._rules = rules
        self._limits = limits
        self._shape = shape_for(rules, schema, None)
        self._output = Output(limits)
        self._vocabulary = Vocabulary(rules, limits)

    def write(self) -> str:
        """The document without a declaration. ConversionError and LimitExceeded as `json_to_xml`."""
        scope = scope_of(self._rules)
        name, content = self._root()
        above = _Frame(self._value, iter(((name, content),)), 0, scope, self._shape)
        above.in_array = True
        self._run(above)
        text = self._output.text()
        declarations = [f' {declared_as(prefix)}="{in_attribute(uri)}"' for prefix, uri in self._rules.prefixes.items()]
        if self._vocabulary.uses_xsi and "xsi" not in self._rules.prefixes:
            declarations.append(f' xmlns:xsi="{XSI}"')
        return _declared(text, declarations) if declarations else text

    def _root(self) -> tuple[Word, Any]:
        """The root and its content: the only member of an object, unless it is an array; else the name that the options give."""
        value = self._value
        if self._rules.keep_root and isinstance(value, Mapping) and len(value) == 1:
            ((key, content),) = value.items()
            word = self._word(key, value)
            if word.role is Role.ELEMENT and not isinstance(content, (list, tuple)):
                return word, content
        return self._word(self._rules.root, value), value

    def _run(self, above: _Frame) -> None:
        output = self._output
        pieces = output.pieces
        append = pieces.append
        empties = self._rules.nil == "empty"
        frames = [above]
        while frames:
            frame = frames[-1]
            pad, scope, simple = frame.pad, frame.scope, frame.shape is None
            for word, item in frame.items:
                if word.role:
                    if word.role is Role.TEXT and item is not None and item != "":
                        append(escaped(item) if type(item) is str and simple else self._text(item, frame))
                elif type(item) is str and simple:
                    if word.prefix and word.scope is not scope:
                        word = self._resolved(word, frame, scope)
                    if "&" in item or "<" in item or ">" in item or "\r" in item:
                        item = escaped(item)
                    append(f"{pad}{word.opening}{item}{word.closing}" if item else f"{pad}{word.empty}")
                elif item is None and empties and not word.prefix:
                    append(f"{pad}{word.empty}")
                else:
                    inner = self._element(word, item, frame) if type(item) is dict else self._begin(word, item, frame)
                    if inner is not None:
                        frames.append(inner)
                        break
            else:
                frames.pop()
                if pieces and pieces[-1] is frame.opened:
                    pieces[-1] = f"{frame.opened[:-1]}/>"
                elif frame.closing:
                    append(frame.closing)
                if len(pieces) >= CHUNK:
                    output.settle()

    def _begin(self, word: Word, item: Any, frame: _Frame) -> _Frame | None:
        """Writes an element that has no children, or begins one and gives the frame for its content."""
        if isinstance(item, (list, tuple)):
            return self._array(word, item, frame)
        if item is not None and isinstance(item, Mapping):
            return self._element(word, item, frame)
        if word.prefix:
            word = self._resolved(word, frame, frame.scope)
        if item is None:
            if self._rules.nil == "xsi":
                self._output.pieces.append(f"{frame.pad}<{word.name}{self._nil(frame.scope, frame)}/>")
            elif self._rules.nil == "empty" or not frame.depth:
                self._output.pieces.append(f"{frame.pad}{word.empty}")
            return None
        shape = frame.shape[word.key] if frame.shape is not None else None
        text = self._scalar(item)
        text = in_cdata(text) if shape is not None and shape.cdata else escaped(text)
        self._output.pieces.append(f"{frame.pad}{word.opening}{text}{word.closing}" if text else f"{frame.pad}{word.empty}")
        return None

    def _array(self, word: Word, items: Any, frame: _Frame) -> _Frame:
        """An array writes its element again and again; in an array it is an element with `item` elements."""
        if not frame.in_array:
            made = _Frame(items, zip(repeat(word), items, strict=False), frame.depth, frame.scope, frame.shape)
            made.pad, made.in_array = frame.pad, True
            return made
        _check_depth(frame, self._limits)
        if word.prefix:
            word = self._resolved(word, frame, frame.scope)
        shape = frame.shape[word.key] if frame.shape is not None else None
        item = self._word(self._rules.item, items)
        opened = f"{frame.pad}{word.opening}"
        self._output.pieces.append(opened)
        made = _Frame(items, zip(repeat(item), items, strict=False), frame.depth + 1, frame.scope, shape, opened, word.closing)
        made.in_array = True
        if self._rules.indent:
            _lay_out(made, frame, self._rules.indent)
        return made

    def _element(self, word: Word, value: Mapping[str, Any], frame: _Frame) -> _Frame:
        """An element from an object: its attributes now, its children from the frame."""
        if frame.depth >= self._limits.xml_depth:
            _check_depth(frame, self._limits)
        rules = self._rules
        layout = self._vocabulary.layouts.get(tuple(value))
        if layout is None:
            layout = self._guarded(self._vocabulary.layout, value, container=value)
        scope, attributes = frame.scope, ""
        if layout.marked:
            scope, attributes = self._attributes(layout, value, scope)
        if word.prefix and word.scope is not scope:
            word = self._resolved(word, frame, scope)
        if layout.text is not None and not layout.has_elements and value[layout.text.key] is None:
            attributes += self._nil(scope, frame)
        shape = frame.shape[word.key] if frame.shape is not None else None
        items: Iterator[tuple[Word, Any]] = zip(layout.words, value.values(), strict=False)
        if shape is not None and shape.order:
            items = _ordered(layout.words, value, shape)
        opened = f"{frame.pad}<{word.name}{attributes}>" if attributes else f"{frame.pad}{word.opening}"
        self._output.pieces.append(opened)
        made = _Frame(value, items, frame.depth + 1, scope, shape, opened, word.closing)
        if rules.indent and (layout.text is None or value[layout.text.key] in (None, "")):
            _lay_out(made, frame, rules.indent)
        return made

    def _attributes(self, layout: Layout, value: Mapping[str, Any], scope: dict[str, str]) -> tuple[dict[str, str], str]:
        """The prefixes that count inside, and the attributes as they are written."""
        written = ""
        if layout.is_simple:
            for word in layout.marked:
                item = value[word.key]
                if (
                    word.prefix
                    and word.scope is not scope
                    and self._guarded(self._vocabulary.resolved, word, scope, container=value) is not word
                ):
                    break
                if item is not None:
                    text = item if type(item) is str else self._guarded(scalar_text, item, container=item)
                    written += f' {word.name}="{in_attribute(text)}"'
            else:
                return scope, written
        marked = [(word, value[word.key]) for word in layout.marked]
        made: tuple[dict[str, str], str] = self._guarded(self._vocabulary.attributes, marked, scope, container=value)
        return made

    def _text(self, item: object, frame: _Frame) -> str:
        text = self._scalar(item)
        return in_cdata(text) if frame.shape is not None and frame.shape.cdata else escaped(text)

    def _nil(self, scope: dict[str, str], frame: _Frame) -> str:
        if self._rules.nil != "xsi":
            return ""
        if scope["xsi"] != XSI:
            self._fail(ConversionError("null needs the prefix 'xsi', which stands for another namespace here"), frame.container)
        self._vocabulary.uses_xsi = True
        return ' xsi:nil="true"'

    def _word(self, key: object, container: object) -> Word:
        return self._guarded(self._vocabulary.word, key, container=container)  # type: ignore[no-any-return]

    def _resolved(self, word: Word, frame: _Frame, scope: dict[str, str]) -> Word:
        """The word as it is written where these prefixes are declared."""
        resolved: Word = self._guarded(self._vocabulary.resolved, word, scope, container=frame.container)
        return resolved

    def _scalar(self, item: object) -> str:
        return self._guarded(scalar_text, item, container=item)  # type: ignore[no-any-return]

    def _guarded(self, call: Any, *arguments: Any, container: object) -> Any:
        """What the call gives; its ConversionError comes with the place of the container."""
        try:
            return call(*arguments)
        except ConversionError as error:
            self._fail(error, container)

    def _fail(self, error: ConversionError, container: object) -> NoReturn:
        raise ConversionError(f"{error.message}, at {place_of(self._value, container)}", hint=error.hint) from None


def _ordered(words: list[Word], value: Mapping[str, Any], shape: Shape) -> Iterator[tuple[Word, Any]]:
    """The members as they are written: in the order of the schema."""
    places = {name: place for place, name in enumerate(shape.order)}
    for word in sorted(words, key=lambda word: places.get(word.key, len(places))):
        yield word, value[word.key]


def _declared(text: str, declarations: list[str]) -> str:
    """The document with these declarations at its root, except those that the root makes itself."""
    end = next(place for place, character in enumerate(text) if character in " />")
    head = text[: text.index(">")]
    missing = [each for each in declarations if each[: each.index("=") + 1] not in head]
    return f"{text[:end]}{''.join(missing)}{text[end:]}"


def _lay_out(made: _Frame, frame: _Frame, indent: int) -> None:
    """Children on lines of their own, unless the element itself stands beside text."""
    if frame.pad or not frame.depth:
        made.pad = "\n" + " " * (indent * made.depth)
        made.closing = f"{frame.pad or chr(10)}{made.closing}"


def _check_depth(frame: _Frame, limits: Limits) -> None:
    if frame.depth >= limits.xml_depth:
        raise LimitExceeded("xml_depth", f"elements are nested deeper than {limits.xml_depth:,} levels")
