"""The server's request log: one line a request, coloured for people or as JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

_COLOURS = {2: "32", 3: "36", 4: "33", 5: "31"}
_WIDEST_METHOD = 7


@dataclass(frozen=True, slots=True)
class RequestLine:
    """What the log says of one request; `template` is the last mapping template that ran, "" without one."""

    method: str
    path: str
    status: int
    ms: float
    template: str = ""
    api: str = ""


def as_text(line: RequestLine, *, colour: bool) -> str:
    """`GET     /pets/1 200 1.9 ms templates/pet.vtl`."""
    status = str(line.status)
    if colour:
        status = f"\x1b[{_COLOURS.get(line.status // 100, '0')}m{status}\x1b[0m"
    words = f"{line.method:{_WIDEST_METHOD}} {_printable(line.path)} {status} {line.ms:.1f} ms"
    return f"{words} {line.template}" if line.template else words


def as_json(line: RequestLine) -> str:
    """One JSON object, without line ends."""
    fields: Mapping[str, object] = asdict(line)
    return json.dumps({**fields, "ms": round(line.ms, 3)})


def _printable(path: str) -> str:
    """A client chooses its path: control characters must not reach the terminal."""
    return "".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in path)
