"""When a body is text and when it is bytes: the recorded matrix, both ways."""

from __future__ import annotations

import pytest

from vtl.mapping.content import TO_BINARY, TO_TEXT, decoded, request_body, response_body
from vtl.mapping.failures import GatewayFailure

RAW, TEXT, BASE64 = b"\xff\x00a", "\ufffd\x00a", "/wBh"


@pytest.mark.parametrize(
    ("binary", "handling", "body", "expected"),
    [
        (False, None, RAW, TEXT),
        (True, None, RAW, RAW),
        (False, TO_TEXT, RAW, TEXT),
        (True, TO_TEXT, RAW, BASE64),
        (False, TO_BINARY, BASE64.encode(), RAW),
        (True, TO_BINARY, RAW, RAW),
        (False, TO_BINARY, b"", b""),
        (True, TO_BINARY, b"", b""),
        (True, None, b"", ""),
        (True, TO_TEXT, b"", ""),
        (False, "other", RAW, TEXT),
    ],
)
def test_requests(binary: bool, handling: str | None, body: bytes, expected: str | bytes) -> None:
    assert request_body(body, binary=binary, handling=handling) == expected


@pytest.mark.parametrize(
    ("binary", "wanted", "handling", "body", "expected"),
    [
        (False, False, None, RAW, TEXT),
        (False, True, None, BASE64.encode(), RAW),
        (True, False, None, RAW, BASE64),
        (True, True, None, RAW, RAW),
        (False, False, TO_TEXT, RAW, TEXT),
        (False, True, TO_TEXT, RAW, TEXT),
        (True, False, TO_TEXT, RAW, BASE64),
        (True, True, TO_TEXT, RAW, BASE64),
        (False, False, TO_BINARY, BASE64.encode(), RAW),
        (False, True, TO_BINARY, BASE64.encode(), RAW),
        (True, False, TO_BINARY, RAW, RAW),
        (True, True, TO_BINARY, RAW, RAW),
        (False, True, None, b"", ""),
        (True, True, None, b"", ""),
        (True, True, TO_TEXT, b"", ""),
        (False, True, TO_BINARY, b"", b""),
    ],
)
def test_answers(binary: bool, wanted: bool, handling: str | None, body: bytes, expected: str | bytes) -> None:
    assert response_body(body, binary=binary, wanted_binary=wanted, handling=handling) == expected


@pytest.mark.parametrize("text", ["*", "a", "abc", "YQ", "Y Q==", "YQ==\n", "YQ==YQ==x", "é", b"\xff"])
def test_what_is_no_base64(text: str | bytes) -> None:
    with pytest.raises(GatewayFailure) as caught:
        decoded(text)
    assert (caught.value.status, caught.value.response_type) == (500, "API_CONFIGURATION_ERROR")
