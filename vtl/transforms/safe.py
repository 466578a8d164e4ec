"""XML that nobody has to trust: no document type, no entities, no network, bounded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from lxml import etree

from vtl.errors import InvalidXml, LimitExceeded
from vtl.limits import Limits
from vtl.source import Source, Span
from vtl.transforms.encodings import utf8_of
from vtl.transforms.tags import start_tags

Element = etree._Element

_SKIPPED = {"<?": "?>", "<!--": "-->"}
_DEEPEST = 250
"""libxml2 itself ends at a depth of 256, unless it is told that the document is huge."""
_PREFIX = re.compile(rb"xmlns:([^\s=/>]++)")
_BEFORE_ROOT = re.compile(rb"(?s)[ \t\r\n]+|<!--.*?-->|<\?.*?\?>")


class Target(Protocol):
    """What is told of a document: names in Clark's notation, attributes in order, declarations (prefix → namespace) of an
    element.

    `comment(text)` and `pi(target, text)` may be there too.
    """

    def start(self, tag: str, attributes: Mapping[str, str], declared: Mapping[str, str]) -> None:
        """An element starts."""

    def end(self, tag: str) -> None:
        """It ends."""

    def data(self, text: str) -> None:
        """A piece of text."""

    def close(self) -> None:
        """The document ended, maybe in the middle."""


class PassedBound(Exception):
    """An element passes a bound of `Limits`; `feed` finds its place."""


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


def feed(data: bytes, target: Target, *, name: str, limits: Limits) -> None:
    """Tells `target` what is in the document (UTF-8, as from `utf8_of`); no tree is built.

    InvalidXml, with its place, for what is not well-formed XML and for a document type declaration. A target raises `PassedBound`
    for an element that `limits` does not allow, which becomes LimitExceeded with the place of the element.
    """
    check_prolog(data, name)
    parser = _parser(limits, target)
    try:
        etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _invalid(data, error.position, error.msg, name) from None
    except PassedBound:
        raise exceeded(data, limits, name) from None
    if parser.error_log:
        _check_namespaces(parser, data, name)


def parse(document: str | bytes, *, name: str = "<xml>", limits: Limits | None = None, charset: str = "") -> Element:
    """The root of a whole document, within the bounds of `limits`. InvalidXml and LimitExceeded as for `xml_to_json`."""
    limits = limits or Limits()
    data = utf8_of(document, limits=limits, name=name, charset=charset)
    check_prolog(data, name)
    parser = _parser(limits, None)
    try:
        root: Element = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _invalid(data, error.position, error.msg, name) from None
    # To ask each element for its declarations is slow: they are counted, and their prefixes measured, in the document.
    prefixes = _PREFIX.findall(data)
    if data.count(b"xmlns") > limits.xml_attributes or any(len(prefix) > limits.xml_name_length for prefix in prefixes):
        beyond = _first_beyond(data, limits, name)
        if beyond:
            raise beyond
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start" and _passes_bound(element, depth, limits):
            raise exceeded(data, limits, name)
    return root


@lru_cache(maxsize=256)
def is_namespace(text: str) -> bool:
    """Whether the parser takes a text as the name of a namespace: a URI, as far as libxml2 looks at it."""
    root = etree.Element("a")
    try:
        root.set("b", text)
        etree.fromstring(etree.tostring(root).replace(b" b=", b" xmlns:b=", 1))
    except (ValueError, etree.XMLSyntaxError):
        return False
    return True


def _parser(limits: Limits, target: Target | None) -> Any:
    make: Any = etree.XMLParser  # its stubs know no parser that may have a target
    return make(
        target=target,
        # A target would be told "&#38;" for "&amp;" in attributes if none were resolved. There are no others: no DTD gets here.
        resolve_entities="internal" if target is not None else False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=target is not None and limits.xml_depth > _DEEPEST,
        encoding="utf-8",
    )


def _check_namespaces(parser: Any, data: bytes, name: str) -> None:
    """InvalidXml for a prefix that is not declared: a target is not told of it."""
    for entry in parser.error_log.filter_from_errors():
        raise _invalid(data, (entry.line, entry.column), entry.message, name)


def _passes_bound(element: Element, depth: int, limits: Limits) -> bool:
    """Whether an element stands too deep, has too many attributes or a name that is too long."""
    longest = limits.xml_name_length
    names = [str(element.tag), *map(str, element.attrib)]
    return (
        depth > limits.xml_depth
        or len(element.attrib) > limits.xml_attributes
        or any(len(each.rpartition("}")[2]) > longest for each in names)
    )


def exceeded(data: bytes, limits: Limits, name: str) -> LimitExceeded:
    """The error for the first element of the document that passes a bound, with its place."""
    source = Source(name, "")
    found = _first_beyond(data, limits, name)
    return found or LimitExceeded("xml_depth", "the document passes a bound", source=source, span=Span(0, 0))


def _first_beyond(data: bytes, limits: Limits, name: str) -> LimitExceeded | None:
    longest = limits.xml_name_length
    for tag in start_tags(data):
        limit = ""
        if tag.depth > limits.xml_depth:
            limit, problem = "xml_depth", f"elements are nested deeper than {limits.xml_depth:,} levels"
        elif len(tag.attributes) > limits.xml_attributes:
            limit, problem = "xml_attributes", f"an element has more than {limits.xml_attributes:,} attributes"
        elif any(len(each.rpartition(":")[2]) > longest for each in (tag.name, *tag.attributes)):
            limit, problem = "xml_name_length", f"a name is longer than {longest:,} characters"
        if limit:
            before = data[: tag.offset].decode("utf-8", "replace")
            source = Source(name, before + data[tag.offset : tag.offset + 200].decode("utf-8", "replace"))
            return LimitExceeded(limit, problem, source=source, span=Span(len(before), len(before) + 1))
    return None


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


def _invalid(data: bytes, position: tuple[int | None, int | None], message: str | None, name: str) -> InvalidXml:
    """The parser's complaint with its place."""
    text = data.decode("utf-8", "replace")
    line, column = position
    offset = min(_offset(text, line or 1, column or 1), len(text))
    problem = re.sub(r"\s*, line \d+, column \d+.*\Z", "", message or "the document is not well-formed", flags=re.DOTALL)
    if problem.startswith("Start tag expected"):
        problem = "not XML: there is no tag where it should begin"
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
