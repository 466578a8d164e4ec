"""The files that a WSDL or an XSD consists of: the first one and what it imports, found relative to it, never on a network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from vtl.errors import InputError
from vtl.source import Source, Span

WSDL = "http://schemas.xmlsoap.org/wsdl/"
XSD = "http://www.w3.org/2001/XMLSchema"
MOST_FILES = 250
MOST_BYTES = 20_000_000
"""No file may be longer; descriptions of whole product lines have 2 or 3 MB."""
_SCHEMA_LINKS = (f"{{{XSD}}}import", f"{{{XSD}}}include")


@dataclass(frozen=True, slots=True)
class XmlFile:
    """One file: where it lies, its text, its tree."""

    path: Path
    source: Source
    root: etree._Element

    def error(self, element: etree._Element, message: str, *, hint: str | None = None) -> InputError:
        """An error that points at the line of an element of this file."""
        return InputError(message, hint=hint, source=self.source, span=line_span(self.source, element.sourceline or 1))


@dataclass(frozen=True, slots=True)
class Unread:
    """A location that is not relative to the file, so that nothing was read from it."""

    location: str
    namespace: str


@dataclass(slots=True)
class Files:
    """All files in the order in which they were met, by path, and what was not read."""

    by_path: dict[Path, XmlFile] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)

    @property
    def first(self) -> XmlFile:
        """The file that was asked for."""
        return next(iter(self.by_path.values()))

    def target(self, file: XmlFile, location: str | None) -> XmlFile | None:
        """The file that a location written in `file` leads to; None for one that was not read."""
        return None if location is None or not is_relative(location) else self.by_path.get(_resolved(file, location))


def read_files(path: str | Path) -> Files:
    """The file and everything that it imports and includes. InputError with a place for what is missing, not XML, or too much."""
    files = Files()
    start = Path(path)
    files.by_path[start.resolve()] = read_xml(start, None)
    waiting = [files.first]
    while waiting:
        file = waiting.pop(0)
        for element, location in links(file.root):
            if not is_relative(location):
                files.unread.append(Unread(location, element.get("namespace", "")))
                continue
            target = _resolved(file, location)
            if target in files.by_path:
                continue
            if len(files.by_path) >= MOST_FILES:
                raise file.error(element, f"more than {MOST_FILES} files are imported")
            shown = file.source.name.rpartition("/")
            found = read_xml(target, file, element, f"{shown[0]}{shown[1]}{location}")
            files.by_path[target] = found
            waiting.append(found)
    return files


def links(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The elements that name another file, each with the location that it names."""
    for element in root.iter(f"{{{WSDL}}}import", *_SCHEMA_LINKS, f"{{{XSD}}}redefine"):
        location = element.get("location" if etree.QName(element).namespace == WSDL else "schemaLocation")
        if location:
            yield element, location.strip()


def is_relative(location: str) -> bool:
    """Whether a location has neither a scheme nor a host, and does not start at the root of the disk."""
    try:
        parts = urlsplit(location)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc and bool(parts.path) and not parts.path.startswith(("/", "\\"))


def _resolved(file: XmlFile, location: str) -> Path:
    return (file.path.parent / unquote(urlsplit(location).path)).resolve()


def read_xml(path: Path, importer: XmlFile | None, element: etree._Element | None = None, name: str | None = None) -> XmlFile:
    """One file as a tree. InputError where it cannot be read (at the import that names it), and where it is not XML."""
    try:
        with path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        message = f"cannot read {name or str(path)!r}: {reason}"
        if importer is None or element is None:
            raise InputError(message) from None
        raise importer.error(element, message, hint="imported files are looked for beside the file that imports them") from None
    if len(data) > MOST_BYTES:
        raise InputError(f"{name or str(path)!r} is longer than {MOST_BYTES:,} bytes")
    return XmlFile(path.resolve(), *parse(data, name or str(path)))


def parse(data: bytes, name: str) -> tuple[Source, etree._Element]:
    """A document without a document type, with its text for messages. InputError with the place for what is not well-formed."""
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        source = Source(name, data.decode("utf-8", "replace"))
        message = f"not XML: {error.msg.partition(', line ')[0]}"
        raise InputError(message, source=source, span=line_span(source, error.lineno or 1)) from None
    source = Source(name, _decoded(data, root.getroottree().docinfo.encoding or "utf-8"))
    if root.getroottree().docinfo.doctype:
        at = max(0, source.text.find("<!DOCTYPE"))
        raise InputError("a document type declaration (<!DOCTYPE ...>) is not taken", source=source, span=Span(at, at + 9))
    return source, root


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, "replace").removeprefix("\ufeff")
    except LookupError:
        return data.decode("utf-8", "replace")


def line_span(source: Source, line: int) -> Span:
    """The characters of a line without the blanks around them; the last line for a number beyond it."""
    starts = source.line_starts
    number = min(max(1, line), len(starts))
    text = source.line(number)
    start = starts[number - 1] + len(text) - len(text.lstrip())
    return Span(start, start + max(1, len(text.strip())))
