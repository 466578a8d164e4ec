"""Functions, with Jayway's oddities; the answers are those of Jayway 2.9 unless 2.4 is named."""

from __future__ import annotations

import math
from typing import Any

import pytest

from vtl.errors import InvalidPath, JsonPathError, PathNotFound
from vtl.jsonpath import loads, read
from vtl.values.text import to_text

TEXT = """{"n": [3, 1, 2.5], "one": [5], "e": [], "s": ["a", 1, "b"], "o": {"k": [1, 2], "j": 1}, "str": "hello", "neg": [-5, -2],
           "m": [[1, 2], [3]], "nul": null}"""


def _read(path: str, dialect: str = "2.9") -> Any:
    return read(path, loads(TEXT), dialect=dialect)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("$.n.sum()", 6.5),
        ("$.n.avg()", 6.5 / 3),
        ("$.n.min()", 1.0),
        ("$.n.max()", 3.0),
        ("$.neg.max()", 5e-324),
        ("$.one.stddev()", 0.0),
        ("$.s.concat()", "ab"),
        ('$.s.concat("c", $.str, $.n)', "abchello312.5"),
        ("$.o.length()", 2),
        ("$.str.length()", None),
        ("$.m[*].length()", [2, 1]),
        ("$.n.first()", 3),
        ("$.n.last()", 2.5),
        ("$.n.index(-2)", 1),
        ('$.n.append(4, "x")', [3, 1, 2.5, 4, "x"]),
        ("$.o.append(1)", {"k": [1, 2], "j": 1}),
        ("$..k.length()", 2),
        ("$..k.sum()", None),
        ("$.length($.m)", 1),
        ("$.length($.m[*])", 3),
        ("$.o.keys(1).x", None),
    ],
)
def test_what_functions_give(path: str, value: object) -> None:
    if value is None and path != "$.str.length()":
        with pytest.raises(JsonPathError):
            _read(path)
    else:
        assert _read(path) == value


def test_the_names_of_an_object_are_a_set() -> None:
    assert to_text(_read("$.o.keys()")) == "[k, j]"
    assert _read("$.n.keys()") is None


@pytest.mark.parametrize(
    "path",
    [
        "$.e.sum()",
        "$.e.first()",
        "$.one.last()",
        "$.o.first()",
        "$.n.index(9)",
        "$.n.index()",
        "$.length(1)",
        "$..length()",
        "$.nul.sum()",
    ],
)
def test_what_they_cannot_work_on(path: str) -> None:
    with pytest.raises(JsonPathError) as caught:
        _read(path)
    assert caught.value.diagnostic.render()


def test_a_function_that_does_not_exist_is_refused_when_it_is_called() -> None:
    with pytest.raises(InvalidPath) as caught:
        _read("$.n.foo()")
    assert caught.value.message == "there is no function foo()"
    assert caught.value.hint is not None and "length" in caught.value.hint
    with pytest.raises(PathNotFound):
        _read("$.missing.foo()")


def test_what_2_4_does_not_have() -> None:
    assert _read("$..k.length()", "2.4") == [2]
    assert _read("$.length($.m)", "2.4") == 9
    assert _read("$.avg($.n, 10)", "2.4") == 10.0
    with pytest.raises(InvalidPath):
        _read("$.o.keys()", "2.4")


def test_large_and_unreal_numbers() -> None:
    assert read("$.max()", [10**400]) == math.inf
    assert math.isnan(read("$.stddev()", [float("inf")]))
