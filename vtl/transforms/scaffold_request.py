"""The request mapping template of an operation: VTL that API Gateway runs, which makes a SOAP request of a JSON body.

What it relies on was recorded on API Gateway or is in its documentation: `#define`, whose blocks see later assignments; an
invalid reference, which is the empty string; `$input.path`; `$util.parseJson`; methods of Java's String, List and Map. There are
no macros, as API Gateway has none. A value is there when its text has a length (`>= 0`): neither a missing member nor null has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vtl.errors import InputError
from vtl.transforms.schema import (
    HEADER_KEY,
    TEXT_KEY,
    TYPE_KEY,
    XSI,
    Attribute,
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
    namespace_of,
)
from vtl.transforms.schema_texts import kind_of
from vtl.transforms.soap import ENVELOPES
from vtl.transforms.wsdl import Operation

LEVELS = 3
"""How deep a type that holds itself is followed; the model of the OpenAPI document refuses what is deeper."""
MOST_CHARACTERS = 300_000
_RESERVED = {
    "input",
    "util",
    "context",
    "stageVariables",
    "foreach",
    "request",
    "value",
    "text",
    "number",
    "digits",
    "header",
    "end",
}
_STOP = "\ufffd"

_MARKUP = """.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;').replace('"', '&quot;')"""
_CONTROLS = (
    r".replaceAll('\t', '&#9;').replaceAll('\n', '&#10;').replaceAll('\r', '&#13;')"
    r".replaceAll('[\x00-\x1F\uD800-\uDFFF\uFFFE\uFFFF]', '" + _STOP + "')"
)
_NUMBER = r"""#define($number)
#set($digits = $value.toString())
#if($digits.matches('-?[0-9]([.][0-9]+)?E[+]?-?[0-9]{1,2}'))
#set($sign = '')
#if($digits.startsWith('-'))
#set($sign = '-')
#set($digits = $digits.substring(1))
#end
#set($parts = $digits.replace('+', '').split('E'))
#set($whole = $util.parseJson($parts[1]) + 1)
#set($digits = $parts[0].replaceAll('[.]0$', '').replace('.', ''))
#set($zeros = '%s')
#if($whole <= 0)
#set($missing = 0 - $whole)
#set($digits = "0.$zeros.substring(0, $missing)$digits")
#elseif($whole >= $digits.length())
#set($missing = $whole - $digits.length())
#set($digits = "$digits$zeros.substring(0, $missing)")
#else
#set($digits = "$digits.substring(0, $whole).$digits.substring($whole)")
#end
#set($digits = "$sign$digits")
#end
#set($value = $digits)
$text#end
"""


def request_template(operation: Operation) -> str:
    """The template. InputError for what no template can do: places for any element that must be filled, repeated sequences."""
    writer = _Template(operation.schema)
    for element in operation.input.headers:
        writer.header(element)
    header = writer.taken()
    writer.body(operation.input.body)
    body = writer.taken()
    schema = operation.schema
    text = header + body
    used = {space: prefix for space, prefix in schema.prefixes.items() if f"<{prefix}:" in text or f'"{prefix}:' in text}
    names = "".join(f'\n    xmlns:{prefix}="{_escaped(space)}"' for space, prefix in used.items())
    if "xsi:" in text:
        names += f'\n    xmlns:xsi="{XSI}"'
    blocks = f"#define($text)$value.toString(){_MARKUP}{_CONTROLS}#end\n" + (_NUMBER % ("0" * 100) if "$number" in text else "")
    headers = f"  <soap:Header>\n{header}  </soap:Header>\n" if header else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"## {operation.name}: a JSON body as a SOAP {operation.version} request. $text is $value as text of XML.\n"
        "#set($request = $input.path('$'))\n"
        f"{blocks}"
        f'<soap:Envelope xmlns:soap="{ENVELOPES[operation.version]}"{names}>\n'
        f"{headers}  <soap:Body>\n{body}  </soap:Body>\n</soap:Envelope>\n"
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value stands in the JSON: the expression for it, the types above it, and the indentation of its element."""

    source: str
    above: tuple[str, ...]
    margin: str

    def inside(self, source: str, kind: ComplexType) -> _Place:
        return _Place(source, (*self.above, kind.key), f"{self.margin}  ")


class _Template:
    """The lines of one template, in the making."""

    def __init__(self, schema: Schema):
        self._schema = schema
        self._lines: list[str] = []
        self._names: set[str] = set(_RESERVED)
        self._size = 0

    def taken(self) -> str:
        """All lines so far; the template goes on without them."""
        text = "".join(f"{line}\n" for line in self._lines)
        self._lines = []
        return text

    def _add(self, line: str) -> None:
        self._lines.append(line)
        self._size += len(line) + 1
        if self._size > MOST_CHARACTERS:
            raise InputError(
                f"the template would have more than {MOST_CHARACTERS:,} characters, API Gateway's bound", hint=_HANDLER
            )

    def header(self, element: Element) -> None:
        """An element of the SOAP header, from the member of the body that holds them."""
        source = f"$request.get('{HEADER_KEY}').get('{element.key}')"
        self._optional(element, source, _Place("", (), "    "), by_reference=True)

    def body(self, elements: tuple[Element, ...]) -> None:
        """The elements of the body: the only one has the whole JSON, several have a member each."""
        for element in elements:
            kind = self._schema.type_of(element)
            if len(elements) > 1:
                self._optional(element, f"$request.get('{element.key}')", _Place("", (), "    "), by_reference=True)
            elif isinstance(kind, ComplexType) and kind.text is None:
                self._element(element, "$request", _Place("", (), "    "))
            else:
                self._optional(element, "$request", _Place("", (), "    "), by_reference=False)

    def _optional(self, element: Element, source: str, place: _Place, *, by_reference: bool) -> None:
        """An element for a value that may be absent or null."""
        self._add(f"#if({_is_there(self._schema, element, source)})")
        self._value(element, source, place, by_reference=by_reference)
        if self._schema.can_be_null(element):
            parent, _, _ = source.rpartition(".get(")
            self._add(f"#elseif({parent}.containsKey('{element.key}'))" if parent else "#else")
            self._add(f'{place.margin}<{_tag(self._schema, element)} xsi:nil="true"/>')
        self._add("#end")

    def _value(self, element: Element, source: str, place: _Place, *, by_reference: bool) -> None:
        kind = self._schema.type_of(element)
        if isinstance(kind, ComplexType) and by_reference and (kind.attributes or kind.text is None):
            name = self._variable(element.name)
            self._add(f"#set(${name} = {source})")
            source = f"${name}"
        self._element(element, source, place)

    def _element(self, element: Element, source: str, place: _Place) -> None:
        """The element for a value that is there."""
        kind = self._schema.type_of(element)
        if isinstance(kind, SimpleType):
            tag = _tag(self._schema, element)
            self._set_value(kind, source)
            self._add(f"{place.margin}<{tag}>{_text(self._schema, kind, source)}</{tag}>")
            return
        if not kind.derived:
            self._complex(element, kind, source, place, None)
            return
        word = "#if"
        for key in kind.derived:
            derived = self._schema.types[key]
            assert isinstance(derived, ComplexType)
            self._add(f"{word}({source}.get('{TYPE_KEY}') == '{local_name(key)}')")
            self._complex(element, derived, source, place, key)
            word = "#elseif"
        if not kind.abstract:
            self._add("#else")
            self._complex(element, kind, source, place, None)
        self._add("#end")

    def _complex(self, element: Element, kind: ComplexType, source: str, place: _Place, named: str | None) -> None:
        tag = _tag(self._schema, element)
        attributes = "".join(self._attribute(item, source) for item in kind.attributes)
        if named is not None:
            prefix = self._schema.prefixes.get(namespace_of(named), "")
            attributes += f' xsi:type="{prefix}:{local_name(named)}"' if prefix else f' xsi:type="{local_name(named)}"'
        if kind.text is not None:
            simple = self._schema.simple(kind.text)
            text = f"{source}.get('{TEXT_KEY}')" if kind.attributes else source
            content = _text(self._schema, simple, text)
            if simple.form != "list":
                # Velocity leaves a variable as it was where the new value is null, so that the old one would be printed.
                content = f"#if({text}.toString().length() >= 0)#set($value = {text}){content}#end"
            self._add(f"{place.margin}<{tag}{attributes}>{content}</{tag}>")
            return
        if not kind.content.particles:
            self._add(f"{place.margin}<{tag}{attributes}/>")
            return
        self._add(f"{place.margin}<{tag}{attributes}>")
        if kind.mixed:
            raise InputError(f"the content of <{element.name}> is mixed: a template cannot write it", hint=_HANDLER)
        self._group(kind.content, place.inside(source, kind))
        self._add(f"{place.margin}</{tag}>")

    def _attribute(self, attribute: Attribute, source: str) -> str:
        value = f"{source}.get('{attribute.key}')"
        simple = self._schema.simple(attribute.type)
        shown = attribute.key.removeprefix("@")
        if simple.form == "list":
            return f'#if({value}.size() >= 0) {shown}="{_text(self._schema, simple, value)}"#end'
        return f'#if({value}.toString().length() >= 0)#set($value = {value}) {shown}="{_text(self._schema, simple, value)}"#end'

    def _group(self, group: Group, place: _Place) -> None:
        """All that a group may hold, in order. A choice writes what is given, as a model must keep it to one."""
        count = len(list(elements_of(group)))
        if group.maximum != 1 and group.kind != "choice" and count > 1:
            names = ", ".join(item.name for item in elements_of(group))
            raise InputError(f"a repeated sequence ({names}): a template cannot bring its elements into order", hint=_HANDLER)
        for particle in group.particles:
            self._particle(particle, place, repeated=group.maximum != 1)

    def _particle(self, particle: Particle, place: _Place, *, repeated: bool) -> None:
        if isinstance(particle, Wildcard):
            if particle.minimum:
                raise InputError("any element (xs:any) is required: a template cannot write it", hint=_HANDLER)
            return
        if isinstance(particle, Group):
            self._group(particle, place)
            return
        if _levels(self._schema, particle, place.above) >= LEVELS:
            if not is_emptiable(particle):
                raise InputError(f"<{particle.name}> holds itself without an end", hint=_HANDLER)
            return
        source = f"{place.source}.get('{particle.key}')"
        if particle.maximum == 1 and not repeated:
            self._optional(particle, source, place, by_reference=True)
            return
        name = self._variable(particle.name)
        self._add(f"#foreach(${name} in {source})")
        self._optional(particle, f"${name}", place, by_reference=False)
        self._add("#end")

    def _set_value(self, simple: SimpleType, source: str) -> None:
        if simple.form != "list":
            self._add(f"#set($value = {source})")

    def _variable(self, name: str) -> str:
        """A name that no other reference of the template has."""
        plain = re.sub("[^A-Za-z0-9]", "_", name)
        plain = plain if plain[:1].isalpha() else f"item{plain}"
        number, chosen = 1, plain
        while chosen in self._names:
            number, chosen = number + 1, f"{plain}{number + 1}"
        self._names.add(chosen)
        return chosen


def _is_there(schema: Schema, element: Element, source: str) -> str:
    kind = schema.type_of(element)
    text = kind if isinstance(kind, SimpleType) else schema.simple(kind.text) if kind.text is not None else None
    is_map = isinstance(kind, ComplexType) and (text is None or bool(kind.attributes))
    is_list = not is_map and text is not None and text.form == "list"
    return f"{source}.size() >= 0" if is_map or is_list else f"{source}.toString().length() >= 0"


def _levels(schema: Schema, element: Element, above: tuple[str, ...]) -> int:
    kind = schema.type_of(element)
    keys = (kind.key, *kind.derived) if isinstance(kind, ComplexType) else ()
    return max((above.count(key) for key in keys), default=0)


def _text(schema: Schema, simple: SimpleType, source: str) -> str:
    """The reference that prints `$value`, or the loop that prints the items of a list."""
    if simple.form == "list":
        assert simple.items is not None
        return f"#foreach($value in {source}){_text(schema, schema.simple(simple.items), '')}#if($foreach.hasNext) #end#end"
    return "$number" if kind_of(simple) in ("decimal", "integer") else "$text"


def _tag(schema: Schema, element: Element) -> str:
    prefix = schema.prefixes.get(element.namespace, "")
    return f"{prefix}:{element.name}" if prefix else element.name


_HANDLER = "the Lambda handler that scaffold writes can: --integration lambda"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").replace("$", "&#36;").replace("#", "&#35;")
