"""What URIs of integrations mean."""

from __future__ import annotations

import pytest

from vtl.gateway.endpoints import (
    ADDRESS,
    FUNCTION,
    SERVICE,
    endpoint_of,
    full_url,
    function_name,
    path_and_host,
    resolved,
    service_url,
)
from vtl.mapping.failures import GatewayFailure
from vtl.model import Integration

LAMBDA = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{}/invocations"


@pytest.mark.parametrize(
    ("kind", "uri", "expected"),
    [
        ("HTTP", "https://a/functions/x/invocations", ADDRESS),
        ("AWS", LAMBDA.format("arn:aws:lambda:us-east-1:1:function:fn"), FUNCTION),
        ("AWS_PROXY", "arn:aws:lambda:us-east-1:1:function:fn", FUNCTION),
        ("AWS", "arn:aws:apigateway:us-east-1:sqs:path/1/q", SERVICE),
    ],
)
def test_kinds(kind: str, uri: str, expected: str) -> None:
    assert endpoint_of(Integration(type=kind, uri=uri)).kind == expected


@pytest.mark.parametrize(
    ("arn", "name"),
    [
        ("arn:aws:lambda:us-east-1:1:function:fn", "fn"),
        ("arn:aws:lambda:us-east-1:1:function:fn:live", "fn:live"),
        ("fn", "fn"),
    ],
)
def test_names_of_functions(arn: str, name: str) -> None:
    assert function_name(LAMBDA.format(arn)) == name
    assert function_name(arn) == name


@pytest.mark.parametrize("uri", ["", "arn:aws:lambda:us-east-1:1:layer:x", "https://a/b"])
def test_what_names_no_function(uri: str) -> None:
    with pytest.raises(GatewayFailure):
        function_name(uri)


def test_what_is_no_service() -> None:
    with pytest.raises(GatewayFailure):
        service_url("arn:aws:s3:::bucket")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.test", "https://a.test/"),
        ("https://a.test:8443/x y/{z}", "https://a.test:8443/x%20y/%7Bz%7D"),
        ("http://a.test/%2F?q=1", "http://a.test/%2F?q=1&n=v+w"),
    ],
)
def test_urls_are_completed(url: str, expected: str) -> None:
    added = [("n", "v w")] if "n=" in expected else []
    assert full_url(url, added)[0] == expected


@pytest.mark.parametrize(
    "url",
    ["", "x", "https://", "https:///x", "ftp://a/", "https://a b/", "https://a:0/", "https://a:x/", "https://[::1/", "//a/"],
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(GatewayFailure) as caught:
        full_url(url, [])
    assert (caught.value.status, caught.value.reason) == (500, "Invalid endpoint address")


def test_the_query_of_the_url_comes_first() -> None:
    url, query = full_url("https://a.test/?x=1&x=&y#fragment", [("x", "ä&"), ("\ud800", "\udfff")])
    assert query == [("x", "1"), ("x", ""), ("y", ""), ("x", "ä&"), ("\ud800", "\udfff")]
    assert url == "https://a.test/?x=1&x=&y=&x=%C3%A4%26&%3F=%3F"


def test_halves_of_characters_in_a_path() -> None:
    assert full_url("https://a.test/\ud800", [])[0] == "https://a.test/%3F"


def test_paths_and_hosts() -> None:
    assert path_and_host("https://a.test:8443/x/y?z=1") == ("/x/y", "a.test:8443")
    assert path_and_host("https://a.test") == ("/", "a.test")


@pytest.mark.parametrize(
    ("uri", "url"),
    [
        ("arn:aws:apigateway:eu-west-1:s3:path/bucket/key", "https://s3.eu-west-1.amazonaws.com/bucket/key"),
        ("arn:aws:apigateway::iam:action/ListUsers", "https://iam.amazonaws.com/?Action=ListUsers"),
        ("arn:aws-us-gov:apigateway:us-gov-west-1:sns:action/Publish", "https://sns.us-gov-west-1.amazonaws.com/?Action=Publish"),
    ],
)
def test_urls_of_services(uri: str, url: str) -> None:
    assert service_url(uri) == url


def test_variables_of_a_uri() -> None:
    endpoint = endpoint_of(Integration(type="HTTP", uri="https://${stageVariables.h}/{p}/{q}"))
    assert resolved(endpoint, {"p": True}, {"h": "a"}) == "https://a/true/{q}"
