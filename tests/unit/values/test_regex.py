"""Patterns beyond what the recordings say: short cuts, bounds, and the known differences from Java."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from vtl.errors import JavaError, LimitExceeded
from vtl.limits import Limits
from vtl.values import regex
from vtl.values.call import PlainCall

CALL = PlainCall()


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("abc", "abc"),
        ("", ""),
        ("\\'", "'"),
        ("\\\\'", "\\'"),
        ("\\.\\n\\t", ".\n\t"),
        ("]}-", "]}-"),
        ("a.c", None),
        ("\\d", None),
        ("a{2}", None),
        ("(a", None),
        ("a)", None),
        ("a\\", None),
        ("\\1", None),
        ("\\Qa", None),
        ("\ud83d", None),
    ],
)
def test_a_pattern_that_is_a_text_is_seen_as_one(pattern: str, text: str | None) -> None:
    assert regex.literal(pattern) == text


@pytest.mark.parametrize(
    ("replacement", "text"),
    [("x", "x"), ("", ""), ("\\'", "'"), ("a\\\\b", "a\\b"), ("\\\\\\n", "\\n"), ("$1", None), ("\\$", None), ("a\\", None)],
)
def test_a_replacement_that_is_a_text_is_seen_as_one(replacement: str, text: str | None) -> None:
    assert regex.plain_replacement(replacement) == text


def test_plain_patterns_do_not_load_the_engine() -> None:
    program = (
        "import sys; from vtl.values import regex; from vtl.values.call import PlainCall; c = PlainCall();"
        "print(regex.replace_all(c, \"it\\\\'s\", '\\\\\\\\\\'', \"'\"), regex.split(c, 'a,b', ','), 'regex' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "it's ['a', 'b'] False"


@pytest.mark.parametrize(
    ("run", "subject"),
    [
        (lambda call, text: regex.matches(call, text, "(a|aa)+b"), "a" * 60 + "cb"),
        (lambda call, text: regex.replace_all(call, text, "^(a|aa)+b", "x"), "a" * 60 + "cb"),
        (lambda call, text: regex.split(call, text, "(a|aa)+b"), "a" * 60 + "cb"),
    ],
)
def test_a_pattern_may_not_take_forever(run: object, subject: str) -> None:
    assert callable(run)
    with pytest.raises(LimitExceeded, match=r"0\.05 seconds") as caught:
        run(PlainCall(Limits(regex_seconds=0.05)), subject)
    assert caught.value.limit == "regex_seconds"


def test_replacing_stays_within_the_length_of_a_string() -> None:
    call = PlainCall(Limits(string_length=100))
    assert regex.replace_all(call, "a" * 10, "a", "x" * 10) == "x" * 100
    for pattern in ("a", "[a]"):
        with pytest.raises(LimitExceeded, match="string would grow"):
            regex.replace_all(call, "a" * 10, pattern, "x" * 11)
    with pytest.raises(LimitExceeded):
        regex.replace_first(call, "a" * 10, "a", "x" * 99)


@pytest.mark.parametrize("pattern", ["(" * 3000 + ")" * 3000, "[" * 3000 + "a" + "]" * 3000, "(?:" * 199 + "a" + ")" * 199])
def test_deep_patterns_end_in_javas_exception(pattern: str) -> None:
    try:
        regex.matches(CALL, "a", pattern)
    except JavaError as error:
        assert error.java_class == "java.lang.StackOverflowError"


def test_what_this_engine_cannot_do_is_said() -> None:
    for pattern in (r"\b{g}a", "a{2000000000}", "(?:ab){1000000,}"):
        with pytest.raises(JavaError, match=r"UnsupportedOperation|OutOfMemory"):
            regex.matches(CALL, "a", pattern)


def test_a_compiled_pattern_is_kept() -> None:
    assert regex.compile("a+b") is regex.compile("a+b")


@pytest.mark.parametrize(
    ("pattern", "subject", "ours", "java"),
    [
        ("(a)?+b", "a\nb", "a\n", "a\na"),  # Java leaves the group set by an attempt that failed
        ("(?<=(?:a|b)*+)c", "abc", "abnull", "abc"),  # Java tries a lookbehind forward from each start
    ],
)
def test_known_differences(pattern: str, subject: str, ours: str, java: str) -> None:
    found = regex.replace_all(CALL, subject, pattern, "$1" if "(a)" in pattern else "null")
    assert found == ours != java


def test_groups_that_are_not_there() -> None:
    assert regex.replace_all(CALL, "ab", r"\2|b", "-") == "a-"
    with pytest.raises(JavaError, match="No group 1"):
        regex.replace_all(CALL, "ab", "[b]", "$1")
    assert regex.replace_all(CALL, "ab", "[c]", "$1") == "ab"


def test_only_the_time_of_the_thread_itself_counts() -> None:
    """A busy machine, or fifteen other threads, must not make a short search fail."""
    found = regex.compile("a|b").find(Limits(regex_seconds=0.05), "ab" * 50)
    next(found)
    time.sleep(0.1)
    assert sum(1 for _ in found) == 99
