"""Strings that methods make stay within `string_length`."""

from __future__ import annotations

from typing import Any

import pytest

from vtl.errors import LimitExceeded
from vtl.limits import Limits
from vtl.values.call import PlainCall
from vtl.values.methods import invoke

CALL = PlainCall(Limits(string_length=50))


@pytest.mark.parametrize(
    ("receiver", "method", "arguments"),
    [
        ("ab", "repeat", (26,)),
        ("ab", "repeat", (2_000_000_000,)),
        ("a" * 30, "concat", ("b" * 21,)),
        ("a" * 30, "replace", ("a", "bb")),
        ("a" * 30, "replace", ("", "b")),
        ("a\n" * 10, "indent", (5,)),
        ("a", "indent", (2_000_000_000,)),
        ("ß" * 26, "toUpperCase", ()),
        ("", "join", ("x" * 20, ["a", "b", "c", "d"])),
        ("%51s", "formatted", ("x",)),
        ("%2000000000d", "formatted", (1,)),
        ("%.2000000000f", "formatted", (1.5,)),
        ("%-2000000000s", "formatted", ("a",)),
        ("%02000000000x", "formatted", (255,)),
        ("%s%s%s", "formatted", ("a" * 20, "b" * 20, "c" * 20)),
    ],
)
def test_too_long_a_string_is_refused(receiver: str, method: str, arguments: tuple[Any, ...]) -> None:
    with pytest.raises(LimitExceeded) as caught:
        invoke(CALL, receiver, method, arguments)
    assert caught.value.limit == "string_length"


def test_just_long_enough() -> None:
    assert len(str(invoke(CALL, "ab", "repeat", (25,)))) == 50
    assert len(str(invoke(CALL, "%50s", "formatted", ("x",)))) == 50
