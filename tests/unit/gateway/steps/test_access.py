"""Policies, authorizers, keys: who may call."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.unit.gateway.apis import FUNCTION, Remembering, ask, gateway_of, method, mock, one
from vtl.messages import HttpResponse

AUTHORIZED = mock(
    responseTemplates={"application/json": "$context.authorizer.principalId $context.authorizer.n $context.authorizer.claims.sub"}
)


def _document(kind: str, **settings: Any) -> dict[str, Any]:
    authorizer = {"type": kind, "authorizerUri": FUNCTION, **settings}
    scheme = {"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "custom"}
    if kind == "cognito_user_pools":
        scheme["x-amazon-apigateway-authtype"] = kind
    scheme["x-amazon-apigateway-authorizer"] = authorizer  # type: ignore[assignment]
    return one(method(AUTHORIZED, security=[{"auth": []}]), components={"securitySchemes": {"auth": scheme}})


def _policy(effect: str = "Allow", resource: str = "*", action: str = "execute-api:Invoke") -> dict[str, Any]:
    statement = {"Effect": effect, "Action": action, "Resource": resource}
    return {"principalId": "ada", "policyDocument": {"Statement": [statement]}, "context": {"n": 1}}


def _ask(kind: str, result: Any, *, error: Exception | None = None, token: str | None = "t", **settings: Any) -> HttpResponse:
    backend = Remembering(result=result, error=error)
    headers = [("Authorization", token)] if token else [("X", "y")]
    return ask(gateway_of(_document(kind, **settings), backend), headers=headers)


@pytest.mark.parametrize("kind", ["token", "request"])
def test_an_authorizer_that_allows(kind: str) -> None:
    answer = _ask(kind, _policy())
    assert (answer.status, answer.body) == (200, b"ada 1 ")


@pytest.mark.parametrize(
    ("result", "status"),
    [
        (_policy("Deny"), 403),
        (_policy(resource="arn:aws:execute-api:us-east-1:000000000000:api123/test/POST/a"), 200),
        (_policy(resource="arn:aws:execute-api:*:*:api123/*/P?ST/*"), 200),
        (_policy(resource="arn:aws:execute-api:*:*:api123/*/GET/*"), 403),
        (_policy(resource="arn:aws:execute-api:*:*:api123/*/[PG]OST/a"), 403),
        (_policy(action="execute-api:*"), 200),
        (_policy(action="lambda:Invoke"), 403),
        ({"principalId": "x", "policyDocument": {"Statement": []}}, 403),
        ({"principalId": "x"}, 500),
        ("text", 500),
    ],
)
def test_policies(result: Any, status: int) -> None:
    answer = _ask("token", result)
    assert answer.status == status
    if status == 403:
        assert "Message" in json.loads(answer.body)


def test_credentials_that_are_missing_or_refused() -> None:
    from vtl.errors import BackendError, FunctionError

    assert _ask("token", _policy(), token=None).status == 401
    assert _ask("token", _policy(), token="abc", identityValidationExpression="^x.*").status == 401
    assert _ask("token", _policy(), token="xbc", identityValidationExpression="^x.*").status == 200
    assert _ask("request", _policy(), identitySource="method.request.querystring.q").status == 401
    assert _ask("token", None, error=FunctionError({"errorMessage": "Unauthorized"})).status == 401
    assert _ask("token", None, error=FunctionError({"errorMessage": "other"})).status == 500
    assert _ask("token", None, error=BackendError("down")).status == 500


def _jwt(claims: Any) -> str:
    part = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"Bearer e30.{part}.sig"


def test_claims_of_a_token_are_taken_unverified() -> None:
    assert _ask("cognito_user_pools", None, token=_jwt({"sub": "me"})).body == b"  me"
    for token in ("x", "a.b.c", _jwt([1]), "e30.!!.x"):
        assert _ask("cognito_user_pools", None, token=token).status == 401


def test_functions_of_ones_own_and_none() -> None:
    seen: list[Any] = []

    def own(event: Any) -> Any:
        seen.append(event)
        return _policy()

    document = _document("token")
    gateway = gateway_of(document, authorize=own)
    assert ask(gateway, headers=[("Authorization", "t")]).status == 200
    assert seen[0] == {
        "type": "TOKEN",
        "methodArn": "arn:aws:execute-api:us-east-1:000000000000:api123/test/POST/a",
        "authorizationToken": "t",
    }
    assert ask(gateway_of(document, authorizers={"auth": own}), headers=[("Authorization", "t")]).status == 200
    assert ask(gateway_of(document, authorize=False)).status == 200
    assert gateway_of(_document("cognito_user_pools")).trusts_tokens
    assert not gateway_of(document).trusts_tokens


def _keyed(source: str = "HEADER") -> dict[str, Any]:
    scheme = {"type": "apiKey", "name": "x-api-key", "in": "header"}
    operation = method(mock(responseTemplates={"application/json": "$context.identity.apiKeyId"}), security=[{"key": []}])
    return one(operation, components={"securitySchemes": {"key": scheme}}, **{"x-amazon-apigateway-api-key-source": source})


@pytest.mark.parametrize(("sent", "status"), [("good", 200), ("bad", 403), (None, 403)])
def test_api_keys(sent: str | None, status: int) -> None:
    headers = [("X-API-Key", sent)] if sent else [("X", "y")]
    answer = ask(gateway_of(_keyed(), api_keys={"good": "id1"}), headers=headers)
    assert (answer.status, answer.body) == (status, b"id1" if status == 200 else b'{"message":"Forbidden"}')


def test_without_keys_everybody_passes_and_a_key_may_come_from_the_authorizer() -> None:
    assert ask(gateway_of(_keyed())).status == 200
    assert ask(gateway_of(_keyed("AUTHORIZER"), api_keys={"good": "id1"}), headers=[("x-api-key", "good")]).status == 403


def test_the_resource_policy_is_asked_with_the_context() -> None:
    document = one(method())
    assert ask(gateway_of(document, policy=lambda context: context["httpMethod"] == "POST")).status == 200
    assert ask(gateway_of(document, policy=lambda context: False)).status == 403


@pytest.mark.parametrize(
    ("raised", "status"), [(Exception("Unauthorized"), 401), (ValueError("Unauthorized"), 401), (KeyError("x"), 500)]
)
def test_authorizers_of_ones_own_may_raise_as_lambdas_do(raised: Exception, status: int) -> None:
    def own(event: Any) -> Any:
        raise raised

    answer = ask(gateway_of(_document("token"), authorize=own), headers=[("Authorization", "t")])
    assert answer.status == status
    names = {401: "UnauthorizedException", 500: "AuthorizerFailureException"}
    assert dict(answer.headers)["x-amzn-ErrorType"] == names[status]
    assert answer.body == {401: b'{"message":"Unauthorized"}', 500: b'{"message":null}'}[status]


@pytest.mark.parametrize("result", [None, 5, "allow", [], {"policyDocument": {}}, {"policyDocument": {"Statement": 5}}])
def test_results_of_no_shape_do_not_let_anybody_pass(result: Any) -> None:
    assert ask(gateway_of(_document("request"), authorize=lambda event: result)).status in (403, 500)
    assert _ask("request", result).status in (403, 500)


def test_an_authorizer_that_the_document_lacks_lets_nobody_pass() -> None:
    from vtl.gateway import Gateway
    from vtl.model import Integration, Method, Resource, RestApi

    method_of = Method("POST", "CUSTOM", "gone", integration=Integration("MOCK"))
    gateway = Gateway(RestApi("t", resources=(Resource("/a", (method_of,)),)))
    answer = ask(gateway)
    assert (answer.status, answer.body) == (500, b'{"message":null}')
    assert dict(answer.headers)["x-amzn-ErrorType"] == "AuthorizerConfigurationException"


def test_iam_is_not_checked() -> None:
    from vtl.gateway import Gateway
    from vtl.model import Integration, IntegrationResponse, Method, Resource, RestApi

    integration = Integration("MOCK", responses=(IntegrationResponse("200"),))
    api = RestApi("t", resources=(Resource("/a", (Method("POST", "AWS_IAM", integration=integration),)),))
    assert ask(Gateway(api)).status == 200


def test_scopes_of_a_user_pool() -> None:
    document = _document("cognito_user_pools")
    document["paths"]["/a"]["post"]["security"] = [{"auth": ["read", "write"]}]
    gateway = gateway_of(document)
    for scope, status in (("read other", 200), ("other", 401), ("", 401)):
        assert ask(gateway, headers=[("Authorization", _jwt({"scope": scope}))]).status == status


def test_the_authorizer_may_be_named_by_a_stage_variable() -> None:
    backend = Remembering(result=_policy())
    document = _document("token", authorizerUri=FUNCTION.replace(":fn/", ":${stageVariables.auth}/"))
    ask(gateway_of(document, backend, stage_variables={"auth": "checker"}), headers=[("Authorization", "t")])
    assert backend.names == ["checker"]


def test_what_the_authorizer_says_reaches_functions_and_mappings() -> None:
    from tests.unit.gateway.apis import function, http

    seen = Remembering(result={})
    document = _document("token")
    operation = document["paths"]["/a"]["post"]
    operation["x-amazon-apigateway-integration"] = function()
    ask(gateway_of(document, seen, authorize=lambda event: _policy()), headers=[("Authorization", "t")])
    assert seen.events[0]["requestContext"]["authorizer"] == {"n": "1", "principalId": "ada"}
    mapping = {"integration.request.header.X-Who": "context.authorizer.principalId"}
    operation["x-amazon-apigateway-integration"] = http(requestParameters=mapping)
    ask(gateway_of(document, seen, authorize=lambda event: _policy()), headers=[("Authorization", "t")])
    assert dict(seen.requests[0].headers)["X-Who"] == "ada"


@pytest.mark.parametrize(("key", "status"), [("good", 200), ("bad", 403), (None, 403), (["good"], 403), ({}, 403)])
def test_the_key_of_an_authorizer(key: Any, status: int) -> None:
    document = _document("token")
    document["components"]["securitySchemes"]["key"] = {"type": "apiKey", "name": "x-api-key", "in": "header"}
    document["paths"]["/a"]["post"]["security"] = [{"auth": [], "key": []}]
    document["x-amazon-apigateway-api-key-source"] = "AUTHORIZER"
    result = {**_policy(), "usageIdentifierKey": key}
    gateway = gateway_of(document, authorize=lambda event: result, api_keys={"good": "id1"})
    answer = ask(gateway, headers=[("Authorization", "t"), ("x-api-key", "good")])
    assert answer.status == status
    if status == 403:
        assert dict(answer.headers)["x-amzn-ErrorType"] == "ForbiddenException"


def test_a_policy_that_raises_lets_nobody_pass() -> None:
    def policy(context: Any) -> bool:
        raise KeyError("x")

    answer = ask(gateway_of(one(method()), policy=policy))
    assert (answer.status, answer.body) == (500, b'{"message": "Internal server error"}')


def test_a_policy_is_asked_before_the_authorizer() -> None:
    asked: list[Any] = []
    gateway = gateway_of(_document("token"), policy=lambda context: False, authorize=asked.append)  # type: ignore[arg-type, return-value]
    answer = ask(gateway, headers=[("Authorization", "t")])
    assert (answer.status, asked) == (403, [])
    assert dict(answer.headers)["x-amzn-ErrorType"] == "AccessDeniedException"
