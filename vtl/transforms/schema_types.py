"""From the components of xmlschema to the plain data of `vtl.transforms.schema`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Literal

from vtl.transforms.schema import (
    ANY_TYPE,
    Attribute,
    ComplexType,
    Element,
    Form,
    Group,
    Particle,
    Schema,
    SimpleType,
    Type,
    Wildcard,
    elements_of,
    local_name,
    namespace_of,
)

_XSD = "{http://www.w3.org/2001/XMLSchema}"
_PATTERN_START, _PATTERN_END = "^(?:", ")$(?!\\n\\Z)"


class SchemaTypes:
    """One reading: the types that were met so far, by key."""

    def __init__(self, maps: Any, prefixes: Mapping[str, str]):
        self._maps = maps
        self._prefixes = prefixes
        self._types: dict[str, Type] = {}
        self._waiting: list[tuple[str, Any]] = []
        self._derived: dict[str, list[str]] = {}
        self._nameless: dict[int, str] = {}

    def schema(self) -> Schema:
        """All global elements and types of the files, with the types that these use."""
        own = [item for item in self._maps.types.values() if namespace_of(item.name or "") in {*self._prefixes, ""}]
        for item in own:
            for base in _bases(item):
                if base.name and not item.abstract:
                    self._derived.setdefault(base.name, []).append(item.name)
        elements = {
            name: self._element(item, f"{name}/type")
            for name, item in self._maps.elements.items()
            if namespace_of(name) in {*self._prefixes, ""}
        }
        for item in [*own, *(item for item in self._maps.types.values() if (item.name or "").startswith(_XSD))]:
            self._key(item, item.name)
        while self._waiting:
            key, component = self._waiting.pop()
            if key not in self._types:
                self._types[key] = self._complex(key, component) if component.is_complex() else self._simple(key, component)
        return Schema(MappingProxyType(self._types), MappingProxyType(elements), MappingProxyType(dict(self._prefixes)))

    def _key(self, component: Any, path: str) -> str:
        """The key of a type; the type is read later. `path` is where a type without a name stands."""
        key: str = component.name or self._nameless.get(id(component), "")
        if not key:
            number, key = 1, path
            while key in self._nameless.values():
                number, key = number + 1, f"{path}#{number + 1}"
            self._nameless[id(component)] = key
        if key not in self._types:
            self._waiting.append((key, component))
        return key

    def _element(self, component: Any, path: str) -> Element:
        return Element(
            name=component.local_name,
            namespace=namespace_of(component.name),
            key=component.local_name,
            type=self._key(component.type, path),
            minimum=component.min_occurs,
            maximum=component.max_occurs,
            nillable=bool(component.nillable),
            default=component.default,
            fixed=component.fixed,
        )

    def _complex(self, key: str, component: Any) -> ComplexType:
        group = component.model_group
        content = self._group(group, key) if group is not None else Group("sequence", ())
        if key == ANY_TYPE:
            content = Group("sequence", (Wildcard(0, None),))
        attributes = tuple(
            self._attribute(item, key) for name, item in component.attributes.items() if name and item.use != "prohibited"
        )
        text = component.simple_type
        base = component.base_type
        return ComplexType(
            key=key,
            attributes=self._keyed(attributes),
            content=self._named_group(content),
            text=self._key(text, f"{key}/#text") if text is not None else None,
            mixed=bool(component.mixed) or key == ANY_TYPE,
            abstract=bool(component.abstract),
            any_attribute=None in component.attributes,
            base=base.name if base is not None and base.name != ANY_TYPE else None,
            derived=tuple(self._derived.get(key, ())),
        )

    def _group(self, component: Any, path: str) -> Group:
        particles = tuple(self._particle(item, path) for item in component if item.max_occurs != 0)
        kind: Literal["sequence", "choice", "all"] = component.model
        return Group(kind, particles, component.min_occurs, component.max_occurs)

    def _particle(self, component: Any, path: str) -> Particle:
        if hasattr(component, "model"):
            return self._group(component, path)
        if not component.name:
            return Wildcard(component.min_occurs, component.max_occurs)
        element = self._element(
            component, f"{component.name}/type" if component.ref is not None else f"{path}/{component.local_name}"
        )
        others = list(component.iter_substitutes()) if component.ref is not None else []
        if not others:
            return element
        stand_ins = [
            replace(self._element(item, f"{item.name}/type"), minimum=1, maximum=1) for item in others if not item.abstract
        ]
        head = [] if component.abstract else [replace(element, minimum=1, maximum=1)]
        return Group("choice", (*head, *stand_ins), element.minimum, element.maximum)

    def _attribute(self, component: Any, path: str) -> Attribute:
        return Attribute(
            name=component.local_name,
            namespace=namespace_of(component.name),
            key=component.local_name,
            type=self._key(component.type, f"{path}/@{component.local_name}"),
            required=component.use == "required",
            default=component.default,
            fixed=component.fixed,
        )

    def _keyed(self, attributes: tuple[Attribute, ...]) -> tuple[Attribute, ...]:
        names = Counter(item.name for item in attributes)
        return tuple(
            replace(item, key="@" + self._shown(item, names[item.name] > 1 or bool(item.namespace))) for item in attributes
        )

    def _named_group(self, group: Group) -> Group:
        """The group with a prefix in the JSON name of each element that shares its local name with one of another namespace."""
        clashing = Counter(name for name, _ in {(item.name, item.namespace) for item in elements_of(group)})
        if not any(count > 1 for count in clashing.values()):
            return group

        def named(particle: Particle) -> Particle:
            if isinstance(particle, Group):
                return replace(particle, particles=tuple(named(item) for item in particle.particles))
            if isinstance(particle, Element):
                return replace(particle, key=self._shown(particle, clashing[particle.name] > 1))
            return particle

        result = named(group)
        assert isinstance(result, Group)
        return result

    def _shown(self, item: Element | Attribute, with_prefix: bool) -> str:
        prefix = "xml" if item.namespace.endswith("/XML/1998/namespace") else self._prefixes.get(item.namespace, "")
        return f"{prefix}:{item.name}" if with_prefix and prefix else item.name

    def _simple(self, key: str, component: Any) -> SimpleType:
        form: Form = component.variety or "atomic"
        root = next((item for item in _line(component) if (item.name or "").startswith(_XSD)), None)
        facet = _facets(component)
        listed = next((item.item_type for item in _line(component) if hasattr(item, "item_type")), None)
        united: list[Any] = next((item.member_types for item in _line(component) if hasattr(item, "member_types")), [])
        return SimpleType(
            key=key,
            builtin="string" if root is None or form != "atomic" else local_name(root.name),
            form=form,
            white_space=component.white_space or "preserve",
            enumeration=tuple(item.get("value") for item in facet("enumeration") or ()),
            patterns=tuple(_patterns(component)),
            minimum_length=_number(facet("length") or facet("minLength")),
            maximum_length=_number(facet("length") or facet("maxLength")),
            at_least=_value(facet("minInclusive")),
            at_most=_value(facet("maxInclusive")),
            above=_value(facet("minExclusive")),
            below=_value(facet("maxExclusive")),
            total_digits=_number(facet("totalDigits")),
            fraction_digits=_number(facet("fractionDigits")),
            items=self._key(listed, f"{key}/item") if listed is not None else None,
            members=tuple(self._key(item, f"{key}/member{number}") for number, item in enumerate(united)),
        )


def _bases(component: Any) -> Iterator[Any]:
    """The types that a type is derived from, the nearest first, without those of XML Schema."""
    base = component.base_type
    while base is not None and base.name != ANY_TYPE and base is not base.base_type:
        yield base
        base = base.base_type


def _line(component: Any) -> Iterator[Any]:
    """The type and those that it is derived from."""
    seen = set()
    while component is not None and id(component) not in seen:
        seen.add(id(component))
        yield component
        component = component.base_type


def _facets(component: Any) -> Any:
    """A function from a facet's name to the nearest facet of that name; those of XML Schema's own types are left out."""

    def facet(name: str) -> Any:
        for item in _line(component):
            if (item.name or "").startswith(_XSD):
                return None
            found = item.facets.get(f"{_XSD}{name}")
            if found is not None:
                return found
        return None

    return facet


def _number(facet: Any) -> int | None:
    return None if facet is None else int(facet.value)


def _value(facet: Any) -> str | None:
    return None if facet is None else facet.elem.get("value", "").strip()


def _patterns(component: Any) -> Iterator[tuple[str, ...]]:
    """The patterns of each step of the derivation; one of each step must match the whole text."""
    for item in _line(component):
        patterns = item.facets.get(f"{_XSD}pattern")
        if patterns is not None:
            yield tuple(pattern.pattern.removeprefix(_PATTERN_START).removesuffix(_PATTERN_END) for pattern in patterns.patterns)
