"""The parts of an export that both versions of OpenAPI share."""

from __future__ import annotations

from vtl.loaders.openapi_export_parts import authorizer_scheme, gateway_responses, integration, plain, rewritten
from vtl.model import Authorizer, GatewayResponse, Integration, IntegrationResponse


def test_plain_leaves_nothing_but_what_json_has() -> None:
    class Word(str):
        __slots__ = ()

    found = plain({Word("a"): (Word("b"), 1, None, {"c": Word("d")})})
    assert found == {"a": ["b", 1, None, {"c": "d"}]}
    assert type(found["a"][0]) is str
    assert type(next(iter(found))) is str


def test_an_integration_without_its_defaults() -> None:
    found = integration(Integration("MOCK", passthrough_behavior="NEVER", connection_type="INTERNET", timeout_in_millis=29000))
    assert found == {"type": "mock", "passthroughBehavior": "never"}


def test_an_integration_with_all_that_it_sets() -> None:
    response = IntegrationResponse("400", "4..", {"a": "b"}, {"text/plain": "x"}, "CONVERT_TO_TEXT")
    found = integration(
        Integration(
            "HTTP",
            "https://x.example",
            "GET",
            cache_namespace="n",
            cache_key_parameters=("method.request.path.a",),
            connection_type="VPC_LINK",
            connection_id="v",
            content_handling="CONVERT_TO_BINARY",
            timeout_in_millis=500,
            insecure_skip_verification=True,
            responses=(response,),
        )
    )
    assert found["responses"] == {
        "4..": {
            "statusCode": "400",
            "responseParameters": {"a": "b"},
            "responseTemplates": {"text/plain": "x"},
            "contentHandling": "CONVERT_TO_TEXT",
        }
    }
    assert {name: found[name] for name in ("connectionType", "connectionId", "timeoutInMillis", "tlsConfig")} == {
        "connectionType": "VPC_LINK",
        "connectionId": "v",
        "timeoutInMillis": 500,
        "tlsConfig": {"insecureSkipVerification": True},
    }


def test_a_status_that_is_no_number_stays_as_it_is() -> None:
    assert gateway_responses([GatewayResponse("THROTTLED", "${code}")]) == {"THROTTLED": {"statusCode": "${code}"}}


def test_a_request_authorizer_names_no_header() -> None:
    source = ("method.request.header.A", "method.request.querystring.b")
    found = authorizer_scheme(Authorizer("x", "REQUEST", "arn", identity_source=source), whole=True)
    assert found["name"] == "Unused"
    assert found["x-amazon-apigateway-authorizer"] == {
        "authorizerUri": "arn",
        "identitySource": "method.request.header.A, method.request.querystring.b",
        "type": "request",
    }


def test_a_user_pool_has_its_own_word() -> None:
    found = authorizer_scheme(Authorizer("x", "COGNITO_USER_POOLS", provider_arns=("arn:pool",)), whole=True)
    assert found["x-amazon-apigateway-authtype"] == "cognito_user_pools"
    assert found["x-amazon-apigateway-authorizer"] == {"providerARNs": ["arn:pool"], "type": "cognito_user_pools"}


def test_a_reference_to_something_else_stays() -> None:
    assert rewritten({"items": [{"$ref": "https://elsewhere.example/x"}]}, {"Pet": "#/y"}) == {
        "items": [{"$ref": "https://elsewhere.example/x"}]
    }
