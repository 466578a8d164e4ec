"""Every public module, class and function says what it is for, in a first line that is a sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.package import Module, modules

Documented = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _public(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, Documented]]:
    for node in body:
        if isinstance(node, Documented) and not node.name.startswith("_"):
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body, f"{prefix}{node.name}.")


def _overrides(node: Documented) -> bool:
    """Setters, overloads and the like: the definition that they belong to is the documented one."""
    decorators = [ast.unparse(item) for item in getattr(node, "decorator_list", [])]
    return any(name.endswith(".setter") or name in ("overload", "override", "typing.overload") for name in decorators)


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_public_names_have_a_docstring(module: Module) -> None:
    missing = [name for name, node in _public(module.tree.body) if not ast.get_docstring(node) and not _overrides(node)]
    assert not missing


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_modules_open_with_a_sentence(module: Module) -> None:
    text = module.path.read_text(encoding="utf-8")
    documentation = ast.get_docstring(module.tree)
    assert documentation or not text.strip(), "no docstring"
    if documentation:
        assert documentation.split("\n\n")[0].rstrip().endswith((".", ":", "`", ")")), documentation.splitlines()[0]
