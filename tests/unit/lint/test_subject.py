"""What rules share: facts by the text, and what depends on the site."""

from __future__ import annotations

from vtl.lang.parser import parse
from vtl.lint.facts import Facts
from vtl.lint.site import BareTemplate, IntegrationSite, Site
from vtl.lint.subject import Subject
from vtl.source import Source


def _subject(text: str, site: Site, facts: Facts | None = None) -> Subject:
    source = Source("t.vtl", text)
    return Subject(BareTemplate(source, site), source, facts or Facts(text, parse(source)))


def test_names_that_the_template_sets() -> None:
    subject = _subject("#set($a = 1)#set($m.k = 2)#foreach($x in [1])#end#define($d)#end$q", Site())
    assert subject.assigned == {"a", "x", "d"}
    assert [reference.name for reference in subject.references] == ["a", "m", "q"]


def test_what_a_mock_integration_reads_is_not_meant_to_be_strict_json() -> None:
    text = '{"statusCode": 200,}'
    assert not _subject(text, Site()).json_runs
    assert not _subject('{"a": 1,}', Site(direction="request", integration=IntegrationSite(type="MOCK"))).json_runs
    assert _subject(text, Site(direction="response")).failures
    assert _subject(text, Site(direction="request", integration=IntegrationSite(type="HTTP"))).failures


def test_equal_templates_share_their_facts() -> None:
    text = "#if($input.params('a') == '1')x#end"
    facts = Facts(text, parse(Source("t", text)))
    first, second = _subject(text, Site(), facts), _subject(text, Site(direction="response"), facts)
    assert first.exploration is second.exploration


def test_words_are_short_and_on_one_line() -> None:
    subject = _subject("$input.path('$.a')\n.b" + "#set($l = [" + ", ".join(["1"] * 40) + "\n])", Site())
    assert subject.words(subject.references[0]) == "$input.path('$.a')"
    assert len(subject.words(subject.facts.tree)) == 60
