"""Files, standard input and the ways in which they cannot be read."""

from __future__ import annotations

import sys
from pathlib import Path

from vtl.errors import InputError

STANDARD_INPUT = "-"
MOST_BYTES = 100_000_000
"""No input may be longer: ten times what API Gateway takes (AWS's quotas page: a payload has at most 10 MB)."""
BYTE_ORDER_MARK = "\ufeff"


def read_bytes(name: str, what: str) -> bytes:
    """The bytes of the file `name`, or of standard input for `-`.

    `what` says what is read ("template", "body"...), for the InputError when that fails.
    """
    try:
        if name == STANDARD_INPUT:
            if sys.stdin is None:
                raise InputError(f"cannot read the {what}: standard input is closed")
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"cannot read the {what} {shown(name)}: {reason}") from None
    if len(data) > MOST_BYTES:
        raise InputError(f"the {what} {shown(name)} is longer than {MOST_BYTES:,} bytes")
    return data


def read_text(name: str, what: str) -> str:
    """The text of a file that must be UTF-8 (a byte order mark before it is dropped). InputError names the first wrong byte."""
    return decode(read_bytes(name, what), name, what)


def decode(data: bytes, name: str, what: str) -> str:
    """UTF-8 bytes as text; InputError with the offset, line and value of the first byte that is not UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"the {what} {shown(name)} is UTF-16", hint="save it as UTF-8")
    try:
        return data.decode("utf-8").removeprefix(BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"the {what} {shown(name)} is not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start} (line {line})",
            hint="save it as UTF-8",
        ) from None


def shown(name: str) -> str:
    """The name as messages write it."""
    return "on standard input" if name == STANDARD_INPUT else f"{name!r}"
