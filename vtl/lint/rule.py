"""`Rule`, what it finds (`Problem`), and what it looks at: a `Subject` for templates, an `IntegrationSite` for settings."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from vtl.diagnostics import Severity
from vtl.lint.finding import Fix
from vtl.lint.site import ACCESS_LOG, GATEWAY_RESPONSE, TEMPLATE, FilePlace, IntegrationSite
from vtl.source import Span

if TYPE_CHECKING:
    from vtl.lint.subject import Subject

TEMPLATES = frozenset({TEMPLATE})
ALL_KINDS = frozenset({TEMPLATE, GATEWAY_RESPONSE, ACCESS_LOG})


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found: where in the template (or, for settings, in which file), and what to do about it.

    `severity` is only given where it differs from the rule's own.
    """

    message: str
    span: Span | None = None
    hint: str | None = None
    severity: Severity | None = None
    fix: Fix | None = None
    place: FilePlace | None = None


Check: TypeAlias = "Callable[[Subject], Iterable[Problem]]"
IntegrationCheck: TypeAlias = Callable[[IntegrationSite], Iterable[Problem]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule; the docstring of the module that makes it is its documentation.

    A rule has a `check` for templates or a `check_integration` for the settings around them. `fixes` says which fixes it offers:
    "", "safe" or "unsafe". One that is not on by default must be selected. One with `aws` is about what AWS lacks and this
    library's own gateway has: `target = "local"` in the settings turns it off.
    """

    code: str
    name: str
    severity: Severity
    check: Check | None = None
    check_integration: IntegrationCheck | None = None
    kinds: frozenset[str] = TEMPLATES
    fixes: str = ""
    default: bool = True
    aws: bool = False
    module: str = field(default_factory=lambda: _caller())

    @property
    def documentation(self) -> str:
        """What the rule is about, why, and what to write instead."""
        return inspect.cleandoc(sys.modules[self.module].__doc__ or "")

    @property
    def summary(self) -> str:
        """The first sentence of the documentation."""
        return " ".join(self.documentation.split("\n\n")[0].split())


def _caller() -> str:
    """The module that is making a rule."""
    frame = sys._getframe()
    while frame.f_globals.get("__name__") == __name__ or frame.f_code.co_filename.startswith("<"):
        assert frame.f_back is not None
        frame = frame.f_back
    return str(frame.f_globals["__name__"])
