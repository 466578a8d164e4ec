"""What URIs of integrations mean."""

from __future__ import annotations

import pytest

from vtl.gateway.endpoints import ADDRESS, FUNCTION, SERVICE, endpoint_of, full_url, function_name, service_url
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
