"""Nothing grows beyond what a reader takes in at once: hard caps on files, functions and classes."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.package import Module, modules

FILE_LINES = 400
FUNCTION_LINES = 50
CLASS_LINES = 250
CLASS_METHODS = 15

# Written by a program, never by hand: the tables that Lark computes from a grammar.
GENERATED = {"vtl.lang.tables"}


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _excesses(module: Module) -> Iterator[str]:
    lines = module.path.read_text(encoding="utf-8").count("\n")
    if lines > FILE_LINES:
        yield f"{lines} lines"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _length(node) > FUNCTION_LINES:
            yield f"function {node.name}: {_length(node)} lines"
        if isinstance(node, ast.ClassDef):
            methods = sum(isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef) for item in node.body)
            if _length(node) > CLASS_LINES or methods > CLASS_METHODS:
                yield f"class {node.name}: {_length(node)} lines, {methods} methods"


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_no_file_function_or_class_outgrows_its_cap(module: Module) -> None:
    if module.name in GENERATED:
        pytest.skip("generated")
    assert not list(_excesses(module))
