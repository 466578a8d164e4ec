"""What reaches the terminal: the output on standard output, everything else on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import TextIO

from vtl.diagnostics import Diagnostic, Severity
from vtl.errors import InputError

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def coloured(stream: TextIO) -> bool:
    """Whether to colour: NO_COLOR says no, FORCE_COLOR says yes, else a terminal has colours (https://no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def complain(diagnostic: Diagnostic) -> None:
    """A diagnostic with its excerpt, on standard error."""
    text = diagnostic.render()
    if coloured(sys.stderr):
        headline, *rest = text.split("\n")
        text = "\n".join([f"\x1b[1;{_COLOURS[diagnostic.severity]}m{headline}\x1b[0m", *rest])
    say(text)


def warn(message: str) -> None:
    """A warning that has no place in a template."""
    complain(Diagnostic(message, severity=Severity.WARNING))


def say(text: str) -> None:
    """A text with a line end, on standard error; what its encoding cannot hold is escaped."""
    encoding = sys.stderr.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding), file=sys.stderr)


def to_bytes(text: str) -> bytes:
    """The text as UTF-8. A lone surrogate becomes `?`, as in Java's String.getBytes; two halves are joined."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass").encode("utf-8", "replace")


@contextmanager
def prints_aside() -> Iterator[TextIO]:
    """Send to standard error what others print meanwhile, such as the user's handlers; gives the standard output."""
    output = sys.stdout
    with redirect_stdout(sys.stderr):
        yield output


def write_output(text: str, output: TextIO | None = None) -> None:
    """The text on standard output as UTF-8, byte for byte: no line end is added or translated. `output` stands in for it.

    A reader that closed the pipe early ends the program quietly (BrokenPipeError goes through to click); InputError when
    the output cannot be written for another reason.
    """
    write_bytes(to_bytes(text), output)


def write_bytes(data: bytes, output: TextIO | None = None) -> None:
    """Bytes on standard output, as `write_output` writes text."""
    stream = output or sys.stdout
    try:
        stream.buffer.write(data)
        stream.buffer.flush()
    except BrokenPipeError:
        # The interpreter flushes standard output once more when it ends; there it must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise
    except OSError as error:
        raise InputError(f"cannot write the output: {error.strerror}") from None
