"""XML on every branch."""

from __future__ import annotations

import pytest

from vtl.lang.parser import parse
from vtl.lint.abstract import explore
from vtl.lint.validity import Failure
from vtl.lint.xml_skeleton import xml_failures
from vtl.source import Source


def _failures(text: str, media_type: str | None = None) -> tuple[Failure, ...]:
    return xml_failures(text, explore(text, parse(Source("t", text))), media_type)


@pytest.mark.parametrize(
    "text",
    [
        "<a b=\"$input.params('b')\">$input.path('$.x')<!-- $context.stage --></a>",
        '\n  <?xml version="1.0"?>\n<a/>',
        '{"a": "<b>"}',
        "<HTML><br></HTML>",
        "<p>a<br>b",
        "",
    ],
)
def test_what_is_well_formed_or_no_xml(text: str) -> None:
    assert _failures(text) == ()


def test_a_failure_names_its_branch_and_place() -> None:
    text = "<a>\n#if($input.params('x') == '1')\n<b>\n#end\n</a>"
    (failure,) = _failures(text)
    assert failure.when(Source("t", text)) == " when $input.params('x') == '1' is true (line 2)"
    assert not failure.always
    assert "<b>" in failure.excerpt


def test_the_media_type_may_say_that_it_is_html() -> None:
    assert _failures("<x>")
    assert not _failures("<x>", "text/html")


def test_a_document_type_is_told() -> None:
    (failure,) = _failures("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")
    assert "document type" in failure.fault.problem
    assert failure.always
