"""The two dialects, as data: each switch where API Gateway and plain Velocity 1.7 part."""

from __future__ import annotations

from dataclasses import dataclass

from vtl.errors import InputError


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one dialect differs from another; nothing in the package asks for a dialect's name."""

    name: str
    empty_invalid_references: bool
    """An invalid or null reference is the empty string everywhere, not null (AWS recordings: `$u == ""` is true)."""
    inline_macros: bool
    """#macro defines a macro; if not, the block vanishes and calls stay text (velocimacro.permissions.allow.inline)."""
    removed_directives: frozenset[str]
    """Directives that are text here."""
    class_access: bool
    """`$x.class.name` and `.simpleName` answer; reflection never goes deeper in either dialect."""
    template_size: int
    """Characters of a template, unless the limits say otherwise."""
    loop_rounds: int | None
    """Rounds after which a #foreach ends silently, unless the limits say otherwise; None: it goes on."""


VELOCITY = Dialect(
    name="velocity",
    empty_invalid_references=False,
    inline_macros=True,
    removed_directives=frozenset(),
    class_access=True,
    template_size=10_000_000,
    loop_rounds=None,
)

APIGATEWAY = Dialect(
    name="apigateway",
    empty_invalid_references=True,
    inline_macros=False,
    removed_directives=frozenset({"evaluate"}),
    class_access=False,
    template_size=300 * 1024,
    loop_rounds=1_000,
)

DIALECTS = {dialect.name: dialect for dialect in (VELOCITY, APIGATEWAY)}


def dialect_named(name: str) -> Dialect:
    """The dialect of that name; `InputError` for any other name."""
    try:
        return DIALECTS[name]
    except KeyError:
        raise InputError(f"unknown dialect {name!r}", hint=f"use one of: {', '.join(DIALECTS)}") from None
