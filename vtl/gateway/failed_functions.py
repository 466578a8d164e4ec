"""What the Lambda runtime tells of a Python function that raised.

See: "Python error handling in Lambda": errorMessage, errorType, requestId, stackTrace.
A function that ends its process is told as Runtime.ExitError.
"""

from __future__ import annotations

import asyncio
import traceback
import uuid
from collections.abc import Sequence
from concurrent import futures
from itertools import dropwhile
from pathlib import Path
from traceback import FrameSummary
from typing import Any

_CALLERS = tuple(str(Path(each).parent) for each in (__file__, asyncio.__file__, futures.__file__))
"""The folders of the code that calls functions, whose frames the function's author has no use for."""


def payload_of(error: BaseException) -> dict[str, Any]:
    """The JSON object that stands for the exception. Its stack begins in the function, as the runtime's does."""
    if isinstance(error, SystemExit):
        return _exited(error)
    lines = [f'  File "{each.filename}", line {each.lineno}, in {each.name}\n    {each.line}\n' for each in _own(error)]
    return {"errorMessage": str(error), "errorType": type(error).__name__, "requestId": "", "stackTrace": lines}


def _own(error: BaseException) -> Sequence[FrameSummary]:
    frames = traceback.extract_tb(error.__traceback__)
    return list(dropwhile(lambda each: each.filename.startswith(_CALLERS), frames))


def _exited(error: SystemExit) -> dict[str, Any]:
    """A function that called sys.exit has ended its runtime; a text in place of a status is a status of 1."""
    status = error.code if isinstance(error.code, int) else int(error.code is not None)
    how = f"with error: exit status {status}" if status else "without providing a reason"
    return {"errorType": "Runtime.ExitError", "errorMessage": f"RequestId: {uuid.uuid4()} Error: Runtime exited {how}"}
