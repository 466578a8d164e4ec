"""Notes belong to the step that was running."""

from __future__ import annotations

from tests.unit.gateway.apis import Remembering, function, gateway_of, http, method, mock, one
from vtl.errors import BackendError
from vtl.gateway.watch import StepNote, Watch
from vtl.messages import HttpRequest


def test_notes_go_to_the_step_that_ends() -> None:
    watch = Watch()
    watch.note("a")
    watch.note("b")
    watch.finish("first", 1.0)
    watch.finish("second", 2.0)
    assert watch.steps == [StepNote("first", 1.0, ("a", "b")), StepNote("second", 2.0)]
    assert watch.notes == []


def test_without_a_request_there_is_no_route() -> None:
    assert Watch().route == ""


def _watched(document: dict[str, object], backend: Remembering | None = None, path: str = "/a") -> Watch:
    watch = Watch()
    gateway_of(document, backend).handle(HttpRequest("POST", path, body=b"{}"), watch=watch)
    return watch


def test_the_step_that_fails_is_the_last_one() -> None:
    watch = _watched(one(method(http())), Remembering(error=BackendError("secret reason")))
    assert [step.step for step in watch.steps][-1] == "integration"
    assert watch.failure is not None
    assert (watch.failure.response_type, watch.failure.reason) == ("INTEGRATION_FAILURE", "secret reason")
    assert watch.error is None


def test_a_request_without_a_route_has_one_step() -> None:
    watch = _watched(one(method()), path="/nowhere")
    assert [step.step for step in watch.steps] == ["routing"]
    assert watch.route == ""
    assert watch.failure is not None
    assert watch.failure.response_type == "MISSING_AUTHENTICATION_TOKEN"


def test_both_templates_are_named_in_their_order() -> None:
    watch = _watched(one(method(mock(responseTemplates={"application/json": "made"}))))
    assert len(watch.templates) == 2
    notes = {step.step: " ".join(step.notes) for step in watch.steps}
    assert watch.templates[0] in notes["integration_request"]
    assert watch.templates[1] in notes["integration_response"]
    assert "to   made" in notes["integration_response"]
    assert "integration response 200 (default)" in notes["integration_response"]


def test_a_function_and_its_route_are_noted() -> None:
    watch = _watched(one(method(function()), path="/{id}"), Remembering(result={}), path="/7")
    notes = {step.step: step.notes for step in watch.steps}
    assert notes["routing"] == ("POST /{id} id=7",)
    assert "function fn" in notes["integration"]
