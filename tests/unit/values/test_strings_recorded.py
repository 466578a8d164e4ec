"""String, Character, patterns and formats against what the Java engine was recorded to do (see record_strings.py)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vtl.errors import JavaError, LimitExceeded
from vtl.values.call import PlainCall
from vtl.values.kinds import Char, JavaArray, java_class
from vtl.values.methods import invoke
from vtl.values.text import to_text
from vtl.values.utf16 import merged

DATA = Path(__file__).parent / "data"
CALL = PlainCall()


def rows(path: Path) -> list[list[Any]]:
    """The rows of a data file, without its provenance."""
    header, *found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert header["engine"].startswith("Apache Velocity 1.7")
    return found


def argument(value: Any) -> Any:
    """A recorded argument as a value."""
    if isinstance(value, dict) and "char" in value:
        return Char(value["char"])
    return merged(value) if isinstance(value, str) else value


def outcome(receiver: object, method: str, arguments: list[Any]) -> str:
    """What the call gives, in the words of the recording."""
    try:
        result: Any = invoke(CALL, receiver, method, tuple(map(argument, arguments)))
    except JavaError as error:
        return f"!{error.message}"
    except LimitExceeded as error:
        return f"!!{error.limit}"
    if result is None:
        return "|"
    if isinstance(result, JavaArray):
        return f"{java_class(result)}|" + "".join(f"<{to_text(element)}>" for element in result)
    return f"{java_class(result)}|{to_text(result)}"


def agrees(found: str, expected: str) -> bool:
    """Whether the two say the same; Java writes the halves of a pair that meet as the character that they make."""
    return found == merged(expected) or merged(found) == merged(expected)


@pytest.mark.parametrize("name", ["strings", "regex", "regex_random", "formats"])
def test_strings_answer_as_in_java(name: str) -> None:
    wrong = {}
    for receiver, method, arguments, expected in rows(DATA / f"{name}.jsonl"):
        found = outcome(merged(receiver), method, arguments)
        if not agrees(found, expected):
            wrong[receiver, method, repr(arguments)] = (found, expected)
    assert not wrong


def test_characters_answer_as_in_java() -> None:
    wrong = {}
    for receiver, method, arguments, expected in rows(DATA / "characters.jsonl"):
        found = outcome(Char(receiver), method, arguments)
        if not agrees(found, expected):
            wrong[receiver, method, repr(arguments)] = (found, expected)
    assert not wrong
