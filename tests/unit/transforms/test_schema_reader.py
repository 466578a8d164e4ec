"""What the description says about schemas; the data is plain and frozen, the files are the only source."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tests.unit.transforms.services import CLAIMS, LEDGER, ORDERS, service
from vtl.errors import InputError
from vtl.transforms.schema import (
    ComplexType,
    Element,
    Group,
    Schema,
    SimpleType,
    Wildcard,
    elements_of,
    has_wildcard,
    is_emptiable,
    local_name,
    most,
    namespace_of,
)
from vtl.transforms.schema_reader import read_schema

_O, _C, _P = "{urn:example:orders}", "{http://example.org/claims}", "{http://example.org/party}"


def _complex(schema: Schema, key: str) -> ComplexType:
    found = schema.types[key]
    assert isinstance(found, ComplexType)
    return found


def _write(folder: Path, body: str, head: str = 'targetNamespace="urn:t" xmlns="urn:t" elementFormDefault="qualified"') -> Path:
    path = folder / "t.xsd"
    path.write_text(f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" {head}>{body}</xs:schema>', encoding="utf-8")
    return path


def test_order_occurrence_types_nil_and_attributes() -> None:
    schema = service(ORDERS).schema
    customer = _complex(schema, f"{_O}Customer")
    assert [(item.key, item.minimum, item.maximum, item.nillable) for item in elements_of(customer.content)] == [
        ("name", 1, 1, False),
        ("email", 1, 1, False),
        ("phone", 1, 1, False),
        ("birthday", 0, 1, True),
    ]
    choice = customer.content.particles[1]
    assert isinstance(choice, Group)
    assert choice.kind == "choice"
    assert [(item.key, item.required, local_name(item.type)) for item in customer.attributes] == [("@id", True, "int")]
    line = _complex(schema, f"{_O}Line")
    assert most(line.content) == {"sku": 1, "quantity": 1, "price": 1, "note": None}
    money = _complex(schema, f"{_O}Money")
    assert money.text == f"{_O}Amount"
    assert schema.simple(f"{_O}Amount") == SimpleType(
        f"{_O}Amount", "decimal", white_space="collapse", at_least="0", total_digits=18, fraction_digits=4
    )
    assert schema.simple(f"{_O}Channel").enumeration == ("web", "shop", "phone")
    assert schema.simple(f"{_O}Tags").items == "{http://www.w3.org/2001/XMLSchema}NCName"


def test_inheritance_and_substitution() -> None:
    schema = service(CLAIMS).schema
    party, company = _complex(schema, f"{_P}Party"), _complex(schema, f"{_P}Company")
    assert party.abstract
    assert party.derived == (f"{_P}Person", f"{_P}Company")
    assert company.base == f"{_P}Party"
    assert [item.key for item in elements_of(company.content)] == ["name", "address", "register", "contact"]
    assert {item.namespace for item in elements_of(company.content)} == {""}
    claim = _complex(schema, f"{_C}FileClaim/type")
    damage = claim.content.particles[3]
    assert isinstance(damage, Group)
    assert (damage.kind, damage.minimum, damage.maximum) == ("choice", 1, None)
    assert [item.key for item in elements_of(damage)] == ["damage", "waterDamage"]


def test_an_included_schema_takes_the_namespace_of_the_one_that_includes_it() -> None:
    schema = service(CLAIMS).schema
    assert schema.elements[f"{_C}waterDamage"].type == f"{_C}WaterDamage"
    assert [item.tag for item in elements_of(_complex(schema, f"{_C}Damage").content)] == [f"{_C}what", f"{_C}part"]


def test_schemas_of_one_file_that_import_each_other() -> None:
    assert (
        service(LEDGER).schema.elements["{http://example.com/ledger}refusal"].type == "{http://example.com/ledger/types}Refusal"
    )


def test_the_data_is_plain_and_frozen() -> None:
    schema = service(ORDERS).schema
    with pytest.raises(dataclasses.FrozenInstanceError):
        schema.elements = {}  # type: ignore[misc]
    with pytest.raises(TypeError):
        schema.types["x"] = SimpleType("x")  # type: ignore[index]
    for kind in schema.types.values():
        assert type(kind).__module__ == "vtl.transforms.schema"
        assert eval(repr(kind), {"Element": Element, **vars(__import__("vtl.transforms.schema", fromlist=["x"]))}) == kind  # noqa: S307


def test_an_element_and_a_type_may_share_a_name(tmp_path: Path) -> None:
    schema = read_schema(
        _write(
            tmp_path,
            '<xs:complexType name="A"><xs:sequence><xs:element name="x" type="xs:int"/></xs:sequence></xs:complexType>'
            '<xs:element name="A"><xs:complexType><xs:sequence>'
            '<xs:element name="y" type="A"/></xs:sequence></xs:complexType></xs:element>',
        )
    )
    assert schema.elements["{urn:t}A"].type == "{urn:t}A/type"
    assert most(_complex(schema, "{urn:t}A").content) == {"x": 1}
    assert most(_complex(schema, "{urn:t}A/type").content) == {"y": 1}


def test_equal_local_names_of_two_namespaces_have_a_prefix(tmp_path: Path) -> None:
    (tmp_path / "u.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:u">'
        '<xs:element name="x" type="xs:int"/></xs:schema>',
        encoding="utf-8",
    )
    body = (
        '<xs:import namespace="urn:u" schemaLocation="u.xsd"/><xs:element name="r"><xs:complexType><xs:sequence>'
        '<xs:element name="x" type="xs:int"/><xs:element ref="u:x"/></xs:sequence></xs:complexType></xs:element>'
    )
    schema = read_schema(
        _write(tmp_path, body, 'targetNamespace="urn:t" xmlns:t="urn:t" xmlns:u="urn:u" elementFormDefault="qualified"')
    )
    assert [item.key for item in elements_of(_complex(schema, "{urn:t}r/type").content)] == ["t:x", "u:x"]


@pytest.mark.parametrize(
    ("body", "words", "line"),
    [
        ('<xs:element name="a" type="Nowhere"/>', "unknown type 'Nowhere'", 2),
        (
            '\n<xs:simpleType name="a"><xs:restriction base="xs:int"><xs:pattern value="["/></xs:restriction></xs:simpleType>',
            "not a valid",
            3,
        ),
        ('<xs:redefine schemaLocation="t.xsd"/>', "xs:redefine is not supported", 2),
        ('<xs:element name="a" minOccurs="2"/>', "not a valid schema", 2),
        ("<nonsense/>", "not a valid schema", 1),
    ],
)
def test_a_wrong_schema_is_told_with_its_line(body: str, words: str, line: int, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read_schema(_write(tmp_path, f"\n{body}"))
    assert caught.value.line == line


def test_what_was_not_fetched_is_named(tmp_path: Path) -> None:
    body = (
        '<xs:import namespace="urn:x" schemaLocation="http://example.com/x.xsd"/>'
        '<xs:element name="a" type="x:T" xmlns:x="urn:x"/>'
    )
    with pytest.raises(InputError) as caught:
        read_schema(_write(tmp_path, body))
    assert caught.value.hint is not None
    assert "http://example.com/x.xsd is not fetched" in caught.value.hint


def test_names_and_counts() -> None:
    assert (local_name("{urn:t}a"), local_name("a"), namespace_of("{urn:t}a"), namespace_of("a")) == ("a", "a", "urn:t", "")
    one, many = Element("a", "", "a", "t"), Element("b", "", "b", "t", minimum=0, maximum=None)
    group = Group("choice", (Group("sequence", (one, many, one)), one), maximum=2)
    assert most(group) == {"a": 4, "b": None}
    assert most(Group("sequence", (one,), minimum=0, maximum=0)) == {"a": 0}
    assert not is_emptiable(group)
    assert is_emptiable(Group("choice", (one, many)))
    assert is_emptiable(Group("sequence", ()))
    assert has_wildcard(Group("sequence", (group, Group("choice", (Wildcard(),)))))
