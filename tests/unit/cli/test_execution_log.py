"""Execution logs as requests."""

from __future__ import annotations

import json

import pytest

from vtl.cli.execution_log import looks_like_log, read_log
from vtl.cli.render_request import RenderRequest
from vtl.errors import InputError

# The lines and their order are those of an AWS recording of TestInvokeMethod.
STAMP = "Mon Sep 29 19:28:50 UTC 2025 : "
TEST_INVOKE = f"""Execution log for request 5f0b4a5e
{STAMP}Starting execution for request: 5f0b4a5e
{STAMP}HTTP Method: POST, Resource Path: /pets/123
{STAMP}Method request path: {{petId=123}}
{STAMP}Method request query string: {{foo=bar}}
{STAMP}Method request headers: {{Accept=text/html, */*; q=0.1, X-A=b=c}}
{STAMP}Method request body before transformations: {{
  "a": 1
}}
{STAMP}Endpoint request URI: https://example.com
{STAMP}Endpoint response body before transformations: {{"b": 2}}
{STAMP}Method response body after transformations: {{}}
{STAMP}Method completed with status: 200
"""
EXPECTED = RenderRequest(
    body='{\n  "a": 1\n}',
    answer='{"b": 2}',
    path={"petId": "123"},
    query={"foo": "bar"},
    headers={"Accept": "text/html, */*; q=0.1", "X-A": "b=c"},
    context={"requestId": "5f0b4a5e", "httpMethod": "POST", "resourcePath": "/pets/123"},
)


def test_the_log_of_a_test_invocation() -> None:
    assert looks_like_log(TEST_INVOKE)
    assert read_log(TEST_INVOKE) == EXPECTED


@pytest.mark.parametrize(
    "prefix",
    ["(5f0b4a5e-0000) ", "2025-09-29T19:28:50.123Z (5f0b4a5e-0000) ", "2025-09-29T19:28:50.123+00:00 x (5f0b4a5e-0000) ", ""],
)
def test_other_prefixes(prefix: str) -> None:
    text = TEST_INVOKE.replace(STAMP, prefix.replace("x ", "API-Gateway-Execution-Logs_a1/prod "))
    assert read_log(text) == EXPECTED


def test_line_ends_of_windows() -> None:
    assert read_log(TEST_INVOKE.replace("\n", "\r\n")) == EXPECTED


def test_the_json_of_the_command_line_interface() -> None:
    assert read_log(json.dumps({"status": 200, "log": TEST_INVOKE})) == EXPECTED
    events = [{"timestamp": 1, "message": line} for line in TEST_INVOKE.replace(STAMP, "(5f0b4a5e-0) ").split("\n(")]
    events = [events[0], *({**event, "message": f"({event['message']}"} for event in events[1:])]
    assert read_log(json.dumps({"events": events})).path == {"petId": "123"}


def test_an_excerpt_and_an_empty_body() -> None:
    found = read_log("Method request body before transformations: \nMethod request path: {}\n")
    assert (found.body, found.path, found.answer) == ("", {}, None)


def test_several_requests_and_cut_parts_are_told() -> None:
    twice = TEST_INVOKE + TEST_INVOKE.replace("{petId=123}", "{petId=9}")
    assert read_log(twice).path == {"petId": "123"}
    assert read_log(twice).warnings == ("the log has several requests, and the first is taken",)
    mixed = ["(aaaaaaaa-1) Method request path: {a=1}", "(bbbbbbbb-2) Method request path: {a=2}"]
    found = read_log("\n".join([*mixed, "(aaaaaaaa-1) Method request headers: {h=1}"]))
    assert (found.path, found.headers) == ({"a": "1"}, {"h": "1"})
    assert found.warnings == ("the log has several requests, and the first is taken",)
    cut = read_log("Method request headers: {a=1, b=2 [TRUNCATED]")
    assert cut.headers == {"a": "1", "b": "2"}
    assert cut.warnings == ("AWS cut a part of the log: Method request headers",)


def test_a_map_that_is_none() -> None:
    with pytest.raises(InputError, match="its log has no map where one belongs: 'petId=1'"):
        read_log("Method request path: petId=1")
