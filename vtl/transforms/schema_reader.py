"""Read XSD files into `vtl.transforms.schema`, with the library xmlschema (extra `soap`).

Why xmlschema and not zeep: xmlschema builds the whole component model of XML Schema (nested groups with their occurrence,
facets, substitution groups, derivation) and checks it; zeep is a client, which forgets facets when it reads, knows no validation,
and brings an HTTP library into a tool that must never use one. xmlschema needs one other package, zeep eleven. It is about as
slow to import (380 ms, zeep with its WSDL part 350 ms, on one machine), which is paid by those commands only that read a schema.
Both are maintained (releases in June 2026). zeep is the independent client in the tests.

xmlschema is given texts, never places: the files are found and read by `vtl.transforms.schema_files`, all links between them are
taken out of what it sees, so that it has no reason to open a file or a connection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from vtl._lazy import require
from vtl.errors import InputError
from vtl.transforms.schema import Schema
from vtl.transforms.schema_files import WSDL, XSD, Files, XmlFile, line_span, read_files
from vtl.transforms.schema_types import SchemaTypes

_SCHEMA = f"{{{XSD}}}schema"
_INCLUDE = f"{{{XSD}}}include"
_IMPORT = f"{{{XSD}}}import"
_ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"


@dataclass(frozen=True, slots=True)
class _Document:
    """One schema as xmlschema shall see it, and the element that it was."""

    text: str
    file: XmlFile
    element: etree._Element


def read_schema(path: str | Path) -> Schema:
    """The types and elements of an XSD, or of the schemas inside a WSDL, with everything that it imports and includes.

    InputError, with file and line, for what cannot be read or is no schema; MissingExtra without xmlschema.
    """
    return schema_of(read_files(path))


def schema_of(files: Files) -> Schema:
    """The same for files that were read already."""
    documents = list(_documents(files))
    if _leans_on_encoding(documents):
        documents.insert(0, _encoding(files))
    return SchemaTypes(_build(documents, files), _prefixes(files)).schema()


def _leans_on_encoding(documents: list[_Document]) -> bool:
    """Whether a schema imports that of SOAP's own encoding, which nobody keeps beside a WSDL."""
    spaces = [document.element.get("targetNamespace") for document in documents]
    imported = (item.get("namespace") for document in documents for item in document.element.iter(_IMPORT))
    return _ENCODING in imported and _ENCODING not in spaces


def _encoding(files: Files) -> _Document:
    """That schema, as xmlschema brings it."""
    path = Path(require("xmlschema", "soap").__file__).parent / "schemas" / "WSDL" / "soap-encoding.xsd"
    return _Document(path.read_text(encoding="utf-8"), files.first, files.first.root)


def _build(documents: list[_Document], files: Files) -> Any:
    """The global maps of xmlschema over all documents."""
    library = require("xmlschema", "soap")
    built: list[Any] = []
    maps: Any = None
    try:
        for document in documents or [_Document(f'<xs:schema xmlns:xs="{XSD}"/>', files.first, files.first.root)]:
            built.append(library.XMLSchema10(document.text, build=False, allow="none", defuse="always", global_maps=maps))
            maps = built[0].maps
        maps.build()
    except (library.XMLSchemaException, ValueError, KeyError, RecursionError) as error:
        raise _complaint(error, built, documents, files) from None
    return maps


def _complaint(error: Any, built: list[Any], documents: list[_Document], files: Files) -> InputError:
    """The library's error at the line of the element that it complains about, where it can be found."""
    reason = str(getattr(error, "message", "") or error).strip().splitlines()
    message = f"not a valid schema: {reason[0].rstrip(':') if reason else 'it is nested too deeply'}"
    hint = None
    if files.unread:
        hint = f"{files.unread[0].location} is not fetched: save it beside the file, and import it by its relative name"
    element = getattr(error, "elem", None)
    for document, schema in zip(documents, built, strict=False):
        ours = [item for item in document.element.iter() if isinstance(item.tag, str)]
        theirs = list(schema.root.iter())
        at = next((number for number, item in enumerate(theirs) if item is element), None)
        if at is not None:
            kept = [item for item in ours if item.tag != _INCLUDE]
            return document.file.error(kept[at] if at < len(kept) else document.element, message, hint=hint)
    if len(built) < len(documents):
        # It failed before its tree could be had: the first element that looks like the one in the error.
        last = documents[len(built)]
        wanted = (getattr(element, "tag", None), dict(getattr(element, "attrib", {})))
        alike = (item for item in last.element.iter() if (item.tag, dict(item.attrib)) == wanted)
        return last.file.error(next(alike, last.element), message, hint=hint)
    return InputError(message, hint=hint, source=files.first.source, span=line_span(files.first.source, 1))


def _documents(files: Files) -> Iterator[_Document]:
    """Every schema once for each namespace that it is read into, without its links to others."""
    seen: set[tuple[Path, int, str]] = set()
    waiting = [
        (file, element, element.get("targetNamespace", ""))
        for file in files.by_path.values()
        for element in _schemas(file)
        if file is files.first or not _is_only_included(file, files)
    ]
    while waiting:
        file, element, namespace = waiting.pop(0)
        place = (file.path, element.sourceline or 0, namespace)
        if place in seen:
            continue
        seen.add(place)
        yield _Document(_text(element, namespace, file), file, element)
        for include in element.iter(_INCLUDE):
            target = files.target(file, include.get("schemaLocation"))
            for included in _schemas(target) if target else ():
                assert target is not None
                own = included.get("targetNamespace", "")
                if own and own != namespace:
                    raise file.error(include, f"the included schema is for another namespace: {own!r}")
                waiting.append((target, included, own or namespace))


def _schemas(file: XmlFile) -> list[etree._Element]:
    if file.root.tag == _SCHEMA:
        return [file.root]
    return list(file.root.iterfind(f"{{{WSDL}}}types/{_SCHEMA}"))


def _is_only_included(file: XmlFile, files: Files) -> bool:
    """Whether a file has no namespace of its own and is included somewhere, so that it takes the namespace of others."""
    if file.root.tag != _SCHEMA or file.root.get("targetNamespace"):
        return False
    return any(
        files.target(other, include.get("schemaLocation")) is file
        for other in files.by_path.values()
        for include in other.root.iter(_INCLUDE)
    )


def _text(element: etree._Element, namespace: str, file: XmlFile) -> str:
    """The schema as a text of its own, without locations; names without a prefix mean `namespace` where the schema had none."""
    for redefine in element.iter(f"{{{XSD}}}redefine"):
        raise file.error(redefine, "xs:redefine is not supported", hint="write the changed types into a schema of their own")
    names = dict(element.nsmap)
    if namespace and not element.get("targetNamespace") and None not in names:
        names[None] = namespace
    copy = etree.Element(element.tag, dict(element.attrib), nsmap=names)
    if namespace:
        copy.set("targetNamespace", namespace)
    for child in element:
        if child.tag != _INCLUDE and not (child.tag == _IMPORT and child.get("namespace") == WSDL):
            copy.append(_copy(child))
    return etree.tostring(copy, encoding="unicode")


def _copy(element: etree._Element) -> etree._Element:
    """A copy of an element with what is inside, without the location where it is an import."""
    copied = etree.fromstring(etree.tostring(element, with_tail=False))
    if copied.tag == _IMPORT and "schemaLocation" in copied.attrib:
        del copied.attrib["schemaLocation"]
    return copied


def _prefixes(files: Files) -> dict[str, str]:
    """A prefix for each namespace: the one that the files use for it, where no other namespace has it already."""
    found: dict[str, str] = {}
    spaces: list[str] = []
    for element in _elements(files.by_path.values()):
        spaces.append(element.get("targetNamespace", ""))
        for prefix, uri in sorted(element.nsmap.items(), key=lambda item: item[0] or ""):
            if prefix and uri not in found and prefix not in found.values() and prefix not in _TAKEN:
                found[uri] = prefix
    own = dict.fromkeys(space for space in spaces if space)
    chosen = {uri: found[uri] for uri in own if uri in found}
    number = 0
    for uri in own:
        while uri not in chosen:
            number += 1
            if f"ns{number}" not in chosen.values():
                chosen[uri] = f"ns{number}"
    return chosen


_TAKEN = frozenset({"xml", "xmlns", "xsi", "xs", "xsd", "soap", "soapenv", "env", "wsse", "wsu", "tns"})


def _elements(files: Iterable[XmlFile]) -> Iterator[etree._Element]:
    """The elements that may declare what a namespace is called: the roots, and the schemas inside a WSDL."""
    for file in files:
        yield file.root
        yield from _schemas(file)
