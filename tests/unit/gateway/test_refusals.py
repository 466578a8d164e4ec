"""What API Gateway says to integrations that it does not take. The messages are recorded, the URIs beside them are ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.gateway.apis import FUNCTION, api_of, gateway_of, http, method, one
from vtl.gateway import Gateway
from vtl.gateway.refusals import refusals
from vtl.loaders.loading import load
from vtl.model import Integration, RestApi

METHOD = "Enumeration value for HttpMethod must be non-empty"
ADDRESS = "Invalid HTTP endpoint specified for URI"
RESOURCE = "Invalid ARN specified in the request"
PLACE = "AWS ARN for integration must contain path or action"
PROXY = "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations."
APIGATEWAY = "arn:aws:apigateway:us-east-1"


@pytest.mark.parametrize(
    ("integration", "message"),
    [
        (Integration("HTTP", "http://example.com"), METHOD),
        (Integration("HTTP_PROXY", "http://example.com"), METHOD),
        (Integration("AWS_PROXY", FUNCTION), METHOD),
        (Integration("HTTP", "non-valid-http", "POST"), ADDRESS),
        (Integration("HTTP_PROXY", "ftp://example.com", "POST"), ADDRESS),
        (Integration("HTTP_PROXY", "http://example.com", "POST"), None),
        (Integration("HTTP", "https://example.com/{x}", "ANY"), None),
        (Integration("AWS_PROXY", f"{APIGATEWAY}:s3:path/b/k", "POST", "arn:aws:iam::111111111111:role/r"), PROXY),
        (Integration("AWS_PROXY", FUNCTION.replace("lambda:path", "firehose:path"), "POST"), PROXY),
        (Integration("AWS_PROXY", f"{APIGATEWAY}:firehose:action/PutRecord", "POST"), None),
        (Integration("AWS_PROXY", "bad-" + FUNCTION, "POST"), RESOURCE),
        (Integration("AWS_PROXY", FUNCTION, "POST"), None),
        (Integration("AWS_PROXY", FUNCTION.replace("arn:aws:", "arn:aws-cn:"), "POST"), None),
        (Integration("AWS", "arn:aws:iam::0000000000:role/service-role/asdf", "POST"), PLACE),
        (Integration("AWS", f"{APIGATEWAY}:sqs:path/1/queue", "POST"), None),
        (Integration("AWS", f"{APIGATEWAY}:dynamodb:action/Query", "POST"), None),
        (Integration("aws", "https://example.com", "POST"), RESOURCE),
        (Integration("MOCK"), None),
        (Integration(""), "it has no type"),
        (Integration("${Kind}"), None),
        (Integration("MOCKED"), "there is no type 'MOCKED'"),
    ],
)
def test_messages(integration: Integration, message: str | None) -> None:
    assert [each.message for each in refusals(integration)] == ([] if message is None else [message])


@pytest.mark.parametrize("uri", ["${stageVariables.url}", "${url}/x", "{conf-address}"])
@pytest.mark.parametrize("kind", ["HTTP", "AWS", "AWS_PROXY"])
def test_a_uri_that_is_not_known_yet_is_taken(kind: str, uri: str) -> None:
    assert list(refusals(Integration(kind, uri, "POST"))) == []


def test_each_is_a_problem_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "api.yaml"
    file.write_text(
        "openapi: 3.0.1\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get:\n      x-amazon-apigateway-integration:\n"
        "        type: http\n        uri: http://example.com\n    put:\n      x-amazon-apigateway-integration:\n"
        "        {type: aws, httpMethod: POST, uri: 'arn:aws:s3:::bucket'}\n"
    )
    (api,) = load(str(file)).apis
    assert isinstance(api, RestApi)
    problems = Gateway(api).problems()
    assert [(each.line, each.message.partition(": ")[2]) for each in problems] == [(7, METHOD), (11, PLACE)]


def test_an_api_without_a_file_tells_them_too() -> None:
    (problem,) = gateway_of(one(method({**http(), "httpMethod": ""}))).problems()
    assert METHOD in problem.message


def test_a_loaders_word_for_a_service_is_no_problem(tmp_path: Path) -> None:
    (tmp_path / "serverless.yml").write_text(
        "service: s\nprovider: {name: aws}\ncustom:\n  apiGatewayServiceProxies:\n"
        "    - sns: {path: /a, method: post, topicName: t}\n"
    )
    (api,) = load(str(tmp_path)).apis
    assert isinstance(api, RestApi)
    assert api.resources[0].methods[0].integration is not None
    assert Gateway(api).problems() == []
    assert Gateway(api_of(one(method()))).problems() == []


def test_all_of_them_are_told_at_once_with_hints() -> None:
    first, second = refusals(Integration("HTTP", "nowhere"))
    assert (first.message, second.message) == (METHOD, ADDRESS)
    assert (first.hint, second.hint) == (
        "httpMethod is the method of the request to the backend; functions take POST alone",
        "https://host/path",
    )
    (unknown,) = refusals(Integration("MOCKED"))
    assert unknown.hint == "type is one of MOCK, HTTP, HTTP_PROXY, AWS, AWS_PROXY"


def test_a_pattern_that_is_no_regular_expression_is_a_problem() -> None:
    (problem,) = gateway_of(one(method(http(responses={"5[": {"statusCode": "500"}})))).problems()
    assert "the selection pattern '5[' is no regular expression" in problem.message
