"""XML that nobody has to trust: no document type, no entities, no network, bounded."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

_SKIPPED = {"<?": "?>", "<!--": "-->"}


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
