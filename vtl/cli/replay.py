"""`vtl invoke --from-log`: a request that AWS has logged, again and here, with the backend's answer out of the log."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from vtl.cli import console
from vtl.cli.execution_log import first_values, read_log
from vtl.cli.files import read_text
from vtl.cli.template_names import placed
from vtl.errors import InputError
from vtl.gateway import Gateway, Watch
from vtl.messages import HttpRequest, HttpResponse
from vtl.model import RestApi

_STATUS = re.compile(r"Status: (\d+)")
_CUT = re.compile(r"\s?\[TRUNCATED\]$")
_COMPARED = ("Endpoint request body after transformations", "Method response body after transformations")


def replay(api: RestApi, name: str, stage: str, variables: Mapping[str, str], settings: Mapping[str, Any]) -> int:
    """Run the request, show the execution log and what differs from AWS's; gives the exit status.

    What a log does not tell cannot be replayed: a body that AWS cut, headers that it masked. InputError for a log that has no
    request, or one for a method that the API does not have.
    """
    text = read_text(name, "log")
    request = read_log(text)
    for warning in request.warnings:
        console.warn(warning)
    logged = first_values(text)
    method, resource = _method(request.context)
    path = resource or "/"
    body = request.body if isinstance(request.body, bytes) else (request.body or "").encode("utf-8", "replace")
    gateway = Gateway(
        api, stage=stage, stage_variables=variables, **{**settings, **_backends(logged, settings), "authorize": False}
    )
    watch = Watch()
    sent = HttpRequest(method, path, list(request.headers.items()), list(request.query.items()), body)
    with console.prints_aside():
        response = gateway.handle(sent, watch=watch)
    if watch.error is not None:
        console.complain(placed(watch.error.diagnostic, watch.failed))
    return _compared(logged, watch, response)


def _method(context: Mapping[str, object]) -> tuple[str, str]:
    method, path = context.get("httpMethod"), context.get("resourcePath")
    if not isinstance(method, str) or not isinstance(path, str):
        raise InputError("the log has no line 'HTTP Method: ..., Resource Path: ...'")
    return method, path


def _backends(logged: Mapping[str, str], settings: Mapping[str, Any]) -> dict[str, Any]:
    """The backend of the log; without an answer in it, the one that the command line names."""
    answer = logged.get("Endpoint response body before transformations")
    if answer is None:
        return {}
    status = _STATUS.search(logged.get("Received response", ""))
    headers = [("Content-Type", "application/json")]
    response = HttpResponse(int(status[1]) if status else 200, headers, answer.encode("utf-8", "replace"))

    def function(_name: str, _event: object) -> object:
        try:
            return json.loads(answer)
        except ValueError:
            return answer

    return {"backends": {"http": lambda _request: response, "aws": lambda _request: response, "lambda": function}}


def _compared(logged: Mapping[str, str], watch: Watch, response: HttpResponse) -> int:
    invocation = watch.invocation
    request = invocation.integration_request if invocation else None
    if invocation and invocation.plan and invocation.plan.type == "AWS_PROXY":
        request = None  # An event has the ids and the time of its request.
    ours = {_COMPARED[1]: response.body.decode("utf-8", "replace")}
    if request is not None:
        ours[_COMPARED[0]] = request.body.decode("utf-8", "replace")
    ours["Method completed with status"] = str(response.status)
    differences = 0
    for name, text in ours.items():
        if name in logged and not _same(logged[name].strip(), text.strip()):
            differences += 1
            console.write_output(f"{name}:\n  AWS:  {logged[name].strip()}\n  here: {text.strip()}\n")
    if not differences:
        compared = [name for name in ours if name in logged]
        console.write_output(f"equal: {', '.join(compared) or 'nothing that could be compared'}\n")
    return 1 if differences else 0


def _same(logged: str, here: str) -> bool:
    """Whether they are equal, as far as AWS did not cut the logged one."""
    known = _CUT.sub("", logged)
    return here == logged or (known != logged and here.startswith(known))
