"""An XML schema as a hint for the conventions: what is an array, which type a text has, in which order elements come.

It refuses nothing and works with every convention: a text that does not fit its type stays text. What validates and goes by the
schema alone are `vtl.transforms.schema_to_json` and `schema_to_xml`.
"""

from __future__ import annotations

from vtl.errors import InvalidValue
from vtl.transforms.convention import Convention
from vtl.transforms.schema import ComplexType, Element, Schema, SimpleType, Type, elements_of, most
from vtl.transforms.schema_texts import text_to_value
from vtl.transforms.shapes import UNKNOWN, Convert, Shape


class XsdShape(Shape):
    """One element, or what stands above the root.

    The shapes of its children are made when they are first asked for, for types may hold themselves.
    """

    __slots__ = ("_attributes", "_elements", "_rules", "_schema")

    def __init__(self, schema: Schema, rules: Convention, kind: Type | None, *, array: bool = False):
        self._schema = schema
        self._rules = rules
        self._elements: dict[str, tuple[Element, bool]] = {}
        self._attributes: dict[str, str] = {}
        text = kind if isinstance(kind, SimpleType) else None
        if isinstance(kind, ComplexType):
            # A derived type may stand in the place of its base by xsi:type, and adds to it.
            for one in (kind, *(each for key in kind.derived if isinstance(each := schema.types[key], ComplexType))):
                counts = most(one.content)
                for element in elements_of(one.content):
                    self._elements.setdefault(element.name, (element, counts[element.key] != 1))
                for attribute in one.attributes:
                    self._attributes.setdefault(attribute.name, attribute.type)
            text = schema.simple(kind.text) if kind.text is not None else None
        elif kind is None:
            self._elements = {element.name: (element, False) for element in schema.elements.values()}
        order = list(self._elements) if isinstance(kind, ComplexType) and kind.content.kind == "sequence" else []
        super().__init__(array=array, convert=_convert(schema, text) if text is not None else None, order=order)

    def __missing__(self, name: str) -> Shape:
        mark = self._rules.attribute_prefix
        is_attribute = bool(mark) and name.startswith(mark or "")
        local = name.removeprefix(mark or "").rpartition(":")[2] if is_attribute else name.rpartition(":")[2]
        made: Shape = UNKNOWN
        if is_attribute and local in self._attributes:
            made = Shape(convert=_convert(self._schema, self._schema.simple(self._attributes[local])))
        elif not is_attribute and local in self._elements:
            element, array = self._elements[local]
            made = XsdShape(self._schema, self._rules, self._schema.type_of(element), array=array)
        self[name] = made
        return made


def xsd_shape(schema: Schema, rules: Convention) -> Shape:
    """What stands above the root, by the global elements of a schema."""
    return XsdShape(schema, rules, None)


def _convert(schema: Schema, simple: SimpleType) -> Convert:
    def convert(text: str) -> object:
        try:
            value = text_to_value(schema, simple, text, "$")
        except InvalidValue:
            return text
        return text if isinstance(value, list) else value

    return convert
