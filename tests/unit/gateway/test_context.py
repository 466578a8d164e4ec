"""$context of a request, in the recorded order."""

from __future__ import annotations

from typing import Any

from tests.unit.gateway.apis import Remembering, ask, gateway_of, http, method, mock, ok, one
from tests.unit.gateway.test_services import CountedIds
from vtl.messages import HttpRequest

KEYS = (
    "resourceId resourcePath httpMethod extendedRequestId requestTime path accountId protocol requestOverride stage domainPrefix"
    " requestTimeEpoch requestId identity domainName deploymentId responseOverride apiId"
)
IDENTITY = (
    "cognitoIdentityPoolId accountId cognitoIdentityId caller sourceIp principalOrgId accessKey cognitoAuthenticationType"
    " cognitoAuthenticationProvider userArn userAgent user"
)


def _rendered(template: str, path: str = "/pets/{id}", **settings: Any) -> str:
    gateway = gateway_of(one(method(mock(responseTemplates={"application/json": template})), path=path), **settings)
    request = HttpRequest("POST", "//pets/7/", [("User-Agent", "curl"), ("Host", "me.test:80")], source_ip="1.2.3.4")
    return gateway.handle(request).body.decode()


def test_the_order_of_the_keys() -> None:
    assert _rendered("#foreach($k in $context.keySet())$k #end").split() == KEYS.split()
    assert _rendered("#foreach($k in $context.identity.keySet())$k #end").split() == IDENTITY.split()


def test_the_values() -> None:
    settings = {"stage": "dev", "account_id": "42", "ids": CountedIds(), "clock": lambda: 1_700_000_000.5}
    names = [
        *("resourcePath", "httpMethod", "extendedRequestId", "requestTime", "path", "accountId", "protocol", "stage"),
        *("domainPrefix", "requestTimeEpoch", "requestId", "identity.sourceIp", "identity.userAgent", "domainName", "apiId"),
    ]
    assert _rendered("|".join(f"$context.{name}" for name in names), **settings).split("|") == [
        "/pets/{id}",
        "POST",
        "extended",
        "14/Nov/2023:22:13:20 +0000",
        "/dev//pets/7/",
        "42",
        "HTTP/1.1",
        "dev",
        "me",
        "1700000000500",
        "request",
        "1.2.3.4",
        "curl",
        "me.test:80",
        "api123",
    ]


def test_nulls_and_maps_print_nothing() -> None:
    assert (
        _rendered("[$!context.identity.get('caller')][$context.get('identity')][$context.requestOverride.get('path')]")
        == "[][][]"
    )
    assert _rendered("#foreach($k in $context.authorizer.keySet())$k#end.") == "."


def test_values_that_the_request_template_leaves_print_as_they_did() -> None:
    kept = "#set($context.requestOverride.path.m = {'a': [1, {'b': 2}]})#set($context.own = $input.path('$'))"
    whole = "#set($context.requestOverride = {'header': {'h': 1}})"
    shown = "$context.requestOverride.path.m $context.own.l $context.own [$context.requestOverride][$context.identity]"
    backend = Remembering()
    templates = {"responseTemplates": {"application/json": shown}}
    echo = http(requestTemplates={"application/json": kept + shown}, responses={"default": ok(**templates)})
    answer = ask(gateway_of(one(method(echo)), backend), body=b'{"l": [{"c": 1.50}]}')
    assert answer.body == backend.requests[0].body == b'{a=[1, {b=2}]} [{"c":1.5}] {l=[{"c":1.5}]} [][]'
    templates = {"application/json": "$context.requestOverride.header.h $context.requestOverride.path.x."}
    gateway = gateway_of(one(method(mock(whole + '{"statusCode": 200}', responseTemplates=templates))))
    assert ask(gateway).body == b"1 ."


def test_ids_of_resources_and_deployments_do_not_change() -> None:
    first, second = _rendered("$context.resourceId $context.deploymentId"), _rendered("$context.resourceId $context.deploymentId")
    assert first == second
    assert [len(word) for word in first.split()] == [6, 6]


def test_without_a_host_the_domain_is_the_apis_own() -> None:
    template = "$context.domainName $context.domainPrefix $context.identity.sourceIp"
    gateway = gateway_of(one(method(mock(responseTemplates={"application/json": template}))), region="eu-west-1")
    assert ask(gateway).body == b"api123.execute-api.eu-west-1.amazonaws.com api123 127.0.0.1"


def test_a_test_invocation_says_so() -> None:
    template = "$context.stage $context.path $context.identity.sourceIp $context.identity.accountId $context.identity.userAgent"
    gateway = gateway_of(one(method(mock(responseTemplates={"application/json": template})), path="/pets/{id}"), account_id="42")
    body = gateway.test_invoke("/pets/{id}", "POST", "/pets/7").body
    assert body == "test-invoke-stage /pets/{id} test-invoke-source-ip 42 vtl"
