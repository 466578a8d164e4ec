"""Operations of the three services, and what is refused. zeep, which reads the same files by itself, finds the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.transforms.services import CLAIMS, LEDGER, ORDERS, operation, service
from vtl.errors import InputError
from vtl.transforms.schema import elements_of
from vtl.transforms.wsdl import read_wsdl


def test_document_literal_over_two_versions() -> None:
    found = service(ORDERS).operations()
    assert [(item.name, item.version, item.port, item.style) for item in found] == [
        ("PlaceOrder", "1.1", "Orders11", "document"),
        ("GetStock", "1.1", "Orders11", "document"),
        ("PlaceOrder", "1.2", "Orders12", "document"),
        ("GetStock", "1.2", "Orders12", "document"),
    ]
    place = operation(ORDERS, "PlaceOrder")
    assert (place.action, place.address, place.service) == (
        "urn:example:orders/PlaceOrder",
        "http://127.0.0.1:8088/orders",
        "OrdersService",
    )
    assert [item.tag for item in place.input.body] == ["{urn:example:orders}PlaceOrder"]
    assert [(item.name, item.element.tag) for item in place.faults] == [("OutOfStock", "{urn:example:orders}OutOfStock")]


def test_rpc_literal_has_a_wrapper_with_the_parts() -> None:
    book = operation(LEDGER, "Book")
    assert (book.style, book.action) == ("rpc", "")
    assert [item.tag for item in book.input.body] == ["{http://example.com/ledger/calls}Book"]
    assert book.output is not None
    wrapper = book.output.body[0]
    assert wrapper.tag == "{http://example.com/ledger/calls}BookResponse"
    kind = book.schema.types[wrapper.type]
    assert [item.tag for item in elements_of(kind.content)] == ["balance", "booked"]  # type: ignore[union-attr]
    assert "http://example.com/ledger/calls" in book.schema.prefixes


def test_imports_headers_and_soap_1_2() -> None:
    claim = operation(CLAIMS, "FileClaim")
    assert (claim.version, claim.action) == ("1.2", "http://example.org/claims/file")
    assert [item.name for item in claim.input.headers] == ["Context"]
    assert [item.name for item in claim.input.body] == ["FileClaim"]


@pytest.mark.parametrize("path", [ORDERS, LEDGER, CLAIMS], ids=lambda path: path.stem)
def test_zeep_finds_the_same_operations(path: Path) -> None:
    zeep = pytest.importorskip("zeep")
    client = zeep.Client(str(path))
    theirs = {
        (name, port.name, found.soapaction or "")
        for item in client.wsdl.services.values()
        for port in item.ports.values()
        for name, found in port.binding._operations.items()
    }
    assert {(item.name, item.port, item.action) for item in service(path).operations()} == theirs


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('<soap:body use="literal" namespace="http://example.com/ledger/calls"/>'
        '</input>', '<soap:body use="encoded"/></input>', "rpc/encoded"),
        ('type="tns:LedgerPort">', 'type="tns:Nowhere">', "no portType"),
        ('message="tns:BookRequest"', 'message="tns:Nothing"', "no message"),
        ('message="tns:BookRequest"', 'message="what:Nothing"', "prefix 'what' .* is not declared"),
        (
            '<part name="account" type="xsd:string"/><part name="book',
            '<part name="account"/><part name="book',
            "neither a type nor an element",
        ),
        ('name="account" type="xsd:string"/><part name="book', 'name="account" type="t:No"/><part name="book', "no type"),
        ('element="tns:refusal"', 'element="tns:no"', "no element"),
        ('<soap:operation soapAction=""/>', '<soap:operation soapAction="" style="wild"/>', "no such style"),
        (
            '<soap:operation soapAction=""/>',
            '<soap:operation soapAction="" style="document"/>',
            "of a document message has no element",
        ),
        (
            '<input><soap:body use="literal" namespace="http://example.com/ledger/calls"/></input>',
            '<input><m:multipartRelated xmlns:m="http://schemas.xmlsoap.org/wsdl/mime/"/></input>',
            "MIME binding",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, words: str, tmp_path: Path) -> None:
    text = LEDGER.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "x.wsdl"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=words) as caught:
        read_wsdl(path).operation("Book")
    assert caught.value.line > 1


def test_no_wsdl_1_1(tmp_path: Path) -> None:
    path = tmp_path / "x.wsdl"
    path.write_text('<description xmlns="http://www.w3.org/ns/wsdl"/>', encoding="utf-8")
    with pytest.raises(InputError, match=r"WSDL 2\.0"):
        read_wsdl(path)
    path.write_text("<html/>", encoding="utf-8")
    with pytest.raises(InputError, match="the document is <html>"):
        read_wsdl(path)


def test_names_that_are_not_there() -> None:
    with pytest.raises(InputError, match="no operation 'Place'") as caught:
        service(ORDERS).operation("Place")
    assert caught.value.hint == "there are PlaceOrder, GetStock"
    with pytest.raises(InputError, match="no such port"):
        service(LEDGER).operation("Book", version="1.2")
    assert service(ORDERS).operation("GetStock", port="Orders12").version == "1.2"


_ARRAYS = (
    '<xsd:import namespace="http://schemas.xmlsoap.org/soap/encoding/"/>'
    '<xsd:import namespace="http://schemas.xmlsoap.org/wsdl/"/>'
    '<xsd:complexType name="Names"><xsd:complexContent><xsd:restriction base="e:Array" '
    'xmlns:e="http://schemas.xmlsoap.org/soap/encoding/"><xsd:attribute ref="e:arrayType" '
    'xmlns:w="http://schemas.xmlsoap.org/wsdl/" w:arrayType="xsd:string[]"/>'
    "</xsd:restriction></xsd:complexContent></xsd:complexType>"
)


def _with_arrays(path: Path, *, encoded: int) -> Path:
    """The ledger with a type in SOAP's own encoding, and some of its messages in it."""
    text = LEDGER.read_text(encoding="utf-8")
    at = text.index(">", text.index("<xsd:schema")) + 1
    path.write_text(text[:at] + _ARRAYS + text[at:].replace('use="literal"', 'use="encoded"', encoded), encoding="utf-8")
    return path


def test_a_service_that_is_rpc_encoded_is_refused_as_such_and_not_for_its_schema(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    found = read_wsdl(_with_arrays(tmp_path / "x.wsdl", encoded=100))
    with pytest.raises(InputError, match="Book is rpc/encoded"):
        found.operation("Book")
    assert found.callable_operations()[0] == ()
    assert not recwarn.list


def test_literal_operations_beside_encoded_ones_can_be_called(tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    found = read_wsdl(_with_arrays(tmp_path / "x.wsdl", encoded=1))
    operations, errors = found.callable_operations()
    assert [item.name for item in operations] == ["Balance"]
    assert [error.message for error in errors] == ["Book is rpc/encoded, which is not supported"]
    assert not recwarn.list


def test_a_header_without_an_element_is_left_out(tmp_path: Path) -> None:
    header = '<soap:header message="tns:BookRequest" part="account" use="literal"/>'
    text = LEDGER.read_text(encoding="utf-8")
    path = tmp_path / "x.wsdl"
    at = text.index("<output>", text.index("<binding")) + len("<output>")
    path.write_text(text[:at] + header + text[at:], encoding="utf-8")
    found = read_wsdl(path).operation("Book")
    assert found.output is not None
    assert found.output.headers == ()
