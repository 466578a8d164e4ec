"""White space around directives: every mark of a directive is written through `around`, and each pattern is counted."""

from __future__ import annotations

from tests.differential.cases import Tree
from tests.differential.pen import Pen

BEFORE = ("", "", "", " ", "  ", "\t", "\n", "\n", "\n  ", "\n\t", "x", "x ", "\r\n", "\r\n  ", "\r", " \n", "\n\n", "}")
AFTER = (
    "",
    "",
    "",
    " ",
    "  ",
    "\t",
    "\n",
    "\n",
    " \n",
    "\t\n",
    "  \r\n",
    "\r\n",
    "\r",
    " \r",
    "\n\n",
    "x",
    " x",
    "\n  ",
    "-",
    ".",
    "(",
)
INNER = ("", "", "", "", " ", "  ", "\n", "\t", " \n ")
BARE = {"end", "else", "stop", "break"}


def around_parts(pen: Pen, kind: str) -> tuple[str, str]:
    """White space before and after a directive's mark."""
    before, after = ("", "") if pen.chance(0.35) else (pen.pick(BEFORE), pen.pick(AFTER))
    if after[:1] == "(" and kind not in BARE:
        after = " ("
    pen.mark(f"space:{before!r} {kind} {after!r}")
    return before, after


def around(pen: Pen, kind: str, mark: str) -> Tree:
    """A directive's mark between white space: `mark` is `#if(...)`, `#else`, `#end`, `#break`..."""
    before, after = around_parts(pen, kind)
    if kind in BARE:
        sticky = after[:1].isalnum() or after[:1] == "("
        formal = mark.replace("#", "#{") + "}"
        if (sticky and not pen.hazard(0.1)) or (kind in ("end", "else") and pen.chance(0.25)):
            mark = formal
    return (before, mark, after)


def inner(pen: Pen) -> str:
    """Blanks inside parentheses, mostly none."""
    return pen.pick(INNER) if pen.chance(0.2) else ""


def opened(pen: Pen, name: str) -> str:
    """`#name` as it may stand before its parenthesis, blanks included: `#if`, `#{foreach}`, `#set `."""
    head = f"#{{{name}}}" if name != "set" and pen.chance(0.05) else f"#{name}"
    if pen.chance(0.1):
        head += pen.pick((" ", "  ")) if name == "set" else pen.pick((" ", "\t", "\n", " \n"))
    return head
