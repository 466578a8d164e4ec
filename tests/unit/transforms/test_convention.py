"""Conventions, and the table of their presets."""

from __future__ import annotations

from typing import Any

import pytest

import vtl
from vtl.errors import InputError
from vtl.transforms.convention import PRESETS, Convention
from vtl.transforms.losses import FEATURES, KEEPS


def test_presets_have_their_names_and_a_row_of_the_table() -> None:
    assert {name: rules.name for name, rules in PRESETS.items()} == {name: name for name in PRESETS}
    assert KEEPS.keys() == PRESETS.keys()
    assert all(kept <= FEATURES.keys() for kept in KEEPS.values())
    assert Convention() == PRESETS["plain"]
    assert Convention.named("plain") is PRESETS["plain"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"namespaces": "none"}, "none of the choices"),
        ({"types": "all"}, "none of the choices"),
        ({"nil": None}, "none of the choices"),
        ({"indent": 17}, "no number from 0 to 16"),
        ({"indent": "2"}, "no number from 0 to 16"),
        ({"text_key": ""}, "needs a name"),
        ({"arrays": [""]}, "a path is a text"),
        ({"untyped": [1]}, "a path is a text"),
        ({"style": "jsonml"}, "could clash"),
        ({"attribute_prefix": 1}, "attribute_prefix"),
        ({"declaration": "yes"}, "declaration"),
        ({"prefixes": "x"}, "prefixes"),
        ({"prefixes": {"p": 1}}, "prefixes"),
        ({"root": ""}, "root"),
        ({"arrays": 1}, "arrays"),
    ],
)
def test_values_that_an_option_does_not_know(options: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError) as caught:
        Convention(**options)
    assert words in caught.value.message


def test_unknown_names() -> None:
    with pytest.raises(InputError, match="no convention 'badger'") as caught:
        Convention.named("badger")
    assert "badgerfish" in str(caught.value.hint)
    with pytest.raises(InputError, match="no option 'indents'"):
        vtl.json_to_xml({}, indents=2)  # type: ignore[call-arg]


def test_a_convention_is_frozen_and_can_be_changed_into_another() -> None:
    prefixes = {"p": "urn:p"}
    rules = Convention(arrays="item", prefixes=prefixes)
    prefixes["q"] = "urn:q"
    assert rules.arrays == ("item",)
    assert dict(rules.prefixes) == {"p": "urn:p"}
    assert hash(rules) == hash(Convention(arrays=["item"]))
    changed = rules.changed(indent=2)
    assert (changed.indent, changed.arrays, rules.indent) == (2, ("item",), 0)
    with pytest.raises(AttributeError):
        rules.indent = 3  # type: ignore[misc]
