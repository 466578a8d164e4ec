"""A template after all its fixes."""

from __future__ import annotations

from vtl.lint.config import Config
from vtl.lint.fixing import fix
from vtl.lint.linter import Linter
from vtl.lint.site import BareTemplate
from vtl.source import Source


def _fixed(text: str, *, unsafe: bool = False) -> tuple[str, int]:
    fixed = fix(Linter(Config()), BareTemplate(Source("t.vtl", text)), unsafe=unsafe)
    return fixed.template.text, fixed.count


def test_fixes_that_wait_for_each_other_are_made_one_after_the_other() -> None:
    text, count = _fixed('{"a": "$input.params(\'a\')", "b": "$Input.body",}', unsafe=True)
    escaped = '$util.escapeJavaScript($input.{}).replaceAll("\\\\\'", "\'")'
    assert text == '{"a": "' + escaped.format("params('a')") + '", "b": "' + escaped.format("body") + '"}'
    assert count == 4


def test_line_ends_and_the_rest_stay_as_they_are() -> None:
    text, count = _fixed('{\r\n\t"a": 1,\r\n}\r\n')
    assert (text, count) == ('{\r\n\t"a": 1\r\n}\r\n', 1)


def test_what_has_no_fix_is_left_alone() -> None:
    assert _fixed('{"a": [1, 2}') == ('{"a": [1, 2}', 0)
    assert _fixed("#if(") == ("#if(", 0)
