"""Elements that no schema describes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from vtl.errors import InvalidValue
from vtl.transforms.schema_open import read_open, write_open

_NAMES = st.sampled_from(["a", "b", "{urn:x}c"])
_TEXTS = st.text(st.sampled_from("ab<&>\"' \n"), max_size=5)
_VALUES = st.recursive(
    _TEXTS | st.none(),
    lambda inner: (
        st.dictionaries(_NAMES, inner | st.lists(inner, min_size=2, max_size=3), min_size=1, max_size=3)
        | st.dictionaries(_NAMES.map(lambda name: f"@{name}"), _TEXTS, min_size=1, max_size=2)
    ),
    max_leaves=8,
)


@given(value=_VALUES)
def test_what_is_written_is_read(value: object) -> None:
    root = etree.Element("root")
    write_open(root, "{urn:x}y", value, "$")
    assert read_open(etree.fromstring(etree.tostring(root))[0]) == value


def test_text_beside_elements_and_numbers() -> None:
    root = etree.fromstring('<r k="v">one<a/>two<a>3</a><a/></r>')
    assert read_open(root) == {"@k": "v", "a": ["", "3", ""], "#text": "onetwo"}
    write_open(root, "n", {"@t": True, "#text": 5}, "$")
    assert etree.tostring(root[-1]) == b'<n t="true">5</n>'


@pytest.mark.parametrize(
    ("name", "value"),
    [("1", "x"), ("a", "\x00"), ("a", {"@ b": "c"}), ("a", {"@b": {}}), ("a", [1]), ("{urn:x", "x"), ("a", {"b c": 1})],
)
def test_what_is_not_written(name: str, value: object) -> None:
    with pytest.raises(InvalidValue):
        write_open(etree.Element("root"), name, value, "$")


def test_depth_is_bounded() -> None:
    value: object = "x"
    for _ in range(200):
        value = {"a": value}
    with pytest.raises(InvalidValue, match="more than 100 levels"):
        write_open(etree.Element("root"), "a", value, "$")
