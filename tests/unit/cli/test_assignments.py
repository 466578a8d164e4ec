"""What stands after -H, -q, -c and --var."""

from __future__ import annotations

from pathlib import Path

import pytest

from vtl.cli.assignments import merged, merged_headers, read_context, read_header, read_pair, read_variable
from vtl.errors import InputError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Name: value", ("Name", "value")),
        ("Name:value", ("Name", "value")),
        ("Name=value", ("Name", "value")),
        ("Cookie: a=b; c=d", ("Cookie", "a=b; c=d")),
        ("X-Url=http://h:1", ("X-Url", "http://h:1")),
        ("X-Empty:", ("X-Empty", "")),
        ("X-Empty=", ("X-Empty", "")),
        (" X : y ", ("X", "y")),
        ("X= y ", ("X", " y ")),
    ],
)
def test_headers(text: str, expected: tuple[str, str]) -> None:
    assert read_header(text) == expected


@pytest.mark.parametrize("text", ["", "name", ": value", "= value", "two words: x"])
def test_headers_that_are_none(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_header(text)
    assert caught.value.message == f"-H {text!r} is no header"


def test_pairs() -> None:
    assert read_pair("-q", "a=b=c") == ("a", "b=c")
    assert read_pair("-q", "a=") == ("a", "")
    for text in ("a", "=b", ""):
        with pytest.raises(InputError, match=f"-q {text!r} has no name and value"):
            read_pair("-q", text)


def test_context() -> None:
    texts = [
        "authorizer.principalId=x",
        "authorizer.claims['custom:tenant']=a.b=c",
        'authorizer.claims["two words"]=y',
        "identity.n:=[1, {}]",
        "$context.requestOverride.header.X-Id=7",
        "stage=prod",
        "stage=test",
        "empty=",
    ]
    assert read_context(texts) == {
        "authorizer": {"principalId": "x", "claims": {"custom:tenant": "a.b=c", "two words": "y"}},
        "identity": {"n": [1, {}]},
        "requestOverride": {"header": {"X-Id": "7"}},
        "stage": "test",
        "empty": "",
    }


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (["stage"], "-c 'stage' has no path and value"),
        (["=x"], "-c '=x' has no path and value"),
        (["a[b]=x"], "-c 'a[b]=x' has no path and value"),
        (["a.b:=x"], "-c 'a.b:=x': the value is not JSON (expecting value)"),
        (["a=1", "a.b=2"], "-c 'a.b=2': a is a value already and has nothing inside"),
    ],
)
def test_context_that_is_refused(texts: list[str], message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_context(texts)
    assert caught.value.message == message


def test_variables(tmp_path: Path) -> None:
    (tmp_path / "items.json").write_text('{"a": 1}', encoding="utf-8")
    assert read_variable("name=[1, 2.0]") == ("name", [1, 2.0])
    assert read_variable('$name:="x"') == ("name", "x")
    assert read_variable(f"name=@{tmp_path / 'items.json'}") == ("name", {"a": 1})
    with pytest.raises(InputError) as caught:
        read_variable("name=Ada")
    assert caught.value.message == "--var name=Ada: the value is not JSON (expecting value)"
    assert caught.value.hint == 'a text needs quotes: "Ada"'
    for text in ("name", "2x=1", "=1", "a.b=1"):
        with pytest.raises(InputError, match="has no name and value"):
            read_variable(text)
    with pytest.raises(InputError, match="nested too deeply"):
        read_variable("a=" + "[" * 100_000)


def test_merging() -> None:
    assert merged_headers({"X-A": "1", "B": "2"}, {"x-a": "3"}) == {"B": "2", "x-a": "3"}
    base = {"a": {"b": 1, "c": {"d": 2}}, "e": 3}
    assert merged(base, {"a": {"c": {"d": 4}}, "e": {"f": 5}}) == {"a": {"b": 1, "c": {"d": 4}}, "e": {"f": 5}}
    assert base == {"a": {"b": 1, "c": {"d": 2}}, "e": 3}
