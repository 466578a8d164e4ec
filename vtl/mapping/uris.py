"""`resolve_uri`: the variables in the URI of an integration."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vtl.mapping.substitution import shown

_VARIABLE = re.compile(r"\$\{stageVariables\.([^{}\\]*)\}")
_PARAMETER = re.compile(r"(?<!\$)\{([^{}]+)\}")


def resolve_uri(uri: str, *, path: Mapping[str, object], stage_variables: Mapping[str, object]) -> str:
    """The URI with `${stageVariables.name}` and `{name}` replaced.

    A stage variable that the stage does not have leaves nothing; a `{name}` without a path parameter stays as it is, and so do
    `${name}` and what is not well-formed. Recorded, and from the guide's section on stage variables in URIs.
    """
    if "{" not in uri:
        return uri
    with_variables = _VARIABLE.sub(lambda match: shown(stage_variables.get(match[1], "")), uri)
    return _PARAMETER.sub(lambda match: shown(path[match[1]]) if match[1] in path else match[0], with_variables)
