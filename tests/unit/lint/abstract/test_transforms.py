"""What methods do to the escapes of an unknown text."""

from __future__ import annotations

import pytest

from vtl.lang.parser import parse
from vtl.lint.abstract import explore
from vtl.source import Source

VALUE = "$input.params('a')"


def _done(text: str) -> set[str]:
    (run,) = explore(text, parse(Source("t", text))).runs
    ((_, unknown),) = run.unknowns()
    return set(unknown.done)


@pytest.mark.parametrize(
    ("text", "done"),
    [
        (VALUE, set()),
        (f"$util.escapeJavaScript({VALUE})", {"js"}),
        (f'$util.escapeJavaScript({VALUE}).replaceAll("\\\\\'", "\'")', {"js", "apostrophe"}),
        (f'$util.escapeJavaScript({VALUE}).replaceAll("\\\'", "\'")', {"js", "apostrophe"}),
        (f'$util.escapeJavaScript($util.escapeJavaScript({VALUE}).replaceAll("\\\\\'", "\'"))', {"js"}),
        (f"$util.urlEncode({VALUE})", {"form"}),
        (f"$util.urlDecode($util.urlEncode({VALUE}))", set()),
        (f"$util.urlDecode($util.escapeJavaScript({VALUE}))", {"undone"}),
        (f"$util.base64Decode($util.base64Encode({VALUE}))", set()),
        (f"$util.parseJson($util.escapeJavaScript({VALUE}))", set()),
        (f"{VALUE}.replaceAll('\"', '')", {"quotes"}),
        (f"{VALUE}.replaceAll('\"', '\\\"')", {"quotes"}),
        (f"{VALUE}.replaceAll('[^a-z]', '')", {"quotes", "xml"}),
        (f"{VALUE}.replaceAll('&', '&amp;').replaceAll('<', '&lt;')", {"xml"}),
        (f"{VALUE}.replaceAll('@', '\"')", {"undone"}),
        (f"{VALUE}.replaceAll('a', 'b').trim().toUpperCase().substring(1)", set()),
        (f'#set($s = "<{VALUE}>")$util.escapeJavaScript($s)', {"js"}),
        (f"#set($s = \"<{VALUE}>\")$s.replaceAll('\"', '')", {"quotes"}),
        (f'#set($s = "<{VALUE}>")$util.base64Encode($s)', {"base64"}),
    ],
)
def test_what_has_been_done_to_a_text(text: str, done: set[str]) -> None:
    assert _done(text) == done


def test_the_known_part_of_a_text_is_converted_by_the_engine() -> None:
    text = f'#set($s = "a\'b {VALUE}")$util.escapeJavaScript($s)$util.urlEncode($s)'
    (run,) = explore(text, parse(Source("t", text))).runs
    assert [len(piece) for piece in run.text.split()] == [4, 8]
    assert run.text.startswith("a\\'b ")
    assert "a%27b+" in run.text
