"""One template, many threads: every answer is right, and nothing of the process changes."""

from __future__ import annotations

import decimal
import json
import locale
import os
import random
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

import vtl

THREADS = 16
RENDERS = 40

LANGUAGE = """#macro(show $x)<$x>#end
#set($total = 0)
#foreach($n in $numbers)#set($total = $total + $n)#show($n)#if($foreach.hasNext),#end#end

#define($block)$name:$total#end
$block ${name.replaceAll("[aeiou]", "*")} #evaluate('$name.length()')
"""
MAPPING = """#set($body = $input.path('$'))
#set($context.responseOverride.status = $body.status)
#foreach($key in $body.map.keySet())$key=$body.map.get($key);#end

$input.json('$.map') $input.params('q') $util.escapeJavaScript($input.params('q'))
"""


def _language(number: int) -> object:
    random_ = random.Random(number)
    context = {"name": f"name{number}", "numbers": [random_.randint(1, 99) for _ in range(number % 30)]}
    return SHARED.render(context)


def _mapping(number: int) -> object:
    body = json.dumps({"status": 200 + number, "map": {f"k{index}": number for index in range(number % 20)}})
    result = MAPPED.apply(body, querystring={"q": f"it's {number}"})
    return result.body, result.context["responseOverride"]


SHARED = vtl.Template(LANGUAGE)
MAPPED = vtl.MappingTemplate(MAPPING)


def _state() -> tuple[object, ...]:
    """What a library could change of the process that it runs in."""
    return (
        sys.getrecursionlimit(),
        sys.get_int_max_str_digits(),
        sys.getswitchinterval(),
        locale.setlocale(locale.LC_ALL),
        str(decimal.getcontext()),
        random.getstate(),
        dict(os.environ),
        threading.stack_size(),
        sys.gettrace(),
        sys.getprofile(),
        len(sys.path),
    )


@pytest.mark.parametrize("render", [_language, _mapping])
def test_sixteen_threads_get_the_answers_that_one_gets(render: Callable[[int], object]) -> None:
    expected = [render(number) for number in range(RENDERS)]
    assert len({str(answer) for answer in expected}) == RENDERS
    barrier = threading.Barrier(THREADS)

    def work(thread: int) -> list[tuple[int, object]]:
        order = list(range(RENDERS))
        random.Random(thread).shuffle(order)
        barrier.wait()
        return [(number, render(number)) for number in order]

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(THREADS) as pool:
            answers = [answer for answers in pool.map(work, range(THREADS)) for answer in answers]
    finally:
        sys.setswitchinterval(interval)
    assert len(answers) == THREADS * RENDERS
    assert all(answer == expected[number] for number, answer in answers)


def test_a_template_made_in_one_thread_works_in_another_while_more_are_made() -> None:
    def work(number: int) -> str:
        template = vtl.Template(f"#set($x = {number})#foreach($i in [1..$x])$i#end-$y")
        return template.render({"y": number})

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(work, range(1, 100)))
    assert answers == ["".join(map(str, range(1, number + 1))) + f"-{number}" for number in range(1, 100)]


def test_a_render_leaves_the_process_as_it_was() -> None:
    _language(3)
    before = _state()
    _language(7)
    _mapping(7)
    with pytest.raises(vtl.VtlError):
        vtl.Template("#if(").render({})
    with pytest.raises(vtl.VtlError):
        vtl.Template("$x.substring(9)").render({"x": "short"})
    assert _state() == before


def test_what_is_given_is_not_changed() -> None:
    inner: dict[str, object] = {"a": 1}
    given = {"list": [inner], "map": inner}
    text = "#set($map.a = 2)#set($list[0] = 3)$list.add(4)$map.put('b', 5)$map $list"
    body = json.dumps(inner)
    vtl.MappingTemplate(text + "#set($p = $input.path('$'))#set($p.a = 9)").apply(
        body, variables=given, context={"authorizer": inner}
    )
    assert given == {"list": [{"a": 1}], "map": {"a": 1}}
    assert inner == {"a": 1}
