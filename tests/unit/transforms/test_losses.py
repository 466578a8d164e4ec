"""What a convention loses of a document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import vtl
from vtl.errors import ConversionError, InvalidXml
from vtl.transforms.convention import PRESETS
from vtl.transforms.losses import FEATURES, KEEPS, table

WITNESSES: dict[str, Any] = {
    "elements": "<a><b>1</b><b>2</b></a>",
    "attributes": "<a x='1'/>",
    "text": "<a>1.50</a>",
    "blanks": "<a> x </a>",
    "order": "<a><b>x</b><c/><b>y</b></a>",
    "mixed": "<a>x<b/>y</a>",
    "comments": "<a>x<!--c--><?p?></a>",
    "namespaces": "<a xmlns='urn:x'>y</a>",
    "arrays": {"a": {"b": ["x", "y"]}},
    "other arrays": {"a": {"b": ["x"], "c": "y"}},
    "types": {"a": {"b": 5e300, "c": "y"}},
    "nulls": {"a": {"b": "", "c": None, "d": "y"}},
}


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("feature", FEATURES)
def test_the_table_is_right_about_what_is_not_kept(preset: str, feature: str) -> None:
    document = WITNESSES[feature]
    if preset == "jsonml" and not isinstance(document, str):
        document = ["a", 5] if feature == "types" else ["a", ["b"], ["b"]]
        if feature == "nulls":
            with pytest.raises(ConversionError, match="null has no place"):
                PRESETS[preset].losses(["a", None])
            return
    found = {loss.feature for loss in PRESETS[preset].losses(document)}
    if feature in KEEPS[preset]:
        assert feature not in found
    elif (preset, feature) not in (("parker", "blanks"), ("parker", "mixed")):
        assert feature in found


def test_losses_have_a_place_and_words() -> None:
    text = "<?go?><a xmlns:p='u'>\n<p:b y='1'>1<c/>2</p:b>\n<!--x--></a>"
    shown = [str(loss) for loss in vtl.Convention(attribute_prefix=None).losses(text)]
    assert shown == [
        "line 1, /: <?go ?> is lost (comments)",
        "line 1, /a: the declaration of p: (u) is lost (namespaces)",
        "line 1, /a: <!--x--> is lost (comments)",
        "line 2, /a/b: the attribute 'y' is lost (attributes)",
        "line 2, /a/b: its text stands elsewhere among its children (mixed)",
    ]


@pytest.mark.parametrize(
    ("value", "preset", "expected"),
    [
        ({"a": {"b": [1]}}, "plain", ["$.a.b: an array of 1 becomes no array (other arrays)", "$.a.b[0]: 1 becomes '1' (types)"]),
        ({"a": {"b": []}}, "plain", ["$.a: an object becomes '' (types)"]),
        ({"a": {"b": [], "c": "x"}}, "plain", ["$.a: the empty array 'b' is lost (other arrays)"]),
        (
            [["x", "y"], "z"],
            "plain",
            [
                "$: the document gets the root 'root' (other arrays)",
                "$: an array of 2 becomes no array (other arrays)",
                "$[0]: an array of 2 becomes no array (other arrays)",
            ],
        ),
        ({"a": "x", "b": "y"}, "plain", ["$: the document gets the root 'root' (types)"]),
        ({"a": {"@b": None, "c": "x"}}, "plain", ["$.a: '@b' is lost, for it is None (types)"]),
        ({"a": None}, "badgerfish", ["$.a: null becomes {} (nulls)"]),
        ({"a": " x"}, "xmltodict", ["$.a: blanks around the text are lost (blanks)"]),
        (["a", 5, ["b", True]], "jsonml", ["$[1]: 5 becomes '5' (types)", "$[2][1]: True becomes 'true' (types)"]),
        ({"a": {"@b": "x", "c": ["y", "z"]}}, "plain", []),
    ],
)
def test_losses_of_json(value: Any, preset: str, expected: list[str]) -> None:
    assert [str(loss) for loss in PRESETS[preset].losses(value)] == expected


def test_a_schema_keeps_arrays_and_types() -> None:
    schema = {"properties": {"a": {"properties": {"b": {"type": "array", "items": {"type": "integer"}}}}}}
    value = {"a": {"b": [1]}}
    assert vtl.Convention().losses(value)
    assert vtl.Convention().losses(value, schema=schema) == []


def test_what_cannot_be_written_back_is_a_loss() -> None:
    (loss,) = vtl.Convention().losses("<a xmlns:p='u'><b/><p:b/></a>")
    assert loss.feature == "namespaces"
    assert "cannot be written as XML: the prefix of 'p:b' is not declared" in loss.message


def test_errors_are_those_of_the_conversions() -> None:
    with pytest.raises(InvalidXml):
        vtl.Convention().losses("<a>")
    with pytest.raises(ConversionError):
        vtl.Convention().losses({"a b": 1})


def test_the_readme_prints_the_table() -> None:
    assert table() in (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
