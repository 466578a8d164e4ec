"""Every request of tests/corpus/gateway is answered as its file says, by both drivers."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.corpus.gateway_files import Chapter, answer_of, chapter_files, digest, pairs, provenance, read_chapter, request_of
from vtl.errors import BackendError, BackendTimeout, FunctionError
from vtl.gateway import Gateway
from vtl.loaders.loading import load
from vtl.messages import HttpRequest, HttpResponse, header_values
from vtl.model import RestApi

CHAPTERS = [read_chapter(path) for path in chapter_files()]
_ERRORS = {"unreachable": BackendError("no route"), "timeout": BackendTimeout("no answer")}


@dataclass
class Backend:
    """Plays the backend of a case, and keeps what reached it."""

    case: Mapping[str, Any]
    request: HttpRequest | None = None
    event: Any = None
    function: str = ""
    _given: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self._given = self.case.get("backend", {})

    def answer(self, request: HttpRequest) -> HttpResponse:
        """For requests."""
        self.request = request
        self._fail()
        return answer_of(self.case)

    def result(self, name: str, event: object) -> Any:
        """For functions."""
        self.function, self.event = name, event
        self._fail()
        if "failed" in self._given:
            raise FunctionError(self._given["failed"])
        return self._given.get("result")

    def _fail(self) -> None:
        if "error" in self._given:
            raise _ERRORS[self._given["error"]]


def _all() -> Iterator[Any]:
    for chapter in CHAPTERS:
        for case in chapter.cases:
            yield pytest.param(chapter, case, id=f"{chapter.name}-{case['name']}")


def _gateway(chapter: Chapter, backend: Backend) -> Gateway:
    (api,) = load({"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, **chapter.api}).apis
    assert isinstance(api, RestApi)
    backends = {"http": backend.answer, "aws": backend.answer, "lambda": backend.result}
    return Gateway(api, stage=chapter.stage, stage_variables=chapter.variables, backends=backends, api_id="api123")


def _check_headers(expected: Mapping[str, Any], headers: Any) -> None:
    for name, value in expected.items():
        wanted = [] if value is None else [text for _, text in pairs({name: value})]
        assert header_values(headers, name) == wanted, name


def _check_message(expected: Mapping[str, Any], headers: Any, body: bytes) -> None:
    _check_headers(expected.get("headers", {}), headers)
    if "body" in expected:
        assert body.decode() == expected["body"]
    if "base64" in expected:
        assert body == base64.b64decode(expected["base64"])
    if "json" in expected:
        assert json.loads(body) == expected["json"]


def _check(case: Mapping[str, Any], response: HttpResponse, backend: Backend) -> None:
    expected = case["answer"]
    assert (response.status, response.body[:200]) == (expected["status"], response.body[:200])
    _check_message(expected, response.headers, response.body)
    if "sent" in case:
        wanted, request = case["sent"], backend.request
        assert (request is None) is (wanted is None)
        if request is not None:
            assert {name: getattr(request, name) for name in ("method", "url") if name in wanted} == {
                name: wanted[name] for name in ("method", "url") if name in wanted
            }
            _check_message(wanted, request.headers, request.body)
    if "event" in case:
        assert {name: backend.event[name] for name in case["event"]} == case["event"]
    if "function" in case:
        assert backend.function == (case["function"] or "")


@pytest.mark.parametrize(("chapter", "case"), list(_all()))
def test_a_request_is_answered_as_its_file_says(chapter: Chapter, case: Mapping[str, Any]) -> None:
    backend = Backend(case)
    _check(case, _gateway(chapter, backend).handle(request_of(case)), backend)
    awaited = Backend(case)
    _check(case, asyncio.run(_gateway(chapter, awaited).handle_async(request_of(case))), awaited)


def test_every_template_of_the_corpus_compiles() -> None:
    assert [problem for chapter in CHAPTERS for problem in _gateway(chapter, Backend({})).problems()] == []


def test_every_file_and_every_case_has_its_provenance() -> None:
    known = provenance()
    assert known["files"] == {path.name: digest(path) for path in chapter_files()}
    assert {case["source"] for chapter in CHAPTERS for case in chapter.cases} <= known["sources"].keys()


def test_names_are_told_apart_and_there_are_enough() -> None:
    names = [(chapter.name, case["name"]) for chapter in CHAPTERS for case in chapter.cases]
    assert len(names) == len(set(names)) >= 105
    keys = {"name", "source", "request", "backend", "answer", "sent", "event", "function"}
    assert all(case.keys() <= keys for chapter in CHAPTERS for case in chapter.cases)
