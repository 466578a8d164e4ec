"""Key order, key classes and key case of Java's maps."""

from __future__ import annotations

import pytest

from tests.unit.recorded_context import RECORDED_IDENTITY, RECORDED_KEYS
from vtl.errors import JavaError
from vtl.values.call import PlainCall
from vtl.values.kinds import CaseInsensitiveMap, ContextMap, HashMap, KeySet, Long, Values, key, unkey
from vtl.values.methods import invoke
from vtl.values.text import to_text
from vtl.values.truth import java_equals


@pytest.mark.parametrize("keys", [RECORDED_KEYS, RECORDED_IDENTITY])
def test_a_hash_map_iterates_in_the_recorded_order(keys: list[str]) -> None:
    assert list(HashMap.fromkeys(keys)) == keys


def test_a_hash_map_keeps_its_table_when_it_shrinks() -> None:
    grown = HashMap.fromkeys([f"k{number}" for number in range(13)] + ["path", "stage"])
    for number in range(13):
        del grown[f"k{number}"]
    assert grown.buckets() == 32
    assert HashMap.fromkeys(["path", "stage"]).buckets() == 16


def test_put_all_makes_the_table_that_the_pairs_need() -> None:
    new, old = HashMap(), HashMap({"x": 1})
    del old["x"]
    for target, shown in ((new, "{n=2, k=1}"), (old, "{k=1, n=2}")):
        invoke(PlainCall(), target, "putAll", [{"k": 1, "n": 2}])
        assert to_text(target) == shown
    emptied = HashMap.copy_of({})
    assert emptied.buckets() == 0
    emptied["k"] = 1
    assert emptied.buckets() == 16


def test_a_map_of_the_context_prints_nothing() -> None:
    assert to_text(ContextMap({"a": 1})) == ""
    assert to_text([ContextMap({"a": 1})]) == "[]"
    assert to_text(HashMap({"a": 1})) == "{a=1}"


def test_keys_of_different_classes_stay_apart() -> None:
    call = PlainCall()
    pairs: dict[object, object] = {}
    for name, value in ((1, "i"), (1.0, "d"), (True, "b"), (Long(1), "l"), ("1", "s"), (None, "n")):
        invoke(call, pairs, "put", (name, value))
    assert len(pairs) == 6
    assert [invoke(call, pairs, "get", (name,)) for name in (1, 1.0, True, Long(1), "1", None)] == list("idblsn")
    assert to_text(pairs) == "{1=i, 1.0=d, true=b, 1=l, 1=s, null=n}"


@pytest.mark.parametrize("value", ["a", 1, -(2**31), None])
def test_everyday_keys_are_stored_as_they_are(value: object) -> None:
    assert key(value) is value


@pytest.mark.parametrize("value", [1.5, True, 2**40, [1], {"a": 1}])
def test_other_keys_come_back(value: object) -> None:
    assert unkey(key(value)) is value
    assert key(value) == key(value)


def test_a_case_insensitive_map_sorts_and_finds_without_case() -> None:
    headers = CaseInsensitiveMap({"x-b": "1", "Accept": "2", "X-A": "3"})
    assert list(headers) == ["Accept", "X-A", "x-b"]
    assert (headers["ACCEPT"], headers.get("X-B"), "x-a" in headers) == ("2", "1", True)
    headers["X-B"] = "9"
    assert to_text(headers) == "{Accept=2, X-A=3, x-b=9}"
    del headers["accept"]
    assert headers.pop("x-A") == "3"
    assert dict(headers) == {"x-b": "9"}


def test_a_case_insensitive_map_refuses_what_is_no_text() -> None:
    with pytest.raises(JavaError) as caught:
        invoke(PlainCall(), CaseInsensitiveMap({"a": 1}), "get", (5,))
    assert caught.value.java_class == "java.lang.ClassCastException"


def test_views_are_live() -> None:
    call = PlainCall()
    pairs = {"a": 1, "b": 2, "c": 3}
    keys, values = KeySet(pairs), Values(pairs)
    invoke(call, keys, "remove", ("b",))
    invoke(call, values, "remove", (3,))
    assert (to_text(pairs), to_text(keys), to_text(values)) == ("{a=1}", "[a]", "[1]")
    assert java_equals(values, Values(pairs))
    assert not java_equals(values, Values({"a": 1}))
