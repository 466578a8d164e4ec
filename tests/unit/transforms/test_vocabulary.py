"""What members are in XML."""

from __future__ import annotations

import pytest

from vtl.errors import ConversionError
from vtl.limits import Limits
from vtl.transforms.convention import PRESETS, Convention
from vtl.transforms.vocabulary import Role, Vocabulary, check_declaration, declared_as, scope_of


@pytest.mark.parametrize(
    ("key", "role", "name", "prefix"),
    [
        ("a", Role.ELEMENT, "a", ""),
        ("p:a", Role.ELEMENT, "p:a", "p"),
        ("@a", Role.ATTRIBUTE, "a", ""),
        ("@p:a", Role.ATTRIBUTE, "p:a", "p"),
        ("#text", Role.TEXT, "#text", ""),
        ("@xmlns", Role.DECLARATION, "", ""),
        ("@xmlns:p", Role.DECLARATION, "p", ""),
    ],
)
def test_words(key: str, role: Role, name: str, prefix: str) -> None:
    words = Vocabulary(Convention(), Limits())
    word = words.word(key)
    assert (word.role, word.name, word.prefix) == (role, name, prefix)
    assert words.words[key] is word


def test_blocks_of_declarations() -> None:
    words = Vocabulary(PRESETS["badgerfish"], Limits())
    assert words.word("@xmlns").role is Role.BLOCK
    marked = [(words.word("@xmlns"), {"$": "u", "p": "v"}), (words.word("@p:x"), 1)]
    assert words.attributes(marked, {}) == ({"": "u", "p": "v"}, ' xmlns="u" xmlns:p="v" p:x="1"')
    with pytest.raises(ConversionError, match="'1' is no prefix"):
        words.attributes([(words.word("@xmlns"), {"1": "u"})], {})


def test_layouts_know_what_needs_a_closer_look() -> None:
    words = Vocabulary(Convention(names="replace"), Limits())
    simple = words.layout({"@a": 1, "@p:b": 2, "c": 3, "#text": 4})
    assert (simple.is_simple, simple.has_elements, len(simple.marked)) == (True, True, 2)
    assert words.layouts[("@a", "@p:b", "c", "#text")] is simple
    assert not words.layout({"@a b": 1}).is_simple
    assert not words.layout({"@p:a": 1, "@q:a": 1}).is_simple
    assert not words.layout({"@xmlns": 1}).is_simple


def test_prefixes_that_are_not_declared() -> None:
    words = Vocabulary(Convention(), Limits())
    word = words.word("p:a")
    assert words.resolved(word, {"p": "u"}) is word
    with pytest.raises(ConversionError, match="not declared") as caught:
        words.resolved(word, {})
    assert "@xmlns:p" in str(caught.value.hint)
    flat = Vocabulary(Convention(names="escape"), Limits())
    assert flat.resolved(flat.word("p:a"), {}).name == "p_x003A_a"


def test_declarations() -> None:
    assert (declared_as(""), declared_as("p")) == ("xmlns", "xmlns:p")
    check_declaration("p", "urn:x")
    check_declaration("", "")
    for prefix, namespace in (("p", ""), ("xmlns", "u"), ("p", "http://www.w3.org/2000/xmlns/"), ("xml", "u"), ("p", "a b")):
        with pytest.raises(ConversionError):
            check_declaration(prefix, namespace)
    with pytest.raises(ConversionError, match="'1' is no prefix"):
        scope_of(Convention(prefixes={"1": "u"}))
