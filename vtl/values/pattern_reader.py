"""The text of a Java regular expression under a cursor, with the flags that hold there.

In comments mode (`(?x)`) blanks and `# ...` are skipped wherever java.util.regex.Pattern skips them: almost everywhere, character
classes included, but not after a backslash. Quotes (`\\Q...\\E`) are gone before anything is read, as in Pattern.
"""

from __future__ import annotations

from vtl.errors import JavaError

INSENSITIVE, MULTILINE, DOTALL, UNIX_LINES, UNICODE_CASE, CANONICAL, COMMENTS, UNICODE_CLASSES = (1 << bit for bit in range(8))
FLAGS = {
    "i": INSENSITIVE,
    "m": MULTILINE,
    "s": DOTALL,
    "d": UNIX_LINES,
    "u": UNICODE_CASE,
    "c": CANONICAL,
    "x": COMMENTS,
    "U": UNICODE_CLASSES | UNICODE_CASE,
}
END = "\0"
"""What is read past the end; a real U+0000 is told apart by the cursor."""

_BLANKS = " \t\n\x0b\x0c\r"
_LINE_ENDS = "\n\r\x85\u2028\u2029"


def syntax_error(description: str, pattern: str, index: int) -> JavaError:
    """PatternSyntaxException with the message of its `getMessage`: the description, the pattern and a caret."""
    message = description
    if index >= 0:
        message += f" near index {index}"
    message += f"\n{pattern}"
    if 0 <= index < len(pattern):
        message += "\n" + "".join(["\t" if character == "\t" else " " for character in pattern[:index]]) + "^"
    return JavaError("java.util.regex.PatternSyntaxException", message)


class Reader:
    """A cursor over one pattern; `text` ends with two more characters, both `END`."""

    __slots__ = ("cursor", "flags", "pattern", "size", "text")

    def __init__(self, pattern: str):
        self.pattern = pattern
        self.text = unquoted(pattern) + END + END
        self.size = len(self.text) - 2
        self.cursor = 0
        self.flags = 0

    def has(self, flag: int) -> bool:
        """Whether the flag holds here."""
        return self.flags & flag != 0

    def error(self, description: str) -> JavaError:
        """A syntax error at the character before the cursor, where Pattern reports them."""
        return syntax_error(description, self.pattern, self.cursor - 1)

    def at_end(self) -> bool:
        """Whether all was read."""
        return self.cursor >= self.size

    def _char(self, index: int) -> str:
        return self.text[index] if index < len(self.text) else END

    def peek(self) -> str:
        """The character at the cursor, after comments."""
        if self.has(COMMENTS):
            self._skip_comments()
        return self._char(self.cursor)

    def read(self) -> str:
        """The character at the cursor, after comments; the cursor goes past it."""
        if self.has(COMMENTS):
            self._skip_comments()
        self.cursor += 1
        return self._char(self.cursor - 1)

    def next(self) -> str:
        """Go on one character, and over comments, and look."""
        self.cursor += 1
        return self.peek()

    def next_escaped(self) -> str:
        """Go on one character and look; blanks count."""
        self.cursor += 1
        return self._char(self.cursor)

    def skip(self) -> str:
        """The character after the one at the cursor; the cursor goes past both. Blanks count."""
        self.cursor += 2
        return self._char(self.cursor - 1)

    def unread(self) -> None:
        """Go back one character."""
        self.cursor -= 1

    def _skip_comments(self) -> None:
        while True:
            character = self._char(self.cursor)
            if character in _BLANKS:
                self.cursor += 1
            elif character == "#":
                ends = "\n" if self.has(UNIX_LINES) else _LINE_ENDS
                while self.cursor < self.size and self.text[self.cursor] not in ends:
                    self.cursor += 1
            else:
                return


def unquoted(pattern: str) -> str:
    """`pattern` with `\\Q...\\E` written as escapes, digit for digit as Pattern does it; an open quote ends with the pattern."""
    start = _first_quote(pattern)
    if start < 0:
        return pattern
    out = [pattern[:start]]
    position, quoting, first = start + 2, True, True
    while position < len(pattern):
        character = pattern[position]
        position += 1
        following = pattern[position : position + 1]
        if not character.isascii() or character.isalpha():
            out.append(character)
        elif character.isdigit():
            out.append(f"\\x3{character}" if first else character)
        elif character != "\\":
            out.append(f"\\{character}" if quoting else character)
        elif quoting:
            if following == "E":
                position += 1
                quoting = False
            else:
                out.append("\\\\")
        elif following == "Q":
            position += 1
            quoting = first = True
            continue
        else:
            out.append(character + following)
            position += 1
        first = False
    return "".join(out)


def _first_quote(pattern: str) -> int:
    """Where the first `\\Q` is that is not itself escaped; -1 for none."""
    position = 0
    while position < len(pattern) - 1:
        if pattern[position] != "\\":
            position += 1
        elif pattern[position + 1] != "Q":
            position += 2
        else:
            return position
    return -1
