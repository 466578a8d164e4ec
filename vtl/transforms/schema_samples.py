"""Sample values that fit a schema: the same ones every time, for sample requests and for the answers of a stub."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from vtl.errors import InvalidValue
from vtl.transforms.schema import (
    TEXT_KEY,
    TYPE_KEY,
    ComplexType,
    Element,
    Group,
    Particle,
    Schema,
    SimpleType,
    Wildcard,
    is_emptiable,
    local_name,
    most,
)
from vtl.transforms.schema_texts import check, integer_bounds, kind_of, text_to_value
from vtl.transforms.text_samples import text_for_pattern

_TEXTS = {
    "date": "2026-01-31",
    "dateTime": "2026-01-31T12:30:00Z",
    "time": "12:30:00",
    "gYear": "2026",
    "gYearMonth": "2026-01",
    "gMonth": "--01",
    "gMonthDay": "--01-31",
    "gDay": "---31",
    "duration": "P1D",
    "hexBinary": "CAFE",
    "base64Binary": "c2FtcGxl",
    "boolean": "true",
    "anyURI": "https://example.com/",
    "language": "en",
    "QName": "xs:string",
}
_NUMBERS = ("1", "10", "1.5", "0", "-1", "100", "1000")
_MOST_LEVELS = 12
"""Optional parts are left out below this depth, and inside a type that holds itself."""


def sample(schema: Schema, element: Element) -> object:
    """A value for an element, with its optional parts. InvalidValue for a type of which no sample can be found."""
    return _Sampler(schema).element(element, "$", ())


class _Sampler:
    def __init__(self, schema: Schema):
        self._schema = schema
        self._identifiers = 0

    def element(self, element: Element, path: str, above: tuple[str, ...]) -> object:
        kind = self._schema.type_of(element)
        if not isinstance(kind, ComplexType):
            constant = element.fixed if element.fixed is not None else element.default
            return (
                text_to_value(self._schema, kind, constant, path)
                if constant is not None
                else self.simple(kind, element.name, path)
            )
        members: dict[str, object] = {}
        if kind.abstract:
            if not kind.derived:
                raise InvalidValue(path, "the type is abstract, and no type is derived from it")
            derived = self._schema.types[kind.derived[0]]
            assert isinstance(derived, ComplexType)
            kind = derived
            members[TYPE_KEY] = local_name(kind.key)
        for attribute in kind.attributes:
            if attribute.fixed is not None or attribute.default is None:
                simple = self._schema.simple(attribute.type)
                where = f"{path}.{attribute.key}"
                fixed = attribute.fixed
                members[attribute.key] = (
                    text_to_value(self._schema, simple, fixed, where)
                    if fixed is not None
                    else self.simple(simple, attribute.name, where)
                )
        if kind.text is not None:
            text = self.simple(self._schema.simple(kind.text), element.name, path)
            return {**members, TEXT_KEY: text} if members else text
        counts = most(kind.content)
        for inner, value in self._group(kind.content, path, (*above, kind.key)):
            if counts.get(inner.key, 1) == 1:
                members[inner.key] = value
            else:
                items = members.setdefault(inner.key, [])
                assert isinstance(items, list)
                items.append(value)
        return members

    def _group(self, group: Group, path: str, above: tuple[str, ...]) -> Iterator[tuple[Element, object]]:
        particles: tuple[Particle, ...] = group.particles
        if group.kind == "choice":
            particles = tuple(item for item in particles if not self._holds_itself(item, above))[:1] or particles[:1]
        for _ in range(max(1, group.minimum)):
            for particle in particles:
                if isinstance(particle, Wildcard):
                    if particle.minimum:
                        raise InvalidValue(path, "there is no sample of any element (xs:any)")
                elif isinstance(particle, Group):
                    if not is_emptiable(particle) or len(above) < _MOST_LEVELS:
                        yield from self._group(particle, path, above)
                elif particle.minimum or (len(above) < _MOST_LEVELS and not self._holds_itself(particle, above)):
                    for _ in range(max(1, particle.minimum)):
                        yield particle, self.element(particle, f"{path}.{particle.key}", self._deeper(above, path))

    def _deeper(self, above: tuple[str, ...], path: str) -> tuple[str, ...]:
        if len(above) > 4 * _MOST_LEVELS:
            raise InvalidValue(path, "the schema asks for elements that hold themselves without an end")
        return above

    def _holds_itself(self, particle: Particle, above: tuple[str, ...]) -> bool:
        if not isinstance(particle, Element):
            return False
        kind = self._schema.type_of(particle)
        return isinstance(kind, ComplexType) and (
            kind.key in above or (kind.abstract and kind.derived[:1] in [(key,) for key in above])
        )

    def simple(self, kind: SimpleType, name: str, path: str) -> object:
        """A value of a simple type; texts are the name of what they stand for where that fits, each xs:ID another one."""
        return text_to_value(self._schema, kind, self._text(kind, name, path), path)

    def _text(self, kind: SimpleType, name: str, path: str) -> str:
        if kind.form == "list" and not kind.enumeration:
            assert kind.items is not None
            return " ".join([self._text(self._schema.simple(kind.items), name, path)] * max(1, kind.minimum_length or 0))
        if kind.form == "union" and not kind.enumeration:
            return self._text(self._schema.simple(kind.members[0]), name, path)
        if kind.builtin == "ID":
            self._identifiers += 1
            name = f"{name}{self._identifiers}"
        for text in [name, *_candidates(kind, name)] if kind.builtin == "ID" else _candidates(kind, name):
            try:
                check(self._schema, kind, text, path)
            except InvalidValue:
                continue
            return text
        raise InvalidValue(path, f"no sample of the type {local_name(kind.key)} was found")


def _candidates(kind: SimpleType, name: str) -> Iterator[str]:
    """Texts that may fit a type, the nicest first."""
    yield from kind.enumeration
    if kind.builtin in _TEXTS:
        yield _TEXTS[kind.builtin]
    if kind_of(kind) in ("integer", "decimal", "float"):
        yield from _NUMBERS
        least, greatest = integer_bounds(kind)
        bounds = [item for item in (kind.at_least, kind.at_most, least, greatest) if item is not None]
        yield from map(str, bounds)
        for bound, step in ((kind.above, 1), (kind.below, -1)):
            if bound is not None:
                yield str(Decimal(bound) + step)
                yield str(Decimal(bound) + Decimal(step) / 100)
        return
    for group in kind.patterns:
        yield from (text for text in map(text_for_pattern, group) if text is not None)
    yield name
    length = kind.minimum_length or 0
    yield (name * (length // max(1, len(name)) + 1))[: max(length, min(len(name), kind.maximum_length or len(name)))]
    yield "x" * length
    yield "00" * length
    yield "AAAA" * ((length + 2) // 3)
