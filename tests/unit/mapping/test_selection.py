"""Media types: which template, which are binary."""

from __future__ import annotations

import pytest

from vtl.mapping.selection import Passthrough, is_binary, media_type, passthrough_of


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "application/json"),
        ("", "application/json"),
        (" Text/XML ; charset=x", "text/xml"),
        ("a/b, c/d", "a/b"),
        (";x", "application/json"),
    ],
)
def test_media_types(value: str | None, expected: str) -> None:
    assert media_type(value) == expected


@pytest.mark.parametrize(
    ("setting", "expected"),
    [(None, "WHEN_NO_MATCH"), ("never", "NEVER"), ("WHEN_NO_TEMPLATES", "WHEN_NO_TEMPLATES"), ("other", "WHEN_NO_MATCH")],
)
def test_passthrough(setting: str | None, expected: str) -> None:
    assert passthrough_of(setting) is Passthrough(expected)


@pytest.mark.parametrize(
    ("value", "types", "expected"),
    [
        ("image/png", ("image/png",), True),
        ("IMAGE/PNG; q=1", ("image/PNG",), True),
        ("image/png", ("image/*",), True),
        ("image/*", ("image/*",), True),
        ("image/*", ("image/png",), False),
        ("a/test", ("*/test",), False),
        ("anything/else", ("*/*",), True),
        ("application", ("application/*",), False),
        (None, ("*/*",), False),
        ("image/png", (), False),
    ],
)
def test_binary(value: str | None, types: tuple[str, ...], expected: bool) -> None:
    assert is_binary(value, types) is expected
