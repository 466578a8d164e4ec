"""`Vocabulary`: what the members of an object are in XML (element, attribute, declaration, text) and how they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Any

from vtl.errors import ConversionError
from vtl.limits import Limits
from vtl.transforms.convention import Convention
from vtl.transforms.names import NCNAME, escape_name, replace_name
from vtl.transforms.naming import XML, XSI
from vtl.transforms.safe import is_namespace
from vtl.transforms.writing import in_attribute, scalar_text

_MOST_LAYOUTS = 1_000
_XMLNS = "http://www.w3.org/2000/xmlns/"


class Role(IntEnum):
    """What a member is; ELEMENT is the only one that is false."""

    ELEMENT = 0
    TEXT = 1
    ATTRIBUTE = 2
    DECLARATION = 3
    BLOCK = 4


class Word:
    """One member name: its role, its name in XML, its prefix ("" for none) and its name where that prefix is not declared."""

    __slots__ = ("closing", "empty", "flat", "key", "name", "opening", "prefix", "role", "scope")

    def __init__(self, key: str, role: Role, name: str, prefix: str = "", flat: str = ""):
        self.key = key
        self.role = role
        self.name = name
        self.prefix = prefix
        self.flat = flat
        self.opening = f"<{name}>"
        self.closing = f"</{name}>"
        self.empty = f"<{name}/>"
        self.scope: Mapping[str, str] | None = None
        """The scope in which the prefix was last found to be declared."""


class Layout:
    """The words of an object with these members, in order, and what they say about it."""

    __slots__ = ("has_elements", "is_simple", "marked", "text", "words")

    def __init__(self, words: list[Word], mark: str):
        self.words = words
        self.marked = [word for word in words if word.role not in (Role.ELEMENT, Role.TEXT)]
        """Attributes and declarations."""
        unaltered = all(word.role is Role.ATTRIBUTE and word.key == f"{mark}{word.name}" for word in self.marked)
        self.is_simple = unaltered and sum(bool(word.prefix) for word in self.marked) <= 1
        """Whether no attribute needs a look at its neighbours: none declares, and no two can be the same."""
        self.text = next((word for word in words if word.role is Role.TEXT), None)
        self.has_elements = any(word.role is Role.ELEMENT for word in words)


class Vocabulary:
    """The members of one convention; `words` remembers those that were met."""

    __slots__ = ("_limits", "_rules", "layouts", "uses_xsi", "words")

    def __init__(self, rules: Convention, limits: Limits):
        self._rules = rules
        self._limits = limits
        self.words: dict[str, Word] = {}
        self.layouts: dict[tuple[Any, ...], Layout] = {}
        """The layouts of objects that were met, by their members."""
        self.uses_xsi = False
        """Whether something was written that needs a declaration of xsi."""

    def word(self, key: object) -> Word:
        """The word of a member. ConversionError for a name that XML does not have, if the convention refuses those."""
        if not isinstance(key, str):
            raise ConversionError(f"the name {key!r} is no text")
        rules = self._rules
        mark = rules.attribute_prefix
        if key == rules.text_key:
            made = Word(key, Role.TEXT, key)
        elif mark and key.startswith(mark):
            name = key[len(mark) :]
            if name == "xmlns" or name.startswith("xmlns:"):
                made = self.declaration(key, name)
            else:
                made = self.named(key, name, Role.ATTRIBUTE)
        else:
            made = self.named(key, key, Role.ELEMENT)
        self.words[key] = made
        return made

    def layout(self, value: Mapping[Any, Any]) -> Layout:
        """The words of an object; remembered for others with the same members. ConversionError as `word`."""
        words = [self.words.get(key) or self.word(key) for key in value]
        made = Layout(words, self._rules.attribute_prefix or "")
        if len(self.layouts) < _MOST_LAYOUTS:
            self.layouts[tuple(value)] = made
        return made

    def declaration(self, key: str, name: str) -> Word:
        """The word of a declaration: `xmlns` or `xmlns:prefix`."""
        if name == "xmlns":
            return Word(key, Role.BLOCK if self._rules.namespace_block else Role.DECLARATION, "")
        if not NCNAME.fullmatch(name[6:]):
            raise ConversionError(f"{name[6:]!r} is no prefix")
        return Word(key, Role.DECLARATION, name[6:])

    def named(self, key: str, text: str, role: Role) -> Word:
        """The word of an element or attribute with that text as its name. ConversionError as `word`."""
        if len(text) > self._limits.xml_name_length:
            raise ConversionError(f"the name {text[:40]!r}... is longer than {self._limits.xml_name_length:,} characters")
        prefix, colon, local = text.rpartition(":")
        if NCNAME.fullmatch(local) and (not colon or NCNAME.fullmatch(prefix)):
            if self._rules.names == "escape" and escape_name(local) != local:
                return Word(key, role, f"{prefix}{colon}{escape_name(local)}", prefix, escape_name(text))
            return Word(key, role, text, prefix, self._flat(text) if colon else text)
        flat = self._flat(text)
        if not flat:
            raise ConversionError(
                f"{text!r} is no name in XML",
                hint="names='escape' writes such names so that they can be read back, 'replace' with _",
            )
        return Word(key, role, flat)

    def _flat(self, text: str) -> str:
        if self._rules.names == "refuse":
            return ""
        return escape_name(text) if self._rules.names == "escape" else replace_name(text)

    def resolved(self, word: Word, scope: Mapping[str, str]) -> Word:
        """The word with the name by which it is written where these prefixes are declared. ConversionError as `written`."""
        name = self.written(word, scope)
        if name != word.name:
            return Word(word.key, word.role, name)
        word.scope = scope
        return word

    def attributes(self, marked: list[tuple[Word, Any]], scope: dict[str, str]) -> tuple[dict[str, str], str]:
        """The prefixes that count inside of an element, and its declarations and attributes as they are written.

        ConversionError for a declaration that cannot be, and for two attributes of one name.
        """
        written = []
        for prefix, namespace in _declarations(marked, self._rules.text_key):
            check_declaration(prefix, namespace)
            scope = {**scope, prefix: namespace}
            written.append(f' {declared_as(prefix)}="{in_attribute(namespace)}"')
        seen: set[str] = set()
        for word, item in marked:
            if word.role is not Role.ATTRIBUTE or item is None:
                continue
            name = self.written(word, scope)
            expanded = f"{{{scope[word.prefix]}}}{name.rpartition(':')[2]}" if word.prefix and ":" in name else name
            if expanded in seen:
                raise ConversionError(f"the attribute {name!r} comes twice")
            seen.add(expanded)
            written.append(f' {name}="{in_attribute(scalar_text(item))}"')
        return scope, "".join(written)

    def written(self, word: Word, scope: Mapping[str, str]) -> str:
        """The name as it is written where these prefixes are declared. ConversionError for a prefix that is not."""
        if not word.prefix:
            return word.name
        if word.prefix in scope:
            if word.prefix == "xsi":
                self.uses_xsi = True
            return word.name
        if not word.flat:
            mark = self._rules.attribute_prefix or "@"
            raise ConversionError(
                f"the prefix of {word.name!r} is not declared",
                hint=f"declare it with prefixes={{{word.prefix!r}: 'its namespace'}} or a member '{mark}xmlns:{word.prefix}'",
            )
        return word.flat


def declared_as(prefix: str) -> str:
    """The name of the attribute that declares a prefix, or the default namespace where it is empty."""
    return f"xmlns:{prefix}" if prefix else "xmlns"


def check_declaration(prefix: str, namespace: str) -> None:
    """ConversionError for a declaration that Namespaces in XML 1.0 forbids."""
    if prefix and not namespace:
        raise ConversionError(f"the prefix {prefix!r} cannot stand for no namespace")
    if namespace and not is_namespace(namespace):
        raise ConversionError(f"{namespace[:80]!r} is no URI, and so no namespace")
    if prefix == "xmlns" or namespace == _XMLNS or (prefix == "xml") != (namespace == XML):
        raise ConversionError(f"the prefix {prefix!r} cannot stand for the namespace {namespace!r}")


def scope_of(rules: Convention) -> dict[str, str]:
    """The prefixes that are declared before the document says anything: xml, xsi (on demand) and those of the convention."""
    for prefix, namespace in rules.prefixes.items():
        if prefix and not NCNAME.fullmatch(prefix):
            raise ConversionError(f"{prefix!r} is no prefix")
        check_declaration(prefix, namespace)
    return {"xml": XML, "xsi": XSI, **rules.prefixes}


def _declarations(marked: list[tuple[Word, Any]], text_key: str) -> Iterator[tuple[str, str]]:
    """The declarations among the members: prefix ("" for none) and namespace."""
    for word, item in marked:
        if word.role is Role.DECLARATION:
            yield word.name, "" if item is None else scalar_text(item)
        elif word.role is Role.BLOCK:
            block = item if isinstance(item, Mapping) else {text_key: item}
            for prefix, namespace in block.items():
                if prefix != text_key and not (isinstance(prefix, str) and NCNAME.fullmatch(prefix)):
                    raise ConversionError(f"{prefix!r} is no prefix")
                yield "" if prefix == text_key else prefix, "" if namespace is None else scalar_text(namespace)
