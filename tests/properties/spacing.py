"""Templates with any blanks where Velocity takes some: directives, sums, strings and comments that a formatter wants to tidy.

Everything is drawn from a `random.Random`, so that Hypothesis can shrink what it draws and a seed can repeat it.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

_GAPS = ("", "", " ", " ", "  ", "\t", "\n", " \n  ", "\r\n")
_TAILS = ("", " ", "  \n", "\n", "\t\r\n", "  \r")
_CONSTANTS = (
    *("1", "-2", "1.5", "true", "'x'", '"y"', '"it\'s"', '""', "''", "'a''b'", '"a""b"', '"\\u0041"', '"\\n"', '"q\n"'),
    *('"$a b"', '"$u.m( 1 )"', '"#if( $a )x#end  "', '"$.a"'),
)
_OPERATORS = ("+", "+", "+", "+", "*", "-", "/", "%", "==", "!=", "<", "&&", "||", "eq", "ne", "lt", "ge", "and", "or")
_IN_COMMENTS = ("a", "b c", "$", "#", "\\", "!", "*", " ", "  ", "-", "$a", "{", "#if( $a )", "[[", "]]", "\t", ".", "é")
_TEXTS = ("x", " ", "\n", "  ", "$x|", "|$!y|", "\\", '"', "$ ", "# ", "\\\\", "$d")


def spaced_template(rng: Random) -> str:
    """A template of a few statements that prints what they set; most can be parsed."""
    return "".join(_statement(rng, 3) for _ in range(rng.randint(1, 3))) + "|$!x|$!y|"


def _gap(rng: Random) -> str:
    return rng.choice(_GAPS)


def _row(rng: Random, most: int, item: Callable[[], str]) -> str:
    """Items with commas between them and gaps everywhere."""
    items = [item() for _ in range(rng.randint(1, most))]
    return "".join(f"{'' if not number else ','}{_gap(rng)}{each}{_gap(rng)}" for number, each in enumerate(items))


def _reference(rng: Random, depth: int) -> str:
    opening = rng.choice(("$", "$", "$!", "${", "$!{"))
    text = opening + rng.choice(("a", "u", "s", "m", "l", "x", "b-c"))
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):
        kind = rng.randint(0, 2)
        if kind == 0 or not depth:
            text += rng.choice((".k", ".zz", ".eq", ".and"))
        elif kind == 1:
            arguments = _row(rng, 2, lambda: _argument(rng, depth - 1))
            text += f".{rng.choice(('m', 'get', 'concat', 'not'))}({arguments})"
        else:
            text += f"[{_gap(rng)}{rng.choice(('0', '1', repr('k'), '$a', '$u'))}{_gap(rng)}]"
    return text + ("}" if opening.endswith("{") else "")


def _argument(rng: Random, depth: int) -> str:
    kind = rng.randint(0, 9)
    if kind < 4 or not depth:
        return rng.choice(_CONSTANTS)
    if kind < 7:
        return _reference(rng, depth - 1)
    if kind == 7:
        return f"[{_row(rng, 2, lambda: _argument(rng, depth - 1))}]"
    if kind == 8:
        return f"[{_gap(rng)}{rng.choice(('1', '$a', '$u'))}{_gap(rng)}..{_gap(rng)}{rng.choice(('3', '$a', '$u'))}{_gap(rng)}]"
    return f"{{{_row(rng, 2, lambda: f'{_argument(rng, 0)}{_gap(rng)}:{_gap(rng)}{_argument(rng, depth - 1)}')}}}"


def _expression(rng: Random, depth: int = 3) -> str:
    kind = rng.randint(0, 9)
    if kind < 3 or not depth:
        return _argument(rng, 1)
    if kind < 8:
        operator = rng.choice(_OPERATORS)
        before, after = _gap(rng), _gap(rng)
        if operator.isalpha() or operator == "-":
            before, after = before or " ", after or " "
        return f"{_expression(rng, depth - 1)}{before}{operator}{after}{_expression(rng, depth - 1)}"
    if kind == 8:
        return f"({_gap(rng)}{_expression(rng, depth - 1)}{_gap(rng)})"
    return rng.choice(("!", "not ", "! ")) + _expression(rng, depth - 1)


def _directive(rng: Random, name: str, inside: str) -> str:
    """A directive up to its last parenthesis; #set takes nothing but blanks before the first."""
    gap = rng.choice(("", " ")) if name == "set" else _gap(rng)
    mark = f"#{{{name}}}" if rng.random() < 0.2 else f"#{name}"
    return f"{mark}{gap}({_gap(rng)}{inside}{_gap(rng)}){rng.choice(_TAILS)}"


def _end(rng: Random) -> str:
    return rng.choice(("#end", "#{end}")) + rng.choice(_TAILS)


def _body(rng: Random, depth: int) -> str:
    return "".join(_statement(rng, depth - 1) for _ in range(rng.randint(1, 2))) if depth else "z"


def _statement(rng: Random, depth: int) -> str:
    return rng.choice(_STATEMENTS)(rng, depth)


def _set(rng: Random, depth: int) -> str:
    return rng.choice(("", "  ")) + _directive(
        rng, "set", f"{rng.choice(('$x', '$m.k', '$y'))}{_gap(rng)}={_gap(rng)}{_expression(rng)}"
    )


def _if(rng: Random, depth: int) -> str:
    middle = rng.choice(("#else", "#{else}", "")) + rng.choice(_TAILS)
    if rng.random() < 0.3:
        middle = _directive(rng, "elseif", _expression(rng))
    return f"{_directive(rng, 'if', _expression(rng))}{_body(rng, depth)}{middle}{_body(rng, depth)}{_end(rng)}"


def _foreach(rng: Random, depth: int) -> str:
    source = rng.choice(("$l", "[1..2]", _argument(rng, 1)))
    return f"{_directive(rng, 'foreach', f'$i {_gap(rng)}in{_gap(rng)}{source}')}{_body(rng, depth)}{_end(rng)}"


def _macro(rng: Random, depth: int) -> str:
    head = _directive(rng, "macro", f"q {_gap(rng)}$p{rng.choice(('', ' ,$r'))}")
    return f"{head}<$p|$!p|{_body(rng, depth)}>{_end(rng)}"


def _call(rng: Random, depth: int) -> str:
    if rng.random() < 0.3:
        return f"{_directive(rng, '@q', _argument(rng, 1)).replace('{@q}', '@q')}{_body(rng, depth)}$!bodyContent{_end(rng)}"
    return _directive(rng, "q", _argument(rng, 1))


def _comment(rng: Random, depth: int) -> str:
    inside, more = ("".join(rng.choice(_IN_COMMENTS) for _ in range(rng.randint(0, 5))) for _ in range(2))
    line_end = rng.choice(("\n", "\r\n", "\r", "  \n", ""))
    return rng.choice((f"##{inside}{line_end}", f"#*{inside}*#", f"#**{inside}*#", f"#*{inside} \n{more}*#"))


def _rare(rng: Random, depth: int) -> str:
    return rng.choice(
        (
            f"#literal(){_body(rng, depth)} #end",
            f"#[[{_body(rng, depth)}]]#",
            _directive(rng, "evaluate", "'a#set( $x = 1 )$x'"),
            f"{_directive(rng, 'define', '$d')}{_body(rng, depth)}{_end(rng)}$d",
            _directive(rng, "stop", "$a"),
        )
    )


_STATEMENTS: tuple[Callable[[Random, int], str], ...] = (
    *(_set, _set, _set, _if, _if, _foreach, _macro, _call, _call, _comment, _comment, _rare),
    lambda rng, depth: rng.choice(_TEXTS),
    lambda rng, depth: rng.choice(("", "", "\\", "\\\\")) + _reference(rng, 2),
)
