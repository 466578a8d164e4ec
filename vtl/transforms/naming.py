"""`Naming`: the JSON names of elements and attributes, whatever a convention does with their namespaces."""

from __future__ import annotations

from typing import Any

from vtl.errors import LimitExceeded
from vtl.limits import Limits
from vtl.transforms.convention import Convention
from vtl.transforms.names import unescape_name
from vtl.transforms.safe import Element, check_element, exceeded, written_names
from vtl.transforms.shapes import Shape

XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"
NIL = object()
"""The member by which an element says, until it ends, that it has xsi:nil."""
_NIL_NAME = f"{{{XSI}}}nil"
_MOST_LOOKUPS = 100_000


class Naming:
    """The names of one document. lxml tells the prefix of an element, of an attribute only the namespace: it is looked up."""

    __slots__ = (
        "_attributes",
        "_first",
        "_limits",
        "_lookups",
        "_mapped",
        "_name",
        "_prefix",
        "_prefixes",
        "_rules",
        "ambiguous",
        "declared",
        "names",
    )

    def __init__(self, rules: Convention, limits: Limits, name: str):
        self._rules = rules
        self._limits = limits
        self._name = name
        self._mapped = {namespace: prefix for prefix, namespace in rules.prefixes.items()}
        self._prefixes: dict[str, set[str]] = {XML: {"xml"}}
        self._prefix: dict[str, str] = {}
        self._first: dict[str, str] = {}
        self._attributes: dict[str, str] = {}
        self._lookups = 0
        self.names: dict[str, str] = {}
        """Tags (in Clark's notation) whose JSON name is always the same."""
        self.ambiguous: set[str] = set()
        """Names that more than one tag of the document has (namespaces="clash")."""
        self.declared: list[tuple[str, str]] = []
        """Declarations of the element that starts next."""

    def declare(self, declaration: tuple[str, str]) -> None:
        """Notes a declaration (prefix, namespace). A second prefix for a namespace makes names depend on the place."""
        prefix, namespace = declaration
        if namespace in self._mapped and (self._mapped[namespace] or not prefix):
            return
        self.declared.append(declaration)
        if len(self.declared) > self._limits.xml_attributes:
            raise LimitExceeded(
                "xml_attributes", f"an element has more than {self._limits.xml_attributes:,} namespace declarations"
            )
        known = self._prefixes.setdefault(namespace, set())
        if prefix not in known:
            known.add(prefix)
            if len(known) > 1 and self._rules.namespaces == "keep":
                self.names.clear()
                self._attributes.clear()

    def element(self, element: Element, tag: str) -> str:
        """The JSON name of an element; remembered in `names` where it is the same in the whole document."""
        namespace, local = split(tag)
        if len(local) > self._limits.xml_name_length:
            check_element(element, 0, self._limits, self._name)
        mapped = self._mapped.get(namespace) if namespace else None
        stable = True
        if mapped is not None:
            key = f"{mapped}:{local}" if mapped else local
        elif self._rules.namespaces == "keep":
            key = f"{element.prefix}:{local}" if element.prefix else local
            stable = not namespace or len(self._prefixes.get(namespace, ())) < 2
        else:
            key = local
        if self._rules.names == "escape":
            key = unescape_name(key)
        if self._rules.namespaces == "clash":
            self._prefix.setdefault(tag, "" if mapped is not None else element.prefix or "")
            if self._first.setdefault(key, tag) != tag:
                self.ambiguous.add(key)
        if stable:
            self.names[tag] = key
        return key

    def attributes(self, element: Element, attributes: Any, shape: Shape | None) -> dict[Any, Any] | None:
        """The declarations and attributes of an element as members; None when there are none to be kept."""
        made: dict[Any, Any] = {}
        if self.declared:
            if self._rules.namespaces == "keep" and self._rules.attribute_prefix is not None:
                self._note_declarations(made)
            self.declared.clear()
        if not attributes or (self._rules.attribute_prefix is None and self._rules.nil != "xsi"):
            return made or None
        known = self._attributes
        for position, (name, text) in enumerate(attributes.items()):
            if name == _NIL_NAME and self._rules.nil == "xsi":
                if text.strip() in ("true", "1"):
                    made[NIL] = True
                continue
            if self._rules.attribute_prefix is None:
                continue
            key = known.get(name) or self._attribute(element, name, position)
            if key in made:
                key = self._with_prefix(element, name, position)
            convert = shape[key].convert if shape is not None else None
            made[key] = convert(text) if convert is not None else text
        return made or None

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
        for member, value in node.items():
            name, tag = member if type(member) is tuple else (member, self._first.get(member, ""))
            if name in tags and len(tags[name]) > 1:
                name = shown.get(tag) or self._unlike(tag, settled)
                shown[tag] = name
            if name in settled:
                value = [*_listed(settled[name]), *_listed(value)]
            settled[name] = value
        return settled

    def _unlike(self, tag: str, taken: dict[Any, Any]) -> str:
        """The name of a tag with its prefix, or with a made-up one when that name is taken."""
        local = split(tag)[1]
        prefix = self._prefix[tag]
        name = f"{prefix}:{local}" if prefix else local
        number = 2
        while name in taken:
            name = f"ns{number}:{local}"
            number += 1
        return name

    def _note_declarations(self, made: dict[Any, Any]) -> None:
        mark = f"{self._rules.attribute_prefix}xmlns"
        if self._rules.namespace_block:
            made[mark] = {prefix or self._rules.text_key: namespace for prefix, namespace in self.declared}
        else:
            for prefix, namespace in self.declared:
                made[f"{mark}:{prefix}" if prefix else mark] = namespace

    def _attribute(self, element: Element, name: str, position: int) -> str:
        namespace, local = split(name)
        if len(local) > self._limits.xml_name_length:
            raise exceeded(
                "xml_name_length", f"a name is longer than {self._limits.xml_name_length:,} characters", self._name, element
            )
        mapped = self._mapped.get(namespace, "") if namespace else ""
        if namespace and not mapped and self._rules.namespaces == "keep":
            return self._with_prefix(element, name, position)
        key = f"{mapped}:{local}" if mapped else local
        return self._remember(name, key)

    def _with_prefix(self, element: Element, name: str, position: int) -> str:
        """The JSON name of an attribute with its prefix: the only one that its namespace has, or the one that is written."""
        namespace, local = split(name)
        prefixes = [prefix for prefix in self._prefixes.get(namespace, ()) if prefix]
        if not namespace:
            return self._remember(name, local)
        if len(prefixes) == 1:
            key = f"{prefixes[0]}:{local}"
            return self._remember(name, key) if self._rules.namespaces == "keep" else self._marked(key)
        self._lookups += len(element.attrib)
        if self._lookups > _MOST_LOOKUPS:
            raise exceeded("xml_attributes", "too many attributes have a namespace of several prefixes", self._name, element)
        return self._marked(written_names(element)[position])

    def _remember(self, name: str, key: str) -> str:
        self._attributes[name] = made = self._marked(key)
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
