"""$input without a template around it."""

from __future__ import annotations

import pytest

from vtl.errors import JavaError, LimitExceeded
from vtl.limits import Limits
from vtl.values.access import get_property
from vtl.values.call import PlainCall
from vtl.values.methods import invoke
from vtl.variables.input import Input

CALL = PlainCall()


def test_the_body_is_parsed_once_and_shared() -> None:
    variable = Input('{"a": {"b": [1]}}')
    first = invoke(CALL, variable, "path", ("$",))
    assert first is invoke(CALL, variable, "path", ("$",))
    first["a"]["b"].append("new/")  # type: ignore[index]
    assert invoke(CALL, variable, "json", ("$.a.b",)) == '[1,"new/"]'


@pytest.mark.parametrize("body", ["null", '{"a" 1}', '"x'])
def test_a_body_without_values_gives_nothing(body: str) -> None:
    variable = Input(body)
    assert invoke(CALL, variable, "path", ("$",)) is None
    assert invoke(CALL, variable, "json", ("$",)) == '""'
    assert get_property(CALL, variable, "body") == body


def test_an_empty_body_is_an_empty_object() -> None:
    assert get_property(CALL, Input(""), "body") == "{}"
    assert invoke(CALL, Input(""), "path", ("$",)) == {}


def test_a_bad_path_throws_as_jayway_does() -> None:
    with pytest.raises(JavaError) as caught:
        invoke(CALL, Input("{}"), "path", ("$.a[b]",))
    assert caught.value.java_class == "com.jayway.jsonpath.InvalidPathException"
    assert caught.value.java_message == (
        "expected a quoted name, a number, '*' or '?(' in brackets at character 4 of the path '$.a[b]'"
    )
    assert caught.value.hint == "a name in brackets needs quotes: ['b']"


def test_the_depth_of_the_body_is_bounded() -> None:
    with pytest.raises(LimitExceeded):
        invoke(PlainCall(Limits(json_depth=10)), Input("[" * 11 + "]" * 11), "path", ("$",))


def test_parameters() -> None:
    given = {"path": {"id": "1"}, "querystring": {"id": "2", "q": "x"}, "header": {"Accept": "*/*", "accept": "second"}}
    variable = Input("", given)
    assert [invoke(CALL, variable, "params", (name,)) for name in ("id", "q", "ACCEPT", "none")] == ["1", "x", "second", ""]
    everything = invoke(CALL, variable, "params", ())
    assert list(everything) == ["path", "querystring", "header"]  # type: ignore[call-overload]
    everything["path"]["id"] = "changed"  # type: ignore[index]
    assert given["path"] == {"id": "1"}
    assert invoke(CALL, variable, "params", ("id",)) == "changed"
