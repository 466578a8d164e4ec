"""Which nodes may print their own source text."""

from __future__ import annotations

import pytest

from vtl.lang.parser import parse
from vtl.lang.printed import printed
from vtl.source import Source


def _printed(text: str) -> list[str]:
    """The source of each such node, and that of the arithmetic around it if that is more."""
    found = []
    for node, around in printed(parse(Source("t", text))):
        own, whole = (text[slice(*each.span)] for each in (node, around))
        found.append(own if own == whole else f"{own} in {whole}")
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x $a ${b.c} $!d \\$!e $\\!f", ["$a", "${b.c}", "\\$!e", "$\\!f"]),
        ("#if($a.m($b))$c#end#foreach($i in $l)$i#end", ["$c", "$i"]),
        ("#set($x = [$a, {'k': $b}])#set($x = \"y\")", []),
        ("#set($x = $a + 1)#set($x = $a - $b)", []),
        ("#set($x = $a + $b)", ["$a in $a + $b", "$b in $a + $b"]),
        ("#set($x = 's' + $a + 't')", ["$a in 's' + $a + 't'"]),
        ("#set($x = 's' + [1..$n])", ["[1..$n] in 's' + [1..$n]"]),
        ("#set($x = 's' + [$a])", []),
        ("#if($a * 2 + 's' == $b)x#end", ["$a * 2 in $a * 2 + 's'"]),
        ("#if('s' + ($a == $b) == $c)x#end", []),
    ],
)
def test_references_and_operands(text: str, expected: list[str]) -> None:
    assert _printed(text) == expected


@pytest.mark.parametrize("text", ["#q($a $!b)", "#@q(1)$!b#end", "#literal()$!b#end", "#evaluate($a)"])
def test_calls_print_whole(text: str) -> None:
    found = _printed(text)
    assert found[0] == text
    assert ("$!b" in found) == ("$!b" in text)


def test_inside_strings() -> None:
    assert [type(node).__name__ for node, _ in printed(parse(Source("t", '#set($x = "$a $!b")')))] == ["Reference"]


def test_a_long_sum_is_no_deep_one() -> None:
    assert len(_printed(f"#set($x = {'$a + ' * 3_000}$a)")) == 6_000
