"""What an XML schema says about elements, as plain frozen data: order, occurrence, types, nil, attributes, choice, inheritance.

`read_schema` (`vtl.transforms.schema_reader`) makes it from files; nothing here knows the library that read them. Types refer
to each other by key in `Schema.types`, because types may hold themselves. A key is the name in Clark's notation,
`{namespace}local`; a type without a name has the path of its element, such as `{urn:example}Order/line`, or
`{urn:example}Order/type` for a global one.

See: XML Schema Part 1 and 2, second edition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias

XSI = "http://www.w3.org/2001/XMLSchema-instance"
ANY_TYPE = "{http://www.w3.org/2001/XMLSchema}anyType"
TYPE_KEY = "@xsi:type"
"""The member of a JSON object that says which of several types it has; the value is a type's local name."""
TEXT_KEY = "#text"
HEADER_KEY = "soap:Header"
"""The member of a JSON body that holds the elements of the SOAP header."""
Form = Literal["atomic", "list", "union"]


@dataclass(frozen=True, slots=True)
class SimpleType:
    """A type of texts. `builtin` is the nearest type of XML Schema itself, such as `int`, `token` or `date`."""

    key: str
    builtin: str = "string"
    form: Form = "atomic"
    white_space: str = "preserve"
    enumeration: tuple[str, ...] = ()
    patterns: tuple[tuple[str, ...], ...] = ()
    """One of each group must match; regular expressions as Python and Java read them."""
    minimum_length: int | None = None
    maximum_length: int | None = None
    at_least: str | None = None
    at_most: str | None = None
    above: str | None = None
    below: str | None = None
    total_digits: int | None = None
    fraction_digits: int | None = None
    items: str | None = None
    """For a list: the key of the type of its items."""
    members: tuple[str, ...] = ()
    """For a union: the keys of its types."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a complex type. `key` is its name in JSON, with the `@`."""

    name: str
    namespace: str
    key: str
    type: str
    required: bool = False
    default: str | None = None
    fixed: str | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """An element where it may stand. `maximum` is None without a bound; `key` is its name in JSON."""

    name: str
    namespace: str
    key: str
    type: str
    minimum: int = 1
    maximum: int | None = 1
    nillable: bool = False
    default: str | None = None
    fixed: str | None = None

    @property
    def tag(self) -> str:
        """The name in Clark's notation."""
        return f"{{{self.namespace}}}{self.name}" if self.namespace else self.name


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A place for elements that the schema does not describe (`xs:any`)."""

    minimum: int = 1
    maximum: int | None = 1


@dataclass(frozen=True, slots=True)
class Group:
    """Particles in sequence, of which one, or in any order, so many times."""

    kind: Literal["sequence", "choice", "all"]
    particles: tuple[Particle, ...]
    minimum: int = 1
    maximum: int | None = 1


Particle: TypeAlias = Element | Wildcard | Group


@dataclass(frozen=True, slots=True)
class ComplexType:
    """A type of elements with attributes or elements inside. `content` and `attributes` have those of the base types too.

    `text` is the key of a simple type where the content is text; `derived` are the keys of all types that may stand in its
    place by xsi:type, itself excluded, abstract ones left out.
    """

    key: str
    attributes: tuple[Attribute, ...] = ()
    content: Group = field(default_factory=lambda: Group("sequence", ()))
    text: str | None = None
    mixed: bool = False
    abstract: bool = False
    any_attribute: bool = False
    base: str | None = None
    derived: tuple[str, ...] = ()


Type: TypeAlias = SimpleType | ComplexType


@dataclass(frozen=True, slots=True)
class Schema:
    """All types and global elements of a set of files. `prefixes` has one for each namespace that a name may need."""

    types: Mapping[str, Type]
    elements: Mapping[str, Element]
    prefixes: Mapping[str, str]

    def type_of(self, element: Element | Attribute) -> Type:
        """The type of an element or an attribute."""
        return self.types[element.type]

    def simple(self, key: str) -> SimpleType:
        """A type that is known to be simple."""
        found = self.types[key]
        assert isinstance(found, SimpleType)
        return found

    def can_be_null(self, element: Element) -> bool:
        """Whether null says all of an element with xsi:nil, which has its required attributes and its xsi:type all the same."""
        kind = self.types[element.type]
        bare = not isinstance(kind, ComplexType) or not (kind.abstract or any(item.required for item in kind.attributes))
        return element.nillable and bare


EMPTY_SCHEMA = Schema(MappingProxyType({}), MappingProxyType({}), MappingProxyType({}))


def local_name(key: str) -> str:
    """The local part of a name in Clark's notation."""
    return key.rpartition("}")[2]


def namespace_of(key: str) -> str:
    """The namespace of a name in Clark's notation, "" without one."""
    return key[1:].partition("}")[0] if key.startswith("{") else ""


def elements_of(group: Group) -> Iterator[Element]:
    """All elements of a content model, in the order of the schema; one that may stand at two places comes twice."""
    for particle in group.particles:
        if isinstance(particle, Element):
            yield particle
        elif isinstance(particle, Group):
            yield from elements_of(particle)


def has_wildcard(group: Group) -> bool:
    """Whether elements that the schema does not describe may stand in a content model."""
    return any(isinstance(item, Wildcard) or (isinstance(item, Group) and has_wildcard(item)) for item in group.particles)


def most(group: Group) -> dict[str, int | None]:
    """How often each element may occur at most, by its JSON name; None without a bound. More than once is an array in JSON."""
    counts: dict[str, int | None] = {}
    for particle in group.particles:
        if isinstance(particle, Wildcard):
            continue
        inner = most(particle) if isinstance(particle, Group) else {particle.key: particle.maximum}
        for key, count in inner.items():
            before = counts.get(key, 0)
            if group.kind == "choice":
                counts[key] = None if before is None or count is None else max(before, count)
            else:
                counts[key] = None if before is None or count is None else before + count
    factor = group.maximum
    return {key: _times(count, factor) for key, count in counts.items()}


def _times(count: int | None, factor: int | None) -> int | None:
    if count == 0 or factor == 0:
        return 0
    return None if count is None or factor is None else count * factor


def is_emptiable(particle: Particle) -> bool:
    """Whether a particle may stand for nothing at all."""
    if particle.minimum == 0:
        return True
    if not isinstance(particle, Group):
        return False
    if particle.kind == "choice":
        return not particle.particles or any(is_emptiable(item) for item in particle.particles)
    return all(is_emptiable(item) for item in particle.particles)
