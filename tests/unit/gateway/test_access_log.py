"""The access log's line."""

from __future__ import annotations

from tests.unit.gateway.apis import Remembering, function, gateway_of, http, method, mock, one
from vtl.errors import BackendError
from vtl.gateway import Watch
from vtl.gateway.access_log import access_log_line
from vtl.mapping.failures import GatewayFailure
from vtl.messages import HttpRequest, HttpResponse

FORMAT = (
    '$context.httpMethod $context.resourcePath ${context.status} "$context.identity.user" $context.responseLength\n'
    "$context.integration.status $context.error.message $other"
)


def _line(path: str, error: Exception | None = None) -> str:
    watch = Watch()
    answer = gateway_of(one(method(http())), Remembering(error=error)).handle(HttpRequest("POST", path), watch=watch)
    return access_log_line(FORMAT, watch, answer, 1.5)


def test_what_is_known_and_what_is_not() -> None:
    assert _line("/a") == 'POST /a 200 "-" 2 200 - $other'
    assert _line("/a", BackendError("x")) == 'POST /a 504 "-" 56 - Network error communicating with endpoint $other'
    assert _line("/b") == 'POST - 403 "-" 42 - Missing Authentication Token $other'


def test_nothing_was_watched() -> None:
    answer = gateway_of(one(method(http()))).handle(HttpRequest("POST", "/a"))
    assert access_log_line(FORMAT, Watch(), answer, 1) == ""


def test_messages_are_json_and_lines_are_one() -> None:
    watch = Watch()
    answer = gateway_of(one(method(), path="/{id}")).handle(HttpRequest("POST", "/7"), watch=watch)
    watch.failure = GatewayFailure("BAD_REQUEST_BODY", 'a "quoted" one\nand more')
    line = access_log_line("$context.error.messageString\n$context.error.message", watch, answer, 1)
    assert line == '"a \\"quoted\\" one\\nand more" a "quoted" one and more'
    watch.failure = GatewayFailure("AUTHORIZER_FAILURE")
    assert access_log_line("$context.error.messageString $context.error.message", watch, answer, 1) == "null -"


INTEGRATION = (
    "$context.integration.status $context.integrationStatus $context.integration.error $context.integrationErrorMessage"
    " $context.integration.requestId $context.awsEndpointRequestId"
)


def test_integrations_have_old_names_and_new_ones() -> None:
    def line(integration: dict[str, object], backend: Remembering) -> str:
        watch = Watch()
        answer = gateway_of(one(method(integration)), backend).handle(HttpRequest("POST", "/a"), watch=watch)
        return access_log_line(INTEGRATION, watch, answer, 1)

    answered = Remembering(HttpResponse(404, [("x-amzn-RequestId", "r")], b"{}"), result={"statusCode": 404})
    assert line(http(), answered) == "404 404 - - r r"
    assert line(function(), answered) == "404 200 - - - -"
    assert line(http(), Remembering(error=BackendError("gone"))) == "- - gone gone - -"
    assert line(mock(), answered) == "- - - - - -"
