"""$util against what Java's classes were recorded to do, and where it stands alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.values.test_strings_recorded import agrees, outcome, rows
from vtl.errors import JavaError, LimitExceeded
from vtl.limits import Limits
from vtl.values.call import PlainCall
from vtl.values.methods import invoke
from vtl.values.text import to_text
from vtl.variables.encodings import decode_utf8, escape_java_script
from vtl.variables.util import Util

CALL = PlainCall()
UTIL = Util()


def test_texts_come_out_as_from_java() -> None:
    wrong = {}
    for _, method, arguments, expected in rows(Path(__file__).parent / "data" / "util.jsonl"):
        found = outcome(UTIL, method, arguments)
        if not agrees(found, expected):
            wrong[method, repr(arguments)] = (found, expected)
    assert not wrong


def test_parsed_json_prints_as_java_prints_it() -> None:
    assert to_text(invoke(CALL, UTIL, "parseJson", ('{"a": [1, "x/y"], "b": null}',))) == '{a=[1,"x\\/y"], b=null}'
    assert invoke(CALL, UTIL, "parseJson", ("17",)) == 17
    assert invoke(CALL, UTIL, "parseJson", (None,)) is None


def test_text_that_is_no_json_throws() -> None:
    with pytest.raises(JavaError, match="InvalidJsonException"):
        invoke(CALL, UTIL, "parseJson", ('{"a"',))


def test_the_result_stays_within_the_limit() -> None:
    call = PlainCall(Limits(string_length=10))
    assert invoke(call, UTIL, "escapeJavaScript", ("é",)) == "\\u00E9"
    with pytest.raises(LimitExceeded, match="12"):
        invoke(call, UTIL, "escapeJavaScript", ("éé",))


def test_the_guide_s_way_to_keep_apostrophes() -> None:
    escaped = invoke(CALL, UTIL, "escapeJavaScript", ("it's",))
    assert escaped == "it\\'s"
    assert invoke(CALL, escaped, "replaceAll", ("\\\\'", "'")) == "it's"


@pytest.mark.parametrize("text", ["plain text", "a\x7fb", ""])
def test_clean_text_is_not_touched(text: str) -> None:
    assert escape_java_script(text) == text


def test_an_encoded_surrogate_is_one_mistake() -> None:
    assert decode_utf8(b"a\xed\xa0\x80b\xed\xa0") == "a\ufffdb\ufffd"
