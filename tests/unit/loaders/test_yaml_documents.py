"""The YAML reader: tags, anchors, merge keys, and what it refuses."""

from __future__ import annotations

import pytest

from tests.unit.loaders.places import child, host
from vtl.errors import InputError
from vtl.loaders.nodes import MAX_DEPTH
from vtl.loaders.yaml_documents import read_yaml


def test_unknown_tags_are_kept() -> None:
    root = read_yaml(host("a: !Sub x\nb: !GetAtt\n  - y\nc: !<tag:example.com,2000:z> {}\n"))[0]
    assert [node.tag for node in root.children()] == ["!Sub", "!GetAtt", "tag:example.com,2000:z"]


def test_plain_data_has_the_types_of_yaml() -> None:
    root = read_yaml(host("a: 1\nb: 1.5\nc: true\nd: ~\ne: '1'\nf: x\ng: [2, off]\n"))[0]
    assert root.data() == {"a": 1, "b": 1.5, "c": True, "d": None, "e": "1", "f": "x", "g": [2, False]}


def test_aliases_and_merge_keys() -> None:
    root = read_yaml(host("base: &b {x: 1, y: 2}\none: {<<: *b, y: 3}\ntwo:\n  <<: [{z: 4}, *b]\nthree: *b\n"))[0]
    assert root.data() == {
        "base": {"x": 1, "y": 2},
        "one": {"y": 3, "x": 1},
        "two": {"z": 4, "x": 1, "y": 2},
        "three": {"x": 1, "y": 2},
    }
    assert child(root, "one", "x").anchor.line == 1
    assert child(root, "three").key_anchor.line == 5


def test_a_stream_may_hold_several_documents_and_keys_of_any_kind() -> None:
    roots = read_yaml(host("---\na: 1\n---\nservice: {{x}}\n? [k]\n: v\n1: n\n"))
    assert len(roots) == 2
    assert list(roots[1].value) == ["service", "1"]


def test_offsets_count_characters_after_a_tag_and_through_windows_line_ends() -> None:
    node = child(read_yaml(host("a: é😀\r\nb:\r\n  - !Sub x\r\nc: d\r\n"))[0], "c")
    assert (node.anchor.line, node.anchor.column) == (4, 4)


def test_a_bomb_of_aliases_costs_nothing() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 60)]
    root = read_yaml(host("\n".join(lines)))[0]
    assert len(root.value) == 60
    assert child(root, "a59").data() is not None


def test_a_bomb_of_merge_keys_is_refused() -> None:
    wide = "base: &b {" + ", ".join(f"k{n}: 1" for n in range(2000)) + "}\n"
    with pytest.raises(InputError, match="merge keys") as caught:
        read_yaml(host(wide + "".join(f"m{n}: {{<<: *b}}\n" for n in range(600))))
    assert caught.value.line > 2


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("a: 'x\n", "not YAML: found unexpected end of stream", 1),
        ("a: b: c\n", "not YAML: mapping values are not allowed", 1),
        ("a: *nowhere\n", "the alias *nowhere has no anchor", 1),
        ("a: &a\n  b: *a\n", "stands inside the value that it repeats", 2),
        ("a: \x07\n", "not YAML", 1),
        ("a:\n\t- b\n", "not YAML", 2),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, message: str, line: int) -> None:
    with pytest.raises(InputError) as caught:
        read_yaml(host(text))
    assert message in caught.value.message
    assert caught.value.line == line


@pytest.mark.parametrize("text", ["- " * 100_000, "[" * 100_000, "{a: " * 5_000])
def test_depth_is_bounded(text: str) -> None:
    with pytest.raises(InputError, match=r"inside each other|not YAML"):
        read_yaml(host(text))
    read_yaml(host("[" * MAX_DEPTH + "]" * MAX_DEPTH))
