"""java.util.Formatter, as String.format and String.formatted reach it, in the root locale.

Floating point numbers are rounded from the digits that Double.toString prints, half up, as JDK 17 does it. Left out: the date
conversions (`%t`); no template holds a date, and a Long of milliseconds is refused with UnsupportedOperationException.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from vtl.errors import JavaError
from vtl.values.call import Call
from vtl.values.equality import java_hash
from vtl.values.failures import check_length, null_argument, null_pointer
from vtl.values.format_numbers import format_decimal, format_double, format_integer
from vtl.values.format_specifiers import Specifier, conversion_error, format_error, unknown_conversion
from vtl.values.kinds import Char, java_class
from vtl.values.text import to_text
from vtl.values.utf16 import length, merged, units

_SPECIFIER = re.compile(r"%(\d+\$)?([-#+ 0,(<]*)(\d+)?(\.\d+)?([tT])?([a-zA-Z%])", re.ASCII)
_CACHED = 256


@dataclass(frozen=True, slots=True)
class _Parsed:
    parts: tuple[str | Specifier, ...]


@lru_cache(maxsize=_CACHED)
def parse(pattern: str) -> _Parsed:
    """The format as plain texts and specifiers; what Java refuses in it raises JavaError with Java's exception."""
    parts: list[str | Specifier] = []
    position = 0
    while (start := pattern.find("%", position)) >= 0:
        if start > position:
            parts.append(pattern[position:start])
        if start + 1 == len(pattern):
            raise unknown_conversion("%")
        match = _SPECIFIER.match(pattern, start)
        if match is None:
            raise unknown_conversion(units(pattern[start + 1])[0])
        parts.append(Specifier.read(*match.groups()))
        position = match.end()
    if position < len(pattern):
        parts.append(pattern[position:])
    return _Parsed(tuple(parts))


def formatted(call: Call, self: str, arguments: Sequence[object] | None) -> str:
    """String.formatted(Object...)."""
    return format_text(call, self, self, arguments)


def format_in_locale(call: Call, self: object, locale: object, pattern: str | None, arguments: Sequence[object] | None) -> str:
    """String.format(Locale, String, Object...); no template has a Locale, so it is null: no localisation."""
    return format_text(call, self, pattern, arguments)


def format_text(call: Call, self: object, pattern: str | None, arguments: Sequence[object] | None) -> str:
    """String.format(String, Object...)."""
    if pattern is None:
        raise null_argument("s", "String.length()") if arguments is not None else null_pointer()
    out: list[str] = []
    size = 0
    last = ordinary = -1
    for part in parse(pattern).parts:
        if isinstance(part, str):
            out.append(part)
        elif part.index == Specifier.TEXT:
            out.append(_print_text(call, part))
        else:
            if part.index == 0:
                ordinary += 1
                last = ordinary
            elif part.index > 0:
                last = part.index - 1
            if last < 0 or (arguments is not None and last >= len(arguments)):
                raise format_error("MissingFormatArgument", f"Format specifier '{part.text}'")
            out.append(print_argument(call, part, None if arguments is None else arguments[last]))
        size += len(out[-1])
        check_length(call.limits, size)
    return merged("".join(out))


def _print_text(call: Call, specifier: Specifier) -> str:
    return "\n" if specifier.conversion == "n" else _print_string(call, specifier, "%")


def _print_string(call: Call, specifier: Specifier, text: str) -> str:
    """A text cut to the precision, in capitals if asked for, and padded; both bounds count UTF-16 units."""
    if 0 <= specifier.precision < length(text):
        text = units(text)[: specifier.precision]
    if specifier.upper:
        text = text.upper()
    return _justified(call, specifier, text)


def _justified(call: Call, specifier: Specifier, text: str) -> str:
    padding = specifier.width - length(text)
    if padding <= 0:
        return text
    check_length(call.limits, specifier.width)
    return text + " " * padding if "-" in specifier.flags else " " * padding + text


def print_argument(call: Call, specifier: Specifier, argument: object) -> str:
    """One argument, printed as the specifier says."""
    conversion = specifier.conversion
    check_length(call.limits, max(specifier.width, specifier.precision))
    if conversion == "b":
        text = to_text(argument) if isinstance(argument, bool) else "false" if argument is None else "true"
        return _print_string(call, specifier, text)
    if conversion == "s":
        if "#" in specifier.flags:
            raise format_error("FormatFlagsConversionMismatch", "Conversion = s, Flags = #")
        return _print_string(call, specifier, to_text(argument))
    if argument is None:
        return _print_string(call, specifier, "null")
    if conversion == "h":
        return _print_string(call, specifier, f"{java_hash(argument) & 0xFFFFFFFF:x}")
    if conversion == "c":
        return _print_string(call, specifier, _character(argument))
    if specifier.date:
        if java_class(argument) == "java.lang.Long":
            raise JavaError("java.lang.UnsupportedOperationException", f"{specifier.text}: dates are not supported")
        raise conversion_error(specifier, java_class(argument))
    return _justified(call, specifier, _number(specifier, argument))


def _character(argument: object) -> str:
    if isinstance(argument, Char):
        return str(argument)
    name = java_class(argument)
    if not isinstance(argument, int) or name not in ("java.lang.Byte", "java.lang.Short", "java.lang.Integer"):
        raise format_error("IllegalFormatConversion", f"c != {name}")
    if not 0 <= argument <= 0x10FFFF:
        raise format_error("IllegalFormatCodePoint", f"Code point = 0x{argument & 0xFFFFFFFF:x}")
    return chr(argument)


def _number(specifier: Specifier, argument: object) -> str:
    if specifier.conversion in "dox":
        if isinstance(argument, int) and not isinstance(argument, bool):
            return format_integer(specifier, argument, java_class(argument))
    elif isinstance(argument, float):
        return format_double(specifier, argument)
    elif isinstance(argument, Decimal):
        return format_decimal(specifier, argument)
    raise conversion_error(specifier, java_class(argument))
