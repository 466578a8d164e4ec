"""contentHandling: when a body is text, when it is bytes, and when one is turned into the other by base64.

See: "Content type conversions in API Gateway"; every case of it is recorded with S3.
"""

from __future__ import annotations

import base64
import binascii

from vtl.mapping.failures import internal_error

TO_BINARY, TO_TEXT = "CONVERT_TO_BINARY", "CONVERT_TO_TEXT"


def request_body(body: bytes, *, binary: bool, handling: str | None) -> str | bytes:
    """A request's body on its way to the integration: text, or bytes that no template may meet.

    `binary` tells whether its Content-Type is a binary media type. An empty body that nobody asked to convert is text: there are
    no bytes that a template could meet. GatewayFailure, 500, for text that is to be decoded and is no base64.
    """
    if handling == TO_BINARY:
        return body if binary else decoded(body)
    if not body:
        return ""
    if binary:
        return base64.b64encode(body).decode() if handling == TO_TEXT else body
    return body.decode("utf-8", "replace")


def response_body(body: bytes, *, binary: bool, wanted_binary: bool, handling: str | None) -> str | bytes:
    """An answer's body on its way to the caller. `binary` is by its Content-Type, `wanted_binary` by the caller's Accept.

    An empty body is text as in requests: a MOCK answers a caller of bytes by its template. GatewayFailure, 500, for text that is
    to be decoded and is no base64.
    """
    if handling != TO_BINARY and not body:
        return ""
    if handling == TO_TEXT or (handling != TO_BINARY and binary and not wanted_binary):
        return base64.b64encode(body).decode() if binary else body.decode("utf-8", "replace")
    if binary:
        return body
    if handling == TO_BINARY or wanted_binary:
        return decoded(body)
    return body.decode("utf-8", "replace")


def decoded(text: str | bytes) -> bytes:
    """The bytes that base64 stands for. GatewayFailure, 500, when it is none."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise internal_error("the body is to be decoded, and is not base64") from None
