"""Paths that are written out."""

from __future__ import annotations

import pytest

from vtl.lang.nodes import Reference
from vtl.lang.parser import parse
from vtl.lang.visitor import walk
from vtl.lint.paths import literal_path
from vtl.source import Source


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("$input.path('$.a')", "$.a"),
        ('$input.json("$.a b")', "$.a b"),
        ('$input.path("$.a[$i]")', None),
        ("$input.params('a')", None),
        ("$other.path('$.a')", None),
        ("$input.path('$.a', 1)", None),
        ("$input", None),
    ],
)
def test_the_path_of_a_reference(text: str, path: str | None) -> None:
    reference = next(node for node in walk(parse(Source("t", text))) if isinstance(node, Reference))
    found = literal_path(reference)
    assert (found[0] if found else None) == path
