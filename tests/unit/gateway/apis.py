"""Small APIs for the tests of the gateway, and backends that remember what reached them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vtl.errors import FunctionError
from vtl.gateway import Gateway
from vtl.loaders.loading import load
from vtl.messages import HttpRequest, HttpResponse
from vtl.model import RestApi

FUNCTION = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:1:function:fn/invocations"


def api_of(document: Mapping[str, Any]) -> RestApi:
    """The API of an OpenAPI document."""
    (api,) = load({"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, **document}).apis
    assert isinstance(api, RestApi)
    return api


def method(integration: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """An operation with an integration; a MOCK that answers 200 without one."""
    mock = {"type": "mock", "requestTemplates": {"application/json": '{"statusCode": 200}'}, "responses": {"default": ok()}}
    return {"responses": {"200": {"description": "ok"}}, "x-amazon-apigateway-integration": {**(integration or mock)}, **more}


def ok(**more: Any) -> dict[str, Any]:
    """The default integration response."""
    return {"statusCode": "200", **more}


def mock(template: str = '{"statusCode": 200}', **response: Any) -> dict[str, Any]:
    """A MOCK integration."""
    return {"type": "mock", "requestTemplates": {"application/json": template}, "responses": {"default": ok(**response)}}


def http(uri: str = "https://backend.test/", kind: str = "http", **more: Any) -> dict[str, Any]:
    """An HTTP integration."""
    return {"type": kind, "httpMethod": "POST", "uri": uri, "responses": {"default": ok()}, **more}


def function(kind: str = "aws_proxy", **more: Any) -> dict[str, Any]:
    """An integration with the function fn."""
    return {"type": kind, "httpMethod": "POST", "uri": FUNCTION, "responses": {"default": ok()}, **more}


@dataclass
class Remembering:
    """Backends of all kinds with one answer each, that keep what they were asked."""

    answer: HttpResponse = field(default_factory=lambda: HttpResponse(200, [("Content-Type", "application/json")], b"{}"))
    result: object = None
    error: Exception | None = None
    requests: list[HttpRequest] = field(default_factory=list)
    events: list[Any] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def http(self, request: HttpRequest) -> HttpResponse:
        self.requests.append(request)
        if self.error is not None:
            raise self.error
        return self.answer

    def function(self, name: str, event: object) -> object:
        self.names.append(name)
        self.events.append(event)
        if self.error is not None:
            raise self.error
        return self.result

    @property
    def all(self) -> dict[str, Any]:
        return {"http": self.http, "aws": self.http, "lambda": self.function}


def gateway_of(document: Mapping[str, Any], backend: Remembering | None = None, **settings: Any) -> Gateway:
    """A gateway for a document."""
    settings.setdefault("api_id", "api123")
    return Gateway(api_of(document), backends=(backend or Remembering()).all, **settings)


def one(operation: Mapping[str, Any], verb: str = "post", path: str = "/a", **more: Any) -> dict[str, Any]:
    """A document with one method."""
    return {"paths": {path: {verb: dict(operation)}}, **more}


def ask(gateway: Gateway, path: str = "/a", verb: str = "POST", body: bytes = b"", **more: Any) -> HttpResponse:
    """The answer to a request."""
    headers = list(more.pop("headers", ())) or [("Content-Type", "application/json")]
    return gateway.handle(HttpRequest(verb, path, headers, body=body, **more))


FAILED = FunctionError({"errorMessage": "no", "errorType": "Error"})
