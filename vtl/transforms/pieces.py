"""Text that a parser brings in pieces: `added` and `joined`, in time that grows with the text alone."""

from __future__ import annotations

Text = str | list[str]
"""A text, or its pieces once there is much of it: to add to a long text again and again would copy it as often."""
_SHORT = 1_024
_MANY = 8_192


def added(before: Text, text: str) -> Text:
    """The text with another piece behind it; a list of pieces is changed in place."""
    if isinstance(before, list):
        before.append(text)
        if len(before) >= _MANY:
            before[:] = ["".join(before)]
        return before
    return f"{before}{text}" if len(before) < _SHORT else [before, text]


def joined(text: Text) -> str:
    """The text as one."""
    return "".join(text) if isinstance(text, list) else text
