"""Which templates keep their variables in Python's own, and which need context objects: a wrong choice is a wrong answer."""

from __future__ import annotations

import pytest

from vtl.compiler.facts import Facts, gather
from vtl.dialect import APIGATEWAY, VELOCITY, Dialect
from vtl.lang.parser import parse
from vtl.source import Source


def facts(template: str, dialect: Dialect = VELOCITY) -> Facts:
    return gather(parse(Source("test", template)), dialect)


@pytest.mark.parametrize(
    "template",
    [
        "text $a.b ${c} #set($d = 1)#if($d)x#end",
        "#foreach($i in $l)$i$foreach.index#end#foreach($i in $l)$i#end",
        "#define($d)$a#end$d",
        "#macro(m $x)$x#end#m($a)",
        "#macro(m $x)#if($x)#m($x.next)#end#end#m($a)",
        "#macro(m $x)#foreach($c in $x.all)#m($c)#end#end#m($a)",
        "#unknown($x)",
    ],
)
def test_static(template: str) -> None:
    assert not facts(template).dynamic


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("#evaluate($a)", "a text that nobody has seen"),
        ("#parse('x')", "a template that nobody has seen"),
        ("#foreach($i in $l)#set($i = 1)#end", "a null item hides what is assigned"),
        ("#foreach($i in $l)#foreach($i in $m)#end#end", "the same by a loop"),
        ("#foreach($velocityCount in $l)#end", "the loop's own names"),
        ("#macro(m $x)#set($x = 1)$x#end#m($a)", "a parameter is assigned"),
        ("#macro(m $x)$x#end#m()", "an argument is missing"),
        ("#macro(m $x)#n()#end#macro(n)$x#end#m($a)", "another macro's parameter is read"),
        ("#macro(m)$bodyContent#end#@m()x#end", "a call with a body"),
        ("#macro(m $x)$x#end#macro(m $y)$y#end#m(1)", "two macros of one name"),
        ("#macro(m $x $x)$x#end#m(1 2)", "a parameter twice"),
        ("#macro(m $x)$x#end#m(word)", "a bare word"),
        ("#macro(m $x)$x#end#define($d)#set($y = 1)#end#m($d)", "a block that assigns"),
        ('#macro(m $x)$x#end#m("#set($y = 1)")', "an argument that assigns"),
    ],
)
def test_dynamic(template: str, why: str) -> None:
    assert facts(template).dynamic, why


def test_macros_are_nothing_where_they_cannot_be_defined() -> None:
    assert facts("#macro(m $x)#set($x = 1)#end#m()", APIGATEWAY).macros == {}
    assert not facts("#macro(m $x)#set($x = 1)#end#m()", APIGATEWAY).dynamic


def test_the_macro_that_ends_first_counts() -> None:
    assert facts("#macro(m)#macro(m)inner#end#end").macros["m"].span.start == 9


@pytest.mark.parametrize(
    ("template", "kept"),
    [
        ("#foreach($i in $l)$foreach.index$foreach.hasNext$velocityCount#end", set()),
        ("#foreach($i in $l)$foreach.parent.index#end", {"foreach"}),
        ("#foreach($i in $l)#end$foreach.index", {"foreach"}),
        ("#foreach($i in $l)$d#end#define($d)$velocityCount#end", {"velocityCount"}),
        ("#set($velocityHasNext = 1)", {"velocityHasNext"}),
        ("#foreach($i in $foreach.all)#end", {"foreach"}),
    ],
)
def test_names_of_the_loop_that_must_be_variables(template: str, kept: set[str]) -> None:
    assert facts(template).kept == kept


def test_what_can_stop_or_change() -> None:
    assert facts("#define($d)#stop#end").streaming
    assert not facts("#define($d)x#end#stop").streaming
    assert facts("$l.add(1)").changing
    assert facts("#set($m.k = 1)").changing
    assert not facts("$l.size()$m.get('k')#set($k = 1)").changing
    assert facts('#set($a = "#set($b = 1)")').unstable
