"""`substituted`: the plain `$context.x` of gateway responses and access logs, which is not Velocity.

See: "Set up gateway responses", "Set up CloudWatch logging for REST APIs": there is no other syntax than the name of a variable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from vtl.values.json import to_json
from vtl.values.text import to_text

_VARIABLE = re.compile(r"\$\{?(context|stageVariables|method\.request)((?:\.[A-Za-z0-9_-]+)+)(\}?)")
Lookup = Callable[[tuple[str, ...]], object]


def substituted(
    text: str,
    *,
    context: Mapping[str, object],
    stage_variables: Mapping[str, object] | None = None,
    request: Lookup | None = None,
    missing: str = "",
) -> str:
    """The text with its variables replaced; `missing` for one that has no value.

    `request` finds (place, name) of `method.request.place.name`. A variable of another kind stays as it is.
    """

    def value(match: re.Match[str]) -> str:
        names = tuple(match[2][1:].split("."))
        if match[1] == "context":
            found = looked_up(context, names)
        elif match[1] == "stageVariables":
            found = looked_up(stage_variables or {}, names)
        else:
            found = request(names) if request else None
        text = missing if found is None else shown(found)
        return text if match[0].startswith("${") else text + match[3]

    return _VARIABLE.sub(value, text)


def looked_up(tree: Mapping[str, object], names: tuple[str, ...]) -> object:
    """What a chain of names leads to; None when it leads nowhere."""
    found: object = tree
    for name in names:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def shown(value: object) -> str:
    """A value as text, objects and arrays as JSON."""
    if isinstance(value, str):
        return value
    return to_json(value) if isinstance(value, dict | list) else to_text(value)
