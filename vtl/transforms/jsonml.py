"""JsonML: `[name, {attributes}, ...content]`, in which nothing of a document is lost.

Names are written as in the XML, declarations are attributes (`xmlns:p`). Two things are our extension, since JsonML has no way to
say them: `["!", text]` is a comment and `["?", target, data]` a processing instruction; where some stand outside the root
element, the document is `["", ...]` with everything in order. See: http://www.jsonml.org/syntax/.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

from vtl.errors import ConversionError, LimitExceeded
from vtl.limits import Limits
from vtl.transforms.convention import Convention
from vtl.transforms.names import NCNAME
from vtl.transforms.naming import split
from vtl.transforms.places import place_of
from vtl.transforms.safe import Element, batches, check_element, written_names
from vtl.transforms.vocabulary import check_declaration, scope_of
from vtl.transforms.writing import Output, escaped, in_attribute, scalar_text

COMMENT, INSTRUCTION, DOCUMENT = "!", "?", ""
_KINDS = ("start-ns", "start", "end", "comment", "pi")


def read_jsonml(data: bytes, rules: Convention, limits: Limits, name: str) -> list[Any]:
    """The list that stands for a document (UTF-8). InvalidXml and LimitExceeded as `xml_to_json`."""
    reader = _Reader(rules, limits, name)
    for batch in batches(data, _KINDS, name=name):
        for event, item in batch:
            reader.take(event, item)
    return reader.top[0] if len(reader.top) == 1 else [DOCUMENT, *reader.top]


class _Reader:
    """Builds the lists of one document, event by event."""

    def __init__(self, rules: Convention, limits: Limits, name: str):
        self._strips = rules.whitespace == "strip"
        self._limits = limits
        self._name = name
        self._declared: list[tuple[str, str]] = []
        self._prefixes: dict[str, set[str]] = {}
        self._nodes: list[list[Any]] = []
        self._last: list[Element | None] = []
        self.top: list[list[Any]] = []

    def take(self, event: str, item: Any) -> None:
        """The next event of the document."""
        if event == "start-ns":
            self._declared.append(item)
            if len(self._declared) > self._limits.xml_attributes:
                most = f"{self._limits.xml_attributes:,}"
                raise LimitExceeded("xml_attributes", f"an element has more than {most} namespace declarations")
            self._prefixes.setdefault(item[1], set()).add(item[0])
        elif event == "start":
            self._start(item)
        elif event == "end":
            self._text_before(item)
            self._nodes.pop()
            self._last.pop()
            if self._last:
                self._last[-1] = item
        else:
            self._aside(event, item)

    def _start(self, element: Element) -> None:
        parent = element.getparent()
        if self._nodes and parent is not None:
            self._text_before(parent)
        check_element(element, len(self._nodes) + 1, self._limits, self._name)
        local = split(str(element.tag))[1]
        node: list[Any] = [f"{element.prefix}:{local}" if element.prefix else local]
        attributes = {f"xmlns:{prefix}" if prefix else "xmlns": uri for prefix, uri in self._declared}
        self._declared.clear()
        attributes.update(self._attributes(element))
        if attributes:
            node.append(attributes)
        (self._nodes[-1] if self._nodes else self.top).append(node)
        self._nodes.append(node)
        self._last.append(None)

    def _attributes(self, element: Element) -> Iterator[tuple[str, str]]:
        names: list[str] | None = None
        for position, (name, value) in enumerate(element.attrib.items()):
            namespace, local = split(str(name))
            if not namespace:
                yield local, str(value)
                continue
            known = [prefix for prefix in self._prefixes.get(namespace, ()) if prefix]
            if len(known) == 1:
                yield f"{known[0]}:{local}", str(value)
            else:
                names = names or written_names(element)
                yield names[position], str(value)

    def _aside(self, event: str, item: Any) -> None:
        """A comment or a processing instruction."""
        parent = item.getparent()
        if self._nodes and parent is not None:
            self._text_before(parent)
            self._last[-1] = item
        node = [COMMENT, item.text or ""] if event == "comment" else [INSTRUCTION, item.target, item.text or ""]
        (self._nodes[-1] if self._nodes else self.top).append(node)

    def _text_before(self, parent: Element) -> None:
        """The text between the last child and what comes next."""
        last = self._last[-1]
        text = parent.text if last is None else last.tail
        if text and self._strips:
            text = text.strip()
        if text:
            self._nodes[-1].append(text)


def write_jsonml(value: object, rules: Convention, limits: Limits) -> str:
    """The document that a list stands for. ConversionError, with the JSON path, for what is no JsonML; LimitExceeded."""
    writer = _Writer(value, rules, limits)
    writer.write()
    return writer.output.text()


class _Writer:
    """Writes one document without recursion."""

    def __init__(self, value: object, rules: Convention, limits: Limits):
        self._value = value
        self._rules = rules
        self._limits = limits
        self.output = Output(limits)
        self._append = self.output.pieces.append

    def write(self) -> None:
        """The whole of it."""
        scope = scope_of(self._rules)
        scope.pop("xsi", None)
        value: Any = self._value
        roots = value[1:] if _is_list(value) and len(value) and value[0] == DOCUMENT else [value]
        elements = 0
        for item in roots:
            if not _is_list(item) or not len(item):
                self._fail("an element is a list with a name first", self._value)
            if item[0] in (COMMENT, INSTRUCTION):
                self._aside(item)
            else:
                elements += 1
                self._element(item, scope)
        if elements != 1:
            self._fail(f"a document has one root element, not {elements}", self._value)

    def _element(self, root: Sequence[Any], scope: dict[str, str]) -> None:
        waiting: list[tuple[Iterator[Any], str, dict[str, str], Sequence[Any]]] = []
        opened = self._open(root, scope)
        if opened:
            waiting.append(opened)
        while waiting:
            children, name, inside, node = waiting[-1]
            for child in children:
                if not _is_list(child):
                    self._text(child, node)
                elif len(child) and child[0] in (COMMENT, INSTRUCTION):
                    self._aside(child)
                else:
                    opened = self._open(child, inside)
                    if opened:
                        if len(waiting) >= self._limits.xml_depth:
                            raise LimitExceeded("xml_depth", f"elements are nested deeper than {self._limits.xml_depth:,} levels")
                        waiting.append(opened)
                        break
            else:
                self._append(f"</{name}>")
                waiting.pop()
            self.output.settle()

    def _open(self, node: Any, scope: dict[str, str]) -> tuple[Iterator[Any], str, dict[str, str], Sequence[Any]] | None:
        """Writes the start of an element; None when it has no content and is complete."""
        if not len(node) or not isinstance(node[0], str):
            self._fail("an element is a list with a name first", node)
        name = node[0]
        attributes: Mapping[Any, Any] = node[1] if len(node) > 1 and isinstance(node[1], Mapping) else {}
        content = node[2:] if len(node) > 1 and isinstance(node[1], Mapping) else node[1:]
        inside, written = self._attributes(attributes, scope, node)
        self._check_name(name, inside, node)
        if not content:
            self._append(f"<{name}{written}/>")
            return None
        self._append(f"<{name}{written}>")
        return iter(content), name, inside, node

    def _attributes(self, attributes: Mapping[Any, Any], scope: dict[str, str], node: Any) -> tuple[dict[str, str], str]:
        if not attributes:
            return scope, ""
        inside, written, seen = scope, [], set()
        for key, item in attributes.items():
            if isinstance(key, str) and (key == "xmlns" or key.startswith("xmlns:")):
                prefix, uri = key[6:], self._scalar(item, node)
                if key != "xmlns" and not NCNAME.fullmatch(prefix):
                    self._fail(f"{key!r} declares no prefix", node)
                self._guard(check_declaration, prefix, uri, node)
                inside = {**inside, prefix: uri}
        for key, item in attributes.items():
            if not isinstance(key, str):
                self._fail(f"the name {key!r} is no text", node)
            if item is None:
                continue
            if key != "xmlns" and not key.startswith("xmlns:"):
                self._check_name(key, inside, node)
                prefix, _, local = key.rpartition(":")
                expanded = (inside[prefix] if prefix else "", local)
                if expanded in seen:
                    self._fail(f"the attribute {key!r} comes twice", node)
                seen.add(expanded)
            written.append(f' {key}="{in_attribute(self._scalar(item, node))}"')
        if len(written) > self._limits.xml_attributes:
            raise LimitExceeded("xml_attributes", f"an element has more than {self._limits.xml_attributes:,} attributes")
        return inside, "".join(written)

    def _check_name(self, name: str, scope: Mapping[str, str], node: Any) -> None:
        prefix, colon, local = name.rpartition(":")
        if len(name) > self._limits.xml_name_length or not NCNAME.fullmatch(local) or (colon and not NCNAME.fullmatch(prefix)):
            self._fail(f"{name[:40]!r} is no name in XML", node)
        if colon and prefix not in scope:
            self._fail(f"the prefix of {name[:40]!r} is not declared", node)

    def _text(self, child: object, node: Any) -> None:
        if child is None:
            return
        if isinstance(child, Mapping):
            self._fail("attributes stand behind the name alone", node)
        self._append(escaped(self._scalar(child, node)))

    def _aside(self, node: Sequence[Any]) -> None:
        words = list(node[1:])
        if not all(isinstance(word, str) for word in words) or len(words) != (1 if node[0] == COMMENT else 2):
            self._fail('a comment is ["!", text], a processing instruction ["?", target, data]', node)
        if node[0] == COMMENT:
            if "--" in words[0] or words[0].endswith("-"):
                self._fail("a comment cannot have '--' in it", node)
            self._append(f"<!--{words[0]}-->")
            return
        target, data = words
        if not NCNAME.fullmatch(target) or target.lower() == "xml" or "?>" in data or data != data.lstrip():
            self._fail("this is no processing instruction in XML", node)
        self._append(f"<?{target} {data}?>" if data else f"<?{target}?>")

    def _scalar(self, item: object, node: Any) -> str:
        return "" if item is None else str(self._guard(scalar_text, item, node))

    def _guard(self, call: Any, *arguments: Any) -> Any:
        *given, node = arguments
        try:
            return call(*given)
        except ConversionError as error:
            self._fail(error.message, node)

    def _fail(self, message: str, node: object) -> NoReturn:
        raise ConversionError(f"{message}, at {place_of(self._value, node)}")


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)
