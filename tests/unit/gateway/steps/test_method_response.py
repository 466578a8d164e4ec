"""The last step adds the trace id where AWS does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.gateway.apis import FUNCTION, Remembering, ask, function, gateway_of, http, method, mock, one
from vtl.messages import header

TRACE = "Root=1-a-b;Parent=c;Sampled=1"


@pytest.mark.parametrize(
    ("integration", "traced"),
    [
        (mock(), False),
        (http(), True),
        (http(kind="http_proxy"), False),
        (function(), True),
        (function("aws"), True),
        ({**http("arn:aws:apigateway:us-east-1:sqs:path/1/q"), "type": "aws"}, True),
    ],
)
def test_who_is_traced(integration: dict[str, Any], traced: bool) -> None:
    answer = ask(gateway_of(one(method(integration)), Remembering(result={})), headers=[("X-Amzn-Trace-Id", TRACE)])
    assert answer.status == 200
    assert header(answer.headers, "X-Amzn-Trace-Id") == (TRACE if traced else None)


def test_the_backend_gets_the_same() -> None:
    backend = Remembering(result={})
    for integration in (http(), http(kind="http_proxy"), function()):
        ask(gateway_of(one(method(integration)), backend), headers=[("X-Amzn-Trace-Id", TRACE)])
    assert [header(each.headers, "X-Amzn-Trace-Id") for each in backend.requests] == [TRACE, TRACE]
    assert backend.events[0]["headers"]["X-Amzn-Trace-Id"] == TRACE
    assert FUNCTION.endswith(":fn/invocations")
