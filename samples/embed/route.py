"""One route of a gateway, whatever serves it: request template, backend, response template.

The templates are parsed and compiled once, when the module is imported, and shared by every thread and task: they never change.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import vtl

_TEMPLATES = Path(__file__).with_name("templates")

Backend = Callable[[str, Mapping[str, str]], str]
"""Takes the body and the headers that the request template made; answers with a body."""


@dataclass(frozen=True)
class Answer:
    """What goes back to the client."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Route:
    """A pair of templates around a backend."""

    request: vtl.MappingTemplate
    response: vtl.MappingTemplate
    backend: Backend
    stage_variables: Mapping[str, str]

    def answer(self, body: bytes, *, path: Mapping[str, str], query: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        """Maps the request, calls the backend, maps what it answers; a failing template is a 500, as on API Gateway."""
        try:
            asked = self.request.apply(body, path=path, querystring=query, header=headers, stage_variables=self.stage_variables)
            sent = {name: str(value) for name, value in asked.context["requestOverride"]["header"].items()}
            answered = self.response.apply(self.backend(asked.body, sent), stage_variables=self.stage_variables)
        except vtl.VtlError as error:
            logging.getLogger(__name__).error("%s", error)
            return Answer(500, {"Content-Type": "application/json"}, b'{"message": "Internal server error"}')
        override = answered.context["responseOverride"]
        made = {name: str(value) for name, value in override["header"].items()}
        return Answer(int(override.get("status", 200)), {"Content-Type": "application/json"} | made, answered.body.encode())


def ledger(body: str, headers: Mapping[str, str]) -> str:
    """A stand-in for the backend: stores every order that has lines."""
    order = json.loads(body)
    if not order["lines"]:
        return json.dumps({"stored": False, "reason": f"order {headers['x-order']} has no lines"})
    return json.dumps({"stored": True, "number": order["number"]})


def _load(name: str) -> vtl.MappingTemplate:
    return vtl.MappingTemplate((_TEMPLATES / name).read_text(encoding="utf-8"), name=name)


ORDERS = Route(_load("request.vtl"), _load("response.vtl"), ledger, {"table": "orders-live"})
