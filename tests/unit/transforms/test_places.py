"""Places in JSON values."""

from __future__ import annotations

from typing import Any

from vtl.transforms.places import member_path, place_of, place_of_text


def test_places() -> None:
    inner: dict[str, Any] = {"x": "here"}
    value = {"a": [{}, {"b c": inner}]}
    assert place_of(value, inner) == "$.a[1]['b c']"
    assert place_of(value, {}) == "$"
    assert place_of_text(value, lambda text: text == "here") == "$.a[1]['b c'].x"
    assert place_of_text(value, lambda text: False) == "$"
    assert member_path("$", 1) == "$[1]"


def test_values_that_hold_themselves_end() -> None:
    value: dict[str, Any] = {}
    value["a"] = value
    assert place_of(value, []) == "$"
