"""A Python function as a Lambda function: `module:function`, called with an event and a context."""

from __future__ import annotations

import importlib
import inspect
import sys
import time
import traceback
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from vtl.errors import InputError

_SECONDS = 29
_HERE = __file__
_IMPORT = importlib.__file__


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
        found: Any = importlib.import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
    except (Exception, SystemExit) as error:  # a module may raise anything while it is imported
        raise InputError(f"cannot import {text!r}: {_raised(error)}", hint=_hint(error, module, name, place)) from None
    if not callable(found):
        raise InputError(f"{text!r} is no function")
    return found  # type: ignore[no-any-return]


def _raised(error: BaseException) -> str:
    """What a module raised, and the place of the line in it that did."""
    said = f"{type(error).__name__}: {error}".removesuffix(": ")
    frames = [each for each in traceback.extract_tb(error.__traceback__) if not each.filename.startswith(("<", _HERE, _IMPORT))]
    return f"{frames[-1].filename}:{frames[-1].lineno}: {said}" if frames else said


def _hint(error: BaseException, module: str, name: str, place: str) -> str | None:
    """Where a module that is missing was looked for, or what a module has that is nearly of this name."""
    if module in sys.modules:
        near = get_close_matches(name, [each for each in vars(sys.modules[module]) if not each.startswith("_")], 1)
        return f"did you mean {module}:{near[0]}?" if near else None
    return f"modules are looked for in {place} first" if isinstance(error, ModuleNotFoundError) else None


def is_coroutine(call: Callable[..., Any]) -> bool:
    """Whether calling it gives something to await."""
    return inspect.iscoroutinefunction(call) or inspect.iscoroutinefunction(type(call).__call__)
