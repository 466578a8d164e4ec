"""The public surface: what is promised is there, and both of its lists say the same."""

from __future__ import annotations

import ast
import importlib

import pytest

import vtl
from tests.architecture.package import Module, modules

PROMISED = {
    "InvalidJson",
    "InvalidPath",
    "JsonPathError",
    "LimitExceeded",
    "Limits",
    "MappingTemplate",
    "PathNotFound",
    "RenderError",
    "Template",
    "TemplateSyntaxError",
    "VtlError",
    "check",
    "load",
}
PROMISED_BELOW = {
    "vtl.jsonpath": {"InvalidJson", "InvalidPath", "JsonPathError", "PathNotFound", "loads", "read"},
    "vtl.values": {"to_json", "to_text"},
}


def _root() -> Module:
    return next(module for module in modules() if module.name == "vtl")


def _mirror() -> dict[str, str]:
    """Public name → home module, as the imports under TYPE_CHECKING have it."""
    guarded = [node for node in _root().tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    found: dict[str, str] = {}
    for statement in (statement for node in guarded for statement in node.body if isinstance(statement, ast.ImportFrom)):
        found |= {alias.asname or alias.name: statement.module or "" for alias in statement.names}
    return found


def test_what_is_promised_is_exported() -> None:
    assert set(vtl.__all__) >= PROMISED
    for name in sorted(PROMISED):
        assert getattr(vtl, name).__name__ == name


@pytest.mark.parametrize("module", sorted(PROMISED_BELOW))
def test_what_is_promised_is_exported_from_its_package(module: str) -> None:
    package = importlib.import_module(module)
    assert all(hasattr(package, name) for name in PROMISED_BELOW[module])
    assert getattr(vtl, module.split(".")[1]) is package


def test_every_exported_name_resolves_to_the_home_that_type_checkers_see() -> None:
    mirror = _mirror()
    assert sorted(vtl.__all__) == sorted(set(vtl.__all__)), "a name stands twice"
    assert set(mirror) | {"__version__"} >= set(vtl.__all__)
    for name, home in mirror.items():
        assert name in vtl.__all__, f"{name} is for type checkers only"
        expected = importlib.import_module(f"{home}.{name}") if home == "vtl" else getattr(importlib.import_module(home), name)
        assert getattr(vtl, name) is expected


def test_no_public_name_is_also_a_sub_package() -> None:
    packages = {module.name.split(".")[1] for module in modules() if module.name.count(".") == 1}
    functions = {name for name in vtl.__all__ if callable(getattr(vtl, name))}
    assert not packages & functions


def test_unknown_names_are_refused_and_known_ones_listed() -> None:
    with pytest.raises(AttributeError, match="nothing_of_that_name"):
        vtl.nothing_of_that_name  # noqa: B018
    assert set(vtl.__all__) <= set(dir(vtl))


def test_every_error_is_a_vtl_error() -> None:
    from vtl import errors

    classes = [item for item in vars(errors).values() if isinstance(item, type) and issubclass(item, Exception)]
    assert classes
    assert all(issubclass(item, vtl.VtlError) for item in classes)
    assert all(getattr(vtl, item.__name__, None) is item for item in classes)
