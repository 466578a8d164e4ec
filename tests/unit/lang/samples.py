"""Templates that together need every rule of the grammar; each line is one."""

from __future__ import annotations

from pathlib import Path

TEMPLATES = [
    "",
    "plain text",
    "$a",
    "a $b.c d $!e",
    "${a}",
    "${a.b(1)[0].c}x",
    "$a[0]['k'][true][false][$i]",
    "$a.b().c('x', \"y\", 1, 1.5, true, false, [1..2], [1, $x], {'k': 1}, $z)",
    "$a.b(x)",
    "$!{a.b}.c",
    "\\$a \\\\$a $$a $\\!a",
    "\\#if \\#foo \\\\#if($a)x#end \\ \\\\ x",
    "$[ $![ $. $a. $ # {}",
    "#[[ $raw #if ]]# tail",
    "## line\n#* block *# #** formal *# x",
    "#set($a = 1)#set( $a.b = $c )#set($a[0] = 'x')",
    "#set($x = $a || $b && !$c)",
    "#set($x = 1 + 2 - 3 * 4 / 5 % 6)",
    "#set($x = ($a + 1) * 2)",
    "#set($x = $a == 1)#set($x = $a != 1)#set($x = $a < 1)#set($x = $a <= 1)#set($x = $a > 1)#set($x = $a >= 1)",
    "#set($x = [])#set($x = [1])#set($x = [1, 2, 3])#set($x = [$a..$b])#set($x = [1..3])#set($x = [$a..3])",
    "#set($x = {})#set($x = {'a': 1})#set($x = {'a': 1, $b: [2], 'c': $d})#set($x = {'a': $b})#set($x = { })",
    "#set($x = {'a': ${b}})#set($x = {'a':$b.c})#set($x = {$b.c:$d.e})",
    "#set($x = {'a':$b[0]})#set($x = $a.b({'k':$c[1]}))",
    "#set($x = $a.b({}))#set($x = $a.b({'k':$c}))#set($x = $a.b({'k':1}))",
    "#if($a)x#end",
    "#if($a)x#else y#end",
    "#if($a)x#elseif($b)y#end",
    "#if($a)x#elseif($b)y#elseif($c)z#else w#end",
    "#if($a)#end#if($a)#else#end",
    "#foreach($i in [1..3])$i#end",
    "#foreach($i in $l)#end",
    "#stop",
    "#break #stop() #foo #{foo} #foo() #foo($a 'b', 1 1.5 true false [1] {} [1..2] word)",
    "#foo(, $a)#foo($a, $b)",
    "#@foo($a)body#end #macro(q $p)$p#end #define($d)x#end #literal()x#end",
    "#123 #1.5 x",
    "$a{b}c {$a} $a}b $a{ x",
    "$a#set($x = 1).foo x",
    "$a.b(.c) $a.b(",
    "$a.b$c(x",
    '$a.b(#set($x = 1)"x"$b',
    '#set($x = "a $b #if($c)d#end")',
    "#if((($a)))x#end",
]
"""One for each corner of grammar.lark."""

CORPUS = Path(__file__).parents[2] / "corpus"


def corpus_templates() -> list[str]:
    """The templates of the project's case files."""
    found = []
    for path in sorted(CORPUS.rglob("*.vtl")):
        parts = path.read_bytes().decode().split("\n---\n")
        if len(parts) > 1:
            found.append(parts[1])
    return found
