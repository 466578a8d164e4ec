"""The kinds of failures, with their recorded statuses and bodies."""

from __future__ import annotations

import pytest

from vtl.mapping.failures import RESPONSE_TYPES, GatewayFailure, internal_error


@pytest.mark.parametrize(
    ("name", "status", "body"),
    [
        ("MISSING_AUTHENTICATION_TOKEN", 403, '{"message":"Missing Authentication Token"}'),
        ("ACCESS_DENIED", 403, '{"Message":"User is not authorized to access this resource"}'),
        ("UNSUPPORTED_MEDIA_TYPE", 415, '{"message": "Unsupported Media Type"}'),
        ("INTEGRATION_TIMEOUT", 504, '{"message": "Endpoint request timed out"}'),
        ("AUTHORIZER_CONFIGURATION_ERROR", 500, '{"message":null}'),
    ],
)
def test_bodies(name: str, status: int, body: str) -> None:
    failure = GatewayFailure(name)
    assert (failure.status, failure.body) == (status, body)


def test_the_body_of_an_internal_error_has_36_bytes_and_no_reason() -> None:
    failure = internal_error("secret")
    assert (len(failure.body), failure.status, failure.reason) == (36, 500, "secret")
    assert "secret" not in str(failure) + failure.body


def test_every_kind_belongs_to_a_family() -> None:
    assert {each.family for each in RESPONSE_TYPES.values()} == {"DEFAULT_4XX", "DEFAULT_5XX"}
    assert len(RESPONSE_TYPES) == 21


RECORDED = {
    "ACCESS_DENIED": 403,
    "API_CONFIGURATION_ERROR": 500,
    "AUTHORIZER_CONFIGURATION_ERROR": 500,
    "AUTHORIZER_FAILURE": 500,
    "BAD_REQUEST_BODY": 400,
    "BAD_REQUEST_PARAMETERS": 400,
    "EXPIRED_TOKEN": 403,
    "INTEGRATION_FAILURE": 504,
    "INTEGRATION_TIMEOUT": 504,
    "INVALID_API_KEY": 403,
    "INVALID_SIGNATURE": 403,
    "MISSING_AUTHENTICATION_TOKEN": 403,
    "QUOTA_EXCEEDED": 429,
    "REQUEST_TOO_LARGE": 413,
    "RESOURCE_NOT_FOUND": 404,
    "THROTTLED": 429,
    "UNAUTHORIZED": 401,
    "UNSUPPORTED_MEDIA_TYPE": 415,
    "WAF_FILTERED": 403,
}
"""GetGatewayResponses of an API without any of its own, which has no status for DEFAULT_4XX and DEFAULT_5XX."""


def test_the_kinds_and_their_statuses_are_the_recorded_ones() -> None:
    families = ("DEFAULT_4XX", "DEFAULT_5XX")
    assert {name: kind.status for name, kind in RESPONSE_TYPES.items() if name not in families} == RECORDED
    assert all(kind.family == families[kind.status >= 500] for kind in RESPONSE_TYPES.values())
