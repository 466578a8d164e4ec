"""The package as data for the tests of its shape: its files, their trees and what they import."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "vtl"


@dataclass(frozen=True)
class Module:
    """One file of the package: its dotted name, its path and its tree."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def is_package(self) -> bool:
        """Whether the file is an `__init__.py`."""
        return self.path.name == "__init__.py"


@dataclass(frozen=True)
class Import:
    """One import statement: the module that holds it, the name that it brings in and how it stands there."""

    importer: str
    target: str
    line: int
    top_level: bool
    typing_only: bool


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package, in the order of the paths."""
    return tuple(
        Module(_dotted(path), path, ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(PACKAGE.rglob("*.py"))
    )


def _dotted(path: Path) -> str:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(module: Module) -> Iterator[Import]:
    """The imports of a module, those inside functions and under TYPE_CHECKING included."""
    yield from _imports(module, module.tree.body, top_level=True, typing_only=False)


def _imports(module: Module, body: list[ast.stmt], *, top_level: bool, typing_only: bool) -> Iterator[Import]:
    for statement in body:
        if isinstance(statement, ast.Import):
            targets = [alias.name for alias in statement.names]
        elif isinstance(statement, ast.ImportFrom):
            targets = [f"{_origin(module, statement)}.{alias.name}" for alias in statement.names]
        else:
            targets = []
        for target in targets:
            yield Import(module.name, target, statement.lineno, top_level, typing_only)
        inside_function = isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef)
        for field, value in ast.iter_fields(statement):
            nested = [item for item in value if isinstance(item, ast.stmt)] if isinstance(value, list) else []
            guarded = typing_only or (field == "body" and isinstance(statement, ast.If) and _is_type_checking(statement.test))
            yield from _imports(module, nested, top_level=top_level and not inside_function, typing_only=guarded)
            for handler in value if isinstance(value, list) else []:
                if isinstance(handler, ast.ExceptHandler | ast.match_case):
                    yield from _imports(module, handler.body, top_level=top_level, typing_only=typing_only)


def _origin(module: Module, statement: ast.ImportFrom) -> str:
    if not statement.level:
        return statement.module or ""
    parts = module.name.split(".")
    parts = parts[: len(parts) - statement.level + module.is_package]
    return ".".join([*parts, statement.module] if statement.module else parts)


def _is_type_checking(test: ast.expr) -> bool:
    return "TYPE_CHECKING" in ast.unparse(test) and not isinstance(test, ast.UnaryOp)
