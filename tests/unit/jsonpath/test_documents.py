"""The JSON reader's two roads: the same values, the same bounds."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtl.errors import InvalidJson, LimitExceeded
from vtl.jsonpath import loads
from vtl.jsonpath.documents import parse
from vtl.jsonpath.permissive import PermissiveReader
from vtl.limits import Limits
from vtl.values.json import to_json
from vtl.values.kinds import Float, JsonArray

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


def _kinds(value: object) -> object:
    """The value with the type of each part beside it."""
    if isinstance(value, dict):
        return type(value), [(name, _kinds(item)) for name, item in value.items()]
    if isinstance(value, list):
        return type(value), [_kinds(item) for item in value]
    return type(value), str(value)


@given(JSON, st.sampled_from([None, 1]), st.booleans())
def test_both_readers_agree_on_strict_json(value: object, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert _kinds(loads(text)) == _kinds(PermissiveReader(text, Limits()).read())


@given(st.text(alphabet="{}[]:,\"'\\ \n\x00\x1a\x7f-+.01e9aNntfuxé~", max_size=30))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        parse(text)
    except InvalidJson as error:
        assert error.span is not None
        assert 0 <= error.span.start <= len(text)


def test_arrays_are_json_arrays_at_every_depth() -> None:
    document = loads('[[1, {"a": [[]]}], {"b": []}]')
    assert type(document) is JsonArray
    assert type(document[0]) is JsonArray
    assert type(document[0][1]["a"][0]) is JsonArray
    assert type(document[1]["b"]) is JsonArray
    assert type(document[1]) is dict


def test_a_repeated_name_keeps_its_first_place_and_its_last_value() -> None:
    assert list(loads('{"a": 1, "b": 2, "a": 3}').items()) == [("a", 3), ("b", 2)]
    assert list(loads("{a: 1, b: 2, a: 3}").items()) == [("a", 3), ("b", 2)]


def test_a_fraction_of_more_than_18_characters_keeps_its_digits() -> None:
    assert loads("[0.12345678901234567890]")[0] == Decimal("0.12345678901234567890")
    assert type(loads("[1.0000000000000000]")[0]) is float
    assert type(loads("[1.00000000000000000]")[0]) is Decimal


def test_not_a_number_is_a_float_and_infinity_a_word() -> None:
    values = loads("[NaN, Infinity, -Infinity]")
    assert type(values[0]) is Float
    assert values[1:] == ["Infinity", "-Infinity"]


def test_integers_beyond_pythons_own_bound_are_read() -> None:
    digits = "9" * 9_000
    assert to_json(loads(f"[{digits}]")) == f"[{digits}]"
    assert to_json(loads(f"[{digits},]")) == f"[{digits}]"


@pytest.mark.parametrize("text", ["[{}]", "[{},]"], ids=["strict", "permissive"])
def test_integers_beyond_the_limit_are_refused(text: str) -> None:
    with pytest.raises(LimitExceeded) as caught:
        loads(text.replace("{}", "1" * 101), limits=Limits(integer_digits=100))
    assert caught.value.limit == "integer_digits"


@pytest.mark.parametrize("opening", ["[", '{"a":', "{a:"])
@pytest.mark.parametrize("depth", [1_001, 200_000])
def test_deep_documents_end_at_the_limit(opening: str, depth: int) -> None:
    closing = "]" if opening == "[" else "}"
    text = opening * depth + "1" + closing * depth
    with pytest.raises(LimitExceeded) as caught:
        loads(text)
    assert caught.value.limit == "json_depth"


@pytest.mark.parametrize("opening", ["[", '{"a":', "{a:"])
def test_documents_as_deep_as_the_limit_are_read(opening: str) -> None:
    closing = "]" if opening == "[" else "}"
    value = loads(opening * 1_000 + "1" + closing * 1_000)
    for _ in range(1_000):
        value = value[0] if isinstance(value, list) else value["a"]
    assert value == 1


def test_an_empty_text_is_no_document_but_json_smart_alone_reads_it() -> None:
    with pytest.raises(InvalidJson):
        loads("")
    assert parse("") == ""
    assert loads("  ") == ""
