"""`MappingTemplate`: copies in, plain values out, many threads at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from vtl.errors import InputError, LimitExceeded, RenderError, TemplateSyntaxError
from vtl.limits import Limits
from vtl.mapping import MappingTemplate
from vtl.runtime.trace import Trace


def test_bytes_are_utf8_with_a_mark_for_what_is_none() -> None:
    mapping = MappingTemplate("$input.body $input.path('$.a')")
    assert mapping.apply('{"a":"é"}'.encode()).body == '{"a":"é"} é'
    assert mapping.apply(b'{"a":"\xff"}').body == '{"a":"\ufffd"} \ufffd'
    assert mapping.apply(bytearray(b"")).body == "{} "  # type: ignore[arg-type]


def test_nothing_that_was_given_is_changed() -> None:
    mapping = MappingTemplate(
        "#set($context.identity.user = 'x')$!context.list.add(1)$!input.params().path.put('id', 2)"
        "$!stageVariables.put('s', 3)$!own.list.add(4)#set($own.new = 5)$!context.requestOverride.header.put('h', 6)"
    )
    context = {"identity": {"user": None}, "list": [], "requestOverride": {"header": {}}}
    path, stage, own = {"id": "1"}, {"s": "1"}, {"list": [0]}
    for _ in range(2):
        result = mapping.apply("{}", path=path, context=context, stage_variables=stage, variables={"own": own})
    assert context == {"identity": {"user": None}, "list": [], "requestOverride": {"header": {}}}
    assert (path, stage, own) == ({"id": "1"}, {"s": "1"}, {"list": [0]})
    assert result.context["identity"] == {"user": "x"}
    assert result.context["list"] == [1]
    assert result.context["requestOverride"] == {"header": {"h": 6}, "path": {}, "querystring": {}}


def test_the_context_comes_back_in_plain_values() -> None:
    mapping = MappingTemplate(
        "#set($context.responseOverride.header = $input.path('$.h'))#set($context.responseOverride.status = 201)"
        "#set($context.requestOverride.path.keys = $input.path('$').keySet())#set($context.requestOverride.path.n = [1..2])"
    )
    context = mapping.apply('{"h": {"a": [1, {"b": 1.5}]}}').context
    assert context["responseOverride"] == {"header": {"a": [1, {"b": 1.5}]}, "status": 201}
    assert context["requestOverride"]["path"] == {"keys": ["h"], "n": [1, 2]}
    assert type(context) is type(context["responseOverride"]["header"]) is dict
    assert type(context["responseOverride"]["header"]["a"]) is list


def test_own_variables_do_not_hide_those_of_the_gateway() -> None:
    result = MappingTemplate("$input.body $mine").apply("x", variables={"input": "y", "mine": "z"})
    assert result.body == "x z"


def test_errors_have_their_place() -> None:
    with pytest.raises(TemplateSyntaxError):
        MappingTemplate("#if(")
    with pytest.raises(RenderError) as caught:
        MappingTemplate("line\n  $input.path('$.a[b]')", name="request.vtl").apply("{}")
    assert (caught.value.file, caught.value.line) == ("request.vtl", 2)
    assert "at character 4 of the path '$.a[b]'" in caught.value.message
    assert caught.value.hint == "a name in brackets needs quotes: ['b']"
    with pytest.raises(InputError):
        MappingTemplate("x").apply("", variables={"a": object()})


def test_limits_apply_to_the_body_too() -> None:
    with pytest.raises(LimitExceeded) as caught:
        MappingTemplate("$input.path('$')", limits=Limits(json_depth=5)).apply("[[[[[[1]]]]]]")
    assert caught.value.limit == "json_depth"
    with pytest.raises(LimitExceeded):
        MappingTemplate("x" * 400_000)


def test_a_trace_tells_what_was_missing() -> None:
    trace = Trace()
    MappingTemplate("$input.path('$.a') $input.path('$.b')").apply('{"a": 1}', trace=trace)
    assert [missing.text for missing in trace.missing] == ["$input.path('$.b')"]


def test_one_template_serves_many_threads() -> None:
    mapping = MappingTemplate(
        "#foreach($i in [1..50])#set($context.requestOverride.header.n = $input.params('n'))#end"
        "$!input.path('$').put('n', $input.params('n'))$input.json('$.n') $context.requestOverride.header.n"
    )

    def run(number: int) -> bool:
        result = mapping.apply("{}", querystring={"n": str(number)})
        return result.body == f'"{number}" {number}' and result.context["requestOverride"]["header"] == {"n": str(number)}

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(run, range(400)))
