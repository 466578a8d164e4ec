"""Execution logs of API Gateway, from CloudWatch or from the console's test, as requests.

The lines are those of an AWS recording of TestInvokeMethod: `Method request path: {petId=123}`, `Method request query string:
{..}`, `Method request headers: {..}`, `Method request body before transformations: ..` and, unless the integration is a mock,
`Endpoint response body before transformations: ..`. A body may run over several lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from vtl.cli.render_request import RenderRequest
from vtl.errors import InputError

_TIMES = (
    r"\s*(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^\s\]]*\]?[\s,|]+|\d{13}[\s,|]+)?"
    r"(?:(?P<group>API-Gateway-Execution-Logs_\S+|[0-9a-f]{32})\s+)*"
)
_RECORD = re.compile(
    _TIMES + r"(?:\((?P<id>[0-9A-Za-z-]{8,})\)\s?|[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d? \d\d:\d\d:\d\d [A-Z]{3,4} \d{4} : )", re.ASCII
)
_KNOWN = (
    "Execution log for request",
    "Starting execution for request: ",
    "Extended Request Id: ",
    "HTTP Method: ",
    "API Key: ",
    "Method request ",
    "Method response ",
    "Endpoint request ",
    "Endpoint response ",
    "Sending request to ",
    "Received response. ",
    "Successfully completed execution",
    "Request validation succeeded for content type ",
    "Request body does not match model schema for content type ",
    "Lambda execution failed with status ",
    "Execution failed due to ",
    "Method completed with status: ",
)
_PATH = "Method request path:"
_QUERY = "Method request query string:"
_HEADERS = "Method request headers:"
_BODY = "Method request body before transformations:"
_ANSWER = "Endpoint response body before transformations:"
_METHOD = re.compile(r"HTTP Method: (\S+), Resource Path: (\S*)")
_REQUEST_ID = re.compile(r"(?:Execution log for request|Starting execution for request:) (\S+)")
_ENTRY = re.compile(r", (?=[^\s=,{}]+=)")
_TRUNCATED = re.compile(r"\s?\[TRUNCATED\]\s*$")


@dataclass(frozen=True, slots=True)
class _Record:
    """One entry of the log: the request that it belongs to ("" when it does not say) and its text."""

    request: str
    text: str


def looks_like_log(text: str) -> bool:
    """Whether a line of the text is one that an execution log has."""
    return any(mark in text for mark in (_PATH, _QUERY, _HEADERS, _BODY))


def read_log(text: str) -> RenderRequest:
    """The first request of the log. InputError when the log says nothing of its parameters or body.

    Warnings tell that there were several requests, or that AWS cut a part (`[TRUNCATED]`).
    """
    records = list(_records(_log_text(text)))
    mine, several = _first_request(records)
    found = {mark: _after(mine, mark) for mark in (_PATH, _QUERY, _HEADERS, _BODY, _ANSWER)}
    warnings = ["the log has several requests, and the first is taken"] if several else []
    for mark, value in found.items():
        if value is not None and _TRUNCATED.search(value):
            warnings.append(f"AWS cut a part of the log: {mark.rstrip(':')}")
            found[mark] = _TRUNCATED.sub("", value)
    return RenderRequest(
        body=found[_BODY],
        answer=found[_ANSWER],
        path=_java_map(found[_PATH]),
        query=_java_map(found[_QUERY]),
        headers=_java_map(found[_HEADERS]),
        context=_context(mine),
        warnings=tuple(warnings),
    )


def first_values(text: str) -> dict[str, str]:
    """What the log says of its first request, by the words before the colon (before the full stop for "Received response")."""
    mine, _ = _first_request(list(_records(_log_text(text))))
    found: dict[str, str] = {}
    for record in mine:
        name, _, value = record.text.partition(". " if record.text.startswith("Received response") else ":")
        found.setdefault(name, value.removeprefix(" "))
    return found


def _log_text(text: str) -> str:
    """The log itself, taken out of the JSON of `aws logs filter-log-events` or of `aws apigateway test-invoke-method`."""
    if not text.lstrip().startswith("{"):
        return text
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return text
    if isinstance(document, dict) and isinstance(document.get("log"), str):
        return str(document["log"])
    if isinstance(document, dict) and isinstance(document.get("events"), list):
        return "\n".join(str(event.get("message", "")) for event in document["events"] if isinstance(event, dict))
    return text


def _records(text: str) -> Iterator[_Record]:
    request = ""
    lines: list[str] = []
    for line in text.removesuffix("\n").replace("\r\n", "\n").split("\n"):
        start = _RECORD.match(line)
        rest = line[start.end() :] if start else line.lstrip()
        if start or rest.startswith(_KNOWN):
            if lines:
                yield _Record(request, "\n".join(lines))
            request, lines = (start["id"] or "") if start else "", [rest]
        elif lines:
            lines.append(line)
    if lines:
        yield _Record(request, "\n".join(lines))


def _first_request(records: list[_Record]) -> tuple[list[_Record], bool]:
    """The records of the request whose parameters come first, and whether there are others."""
    first = next((record.request for record in records if record.text.startswith((_PATH, _QUERY, _HEADERS, _BODY))), "")
    mine = [record for record in records if record.request in ("", first)]
    starts = [index for index, record in enumerate(mine) if record.text.startswith(_PATH)]
    if len(starts) > 1:
        ends = [index for index, record in enumerate(mine) if index > starts[0] and _REQUEST_ID.match(record.text)]
        return mine[: min([*ends, starts[1]])], True
    return mine, any(record.request not in ("", first) for record in records)


def _after(records: list[_Record], mark: str) -> str | None:
    for record in records:
        if record.text.startswith(mark):
            return record.text[len(mark) :].removeprefix(" ")
    return None


def _java_map(text: str | None) -> dict[str, str]:
    """`{a=1, b=x, y}` as names and values: a Java map's text, where a comma ends a value only when another `name=` follows."""
    if text is None:
        return {}
    inner = text.strip()
    if not inner.startswith("{"):
        raise InputError(f"its log has no map where one belongs: {inner[:40]!r}")
    inner = inner.removeprefix("{").removesuffix("}")
    entries = (entry.partition("=") for entry in _ENTRY.split(inner) if entry)
    return {name.strip(): value for name, _, value in entries}


def _context(records: list[_Record]) -> dict[str, object]:
    context: dict[str, object] = {}
    for record in records:
        if method := _METHOD.match(record.text):
            context |= {"httpMethod": method[1], "resourcePath": method[2]}
        elif identifier := _REQUEST_ID.match(record.text):
            context["requestId"] = identifier[1]
    return context
