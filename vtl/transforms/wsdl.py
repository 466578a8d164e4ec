"""WSDL 1.1: what to send to an operation, and what comes back, as plain frozen data.

The WSDL itself is read here; its schemas by `vtl.transforms.schema_reader`. Styles: document/literal (wrapped or bare) and
rpc/literal, over SOAP 1.1 and SOAP 1.2. rpc/encoded and MIME bindings are refused when the operation is asked for, WSDL 2.0 at
once.

See: WSDL 1.1 (W3C note), its SOAP 1.2 binding (W3C submission), WS-I Basic Profile 1.1, section 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from lxml import etree

from vtl.errors import InputError
from vtl.transforms.schema import ANY_TYPE, EMPTY_SCHEMA, ComplexType, Element, Group, Schema, namespace_of
from vtl.transforms.schema_files import WSDL, XSD, Files, XmlFile, read_files
from vtl.transforms.schema_reader import schema_of
from vtl.transforms.soap import Version

Style = Literal["document", "rpc"]
_BINDINGS: dict[str, Version] = {"http://schemas.xmlsoap.org/wsdl/soap/": "1.1", "http://schemas.xmlsoap.org/wsdl/soap12/": "1.2"}
_MIME = "http://schemas.xmlsoap.org/wsdl/mime/"


@dataclass(frozen=True, slots=True)
class Message:
    """One way: the elements of the SOAP body, in order, and those of the header."""

    body: tuple[Element, ...]
    headers: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True)
class FaultDetail:
    """A fault that an operation declares: its name, and the element that stands in the fault's detail."""

    name: str
    element: Element


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation at one port. `action` is the SOAPAction (1.1) or the action parameter (1.2); `output` is None for one-way."""

    name: str
    action: str
    version: Version
    style: Style
    input: Message
    output: Message | None
    faults: tuple[FaultDetail, ...]
    address: str
    service: str
    port: str
    schema: Schema


class _Place(NamedTuple):
    """An element of a WSDL with the file that holds it."""

    file: XmlFile
    element: etree._Element


@dataclass(frozen=True, slots=True)
class _Binding:
    """An operation of a binding, before its messages are read."""

    name: str
    version: Version
    operation: _Place
    binding: _Place
    port_type: _Place
    service: str
    port: str
    address: str


class Wsdl:
    """A service description. Operations are made when they are asked for."""

    def __init__(self, files: Files):
        """`files` are all files of the description. InputError when the first one is no WSDL 1.1, or a schema is wrong.

        Where every operation is rpc/encoded no schema is read: none of them can be called, and such schemas lean on SOAP's own.
        """
        self.files = files
        self._places = _places(files)
        self._bindings = tuple(self._operations())
        self.schema = EMPTY_SCHEMA if self._bindings and all(map(_is_encoded, self._bindings)) else schema_of(files)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all operations, each once, in the order of the file."""
        return tuple(dict.fromkeys(item.name for item in self._bindings))

    def operations(self) -> tuple[Operation, ...]:
        """Every operation at every port with SOAP over it."""
        return tuple(self._operation(item) for item in self._bindings)

    def callable_operations(self) -> tuple[tuple[Operation, ...], tuple[InputError, ...]]:
        """Those of `operations` that can be called, and for each other one the error that says why not."""
        found: list[Operation] = []
        errors: list[InputError] = []
        for item in self._bindings:
            try:
                found.append(self._operation(item))
            except InputError as error:
                errors.append(error)
        return tuple(found), tuple(errors)

    def operation(self, name: str, *, version: str | None = None, port: str | None = None) -> Operation:
        """The operation of that name, at the first port that fits. InputError when there is none that can be called."""
        found = [item for item in self._bindings if item.name == name]
        if not found:
            raise InputError(f"no operation {name!r} in {self.files.first.source.name}", hint=f"there are {_listed(self.names)}")
        fitting = [item for item in found if version in (None, item.version) and port in (None, item.port)]
        if not fitting:
            ports = _listed(tuple(f"{item.port} (SOAP {item.version})" for item in found))
            raise InputError(f"no such port for the operation {name!r}", hint=f"there are {ports}")
        return self._operation(fitting[0])

    def _operations(self) -> Iterator[_Binding]:
        for service in self._all("service"):
            for port in service.element.iterfind(f"{{{WSDL}}}port"):
                binding = self._referred(_Place(service.file, port), "binding", "binding")
                style = _extension(binding.element, "binding")
                address = _extension(port, "address")
                if style is None:
                    continue
                version = _BINDINGS[etree.QName(style).namespace or ""]
                kind = self._referred(binding, "type", "portType")
                for operation in binding.element.iterfind(f"{{{WSDL}}}operation"):
                    yield _Binding(
                        operation.get("name", ""),
                        version,
                        _Place(binding.file, operation),
                        binding,
                        kind,
                        service.element.get("name", ""),
                        port.get("name", ""),
                        address.get("location", "") if address is not None else "",
                    )

    def _operation(self, found: _Binding) -> Operation:
        """The operation with its messages; the types of its rpc wrappers come into a schema of its own."""
        style = _extension(found.binding.element, "binding")
        own = _extension(found.operation.element, "operation")
        word = (
            (own.get("style") if own is not None else None) or (style.get("style") if style is not None else None) or "document"
        )
        if word not in ("document", "rpc"):
            raise found.operation.file.error(found.operation.element, f"no such style: {word!r}")
        abstract = self._abstract(found)
        wrappers: dict[str, ComplexType] = {}
        messages = {
            way: self._message(found, way, abstract, word, wrappers)
            for way in ("input", "output")
            if abstract.element.find(_w(way)) is not None
        }
        schema = _with_wrappers(self.schema, wrappers) if wrappers else self.schema
        return Operation(
            name=found.name,
            action=own.get("soapAction", "") if own is not None else "",
            version=found.version,
            style="rpc" if word == "rpc" else "document",
            input=messages.get("input", Message(())),
            output=messages.get("output"),
            faults=tuple(self._faults(found, abstract)),
            address=found.address,
            service=found.service,
            port=found.port,
            schema=schema,
        )

    def _abstract(self, found: _Binding) -> _Place:
        """The operation of the port type. Of several with one name, the one whose input has the name that the binding says."""
        same = [item for item in found.port_type.element.iterfind(_w("operation")) if item.get("name") == found.name]
        said = _name_of(found.operation.element.find(_w("input")))
        if len(same) > 1 and said:
            same = [item for item in same if _name_of(item.find(_w("input"))) in ("", said)]
        if not same:
            raise found.operation.file.error(found.operation.element, f"the port type has no operation {found.name!r}")
        return _Place(found.port_type.file, same[0])

    def _message(self, found: _Binding, way: str, abstract: _Place, style: str, wrappers: dict[str, ComplexType]) -> Message:
        concrete = found.operation.element.find(_w(way))
        file = found.operation.file
        if concrete is None:
            raise file.error(found.operation.element, f"the binding says nothing about the {way} of {found.name!r}")
        if any(etree.QName(item).namespace == _MIME for item in concrete):
            raise file.error(concrete, f"the {way} of {found.name!r} has a MIME binding (attachments), which is not supported")
        body = _extension(concrete, "body")
        if body is None:
            raise file.error(concrete, f"the binding has no soap:body for the {way} of {found.name!r}")
        headers = tuple(self._headers(_Place(file, item) for item in concrete if _is_soap(item, "header")))
        _refuse_encoded(_Place(file, body), found.name)
        said = abstract.element.find(_w(way))
        assert said is not None
        message = self._referred(_Place(abstract.file, said), "message", "message")
        parts = [
            item
            for item in message.element.iterfind(_w("part"))
            if item.get("name") not in _header_parts(concrete, message, file)
        ]
        if body.get("parts") is not None:
            wanted = body.get("parts", "").split()
            parts = [item for name in wanted for item in message.element.iterfind(_w("part")) if item.get("name") == name]
        elements = tuple(self._part(_Place(message.file, item), style) for item in parts)
        if style == "document":
            return Message(elements, headers)
        return Message((_wrapper(found.name, way, body.get("namespace", ""), elements, wrappers),), headers)

    def _part(self, part: _Place, style: str) -> Element:
        """The element that a part stands for: a global one, or, for rpc, one with the part's name and no namespace."""
        name = part.element.get("name", "")
        if part.element.get("element"):
            return self._global_element(part, "element")
        if style == "document":
            raise part.file.error(part.element, f"the part {name!r} of a document message has no element")
        if not part.element.get("type"):
            raise part.file.error(part.element, f"the part {name!r} has neither a type nor an element")
        key = _resolved(part, part.element.get("type", ""))
        if key not in self.schema.types:
            raise part.file.error(part.element, f"there is no type {key}")
        return Element(name, "", name, key)

    def _global_element(self, place: _Place, attribute: str) -> Element:
        key = _resolved(place, place.element.get(attribute, ""))
        if key not in self.schema.elements:
            raise place.file.error(place.element, f"there is no element {key}")
        return replace(self.schema.elements[key], minimum=1, maximum=1)

    def _headers(self, headers: Iterable[_Place]) -> Iterator[Element]:
        """The elements of headers. One with a type and no element has no name that it could have in XML: it is left out."""
        for header in headers:
            _refuse_encoded(header, "a header")
            message = self._referred(header, "message", "message")
            wanted = header.element.get("part")
            part = next((item for item in message.element.iterfind(_w("part")) if item.get("name") == wanted), None)
            if part is None:
                raise header.file.error(header.element, f"the message has no part {wanted!r} for the header")
            if part.get("element"):
                yield self._global_element(_Place(message.file, part), "element")

    def _faults(self, found: _Binding, abstract: _Place) -> Iterator[FaultDetail]:
        for fault in abstract.element.iterfind(_w("fault")):
            message = self._referred(_Place(abstract.file, fault), "message", "message")
            part = message.element.find(_w("part"))
            if part is None or not part.get("element"):
                raise message.file.error(
                    message.element, f"the message of the fault {fault.get('name')!r} has no part with an element"
                )
            yield FaultDetail(fault.get("name", ""), self._global_element(_Place(message.file, part), "element"))

    def _all(self, kind: str) -> list[_Place]:
        return [place for (word, _), place in self._places.items() if word == kind]

    def _referred(self, place: _Place, attribute: str, kind: str) -> _Place:
        """What an attribute refers to by a qualified name."""
        name = _resolved(place, place.element.get(attribute, ""))
        found = self._places.get((kind, name))
        if found is None:
            raise place.file.error(place.element, f"there is no {kind} {name}")
        return found


def read_wsdl(path: str | Path) -> Wsdl:
    """The description in a file, with all that it imports. InputError with file and line; MissingExtra without xmlschema."""
    return Wsdl(read_files(path))


def _w(name: str) -> str:
    return f"{{{WSDL}}}{name}"


def _name_of(element: etree._Element | None) -> str:
    return "" if element is None else element.get("name", "")


def _places(files: Files) -> dict[tuple[str, str], _Place]:
    """Everything that has a name in a WSDL, by kind and name in Clark's notation."""
    first = files.first
    if first.root.tag != _w("definitions"):
        what = (
            "WSDL 2.0"
            if etree.QName(first.root).namespace == "http://www.w3.org/ns/wsdl"
            else f"<{etree.QName(first.root).localname}>"
        )
        raise first.error(first.root, f"not a WSDL 1.1: the document is {what}", hint="the root of WSDL 1.1 is <definitions>")
    found: dict[tuple[str, str], _Place] = {}
    for file in files.by_path.values():
        if file.root.tag == _w("definitions"):
            space = file.root.get("targetNamespace", "")
            for item in file.root:
                if isinstance(item.tag, str) and etree.QName(item).namespace == WSDL and item.get("name"):
                    name = f"{{{space}}}{item.get('name')}" if space else item.get("name", "")
                    found.setdefault((etree.QName(item).localname, name), _Place(file, item))
    return found


def _resolved(place: _Place, name: str) -> str:
    """A qualified name as it is written in an attribute, in Clark's notation."""
    prefix, colon, local = name.strip().rpartition(":")
    space = place.element.nsmap.get(prefix if colon else None)
    if colon and space is None:
        raise place.file.error(place.element, f"the prefix {prefix!r} of {name!r} is not declared")
    if space == XSD and local == "anyType":
        return ANY_TYPE
    return f"{{{space}}}{local}" if space else local


def _is_soap(element: etree._Element, name: str) -> bool:
    return isinstance(element.tag, str) and etree.QName(element).localname == name and etree.QName(element).namespace in _BINDINGS


def _extension(element: etree._Element, name: str) -> etree._Element | None:
    """The SOAP element of that name inside an element of the WSDL."""
    return next((item for item in element if _is_soap(item, name)), None)


def _is_encoded(found: _Binding) -> bool:
    """Whether the messages of an operation are in SOAP's own encoding."""
    bodies = (_extension(way, "body") for way in found.operation.element if way.tag in (_w("input"), _w("output")))
    return any(body is not None and body.get("use") == "encoded" for body in bodies)


def _refuse_encoded(place: _Place, name: str) -> None:
    if place.element.get("use", "literal") != "literal":
        raise place.file.error(
            place.element,
            f"{name} is rpc/encoded, which is not supported",
            hint="WS-I Basic Profile forbids use='encoded'; most servers offer a literal binding as well",
        )


def _header_parts(concrete: etree._Element, message: _Place, file: XmlFile) -> set[str]:
    """The parts of this message that stand in the header, so that they are not also parts of the body."""
    names = set()
    for item in concrete:
        if _is_soap(item, "header"):
            space = message.file.root.get("targetNamespace", "")
            own = f"{{{space}}}{message.element.get('name')}" if space else message.element.get("name")
            if _resolved(_Place(file, item), item.get("message", "")) == own:
                names.add(item.get("part", ""))
    return names


def _wrapper(name: str, way: str, namespace: str, parts: tuple[Element, ...], wrappers: dict[str, ComplexType]) -> Element:
    """The element that rpc puts around the parts: named by the operation, for an answer with `Response` behind it."""
    local = name if way == "input" else f"{name}Response"
    key = f"{{{namespace}}}{local}/{way}"
    wrappers[key] = ComplexType(key, content=Group("sequence", parts))
    return Element(local, namespace, local, key)


def _with_wrappers(schema: Schema, wrappers: dict[str, ComplexType]) -> Schema:
    """The schema with the types of rpc wrappers, and with prefixes for their namespaces."""
    prefixes = dict(schema.prefixes)
    for space in filter(None, map(namespace_of, wrappers)):
        number = 1
        while space not in prefixes:
            if f"rpc{number}" not in prefixes.values():
                prefixes[space] = f"rpc{number}"
            number += 1
    types = MappingProxyType({**schema.types, **wrappers})
    return replace(schema, types=types, prefixes=MappingProxyType(prefixes))


def _listed(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:20])
    return f"{shown} and {len(names) - 20} more" if len(names) > 20 else shown or "none"
