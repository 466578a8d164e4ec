"""JSON and XML, there and back: what each convention says that it keeps, no document loses; any bytes are read or refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml import etree

from tests.properties.xml_strategies import ANY_JSON, KEPT_JSON, SOUND_JSON, broken, documents
from vtl.errors import ConversionError, VtlError
from vtl.limits import Limits
from vtl.transforms.convention import PRESETS
from vtl.transforms.losses import FEATURES, KEEPS, losses_of
from vtl.transforms.xml_reader import xml_to_json
from vtl.transforms.xml_writer import json_to_xml

SMALL = Limits(xml_size=20_000, xml_depth=8, xml_attributes=3, xml_name_length=8)


def _canonical(text: str) -> bytes:
    return etree.tostring(etree.fromstring(text.encode()).getroottree(), method="c14n", with_comments=True)


@given(documents())
def test_jsonml_keeps_every_document(text: str) -> None:
    made = json_to_xml(xml_to_json(text, convention="jsonml"), convention="jsonml")
    assert _canonical(made) == _canonical(text)
    assert PRESETS["jsonml"].losses(text) == []


@given(documents(strict=True))
def test_badgerfish_keeps_documents_without_mixed_content(text: str) -> None:
    losses = PRESETS["badgerfish"].losses(text)
    # Two prefixes of one namespace give siblings of one name two names in JSON, so that they are no longer in order.
    assume(not any(loss.feature == "order" for loss in losses))
    made = json_to_xml(xml_to_json(text, convention="badgerfish"), convention="badgerfish")
    assert _canonical(made) == _canonical(text)
    assert losses == []


@pytest.mark.parametrize("preset", PRESETS)
def test_json_that_a_preset_keeps_comes_back_equal(preset: str) -> None:
    @given(KEPT_JSON[preset])
    def there_and_back(value: Any) -> None:
        text = json_to_xml(value, convention=preset)
        made = xml_to_json(text, convention=preset)
        assert json.dumps(made, sort_keys=True) == json.dumps(value, sort_keys=True)
        assert PRESETS[preset].losses(value) == []

    there_and_back()


@pytest.mark.parametrize("preset", PRESETS)
def test_no_document_loses_what_the_table_says_is_kept(preset: str) -> None:
    @given(documents())
    def lost(text: str) -> None:
        assert {loss.feature for loss in PRESETS[preset].losses(text)} <= FEATURES.keys() - KEEPS[preset]

    lost()


@pytest.mark.parametrize("preset", [name for name in PRESETS if name != "jsonml"])
def test_no_json_loses_what_the_table_says_is_kept(preset: str) -> None:
    @given(SOUND_JSON)
    def lost(value: Any) -> None:
        assume(not isinstance(value, (str, bytes)))
        assert {loss.feature for loss in PRESETS[preset].losses(value)} <= FEATURES.keys() - KEEPS[preset]

    lost()


@given(ANY_JSON, st.sampled_from(sorted(PRESETS)), st.sampled_from(("refuse", "escape", "replace")), st.sampled_from((0, 2)))
def test_any_json_is_written_as_xml_or_refused(value: Any, preset: str, names: Any, indent: int) -> None:
    try:
        text = json_to_xml(value, convention=preset, names=names, indent=indent)
    except ConversionError as error:
        assert error.message
        return
    etree.fromstring(text.encode())
    xml_to_json(text, convention=preset)


@given(SOUND_JSON.filter(lambda value: isinstance(value, dict)))
def test_escaped_names_come_back(value: Any) -> None:
    odd = {f"{name} <{name}": item for name, item in value.items()}
    text = json_to_xml({"root": odd}, names="escape")
    made = xml_to_json(text, names="escape")
    assert [name for name in odd if odd[name] not in ([],)] == list(made["root"] or {})


@given(
    broken(),
    st.sampled_from(sorted(PRESETS)),
    st.sampled_from(("keep", "clash", "strip")),
    st.sampled_from(("strings", "recognise")),
)
def test_any_bytes_are_read_or_refused(data: bytes, preset: str, namespaces: Any, types: Any) -> None:
    if preset == "jsonml" and namespaces == "clash":
        namespaces = "keep"
    for limits in (None, SMALL):
        try:
            xml_to_json(data, convention=preset, namespaces=namespaces, types=types, limits=limits)
        except VtlError as error:
            assert str(error)
            assert error.diagnostic.render()


@given(documents(), st.sampled_from(sorted(PRESETS)))
def test_bytes_in_every_encoding_say_the_same(text: str, preset: str) -> None:
    assume("encoding=" not in text)
    expected = xml_to_json(text, convention=preset)
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        assert xml_to_json(text.encode(encoding), convention=preset) == expected
    assert losses_of(text.encode("utf-16"), PRESETS[preset]) == losses_of(text, PRESETS[preset])
