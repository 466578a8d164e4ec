"""The runs of a template: exact where nothing is unknown, and every way where something is."""

from __future__ import annotations

import pytest

from tests.corpus.files import case_files, read_case
from vtl.dialect import APIGATEWAY
from vtl.errors import TemplateError, VtlError
from vtl.lang.parser import Syntax, parse
from vtl.limits import Limits
from vtl.lint.abstract import Exploration, explore
from vtl.lint.abstract.exploration import MOST_RUNS
from vtl.lint.abstract.unknown import MARK
from vtl.mapping import MappingTemplate
from vtl.source import Source


def _explore(text: str, **supplied: str) -> Exploration:
    return explore(text, parse(Source("t", text), Syntax.of(APIGATEWAY, Limits())), supplied)


def _outputs(text: str, **supplied: str) -> list[str]:
    return sorted({MARK.sub("?", run.text) for run in _explore(text, **supplied).runs})


# What the run simplifies: what no mapping template does, or whose difference no rule can see.
SIMPLIFIED = {
    "velocity/blocks/define-escaped.vtl": "signs before a block",
    "velocity/foreach/break-not-a-scope.vtl": "#break with a scope",
    "velocity/foreach/break-outer.vtl": "#break with a scope",
    "velocity/foreach/large.vtl": "more than 200 rounds",
    "velocity/foreach/no-list.vtl": "a #foreach that fails when it runs",
    "velocity/foreach/scope-map.vtl": "members that are set on $foreach",
    "velocity/foreach/scope-parent-lookup.vtl": "members that are set on $foreach",
    "velocity/strings/unicode-escape-short.vtl": "a string that fails when it runs",
}


@pytest.mark.parametrize("path", case_files(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_template_without_unknowns_prints_what_the_engine_prints(path: object) -> None:
    case = read_case(path)  # type: ignore[arg-type]
    try:
        exploration = _explore(case.template)
    except TemplateError:
        return
    run = exploration.runs[0]
    if len(exploration.runs) > 1 or MARK.search(run.text) or not run.complete:
        return
    try:
        expected = MappingTemplate(case.template).apply("").body
    except VtlError:
        expected = None
    assert (run.text == expected) is (case.name not in SIMPLIFIED), (expected, run.text)


@pytest.mark.parametrize(
    ("text", "outputs"),
    [
        ("#if($input.path('$.a') == 1)x#{else}y#end", ["x", "y"]),
        ("#set($a = $input.path('$.a'))#if($a == 1)x#end#if($a != 1)y#end", ["x", "y"]),
        ("#set($a = $input.path('$.a'))#if($a == 1)x#end#if($a == 2)y#end", ["", "x", "y"]),
        ("#set($a = $input.path('$.a'))#if($a == '')<$a>#{else}[$a]#end", ["<>", "[?]"]),
        ("#foreach($x in $input.path('$.l'))$x#if($foreach.hasNext),#end#end", ["", "?", "?,?"]),
        ("$input.path('$.l').size()#foreach($x in $input.path('$.l')).#end", ["0", "1.", "2.."]),
        ("#if($input.path('$.l').isEmpty())none#{else}#foreach($x in $input.path('$.l')).#end#end", [".", "..", "none"]),
        ("#if($a && $b)x#end", ["x"]),
        ("#set($s = $input.params('s'))#if($s.length() > 0)$s#end#if($s == '')none#end", ["?", "none"]),
        ("#if($input.path('$.a') > 1)x#elseif($input.path('$.a') <= 1)y#{else}z#end", ["x", "y"]),
        ("#if(!$input.path('$.flag'))no#{else}yes#end", ["no", "yes"]),
        ("#foreach($k in $input.params().keySet())$k #end", ["path querystring header "]),
        ("#if($input.params('a').contains('x'))1#end$input.params('a').split(',').size()", ["0", "1", "10", "11", "12", "2"]),
        ("$context.identity|$context.identity.sourceIp|$context.nothing", ["|?|?"]),
        ("#set($context.responseOverride.header.X = 'y')$context.responseOverride.header.X", ["y"]),
        ("#set($m = {})#set($m.a = $input.body)$m.a $m", ["? {a=?}"]),
        ("$unset.x.y", [""]),
    ],
)
def test_the_ways_through_a_template(text: str, outputs: list[str]) -> None:
    assert _outputs(text) == sorted(outputs)


def test_variables_from_outside_are_unknown() -> None:
    assert _outputs("$a$b", a="any") == ["?"]


def test_escapes_and_what_undoes_them_are_followed_through_texts() -> None:
    text = '#set($t = "<$input.params(\'a\')>")$util.urlDecode($util.escapeJavaScript($t).replaceAll("\\\\\'", "\'"))'
    (run,) = _explore(text).runs
    ((_, unknown),) = run.unknowns()
    assert unknown.taint == "params"
    assert {"undone", "apostrophe"} <= unknown.done


def test_writes_into_the_overrides_are_kept() -> None:
    (run,) = _explore("#set($context.responseOverride.status = 404)$context.responseOverride.header.put('A', 'b')").runs
    assert [(write.key, write.value) for write in run.writes] == [
        ("context.responseOverride.status", 404),
        ("context.responseOverride.header.A", "b"),
    ]


def test_the_number_of_runs_is_bounded_and_single_deviations_come_first() -> None:
    text = "".join(f"#if($input.path('$.a{index}') == 1)[{index}]#end" for index in range(40))
    exploration = _explore(text)
    assert len(exploration.runs) == MOST_RUNS
    assert not exploration.exhausted
    full = exploration.runs[0].text
    assert {full.replace(f"[{index}]", "") for index in range(40)} <= {run.text for run in exploration.runs}


def test_the_fewest_reasons_are_told() -> None:
    text = "#if($input.params('a') == '1')a#end#if($input.params('b') == '1')b#end#if($input.params('c') == '1')c#end"
    exploration = _explore(text)
    failing = {index for index, run in enumerate(exploration.runs) if "b" not in run.text}
    run = exploration.runs[min(failing)]
    assert [choice.words for choice in exploration.because(run, failing)] == ["$input.params('b') == '1' is false"]
    everything = set(range(len(exploration.runs)))
    assert exploration.because(exploration.runs[0], everything) == ()


@pytest.mark.parametrize(
    "text",
    [
        "#define($a)$a#end$a",
        "#set($x = 'a')" + '#set($x = "$x$x")' * 40 + "$x",
        "#foreach($i in [1..1000])#foreach($j in [1..1000])x#end#end",
        "#if($a)" * 90 + "x" + "#end" * 90,
        "#set($x = " + "+".join(["$a"] * 3000) + ")$x",
        "#if(" + " && ".join(["$input.path('$.a')"] * 3000) + ")x#end",
        "$a" + ".b" * 5000,
        "#set($l = [])#set($x = $l.add($l))$l",
        "#set($l = [1])$l.get(5)",
        "#parse('x')",
        "$util.parseJson('{')",
    ],
)
def test_what_is_too_much_or_fails_ends_the_run_quietly(text: str) -> None:
    exploration = _explore(text)
    assert len(exploration.runs) <= MOST_RUNS


def test_a_stop_ends_the_output() -> None:
    assert _outputs("a#if($input.params('a') == '1')#stop#{end}b") == ["a", "ab"]
    (run,) = _explore("a#{stop}b").runs
    assert run.complete
