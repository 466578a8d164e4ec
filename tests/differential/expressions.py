"""Literals, operators and conditions of generated templates."""

from __future__ import annotations

from tests.differential import references
from tests.differential.cases import Tree, join
from tests.differential.pen import Pen
from tests.differential.spaces import inner

KINDS = (
    "string",
    "string",
    "int",
    "int",
    "double",
    "bool",
    "list",
    "map",
    "reference",
    "reference",
    "undefined",
    "range",
    "long",
)
INTEGERS = ("0", "1", "2", "3", "5", "-1", "-3", "10", "007", "100", "2147483647", "-2147483648", "-0")
LONGS = (
    "2147483648",
    "12345678901",
    "-9876543210",
    "9223372036854775807",
    "9223372036854775808",
    "123456789012345678901234567890",
)
FLOATS = (
    "1.5",
    ".5",
    "1.",
    "0.0",
    "-2.25",
    "1e3",
    "1.0e7",
    "0.0001",
    "1.10",
    "3.14",
    "-.5",
    "1e-5",
    "1E2",
    "100.0",
    "1e400",
    "1.5e+3",
)
STRINGS = (
    "",
    "a",
    "k",
    "abc",
    "x-y",
    "Hello",
    " ",
    "a b",
    "1",
    "42",
    "l",
    "é",
    "😀",
    "{",
    "}",
    "(",
    ")",
    "[x]",
    "\\",
    "\\n",
    "/",
    "a,b",
)
PATTERNS = (
    "l",
    ",",
    "[aeiou]",
    "\\\\s+",
    "\\s*",
    ".",
    "\\.",
    "^.",
    "[^a-z]+",
    "(l)(o)?",
    "a|b",
    "x*",
    "(?i)h",
    "\\d+",
    "\\w",
    "$",
    "[",
    "\\b",
    "",
    "(.)",
)
NUMERALS = ("42", "-7", "0", "007", "+5", "12345678901", "x", "", " 1", "3.14", "1e3")


def string(pen: Pen, choices: tuple[str, ...] = STRINGS) -> Tree:
    """A string in single or double quotes; the latter may hold references and directives."""
    if pen.chance(0.5):
        pen.mark("node:StringLiteral")
        body = "".join(pen.pick(choices) for _ in range(pen.number(1, 2))) if choices is STRINGS else pen.pick(choices)
        if pen.chance(0.08):
            body += pen.pick(("''", "$a", "#if($t)", "\\u0041", "#end", '"', "\n", "## x", "$", "#"))
        return f"'{body}'"
    if choices is not STRINGS or pen.chance(0.4):
        pen.mark("node:StringLiteral")
        body = pen.pick(choices)
        return f'"{body}"' if "$" not in body or pen.hazard(0.5) else f'"{body} "'
    return interpolated(pen)


def interpolated(pen: Pen) -> Tree:
    """A double-quoted string with something inside."""
    pen.mark("node:InterpolatedString")
    parts: list[Tree] = []
    for _ in range(pen.number(1, 3)):
        roll = pen.number(0, 19)
        if roll < 8:
            parts.append(f"${references.path(pen, 'string', 1)}".replace('"', "'"))
        elif roll < 10:
            parts.append(f"$!{{{references.path(pen, '', 1)}}}".replace('"', "'"))
        elif roll < 15:
            parts.append(pen.pick(STRINGS))
        elif roll < 16:
            parts.append(
                pen.pick(
                    (
                        '""',
                        "''",
                        "\\u0041",
                        "\\$a",
                        "\\#if",
                        "\\",
                        "\n",
                        "$ ",
                        "# ",
                        "#fff",
                        "$$a",
                        "## c",
                        "#* c *#",
                        "\\\\$a",
                        "#[[ $a ]]#",
                    )
                )
            )
        elif roll < 19:
            parts.append(pen.pick(INSIDE))
            pen.mark("string:directive")
        else:
            parts.append(
                pen.pick(('#set($x = ""q"")$x', "#if($t)", "$", "#", "#stop", "#break", "#end", "${", '"', "\\u00", "#foo("))
                if pen.hazard(0.3)
                else " "
            )
    return ('"', tuple(parts), '"')


INSIDE = (
    "#if($t)y#{else}n#end",
    "#if($u)y#end",
    "#foreach($i in $l)$i,#end",
    "#foreach($k in $m)$velocityCount#end",
    "#set($w = 1)$w",
    "#set($w = 'q')",
    "#foo($a)",
    "#if($a == 1) 1 #elseif($b > 2) 2 #else 3 #end",
    "#foreach($i in [1..3])#if($i == 2)#break#end$i#end",
    "#define($df)$a#end$df",
    '#set($w = ""$a"")$w',
    "#foreach($i in ['a', 'b'])\n  $i\n#end",
    "#q($a)",
    "$bodyContent",
)


def list_literal(pen: Pen) -> Tree:
    """`[...]`."""
    pen.mark("node:ListLiteral")
    with pen.nested():
        items = [primary(pen, "any") for _ in range(pen.number(0, 3))]
    comma = pen.pick((", ", ",", " , ", ",\n"))
    return ("[", inner(pen), _separated(items, comma), inner(pen), "]")


def map_literal(pen: Pen) -> Tree:
    """`{...}`."""
    pen.mark("node:MapLiteral")
    entries: list[Tree] = []
    with pen.nested():
        for _ in range(pen.number(0, 3)):
            key = (
                join(string(pen))
                if pen.chance(0.8)
                else join(primary(pen, pen.pick(("int", "reference", "bool", "double", "list"))))
            )
            entries.append((key, pen.pick((":", ": ", " : ")), primary(pen, "any")))
    return ("{", inner(pen), _separated(entries, pen.pick((", ", ",", " , "))), inner(pen), "}")


def _separated(items: list[Tree], comma: str) -> Tree:
    out: list[Tree] = []
    for number, item in enumerate(items):
        out.append((comma, item) if number else item)
    return tuple(out)


def range_literal(pen: Pen) -> Tree:
    """`[a..b]`, a short one."""
    pen.mark("node:RangeLiteral")
    ends = ("1", "3", "0", "-2", "$a", "$z", "5", "$l.size()", "$s.length()", "-1", "2")
    if pen.hazard(0.1):
        ends = ("$u", "$s", "$d", "$n", "$t", "$foreach.index")
    blank = pen.pick((" ", "  ")) if pen.chance(0.1) else ""
    first, last = pen.pick(ends), pen.pick(ends)
    before = blank if first[0] != "$" or pen.hazard(0.2) else ""  # a blank after a reference is refused here
    after = blank if last[0] != "$" else ""
    return f"[{blank}{first}{before}..{blank}{last}{after}]"


def primary(pen: Pen, kind: str) -> Tree:
    """What may stand as an argument: a literal or a reference, of that kind as far as it goes."""
    pen.budget -= 1
    if kind in ("any", "") or pen.budget < 0:
        kind = pen.pick(KINDS) if pen.budget > 0 and pen.depth < 6 else pen.pick(("int", "string", "reference"))
    if pen.chance(0.3):
        return references.reference(pen, "int" if kind == "small" else kind if kind in references.NAMES else "")
    if kind == "small":
        pen.mark("node:IntegerLiteral")
        return pen.pick(("0", "1", "2", "1", "3", "-1", "10") if pen.hazard(0.3) else ("0", "1", "0", "1", "2"))
    if kind in ("int", "long", "huge"):
        pen.mark("node:IntegerLiteral")
        return pen.pick(LONGS if kind != "int" else INTEGERS)
    if kind in ("double", "decimal"):
        pen.mark("node:FloatLiteral")
        return pen.pick(FLOATS)
    if kind == "bool":
        pen.mark("node:BooleanLiteral")
        return pen.pick(("true", "false"))
    writers = {"list": list_literal, "map": map_literal, "range": range_literal, "string": string}
    if kind in writers:
        return writers[kind](pen)
    if kind == "pattern":
        return string(pen, PATTERNS)
    if kind == "numeral":
        return string(pen, NUMERALS)
    return references.reference(pen, kind if kind in references.NAMES else "")


ARITHMETIC = (" + ", " + ", " - ", " * ", " / ", " % ", "+", "*", "/", "%", " +", "* ")
COMPARISONS = (
    " == ",
    " == ",
    "==",
    " != ",
    " < ",
    " > ",
    " <= ",
    " >= ",
    "<",
    ">",
    " eq ",
    " ne ",
    " lt ",
    " gt ",
    " le ",
    " ge ",
)
LOGIC = (" && ", " || ", " and ", " or ", "&&", "||")


ARITHMETIC_KINDS = (
    (4, ("int",)),
    (4, ("int", "int", "double", "long", "string", "huge", "decimal", "java")),
    (2, ("any",)),
)


def arithmetic(pen: Pen, depth: int = 2) -> Tree:
    """Sums and products."""
    pen.mark("node:Binary")
    kinds = pen.weighted(ARITHMETIC_KINDS)
    parts: list[Tree] = [_operand(pen, pen.pick(kinds), depth)]
    for _ in range(pen.number(1, 2)):
        operator = pen.pick(ARITHMETIC)
        pen.mark(f"operator:{operator.strip()}")
        parts.append((operator, _operand(pen, pen.pick(kinds), depth)))
    return tuple(parts)


def _operand(pen: Pen, kind: str, depth: int) -> Tree:
    if depth and pen.chance(0.15):
        with pen.nested():
            return ("(", inner(pen), arithmetic(pen, depth - 1), inner(pen), ")")
    return primary(pen, kind)


def condition(pen: Pen, depth: int = 2) -> Tree:
    """What may stand in an #if."""
    roll = pen.number(0, 99)
    if roll < 25:
        return references.reference(pen, pen.pick(("bool", "bool", "undefined", "null", "string", "list", "int", "java", "map")))
    if roll < 60:
        operator = pen.pick(COMPARISONS)
        pen.mark("node:Binary", f"operator:{operator.strip()}")
        kind = pen.pick(("int", "int", "string", "double", "any", "undefined", "java", "list", "map", "bool", "long"))
        left = primary(pen, kind)
        right = primary(pen, kind if pen.chance(0.6) else "any")
        return (left, operator, right)
    if roll < 75 and depth:
        operator = pen.pick(LOGIC)
        pen.mark("node:Binary", f"operator:{operator.strip()}")
        return (condition(pen, depth - 1), operator, condition(pen, depth - 1))
    if roll < 85 and depth:
        pen.mark("node:Not")
        return (pen.pick(("!", "!", "not ", "! ", "!!")), ("(", condition(pen, depth - 1), ")"))
    if roll < 88:
        pen.mark("node:Not")
        return (pen.pick(("!", "not ")), references.reference(pen, "bool"))
    if roll < 92 and depth:
        return ("(", inner(pen), condition(pen, depth - 1), inner(pen), ")")
    if roll < 96:
        return primary(pen, "any")
    return (arithmetic(pen, 1), pen.pick(COMPARISONS), arithmetic(pen, 1))


def expression(pen: Pen) -> Tree:
    """What may stand on the right of #set."""
    roll = pen.number(0, 99)
    if roll < 55:
        return primary(pen, "any")
    if roll < 80:
        return arithmetic(pen)
    if roll < 92:
        return condition(pen)
    return interpolated(pen)
