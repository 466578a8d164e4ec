"""The format of tests/corpus/gateway: whole requests through an API, one YAML file a chapter.

about      what the chapter shows, in words
api        an OpenAPI document without its head
stage      its name; `variables` are its stage variables, where it has any
cases      a list of
  name       what the case shows
  source     a key of [sources] in PROVENANCE.toml: where the expectation comes from
  request    {method: GET, path, headers: {name: value, or a list of values}, query: the text behind the `?`, body or base64}
  backend    what every backend gives: {status, headers, body or base64}, {result: of a function}, {failed: the payload of one
             that failed} or {error: unreachable or timeout}; without it 200, JSON and {}
  answer     {status, body or json or base64, headers: {name: value, a list of values, or null where it is absent}}
  sent       what reached an HTTP or AWS backend, in the same words, with `method` and `url`; null: nothing reached it
  event      members of a function's event; `function` is its name

python -m tests.corpus.gateway_files     writes the digests of the files into PROVENANCE.toml
"""

from __future__ import annotations

import base64
import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import yaml

from vtl.messages import HttpRequest, HttpResponse

FOLDER = Path(__file__).parent / "gateway"
PROVENANCE = FOLDER / "PROVENANCE.toml"
_MARK = "[files]\n"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file."""

    name: str
    api: Mapping[str, Any]
    stage: str
    variables: Mapping[str, str]
    cases: tuple[Mapping[str, Any], ...]


def chapter_files() -> list[Path]:
    """All files of the corpus."""
    return sorted(FOLDER.glob("*.yaml"))


def read_chapter(path: Path) -> Chapter:
    """The chapter in a file."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Chapter(path.stem, data["api"], data.get("stage", "test"), data.get("variables", {}), tuple(data["cases"]))


def digest(path: Path) -> str:
    """The first half of the SHA-256 of a file: a file that was changed by hand no longer has it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:32]


def provenance() -> dict[str, Any]:
    """The provenance file."""
    return tomllib.loads(PROVENANCE.read_text(encoding="utf-8"))


def request_of(case: Mapping[str, Any]) -> HttpRequest:
    """The request of a case."""
    given = case["request"]
    query = parse_qsl(given.get("query", ""), keep_blank_values=True)
    return HttpRequest(
        given.get("method", "GET"), given["path"], pairs(given.get("headers")), query, content(given), source_ip="10.0.0.1"
    )


def answer_of(case: Mapping[str, Any]) -> HttpResponse:
    """What the backend of a case answers."""
    given = case.get("backend", {"headers": {"Content-Type": "application/json"}, "body": "{}"})
    return HttpResponse(given.get("status", 200), pairs(given.get("headers")), content(given))


def pairs(headers: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """Headers of a case as pairs."""
    several = ((name, value if isinstance(value, list) else [value]) for name, value in (headers or {}).items())
    return [(name, str(each)) for name, values in several for each in values]


def content(given: Mapping[str, Any]) -> bytes:
    """The body of a case."""
    return base64.b64decode(given["base64"]) if "base64" in given else str(given.get("body", "")).encode()


def main() -> None:
    """Writes the digests."""
    head, _, _ = PROVENANCE.read_text(encoding="utf-8").partition(_MARK)
    lines = [f'"{path.name}" = "{digest(path)}"\n' for path in chapter_files()]
    PROVENANCE.write_text(head + _MARK + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
