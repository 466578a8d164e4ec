"""Events, identities, policies and claims, each by itself."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.unit.gateway.apis import api_of, method, one
from vtl.gateway import Gateway, authorizers
from vtl.gateway.authorizers import authorizer_event, authorizer_named, check_scopes, claims_of, method_arn, take_result, token_of
from vtl.gateway.invocation import Invocation
from vtl.gateway.steps.routing import routing
from vtl.limits import Limits
from vtl.mapping.failures import GatewayFailure
from vtl.messages import HttpRequest
from vtl.model import Authorizer

ARN = "arn:aws:execute-api:eu-west-1:42:api/dev/GET/pets/a%2Fb"


def _invocation(headers: list[tuple[str, str]] | None = None, query: list[tuple[str, str]] | None = None) -> Invocation:
    gateway = Gateway(
        api_of(one(method(), "get", "/pets/{id}")),
        stage="dev",
        api_id="api",
        account_id="42",
        region="eu-west-1",
        stage_variables={"v": "stage", "blank": ""},
    )
    request = HttpRequest("GET", "/pets/a%2Fb", headers or [], query or [], source_ip="1.2.3.4")
    invocation = Invocation(gateway.deployment, request, "r", "e", 0.0)
    assert list(routing(invocation)) == []
    return invocation


def _failure(call: Any, *arguments: Any) -> tuple[str, int]:
    with pytest.raises(GatewayFailure) as caught:
        call(*arguments)
    return caught.value.response_type, caught.value.status


def test_the_arn_of_a_method() -> None:
    assert method_arn(_invocation()) == ARN


def test_the_event_of_a_token_authorizer() -> None:
    found = Authorizer("a", "TOKEN", identity_source=("method.request.header.X-Token",))
    event = authorizer_event(_invocation([("x-token", "t")]), found)
    assert event == {"type": "TOKEN", "methodArn": ARN, "authorizationToken": "t"}


def test_the_event_of_a_request_authorizer() -> None:
    invocation = _invocation([("H", "1"), ("H", "2"), ("Connection", "close")], [("q", "1"), ("q", "2")])
    event = authorizer_event(invocation, Authorizer("a", "request"))
    assert list(event) == [
        "type",
        "methodArn",
        "resource",
        "path",
        "httpMethod",
        "headers",
        "multiValueHeaders",
        "queryStringParameters",
        "multiValueQueryStringParameters",
        "pathParameters",
        "stageVariables",
        "requestContext",
    ]
    assert (event["type"], event["resource"], event["path"]) == ("REQUEST", "/pets/{id}", "/pets/a%2Fb")
    assert (event["headers"]["H"], event["multiValueHeaders"]["H"]) == ("2", ["1", "2"])
    assert "Connection" not in event["headers"]
    assert (event["queryStringParameters"], event["multiValueQueryStringParameters"]) == ({"q": "2"}, {"q": ["1", "2"]})
    assert event["pathParameters"] == {"id": "a%2Fb"}
    assert event["stageVariables"] == {"v": "stage", "blank": ""}
    assert event["requestContext"]["resourcePath"] == "/pets/{id}"


@pytest.mark.parametrize(
    "source",
    [
        "method.request.header.H",
        "method.request.header.h",
        "method.request.querystring.q",
        "stageVariables.v",
        "context.httpMethod",
        "context.identity.sourceIp",
    ],
)
def test_identity_sources_that_are_there(source: str) -> None:
    event = authorizer_event(_invocation([("H", "x")], [("q", "x")]), Authorizer("a", "REQUEST", identity_source=(source,)))
    assert event["type"] == "REQUEST"


@pytest.mark.parametrize(
    "source",
    [
        "method.request.header.None",
        "method.request.querystring.Q",
        "stageVariables.none",
        "stageVariables.blank",
        "context.none",
        "context.identity.user",
        "context.identity.sourceIp.deeper",
    ],
)
def test_identity_sources_that_are_missing(source: str) -> None:
    sources = ("context.httpMethod", source)
    found = Authorizer("a", "REQUEST", identity_source=sources)
    assert _failure(authorizer_event, _invocation([("H", "x")], [("q", "x")]), found) == ("UNAUTHORIZED", 401)


def test_what_is_no_identity_source_is_the_authors_mistake() -> None:
    found = Authorizer("a", "REQUEST", identity_source=("$request.header.H",))
    assert _failure(authorizer_event, _invocation(), found) == ("AUTHORIZER_CONFIGURATION_ERROR", 500)


def test_tokens() -> None:
    assert token_of(_invocation([("authorization", "t")]), Authorizer("a", "TOKEN")) == "t"
    assert _failure(token_of, _invocation(), Authorizer("a", "TOKEN")) == ("UNAUTHORIZED", 401)
    assert _failure(token_of, _invocation([("Authorization", "")]), Authorizer("a", "TOKEN")) == ("UNAUTHORIZED", 401)


def test_the_validation_expression_is_for_the_whole_token() -> None:
    invocation = _invocation([("Authorization", "tok")])
    assert token_of(invocation, Authorizer("a", "TOKEN", identity_validation_expression="t.k")) == "tok"
    for pattern, status in (("t", 401), ("(", 500)):
        assert _failure(token_of, invocation, Authorizer("a", "TOKEN", identity_validation_expression=pattern))[1] == status


def test_a_validation_expression_without_an_end_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authorizers, "_LIMITS", Limits(regex_seconds=0.05))
    found = Authorizer("a", "TOKEN", identity_validation_expression="(a|aa)+b")
    invocation = _invocation([("Authorization", "a" * 60)])
    assert _failure(token_of, invocation, found) == ("AUTHORIZER_CONFIGURATION_ERROR", 500)


def _jwt(payload: bytes) -> str:
    return f"e30.{base64.urlsafe_b64encode(payload).decode().rstrip('=')}.sig"


def test_claims() -> None:
    claims = {"sub": "me", "ü": ["a", {"b": 1}]}
    for prefix in ("", "Bearer "):
        assert claims_of(prefix + _jwt(json.dumps(claims, ensure_ascii=False).encode())) == claims


@pytest.mark.parametrize(
    "token",
    ["", "a", "a.b", "a.b.c.d", "a.é.c", "a.====.c", _jwt(b"\xff"), _jwt(b"[1]"), _jwt(b"null"), _jwt(b"[" * 100_000)],
    ids=range(10),
)
def test_what_is_no_token(token: str) -> None:
    assert _failure(claims_of, token) == ("UNAUTHORIZED", 401)


def test_scopes_of_a_method_want_one_of_the_tokens() -> None:
    check_scopes({}, ())
    check_scopes({"scope": "a b"}, ("b", "c"))
    for claims in ({}, {"scope": "a"}, {"scope": None}, {"scope": ["b"]}, {"scope": "bc"}):
        assert _failure(check_scopes, claims, ("b", "c")) == ("UNAUTHORIZED", 401)


def _result(*statements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"principalId": "me", "policyDocument": {"Statement": list(statements)}, **more}


def _statement(effect: str = "Allow", action: Any = "execute-api:Invoke", resource: Any = "*") -> dict[str, Any]:
    return {"Effect": effect, "Action": action, "Resource": resource}


@pytest.mark.parametrize(
    "statement",
    [
        _statement(resource=ARN),
        _statement(resource=["arn:other", ARN]),
        _statement(action=["s3:*", "execute-api:*"]),
        _statement(action="*"),
        _statement(action="Execute-API:invoke"),
        _statement(resource="arn:aws:execute-api:eu-west-1:42:api/dev/GET/pets/*"),
        _statement(resource="arn:aws:execute-api:eu-west-1:42:api/*/pets/?%2F?"),
    ],
    ids=range(7),
)
def test_policies_that_allow(statement: dict[str, Any]) -> None:
    assert take_result(_invocation(), _result(statement)) == {"principalId": "me"}
    assert take_result(_invocation(), {"principalId": "me", "policyDocument": {"Statement": statement}})


@pytest.mark.parametrize(
    "statements",
    [
        [],
        [_statement("allow")],
        [_statement(action="execute-api:Invalidate")],
        [_statement(resource=ARN + "/more")],
        [_statement(resource=ARN.replace("api", "[a]pi"))],
        [_statement(resource="arn:aws:execute-api:eu-west-1:42:api/dev/GET/pets/?")],
        [{"Effect": "Allow"}],
        ["text", 5, None],
        [_statement(), _statement("Deny")],
        [_statement("Deny", resource=ARN), _statement()],
    ],
    ids=range(10),
)
def test_policies_that_do_not_allow(statements: list[Any]) -> None:
    with pytest.raises(GatewayFailure) as caught:
        take_result(_invocation(), _result(*statements))
    assert (caught.value.response_type, caught.value.status) == ("ACCESS_DENIED", 403)
    denied = any(isinstance(each, dict) and each.get("Effect") == "Deny" for each in statements)
    assert ("explicit deny" in caught.value.body) is denied


def test_the_context_of_a_result_is_text() -> None:
    given = {"s": "x", "b": True, "n": None, "i": 5, "f": 1.5, "e": 1e21}
    found = take_result(_invocation(), _result(_statement(), context=given, usageIdentifierKey="key"))
    assert found == {
        "s": "x",
        "b": "true",
        "n": None,
        "i": "5",
        "f": "1.5",
        "e": "1.0E21",
        "principalId": "me",
        "usageIdentifierKey": "key",
    }


@pytest.mark.parametrize(
    "result",
    [
        None,
        "text",
        [],
        {"principalId": "me"},
        {"principalId": "me", "policyDocument": "text"},
        {"policyDocument": {"Statement": _statement()}},
        {"principalId": 5, "policyDocument": {"Statement": _statement()}},
        _result(_statement(), context={"o": {}}),
        _result(_statement(), context={"l": [1]}),
    ],
    ids=range(9),
)
def test_results_of_another_shape(result: Any) -> None:
    assert _failure(take_result, _invocation(), result) == ("AUTHORIZER_CONFIGURATION_ERROR", 500)


@pytest.mark.parametrize("statements", [5, "text", None, {"Effect": 1}])
def test_statements_that_are_none_allow_nothing(statements: Any) -> None:
    result = {"principalId": "me", "policyDocument": {"Statement": statements}}
    assert _failure(take_result, _invocation(), result) == ("ACCESS_DENIED", 403)


def test_authorizers_by_name() -> None:
    known = {"a": Authorizer("a", "TOKEN")}
    assert authorizer_named(known, "a") is known["a"]
    for name in ("b", "", None):
        assert _failure(authorizer_named, known, name) == ("AUTHORIZER_CONFIGURATION_ERROR", 500)
