"""`x-vtl-transform` in its place: behind the request template, before the response template."""

from __future__ import annotations

import json
from pathlib import Path

from tests.unit.gateway.apis import Remembering, ask, gateway_of, http, method, one
from vtl.gateway import Gateway
from vtl.loaders.loading import load
from vtl.messages import HttpResponse

SETTINGS = {"request": "json2xml", "response": "xml2json"}
XML = HttpResponse(200, [("Content-Type", "application/xml")], b"<r><n>5</n></r>")


def test_templates_see_json_and_the_backend_xml() -> None:
    integration = http(
        requestTemplates={"application/json": '{"order": {"id": $input.json("$.id")}}'},
        responses={"default": {"statusCode": "200", "responseTemplates": {"application/json": "n is $input.path('$.r.n')"}}},
        **{"x-vtl-transform": SETTINGS},
    )
    backend = Remembering(XML)
    answer = ask(gateway_of(one(method(integration)), backend), body=b'{"id": 7}')
    (request,) = backend.requests
    assert (request.body, answer.body) == (b"<order><id>7</id></order>", b"n is 5")
    headers = {name.lower(): value for name, value in request.headers}
    assert headers["content-type"].startswith("application/xml")
    assert headers["content-length"] == str(len(request.body))


def test_what_is_refused_never_reaches_the_backend() -> None:
    integration = http(
        responses={"default": {"statusCode": "200"}, "400": {"statusCode": "400"}}, **{"x-vtl-transform": SETTINGS}
    )
    backend = Remembering(XML)
    answer = ask(gateway_of(one(method(integration)), backend), body=b'{"a b": 1}')
    assert (answer.status, backend.requests) == (400, [])
    assert "no name in XML" in json.loads(answer.body)["fault"]["message"]


def test_settings_that_mean_nothing_are_known_beforehand_and_a_500_later() -> None:
    gateway = gateway_of(one(method(http(**{"x-vtl-transform": {"request": "nonsense"}}))))
    (problem,) = gateway.problems()
    assert "nonsense" in problem.message
    assert problem.line > 0
    assert ask(gateway).status == 500


def test_a_wsdl_lies_beside_the_document() -> None:
    sample = Path(__file__).parents[4] / "samples/soap-bridge/openapi.yaml"
    (api,) = load(sample).apis
    gateway = Gateway(api)  # type: ignore[arg-type]
    assert gateway.problems() == []
