"""Scalars are decoded as PyYAML and the JSON reader decode them, and each character of them stands where it is written."""

from __future__ import annotations

import random

import pytest

from tests.unit.loaders.places import assert_verbatim, character_at, child, host, places
from vtl.errors import InputError
from vtl.loaders import scalars
from vtl.loaders.json_documents import read_json
from vtl.loaders.nodes import Piece
from vtl.loaders.origin import Text
from vtl.loaders.yaml_documents import read_yaml


def yaml_text(document: str, *path: str) -> Text:
    return child(read_yaml(host(document))[0], *(path or ("k",))).text


@pytest.mark.parametrize(
    ("document", "text", "expected"),
    [
        ("k: |\n  ab\n   c\n", "ab\n c\n", [(2, 3), (2, 4), (2, 5), (3, 3), (3, 4), (3, 5)]),
        ("k: |-\n  ab\n\n  c\n", "ab\n\nc", [(2, 3), (2, 4), (2, 5), (3, 1), (4, 3)]),
        ("k: >\n  a\n  b\n\n  c\n", "a b\nc\n", [(2, 3), (2, 4), (3, 3), (4, 1), (5, 3), (5, 4)]),
        ("k: |2\n    a\n", "  a\n", [(2, 3), (2, 4), (2, 5), (2, 6)]),
        ("k: !Sub |\n  ab\n", "ab\n", [(2, 3), (2, 4), (2, 5)]),
        ("k: !Sub # c\n  ab\n", "ab", [(2, 3), (2, 4)]),
        ("k: 'a''b'\n", "a'b", [(1, 5), (1, 6), (1, 8)]),
        ('k: "a\\tb"\n', "a\tb", [(1, 5), (1, 6), (1, 8)]),
        ('k: "a\\x41\\u0042\\U00000043d"\n', "aABCd", [(1, 5), (1, 6), (1, 10), (1, 16), (1, 26)]),
        ('k: "a\\\n   b"\n', "ab", [(1, 5), (2, 4)]),
        ('k: "a\n\n   b"\n', "a\nb", [(1, 5), (2, 1), (3, 4)]),
        ("k: a\n  b\n", "a b", [(1, 4), (1, 5), (2, 3)]),
        ("k: &x a\nl: *x\n", "a", [(1, 7)]),
    ],
)
def test_yaml_characters_stand_where_they_are_written(document: str, text: str, expected: list[tuple[int, int]]) -> None:
    found = yaml_text(document)
    assert (found, places(found)) == (text, expected)


def test_windows_line_ends_become_line_feeds_at_their_places() -> None:
    found = yaml_text("k: |\r\n  ab\r\n  c\r\n")
    assert (found, places(found)) == ("ab\nc\n", [(2, 3), (2, 4), (2, 5), (3, 3), (3, 4)])


def test_an_empty_string_stands_behind_its_quote() -> None:
    assert yaml_text("k: ''\n").origin.locate(0)[1] == 4
    assert child(read_json(host('{"k": ""}')), "k").text.origin.locate(0)[1] == 7


def test_json_escapes_stand_at_their_backslash() -> None:
    found = child(read_json(host('{"k": "a\\nb\\u00e9\\ud83d\\ude00\\"c"}')), "k").text
    assert found == 'a\nbé😀"c'
    assert [column for _, column in places(found)] == [8, 9, 11, 12, 18, 30, 32]


def test_a_document_in_a_string_of_a_document_points_into_the_file() -> None:
    outer = child(read_yaml(host('k: |\n  {"in": "a\\"b"}\n'))[0], "k").text
    inner = child(read_json(host_of(outer)), "in").text
    assert (inner, places(inner)) == ('a"b', [(2, 11), (2, 12), (2, 14)])


def host_of(text: Text):  # type: ignore[no-untyped-def]
    from vtl.loaders.nodes import Host

    return Host(text)


WORDS = ["a", "bc", "$x", '"q"', "it's", "#if", "x: y", "\\n", "\\u0041", '\\"', "é", "😀", "-", "- z", "  in", "\tt", "{", "a]"]
HEADERS = ["|", ">", "|-", ">-", "|+", ">+", "|2", ">2-"]


def _document(random_source: random.Random) -> str:
    choose = random_source.choice
    newline = choose(["\n", "\n", "\r\n"])
    lines = [
        " " * choose([0, 0, 1, 2]) + " ".join(choose(WORDS) for _ in range(random_source.randint(0, 3))) + choose(["", " "])
        if random_source.random() < 0.8
        else ""
        for _ in range(random_source.randint(1, 5))
    ]
    style = choose([*HEADERS, "", "'", '"'])
    indent = "  " if "2" in style else " " * choose([2, 4])
    if style in HEADERS:
        body = style + newline + newline.join(indent + line if line.strip() else line for line in lines) + newline
    elif style:
        escaped = [line.replace("'", "''") if style == "'" else line.replace('"', '\\"') for line in lines]
        body = style + (newline + indent).join(escaped) + style + newline
    else:
        body = (newline + indent).join(lines) + newline
    return "k: " + choose(["", "!Sub ", "&a "]) + body


def test_any_yaml_scalar_is_decoded_as_the_parser_decodes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The decoder by YAML's rules agrees with libyaml; only blocks of nothing but blanks are laid against the host."""
    laid: list[str] = []
    original = scalars._aligned

    def aligned(raw: str, start: int, end: int, value: str) -> list[Piece]:
        laid.append(value)
        return original(raw, start, end, value)

    monkeypatch.setattr(scalars, "_aligned", aligned)
    random_source = random.Random(7)
    read = 0
    for _ in range(4000):
        try:
            roots = read_yaml(host(_document(random_source)))
        except InputError:
            continue
        node = roots[0].get("k") if roots else None
        if node is None or not node.is_scalar or node.is_null:
            continue
        read += 1
        assert node.text == node.value
        assert_verbatim(node.text)
        for at, character in enumerate(node.text):
            written = character_at(node.text, at)
            assert written == character or written in "\\'\r\n" or character in " \n"
    assert read > 2000
    assert not [value for value in laid if value.strip()]


def test_lines_are_found_again_when_the_rules_do_not_give_the_value() -> None:
    pieces = scalars._aligned("xx one\n   two yy", 0, 16, "  one\ntwo")
    assert "".join(piece[1] for piece in pieces) == "  one\ntwo"
    assert [piece[0] for piece in pieces if piece[2]] == [3, 10]
