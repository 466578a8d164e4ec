"""What stands in a filter, and what is refused there."""

from __future__ import annotations

import pytest

from tests.unit.jsonpath.samples import written
from vtl.errors import InvalidPath
from vtl.jsonpath.dialect import JAYWAY_2_4
from vtl.jsonpath.paths import compile_path


@pytest.mark.parametrize(
    ("condition", "tokens"),
    [
        ("@.a==1", "ROOT:@ DOT NAME:a OPERATOR:== NUMBER:1"),
        ("@.a IN ['x']", "ROOT:@ DOT NAME:a OPERATOR:in JSON:['x']"),
        ("!@.a", "BANG ROOT:@ DOT NAME:a"),
        ("!(@.a)", "NOT LPAREN ROOT:@ DOT NAME:a RPAREN"),
        ("@.a&&@.b", "ROOT:@ DOT NAME:a&&@ DOT NAME:b"),
        ("@.a && @.b", "ROOT:@ DOT NAME:a AND ROOT:@ DOT NAME:b"),
        ("@.a || true == @", "ROOT:@ DOT NAME:a OR TRUE OPERATOR:== ROOT:@"),
        ("@.length() > 1", "ROOT:@ DOT BARE_FUNCTION:length OPERATOR:> NUMBER:1"),
        ("@['a'] != null", "ROOT:@ LBRACKET QUOTED:a RBRACKET OPERATOR:!= NULL"),
        ('@.a == "x\\ny"', "ROOT:@ DOT NAME:a OPERATOR:== STRING:x\ny"),
    ],
)
def test_tokens(condition: str, tokens: str) -> None:
    assert written(f"$[?({condition})]") == f"ROOT:$ FILTER_OPEN {tokens} FILTER_CLOSE"


@pytest.mark.parametrize(
    ("path", "span", "message"),
    [
        ("$[?(@.a = 1)]", (8, 9), "'=' is no operator"),
        ("$[?(@.a foo 1)]", (8, 11), "'foo' is no operator"),
        ("$[?(@.a == )]", (11, 12), "the filter ends where something is to be compared"),
        ("$[?(@.a == 1 &&)]", (15, 16), "the filter ends where something is to be compared"),
        ("$[?(@.a == abc)]", (11, 12), "expected a path, a text in quotes, a number, true, false or null"),
        ("$[?(@.a == 1e)]", (11, 12), "expected a path, a text in quotes, a number, true, false or null"),
        ("$[?(@.a[1 == 2)]", (7, 8), "the bracket has no end"),
        ("$[?(@.a in [1)]", (11, 13), "'[' has no end"),
        ('$[?(@.a == "\\u12zz")]', (12, 18), "\\u needs four hexadecimal digits"),
    ],
)
def test_what_is_refused_and_where(path: str, span: tuple[int, int], message: str) -> None:
    with pytest.raises(InvalidPath) as caught:
        compile_path(path)
    assert (caught.value.span, caught.value.message) == (span, message)


def test_the_hint_names_the_operators_of_the_dialect() -> None:
    with pytest.raises(InvalidPath) as caught:
        compile_path("$[?(@.a anyof [1])]", JAYWAY_2_4)
    assert caught.value.hint == "the operators are == != === !== < <= > >= =~ in nin contains size empty subsetof && ||"
