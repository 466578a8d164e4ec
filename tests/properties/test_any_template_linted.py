"""Whatever the text, the linter gives findings with places, and never fails; a fixed template parses."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.properties.strategies import ANY_TEXT, GRAMMAR_TEXTS, mutated_corpus
from vtl.lint.config import Config
from vtl.lint.fixing import fix
from vtl.lint.linter import Linter
from vtl.lint.site import BareTemplate, Site
from vtl.source import Source

SITES = st.sampled_from([Site(), Site(direction="request"), Site(direction="response"), Site(kind="gateway response")])
SYNTAX = {"P001", "P002", "P005", "L701"}


def _linted(text: str, site: Site) -> None:
    linter = Linter(Config(select=("ALL",)))
    template = BareTemplate(Source("t.vtl", text), site)
    found = linter.template(template)
    lines = len(template.source.line_starts)
    for each in found:
        assert each.code
        assert 1 <= each.line <= lines
        assert each.render()
    fixed = fix(linter, template, unsafe=True)
    if not any(each.code in SYNTAX for each in found):
        assert not any(each.code in SYNTAX for each in linter.template(fixed.template))


@given(ANY_TEXT, SITES)
def test_any_text(text: str, site: Site) -> None:
    _linted(text, site)


@given(GRAMMAR_TEXTS, SITES)
def test_texts_from_the_grammar(text: str, site: Site) -> None:
    _linted(text, site)


@given(mutated_corpus(), SITES)
def test_changed_files_of_the_corpus(changed: tuple[str, dict[str, Any]], site: Site) -> None:
    _linted(changed[0], site)
