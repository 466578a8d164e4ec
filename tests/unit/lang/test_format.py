"""What the formatter changes and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.unit.lang.samples import TEMPLATES
from vtl.errors import LimitExceeded, TemplateSyntaxError, VtlError
from vtl.lang import format as formatter
from vtl.lang.format import Edit, format_source
from vtl.limits import Limits
from vtl.source import Source

TIDIED = [
    ("#if ( $a==1 )x#end", "#if($a == 1)x#end"),
    ("#{if}\n\t($a)x#elseif  ( $b)y#end", "#{if}($a)x#elseif($b)y#end"),
    ("  #set  ( $x=1 )", "  #set($x = 1)"),
    ("#{set} ($x= 1+2 *3- 4/5 %6)", "#{set}($x = 1 + 2 * 3 - 4 / 5 % 6)"),
    ("#set($x = (  $a<=1  ))", "#set($x = ($a <= 1))"),
    ("#foreach ( $i  in[1,2] )$i#end", "#foreach($i in [1, 2])$i#end"),
    ("#foreach( $i in $m.keySet( ).x( 1,2 ))#end", None),  # a blank alone in `( )` is a syntax error
    ("#foreach( $i in $m.x( 1,2 )[ 0 ])#end", "#foreach($i in $m.x(1, 2)[0])#end"),
    ("#macro( q  $p ,$r )x#end", "#macro(q $p, $r)x#end"),
    ("#define( $d )x#end", "#define($d)x#end"),
    ("#stop( 'x' )", "#stop('x')"),
    ("#set($x = {'a':1 ,'b' : [ 1 .. 3 ], $c:{ }})", "#set($x = {'a': 1, 'b': [1..3], $c: {}})"),
    ("#set($m[ 'k' ].l[ 0 ]=1)", "#set($m['k'].l[0] = 1)"),
    # operators
    ("#if($a eq 1 and not $b or$c ne 2)x#end", "#if($a == 1 && !$b || $c != 2)x#end"),
    ("#if(1lt 2 || 1 le 2 || 1 gt 2 || 1 ge 2 && ! ! $a)x#end", "#if(1 < 2 || 1 <= 2 || 1 > 2 || 1 >= 2 && !!$a)x#end"),
    ("#set($x = 1--1)#set($y = 1- -1)", "#set($x = 1 - -1)#set($y = 1 - -1)"),
    ("#if($a.eq( 1 ).and)x#end", "#if($a.eq(1).and)x#end"),
    # quotes
    ('#set($x = "a\\n")#if($m.get("k") == "")x#end', "#set($x = 'a\\n')#if($m.get('k') == '')x#end"),
    ('#set($x = "a\\")', "#set($x = 'a\\')"),
    # line ends stay, the blanks before them go
    ("#set($x = {  \n  'a':1,\t\r\n  'b':2\n})", "#set($x = {\n  'a': 1,\r\n  'b': 2\n})"),
    ("#if(($a)  \n  and$b)x#end", "#if(($a)\n  && $b)x#end"),
    # swallowed blanks
    ("#if($a)  \nx\n#else\t\r\ny\n#{end} \r", "#if($a)\nx\n#else\r\ny\n#{end}\r"),
    ("#set($x = 1) \n#foreach($i in $l)\t\n#end \n", "#set($x = 1)\n#foreach($i in $l)\n#end\n"),
    # references that print nothing when they have no value
    ('$!u.m( 1,2 ) $!{u.m( "x" )} $$!u.m( 1 )', "$!u.m(1, 2) $!{u.m('x')} $$!u.m(1)"),
    # operands of + keep their own text, not that of the blanks around
    ("#set($x='a'+$u.m( 1 )+\"b\")", "#set($x = 'a' + $u.m( 1 ) + 'b')"),
    ("#set($x='a'+( $u ))", "#set($x = 'a' + ( $u ))"),
    ("#set($x='a'+( ( $u )))", "#set($x = 'a' + ( ( $u )))"),
    ("#set($x=$u.m( 1 )*2+1)", "#set($x = $u.m(1) * 2 + 1)"),
    ("#set($x=$a*2+'px' )", "#set($x = $a*2+'px')"),
    ("#set($x='n'+$a*2 )", "#set($x = 'n'+$a*2 )"),
    ("#set($x='n'+( $a==2 ))", "#set($x = 'n' + ($a == 2))"),
    # comments
    ("##a  \n#*b*#", "## a\n#* b *#"),
]

KEPT = [
    "",
    "  text  \n\t$a . b , c \n",
    "$u.m( 1 ) ${u.m( 1 )} \\$!u.m( 1 ) $\\!u.m( 1 )",
    "$u[ 0 ] ( $u )  [ 1,2 ]",
    "#q( 1,2 )  \n#{q}( $a )",
    "#macro(q $p)$p#end#q( $u.m( 1 ) )",
    "#@q( 1 )#if( $a )##x\n#end#end",
    "#evaluate( 'x' )  \nx",
    "#literal() #set( $x=1 ) ##x\n#end",
    "#[[ #set( $x=1 ) ]]#",
    "\\#set( $x=1 ) \\#if( $a)",
    "#if($a)  x  #end  y",
    '#set($x = "it\'s")#set($x = "a""b")#set($x = "$a")#set($x = "\\u0041")#set($x = "#")',
    '#set($x = "$u.m( 1 )#if( $a )x#end  \n")',
    "#set($x = $a+$b+$c)",
    "#set($x = ( $a*2 ) + 'px')",
]


@pytest.mark.parametrize(("before", "after"), TIDIED)
def test_tidied(before: str, after: str | None) -> None:
    if after is None:
        with pytest.raises(TemplateSyntaxError):
            format_source(Source("t", before))
    else:
        assert format_source(Source("t", before)) == after
        assert format_source(Source("t", after)) == after


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    assert format_source(Source("t", text)) == text


@pytest.mark.parametrize("text", TEMPLATES)
def test_every_construct_once_is_enough(text: str) -> None:
    try:
        tidied = format_source(Source("t", text))
    except TemplateSyntaxError:
        return
    assert format_source(Source("t", tidied)) == tidied


def test_what_only_api_gateway_parses() -> None:
    assert format_source(Source("t", "#evaluate( 1 )#if( $a)#end")) == "#evaluate( 1 )#if($a)#end"


def test_what_cannot_be_parsed_has_a_place() -> None:
    with pytest.raises(TemplateSyntaxError) as caught:
        format_source(Source("t.vtl", "x\n  #if($a)"))
    assert (caught.value.file, caught.value.line, caught.value.column) == ("t.vtl", 2, 3)


def test_limits_are_those_of_the_parser() -> None:
    with pytest.raises(LimitExceeded):
        format_source(Source("t", "x" * 11), Limits(template_size=10))
    with pytest.raises(LimitExceeded):
        format_source(Source("t", f"#set($x = {'(' * 200}1{')' * 200})"))


@pytest.mark.parametrize("wrong", [Edit(0, 1, "y"), Edit(1, 5, "#end"), Edit(0, 0, "$"), Edit(4, 4, "#if($a)")])
def test_a_result_that_means_something_else_is_not_given(wrong: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formatter, "_edits", lambda *_: [wrong])
    with pytest.raises(VtlError, match="would mean something else") as caught:
        format_source(Source("t.vtl", "x $a #stop"))
    assert caught.value.file == "t.vtl"
