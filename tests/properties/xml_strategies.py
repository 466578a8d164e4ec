"""Hypothesis strategies for XML documents, JSON values and bytes that are nearly XML."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from hypothesis import strategies as st

NAMES = st.sampled_from(("a", "b", "c", "item", "é", "_x", "a.b-c"))
PREFIXES = st.sampled_from(("", "", "p", "q"))
URIS = st.sampled_from(("urn:one", "urn:two"))
CHARACTERS = st.one_of(
    st.sampled_from(tuple("ab 1<>&\"'é😀\t\n\r-]")),
    st.characters(min_codepoint=32, exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"),
)
TEXTS = st.text(CHARACTERS, max_size=8)
BOUND: dict[str, str] = {"": "", "xml": "http://www.w3.org/XML/1998/namespace"}


def text_of(text: str) -> st.SearchStrategy[str]:
    """The text as content: escaped, in CDATA, or as references."""
    plain = escape(text).replace("\r", "&#13;")
    ways = [plain, "".join(f"&#{ord(character)};" for character in text)]
    if "]]>" not in text and "\r" not in text and text:
        ways.append(f"<![CDATA[{text}]]>")
    return st.sampled_from(ways)


def attribute_text(text: str) -> str:
    """The text as the value of an attribute, in quotes."""
    return quoteattr(text, {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})


@st.composite
def asides(draw: st.DrawFn) -> str:
    """A comment or a processing instruction."""
    if draw(st.booleans()):
        return f"<!--{draw(st.sampled_from(('', 'c', ' <a> & ', 'x-y')))}-->"
    return draw(st.sampled_from(("<?p?>", "<?p q r?>", "<?go on='1'?>")))


@st.composite
def elements(draw: st.DrawFn, scope: dict[str, str], depth: int, *, strict: bool) -> str:
    """An element in all its forms; `strict` leaves out mixed content, comments and names that take turns."""
    scope = dict(scope)
    attributes: dict[tuple[str, str], str] = {}
    for prefix in draw(st.lists(PREFIXES, max_size=2, unique=True)):
        uri = draw(URIS) if prefix else draw(st.sampled_from(("urn:one", "urn:two", "")))
        scope[prefix] = uri
        attributes["xmlns", f"xmlns:{prefix}" if prefix else "xmlns"] = f'"{uri}"'
    for name in draw(st.lists(NAMES, max_size=2, unique=True)):
        prefix = draw(st.sampled_from(sorted({*scope, ""})))
        shown = f"{prefix}:{name}" if prefix else name
        attributes.setdefault((scope[prefix] if prefix else "", name), f"{shown}={attribute_text(draw(TEXTS))}")
    prefix = draw(st.sampled_from([known for known in scope if known != "xml"]))
    name = f"{prefix}:{draw(NAMES)}" if prefix else draw(NAMES)
    written = "".join(f" {key[1]}={value}" if key[0] == "xmlns" else f" {value}" for key, value in attributes.items())
    content = draw(contents(scope, depth, strict=strict))
    if not content and draw(st.booleans()):
        return f"<{name}{written}/>"
    return f"<{name}{written}>{content}</{name}>"


@st.composite
def contents(draw: st.DrawFn, scope: dict[str, str], depth: int, *, strict: bool) -> str:
    """What stands in an element."""
    if depth <= 0 or draw(st.integers(0, 2)) == 0:
        return draw(TEXTS.flatmap(text_of))
    inner = elements(scope, depth - 1, strict=strict)
    if not strict:
        return "".join(draw(st.lists(st.one_of(inner, TEXTS.flatmap(text_of), asides()), max_size=4)))
    children = draw(st.lists(inner, max_size=4))
    # Equal names stand together, so that no order is lost.
    groups: dict[str, list[str]] = {}
    for child in children:
        groups.setdefault(child[1:].replace("/", ">").replace(" ", ">").partition(">")[0], []).append(child)
    return "".join(child for group in groups.values() for child in group)


@st.composite
def documents(draw: st.DrawFn, *, strict: bool = False) -> str:
    """A document; `strict`: without mixed content, comments and names that take turns."""
    root = draw(elements(BOUND, 3, strict=strict))
    if strict:
        return root
    before, after = draw(st.lists(asides(), max_size=2)), draw(st.lists(asides(), max_size=2))
    declaration = draw(st.sampled_from(("", '<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-8"?>\n')))
    return f"{declaration}{''.join(before)}{root}{''.join(after)}"


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    """Bytes that are nearly a document: some cut out, put in or changed, in some encoding."""
    text = draw(st.one_of(documents(), st.text("<>/&;!?[]=\"' abx:-\x00é", max_size=30)))
    for _ in range(draw(st.integers(0, 3))):
        at, length = draw(st.integers(0, len(text))), draw(st.integers(0, 3))
        put = draw(
            st.sampled_from(
                ("", "<", ">", "&", "&a;", "&#0;", "<!DOCTYPE a>", "<!--", "]]>", "\x00", "xmlns:p=''", "p:", '"', "</a>")
            )
        )
        text = text[:at] + put + text[at + length :]
    return text.encode(
        draw(st.sampled_from(("utf-8", "utf-8", "utf-8", "utf-16", "utf-16-be", "utf-32", "cp1252", "cp500"))), "replace"
    )


SCALARS: st.SearchStrategy[Any] = st.one_of(
    TEXTS,
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.sampled_from(("5", "007", "true", "1.50", "")),
)
MEMBERS = st.one_of(
    NAMES, NAMES, st.sampled_from(("@a", "@b", "#text", "$", "p:a", "@xmlns:p", "@xmlns", "", "a b", "1", "a:b:c"))
)
ANY_JSON: st.SearchStrategy[Any] = st.recursive(
    SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(MEMBERS, inner, max_size=4)), max_leaves=12
)
SOUND_JSON: st.SearchStrategy[Any] = st.recursive(
    SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=4)), max_leaves=12
)


def _objects(leaf: st.SearchStrategy[Any], attribute: str, text_key: str) -> st.SearchStrategy[Any]:
    """Objects of texts, attributes and arrays of two or more, as every convention with objects has them."""

    def inside(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        member = st.one_of(inner, st.lists(inner, min_size=2, max_size=3))
        children = st.dictionaries(NAMES, member, min_size=1, max_size=3)
        if not attribute:
            return children
        attributes = st.dictionaries(NAMES.map(lambda name: attribute + name), TEXTS, min_size=1, max_size=2)
        whole = st.builds(lambda one, other: {**one, **other}, attributes, children)
        with_text = st.builds(lambda one, text: {**one, text_key: text}, attributes, TEXTS.map(str.strip).filter(bool))
        return st.one_of(children, whole, with_text, attributes)

    return st.recursive(leaf, inside, max_leaves=8)


def _rooted(content: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(lambda name, value: {name: value}, NAMES, content)


STRIPPED = TEXTS.map(str.strip).filter(bool)
KEPT_JSON: dict[str, st.SearchStrategy[Any]] = {
    "plain": _rooted(_objects(st.one_of(st.none(), TEXTS), "@", "#text")),
    "xmltodict": _rooted(_objects(st.one_of(st.none(), STRIPPED), "@", "#text")),
    "badgerfish": _rooted(_objects(st.one_of(st.just({}), TEXTS.filter(bool).map(lambda text: {"$": text})), "@", "$")),
    "parker": st.dictionaries(
        NAMES,
        st.one_of(STRIPPED.filter(lambda text: not text.isdigit()), st.integers(-9, 99), st.booleans(), st.none()),
        min_size=2,
        max_size=4,
    ),
    "jsonml": st.recursive(
        NAMES.map(lambda name: [name]),
        lambda inner: st.builds(
            lambda name, attributes, content: [name, *([attributes] if attributes else []), *content],
            NAMES,
            st.dictionaries(NAMES, TEXTS, max_size=2),
            st.one_of(st.lists(inner, max_size=3), TEXTS.filter(bool).map(lambda text: [text])),
        ),
        max_leaves=8,
    ),
}
"""Preset → the JSON values that its table says it keeps."""
