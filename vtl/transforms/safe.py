"""XML that nobody has to trust: no document type, no entities, no network, bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from lxml import etree

from vtl.errors import InvalidXml, LimitExceeded
from vtl.limits import Limits
from vtl.source import Source, Span
from vtl.transforms.encodings import utf8_of

Element = etree._Element
Batch = Iterator[tuple[str, Any]]
"""What happened while a piece was read: "start", "end", "start-ns", "comment" or "pi", with an element or (prefix, namespace)."""

Kind = Literal["start", "end", "start-ns", "comment", "pi"]

_SKIPPED = {"<?": "?>", "<!--": "-->"}
_PIECE = 65_536
_BEFORE_ROOT = re.compile(rb"(?s)[ \t\r\n]+|<!--.*?-->|<\?.*?\?>")


@dataclass(frozen=True, slots=True)
class XmlFault:
    """The first place (an offset into the text) at which a text is not well-formed XML, or not XML that we take."""

    offset: int
    problem: str


def xml_fault(text: str) -> XmlFault | None:
    """The first place at which the text is not well-formed XML, or None. A document type declaration is a fault too."""
    try:
        _parse(text)
    except etree.XMLSyntaxError as error:
        return XmlFault(_offset(text, error.lineno or 1, error.offset or 1), error.msg.partition(", line ")[0])
    except ValueError as error:
        return XmlFault(max(0, _doctype(text)), str(error))
    return None


def indent_xml(text: str) -> str:
    """The same document with one element a line, where no text stands beside it. ValueError when the text is not well-formed."""
    try:
        root = _parse(text)
    except etree.XMLSyntaxError as error:
        raise ValueError(error.msg) from None
    _indent(root, "\n")
    declaration = text.lstrip()[: text.lstrip().find("?>") + 2] + "\n" if text.lstrip().startswith("<?xml") else ""
    return declaration + etree.tostring(root.getroottree(), encoding="unicode").rstrip("\n")


def batches(data: bytes, kinds: Sequence[Kind], *, name: str) -> Iterator[Batch]:
    """The events of the document (UTF-8, as from `utf8_of`), in batches of those that one piece of it brings.

    Elements that ended before a batch are taken out of the tree, so that memory holds the values that are made and not the
    document a second time. Comments and processing instructions are left out unless `kinds` asks for them. InvalidXml, with its
    place, for what is not well-formed XML and for a document type declaration.
    """
    check_prolog(data, name)
    with_comments = "comment" in kinds
    parser: Any = etree.XMLPullParser(
        events=[kind for kind in kinds if kind != "start-ns" or b"xmlns" in data],
        remove_comments=not with_comments,
        remove_pis=not with_comments,
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        encoding="utf-8",
    )
    events = parser.read_events()
    try:
        for start in range(0, len(data), _PIECE):
            parser.feed(data[start : start + _PIECE])
            yield events
        parser.close()
        yield events
    except etree.XMLSyntaxError as error:
        raise _invalid(data, error, name) from None


def forget_before(element: Element) -> None:
    """Take all elements that ended before this one out of the tree. Only for a reader that is done with them and their tails."""
    inner: Element | None = element
    while inner is not None and (outer := inner.getparent()) is not None:
        if outer[0] is not inner:
            del outer[: outer.index(inner)]
        inner = outer


def parse(document: str | bytes, *, name: str = "<xml>", limits: Limits | None = None, charset: str = "") -> Element:
    """The root of a whole document, within the bounds of `limits`. InvalidXml and LimitExceeded as for `xml_to_json`."""
    limits = limits or Limits()
    data = utf8_of(document, limits=limits, name=name, charset=charset)
    root: Element | None = None
    depth = 0
    for batch in batches(data, ("start", "end", "comment", "pi"), name=name):
        for event, element in batch:
            if event == "start":
                root = element if root is None else root
                depth += 1
                check_element(element, depth, limits, name)
            elif event == "end":
                depth -= 1
    assert root is not None
    return root


def check_element(element: Element, depth: int, limits: Limits, name: str) -> None:
    """LimitExceeded for an element that stands too deep, has too many attributes or a name that is too long."""
    limit = ""
    if depth > limits.xml_depth:
        limit, problem = "xml_depth", f"elements are nested deeper than {limits.xml_depth:,} levels"
    elif len(element.attrib) > limits.xml_attributes:
        limit, problem = "xml_attributes", f"an element has more than {limits.xml_attributes:,} attributes"
    elif len(str(element.tag)) > limits.xml_name_length:
        limit, problem = "xml_name_length", f"a name is longer than {limits.xml_name_length:,} characters"
    if limit:
        raise exceeded(limit, problem, name, element)


def exceeded(limit: str, problem: str, name: str, element: Element) -> LimitExceeded:
    """The error for a bound that an element passes, with its line; libxml2 does not remember columns."""
    line = min(element.sourceline or 1, 1_000_000)
    return LimitExceeded(limit, problem, source=Source(name, "\n" * (line - 1)), span=Span(line - 1, line - 1))


@lru_cache(maxsize=1)
def _attribute_name() -> Any:
    return etree.XPath("name(@*[$position])")


def written_names(element: Element) -> list[str]:
    """The names of the attributes as they are written, in order: only needed where two prefixes mean the same namespace."""
    name_at = _attribute_name()
    return [str(name_at(element, position=position + 1)) for position in range(len(element.attrib))]


def check_prolog(data: bytes, name: str) -> None:
    """InvalidXml for a document type declaration: it may stand only before the root, after comments and processing
    instructions."""
    position = 0
    while found := _BEFORE_ROOT.match(data, position):
        position = found.end()
    if data.startswith(b"<!DOCTYPE", position):
        before = data[:position].decode("utf-8", "replace")
        text = before + data[position : position + 200].decode("utf-8", "replace")
        raise InvalidXml(
            "a document type declaration (<!DOCTYPE ...>) is not taken",
            hint="document types can define entities, which are a door to files, networks and endless text",
            source=Source(name, text),
            span=Span(len(before), len(before) + len("<!DOCTYPE")),
        )


def _invalid(data: bytes, error: etree.XMLSyntaxError, name: str) -> InvalidXml:
    """The parser's complaint with its place. Where the parser lost the place, the document is read once more for it."""
    text = data.decode("utf-8", "replace")
    line, column = error.position
    message = error.msg
    if not line:
        try:
            _parse(text)
        except etree.XMLSyntaxError as again:
            (line, column), message = again.position, again.msg
    offset = min(_offset(text, line or 1, column or 1), len(text))
    problem = re.sub(r"\s*, line \d+, column \d+.*\Z", "", message or "the document is not well-formed", flags=re.DOTALL)
    return InvalidXml(problem.strip(), source=Source(name, text), span=Span(offset, offset + 1))


def _indent(element: etree._Element, margin: str) -> None:
    """Put each child on a line of its own, unless text stands among the children; libxml2 bounds the depth at 256."""
    if not len(element) or any((text or "").strip() for text in (element.text, *(child.tail for child in element))):
        return
    element.text = f"{margin}  "
    for child in element:
        child.tail = f"{margin}  "
        _indent(child, f"{margin}  ")
    element[-1].tail = margin


def _parse(text: str) -> etree._Element:
    """The root of the document. XMLSyntaxError when it is not well-formed; ValueError for a document type, which is not read."""
    if _doctype(text) >= 0:
        raise ValueError("a document type declaration (<!DOCTYPE ...>) is not taken")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, dtd_validation=False, no_network=True, huge_tree=False, encoding="utf-8"
    )
    return etree.fromstring(text.encode("utf-8", "replace"), parser)


def _doctype(text: str) -> int:
    """Where a document type declaration starts, -1 without one: it may stand only after comments and processing instructions."""
    position = 0
    while True:
        position = _after_blanks(text, position)
        opener = next((mark for mark in _SKIPPED if text.startswith(mark, position)), None)
        end = text.find(_SKIPPED[opener], position + len(opener)) if opener else -1
        if not opener or end < 0:
            return position if text.startswith("<!DOCTYPE", position) else -1
        position = end + len(_SKIPPED[opener])


def _after_blanks(text: str, position: int) -> int:
    while text[position : position + 1].isspace():
        position += 1
    return position


def _offset(text: str, line: int, column: int) -> int:
    """The offset of a line and a column, both from 1; libxml2 counts a column in bytes of UTF-8 and only `\\n` as a line end."""
    lines = text.split("\n")
    if line > len(lines):
        return len(text)
    before = sum(len(item) + 1 for item in lines[: line - 1])
    inside = len(lines[line - 1].encode("utf-8", "replace")[: max(0, column - 1)].decode("utf-8", "ignore"))
    return before + inside
