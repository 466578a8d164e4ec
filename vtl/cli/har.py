"""HAR files (what browsers save from their network panel), and single entries of one, as requests."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from vtl.cli.render_request import Body, RenderRequest
from vtl.cli.urls import client_request
from vtl.errors import InputError


def looks_like_har(document: Mapping[str, Any]) -> bool:
    """Whether the object is a HAR file, one entry of it or the `request` part of an entry."""
    log, request = document.get("log"), document.get("request")
    if isinstance(log, dict) and isinstance(log.get("entries"), list):
        return True
    return (isinstance(request, dict) and "url" in request) or {"url", "method", "headers"} <= set(document)


def read_har(document: Mapping[str, Any], number: int | None = None) -> RenderRequest:
    """Entry `number` (from 1) of the file, or its first with a warning that there are more; its response is the backend's answer.

    InputError when there is no such entry or a part of it has the wrong shape.
    """
    entry, warnings = _entry(document, number)
    request, response = entry.get("request"), entry.get("response")
    if not isinstance(request, dict) or not isinstance(request.get("url"), str):
        raise InputError("its HAR entry has no request with a URL")
    found = client_request(
        method=str(request.get("method") or "GET"),
        url=request["url"],
        headers=_pairs(request.get("headers"), "headers"),
        body=_sent(request),
        answer=_answered(response) if isinstance(response, dict) else None,
    )
    if not found.query:
        found = replace(found, query=dict(_pairs(request.get("queryString"), "queryString")))
    return replace(found, warnings=warnings)


def _entry(document: Mapping[str, Any], number: int | None) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    log = document.get("log")
    if not isinstance(log, dict) or not isinstance(log.get("entries"), list):
        return (document if "request" in document else {"request": document}), ()
    entries = log["entries"]
    if not 1 <= (number or 1) <= len(entries):
        raise InputError(f"it has no HAR entry {number or 1}", hint=f"it has {len(entries)} of them")
    entry = entries[(number or 1) - 1]
    if not isinstance(entry, dict):
        raise InputError(f"its HAR entry {number or 1} is no object")
    if number is None and len(entries) > 1:
        return entry, (f"the HAR file has {len(entries)} entries, and the first is taken; name another as FILE#2",)
    return entry, ()


def _pairs(items: object, name: str) -> list[tuple[str, str]]:
    if items is None:
        return []
    if not isinstance(items, list) or not all(isinstance(item, dict) and "name" in item for item in items):
        raise InputError(f"its {name} are no list of names and values")
    return [(str(item["name"]), str(item.get("value") or "")) for item in items]


def _sent(request: Mapping[str, Any]) -> Body | None:
    posted = request.get("postData")
    if not isinstance(posted, dict):
        return None
    if isinstance(posted.get("text"), str):
        return _decoded(posted["text"], posted.get("encoding"))
    fields = _pairs(posted.get("params"), "postData.params")
    return urlencode(fields) if fields else None


def _answered(response: Mapping[str, Any]) -> Body | None:
    content = response.get("content")
    if not isinstance(content, dict) or not isinstance(content.get("text"), str):
        return None
    return _decoded(content["text"], content.get("encoding"))


def _decoded(text: str, encoding: object) -> Body:
    if encoding != "base64":
        return text
    try:
        return b64decode(text, validate=True)
    except (Base64Error, ValueError):
        raise InputError("its HAR entry has a body that is not base64, although it says so") from None
