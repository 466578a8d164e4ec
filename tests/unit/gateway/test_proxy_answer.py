"""What a function's result becomes, and what is no answer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.gateway.apis import FAILED, Remembering, ask, function, gateway_of, method, one
from vtl.messages import HttpResponse


def _answer(result: Any, *, accept: str = "*/*", types: tuple[str, ...] = (), error: Exception | None = None) -> HttpResponse:
    document = one(method(function()), **{"x-amazon-apigateway-binary-media-types": list(types)})
    return ask(gateway_of(document, Remembering(result=result, error=error)), headers=[("Accept", accept)])


@pytest.mark.parametrize(
    ("result", "status", "body"),
    [
        ({}, 200, b""),
        ({"body": "x"}, 200, b"x"),
        ({"statusCode": "201", "headers": None}, 201, b""),
        ({"statusCode": 404.0, "body": None}, 404, b""),
        ({"statusCode": 200, "body": 1.5}, 200, b"1.5"),
        ({"statusCode": 200, "body": False}, 200, b"false"),
        ({"statusCode": 200, "body": "eA==", "isBase64Encoded": True}, 200, b"eA=="),
    ],
)
def test_answers(result: Any, status: int, body: bytes) -> None:
    answer = _answer(result)
    assert (answer.status, answer.body) == (status, body)


@pytest.mark.parametrize(
    "result",
    [
        None,
        "text",
        [1],
        {"statusCode": "abc"},
        {"statusCode": True},
        {"statusCode": 20},
        {"statusCode": 200, "extra": 1},
        {"multiValueHeaders": {"a": "x"}},
        {"headers": ["x"]},
        {"headers": []},
        {"multiValueHeaders": ""},
        {"multiValueHeaders": {"a": None}},
        {"headers": {"a": {}}},
        {"statusCode": 200, "body": {"a": 1}},
        {"statusCode": 200, "body": []},
    ],
)
def test_what_is_no_answer_is_a_502(result: Any) -> None:
    answer = _answer(result)
    assert (answer.status, answer.body) == (502, b'{"message": "Internal server error"}')
    assert dict(answer.headers)["x-amzn-ErrorType"] == "InternalServerErrorException"


def test_a_function_that_fails_is_a_502() -> None:
    assert _answer(None, error=FAILED).status == 502
    assert _answer(None, error=ValueError("own")).status == 502


def test_headers_of_both_maps_merge_under_the_name_of_the_second() -> None:
    result = {"headers": {"X-A": "solo", "B": True}, "multiValueHeaders": {"x-a": ["multi", "two"]}}
    pairs = [pair for pair in _answer(result).headers if pair[0].lower() in ("x-a", "b")]
    assert pairs == [("x-a", "multi"), ("x-a", "two"), ("x-a", "solo"), ("B", "true")]


@pytest.mark.parametrize(
    ("accept", "decoded"),
    [("image/png", True), ("image/png, text/html", True), ("text/html, image/png", False), ("image/*", False), ("image", False)],
)
def test_base64_is_decoded_when_the_first_accepted_type_is_binary(accept: str, decoded: bool) -> None:
    result = {"body": "iVBORw==", "isBase64Encoded": True}
    answer = _answer(result, accept=accept, types=("image/png", "*/test"))
    assert answer.body == (b"\x89PNG\x47"[:4] if decoded else b"iVBORw==")


def test_bad_base64_is_a_500() -> None:
    assert _answer({"body": "***", "isBase64Encoded": True}, accept="image/png", types=("image/png",)).status == 500


@pytest.mark.parametrize("status", [0, 99, 600, 999, "000", "1000", -200, [200], {}, "2e2", 200.5])
def test_a_status_that_http_does_not_have_is_a_502(status: Any) -> None:
    assert _answer({"statusCode": status}).status == 502


@pytest.mark.parametrize("name", ["Date", "Server", "Connection", "Content-Length"])
def test_headers_that_the_gateway_sets_itself_come_back_renamed(name: str) -> None:
    found = dict(_answer({"headers": {name: "x"}}).headers)
    assert found[f"x-amzn-Remapped-{name}"] == "x"
    assert name not in found


def test_headers_that_vanish_and_that_stay() -> None:
    found = dict(_answer({"headers": {"Transfer-Encoding": "chunked", "Via": "v", "Content-Encoding": "br"}}).headers)
    assert "Transfer-Encoding" not in found
    assert (found["Via"], found["Content-Encoding"]) == ("v", "br")


def test_without_a_content_type_it_is_json() -> None:
    assert dict(_answer({"body": "x"}).headers)["Content-Type"] == "application/json"
    answer = _answer({"body": "x", "headers": {"content-type": "text/css"}})
    assert [value for name, value in answer.headers if name.lower() == "content-type"] == ["text/css"]


def test_values_of_headers_are_spelt_as_json_spells_them() -> None:
    result = {"headers": {"n": 1.5, "t": True, "z": None}, "multiValueHeaders": {"m": [1, False, "x"]}}
    pairs = [pair for pair in _answer(result).headers if len(pair[0]) == 1]
    assert pairs == [("m", "1"), ("m", "false"), ("m", "x"), ("n", "1.5"), ("t", "true"), ("z", "")]


def test_a_header_without_a_value_is_empty_in_either_map() -> None:
    pairs = _answer({"headers": {"A": None}, "multiValueHeaders": {"B": [None, 1]}}).headers
    assert [pair for pair in pairs if pair[0] in ("A", "B")] == [("B", ""), ("B", "1"), ("A", "")]
