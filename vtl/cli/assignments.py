"""What stands after -H, -q, -p, -s, -c and --var: `name=value`, `Name: value`, `a.b['c']=value`, `name:=JSON`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from vtl.cli.files import read_text
from vtl.errors import InputError

_STEP = re.compile(r"\.?(?P<name>[^.\[\]=:'\"\s]+)|\[\s*(?:'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\")\s*\]")
_ASSIGN = re.compile(r"\s*(:?=)")
_VARIABLE = re.compile(r"\$?([A-Za-z][A-Za-z0-9_-]*)")


def read_header(text: str) -> tuple[str, str]:
    """`Name: value` (blanks around both are dropped) or `Name=value`. InputError for neither."""
    found = re.match(r"\s*([^:=\s]+)\s*([:=])(.*)", text, re.DOTALL)
    if not found:
        raise InputError(f"-H {text!r} is no header", hint="write 'Name: value' or Name=value")
    return found[1], found[3].strip() if found[2] == ":" else found[3]


def read_pair(option: str, text: str) -> tuple[str, str]:
    """`name=value`, the value as it stands. InputError without `=` or without a name."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise InputError(f"{option} {text!r} has no name and value", hint="write name=value")
    return name, value


def read_context(texts: Iterable[str]) -> dict[str, Any]:
    """The part of $context that `authorizer.principalId=x`, `a['b:c']=x` and `a.b:=JSON` describe together.

    InputError for a path that cannot be read, a value that is not JSON, or a text where another assignment wants a map.
    """
    context: dict[str, Any] = {}
    for text in texts:
        path, value = _context_assignment(text)
        inner = context
        for name in path[:-1]:
            inner = inner.setdefault(name, {})
            if not isinstance(inner, dict):
                raise InputError(f"-c {text!r}: {name} is a value already and has nothing inside")
        inner[path[-1]] = value
    return context


def _context_assignment(text: str) -> tuple[list[str], object]:
    position, path = len("$context.") if text.startswith("$context.") else 0, []
    while step := _STEP.match(text, position):
        path.append(next(part for part in step.groups() if part is not None))
        position = step.end()
    assign = _ASSIGN.match(text, position)
    if not path or not assign:
        hint = "write authorizer.principalId=x, \"authorizer.claims['custom:tenant']=x\" or name:=JSON"
        raise InputError(f"-c {text!r} has no path and value", hint=hint)
    value = text[assign.end() :]
    return path, value if assign[1] == "=" else _json(value, f"-c {text!r}")


def read_variable(text: str) -> tuple[str, object]:
    """`name=JSON`, or `name=@FILE` for a file that holds JSON. InputError for a name or a value that cannot be one."""
    name, equals, value = text.partition("=")
    found = _VARIABLE.fullmatch(name.strip().removesuffix(":"))
    if not equals or not found:
        raise InputError(f"--var {text!r} has no name and value", hint="write name=JSON, such as items='[1, 2]'")
    if value.startswith("@"):
        return found[1], _json(read_text(value[1:], "variable"), f"--var {text}")
    return found[1], _json(value, f"--var {text}")


def _fraction(digits: str) -> object:
    """A number with more than 18 characters keeps its digits, as in a body."""
    return Decimal(digits) if len(digits) > 18 else float(digits)


def _json(value: str, option: str) -> object:
    try:
        return json.loads(value, parse_float=_fraction)
    except RecursionError:
        raise InputError(f"{option}: the JSON is nested too deeply") from None
    except ValueError as error:
        problem = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        hint = f"a text needs quotes: {json.dumps(value)}" if re.fullmatch(r"[^\[\]{}\"]*", value) and value else None
        raise InputError(f"{option}: the value is not JSON ({problem[:1].lower()}{problem[1:]})", hint=hint) from None


def merged_headers(base: Mapping[str, str], over: Mapping[str, str]) -> dict[str, str]:
    """Both together; a header of `over` replaces one of `base` whatever the case of its name."""
    replaced = {name.lower() for name in over}
    return {name: value for name, value in base.items() if name.lower() not in replaced} | dict(over)


def merged(base: Mapping[str, object], over: Mapping[str, object]) -> dict[str, object]:
    """Both maps together, maps inside them too; where both have a value, `over` has it."""
    result = dict(base)
    for name, value in over.items():
        before = result.get(name)
        result[name] = merged(before, value) if isinstance(before, Mapping) and isinstance(value, Mapping) else value
    return result
