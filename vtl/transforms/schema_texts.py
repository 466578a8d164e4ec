"""One text of XML as a JSON value and back, by its simple type: decimals keep all their digits, facets are checked.

In JSON an integer is an int, a decimal a `decimal.Decimal`, a boolean a bool, a float or double a float (INF and NaN, which JSON
lacks, stay texts), a list type an array, and everything else a text. Bounds of dates and durations are not checked.

See: XML Schema Part 2, sections 3 and 4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from operator import ge, gt, le, lt

from vtl.errors import InvalidValue, JavaError
from vtl.limits import Limits
from vtl.transforms.schema import Schema, SimpleType
from vtl.values.regex import compile as compile_pattern

_INTEGERS: Mapping[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    **{name: (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for name, bits in (("byte", 8), ("short", 16), ("int", 32), ("long", 64))},
    **{f"unsigned{name}": (0, 2**bits - 1) for name, bits in (("Byte", 8), ("Short", 16), ("Int", 32), ("Long", 64))},
}
_ZONE = r"(?:Z|[+-]\d{2}:\d{2})?"
_YEAR = r"-?(?:[1-9]\d{3,}|0\d{3})"
_CLOCK = r"\d{2}:\d{2}:\d{2}(?:\.\d+)?"
_LEXICAL = {
    "boolean": r"true|false|1|0",
    "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    "integer": r"[+-]?\d+",
    "float": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+-]?\d+)?|-?INF|NaN",
    "date": rf"{_YEAR}-\d{{2}}-\d{{2}}{_ZONE}",
    "dateTime": rf"{_YEAR}-\d{{2}}-\d{{2}}T{_CLOCK}{_ZONE}",
    "time": _CLOCK + _ZONE,
    "gYear": _YEAR + _ZONE,
    "gYearMonth": rf"{_YEAR}-\d{{2}}{_ZONE}",
    "gMonth": rf"--\d{{2}}{_ZONE}",
    "gMonthDay": rf"--\d{{2}}-\d{{2}}{_ZONE}",
    "gDay": rf"---\d{{2}}{_ZONE}",
    "duration": r"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?",
    "hexBinary": r"(?:[0-9a-fA-F]{2})*",
    "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){2}(?:[A-Za-z0-9+/] ?= ?|= ?= ?))?",
    "QName": r"(?:[^\s:]+:)?[^\s:]+",
}
_PATTERNS = {name: re.compile(pattern, re.ASCII) for name, pattern in _LEXICAL.items()}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_NUMBER = 4_000
"""Python turns no more than 4,300 digits into a number without being told to."""
_LIMITS = Limits()


def kind_of(simple: SimpleType) -> str:
    """What JSON has for the type: `integer`, `decimal`, `float`, `boolean` or `text`; `array` for a list."""
    if simple.form != "atomic":
        return "array" if simple.form == "list" else "text"
    if simple.builtin in _INTEGERS:
        return "integer"
    if simple.builtin in ("float", "double"):
        return "float"
    return simple.builtin if simple.builtin in ("decimal", "boolean") else "text"


def integer_bounds(simple: SimpleType) -> tuple[int | None, int | None]:
    """The least and the greatest integer that the built-in type behind a type takes; None without one."""
    return _INTEGERS.get(simple.builtin, (None, None))


def value_to_text(schema: Schema, simple: SimpleType, value: object, path: str) -> str:
    """The text for a JSON value. InvalidValue, with the path, when the value does not fit the type."""
    if simple.form == "list":
        if isinstance(value, str):
            items: list[object] = [*value.split()]
        elif isinstance(value, list):
            items = value
        else:
            raise InvalidValue(path, f"an array is expected, not {_shown(value)}")
        assert simple.items is not None
        inner = schema.simple(simple.items)
        text = " ".join(value_to_text(schema, inner, item, f"{path}[{number}]") for number, item in enumerate(items))
        _check_facets(simple, text, path, len(items))
        return text
    text = _plain_text(value, kind_of(simple), path)
    found = _NOT_XML.search(text)
    if found:
        raise InvalidValue(path, f"the character U+{ord(found[0]):04X} cannot stand in XML")
    check(schema, simple, text, path)
    return text


def text_to_value(schema: Schema, simple: SimpleType, text: str, path: str) -> object:
    """The JSON value for a text. InvalidValue, with the path, when the text does not fit the type."""
    check(schema, simple, text, path)
    return _value(schema, simple, text, path)


def check(schema: Schema, simple: SimpleType, text: str, path: str) -> None:
    """InvalidValue when the text is not one of the type."""
    normal = normalised(simple, text)
    if simple.form == "union":
        if not any(_fits(schema, schema.simple(member), normal) for member in simple.members):
            raise InvalidValue(path, f"{_shown(text)} fits none of the types of {_name(simple)}")
        _check_facets(simple, normal, path, len(normal))
        return
    if simple.form == "list":
        assert simple.items is not None
        items = normal.split()
        for number, item in enumerate(items):
            check(schema, schema.simple(simple.items), item, f"{path}[{number}]")
        _check_facets(simple, normal, path, len(items))
        return
    kind = kind_of(simple)
    pattern = _PATTERNS.get(kind if kind != "text" else simple.builtin)
    if pattern is not None and not pattern.fullmatch(normal):
        raise InvalidValue(path, f"{_shown(text)} is no {_name(simple)}")
    if kind in ("integer", "decimal") and len(normal) > _LONGEST_NUMBER:
        raise InvalidValue(path, f"a number of more than {_LONGEST_NUMBER:,} digits")
    if kind == "integer":
        least, greatest = integer_bounds(simple)
        if (least is not None and int(normal) < least) or (greatest is not None and int(normal) > greatest):
            raise InvalidValue(path, f"{normal} is out of the range of {simple.builtin}")
    if kind in ("integer", "decimal", "float"):
        _check_number(simple, normal, path)
    _check_facets(simple, normal, path, _length(simple, normal))


def normalised(simple: SimpleType, text: str) -> str:
    """The text with its white space as the type wants it."""
    if simple.white_space == "preserve":
        return text
    text = re.sub("[\t\n\r]", " ", text)
    return text if simple.white_space == "replace" else re.sub(" +", " ", text).strip(" ")


def _plain_text(value: object, kind: str, path: str) -> str:
    if isinstance(value, bool):
        if kind in ("integer", "decimal", "float"):
            raise InvalidValue(path, f"a number is expected, not {_shown(value)}")
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, (int, Decimal, float)):
        return _number_text(value, kind, path)
    raise InvalidValue(path, f"{'a text' if kind == 'text' else f'a value of the kind {kind}'} is expected, not {_shown(value)}")


def _number_text(value: int | Decimal | float, kind: str, path: str) -> str:
    """The digits of a number: without an exponent, except where the type is a floating-point one."""
    if isinstance(value, int):
        if value.bit_length() > _LONGEST_NUMBER * 3:
            raise InvalidValue(path, f"a number of more than {_LONGEST_NUMBER:,} digits")
        return str(int(value))
    if kind == "float":
        text = str(value)
        return {"inf": "INF", "-inf": "-INF", "nan": "NaN", "Infinity": "INF", "-Infinity": "-INF"}.get(text, text)
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not exact.is_finite() or abs(exact.adjusted()) > _LONGEST_NUMBER:
        raise InvalidValue(path, f"{_shown(value)} cannot be written as a decimal")
    text = format(exact, "f")
    return text.partition(".")[0] if kind == "integer" and exact == exact.to_integral_value() else text


def _value(schema: Schema, simple: SimpleType, text: str, path: str) -> object:
    """The value of a text that was checked."""
    normal = normalised(simple, text)
    if simple.form == "list":
        assert simple.items is not None
        inner = schema.simple(simple.items)
        return [_value(schema, inner, item, path) for item in normal.split()]
    if simple.form == "union":
        first = next(member for member in simple.members if _fits(schema, schema.simple(member), normal))
        return _value(schema, schema.simple(first), normal, path)
    kind = kind_of(simple)
    if kind == "integer":
        return int(normal)
    if kind == "decimal":
        return Decimal(normal)
    if kind == "boolean":
        return normal in ("true", "1")
    if kind == "float":
        return normal if normal.lstrip("+-") in ("INF", "NaN") else float(normal)
    return normal


def _fits(schema: Schema, simple: SimpleType, text: str) -> bool:
    try:
        check(schema, simple, text, "$")
    except InvalidValue:
        return False
    return True


def _check_number(simple: SimpleType, text: str, path: str) -> None:
    number = Decimal(text.replace("INF", "Infinity"))
    bounds = (
        (simple.at_least, ge, "at least"),
        (simple.at_most, le, "at most"),
        (simple.above, gt, "more than"),
        (simple.below, lt, "less than"),
    )
    for bound, holds, words in bounds:
        if bound is not None and not number.is_nan() and not holds(number, Decimal(bound.replace("INF", "Infinity"))):
            raise InvalidValue(path, f"{text} is not {words} {bound}")
    if simple.total_digits is None and simple.fraction_digits is None:
        return
    whole, _, fraction = text.lstrip("+-").partition(".")
    fraction = fraction.rstrip("0")
    if simple.fraction_digits is not None and len(fraction) > simple.fraction_digits:
        raise InvalidValue(path, f"{text} has more than {simple.fraction_digits} digits behind the point")
    digits = (whole + fraction).lstrip("0") if whole.strip("0") else fraction
    if simple.total_digits is not None and len(digits) > simple.total_digits:
        raise InvalidValue(path, f"{text} has more than {simple.total_digits} digits")


def _check_facets(simple: SimpleType, text: str, path: str, length: int) -> None:
    if simple.enumeration and not _is_one_of(simple, text):
        raise InvalidValue(path, f"{_shown(text)} is none of {', '.join(map(_shown, simple.enumeration[:20]))}")
    if simple.minimum_length is not None and length < simple.minimum_length:
        raise InvalidValue(
            path, f"{_shown(text)} is too short: the length is {length}, at least {simple.minimum_length} is needed"
        )
    if simple.maximum_length is not None and length > simple.maximum_length:
        raise InvalidValue(
            path, f"{_shown(text)} is too long: the length is {length}, at most {simple.maximum_length} is allowed"
        )
    for group in simple.patterns:
        if not any(_matches(pattern, text) for pattern in group):
            raise InvalidValue(path, f"{_shown(text)} does not fit the pattern of {_name(simple)}")


def _matches(pattern: str, text: str) -> bool:
    """Whether the whole text matches. LimitExceeded after a second; a pattern beyond the engine matches everything."""
    try:
        return compile_pattern(pattern).matches(_LIMITS, text)
    except JavaError:
        return True


def _is_one_of(simple: SimpleType, text: str) -> bool:
    if kind_of(simple) in ("integer", "decimal"):
        return any(Decimal(item) == Decimal(text) for item in simple.enumeration)
    return text in [normalised(simple, item) for item in simple.enumeration]


def _length(simple: SimpleType, text: str) -> int:
    if simple.builtin == "hexBinary":
        return len(text) // 2
    if simple.builtin == "base64Binary":
        packed = text.replace(" ", "")
        return len(packed) // 4 * 3 - packed.count("=")
    return len(text)


def _name(simple: SimpleType) -> str:
    return (
        simple.builtin
        if simple.key.endswith(f"}}{simple.builtin}") or "/" in simple.key.rpartition("}")[2]
        else simple.key.rpartition("}")[2]
    )


def _shown(value: object) -> str:
    """A value as messages write it, cut where it is long."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "an array"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = f"'{value}'" if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
