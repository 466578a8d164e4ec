"""The exceptions that methods of values throw most, as Java words them, and the bound on text that grows."""

from __future__ import annotations

from vtl.errors import JavaError, LimitExceeded
from vtl.limits import Limits

_MODULE = "in module java.base of loader 'bootstrap'"


def null_pointer(message: str | None = None) -> JavaError:
    """java.lang.NullPointerException, with the message that names what was null."""
    return JavaError("java.lang.NullPointerException", message)


def null_argument(parameter: str, use: str) -> JavaError:
    """The NullPointerException of a call on a parameter that is null; `use` is the method as Java's message names it."""
    return null_pointer(f'Cannot invoke "{use}" because "{parameter}" is null')


def null_value(parameter: str) -> JavaError:
    """The NullPointerException of a string parameter whose characters Java reads straight away."""
    return null_pointer(f'Cannot read field "value" because "{parameter}" is null')


def illegal_argument(message: str | None) -> JavaError:
    """java.lang.IllegalArgumentException."""
    return JavaError("java.lang.IllegalArgumentException", message)


def out_of_bounds(message: str | None = None) -> JavaError:
    """java.lang.IndexOutOfBoundsException."""
    return JavaError("java.lang.IndexOutOfBoundsException", message)


def string_index(message: str) -> JavaError:
    """java.lang.StringIndexOutOfBoundsException."""
    return JavaError("java.lang.StringIndexOutOfBoundsException", message)


def class_cast(actual: str, wanted: str) -> JavaError:
    """java.lang.ClassCastException between two classes of Java itself."""
    return JavaError(
        "java.lang.ClassCastException",
        f"class {actual} cannot be cast to class {wanted} ({actual} and {wanted} are {_MODULE})",
    )


def check_length(limits: Limits, length: int) -> None:
    """Raise LimitExceeded when a string of `length` characters would be longer than the limits allow."""
    if length > limits.string_length:
        raise LimitExceeded(
            "string_length", f"a string would grow to {length:,} characters; the limit is {limits.string_length:,}"
        )
