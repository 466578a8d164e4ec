"""Whatever a template does, it ends: with its output or with a LimitExceeded that names the bound."""

from __future__ import annotations

import pytest

import vtl

DEEP = 5_000


def rendered(template: str, **limits: object) -> str:
    return vtl.Template(template, limits=vtl.Limits(**limits)).render({"t": True, "s": "abc", "l": [1, 2, 3]})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("limit", "template", "bounds"),
    [
        ("template_size", "x" * 101, {"template_size": 100}),
        ("output_size", "#foreach($i in [1..1000])$s$s$s#end", {"output_size": 1_000}),
        ("output_size", "x" * 101, {"output_size": 100}),
        ("steps", "#foreach($i in [1..100])#foreach($j in [1..100])#end#end", {"steps": 1_000}),
        ("steps", "#macro(m)x#end#foreach($i in [1..30])#m()#end", {"steps": 50}),
        ("functions", "#define($d)$s#end" * 20, {"functions": 10}),
        ("functions", "#macro(m $a)$a#end" + "#m($s.x)" * 20, {"functions": 10}),
        ("functions", "".join(f"#macro(m{n})x#end" for n in range(20)), {"functions": 10}),
        ("functions", "#macro(m)x#end" + "#@m()y#end" * 20, {"functions": 10}),
        ("functions", "#evaluate('')" + "#define($d)$s#end" * 20, {"functions": 10}),
        ("macro_depth", "#macro(m)#m()#end#m()", {"macro_depth": 5}),
        ("integer_digits", "#set($x = 9)#foreach($i in [1..20])#set($x = $x * $x)#end", {"integer_digits": 100}),
        ("integer_digits", "#set($x = " + "9" * 200 + ")", {"integer_digits": 100}),
        ("string_length", "#foreach($i in [1..20])#set($s = $s + $s)#end", {"string_length": 1_000}),
        ("string_length", '#foreach($i in [1..20])#set($s = "$s$s")#end', {"string_length": 1_000}),
        ("string_length", "$s.repeat(1000)", {"string_length": 1_000}),
        ("range_length", "#set($x = [1..1000])", {"range_length": 100}),
        ("nesting", "#if($t)" * 20 + "#end" * 20, {"nesting": 10}),
        ("nesting", "#set($x = '#evaluate($x)')#evaluate($x)", {"nesting": 10}),
    ],
)
def test_limit_is_named(limit: str, template: str, bounds: dict[str, int]) -> None:
    with pytest.raises(vtl.LimitExceeded) as caught:
        rendered(template, **bounds)
    assert caught.value.limit == limit
    assert caught.value.line >= 1


@pytest.mark.parametrize(
    "template",
    [
        "#if($t)" * DEEP + "#end" * DEEP,
        "#foreach($i in [1])" * DEEP + "#end" * DEEP,
        "#set($x = " + "[" * DEEP + "]" * DEEP + ")",
        "#set($x = " + "(" * DEEP + "1" + ")" * DEEP + ")",
        "#if(" + "!" * DEEP + "$t)x#end",
        "$s.concat(" * DEEP + "$s" + ")" * DEEP,
        "$l[" * DEEP + "0" + "]" * DEEP,
    ],
)
def test_deep_nesting_is_refused(template: str) -> None:
    with pytest.raises(vtl.LimitExceeded) as caught:
        rendered(template)
    assert caught.value.limit == "nesting"


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("#if($f)a" + "#elseif($f)b" * 3_000 + "#{else}z#end", "z"),
        ("#set($x = 1" + " + 1" * DEEP + ")$x", str(DEEP + 1)),
        ("#if($f" + " || $f" * DEEP + ")y#{else}n#end", "n"),
        ("#if($t" + " && $t" * DEEP + ")y#{else}n#end", "y"),
        ("#if(1 == 1" + " == true" * 2_000 + ")y#{else}n#end", "y"),
        ("$s" + ".toString()" * 2_000, "abc"),
        ("$!s" + ".a" * 2_000, ""),
        ("#set($x = 1)" * DEEP + "$x", "1"),
        ("#set($x = [" + "1," * DEEP + "1])$x.size()", str(DEEP + 1)),
        ("#if($t)" * 90 + "#foreach($i in [1, 2])$i#end" + "#end" * 90, "12"),
        ("#foreach($i in [7])" * 90 + "$i$foreach.count$velocityCount" + "#end" * 90, "711"),
        ("#foreach($i in [7])" * 40 + "#foreach($j in [1..5])#if($j == 3)#break#end$j#end" + "#end" * 40, "12"),
    ],
)
def test_long_is_not_deep(template: str, expected: str) -> None:
    assert rendered(template) == expected


def test_dialect_has_its_own_bounds() -> None:
    loop = "#foreach($i in [1..2000])#set($n = $i)#end$n"
    assert vtl.Template(loop).render() == "2000"
    assert vtl.Template(loop, dialect="apigateway").render() == "1000"
    assert vtl.Template(loop, dialect="apigateway", limits=vtl.Limits(steps=5_000)).render() == "1000"
    assert vtl.Template(loop, limits=vtl.Limits(loop_rounds=7)).render() == "7"
    with pytest.raises(vtl.LimitExceeded):
        vtl.Template("x" * (300 * 1024 + 1), dialect="apigateway")


def test_hostile_values() -> None:
    me: dict[str, object] = {}
    me["me"] = me
    assert vtl.Template("$me").render({"me": me}) == "{me=(this Map)}"
    deep: list[object] = []
    for _ in range(50_000):
        deep = [deep]
    with pytest.raises(vtl.LimitExceeded):
        vtl.Template("$deep").render({"deep": deep})


def test_strings_together_are_bounded() -> None:
    with pytest.raises(vtl.LimitExceeded) as caught:
        rendered('#foreach($i in [1..1000])#set($x = $l.add("$s$s$s"))#end', text_made=5_000)
    assert caught.value.limit == "text_made"


def test_rounds_that_are_cut_cost_nothing() -> None:
    template = "#foreach($i in [1..3])#foreach($j in [1..500000])x#end#end"
    assert vtl.Template(template, dialect="apigateway", limits=vtl.Limits(steps=4_000)).render() == "x" * 3_000


LONG = "x" * 1_000_000


@pytest.mark.parametrize(
    "work",
    [
        "$long.toUpperCase().isEmpty()",
        "$long.indexOf('y')",
        "$wide.charAt(5)",
        "$items.contains('z')",
        "$items.equals($items2)",
        "$long.substring(0, 100000).replaceAll('[xy]', 'z')",
        "$util.urlEncode($long)",
        "$util.parseJson($document)",
        "$input.json('$')",
        "$input.path('$..x')",
        "$input.path('$[?(@ == 5)]')",
    ],
)
def test_work_on_large_data_costs_steps(work: str) -> None:
    document = "[" + "1," * 20_000 + "1]"
    template = vtl.MappingTemplate(f"#foreach($i in [1..100])#set($r = {work})#end", limits=vtl.Limits(steps=10_000))
    variables = {"long": LONG, "wide": "é" * 1_000_000, "items": [1] * 100_000, "items2": [1] * 100_000, "document": document}
    with pytest.raises(vtl.LimitExceeded) as caught:
        template.apply(document, variables=variables)
    assert caught.value.limit == "steps"


def test_looking_at_one_character_of_a_long_text_costs_nothing() -> None:
    template = vtl.Template("#foreach($i in [1..1000])$long.charAt($i)#end", limits=vtl.Limits(steps=1_000))
    assert template.render({"long": LONG}) == "x" * 1_000
