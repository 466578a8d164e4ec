"""Directives of generated templates, and templates made of them."""

from __future__ import annotations

from tests.differential import texts
from tests.differential.cases import Tree, join
from tests.differential.expressions import (
    arithmetic,
    condition,
    expression,
    interpolated,
    list_literal,
    map_literal,
    primary,
    range_literal,
)
from tests.differential.pen import Pen, Writer
from tests.differential.references import path, printed, reference, special_reference, steps
from tests.differential.spaces import around, around_parts, inner, opened

TARGETS = ("x", "y", "w", "x", "y", "a", "s", "l", "m", "u", "_v", "hy-phen", "foreach", "i")


def end(pen: Pen) -> Tree:
    """`#end`, rarely missing."""
    if pen.hazard(0.02):
        return ""
    return around(pen, "end", "#end")


def body(pen: Pen, limit: int = 4) -> Tree:
    """Statements inside a directive."""
    with pen.nested():
        return statements(pen, limit)


def statements(pen: Pen, limit: int = 5) -> Tree:
    """Some statements in a row."""
    out: list[Tree] = []
    for _ in range(pen.number(1, limit)):
        pen.budget -= 1
        if pen.budget < 0:
            out.append(pen.pick(("$a", "x", "\n", "$!u", "$s ")))
            break
        out.append(statement(pen))
    return tuple(out)


def statement(pen: Pen) -> Tree:
    """One statement of any kind."""
    return pen.weighted(STATEMENTS if pen.depth < 5 else LEAVES)(pen)


def set_directive(pen: Pen) -> Tree:
    """`#set(...)`."""
    pen.mark("node:Set")
    roll = pen.number(0, 99)
    name = pen.pick(TARGETS)
    if roll < 80:
        target = f"${name}"
    elif roll < 90:
        target = "$m" + "".join(_target_steps(pen, "map"))
    elif roll < 93:
        target = f"$l[{pen.pick(('0', '-1', '1', '$z', '$a', '5'))}]" if pen.hazard(0.7) else "$ls[0]"
    elif roll < 96 and pen.hosted:
        target = pen.pick(OVERRIDES)
    elif pen.hazard(0.5):
        target = pen.pick(
            ("$!x", "${x}", "$u.x", "$s.y", "$foreach.z", "$x.y", "$x[0]", "$foreach.index", "$m.class", "$ll[0][0]")
        )
    else:
        target = f"${name}"
    if pen.loops:  # an assignment in a loop must not double a string in each round
        value: Tree = primary(pen, pen.pick(("int", "bool", "double", "undefined", "list", "small")))
        if pen.chance(0.5):
            value = (value, pen.pick((" + ", " - ", " * ")), pen.pick(("1", "2", "$velocityCount", "$foreach.index", "1.5")))
    else:
        value = expression(pen)
    equals = pen.pick((" = ", " = ", "=", " =", "= ", "  =\t"))
    before, after = around_parts(pen, "set")
    return (before, opened(pen, "set"), "(", inner(pen), target, equals, value, inner(pen), ")", after)


OVERRIDES = (
    "$context.requestOverride.header.h",
    "$context.requestOverride.header['x-y']",
    "$context.requestOverride.path.id",
    "$context.requestOverride.querystring.q",
    "$context.responseOverride.status",
    "$context.responseOverride.header.Accept",
    "$context.zz",
    "$context.requestOverride",
)


def _target_steps(pen: Pen, kind: str) -> list[str]:
    found = pen.pick(
        (
            (".k",),
            (".new",),
            (".n", ".x"),
            ("['k']",),
            ("[$s]",),
            ("['x-y']",),
            (".zz", ".y"),
            (".n", "['q']"),
            (".n", ".l", "[0]"),
        )
    )
    return list(found)


def if_directive(pen: Pen) -> Tree:
    """`#if ... #elseif ... #else ... #end`."""
    pen.mark("node:If")
    out: list[Tree] = [_conditional(pen, "if"), body(pen)]
    while pen.chance(0.2):
        pen.mark("node:elseif")
        out += [_conditional(pen, "elseif"), body(pen, 2)]
    if pen.chance(0.45):
        pen.mark("node:else")
        out += [around(pen, "else", "#else"), body(pen, 2)]
    return (*out, end(pen))


def _conditional(pen: Pen, name: str) -> Tree:
    head = f"{opened(pen, name)}({inner(pen)}"
    before, after = around_parts(pen, name)
    return (before, head, condition(pen), inner(pen), ")", after)


def foreach(pen: Pen) -> Tree:
    """`#foreach($i in ...) ... #end`."""
    pen.mark("node:Foreach")
    variable = pen.pick(("i", "j", "k", "i", "item", "a", "x-y", "_i", "velocityCount", "foreach")[: 9 if pen.hazard(0.5) else 5])
    writers: tuple[Writer, ...] = (range_literal, list_literal, map_literal)
    source: Tree
    if pen.chance(0.35):
        source = pen.pick(writers)(pen)
    elif pen.chance(0.6):
        source = pen.pick(
            (
                "$l",
                "$ls",
                "$m",
                "$ll",
                "$le",
                "$m.keySet()",
                "$m.entrySet()",
                "$i",
                "$s.split(',')",
                "$l.iterator()",
                "$m2.values()",
            )
        )
    else:
        source = reference(pen, pen.pick(("list", "map", "string", "undefined", "java", "int")))
    pen.loops += 1
    pen.locals.append(variable)
    before, after = around_parts(pen, "foreach")
    head = f"{opened(pen, 'foreach')}({inner(pen)}${variable} in "
    inside = body(pen, 5 if pen.loops == 1 else 2)
    pen.loops -= 1
    pen.locals.pop()
    return (before, head, source, inner(pen), ")", after, inside, end(pen))


def break_directive(pen: Pen) -> Tree:
    """`#break`, mostly inside an #if of a loop."""
    pen.mark("node:Break")
    mark = "#break"
    if pen.chance(0.15):
        mark = pen.pick(("#break($foreach)", "#break($foreach.parent)", "#break($foreach.topmost)", "#break($macro)"))
    placed = around(pen, "break", mark) if "(" not in mark else mark
    if pen.chance(0.8):
        return (
            "#if(",
            pen.pick(("$velocityCount == 2", "$foreach.last", "$i == 2", "$foreach.index >= 1", "$f", "$t")),
            ")",
            placed,
            "#end",
        )
    return placed


def stop_directive(pen: Pen) -> Tree:
    """`#stop`, mostly behind a condition."""
    pen.mark("node:Stop")
    if pen.chance(0.8):
        return ("#if(", condition(pen, 1), ")", around(pen, "stop", "#stop"), "#end")
    return around(pen, "stop", "#stop")


def macro(pen: Pen) -> Tree:
    """`#macro(name $parameters) ... #end`."""
    pen.mark("node:Macro")
    name = pen.pick(("q", "r", "mac", "foo_bar", "m2x", "late", "foo", "Q", "if2", "q"))
    count = pen.weighted(((2, 0), (5, 1), (4, 2), (1, 3)))
    parameters = tuple(pen.pick(("p", "r", "a", "v", "x", "i", "s", "p2")) for _ in range(count))
    comma = pen.pick((" ", " ", ", ", " , "))
    arguments = comma.join(f"${parameter}" for parameter in parameters)
    head = f"{opened(pen, 'macro')}({inner(pen)}{name}{' ' if arguments else ''}{arguments}{inner(pen)})"
    pen.macros.append((name, parameters))
    saved, pen.locals = pen.locals, [*pen.locals, *parameters, *parameters]
    inside = body(pen)
    if parameters and pen.chance(0.3):
        pen.mark("macro:recursion")
        p = parameters[0]
        inside = (f"#if(${p} > 0)#set($step = ${p} - 1)#set($n{pen.depth} = $step)", inside, f"#{name}($n{pen.depth})", "#end")
    if parameters and pen.chance(0.4):
        inside = (inside, pen.pick(LATER_USES).replace("$p", f"${parameters[0]}"))
    pen.locals = saved
    return (around(pen, "macro", head), inside, end(pen))


LATER_USES = (
    "$p $p",
    "#set($a = 'changed')$p",
    "#set($s = 'changed')$p",
    "#set($x = 'changed')$p",
    "#foreach($i in [1, 2])$p#end",
    "#foreach($a in ['x'])[$p]#end",
    "$!l.add($p)$l",
    "#set($m.k = $p)$m.k",
    "#if($p)$p#end",
    "#set($p = 'own')$p",
)
"""What shows in a macro that its argument is an expression, evaluated at each use."""


def macro_call(pen: Pen) -> Tree:
    """`#name(arguments)`, `#@name(arguments) ... #end`, or a bare `#name`."""
    pen.mark("node:MacroCall")
    known = bool(pen.macros) and pen.chance(0.9)
    name, parameters = (
        pen.pick(pen.macros) if known else (pen.pick(("q", "foo", "r", "mac", "zz", "late")), ("p",) * pen.number(0, 2))
    )
    count = len(parameters) if pen.chance(0.8) else pen.number(0, 3)
    with pen.nested():
        arguments = [_macro_argument(pen) for _ in range(count)]
    comma = pen.pick((" ", ", ", ","))
    listed: Tree = tuple((comma, item) if number else item for number, item in enumerate(arguments))
    if pen.chance(0.2):
        pen.mark("node:BlockCall")
        pen.locals.append("bodyContent")
        head = (f"#@{name}(", inner(pen), listed, inner(pen), ")")
        inside = body(pen, 3)
        pen.locals.pop()
        return (around(pen, "@call", join(head)), inside, end(pen))
    if not arguments and pen.chance(0.3):
        return (f"#{name}", pen.pick(("\n", " ", "|", "-", " \n")))
    before, after = around_parts(pen, "call")
    return (before, f"#{name}(", inner(pen), listed, inner(pen), ")", after)


def _macro_argument(pen: Pen) -> Tree:
    if pen.chance(0.25):
        return pen.pick(ARGUMENTS)
    return primary(pen, "any")


ARGUMENTS = (
    "$a",
    "$s",
    "$x",
    "$m.k",
    "$s.length()",
    "$l.remove(0)",
    "$ls.add('z')",
    "$m.put('q', $velocityCount)",
    "$u",
    "$u.x",
    "$!u",
    "${u}",
    "$!{u.x(1)}",
    "$n",
    '"$u"',
    '"$a$s"',
    '"#set($w = $a)$w"',
    "$p",
    "$p.x",
    "$i",
    "$foreach.index",
    "$velocityCount",
    "[$u, $p]",
    "{'k': $p}",
    "[1..$a]",
    "true",
    "$s.length(1)",
    "$bodyContent",
    "\\$a",
    "$$a",
    "$\\!a",
)


def define(pen: Pen) -> Tree:
    """`#define($name) ... #end`."""
    pen.mark("node:Define")
    name = pen.pick(("df", "dg", "x", "p", "y"))
    inside = body(pen, 3)
    if pen.hazard(0.3):
        inside = (inside, f"${name}")
    pen.locals.append(name)
    return (around(pen, "define", f"{opened(pen, 'define')}({inner(pen)}${name}{inner(pen)})"), inside, end(pen))


def evaluate(pen: Pen) -> Tree:
    """`#evaluate(...)`."""
    pen.mark("node:Evaluate")
    roll = pen.number(0, 9)
    if roll < 5:
        with pen.nested():
            wild, pen.wild = pen.wild, pen.wild * 0.3
            inside = join(statements(pen, 3)).replace("'", "''")
            pen.wild = wild
        argument = f"'{inside} '"
    elif roll < 7:
        argument = "$tpl"
    elif roll < 9:
        argument = join(interpolated(pen))
    else:
        argument = reference(pen)
    return around(pen, "evaluate", f"#evaluate({inner(pen)}{argument}{inner(pen)})")


def external(pen: Pen) -> Tree:
    """`#include` and `#parse` of what is not there: an error only where they run."""
    name = pen.pick(("parse", "include"))
    pen.mark(f"node:{name.title()}")
    argument = pen.pick(("'x.vm'", "$u", '"$s"', "'a' 'b'", "$n", "'x.vm'", "1", "[1]", '"$u"'))
    call = around(pen, name, f"#{name}({argument})")
    return call if pen.hazard(0.3) else ("#if($f)", call, "#end")


def call_statement(pen: Pen) -> Tree:
    """A call for its side effect, then the value that it changed."""
    pen.mark("statement:effect")
    name, kind = pen.pick((("l", "list"), ("m", "map"), ("ls", "list"), ("m2", "map"), ("ll", "list")))
    tail, _ = steps(pen, kind, 2)
    return (f"$!{name}{''.join(tail)}", pen.pick((" ", "", "|")), f"${name}")


def computed(pen: Pen) -> Tree:
    """A sum or a condition, assigned and printed."""
    pen.mark("node:Set")
    right = arithmetic(pen, 1) if pen.chance(0.7) else condition(pen, 1)
    return ("#set($sum = ", right, ")", pen.pick(("$sum", "$!sum", "${sum} ", "$sum.class.name" if not pen.hosted else "$sum")))


def quoted(pen: Pen) -> Tree:
    """JSON-like text around a reference, as mapping templates have it."""
    return (
        '"',
        pen.pick(("id", "name", "k")),
        '": ',
        pen.pick(('"', "")),
        f"${path(pen, '', 2)}",
        pen.pick(('"', "", '",\n', ",")),
    )


LEAVES: tuple[tuple[float, Writer], ...] = (
    (30, texts.text),
    (30, printed),
    (6, special_reference),
    (3, texts.comment),
    (1, texts.textblock),
    (10, set_directive),
    (4, quoted),
    (5, computed),
    (5, call_statement),
    (1.5, texts.literal_block),
)
STATEMENTS: tuple[tuple[float, Writer], ...] = (
    *LEAVES,
    (12, if_directive),
    (9, foreach),
    (4, macro),
    (6, macro_call),
    (2.5, define),
    (2, evaluate),
    (1.2, external),
    (1.5, break_directive),
    (0.8, stop_directive),
)
