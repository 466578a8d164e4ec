"""The words of errors are part of the product: `error_texts.txt` pins them, excerpt, caret and hint included."""

from __future__ import annotations

from pathlib import Path

import pytest

import vtl

CONTEXT = {"s": "ab", "l": [1], "a": 1}


def cases() -> list[tuple[str, str]]:
    text = Path(__file__).with_name("error_texts.txt").read_text(encoding="utf-8")
    body = text.split("\n\n", 1)[1]
    return [tuple(block.split("\n=>\n", 1)) for block in body.split("\n----\n") if block.strip()]  # type: ignore[misc]


@pytest.mark.parametrize(("template", "expected"), cases())
def test_text(template: str, expected: str) -> None:
    kind, _, text = expected.partition("\n")
    with pytest.raises(vtl.VtlError) as caught:
        vtl.Template(template, name="t.vtl").render(
            {name: list(value) if isinstance(value, list) else value for name, value in CONTEXT.items()}
        )
    assert (type(caught.value).__name__, caught.value.diagnostic.render()) == (kind, text)


def test_place_is_told_in_fields_and_text() -> None:
    with pytest.raises(vtl.RenderError) as caught:
        vtl.Template("one\n two $s.charAt(9)", name="a.vtl").render({"s": "x"})
    error = caught.value
    assert (error.file, error.line, error.column) == ("a.vtl", 2, 8)
    assert str(error).startswith("a.vtl:2:8: a Java method threw java.lang.StringIndexOutOfBoundsException")
