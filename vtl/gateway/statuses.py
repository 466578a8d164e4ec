"""`status_of`: the status that a document, a template or a function names."""

from __future__ import annotations

import re

_STATUS = re.compile(r"[1-5][0-9]{2}")


def status_of(value: object) -> int | None:
    """The status from 100 to 599 that a number or a text stands for; None for anything else."""
    return int(text) if not isinstance(value, bool) and _STATUS.fullmatch(text := str(value)) else None
