"""Recorded answers: a file, or a folder with one for each request.

A file is a whole HTTP answer when its name ends in `.http`, else a body with status 200. In a folder, `POST /pets/1` looks for
`pets/1.POST.http`, `pets/1.POST.json`, `.xml`, `.txt`, then the same without the method; the root is called `index`. A function
called `list-pets` looks for `list-pets.json`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from vtl.errors import BackendError, FunctionError
from vtl.messages import HttpRequest, HttpResponse

_TYPES = {".json": "application/json", ".xml": "application/xml", ".txt": "text/plain; charset=utf-8", ".html": "text/html"}
_ENDINGS = (".http", ".json", ".xml", ".txt")
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(r"[1-9]\d\d", re.ASCII)
_MOST_BYTES = 10 * 1024 * 1024


def recorded_answer(place: Path, request: HttpRequest) -> HttpResponse:
    """The answer to a request. BackendError when there is none, or it cannot be read."""
    if not place.is_dir():
        return _http_answer(place)
    inside = unquote(urlsplit(request.url).path).strip("/") or "index"
    found = _inside(place, [f"{inside}{method}{ending}" for method in (f".{request.method}", "") for ending in _ENDINGS])
    if found is None:
        raise BackendError(f"there is no recorded answer for {request.method} /{inside} in {str(place)!r}")
    return _http_answer(found)


def recorded_result(place: Path, function: str) -> object:
    """The result of a function; one with errorMessage and errorType is that of a function that failed: FunctionError."""
    found = place if not place.is_dir() else _inside(place, [f"{function.partition(':')[0]}.json"])
    if found is None:
        raise BackendError(f"there is no recorded result {function}.json in {str(place)!r}")
    try:
        result = json.loads(_bytes(found))
    except (ValueError, RecursionError) as error:
        raise BackendError(f"{str(found)!r} is not JSON: {error}") from None
    if isinstance(result, dict) and {"errorMessage", "errorType"} <= result.keys():
        raise FunctionError(result)
    return result


def _inside(folder: Path, names: list[str]) -> Path | None:
    """The first of these files; the caller chooses the path, and gets nothing from outside the folder."""
    root = folder.resolve()
    for name in names:
        try:
            found = (folder / name).resolve()
            if found.is_relative_to(root) and found.is_file():
                return found
        except (OSError, ValueError):
            continue
    return None


def _http_answer(path: Path) -> HttpResponse:
    data = _bytes(path)
    if path.suffix != ".http":
        return HttpResponse(200, [("Content-Type", _TYPES.get(path.suffix, "application/octet-stream"))], data)
    end = _END_OF_HEAD.search(data)
    head, body = (data[: end.start()], data[end.end() :]) if end else (data, b"")
    first, *lines = re.split(r"\r?\n", head.decode("latin-1"))
    words = first.split()
    if len(words) < 2 or not words[0].startswith("HTTP/") or not _STATUS.fullmatch(words[1]):
        raise BackendError(f"{str(path)!r} does not begin with a line such as HTTP/1.1 200 OK")
    headers = [(name.strip(), value.strip()) for name, colon, value in (line.partition(":") for line in lines) if colon]
    return HttpResponse(int(words[1]), headers, body)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise BackendError(f"{str(path)!r} has more than {_MOST_BYTES:,} bytes")
        return path.read_bytes()
    except OSError as error:
        raise BackendError(f"cannot read {str(path)!r}: {error.strerror}") from None
