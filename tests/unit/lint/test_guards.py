"""What conditions say about a value, and where a value comes from."""

from __future__ import annotations

import pytest

from vtl.lang.parser import parse
from vtl.lint.abstract import explore
from vtl.lint.abstract.unknown import ANY, TEXT, Unknown
from vtl.lint.guards import answers, matched, numeric, present
from vtl.lint.site import Site
from vtl.source import Source, Span

VALUE = Unknown("body.a", ANY, "$a", Span(0, 0), "body")


@pytest.mark.parametrize(
    ("condition", "guards"),
    [
        ("$a != ''", (False, False, True)),
        ("$a == ''", (False, False, False)),
        ("$a > 3", (False, True, True)),
        ("$a.matches('[0-9]+')", (True, False, False)),
        ("$a", (False, False, False)),
    ],
)
def test_a_condition_that_holds(condition: str, guards: tuple[bool, bool, bool]) -> None:
    text = f"#set($a = $input.path('$.a'))#if({condition})yes#end"
    run = next(run for run in explore(text, parse(Source("t", text))).runs if run.text == "yes")
    assert (matched(run, VALUE), numeric(run, VALUE), present(run, VALUE)) == guards


def test_values_of_a_response_are_the_backends() -> None:
    item = Unknown("body.Items[0].id.S", ANY, "$x", Span(0, 0), "body")
    assert answers(Site(direction="response"), VALUE)
    assert not answers(Site(direction="request"), item)
    assert not answers(Site(), VALUE)
    assert answers(Site(), item)
    assert not answers(Site(direction="response"), Unknown("input.params(a)", TEXT, "$a", Span(0, 0), "params"))
