"""`read_request`: a request from any file that holds one."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any

from vtl.cli.files import decode, read_bytes, shown
from vtl.cli.render_request import RenderRequest
from vtl.errors import InputError
from vtl.source import Source, Span


def read_request(name: str) -> RenderRequest:
    """The request in the file `name` (`-` is standard input). InputError when it holds none of the known forms.

    Known: our own form and its YAML spelling, a Lambda proxy event, a HAR file or one entry of it (`FILE#2` takes the second of a
    file), a curl command line, an execution log of API Gateway.
    """
    path, number = _entry_number(name)
    data = read_bytes(path, "request")
    text = decode(data, path, "request")
    try:
        return _recognise(text, path, number)
    except RecursionError:
        raise InputError(f"the request {shown(path)}: it is nested too deeply") from None
    except InputError as error:
        if error.span is not None:
            raise InputError(
                f"the request: {error.message}", hint=error.hint, source=Source(path, text), span=error.span
            ) from None
        raise InputError(f"the request {shown(path)}: {error.message}", hint=error.hint) from None


def _entry_number(name: str) -> tuple[str, int | None]:
    """`session.har#2` as the file and the number, unless a file of the whole name exists."""
    from os.path import exists

    path, mark, number = name.rpartition("#")
    if mark and path and number.isdecimal() and not exists(name):  # noqa: PTH110 - Path.exists raises for names that are too long
        return path, int(number)
    return name, None


def _recognise(text: str, name: str, number: int | None) -> RenderRequest:
    from vtl.cli import curl, execution_log

    if curl.looks_like_curl(text):
        return curl.read_curl(text, folder=PurePath(name).parent)
    if execution_log.looks_like_log(text):
        return execution_log.read_log(text)
    return _from_document(_document(text, name), number)


def _document(text: str, name: str) -> dict[str, Any]:
    """The mapping that a JSON or YAML text stands for."""
    start = text.lstrip()
    if not start:
        raise InputError("it is empty")
    if name.lower().endswith((".yaml", ".yml")) or not start.startswith(("{", "[", '"')):
        document = _load_yaml(text, name)
    else:
        document = _load_json(text)
    if not isinstance(document, dict):
        raise InputError(
            "it is no request",
            hint="known are: an object with body, path, query, headers, context, stageVariables; a Lambda proxy event; "
            "a HAR file; a curl command line; an execution log",
        )
    return document


def _load_json(text: str) -> object:
    from vtl.cli.json_text import json_fault
    from vtl.cli.raw_numbers import load

    try:
        return load(text)
    except json.JSONDecodeError as error:
        fault = json_fault(text)
        offset, problem = (fault.offset, fault.problem) if fault else (error.pos, error.msg)
        raise InputError(f"it is not JSON: {problem}", span=Span(offset, offset + 1)) from None


def _load_yaml(text: str, name: str) -> object:
    if not name.lower().endswith((".yaml", ".yml")) and ":" not in text:
        return text
    from vtl.cli.yaml_documents import load

    return load(text)


def _from_document(document: dict[str, Any], number: int | None) -> RenderRequest:
    from vtl.cli import events, har, request_files

    if har.looks_like_har(document):
        return har.read_har(document, number)
    if events.looks_like_event(document):
        return events.read_event(document)
    return request_files.read_request_file(document)
