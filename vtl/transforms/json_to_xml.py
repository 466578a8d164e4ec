"""JSON to XML: `json_to_xml`, and the writer of all conventions in which elements are members of objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import repeat
from typing import Any, NoReturn, Unpack

from vtl.errors import ConversionError, LimitExceeded
from vtl.limits import Limits
from vtl.transforms.convention import Convention, Options
from vtl.transforms.jsonml import write_jsonml
from vtl.transforms.naming import XSI
from vtl.transforms.places import place_of, place_of_text
from vtl.transforms.shapes import Shape, shape_for
from vtl.transforms.vocabulary import Role, Vocabulary, Word, declared_as, scope_of
from vtl.transforms.writing import Output, escaped, impossible, in_attribute, in_cdata, scalar_text

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


def json_to_xml(
    value: object,
    *,
    convention: Convention | str = "plain",
    limits: Limits | None = None,
    schema: Shape | None = None,
    **options: Unpack[Options],
) -> str:
    """The XML that stands for JSON values in a convention; `options` change some of its options, `schema` may order the children.

    Objects are mappings with text as keys, arrays lists or tuples; Decimals keep their digits. ConversionError, with the JSON
    path, for what XML cannot hold; LimitExceeded beyond `limits`.
    """
    rules = Convention.of(convention, options)
    limits = limits or Limits()
    text = (
        write_jsonml(value, rules, limits, schema)
        if rules.style == "jsonml"
        else ObjectWriter(value, rules, limits, schema).write()
    )
    if wrong := impossible(text):
        raise ConversionError(f"XML does not have the character {wrong}, at {place_of_text(value, impossible)}")
    return DECLARATION + text if rules.declaration else text


class _Frame:
    """An element or array that is being written: what is still to come, and how it ends."""

    __slots__ = ("close", "container", "depth", "in_array", "items", "pad", "scope", "shape")

    def __init__(
        self, container: object, items: Iterator[tuple[str, Any]], depth: int, scope: dict[str, str], shape: Shape | None
    ):
        self.container = container
        self.items = items
        self.depth = depth
        self.scope = scope
        self.shape = shape
        self.close = ""
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
        return self._declared(text, declarations) if declarations else text

    def _declared(self, text: str, declarations: list[str]) -> str:
        """The document with these declarations at its root, except those that the root makes itself."""
        end = next(place for place, character in enumerate(text) if character in " />")
        head = text[: text.index(">")]
        missing = [each for each in declarations if each[: each.index("=") + 1] not in head]
        return f"{text[:end]}{''.join(missing)}{text[end:]}"

    def _root(self) -> tuple[str, Any]:
        """The name of the root and its content: the only member of an object, unless it is an array; or the name of the
        options."""
        value = self._value
        if self._rules.keep_root and isinstance(value, Mapping) and len(value) == 1:
            ((key, content),) = value.items()
            word = self._word(key, value)
            if word.role is Role.ELEMENT and not isinstance(content, (list, tuple)):
                return key, content
        return self._rules.root, value

    def _run(self, above: _Frame) -> None:
        output, words = self._output, self._vocabulary.words
        append = output.pieces.append
        frames = [above]
        while frames:
            frame = frames[-1]
            pad, simple = frame.pad, frame.shape is None
            for key, item in frame.items:
                word = words.get(key) or self._word(key, frame.container)
                if word.role:
                    if word.role is Role.TEXT:
                        append(self._text(item, frame))
                elif type(item) is str and simple and not word.prefix:
                    if "&" in item or "<" in item or ">" in item or "\r" in item:
                        item = escaped(item)
                    name = word.name
                    append(f"{pad}<{name}>{item}</{name}>" if item else f"{pad}<{name}/>")
                else:
                    inner = self._begin(word, item, frame)
                    if inner is not None:
                        frames.append(inner)
                        output.settle()
                        break
            else:
                append(frame.close)
                frames.pop()

    def _begin(self, word: Word, item: Any, frame: _Frame) -> _Frame | None:
        """Writes an element that has no children, or begins one and gives the frame for its content."""
        if isinstance(item, (list, tuple)):
            return self._array(word, item, frame)
        if isinstance(item, Mapping):
            return self._element(word, item, frame)
        name = self._name(word, frame)
        if item is None:
            if self._rules.nil != "omit" or not frame.depth:
                self._output.pieces.append(f"{frame.pad}<{name}{self._nil(frame.scope, frame)}/>")
            return None
        shape = frame.shape[word.key] if frame.shape is not None else None
        text = self._scalar(item, frame)
        text = in_cdata(text) if shape is not None and shape.cdata else escaped(text)
        self._output.pieces.append(f"{frame.pad}<{name}>{text}</{name}>" if text else f"{frame.pad}<{name}/>")
        return None

    def _array(self, word: Word, items: Any, frame: _Frame) -> _Frame | None:
        """An array writes its element again and again; in an array it is an element with `item` elements."""
        if not frame.in_array:
            made = _Frame(items, zip(repeat(word.key), items), frame.depth, frame.scope, frame.shape)
            made.pad, made.in_array = frame.pad, True
            return made
        name = self._name(word, frame)
        self._deeper(frame)
        if not len(items) or (self._rules.nil == "omit" and all(item is None for item in items)):
            self._output.pieces.append(f"{frame.pad}<{name}/>")
            return None
        shape = frame.shape[word.key] if frame.shape is not None else None
        made = _Frame(items, zip(repeat(self._rules.item), items), frame.depth + 1, frame.scope, shape)
        made.in_array = True
        self._output.pieces.append(f"{frame.pad}<{name}>")
        self._lay_out(made, frame, name, mixed=False)
        return made

    def _element(self, word: Word, value: Mapping[str, Any], frame: _Frame) -> _Frame | None:
        """An element from an object: its attributes now, its children from the frame."""
        self._deeper(frame)
        words, rules = self._vocabulary.words, self._rules
        marked: list[tuple[Word, Any]] = []
        has_elements = has_text = is_nil = False
        for key, item in value.items():
            each = words.get(key) or self._word(key, value)
            if each.role is Role.ELEMENT:
                empty = item is None and rules.nil == "omit"
                has_elements = has_elements or not (empty or (isinstance(item, (list, tuple)) and not item))
            elif each.role is Role.TEXT:
                is_nil = item is None and rules.nil == "xsi"
                has_text = item is not None and item != ""
            else:
                marked.append((each, item))
        scope, attributes = frame.scope, ""
        if marked:
            scope, attributes = self._guarded(self._vocabulary.attributes, marked, scope, container=value)
        if not has_elements and not has_text:
            name = self._name(word, frame, scope)
            nil = self._nil(scope, frame) if is_nil else ""
            self._output.pieces.append(f"{frame.pad}<{name}{attributes}{nil}/>")
            return None
        name = self._name(word, frame, scope)
        shape = frame.shape[word.key] if frame.shape is not None else None
        made = _Frame(value, iter(_ordered(value, shape)), frame.depth + 1, scope, shape)
        self._output.pieces.append(f"{frame.pad}<{name}{attributes}>")
        self._lay_out(made, frame, name, mixed=has_text)
        return made

    def _lay_out(self, made: _Frame, frame: _Frame, name: str, *, mixed: bool) -> None:
        """How the children and the end of an element are indented: not at all beside text."""
        laid_out = self._rules.indent and not mixed and (frame.pad or not frame.depth)
        if laid_out:
            made.pad = "\n" + " " * (self._rules.indent * made.depth)
        made.close = f"{(frame.pad or chr(10)) if laid_out else ''}</{name}>"

    def _text(self, item: object, frame: _Frame) -> str:
        if item is None:
            return ""
        text = self._scalar(item, frame)
        return in_cdata(text) if frame.shape is not None and frame.shape.cdata else escaped(text)

    def _nil(self, scope: dict[str, str], frame: _Frame) -> str:
        if self._rules.nil != "xsi":
            return ""
        if scope["xsi"] != XSI:
            self._fail(ConversionError("null needs the prefix 'xsi', which stands for another namespace here"), frame.container)
        self._vocabulary.uses_xsi = True
        return ' xsi:nil="true"'

    def _deeper(self, frame: _Frame) -> None:
        if frame.depth >= self._limits.xml_depth:
            raise LimitExceeded("xml_depth", f"elements are nested deeper than {self._limits.xml_depth:,} levels")

    def _word(self, key: object, container: object) -> Word:
        return self._guarded(self._vocabulary.word, key, container=container)  # type: ignore[no-any-return]

    def _name(self, word: Word, frame: _Frame, scope: dict[str, str] | None = None) -> str:
        if not word.prefix:
            return word.name
        return self._guarded(self._vocabulary.written, word, scope or frame.scope, container=frame.container)  # type: ignore[no-any-return]

    def _scalar(self, item: object, frame: _Frame) -> str:
        return self._guarded(scalar_text, item, container=frame.container)  # type: ignore[no-any-return]

    def _guarded(self, call: Any, *arguments: Any, container: object) -> Any:
        """What the call gives; its ConversionError comes with the place of the container."""
        try:
            return call(*arguments)
        except ConversionError as error:
            self._fail(error, container)

    def _fail(self, error: ConversionError, container: object) -> NoReturn:
        raise ConversionError(f"{error.message}, at {place_of(self._value, container)}", hint=error.hint) from None


def _ordered(value: Mapping[str, Any], shape: Shape | None) -> Any:
    """The members as they are written: in the order of the schema, where there is one."""
    if shape is None or not shape.order:
        return value.items()
    places = {name: place for place, name in enumerate(shape.order)}
    return sorted(value.items(), key=lambda member: places.get(member[0], len(places)))
