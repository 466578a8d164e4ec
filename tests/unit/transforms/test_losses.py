"""What a round trip would lose, with its place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from vtl.transforms import Convention
from vtl.transforms.kept import FEATURES, KEPT, table

TEXT = "<!--c--><a xmlns:p='u' k='1'><p:b>2</p:b>t<b> 3 </b><!--x--><c/><b/></a>"


@pytest.mark.parametrize(
    ("preset", "kinds"),
    [
        ("plain", {"comments", "mixed text", "namespaces", "order"}),
        ("xmltodict", {"comments", "mixed text", "order", "text"}),
        ("badgerfish", {"comments", "mixed text", "order"}),
        ("parker", {"comments", "mixed text", "order", "attributes", "elements"}),
        ("jsonml", set()),
    ],
)
def test_of_xml(preset: str, kinds: set[str]) -> None:
    losses = Convention.named(preset).losses(TEXT)
    assert {each.kind for each in losses} == kinds
    assert all(each.place.startswith("/") for each in losses)
    assert not {each.kind for each in losses} & KEPT[preset] - {"elements"}


@pytest.mark.parametrize(
    ("value", "kind", "place"),
    [
        ({"r": {"a": [1]}}, "arrays of one", "$.r.a"),
        ({"r": {"a": [], "b": "x"}}, "arrays", "$.r.a"),
        ({"r": {"a": 1}}, "types", "$.r.a"),
        ({"r": {"a": {}}}, "elements", "$.r.a"),
    ],
)
def test_of_json(value: Any, kind: str, place: str) -> None:
    assert (kind, place) in {(each.kind, each.place) for each in Convention().losses(value)}


def test_options_save_what_a_preset_loses() -> None:
    assert Convention(arrays=("a",), types="recognise").losses({"r": {"a": [1]}}) == []


def test_the_readme_prints_the_table() -> None:
    text = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    assert table() in text
    assert all(re.search(rf"^\| {re.escape(each)} \|", table(), re.MULTILINE) for each in FEATURES)
