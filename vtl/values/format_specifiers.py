"""One `%...` of a java.util.Formatter format: what it says, and what Java refuses about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vtl.errors import JavaError

_CONVERSIONS = frozenset("bBhHsScCdoxXeEfgGaAn%")
_DATES = frozenset("HIklMNLQpsSTzZaAbBCdehjmyYrRTcDF")
_ORDER = "-#+ 0,(<"
_MAX = 0x7FFFFFFF


def format_error(name: str, message: str) -> JavaError:
    """One of the IllegalFormatExceptions of java.util."""
    return JavaError(f"java.util.{name}Exception", message)


def unknown_conversion(conversion: str) -> JavaError:
    """java.util.UnknownFormatConversionException."""
    return format_error("UnknownFormatConversion", f"Conversion = '{conversion}'")


@dataclass(frozen=True, slots=True)
class Specifier:
    """`%[index$][flags][width][.precision]conversion`, checked.

    `index` is 0 for the next argument, `PREVIOUS` for `<`, `TEXT` for `%n` and `%%`; `width` and `precision` are -1 when they are
    absent; `conversion` is in lower case, and `upper` says whether it was not.
    """

    PREVIOUS: ClassVar[int] = -1
    TEXT: ClassVar[int] = -2

    index: int
    flags: str
    width: int
    precision: int
    conversion: str
    upper: bool = False
    date: bool = False

    @classmethod
    def read(
        cls, index: str | None, flags: str, width: str | None, precision: str | None, date: str | None, conversion: str
    ) -> Specifier:
        """Make one from its parts as they stand in the format."""
        number = 0 if index is None else _index(index[:-1])
        for position, flag in enumerate(flags):
            if flag in flags[:position]:
                raise format_error("DuplicateFormatFlags", f"Flags = '{flag}'")
        ordered = "".join([flag for flag in _ORDER if flag in flags])
        if "<" in ordered:
            number = cls.PREVIOUS
        columns = -1 if width is None else _bound(width, "IllegalFormatWidth")
        digits = -1 if precision is None else _bound(precision[1:], "IllegalFormatPrecision")
        if date is not None:
            specifier = cls(number, ordered, columns, digits, conversion, date == "T", True)
            _check_date(specifier)
            return specifier
        if conversion not in _CONVERSIONS:
            raise unknown_conversion(conversion)
        upper = conversion.isupper()
        small = conversion.lower()
        if small in "n%":
            number = cls.TEXT
        specifier = cls(number, ordered, columns, digits, small, upper)
        _check(specifier)
        return specifier

    @property
    def text(self) -> str:
        """The specifier as Java's messages show it."""
        parts = ["%", self.flags]
        if self.index > 0:
            parts.append(f"{self.index}$")
        if self.width != -1:
            parts.append(str(self.width))
        if self.precision != -1:
            parts.append(f".{self.precision}")
        if self.date:
            parts.append("T" if self.upper else "t")
        parts.append(self.conversion.upper() if self.upper else self.conversion)
        return "".join(parts)


def _index(digits: str) -> int:
    number = int(digits) if len(digits) < 12 else _MAX + 1
    if number > _MAX:
        raise format_error("IllegalFormatArgumentIndex", "Format argument index: (not representable as int)")
    if number == 0:
        raise format_error("IllegalFormatArgumentIndex", "Illegal format argument index = 0")
    return number


def _bound(digits: str, error: str) -> int:
    number = int(digits) if len(digits) < 12 else _MAX + 1
    if number > _MAX:
        raise format_error(error, str(-_MAX - 1))
    return number


def _check(specifier: Specifier) -> None:
    conversion = specifier.conversion
    if conversion in "n%":
        _check_text(specifier)
    elif conversion in "bhs":
        if conversion in "bh":
            refuse_flags(specifier, "#")
        _check_width(specifier, "-")
        refuse_flags(specifier, "+ 0,(")
    elif conversion == "c":
        _check_no_precision(specifier)
        refuse_flags(specifier, "#+ 0,(")
        _check_width(specifier, "-")
    else:
        _check_number(specifier)


def _check_date(specifier: Specifier) -> None:
    _check_no_precision(specifier)
    if specifier.conversion not in _DATES:
        raise unknown_conversion(f"t{specifier.conversion}")
    refuse_flags(specifier, "#+ 0,(")
    _check_width(specifier, "-")


def _check_number(specifier: Specifier) -> None:
    flags = specifier.flags
    _check_width(specifier, "-0")
    if ("+" in flags and " " in flags) or ("-" in flags and "0" in flags):
        raise format_error("IllegalFormatFlags", f"Flags = '{_shown(specifier)}'")
    if specifier.conversion in "dox":
        _check_no_precision(specifier)
    refuse_flags(specifier, {"d": "#", "o": ",", "x": ",", "a": "(,", "e": ",", "g": "#"}.get(specifier.conversion, ""))


def _check_text(specifier: Specifier) -> None:
    _check_no_precision(specifier)
    if specifier.conversion == "%":
        if specifier.flags not in ("", "-"):
            raise format_error("IllegalFormatFlags", f"Flags = '{specifier.flags}'")
        _check_width(specifier, "-")
    else:
        if specifier.width != -1:
            raise format_error("IllegalFormatWidth", str(specifier.width))
        if specifier.flags:
            raise format_error("IllegalFormatFlags", f"Flags = '{specifier.flags}'")


def _shown(specifier: Specifier) -> str:
    """The flags as Flags.toString lists them; the capital of the conversion is one of them there."""
    left = "-" if "-" in specifier.flags else ""
    return left + ("^" if specifier.upper else "") + specifier.flags[len(left) :]


def _check_no_precision(specifier: Specifier) -> None:
    if specifier.precision != -1:
        raise format_error("IllegalFormatPrecision", str(specifier.precision))


def _check_width(specifier: Specifier, flags: str) -> None:
    if specifier.width == -1 and any(flag in specifier.flags for flag in flags):
        raise format_error("MissingFormatWidth", specifier.text)


def refuse_flags(specifier: Specifier, flags: str) -> None:
    """Raise FormatFlagsConversionMismatchException for the first of the flags that is there."""
    for flag in flags:
        if flag in specifier.flags:
            raise format_error("FormatFlagsConversionMismatch", f"Conversion = {specifier.conversion}, Flags = {flag}")


def conversion_error(specifier: Specifier, java_name: str) -> JavaError:
    """The argument is of a class that the conversion does not take."""
    return format_error("IllegalFormatConversion", f"{specifier.conversion} != {java_name}")
