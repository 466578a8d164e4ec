"""Media types: which template, which are binary."""

from __future__ import annotations

import pytest

from vtl.mapping.failures import GatewayFailure
from vtl.mapping.selection import Passthrough, is_binary, media_type, passthrough_of, request_template, response_template


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


@pytest.mark.parametrize(
    ("templates", "content_type", "behaviour", "expected"),
    [
        ({"application/json": "j"}, None, "NEVER", "j"),
        ({"application/json": "j", "$default": "d"}, "text/plain", "NEVER", "d"),
        ({"application/json": "j", "$default": "d"}, "application/json", "NEVER", "j"),
        ({"Text/Plain; charset=x": "t"}, "text/plain", "NEVER", "t"),
        ({"application/json": ""}, "application/json", "NEVER", ""),
        ({"application/json": "j"}, "text/plain", "WHEN_NO_MATCH", None),
        ({}, "text/plain", "WHEN_NO_MATCH", None),
        ({}, "text/plain", "WHEN_NO_TEMPLATES", None),
    ],
)
def test_request_templates(templates: dict[str, str], content_type: str | None, behaviour: str, expected: str | None) -> None:
    assert request_template(templates, content_type, Passthrough(behaviour)) == expected


@pytest.mark.parametrize(
    ("templates", "behaviour"), [({"a/b": "x"}, "WHEN_NO_TEMPLATES"), ({"a/b": "x"}, "NEVER"), ({}, "NEVER")]
)
def test_a_body_that_may_not_pass(templates: dict[str, str], behaviour: str) -> None:
    with pytest.raises(GatewayFailure) as caught:
        request_template(templates, "text/plain", Passthrough(behaviour))
    assert (caught.value.status, caught.value.response_type) == (415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize(
    ("templates", "accept", "expected"),
    [
        ({}, "text/html", None),
        ({"a/b": "1", "text/html": "2"}, "text/html, a/b", ("text/html", "2")),
        ({"a/b": "1", "Text/HTML;x=y": "2"}, "text/html;q=1", ("Text/HTML;x=y", "2")),
        ({"a/b": "1", "application/json": "2"}, "*/*", ("application/json", "2")),
        ({"a/b": "1", "application/json": "2"}, None, ("application/json", "2")),
        ({"a/b": "1", "c/d": "2"}, "e/f", ("a/b", "1")),
    ],
)
def test_response_templates(templates: dict[str, str], accept: str | None, expected: tuple[str, str] | None) -> None:
    assert response_template(templates, accept) == expected
