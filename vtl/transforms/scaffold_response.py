"""The response mapping templates of an operation: VTL that makes JSON of flat SOAP answers and of faults.

API Gateway parses no XML; but `$input.body.replaceAll('(?s)...', '$1')` runs there, so that elements which can occur once,
under a name that occurs nowhere else in the answer, can be cut out of the text. Whatever may repeat cannot, and is refused: the
Lambda handler does that. Comments and CDATA sections that hold tags mislead these templates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from vtl.errors import InputError
from vtl.transforms.schema import (
    ComplexType,
    Element,
    Group,
    Particle,
    Schema,
    SimpleType,
    Wildcard,
    elements_of,
    most,
)
from vtl.transforms.schema_texts import kind_of
from vtl.transforms.wsdl import Operation

_P = r"(?:[\w.-]+:)?"
"""A prefix, or none, as a regular expression."""
_BLOCKS = r"""#set($body = $input.body)
#define($string)
#if($value.contains('&#'))
#set($hex = '0123456789abcdef')
#set($all = '')
#foreach($piece in $value.split('&#'))
#set($mark = $piece.replaceAll('(?s);.*', '').toLowerCase().replaceAll('^(x?)0+(?=[0-9a-f])', '$1'))
#if($foreach.count == 1)
#set($all = $piece)
#elseif($piece.contains(';') && $mark.matches('[0-9]{1,7}|x[0-9a-f]{1,6}'))
#set($point = 0)
#set($base = 10)
#if($mark.startsWith('x'))
#set($base = 16)
#end
#foreach($digit in $mark.replace('x', '').split(''))
#set($point = $point * $base + $hex.indexOf($digit))
#end
#set($units = [$point])
#if($point > 65535)
#set($point = $point - 65536)
#set($high = 55296 + $point / 1024)
#set($low = 56320 + $point %% 1024)
#set($units = [$high, $low])
#end
#foreach($unit in $units)
#set($all = $all.concat('&#x'))
#foreach($power in [4096, 256, 16, 1])
#set($place = $unit / $power %% 16)
#set($all = "$all$hex.charAt($place)")
#end
#set($all = $all.concat(';'))
#end
#set($all = $all.concat($piece.replaceAll('(?s)^[^;]*;', '')))
#else
#set($all = $all.concat('&#').concat($piece))
#end
#end
#set($value = $all)
#end
"$util.escapeJavaScript($value).replaceAll("\\'", "'").replaceAll('<!\[CDATA\[|\]\]>', '')%s"#end
"""
"""`$string` first gives every character that stands as a number (`&#233;`) four hexadecimal digits, which JSON has too."""
_ENTITIES = (
    ".replace('&lt;', '<').replace('&gt;', '>').replace('&apos;', \"'\").replace('&quot;', '\\\"')"
    ".replaceAll('&#x([0-9a-f]{4});', '\\\\u$1').replace('&amp;', '&')"
)
_NUMBER = r"""#define($number)
#set($value = $value.trim().replaceAll('^[+]', '').replaceAll('^(-?)0+(?=[0-9])', '$1').replaceAll('[.]$', ''))
#set($value = $value.replaceAll('^(?=[.])|(?<=^-)(?=[.])', '0'))
#if($value.matches('-?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?'))$value#else$string#end#end
"""
_BOOLEAN = r"""#define($boolean)
#if($value.trim() == 'true' || $value.trim() == '1')true#{else}false#end#end
"""
_STATUSES = {"1.1": {"Client": 400, "Server": 502}, "1.2": {"Sender": 400, "Receiver": 502}}
OTHER_STATUS = 502


class NotFlat(InputError):
    """The answer of an operation is none that a template can read; the message says why."""


def answer_template(operation: Operation) -> str:
    """The template for an answer with status 200. NotFlat where something may repeat, or cannot be found by its name alone."""
    elements = operation.output.body if operation.output is not None else ()
    body = _flat(operation.schema, elements)
    text = f"## {operation.name}: a flat SOAP answer as JSON. $string is $value, a text of XML, as text of JSON.\n"
    return text + _with_blocks(body)


def fault_template(operation: Operation, statuses: Mapping[str, int] | None = None) -> str:
    """The template for an answer with another status: the fault as JSON, with the status that its code stands for.

    `statuses` has further ones, by code or by the name of a fault that the operation declares.
    """
    chosen = {**_STATUSES[operation.version], **(statuses or {})}
    code, message = ("faultcode", "faultstring") if operation.version == "1.1" else ("Value", "Text")
    lines = [
        f"#set($status = {OTHER_STATUS})",
        "#set($name = '')",
        f"#if($body.matches('(?s).*<{_P}Fault[\\s>].*'))",
        "#set($code = '')",
        *_cut(code, "code"),
        f"#set($code = $code.replaceAll('^{_P}', '').trim())",
    ]
    names = {fault.name for fault in operation.faults}
    for word in (word for word in chosen if word not in names):
        lines += [f"#if($code.matches('{re.escape(word)}([.].*)?'))", f"#set($status = {chosen[word]})", "#end"]
    lines += ["#set($message = '')", *_cut(message, "message")]
    details: list[str] = []
    for number, fault in enumerate(operation.faults):
        lines += [
            f"#if($body.matches('(?s).*<{_P}{re.escape(fault.element.name)}[\\s/>].*'))",
            f"#set($name = '{fault.name}')",
            *([f"#set($status = {chosen[fault.name]})"] if fault.name in chosen else []),
            "#end",
        ]
        try:
            detail = _flat(operation.schema, (fault.element,)).strip()
        except NotFlat:
            continue
        details += [f"{'#if' if number == 0 or not details else '#elseif'}($name == '{fault.name}')", f', "detail": {detail}']
    if details:
        details.append("#end")
    lines += [
        "#set($context.responseOverride.status = $status)",
        '#set($value = $code){"fault": {"code": $string#set($value = $message), "message": $string',
        "#if($name != '')",
        '#set($value = $name), "name": $string',
        "#end",
        *details,
        "}}",
        "#else",
        f"#set($context.responseOverride.status = {OTHER_STATUS})",
        '{"fault": {"code": "NotSoap", "message": "the backend did not answer with SOAP"}}',
        "#end",
    ]
    text = f"## {operation.name}: a SOAP {operation.version} fault as JSON, with the status for its code.\n"
    return text + _with_blocks("".join(f"{line}\n" for line in lines))


def _with_blocks(body: str) -> str:
    blocks = _BLOCKS % _ENTITIES
    if "$number" in body:
        blocks += _NUMBER
    if "$boolean" in body:
        blocks += _BOOLEAN
    return blocks + body


def _cut(name: str, variable: str) -> list[str]:
    """Set a variable to the text of the first element of that name, if there is one."""
    pattern = _element(name)
    return [f"#if($body.matches('{pattern}'))", f"#set(${variable} = $body.replaceAll('{pattern}', '$1'))", "#end"]


def _element(name: str) -> str:
    """The pattern of a whole document with an element of that name, whose text is group 1."""
    local = re.escape(name)
    return rf"(?s).*?<{_P}{local}(?:\s[^>]*)?(?<!/)>(.*?)</{_P}{local}\s*>.*"


@dataclass(frozen=True, slots=True)
class _Leaf:
    """Something to be cut out, with the JSON name that it has."""

    element: Element
    simple: SimpleType


def _flat(schema: Schema, elements: tuple[Element, ...]) -> str:
    """The lines that print one JSON value for the elements of a body or a detail."""
    names = Counter(_all_names(schema, elements, ()))
    twice = [name for name, count in names.items() if count > 1]
    if twice:
        raise NotFlat(f"the name {twice[0]!r} stands at several places of the answer", hint=_HANDLER)
    if len(elements) == 1:
        kind = schema.type_of(elements[0])
        if isinstance(kind, SimpleType):
            return "".join(f"{line}\n" for line in _leaf(_Leaf(elements[0], kind), absent="null"))
        return "".join(f"{line}\n" for line in _object(schema, kind, 0))
    return "".join(f"{line}\n" for line in _members(schema, Group("sequence", elements), 0))


def _all_names(schema: Schema, elements: tuple[Element, ...], above: tuple[str, ...]) -> list[str]:
    """The local names of all elements; NotFlat for what has no place in a flat answer."""
    names = []
    for element in elements:
        names.append(element.name)
        kind = schema.type_of(element)
        if isinstance(kind, SimpleType):
            if kind.form == "list":
                raise NotFlat(f"<{element.name}> is a list", hint=_HANDLER)
            if any(kind_of(schema.simple(member)) != "text" for member in kind.members):
                raise NotFlat(f"<{element.name}> may be of several types (a union)", hint=_HANDLER)
            continue
        reason = _not_flat(kind, above)
        if reason:
            raise NotFlat(f"<{element.name}> {reason}", hint=_HANDLER)
        names += _all_names(schema, tuple(elements_of(kind.content)), (*above, kind.key))
    return names


def _not_flat(kind: ComplexType, above: tuple[str, ...]) -> str:
    repeated = next((name for name, count in most(kind.content).items() if count != 1), None)
    if repeated is not None:
        return f"may hold several {repeated!r}"
    checks = (
        (kind.key in above, "holds itself"),
        (bool(kind.derived) or kind.abstract, "has several types (xsi:type)"),
        (bool(kind.attributes) or kind.any_attribute, "has attributes"),
        (kind.mixed, "has mixed content"),
        (_has_wildcard(kind.content), "may hold any element"),
    )
    return next((reason for holds, reason in checks if holds), "")


def _has_wildcard(particle: Particle) -> bool:
    return isinstance(particle, Wildcard) or (isinstance(particle, Group) and any(map(_has_wildcard, particle.particles)))


def _object(schema: Schema, kind: ComplexType, level: int) -> list[str]:
    return _members(schema, kind.content, level)


def _members(schema: Schema, content: Group, level: int) -> list[str]:
    """An object with a member for each element that is there. `$comma` and a level's number say whether one came before."""
    comma = f"$comma{level}"
    lines = [f"#set({comma} = ''){{"]
    for element in elements_of(content):
        kind = schema.type_of(element)
        local = re.escape(element.name)
        nil = rf"(?s).*<{_P}{local}\s[^>]*nil\s*=\s*.(true|1)[^>]*>.*"
        word = "#if"
        if element.nillable:
            lines += [f"#if($body.matches('{nil}'))", f'{comma}"{element.key}": null#set({comma} = ", ")']
            word = "#elseif"
        if isinstance(kind, SimpleType):
            pattern = _element(element.name)
            lines += [
                f"{word}($body.matches('{pattern}'))",
                f"#set($value = $body.replaceAll('{pattern}', '$1'){_trimmed(kind)})",
            ]
            lines.append(f'{comma}"{element.key}": {_reference(kind)}#set({comma} = ", ")')
            if kind_of(kind) == "text":
                lines += [
                    rf"#elseif($body.matches('(?s).*<{_P}{local}(?:\s[^>]*)?/>.*'))",
                    f'{comma}"{element.key}": ""#set({comma} = ", ")',
                ]
        else:
            lines += [f"{word}($body.matches('(?s).*<{_P}{local}[\\s/>].*'))", f'{comma}"{element.key}":']
            lines += _members(schema, kind.content, level + 1)
            lines.append(f'#set({comma} = ", ")')
        lines.append("#end")
    lines.append("}")
    return lines


def _leaf(leaf: _Leaf, absent: str) -> list[str]:
    pattern = _element(leaf.element.name)
    return [
        f"#if($body.matches('{pattern}'))",
        f"#set($value = $body.replaceAll('{pattern}', '$1'){_trimmed(leaf.simple)}){_reference(leaf.simple)}",
        "#else",
        absent,
        "#end",
    ]


def _reference(simple: SimpleType) -> str:
    kind = kind_of(simple)
    return {"integer": "$number", "decimal": "$number", "float": "$number", "boolean": "$boolean"}.get(kind, "$string")


def _trimmed(simple: SimpleType) -> str:
    """What takes away the blanks that the type of a text does not count."""
    return ".trim().replaceAll('\\s+', ' ')" if kind_of(simple) == "text" and simple.white_space == "collapse" else ""


_HANDLER = "the Lambda handler that scaffold writes can read such an answer"
