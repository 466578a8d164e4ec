"""A Python function as a Lambda function: `module:function`, called with an event and a context."""

from __future__ import annotations

import inspect
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from vtl.errors import InputError

_SECONDS = 29


@dataclass(slots=True)
class LambdaContext:
    """What a handler gets as its second argument. See: "AWS Lambda context object in Python"."""

    function_name: str
    invoked_function_arn: str
    function_version: str = "$LATEST"
    memory_limit_in_mb: int = 128
    aws_request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    log_group_name: str = ""
    log_stream_name: str = ""
    identity: Any = None
    client_context: Any = None
    _deadline: float = field(default_factory=lambda: time.monotonic() + _SECONDS)

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the gateway stops waiting."""
        return max(0, int((self._deadline - time.monotonic()) * 1000))


def handler_call(handler: Callable[..., Any], region: str = "us-east-1") -> Callable[[str, object], Any]:
    """A handler as a backend of functions: f(name, event), where the name may have a version or an alias behind a colon."""

    def call(name: str, event: object) -> Any:
        arn = f"arn:aws:lambda:{region}:000000000000:function:{name}"
        own, _, qualifier = name.partition(":")
        version = qualifier if qualifier.isdigit() else "$LATEST"
        group, stream = f"/aws/lambda/{own}", f"[{version}]{uuid.uuid4().hex}"
        return handler(event, LambdaContext(own, arn, version, log_group_name=group, log_stream_name=stream))

    return call


def function_named(text: str, folder: Path) -> Callable[..., Any]:
    """The function `module:function`, whose module is looked for in the folder too. InputError when there is none."""
    module, colon, name = text.partition(":")
    if not colon or not module or not name:
        raise InputError(f"{text!r} is no module:function")
    place = str(folder.resolve())
    if place not in sys.path:
        sys.path.insert(0, place)
    try:
        found: Any = import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
    except Exception as error:  # a module may raise anything while it is imported
        raise InputError(f"cannot import {text!r}: {type(error).__name__}: {error}") from None
    if not callable(found):
        raise InputError(f"{text!r} is no function")
    return found  # type: ignore[no-any-return]


def is_coroutine(call: Callable[..., Any]) -> bool:
    """Whether calling it gives something to await."""
    return inspect.iscoroutinefunction(call) or inspect.iscoroutinefunction(type(call).__call__)
