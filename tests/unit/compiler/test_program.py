"""Programs: code without values, lines that know their place, and what the code looks like where speed depends on it."""

from __future__ import annotations

import dis
from types import CodeType

from vtl.compiler import Program, compile_template
from vtl.dialect import APIGATEWAY, VELOCITY, Dialect
from vtl.lang.parser import parse
from vtl.limits import Limits
from vtl.runtime.support import NAMES
from vtl.source import Source


def program(template: str, dialect: Dialect = VELOCITY) -> Program:
    source = Source("test", template)
    return compile_template(parse(source), source, dialect, Limits())


def test_each_line_knows_its_place() -> None:
    template = "one\n$a.b.c\n#set($x = $y.z())\n"
    made = program(template)
    lines = made.python.splitlines()
    assert len(lines) == len(made.spans)
    (number,) = [index for index, line in enumerate(lines) if "['b']" in line]
    assert template[slice(*made.spans[number])] == "$a.b.c"
    (number,) = [index for index, line in enumerate(lines) if "M0[" in line]
    assert template[slice(*made.spans[number])] == ".z()"


def test_text_and_references_print_in_one_go() -> None:
    assert program("a $x b $y c").python.count("put(") == 1
    assert program("a#if($x)b#{else}c#end d").python.count("put(") == 1


def test_cold_runs_are_data() -> None:
    assert "fill(run, " in program("$a.b " * 100).python
    assert "fill(run, " not in program("$a.b " * 3).python
    assert "fill(run, " not in program("#foreach($i in $l)" + "$i.b " * 100 + "#end").python


def test_loops_that_cannot_change_what_they_walk_over_do_not_look() -> None:
    assert "watch" not in program("#foreach($i in $l)$i.size()#end").python
    assert "watch" in program("#foreach($i in $l)$l.add(1)#end").python


def test_arguments_that_cannot_change_are_values() -> None:
    assert "a_v_x()" not in program("#macro(m $x)$x#end#m(1)#m('a')").python
    assert "a_v_x()" in program("#macro(m $x)$x#end#m($y.z)").python


def test_dialects_differ_in_code_not_at_run_time() -> None:
    assert "is None: t" in program("#set($x = $y)", APIGATEWAY).python
    assert "is None: t" not in program("#set($x = $y)").python
    assert "> 1000:" in program("#foreach($i in $l)#end", APIGATEWAY).python
    assert "cut(" not in program("#foreach($i in $l)#end").python


def test_code_reaches_only_what_is_supplied() -> None:
    """A name that a program uses is a helper, one of its constants, or one of the few builtins that it is given."""
    supplied = NAMES.keys() | NAMES["__builtins__"].keys() | {"evaluate", "parse", "render"}
    for template in ("#evaluate('x')", "#include('x')", "#foreach($i in $l)$l.add($foreach)#break($foreach)#end", "$a[0].b(1)"):
        made = program(template)
        loaded = {
            instruction.argval
            for code in _codes(made.code)
            for instruction in dis.get_instructions(code)
            if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME")
        }
        assert loaded
        assert loaded <= supplied | made.constants.keys()


def _codes(code: CodeType) -> list[CodeType]:
    found = [code]
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            found += _codes(constant)
    return found
