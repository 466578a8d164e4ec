"""Template: what a caller can rely on besides the language itself."""

from __future__ import annotations

import collections
import os
import re
from decimal import Decimal

import pytest

import vtl
from vtl.runtime.trace import Trace


def test_state_does_not_leak_between_renders() -> None:
    template = vtl.Template("#set($n = $n + 1)$n#define($d)[$n]#end$d#macro(m $x)<$x>#end#m($n)")
    assert [template.render({"n": number}) for number in (1, 5, 1)] == ["2[2]<2>", "6[6]<6>", "2[2]<2>"]


def test_context_is_not_written_to() -> None:
    context = {"a": 1}
    vtl.Template("#set($a = 2)#set($b = 3)").render(context)
    vtl.Template("#set($a = 2)#evaluate('#set($b = 3)')").render(context)
    assert context == {"a": 1}


def test_collections_are_live() -> None:
    items = [1]
    assert vtl.Template("#set($x = $l.add(2))$l").render({"l": items}) == "[1, 2]"
    assert items == [1, 2]


def test_loader_gives_what_include_and_parse_name() -> None:
    library = {"part.vtl": "<$name>#set($seen = true)", "raw.txt": "$name"}
    template = vtl.Template('#parse("part.vtl")$seen|#include("raw.txt")', loader=library.get)
    assert template.render({"name": "n"}) == "<n>true|$name"
    with pytest.raises(vtl.RenderError, match="no template named"):
        vtl.Template('#parse("none")', loader=library.get).render()


def test_macros_of_a_parsed_template_are_known_afterwards() -> None:
    library = {"lib": "#macro(hi $who)hi $who#end"}
    assert vtl.Template('#parse("lib")#hi("you")', loader=library.get).render() == "hi you"


def test_error_inside_a_parsed_template_names_it() -> None:
    with pytest.raises(vtl.RenderError) as caught:
        vtl.Template('a\n#parse("lib")', loader={"lib": "x\n $s.charAt(5)"}.get).render({"s": ""})
    assert (caught.value.file, caught.value.line) == ("lib", 2)


def test_generated_code_sees_no_builtins() -> None:
    for attempt in ("${x.a__class__}", "$x.getClass__()", "$x['__class__']", "$__builtins__", "$run", "$ctx", "$put", "$get"):
        assert vtl.Template(attempt).render({"x": "s"}) == attempt


def test_names_that_python_uses_are_plain_variables() -> None:
    names = ["put", "get", "run", "ctx", "t1", "len", "for", "class", "v_x", "M0", "None", "show", "a-b"]
    template = "".join(f"#set(${name} = '{name}')${{{name}}}|" for name in names)
    assert vtl.Template(template).render() == "".join(f"{name}|" for name in names)


def test_trace_tells_what_was_missing_and_why() -> None:
    trace = Trace()
    template = vtl.Template("$a $b.name\n$s.lenght() $!m.quiet ${m.nmae} $s.length", name="t.vtl")
    text = template.render({"s": "x", "b": {}, "m": {"name": 1}}, trace=trace)
    assert text == "$a $b.name\n$s.lenght()  ${m.nmae} $s.length"
    assert [(each.text, template.source.place(each.span.start).line, each.quiet, each.reason) for each in trace.missing] == [
        ("$a", 1, False, "$a is not set"),
        ("$b.name", 1, False, "the map has no key 'name'"),
        ("$s.lenght()", 2, False, "String has no method lenght(); did you mean length()?"),
        ("$!m.quiet", 2, True, "the map has no key 'quiet'"),
        ("${m.nmae}", 2, False, "the map has no key 'nmae'; did you mean name?"),
        ("$s.length", 2, False, "length is a method of String: write length()"),
    ]


def test_trace_maps_output_to_the_template() -> None:
    trace = Trace()
    template = vtl.Template('{\n#foreach($i in [1, 2])\n  "$i": $v,\n#end\n}')
    text = template.render({"v": "x"}, trace=trace)
    span = trace.place_of(text.index("x"))
    assert span is not None
    assert template.source.text[span.start : span.end] == "$v"
    assert trace.place_of(0) is not None


def test_traced_render_is_the_same_text() -> None:
    template = (
        '#set($x = 1)$x #foreach($i in [1..3])$i#if($foreach.hasNext),#end#end "#if(true)y#end" \\$x $$x #define($d)$x#end$d'
    )
    assert vtl.Template(template).render({}, trace=Trace()) == vtl.Template(template).render({})


def test_trace_notes_loops_that_were_cut() -> None:
    trace = Trace()
    template = vtl.Template("a#foreach($i in [1..1001])#end", dialect="apigateway")
    template.render({}, trace=trace)
    assert [template.source.place(span.start).column for span in trace.truncated_loops] == [2]


def test_python_code_can_be_looked_at() -> None:
    assert "def render(run, ctx, put):" in vtl.Template("$a").python
    assert vtl.Template("x", name="n").name == "n"


def test_unknown_dialect() -> None:
    with pytest.raises(vtl.InputError, match="unknown dialect"):
        vtl.Template("x", dialect="freemarker")


@pytest.mark.parametrize("value", [os.environ, {"x": os.environ}, re.match("a", "a"), object(), (1, 2), {1, 2}, b"x"])
def test_objects_of_python_stay_shut(value: object) -> None:
    with pytest.raises(vtl.InputError):
        vtl.Template("$value.x.HOME $value.x").render({"value": value})


def test_reading_changes_nothing() -> None:
    value: collections.defaultdict[str, dict[str, object]] = collections.defaultdict(dict)
    assert vtl.Template("$v.a $v.b.c #if($v.d)x#end").render({"v": value}) == "$v.a $v.b.c "
    assert value == {}


@pytest.mark.parametrize(
    "template", ["#set($y = $x + 1)", "#if($x > 1)#end", "$x.signum()", "$x.hashCode()", "$x.intValueExact()"]
)
@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity"])
def test_decimals_that_java_does_not_have(template: str, number: str) -> None:
    try:
        vtl.Template(template).render({"x": Decimal(number)})
    except vtl.VtlError as error:
        assert error.line == 1


def test_any_name_will_do() -> None:
    with pytest.raises(vtl.RenderError) as caught:
        vtl.Template("$s.charAt(5)", name="a\0<b>\n").render({"s": ""})
    assert caught.value.line == 1


def test_a_block_beside_null_renders() -> None:
    for comparison in ("$none == $d", "$d != $none"):
        assert vtl.Template(f"#define($d)#set($x = 1)#end#if({comparison})#end$x").render() == "1"


@pytest.mark.parametrize("dynamic", ["", "#if(false)#evaluate('')#end"])
@pytest.mark.parametrize("argument", ['""', '"a b"', "[1, 2]", "{}", "[1..3]", "$x.y", "'$q'"])
def test_an_escaped_parameter_prints_the_source_of_its_argument(argument: str, dynamic: str) -> None:
    assert vtl.Template(f"{dynamic}#macro(q $a)\\$a#end#q({argument})").render({"x": {"y": 1}}) == argument


@pytest.mark.parametrize(
    ("template", "expected"),
    [("$l.e$.x", "$l.e.x"), ("$l.e$!.x", "$l.e.x"), ('"$l.e$.x"', '"$l.e.x"'), ("$l$.x", "$l$.x"), ("$l.e$.x()", "$l.e.x()")],
)
def test_signs_before_a_point_are_not_kept(template: str, expected: str) -> None:
    assert vtl.Template(template).render() == expected


@pytest.mark.parametrize("template", ["$s.e$e(\n", "$s.e$e( x", "$s.e${e}(\n", "#if($s)$s.e$e(\n#end"])
def test_blanks_after_a_parenthesis_that_calls_nothing_are_refused(template: str) -> None:
    with pytest.raises(vtl.TemplateSyntaxError):
        vtl.Template(template)
