"""$stageVariables: the variables of the stage, a plain map of text.

See: API Gateway, "Using stage variables". A variable that the stage does not have is an invalid reference and prints nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vtl.variables.copies import text_keys


def stage_variables(variables: Mapping[str, object] = {}) -> dict[str, Any]:
    """The map of one render, a copy of the caller's."""
    return text_keys(variables)
