"""`Naming`: the JSON names of elements and attributes, whatever a convention does with their namespaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vtl.limits import Limits
from vtl.transforms.convention import Convention
from vtl.transforms.names import unescape_name
from vtl.transforms.safe import PassedBound
from vtl.transforms.shapes import Shape
from vtl.transforms.tags import StartTag, has_synonyms, start_tags

XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"
NIL = object()
"""The member by which an element says, until it ends, that it has xsi:nil."""
_NIL_NAME = f"{{{XSI}}}nil"


class Naming:
    """The names of one document.

    The parser tells namespaces and not prefixes. Those come from the declarations; where two prefixes stand for one namespace
    and the convention keeps prefixes, from the tags as they are written.
    """

    __slots__ = (
        "_attribute_prefix",
        "_first",
        "_limits",
        "_mapped",
        "_prefix",
        "_rules",
        "_scopes",
        "_written",
        "_written_attributes",
        "ambiguous",
        "attribute_names",
        "inherits",
        "names",
    )

    def __init__(self, rules: Convention, limits: Limits, data: bytes):
        self._rules = rules
        self._limits = limits
        self._mapped = {namespace: prefix for prefix, namespace in rules.prefixes.items()}
        self._prefix: dict[str, str] = {XML: "xml"}
        self._attribute_prefix: dict[str, str] = {XML: "xml"}
        self._first: dict[str, str] = {}
        self.attribute_names: dict[str, str] = {}
        """Names of attributes (in Clark's notation) whose JSON name is always the same."""
        self._scopes: list[dict[str, str]] = [{}]
        is_careful = rules.namespaces == "keep" and b"xmlns" in data and has_synonyms(data)
        self._written: Iterator[StartTag] | None = start_tags(data) if is_careful else None
        self._written_attributes: list[str] = []
        shows = rules.namespace_block and rules.namespaces == "keep" and rules.attribute_prefix is not None
        self.inherits = shows and b"xmlns" in data
        """Whether every element says which namespaces count inside of it."""
        self.names: dict[str, str] = {}
        """Tags (in Clark's notation) whose JSON name is always the same."""
        self.ambiguous: set[str] = set()
        """Names that more than one tag of the document has (namespaces="clash")."""

    def declare(self, declared: Mapping[str, str]) -> None:
        """Notes the declarations of an element before it is named."""
        for prefix, namespace in declared.items():
            self._prefix.setdefault(namespace, prefix)
            if prefix:
                if len(prefix) > self._limits.xml_name_length:
                    raise PassedBound
                self._attribute_prefix.setdefault(namespace, prefix)

    def element(self, tag: str) -> str:
        """The JSON name of an element; remembered in `names` where it is the same in the whole document."""
        namespace, local = split(tag)
        if len(local) > self._limits.xml_name_length:
            raise PassedBound
        mapped = self._mapped.get(namespace) if namespace else None
        written = ""
        if self._written is not None:
            # None for a tag without an end, of which the parser tells before it refuses the document.
            found = next(self._written, None)
            written, self._written_attributes = (found.name, found.attributes) if found else ("", [])
        if mapped is not None:
            key = f"{mapped}:{local}" if mapped else local
        elif written:
            key = written
        elif self._rules.namespaces == "keep" and namespace and self._prefix[namespace]:
            key = f"{self._prefix[namespace]}:{local}"
        else:
            key = local
        if self._rules.names == "escape":
            key = unescape_name(key)
        if self._rules.namespaces == "clash" and self._first.setdefault(key, tag) != tag:
            self.ambiguous.add(key)
        if self._written is None:
            self.names[tag] = key
        return key

    def attributes(
        self, attributes: Mapping[str, str], declared: Mapping[str, str], shape: Shape | None
    ) -> dict[Any, Any] | None:
        """The declarations and attributes of an element as members; None when there are none to be kept."""
        made: dict[Any, Any] = {}
        rules = self._rules
        if rules.namespaces == "keep" and rules.attribute_prefix is not None and (declared or self.inherits):
            self._note_declarations(declared, made)
        if not attributes or (rules.attribute_prefix is None and rules.nil != "xsi"):
            return made or None
        known = self.attribute_names
        written = None
        if self._written is not None:
            written = iter([each for each in self._written_attributes if each != "xmlns" and not each.startswith("xmlns:")])
        for name, text in attributes.items():
            as_written = next(written, "") if written is not None else ""
            if name == _NIL_NAME and rules.nil == "xsi":
                if text.strip() in ("true", "1"):
                    made[NIL] = True
                continue
            if rules.attribute_prefix is None:
                continue
            key = known.get(name) or self._attribute(name, as_written)
            if key in made:
                return self._with_prefixes(attributes, made, shape)
            convert = shape[key].convert if shape is not None else None
            made[key] = convert(text) if convert is not None else text
        return made or None

    def _with_prefixes(self, attributes: Mapping[str, str], made: dict[Any, Any], shape: Shape | None) -> dict[Any, Any]:
        """The members for attributes some of which have the same local name: those with a namespace have its prefix."""
        for name in attributes:
            made.pop(self.attribute_names.get(name), None)
        for name, text in attributes.items():
            namespace, local = split(name)
            prefix = self._mapped.get(namespace) or self._attribute_prefix.get(namespace, "")
            key = self._marked(f"{prefix}:{local}" if namespace else local)
            number = 2
            while key in made:  # a prefix that stands for another namespace further out
                key = self._marked(f"ns{number}:{local}")
                number += 1
            convert = shape[key].convert if shape is not None else None
            made[key] = convert(text) if convert is not None else text
        return made

    def leave(self) -> None:
        """An element ends whose declarations were noted (`inherits`)."""
        self._scopes.pop()

    def settle(self, node: dict[Any, Any]) -> dict[Any, Any]:
        """The members of an element once it is complete: prefixes where siblings of one local name are in different namespaces.

        Members whose names are ambiguous in the document stand there as (name, tag).
        """
        tags: dict[str, list[str]] = {}
        for member in node:
            if type(member) is tuple:
                tags.setdefault(member[0], []).append(member[1])
        if not tags:
            return node
        for name in tags:
            if name in node and self._first[name] not in tags[name]:
                tags[name].insert(0, self._first[name])
        settled: dict[Any, Any] = {}
        shown: dict[str, str] = {}
        numbers: dict[str, int] = {}
        for member, value in node.items():
            name, tag = member if type(member) is tuple else (member, self._first.get(member, ""))
            if name in tags and len(tags[name]) > 1:
                name = shown.get(tag) or self._unlike(tag, settled, numbers)
                shown[tag] = name
            if name in settled:
                value = [*_listed(settled[name]), *_listed(value)]
            settled[name] = value
        return settled

    def _unlike(self, tag: str, taken: dict[Any, Any], numbers: dict[str, int]) -> str:
        """The name of a tag with its prefix, or with a made-up one when that is taken; `numbers` has the next to be tried."""
        namespace, local = split(tag)
        prefix = "" if namespace in self._mapped else self._prefix.get(namespace, "")
        name = f"{prefix}:{local}" if prefix else local
        while name in taken:
            number = numbers.get(local, 2)
            name = f"ns{number}:{local}"
            numbers[local] = number + 1
        return name

    def _note_declarations(self, declared: Mapping[str, str], made: dict[Any, Any]) -> None:
        """The declarations as attributes; as a block, with those of the elements around it."""
        mark = f"{self._rules.attribute_prefix}xmlns"
        kept = {prefix: namespace for prefix, namespace in declared.items() if not self._is_mapped(prefix, namespace)}
        if not self._rules.namespace_block:
            for prefix, namespace in kept.items():
                made[f"{mark}:{prefix}" if prefix else mark] = namespace
            return
        scope = {**self._scopes[-1], **kept} if kept else self._scopes[-1]
        self._scopes.append(scope)
        if scope:
            made[mark] = {prefix or self._rules.text_key: namespace for prefix, namespace in scope.items()}

    def _is_mapped(self, prefix: str, namespace: str) -> bool:
        """Whether the convention has a prefix of its own for what is declared here, and so needs no declaration."""
        return namespace in self._mapped and bool(self._mapped[namespace] or not prefix)

    def _attribute(self, name: str, written: str) -> str:
        """The JSON name of an attribute; remembered where it is the same in the whole document."""
        namespace, local = split(name)
        if len(local) > self._limits.xml_name_length:
            raise PassedBound
        mapped = self._mapped.get(namespace, "") if namespace else ""
        if mapped:
            key = f"{mapped}:{local}"
        elif namespace and self._rules.namespaces == "keep":
            key = written or f"{self._attribute_prefix[namespace]}:{local}"
        else:
            key = local
        made = self._marked(key)
        if not written:
            self.attribute_names[name] = made
        return made

    def _marked(self, key: str) -> str:
        if self._rules.names == "escape":
            key = unescape_name(key)
        return f"{self._rules.attribute_prefix}{key}"


def split(tag: str) -> tuple[str, str]:
    """Namespace and local name of a tag in Clark's notation (`{namespace}local`)."""
    if tag[:1] != "{":
        return "", tag
    namespace, _, local = tag[1:].rpartition("}")
    return namespace, local


def _listed(value: Any) -> list[Any]:
    return value if type(value) is list else [value]
