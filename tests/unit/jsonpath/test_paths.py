"""What paths find, what they miss, and how they say so; the answers are those of Jayway 2.9."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtl.errors import InvalidPath, JsonPathError, LimitExceeded, PathNotFound
from vtl.jsonpath import loads, read
from vtl.jsonpath.dialect import JAYWAY_2_4
from vtl.jsonpath.paths import compile_path
from vtl.limits import Limits
from vtl.values.call import PlainCall
from vtl.values.kinds import JavaArray, JsonArray, SubList

DOCUMENT = loads(
    '{"a": {"b": {"c": 1, "d": [10, 20, 30]}, "e": null, "f": "str"}, "z": [{"x": 1}, {"x": 2, "y": 3}, 5, [7, 8]],'
    ' "a b": 1, "$ref": 2, "": 3, "n": [10, 20, 30, 40, 50]}'
)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("$", DOCUMENT),
        ("@", DOCUMENT),
        ("$.a.b.c", 1),
        ("a.b.c", 1),
        ("@.a.b.c ", 1),
        ("['a']['b'].c", 1),
        ('$["a"]["b"]', {"c": 1, "d": [10, 20, 30]}),
        ("$[ 'a' ].f", "str"),
        ("$['a b']", 1),
        ("$.$ref", 2),
        ("$['']", 3),
        ("$['\\u0061'].f", "str"),
        ("$.a.e", None),
        ("$.n[0]", 10),
        ("$.n[-1]", 50),
        ("$.n[0,2, 9]", [10, 30]),
        ("$.n[98,99]", []),
        ("$.n[1:3]", [20, 30]),
        ("$.n[:2]", [10, 20]),
        ("$.n[3:]", [40, 50]),
        ("$.n[-2:]", [40, 50]),
        ("$.n[:-3]", [10, 20]),
        ("$.n[-2:3]", [40, 50, 10, 20, 30]),
        ("$.n[1:-1]", []),
        ("$.n[0:3:2]", [10, 20, 30]),
        ("$.n.*", [10, 20, 30, 40, 50]),
        ("$.n[*]", [10, 20, 30, 40, 50]),
        ("$.a.f.*", []),
        ("$.a.e.*", []),
        ("$.a['f','e']", {"f": "str", "e": None}),
        ("$.a['x','y']", {}),
        ("$['a','z']['f','b']", [{"f": "str", "b": {"c": 1, "d": [10, 20, 30]}}]),
        ("$.z[*].x", [1, 2]),
        ("$.z[*].nothing", []),
        ("$..x", [1, 2]),
        (".x", [1, 2]),
        ("$..nothing", []),
        ("$..['x','y']", [{"x": 2, "y": 3}]),
        ("$..b..d[1]", [20]),
        ("$..d[0]", [10]),
        ("$.z..*", [{"x": 1}, {"x": 2, "y": 3}, 5, [7, 8], 1, 2, 3, 7, 8]),
        ("$..[0].x", [1]),
        ("$.n.length()", 5),
        ("$.a.size()", 3),
        ("$.a.f.length()", None),
        ("$.n[", [10, 20, 30, 40, 50]),
    ],
)
def test_what_a_path_finds(path: str, value: object) -> None:
    assert read(path, DOCUMENT) == value


@pytest.mark.parametrize("path", ["$.n[*]", "$..x", "$.n[0,1]", "$.n[0:1]", "$.z[?(@.x)]"])
def test_indefinite_paths_give_json_arrays(path: str) -> None:
    assert not compile_path(path).definite
    assert type(read(path, DOCUMENT)) is JsonArray


@pytest.mark.parametrize(
    ("path", "span"),
    [
        ("$.x", (2, 3)),
        ("$.a.x.y", (4, 5)),
        ("$.a.f.x", (6, 7)),
        ("$.a.e.x", (6, 7)),
        ("$.n[5]", (3, 6)),
        ("$.n[-6]", (3, 7)),
        ("$.a[0]", (3, 6)),
        ("$.missing[*]", (2, 9)),
        ("$.missing..x", (2, 9)),
        ("$.a.f[0:1]", (5, 10)),
        ("$.z[2].x", (7, 8)),
        ("$.a.f['a','b']", (5, 14)),
    ],
)
def test_a_miss_names_the_first_missing_step(path: str, span: tuple[int, int]) -> None:
    with pytest.raises(PathNotFound) as caught:
        read(path, DOCUMENT)
    assert caught.value.span == span


def test_results_are_live_and_unions_are_not() -> None:
    document = loads('{"a": {"b": 1}}')
    read("$.a", document)["b"] = 2
    read("$['a','x']", document)["a"] = 3
    assert document == {"a": {"b": 2}}


def test_null_is_no_document() -> None:
    with pytest.raises(JsonPathError):
        read("$.a", None)


def test_compiled_paths_are_kept() -> None:
    assert compile_path("$.a.b") is compile_path("$.a.b")
    assert compile_path("$.a.b", JAYWAY_2_4) is not compile_path("$.a.b")


def test_a_path_is_free_to_be_used_from_many_threads() -> None:
    path = compile_path("$.z[?(@.x > 0 && @.x =~ /[12]/)].x")
    with ThreadPoolExecutor(8) as pool:
        assert set(map(str, pool.map(lambda _: path.read(DOCUMENT), range(400)))) == {"[1, 2]"}


def test_lists_of_java_are_lists_and_its_arrays_are_not() -> None:
    document: dict[str, Any] = {"sub": SubList(PlainCall(), [1, 2, 3], 1, 3), "array": JavaArray([1, 2])}
    assert read("$.sub[0]", document) == 2
    assert read("$.sub.length()", document) == 2
    with pytest.raises(PathNotFound):
        read("$.array[0]", document)


def test_a_document_that_contains_itself_ends_at_the_limit() -> None:
    document: dict[str, Any] = {}
    document["me"] = document
    with pytest.raises(LimitExceeded) as caught:
        read("$..x", document, limits=Limits(json_depth=50))
    assert caught.value.limit == "json_depth"


def test_long_paths_and_deep_scans_need_no_stack() -> None:
    document: object = 1
    for _ in range(900):
        document = {"a": document}
    assert read("$" + ".a" * 900, document) == 1
    assert len(read("$..a", document)) == 900
    assert read("$" + "..a" * 3 + ".*", {"a": {"a": {"a": {"b": 1}}}}) == [1]
    with pytest.raises(InvalidPath):
        compile_path("$[?(" + "(" * 5_000 + "@.a" + ")" * 5_000 + ")]")


@given(
    st.lists(
        st.sampled_from(
            [
                "$",
                "@",
                ".",
                "..",
                "[",
                "]",
                "(",
                ")",
                "?",
                "*",
                "'",
                '"',
                "\\",
                " ",
                ",",
                ":",
                "-1",
                "0",
                "9" * 20,
                "a",
                "b",
                "z",
                "n",
                "x",
                "==",
                "<",
                "!",
                "&&",
                "||",
                "~",
                "/",
                "1e",
                "true",
                "null",
                "[?(",
                ")]",
                "['a']",
                ".length()",
            ]
        ),
        max_size=9,
    )
)
def test_any_text_is_a_path_or_refused_with_a_place(parts: list[str]) -> None:
    try:
        read("".join(parts), DOCUMENT)
    except JsonPathError as error:
        assert error.span is not None and error.source is not None
        assert error.diagnostic.render()


@pytest.mark.parametrize("path", ["$..zz", "$[?(@..zz == 1)]", "$..*..*", "$" + "[0,0,0,0,0,0,0,0,0,0]" * 9])
def test_a_document_that_holds_itself_many_times_does_not_hang(path: str) -> None:
    document: object = [1]
    for _ in range(60):
        document = [document, document]
    with pytest.raises(LimitExceeded) as caught:
        read(path, document, limits=Limits(steps=100_000))
    assert caught.value.limit == "steps"
