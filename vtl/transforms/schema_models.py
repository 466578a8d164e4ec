"""The JSON Schema (draft 4) of what the request template of an operation takes, for the validator of API Gateway.

It refuses what the template would drop: unknown members, arrays of more than 1,000 items (a `#foreach` ends there), and types
that hold themselves deeper than the template follows them. Patterns of texts are left to the backend.

See: API Gateway developer guide, "Working with models and mapping templates"; known issues with JSON Schema.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

from vtl.transforms.scaffold_request import LEVELS
from vtl.transforms.schema import (
    HEADER_KEY,
    TEXT_KEY,
    TYPE_KEY,
    ComplexType,
    Element,
    Group,
    Particle,
    Schema,
    SimpleType,
    Wildcard,
    elements_of,
    is_emptiable,
    local_name,
    most,
)
from vtl.transforms.schema_texts import integer_bounds, kind_of
from vtl.transforms.wsdl import Operation

MOST_ITEMS = 1_000
Model = dict[str, object]
_FACETS = (("minLength", "minimum_length"), ("maxLength", "maximum_length"))


def request_model(operation: Operation) -> Model:
    """The model of the JSON body of a request."""
    schema, elements = operation.schema, operation.input.body
    if len(elements) == 1:
        model = _element(schema, elements[0], ())
    else:
        model = _object({item.key: _element(schema, item, ()) for item in elements}, [item.key for item in elements])
    if operation.input.headers and isinstance(properties := model.get("properties"), dict):
        properties[HEADER_KEY] = _object({item.key: _element(schema, item, ()) for item in operation.input.headers}, [])
    return model


def _object(properties: dict[str, Model], required: list[str]) -> Model:
    return {
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _element(schema: Schema, element: Element, above: tuple[str, ...]) -> Model:
    kind = schema.type_of(element)
    if isinstance(kind, SimpleType):
        return _or_null(schema, _simple(schema, kind), element)
    if not kind.derived:
        return _or_null(schema, _complex(schema, kind, above, None), element)
    variants = [] if kind.abstract else [_complex(schema, kind, above, None)]
    for key in kind.derived:
        derived = schema.types[key]
        assert isinstance(derived, ComplexType)
        variants.append(_complex(schema, derived, above, local_name(key)))
    return _or_null(schema, variants[0] if len(variants) == 1 else {"oneOf": variants}, element)


def _or_null(schema: Schema, model: Model, element: Element) -> Model:
    if not schema.can_be_null(element):
        return model
    alternatives = model["oneOf"] if list(model) == ["oneOf"] else [model]
    assert isinstance(alternatives, list)
    return {"oneOf": [*alternatives, {"type": "null"}]}


def _complex(schema: Schema, kind: ComplexType, above: tuple[str, ...], named: str | None) -> Model:
    if kind.text is not None and not kind.attributes:
        return _simple(schema, schema.simple(kind.text))
    above = (*above, kind.key)
    properties: dict[str, Model] = {}
    required: list[str] = []
    if named is not None:
        properties[TYPE_KEY] = {"enum": [named]}
        required.append(TYPE_KEY)
    for attribute in kind.attributes:
        properties[attribute.key] = _simple(schema, schema.simple(attribute.type))
        required += [attribute.key] if attribute.required else []
    if kind.text is not None:
        properties[TEXT_KEY] = _simple(schema, schema.simple(kind.text))
        required.append(TEXT_KEY)
    rules: list[Model] = []
    counts = most(kind.content)
    for element in elements_of(kind.content):
        if _followed(schema, element, above):
            properties[element.key] = _repeated(_element(schema, element, above), element, counts.get(element.key, 1))
    required += _required(kind.content, rules, properties)
    model = _object(properties, list(dict.fromkeys(required)))
    return {**model, "allOf": rules} if rules else model


def _followed(schema: Schema, element: Element, above: tuple[str, ...]) -> bool:
    kind = schema.type_of(element)
    keys = (kind.key, *kind.derived) if isinstance(kind, ComplexType) else ()
    return max((above.count(key) for key in keys), default=0) < LEVELS


def _repeated(model: Model, element: Element, count: int | None) -> Model:
    if count == 1:
        return model
    least = {"minItems": element.minimum} if element.minimum and element.maximum != 1 else {}
    return {"type": "array", "items": model, **least, "maxItems": min(count or MOST_ITEMS, MOST_ITEMS)}


def _required(group: Group, rules: list[Model], properties: dict[str, Model]) -> list[str]:
    """The members that must be there; what cannot be said so comes into `rules`."""
    if group.kind == "choice":
        rules += _one_of(group, properties)
        return []
    names: list[str] = []
    for particle in group.particles:
        if isinstance(particle, Element):
            names += [particle.key] if particle.minimum and group.minimum else []
        elif isinstance(particle, Group):
            inner = _required(particle, rules, properties)
            names += inner if particle.minimum and group.minimum else []
    return names


def _one_of(group: Group, properties: dict[str, Model]) -> list[Model]:
    """At least one branch of a choice, where one is needed, and at most one, where it does not repeat."""
    branches = [keys for item in group.particles if (keys := [key for key in _keys(item) if key in properties])]
    rules: list[Model] = []
    if group.minimum and not is_emptiable(group) and branches:
        rules.append({"anyOf": [{"required": [key]} for keys in branches for key in keys]})
    if group.maximum == 1:
        pairs = [[one, other] for first, second in combinations(branches, 2) for one in first for other in second]
        rules += [{"not": {"required": pair}} for pair in pairs]
    return rules


def _keys(particle: Particle) -> list[str]:
    if isinstance(particle, Wildcard):
        return []
    return [particle.key] if isinstance(particle, Element) else [item.key for item in elements_of(particle)]


def _simple(schema: Schema, kind: SimpleType) -> Model:
    if kind.form == "list":
        assert kind.items is not None
        return {"type": "array", "items": _simple(schema, schema.simple(kind.items)), "maxItems": MOST_ITEMS}
    if kind.form == "union":
        return {"oneOf": [{"type": word} for word in ("string", "number", "boolean")]}
    word = kind_of(kind)
    if word == "boolean":
        return {"type": "boolean"}
    if word == "integer":
        least, greatest = integer_bounds(kind)
        low = int(Decimal(kind.at_least)) if kind.at_least is not None else least
        high = int(Decimal(kind.at_most)) if kind.at_most is not None else greatest
        return {"type": "integer", **{name: bound for name, bound in (("minimum", low), ("maximum", high)) if bound is not None}}
    if word == "decimal":
        return {"oneOf": [{"type": "number"}, {"type": "string", "pattern": "^[+-]?[0-9]*[.]?[0-9]+$"}]}
    if word == "float":
        return {"oneOf": [{"type": "number"}, {"enum": ["INF", "-INF", "NaN"]}]}
    if kind.enumeration:
        return {"type": "string", "enum": list(kind.enumeration)}
    lengths = {name: getattr(kind, field) for name, field in _FACETS if getattr(kind, field) is not None}
    return {"type": "string", **lengths}
