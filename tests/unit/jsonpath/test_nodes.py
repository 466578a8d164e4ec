"""Compiled paths as expressions of jsonpath-ng."""

from __future__ import annotations

import subprocess
import sys

import pytest
from jsonpath_ng import parse
from jsonpath_ng.jsonpath import DatumInContext, JSONPath

from vtl.errors import JsonPathError
from vtl.jsonpath import compile, loads  # noqa: A004
from vtl.jsonpath.nodes import Expression, Location, Road

DOCUMENT = loads('{"a": [{"x": 1}, {"x": {"y": 2}}], "b": "text"}')


def test_a_compiled_path_is_an_expression() -> None:
    path = compile("$..x")
    assert isinstance(path, JSONPath)
    assert not path.definite
    assert path.read(DOCUMENT) == [1, {"y": 2}]
    assert (str(path), repr(path)) == ("$..x", "Expression('$..x')")
    assert path == compile("$..x") != compile("$..x", dialect="2.4")
    assert len({path, compile("$..x"), compile("$.x")}) == 2


def test_find_gives_data_in_their_context() -> None:
    found = compile("$.a[*].x").find(DOCUMENT)
    assert all(isinstance(datum, DatumInContext) for datum in found)
    assert [datum.value for datum in found] == [1, {"y": 2}]
    assert [str(datum.full_path) for datum in found] == ["$['a'][0]['x']", "$['a'][1]['x']"]
    context = found[1].context
    assert context is not None and context.value is DOCUMENT["a"][1]
    assert context.context is not None and context.context.value is DOCUMENT["a"]


def test_a_definite_path_that_leads_nowhere_finds_nothing() -> None:
    assert compile("$.a[9].x").find(DOCUMENT) == []
    assert compile("$.a[9].x").matches(DOCUMENT) == []
    with pytest.raises(JsonPathError):
        compile("$.b[?(@.x)]").find(DOCUMENT)


def test_expressions_of_both_kinds_go_together() -> None:
    assert [datum.value for datum in compile("$.a[1]").child(parse("x.y")).find(DOCUMENT)] == [2]
    inner = parse("a[*]").find(DOCUMENT)[1]
    assert [datum.value for datum in compile("@.x.y").find(inner)] == [2]
    assert [str(datum.full_path) for datum in compile("$.b").find(inner)] == ["['b']"]


def test_the_full_path_of_a_match_leads_there_again() -> None:
    for datum in compile("$..*").find(DOCUMENT):
        again = datum.full_path.find(DOCUMENT)
        assert [each.value for each in again] == [datum.value]


def test_a_match_can_be_replaced() -> None:
    document = loads('{"a": [{"x": 1}]}')
    compile("$.a[0].x").find(document)[0].value = 5
    assert document == {"a": [{"x": 5}]}
    Road((Location("a"), Location(0), Location("x"))).update(document, 6)
    assert document == {"a": [{"x": 6}]}
    assert Location("no").update(document, 1) == {"a": [{"x": 6}]}


def test_merged_objects_and_results_have_a_place_as_well() -> None:
    assert [str(datum.path) for datum in compile("$['a','b']").find(DOCUMENT)] == ["['a','b']"]
    (length,) = compile("$.a.length()").find(DOCUMENT)
    assert (length.value, str(length.full_path)) == (2, "$['a'].length()")
    assert isinstance(compile("$"), Expression)
    assert compile("$").find(DOCUMENT)[0].value is DOCUMENT


def test_reading_paths_loads_neither_jsonpath_ng_nor_lark() -> None:
    program = "import sys, vtl.jsonpath as j; j.read('$..a[?(@.b)]', {}); print({'jsonpath_ng', 'lark'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
