"""What the Lambda runtime tells of a Python function that raised.

See: "Python error handling in Lambda": errorMessage, errorType, requestId, stackTrace.
"""

from __future__ import annotations

import traceback
from typing import Any


def payload_of(error: BaseException) -> dict[str, Any]:
    """The JSON object that stands for the exception."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f'  File "{each.filename}", line {each.lineno}, in {each.name}\n    {each.line}\n' for each in frames[1:]]
    return {"errorMessage": str(error), "errorType": type(error).__name__, "requestId": "", "stackTrace": lines}
