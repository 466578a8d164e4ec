"""XML to JSON to XML, and JSON to XML to JSON: equal as far as the table of presets says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import vtl
from vtl.transforms.kept import ARRAYS, ATTRIBUTES, KEPT, NULL, SINGLE, TYPES

NAMES = st.sampled_from(["a", "b", "c", "item", "Ünïcode", "x-y", "x.y", "_z", "a1"])
PREFIXES = {"": "urn:default", "p": "urn:p", "q": "urn:q", "r": "urn:p"}
CHARACTERS = st.characters(
    min_codepoint=9,
    exclude_categories=["Cs"],
    exclude_characters="\x0b\x0c\x0e\x0f" + "".join(map(chr, range(16, 32))) + "\ufffe\uffff",
)
TEXT = st.text(CHARACTERS, max_size=12)
WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=8)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _attribute(text: str) -> str:
    return _escape(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


@st.composite
def _attributes(draw: Any, *, prefixes: bool) -> str:
    made: dict[tuple[str, str], str] = {}
    for _ in range(draw(st.integers(0, 3))):
        prefix = draw(st.sampled_from(["", "p", "q", "r"])) if prefixes else ""
        name = draw(NAMES)
        key = (PREFIXES[prefix] if prefix else "", name)
        made.setdefault(key, f' {prefix}{":" if prefix else ""}{name}="{_attribute(draw(TEXT))}"')
    return "".join(made.values())


@st.composite
def _element(draw: Any, content: Callable[[Any, int], str], depth: int, *, prefixes: bool = True, declares: str = "") -> str:
    prefix = draw(st.sampled_from(["", "p", "q", "r"])) if prefixes else ""
    name = f"{prefix}{':' if prefix else ''}{draw(NAMES)}"
    inner = content(draw, depth)
    head = f"{name}{declares}{draw(_attributes(prefixes=prefixes))}"
    return f"<{head}>{inner}</{name}>" if inner else f"<{head}/>"


def _anything(draw: Any, depth: int) -> str:
    kinds = ["text", "cdata", "comment", "pi", *(["element"] * 3 if depth else [])]
    parts = []
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(kinds))
        if kind == "element":
            redeclares = draw(st.sampled_from(["", "", ' xmlns="urn:other"', ' xmlns:q="urn:other"', ' xmlns=""']))
            parts.append(draw(_element(_anything, depth - 1, declares=redeclares)))
        elif kind == "text":
            parts.append(_escape(draw(TEXT)))
        elif kind == "cdata":
            parts.append(f"<![CDATA[{draw(TEXT).replace(']]>', '').replace(chr(13), '')}]]>")
        elif kind == "comment":
            parts.append(f"<!--{draw(TEXT).replace('-', '').replace(chr(13), '')}-->")
        else:
            data = draw(TEXT).replace("?", "").replace("\r", "").lstrip()
            parts.append(f"<?target {data}?>")
    return "".join(parts)


def _data(draw: Any, depth: int) -> str:
    """Text, or elements whose names do not alternate."""
    if not depth or draw(st.booleans()):
        return _escape(draw(TEXT))
    names = draw(st.lists(NAMES, max_size=3, unique=True))
    parts = []
    for name in names:
        for _ in range(draw(st.integers(1, 3))):
            inner = _data(draw, depth - 1)
            head = f"{name}{draw(_attributes(prefixes=True))}"
            parts.append(f"<{head}>{inner}</{name}>" if inner else f"<{head}/>")
    return "".join(parts)


DECLARED = "".join(f' xmlns{":" if prefix else ""}{prefix}="{uri}"' for prefix, uri in PREFIXES.items())
ASIDE = st.lists(st.sampled_from(["<!--c-->", "<?x y?>", "<?z?>"]), max_size=2).map("".join)
DOCUMENTS = st.tuples(ASIDE, _element(_anything, 3, declares=DECLARED), ASIDE).map("".join)
DATA = _element(_data, 3, declares=DECLARED)


def canonical(text: str) -> bytes:
    """Canonical XML 1.0 with comments."""
    root = etree.fromstring(text.encode())
    return bytes(etree.tostring(root.getroottree(), method="c14n", with_comments=True))


@given(DOCUMENTS)
def test_jsonml_keeps_everything(text: str) -> None:
    value = vtl.xml_to_json(text, convention="jsonml")
    assert canonical(vtl.json_to_xml(value, convention="jsonml")) == canonical(text)
    assert vtl.Convention.named("jsonml").losses(text) == []


@given(DATA)
def test_badgerfish_keeps_data(text: str) -> None:
    back = vtl.json_to_xml(vtl.xml_to_json(text, convention="badgerfish"), convention="badgerfish")
    assert canonical(_without_blanks(back)) == canonical(_without_blanks(text))


def _without_blanks(text: str) -> str:
    """The document without the text of elements that have nothing but blanks beside children, which no object convention
    keeps."""
    root = etree.fromstring(text.encode())
    for element in root.iter():
        if len(element) and not (element.text or "").strip(" \t\r\n"):
            element.text = None
        if not (element.tail or "").strip(" \t\r\n"):
            element.tail = None
    return etree.tostring(root, encoding="unicode")


@st.composite
def _values(draw: Any, preset: str, depth: int = 3) -> Any:
    """JSON values of which a preset keeps everything."""
    kept = KEPT[preset]
    scalars: list[Any] = [WORDS]
    if TYPES in kept:
        scalars += [st.integers(-(10**12), 10**12), st.booleans()]
    if NULL in kept:
        scalars.append(st.none())
    if not depth:
        return draw(st.one_of(scalars))
    value: dict[str, Any] = {}
    rules = vtl.Convention.named(preset)
    for name in draw(st.lists(NAMES, min_size=1, max_size=3, unique=True)):
        if ARRAYS in kept and draw(st.integers(0, 3)) == 0:
            least = 1 if SINGLE in kept else 2
            value[name] = draw(st.lists(_values(preset, depth - 1), min_size=least, max_size=3))
        else:
            value[name] = draw(_values(preset, depth - 1) if draw(st.booleans()) else st.one_of(scalars))
    if ATTRIBUTES in kept and draw(st.booleans()):
        value = {f"{rules.attribute_prefix}id": draw(WORDS), **value}
    return value


def _has_no_trouble(value: Any, preset: str) -> bool:
    """Parker takes an object with one array for the array, and text that looks like a number for one."""
    if preset != "parker":
        return True
    if isinstance(value, dict):
        absorbs = len(value) == 1 and isinstance(next(iter(value.values())), list)
        return not absorbs and all(_has_no_trouble(each, preset) for each in value.values())
    if isinstance(value, list):
        return all(_has_no_trouble(each, preset) for each in value)
    from vtl.transforms.recognition import recognise

    return not isinstance(value, str) or recognise(value) == value


@pytest.mark.parametrize("preset", ["plain", "xmltodict", "parker"])
@given(data=st.data())
def test_values_come_back(preset: str, data: Any) -> None:
    value = data.draw(_values(preset).filter(lambda each: _has_no_trouble(each, preset)))
    document = value if preset == "parker" else {"root": value}
    assert vtl.xml_to_json(vtl.json_to_xml(document, convention=preset), convention=preset) == document


@given(st.data())
def test_badgerfish_values_come_back(data: Any) -> None:
    def dressed(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: each if name.startswith("@") else dressed(each) for name, each in value.items()}
        return [dressed(each) for each in value] if isinstance(value, list) else {"$": value}

    document = {"root": dressed(data.draw(_values("badgerfish")))}
    assert vtl.xml_to_json(vtl.json_to_xml(document, convention="badgerfish"), convention="badgerfish") == document


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=12,
)


@pytest.mark.parametrize("preset", list(KEPT))
@given(data=st.data())
def test_any_value_is_written_or_refused(preset: str, data: Any) -> None:
    value = data.draw(JSON)
    try:
        text = vtl.json_to_xml(value, convention=preset)
    except vtl.VtlError:
        return
    etree.fromstring(text.encode())
    vtl.xml_to_json(text, convention=preset)


@pytest.mark.parametrize("preset", list(KEPT))
@given(data=st.data())
def test_any_bytes_are_read_or_refused(preset: str, data: Any) -> None:
    raw = data.draw(st.binary(max_size=60) | st.text(alphabet="<a b='\"/>&;![CDATA]-?x:", max_size=40).map(str.encode))
    for document in (raw, b"<a>" + raw + b"</a>"):
        try:
            value = vtl.xml_to_json(document, convention=preset)
        except vtl.VtlError:
            continue
        vtl.Convention.named(preset).losses(document)
        assert value is None or isinstance(value, dict | list | str | int | float | bool)
