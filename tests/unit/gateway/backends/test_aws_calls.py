"""Calls of AWS services, shaped without being made."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlsplit

import pytest

import vtl
from vtl.gateway.backends.aws_calls import Service, invocation_request, invocation_result, moved, shaped
from vtl.messages import HttpRequest, HttpResponse, header

TYPES = {"Count": "integer", "Deep": "boolean", "Tags": "map"}
JSON = Service("kinesis", "kinesis", ("json",), "Kinesis_20131202", "1.1", "2013-12-02", lambda _action: TYPES)
QUERY = Service("sns", "sns", ("query",), api_version="2010-03-31")
SQS = Service("sqs", "sqs", ("json",), "AmazonSQS", "1.0", "2012-11-05")
FORM = [("Content-Type", "application/x-www-form-urlencoded")]


def call(query: str, body: bytes = b"", headers: list[tuple[str, str]] | None = None) -> HttpRequest:
    return HttpRequest("GET", headers=headers or [], body=body, url=f"https://s.us-east-1.amazonaws.com/{query}")


def test_json_services_get_a_target() -> None:
    made = shaped(call("?Action=PutRecord", b'{"a": 1}', [("content-type", "application/json"), ("Content-Length", "8")]), JSON)
    assert (made.method, made.url, made.body) == ("POST", "https://s.us-east-1.amazonaws.com/", b'{"a": 1}')
    assert made.headers == [("X-Amz-Target", "Kinesis_20131202.PutRecord"), ("Content-Type", "application/x-amz-json-1.1")]


def test_a_query_becomes_a_document_with_the_types_of_the_input() -> None:
    made = shaped(call("?Action=X&Name=7&Count=7&Deep=true&Tags=%7B%22a%22:1%7D&Other=1"), JSON)
    assert json.loads(made.body) == {"Name": "7", "Count": 7, "Deep": True, "Tags": {"a": 1}, "Other": "1"}
    assert json.loads(shaped(call("?Action=X&Count=many"), JSON).body) == {"Count": "many"}


def test_query_services_get_a_version() -> None:
    made = shaped(call("?Action=Publish&Message=a+b"), QUERY)
    assert parse_qsl(urlsplit(made.url).query) == [("Action", "Publish"), ("Message", "a b"), ("Version", "2010-03-31")]
    own = shaped(call("?Action=Publish&Version=1"), QUERY)
    assert parse_qsl(urlsplit(own.url).query) == [("Action", "Publish"), ("Version", "1")]


def test_query_services_get_the_scalars_of_a_document() -> None:
    made = shaped(call("?Action=X", b'{"A": "b c", "N": 1, "F": false, "L": [1]}', [("Content-Type", "application/json")]), QUERY)
    assert parse_qsl(urlsplit(made.url).query)[2:] == [("A", "b c"), ("N", "1"), ("F", "false")]
    assert (made.body, made.headers) == (b"", [])
    for body in (b"no json", b"[1]", b"["):
        assert parse_qsl(urlsplit(shaped(call("?Action=X", body), QUERY).url).query)[2:] == []


def test_forms_stay_forms() -> None:
    made = shaped(call("?Action=SendMessage", b"MessageBody=x", FORM), SQS)
    assert (made.body, made.headers) == (b"Action=SendMessage&Version=2012-11-05&MessageBody=x", FORM)
    assert made.url == "https://s.us-east-1.amazonaws.com/"
    assert header(shaped(call("?Action=SendMessage", b"{}"), SQS).headers, "X-Amz-Target") == "AmazonSQS.SendMessage"


def test_paths_stay_as_they_are() -> None:
    request = call("1/queue?a=b", b"x")
    assert shaped(request, SQS) is request
    rest = call("?Action=X")
    assert shaped(rest, Service("s3", "s3", ("rest-xml",))) is rest


def test_moved_below_the_path_of_the_endpoint() -> None:
    made = moved(HttpRequest("GET", headers=[("host", "a"), ("X", "1")], url="https://a/b%20c?d"), "http://here:1/x/", before="f")
    assert (made.url, made.headers) == ("http://here:1/x/f/b%20c?d", [("X", "1")])


def test_functions_by_name_and_qualifier() -> None:
    made = invocation_request("list:live", {"a": 1}, "eu-west-1")
    assert made.url == "https://lambda.eu-west-1.amazonaws.com/2015-03-31/functions/list/invocations?Qualifier=live"
    assert (made.method, json.loads(made.body)) == ("POST", {"a": 1})
    local = invocation_request("a/b", None, "x", url="http://here:9001/")
    assert local.url == "http://here:9001/2015-03-31/functions/a%2Fb/invocations"
    with pytest.raises(vtl.BackendError, match="no JSON"):
        invocation_request("f", {1, 2}, "x")


def test_results_failures_and_refusals() -> None:
    assert invocation_result(HttpResponse(200, body=b'{"a": 1}')) == {"a": 1}
    assert invocation_result(HttpResponse(200)) is None
    failed = HttpResponse(200, [("x-amz-function-error", "Unhandled")], b'{"errorMessage": "no"}')
    with pytest.raises(vtl.FunctionError) as caught:
        invocation_result(failed)
    assert caught.value.payload == {"errorMessage": "no"}
    with pytest.raises(vtl.BackendError, match="not found: f"):
        invocation_result(HttpResponse(404, body=b'{"Message": "not found: f"}'))
    with pytest.raises(vtl.BackendError, match="502"):
        invocation_result(HttpResponse(502))
    with pytest.raises(vtl.BackendError, match="no JSON"):
        invocation_result(HttpResponse(200, body=b"<html>"))
