"""What stands in brackets, and what is refused there."""

from __future__ import annotations

import pytest

from tests.unit.jsonpath.samples import written
from vtl.errors import InvalidPath
from vtl.jsonpath.paths import compile_path


@pytest.mark.parametrize(
    ("path", "tokens"),
    [
        ("$['a']", "ROOT:$ LBRACKET QUOTED:a RBRACKET"),
        ("$[ 'a' , 'b' ]", "ROOT:$ LBRACKET QUOTED:a COMMA QUOTED:b RBRACKET"),
        ("$['a', x 'b']", "ROOT:$ LBRACKET QUOTED:a COMMA QUOTED:b RBRACKET"),
        ("$['a,b']", "ROOT:$ LBRACKET QUOTED:a,b RBRACKET"),
        ("$['it\\'s']", "ROOT:$ LBRACKET QUOTED:it's RBRACKET"),
        ("$[0 , -1]", "ROOT:$ LBRACKET INTEGER:0 COMMA INTEGER:-1 RBRACKET"),
        ("$[1:]", "ROOT:$ LBRACKET INTEGER:1 COLON RBRACKET"),
        ("$[:2:9]", "ROOT:$ LBRACKET COLON INTEGER:2 IGNORED RBRACKET"),
        ("$[0\n]", "ROOT:$ LBRACKET INTEGER:0 RBRACKET"),
        ("$[ * ]", "ROOT:$ LBRACKET STAR RBRACKET"),
        ("$[ ? ( @.a ) ]", "ROOT:$ FILTER_OPEN ROOT:@ DOT NAME:a FILTER_CLOSE"),
    ],
)
def test_tokens(path: str, tokens: str) -> None:
    assert written(path) == tokens


@pytest.mark.parametrize(
    ("path", "span", "message", "hint"),
    [
        ("$[b]", (1, 4), "expected a quoted name, a number, '*' or '?(' in brackets", "a name in brackets needs quotes: ['b']"),
        ("$['a'", (5, 6), "expected ',' or ']' behind the name", None),
        ("$['a' 'b']", (6, 7), "expected ',' or ']' behind the name", None),
        ("$['a',\"b\"]", (9, 10), "expected a name in ''", None),
        ("$['\\u12zz']", (3, 9), "\\u needs four hexadecimal digits", None),
        ("$[:]", (1, 4), "a slice needs a start or an end", None),
        ("$[9999999999]", (1, 13), "this is neither an index nor a slice", None),
        ("$[1 : 2]", (1, 8), "a slice holds no blanks and no commas", None),
        ("$[1,]", (1, 5), "this is neither an index nor a slice", None),
        ("$[*", (3, 4), "expected ']' behind '*'", None),
        ("$[?@.a]", (3, 4), "expected '(' behind '?'", None),
        ("$.a[?(@.b]", (3, 10), "the filter has no end", "a filter ends with ')]'"),
    ],
)
def test_what_is_refused_and_where(path: str, span: tuple[int, int], message: str, hint: str | None) -> None:
    with pytest.raises(InvalidPath) as caught:
        compile_path(path)
    assert (caught.value.span, caught.value.message, caught.value.hint) == (span, message, hint)
