"""Equal meaning: blanks that are not output do not count, everything else does."""

from __future__ import annotations

import pytest

from vtl.lang.meaning import meaning
from vtl.lang.parser import parse
from vtl.source import Source


def _meaning(text: str) -> list[tuple[object, ...]]:
    return meaning(parse(Source("t", text)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("#if($a == 1)x#end", "#if ( $a  eq 1 )x#end"),
        ("#set($x = $a.m(1))", "#set( $x=$a.m( 1 ) )"),
        ('#set($x = "a")', "#set($x = 'a')"),
        ("$!a.m(1)", "$!a.m( 1 )"),
        ("## a\nx", "##a  \nx"),
        ("#if($a)#end \nx", "#if($a)#end\nx"),
        ("#set($x = ($a + 1) * 2)", "#set($x = ( $a+1 )*2)"),
    ],
)
def test_the_same(one: str, other: str) -> None:
    assert _meaning(one) == _meaning(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x", "x "),
        ("$a", "$!a"),
        ("$a.m(1)", "$a.m( 1 )"),
        ("#set($x = 's' + $a.m(1))", "#set($x = 's' + $a.m( 1 ))"),
        ("#set($x = $a*2 + 's')", "#set($x = $a * 2 + 's')"),
        ("#set($x = 1)", "#set($x = 1.0)"),
        ("#set($x = true)", "#set($x = 1)"),
        ("#set($x = [[1], 2])", "#set($x = [[1, 2]])"),
        ("#set($x = ($a - 1) - 2)", "#set($x = $a - (1 - 2))"),
        ("#if($a)x#{else}y#end", "#if($a)xy#end"),
        ("#if($a)x#end$b", "#if($a)x$b#end"),
        ("#if($a)#end \nx", "#if($a)#end x"),
        ("#q(1)", "#q( 1)"),
        ("#literal()#set($x=1)#end", "#literal()#set($x = 1)#end"),
        ("#macro(q $a)x#end", "#macro(q $b)x#end"),
        ("#[[ x]]#", "#[[x]]#"),
        ('#set($x = "$a.m(1)")', '#set($x = "$a.m( 1)")'),
    ],
)
def test_not_the_same(one: str, other: str) -> None:
    assert _meaning(one) != _meaning(other)
