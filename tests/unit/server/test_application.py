"""The application: requests to gateways, health, websockets, the life of the server."""

from __future__ import annotations

import json

from tests.unit.server.fakes import FakeGateway, scope_of, talk
from vtl.messages import HttpResponse
from vtl.server.application import HEALTH, Application
from vtl.server.lines import RequestLine
from vtl.server.mounts import Mount, Mounts
from vtl.server.origins import read_origins


def _application(gateway: FakeGateway, **more: object) -> Application:
    return Application(Mounts([Mount("pets", "dev", gateway)]), **more)  # type: ignore[arg-type]


def test_a_request_goes_to_the_gateway_and_its_answer_back() -> None:
    lines: list[RequestLine] = []
    sent = talk(_application(FakeGateway(), log=lambda line, _watch, _response: lines.append(line)), scope_of("POST", "/dev/a"))
    assert [event["type"] for event in sent] == ["http.response.start", "http.response.body"]
    assert sent[1]["body"] == b"POST /a"
    assert [(each.method, each.path, each.status) for each in lines] == [("POST", "/dev/a", 200)]
    assert lines[0].ms >= 0


def test_head_has_a_length_and_no_body() -> None:
    sent = talk(_application(FakeGateway()), scope_of("HEAD", "/a"))
    assert (b"content-length", b"7") in sent[0]["headers"]
    assert sent[1]["body"] == b""


def test_a_client_that_went_away_reaches_no_gateway() -> None:
    gateway = FakeGateway()
    assert talk(_application(gateway), scope_of(), {"type": "http.disconnect"}) == []
    assert gateway.requests == []


def test_origins_are_changed_on_both_ways() -> None:
    gateway = FakeGateway(lambda request: HttpResponse(200, [("Access-Control-Allow-Origin", dict(request.headers)["Origin"])]))
    application = _application(gateway, origins=read_origins(["http://localhost:1=https://real"]))
    sent = talk(application, scope_of(headers=[("Origin", "http://localhost:1")]))
    assert dict(gateway.requests[0].headers)["Origin"] == "https://real"
    assert (b"Access-Control-Allow-Origin", b"http://localhost:1") in sent[0]["headers"]


def test_health_tells_of_problems() -> None:
    application = _application(FakeGateway())
    assert json.loads(talk(application, scope_of(target=HEALTH))[1]["body"]) == {
        "status": "ok",
        "apis": [{"name": "pets", "stage": "dev"}],
        "problems": [],
    }
    application.problems = ["api.yaml:3:1: error: not YAML"]
    told = json.loads(talk(application, scope_of(target=HEALTH))[1]["body"])
    assert (told["status"], told["problems"]) == ("stale", ["api.yaml:3:1: error: not YAML"])


def test_a_websocket_is_refused() -> None:
    sent = talk(_application(FakeGateway()), {"type": "websocket"}, {"type": "websocket.connect"})
    assert sent == [{"type": "websocket.close", "code": 1000}]


def test_the_life_of_a_server() -> None:
    events = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    sent = talk(_application(FakeGateway()), {"type": "lifespan"}, *events)
    assert [event["type"] for event in sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
