"""The JSON reader: what it takes, where things stand, and what it refuses."""

from __future__ import annotations

import json

import pytest

from tests.unit.loaders.places import child, host
from vtl.errors import InputError
from vtl.loaders.json_documents import read_json
from vtl.loaders.nodes import MAX_DEPTH


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[]",
        ' {"a": [1, -2.5e3, true, false, null, "x\\ny"], "b": {"c": {}}} ',
        '"s"',
        "3",
        "[[],[[]]]",
        '{"a":"\\/\\u0041"}',
    ],
)
def test_it_reads_what_the_standard_reader_reads(text: str) -> None:
    assert read_json(host(text)).data() == json.loads(text)


def test_line_breaks_in_strings_are_taken() -> None:
    assert child(read_json(host('{"a": "x\n\ty"}')), "a").text == "x\n\ty"


def test_values_and_keys_have_places() -> None:
    node = child(read_json(host('{\n  "a": [1, {"b": 2}]\n}')), "a")
    assert (node.key_anchor.line, node.key_anchor.column) == (2, 3)
    inner = child(node.value[1], "b")
    assert (inner.anchor.line, inner.anchor.column, inner.key_anchor.column) == (2, 18, 13)


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ('{"a": 1,\n "b" 2}', "a colon is missing", 2, 6),
        ('{"a": 1\n "b": 2}', "a comma is missing", 2, 2),
        ('{"a": 1,}', "a key must be a string", 1, 9),
        ('{"a": 1', "the document ends too early", 1, 8),
        ('{"a": "x', "a string without an end", 1, 7),
        ('{"a": x}', "'x' is not expected here", 1, 7),
        ("[1, ]", "']' is not expected here", 1, 5),
        ("{} {}", "something follows the end of the document", 1, 3),
        ('["\\q"]', "an escape in a string that JSON does not have", 1, 3),
        ("", "the document ends too early", 1, 1),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, message: str, line: int, column: int) -> None:
    with pytest.raises(InputError, match="not JSON") as caught:
        read_json(host(text))
    assert message in caught.value.message
    assert (caught.value.line, caught.value.column) == (line, column)


def test_depth_is_bounded() -> None:
    read_json(host("[" * MAX_DEPTH + "]" * MAX_DEPTH))
    with pytest.raises(InputError, match="inside each other"):
        read_json(host("[" * 100_000))
