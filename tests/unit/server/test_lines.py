"""One line a request, for people and for machines."""

from __future__ import annotations

import json

from vtl.server.lines import RequestLine, as_json, as_text

LINE = RequestLine("GET", "/pets/1", 200, 1.94, "templates/pet.vtl", "pets")


def test_a_line_for_people() -> None:
    assert as_text(LINE, colour=False) == "GET     /pets/1 200 1.9 ms templates/pet.vtl"
    assert as_text(RequestLine("POST", "/", 502, 0.01), colour=True) == "POST    / \x1b[31m502\x1b[0m 0.0 ms"


def test_a_path_cannot_write_to_the_terminal() -> None:
    assert as_text(RequestLine("GET", "/\x1b[2J\n", 404, 0), colour=False) == "GET     /\\x1b[2J\\x0a 404 0.0 ms"


def test_a_line_for_machines() -> None:
    assert json.loads(as_json(LINE)) == {
        "method": "GET",
        "path": "/pets/1",
        "status": 200,
        "ms": 1.94,
        "template": "templates/pet.vtl",
        "api": "pets",
    }
    assert "\n" not in as_json(RequestLine("GET", "/\n", 200, 1))
