"""A local origin is taken for the real one, and back."""

from __future__ import annotations

import pytest

from vtl.errors import InputError
from vtl.messages import HttpRequest, HttpResponse, header
from vtl.server.origins import Origins, read_origins

LOCAL, REAL = "http://localhost:3000", "https://app.example.com"


def test_the_api_sees_the_real_origin_and_the_browser_its_own() -> None:
    origins = read_origins([f"{LOCAL}={REAL}"])
    request = HttpRequest("GET", "/", [("Origin", LOCAL), ("A", LOCAL)])
    assert list(origins.request(request).headers) == [("Origin", REAL), ("A", LOCAL)]
    answer = HttpResponse(200, [("access-control-allow-origin", REAL)])
    assert header(origins.response(request, answer).headers, "Access-Control-Allow-Origin") == LOCAL


@pytest.mark.parametrize("allowed", ["*", "https://other.example.com"])
def test_what_the_api_does_not_allow_is_not_allowed(allowed: str) -> None:
    origins = read_origins([f"{LOCAL}={REAL}"])
    answer = HttpResponse(200, [("Access-Control-Allow-Origin", allowed)])
    assert origins.response(HttpRequest("GET", "/", [("Origin", LOCAL)]), answer) == answer


def test_other_origins_pass_as_they_are() -> None:
    request = HttpRequest("GET", "/", [("Origin", "http://else")])
    answer = HttpResponse(200, [("Access-Control-Allow-Origin", REAL)])
    for origins in (Origins(), read_origins([f"{LOCAL}={REAL}"])):
        assert origins.request(request) is request
        assert origins.response(request, answer) is answer


@pytest.mark.parametrize("pair", ["", "http://a", "http://a=b", "http://a/=https://b", "ftp://a=https://b", "http://[=https://b"])
def test_what_is_no_pair_of_origins_is_refused(pair: str) -> None:
    with pytest.raises(InputError, match="no pair of origins"):
        read_origins([pair])
