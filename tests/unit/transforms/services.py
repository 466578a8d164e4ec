"""The three services of tests/corpus/wsdl, values that fit their schemas, and validators that are not ours."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from lxml import etree

from vtl.transforms.schema import (
    TEXT_KEY,
    TYPE_KEY,
    ComplexType,
    Element,
    Group,
    Particle,
    Schema,
    SimpleType,
    local_name,
    most,
)
from vtl.transforms.schema_texts import integer_bounds, kind_of
from vtl.transforms.wsdl import Operation, Wsdl, read_wsdl

FEWER = settings(max_examples=max(10, (settings.default or settings()).max_examples // 5))
"""For tests whose single example takes long: a whole message of a service, made, read and validated."""


FOLDER = Path(__file__).resolve().parents[2] / "corpus" / "wsdl"
ORDERS, LEDGER, CLAIMS = (FOLDER / name / f"{name}.wsdl" for name in ("orders", "ledger", "claims"))
OPERATIONS = [(ORDERS, "PlaceOrder"), (ORDERS, "GetStock"), (LEDGER, "Book"), (LEDGER, "Balance"), (CLAIMS, "FileClaim")]
NASTY = "& < > \" ' ]]> \t\r\n é😀"
_TEXT = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff") | st.sampled_from("&<>\"'\t\n\r]"),
    max_size=12,
)
_DEEPEST = 2


@cache
def service(path: Path) -> Wsdl:
    """The description, read once."""
    return read_wsdl(path)


def operation(path: Path, name: str, version: str | None = None) -> Operation:
    """An operation of one of the services."""
    return service(path).operation(name, version=version)


@cache
def libxml2(path: Path) -> etree.XMLSchema:
    """libxml2's own validator for the types of a service: independent of everything that the product uses for schemas."""
    if path == CLAIMS:
        return etree.XMLSchema(file=str(path.parent / "types" / "claims.xsd"))
    schemas = etree.parse(str(path)).getroot().findall(".//{http://www.w3.org/2001/XMLSchema}schema")
    return etree.XMLSchema(etree.fromstring(etree.tostring(schemas[0])))


def values(schema: Schema, element: Element, above: tuple[str, ...] = ()) -> st.SearchStrategy[object]:
    """JSON values that fit an element, as reading its XML gives them."""
    kind = schema.type_of(element)
    if isinstance(kind, SimpleType):
        found = simple_values(schema, kind)
    else:
        keys = [*([] if kind.abstract else [kind.key]), *kind.derived]
        found = st.one_of([_members(schema, schema.types[key], key != kind.key, above) for key in keys])
    return st.none() | found if element.nillable else found


def simple_values(schema: Schema, kind: SimpleType) -> st.SearchStrategy[object]:
    """JSON values of a simple type."""
    if kind.form == "list":
        assert kind.items is not None
        return st.lists(st.from_regex(r"[a-z][a-z0-9]{0,5}", fullmatch=True), max_size=3)
    if kind.enumeration:
        return st.sampled_from(kind.enumeration)
    if kind.patterns and kind_of(kind) == "text":
        return (
            st.from_regex("[A-Z]{2}-[0-9]{3}", fullmatch=True)
            if local_name(kind.key) == "Sku"
            else st.sampled_from(["en", "de-AT"])
        )
    word = kind_of(kind)
    if word == "boolean":
        return st.booleans()
    if word == "integer":
        low, high = integer_bounds(kind)
        low = int(kind.at_least) if kind.at_least else low
        high = int(kind.at_most) if kind.at_most else high
        return st.integers(low, high)
    if word == "decimal":
        low = 0 if kind.at_least == "0" else -(10**9)
        return st.decimals(low, 10**9, places=4, allow_nan=False).map(lambda number: Decimal(number))
    if word == "float":
        return st.floats(allow_nan=False, allow_infinity=False)
    if kind.builtin == "date":
        return st.dates().map(str)
    if kind.builtin == "dateTime":
        return st.datetimes().map(lambda moment: moment.isoformat(timespec="milliseconds"))
    return _TEXT


def _members(schema: Schema, kind: object, named: bool, above: tuple[str, ...]) -> st.SearchStrategy[object]:
    assert isinstance(kind, ComplexType)
    fixed: dict[str, st.SearchStrategy[object]] = {TYPE_KEY: st.just(local_name(kind.key))} if named else {}
    optional: dict[str, st.SearchStrategy[object]] = {}
    for attribute in kind.attributes:
        if schema.simple(attribute.type).builtin != "ID":
            (fixed if attribute.required else optional)[attribute.key] = simple_values(schema, schema.simple(attribute.type))
    if kind.text is not None:
        text = simple_values(schema, schema.simple(kind.text))
        return st.fixed_dictionaries({**fixed, TEXT_KEY: text}, optional=optional) if kind.attributes else text
    content = _group(schema, kind.content, most(kind.content), (*above, kind.key))
    return st.tuples(st.fixed_dictionaries(fixed, optional=optional), content).map(lambda both: {**both[0], **both[1]})


def _group(
    schema: Schema, group: Group, counts: dict[str, int | None], above: tuple[str, ...]
) -> st.SearchStrategy[dict[str, object]]:
    parts = [_particle(schema, item, counts, above) for item in group.particles]
    if group.kind == "choice":
        return st.one_of(parts)
    return st.tuples(*parts).map(lambda found: {key: value for part in found for key, value in part.items()})


def _particle(
    schema: Schema, particle: Particle, counts: dict[str, int | None], above: tuple[str, ...]
) -> st.SearchStrategy[dict[str, object]]:
    if isinstance(particle, Group):
        return _group(schema, particle, counts, above)
    assert isinstance(particle, Element)
    kind = schema.type_of(particle)
    keys = [kind.key, *kind.derived] if isinstance(kind, ComplexType) else []
    if sum(above.count(key) for key in keys) >= _DEEPEST:
        return st.just({})
    value = values(schema, particle, above)
    if counts[particle.key] != 1:
        value = st.lists(value, min_size=max(1, particle.minimum), max_size=3)
    present = value.map(lambda item: {particle.key: item})
    return st.one_of(st.just({}), present) if particle.minimum == 0 else present
