"""The lenient reading of a MOCK's document."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtl.gateway.mock_status import mock_status
from vtl.mapping.failures import GatewayFailure

TAKEN = [
    ('{"statusCode": 200}', 200),
    ("{statusCode: 200}", 200),
    ("{'statusCode': 404,}", 404),
    ('\n{\n "statusCode": 200,\n}\n', 200),
    ("{,statusCode: 1,, a: 2,}", 1),
    ("{statusCode: -1000, null: null}", -1000),
    ("{statusCode: 200, su{p}er: [1, {b: 'c'}]}", 200),
    ("{statusCode: 200, }foo: [ba r]}", 200),
    ('{"other": {"statusCode": 1}, "statusCode": 2}', 2),
    ('{statusCode: 200, "a": "}"}', 200),
]
REFUSED = [
    '{"statusCode": "200"}',
    "{statusCode: 200.5}",
    "{statusCode: true}",
    "{}",
    "",
    "statusCode: 200",
    "{statusCode: 200",
    "{'statusCode\": 200}",
    "{statusCode: 200, {a: 1}",
    "{statusCode: 200, a: 'x}",
    "{statusCode: 200, a: [}]}",
    "[200]",
    "200",
    "{statusCode: 200, a: " + "[" * 1000 + "]" * 1000 + "}",
]


@pytest.mark.parametrize(("text", "status"), TAKEN)
def test_what_is_taken(text: str, status: int) -> None:
    assert mock_status(text) == status


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_refused(text: str) -> None:
    with pytest.raises(GatewayFailure) as caught:
        mock_status(text)
    assert caught.value.status == 500


@given(st.text(alphabet="{}[]'\",: statusCode0123\\\n", max_size=60))
def test_any_text_is_taken_or_refused(text: str) -> None:
    with contextlib.suppress(GatewayFailure):
        assert isinstance(mock_status(text), int)


def test_closing_braces_without_end_are_read_once() -> None:
    assert mock_status("{" + "}:1," * 50_000 + "statusCode: 200}") == 200
