"""What differs from run to run, behind seams: the time and the ids of requests."""

from __future__ import annotations

import base64
import secrets
import time
import uuid
from collections.abc import Callable
from typing import Protocol

Clock = Callable[[], float]
"""Seconds since 1970."""


class Ids(Protocol):
    """The ids that one request gets."""

    def request_id(self) -> str:
        """$context.requestId."""

    def extended_id(self) -> str:
        """$context.extendedRequestId."""

    def trace_part(self, digits: int) -> str:
        """So many hexadecimal digits of a trace id."""


class RandomIds:
    """Ids in AWS's shapes, never the same twice."""

    def request_id(self) -> str:
        """A random UUID."""
        return str(uuid.uuid4())

    def extended_id(self) -> str:
        """Eleven random bytes in base64, as AWS's are."""
        return base64.b64encode(secrets.token_bytes(11)).decode()

    def trace_part(self, digits: int) -> str:
        """Random digits."""
        return secrets.token_hex(digits // 2)


system_clock: Clock = time.time


def trace_id(sent: str | None, ids: Ids, now: float) -> str:
    """The X-Amzn-Trace-Id of a request: the caller's when it is whole, with a parent when it has a root only, as recorded."""
    if sent and "Root=" in sent:
        if "Parent=" in sent:
            return sent
        sampled = "" if "Sampled=" in sent else ";Sampled=0"
        return f"{sent.rstrip(';')};Parent={ids.trace_part(16)}{sampled}"
    return f"Root=1-{int(now):08x}-{ids.trace_part(24)};Parent={ids.trace_part(16)};Sampled=0"
