"""What json-smart's permissive mode makes of texts that are not JSON; each answer was asked of json-smart 2.2."""

from __future__ import annotations

import pytest

from vtl.errors import InvalidJson
from vtl.jsonpath import loads
from vtl.values.kinds import BigInteger


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{statusCode: 200}", {"statusCode": 200}),
        ("{'a':'x'}", {"a": "x"}),
        ("[1,2,]", [1, 2]),
        ("[,,1,,2]", [1, 2]),
        ("{,,a:1,,}", {"a": 1}),
        ("[1 2]", ["1 2"]),
        ('["a" "b"]', ["a", "b"]),
        ("[a b, c]", ["a b", "c"]),
        ("{a b:c d}", {"a b": "c d"}),
        ("hello world", "hello world"),
        ("null x", "null x"),
        (" true ", True),
        ('{"a":1} x', {"a": 1}),
        ("{a:TRUE,b:None,c:nul}", {"a": "TRUE", "b": "None", "c": "nul"}),
        ("[01,-,1.,-.5,1e5,1E]", [1, 0, 1.0, -0.5, 100000.0, "1E"]),
        ("[+1,.5,0x1F,1.2.3]", ["+1", ".5", "0x1F", "1.2.3"]),
        ("[1é]", [1, "é"]),
        ('["a\x01b","a\x01\\nb"]', ["a\x01b", "a\nb"]),
        ('["\\q\\x41\\u0042"]', ["AB"]),
        ('["\\ud83d\\ude00","\\ud83d"]', ["😀", "\ud83d"]),
        ("['it\"s','it\\'s']", ['it"s', "it's"]),
        ("1\x1a2", 1),
    ],
)
def test_what_is_read(text: str, value: object) -> None:
    read = loads(text)
    assert read == value
    assert type(read) is type(value) or isinstance(read, (dict, list))


def test_leading_zeros_can_make_a_big_integer_of_one() -> None:
    assert type(loads("[00000000000000000001,]")[0]) is BigInteger


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ('{"a":"b"c"}', 9, "expected ',' or '}'"),
        ('{"a" 1}', 6, "expected ':'"),
        ("{[1]}", 2, "expected the name of a member"),
        ("[}", 2, "expected a value"),
        ("]", 1, "expected a value"),
        ("[1", 3, "the text ends inside an array"),
        ('{"a":1', 7, "the text ends inside an object"),
        ("{a", 3, "the text ends inside an object"),
        ('["abc', 2, "the string has no end"),
        ('["\\u00zz"]', 3, "\\u needs 4 hexadecimal digits"),
        ("[-.]", 2, "-. is not a number"),
        ("[1e+]", 2, "1e+ is not a number"),
    ],
)
def test_what_is_refused_and_where(text: str, column: int, message: str) -> None:
    with pytest.raises(InvalidJson) as caught:
        loads(text)
    assert (caught.value.column, caught.value.message) == (column, message)
