"""How Jayway cuts the arguments of a function out of a path; the answers are those of Jayway 2.9."""

from __future__ import annotations

import pytest

from vtl.errors import InvalidPath
from vtl.jsonpath import loads, read


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("$.sum(1,2)", 3.0),
        ("$.sum( 1 , 2 )", 3.0),
        ("$.sum($.n[*] ,2)", 6.0),
        ("$.sum($.n.length(),1)", 3.0),
        ("$.sum(1,(2))", 3.0),
        ("$.sum(-1,- 2)", -1.0),
        ("$.sum(,1)", 1.0),
        ('$.concat("a" ,"b")', "ab"),
        ('$.concat("a,b")', "ab"),
        ('$.concat("a\\"b","c\\,d")', 'a"b'),
        ('$.concat(x,"b")', "b"),
        ("$.concat('a')", ""),
        ("$.concat('1,2')", "12'"),
        ("$.concat(1.50)", "1.5"),
        ("$.sum(1))", 1.0),
    ],
)
def test_what_arguments_say(path: str, value: object) -> None:
    assert read(path, loads('{"n": [3, 1]}')) == value


@pytest.mark.parametrize(
    "path", ['$.concat("a]b")', '$.concat("a}b")', '$.concat("a[b")', "$.sum(1,$.n.avg(2),3)", "$.sum( $.n , 2 )"]
)
def test_what_is_refused(path: str) -> None:
    with pytest.raises(InvalidPath):
        read(path, loads('{"n": [3, 1]}'))
