"""The JSON names of elements and attributes."""

from __future__ import annotations

from time import process_time

import pytest

import vtl
from vtl.limits import Limits
from vtl.transforms.convention import Convention
from vtl.transforms.naming import Naming, split
from vtl.transforms.safe import PassedBound


def _naming(data: bytes = b"", **options: object) -> Naming:
    return Naming(Convention().changed(**options), Limits(xml_name_length=5), data)


def test_tags_in_clark_s_notation() -> None:
    assert split("{urn:x}a") == ("urn:x", "a")
    assert split("{}a") == ("", "a")
    assert split("a") == ("", "a")


def test_names_are_remembered_where_they_are_always_the_same() -> None:
    naming = _naming(namespaces="keep")
    naming.declare({"p": "u", "": "v"})
    assert (naming.element("{u}a"), naming.element("{v}a"), naming.element("a")) == ("p:a", "a", "a")
    assert naming.names == {"{u}a": "p:a", "{v}a": "a", "a": "a"}
    assert naming.attributes({"{u}x": "1", "y": "2"}, {}, None) == {"@p:x": "1", "@y": "2"}
    assert naming.attribute_names == {"{u}x": "@p:x", "y": "@y"}


def test_with_two_prefixes_the_tags_are_asked() -> None:
    naming = _naming(b"<p:a xmlns:p='u' xmlns:q='u' q:x='1'><q:a/></p:a>", namespaces="keep")
    naming.declare({"p": "u", "q": "u"})
    assert naming.element("{u}a") == "p:a"
    assert naming.attributes({"{u}x": "1"}, {}, None) == {"@q:x": "1"}
    assert naming.element("{u}a") == "q:a"
    assert (naming.names, naming.attribute_names) == ({}, {})


def test_clashes_get_prefixes_when_their_parent_ends() -> None:
    naming = _naming()
    naming.declare({"p": "u"})
    assert [naming.element(tag) for tag in ("a", "{u}a", "b")] == ["a", "a", "b"]
    assert naming.ambiguous == {"a"}
    assert naming.settle({"a": "1", ("a", "{u}a"): "2", "b": "3"}) == {"a": "1", "p:a": "2", "b": "3"}
    assert naming.settle({("a", "{u}a"): "2"}) == {"a": "2"}
    assert naming.settle({"b": "3"}) == {"b": "3"}


def test_long_names() -> None:
    with pytest.raises(PassedBound):
        _naming().element("{u}abcdef")
    with pytest.raises(PassedBound):
        _naming().attributes({"abcdef": ""}, {}, None)


def test_a_tag_without_an_end_has_no_written_name() -> None:
    naming = _naming(b'<e xmlns="&lt;"><s', namespaces="keep")
    naming.declare({"": "<"})
    assert [naming.element(tag) for tag in ("{<}e", "{<}s")] == ["e", "s"]


def test_one_prefix_for_many_namespaces_takes_no_quadratic_time() -> None:
    count = 20_000
    document = "<a>" + "".join(f'<x:b xmlns:x="u{number}"/>' for number in range(count)) + "</a>"
    start = process_time()
    names = list(vtl.xml_to_json(document)["a"])
    assert process_time() - start < 5
    assert (names[:3], len(names)) == (["x:b", "ns2:b", "ns3:b"], count)


def test_attributes_whose_prefix_is_declared_again_are_all_kept() -> None:
    document = '<a xmlns:p="u1"><b xmlns:p="u2" xmlns:q="u1" p:x="1" q:x="2" x="3"/></a>'
    assert vtl.xml_to_json(document) == {"a": {"b": {"@p:x": "1", "@ns2:x": "2", "@x": "3"}}}
