"""Values to call methods on and with, each as Velocity can make it and as Python holds it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from vtl.values.call import PlainCall
from vtl.values.kinds import (
    BigInteger,
    Byte,
    CaseInsensitiveMap,
    Char,
    Entry,
    EntrySet,
    FixedEntry,
    FixedList,
    FixedMap,
    FixedSet,
    Float,
    JavaArray,
    JsonArray,
    KeySet,
    Long,
    Short,
    SubList,
    Values,
    key,
)
from vtl.values.methods import invoke

CONTEXT: Mapping[str, Any] = {
    "i0": 0, "i1": 1, "i2": 2, "i3": 3, "i9": 9, "i16": 16, "i36": 36, "minus": -1, "imax": 2147483647, "imin": -2147483648,
    "lbig": 3000000000, "lmin": -9223372036854775808, "lmax": 9223372036854775807, "b70": 2**70, "bneg": -(2**70) - 12345,
    "d15": 1.5, "dneg": -2.75, "dhuge": 1e300, "dzero": 0.0, "dsmall": 0.0001,
    "sa": "a", "sb": "b", "sempty": "", "s12": "12", "sff": "fF", "sm5": "-5", "shex": "0x1F", "sexp": "1e3", "strue": "true",
    "sbad": "zz9", "upper": "A", "t": True, "f": False,
    "lint": [1, 2], "lstr": ["b", "a"], "lmix": [1, "a", None, 1.5], "lnone": [],
    "map": {"a": 1, "b": "x"}, "mapnone": {}, "mapnull": {"a": None, "c": [1]},
}  # fmt: skip
BODY = '[1,"a/b",[2],{"k":null}]'
HEADERS = {"b": "1", "A": "2", "c": "3"}
_DECIMAL = "1.50000000000000000000"

Make = Callable[[dict[str, Any]], Any]
_MADE: tuple[tuple[str, str, Make], ...] = (
    ("long", "$i2.longValue()", lambda c: Long(2)),
    ("short", "$i9.shortValue()", lambda c: Short(9)),
    ("byte", "$i3.byteValue()", lambda c: Byte(3)),
    ("float", "$d15.floatValue()", lambda c: Float(1.5)),
    ("b9", "$b70.valueOf($i9)", lambda c: BigInteger(9)),
    ("b0", "$b70.valueOf($i0)", lambda c: BigInteger(0)),
    ("bm3", "$b70.valueOf(-3)", lambda c: BigInteger(-3)),
    ("nan", "$d15.parseDouble('NaN')", lambda c: math.nan),
    ("inf", "$d15.parseDouble('Infinity')", lambda c: math.inf),
    ("negzero", "$d15.parseDouble('-0.0')", lambda c: -0.0),
    ("dec1", "$dec.valueOf($i1)", lambda c: Decimal(1)),
    ("dec0", "$dec.valueOf($i0,$i2)", lambda c: Decimal("0.00")),
    ("decneg", "$dec.valueOf(-12345,$i2)", lambda c: Decimal("-123.45")),
    ("decexp", "$dec.valueOf($i3,-4)", lambda c: Decimal("3E+4")),
    ("decsmall", "$dec.valueOf($i16,$i9)", lambda c: Decimal("1.6E-8")),
    ("ca", "$sa.charAt(0)", lambda c: Char("a")),
    ("cb", "$sb.charAt(0)", lambda c: Char("b")),
    ("array", "$lstr.toArray()", lambda c: JavaArray(["b", "a"])),
    ("strings", "$s12.split('')", lambda c: JavaArray(["1", "2"], "java.lang.String")),
    ("chars", "$s12.toCharArray()", lambda c: JavaArray([Char("1"), Char("2")], "char")),
    ("bytes", "$s12.getBytes()", lambda c: JavaArray([Byte(49), Byte(50)], "byte")),
    ("keys", "$map.keySet()", lambda c: KeySet(c["map"])),
    ("vals", "$map.values()", lambda c: Values(c["map"])),
    ("entries", "$map.entrySet()", lambda c: EntrySet(c["map"])),
    ("entry", "$entries.iterator().next()", lambda c: Entry(c["map"], "a")),
    ("sub", "$lmix.subList(1,3)", lambda c: SubList(c["call"], c["lmix"], 1, 3)),
    ("fixed", "$lint.of($i1,$sa,$d15)", lambda c: FixedList([1, "a", 1.5])),
    ("fixed2", "$lint.of($sa,$sb)", lambda c: FixedList(["a", "b"])),
    ("set1", "$keys.of($sa)", lambda c: FixedSet(["a"])),
    ("map1", "$map.of($sa,$i1)", lambda c: FixedMap({"a": 1})),
    ("entry1", "$map.entry($sa,$i1)", lambda c: FixedEntry("a", 1)),
    ("it", "$lstr.iterator()", lambda c: invoke(c["call"], c["lstr"], "iterator", ())),
    ("twoway", "$lmix.listIterator(2)", lambda c: invoke(c["call"], c["lmix"], "listIterator", (2,))),
    ("mixed", "{1:2,'x':$i3,1.5:$sa,true:$f}", lambda c: {1: 2, "x": 3, key(1.5): "a", key(True): False}),
    ("json", "$input.path('$')", lambda c: JsonArray([1, "a/b", JsonArray([2]), {"k": None}])),
    ("tree", "$input.params().get('header')", lambda c: CaseInsensitiveMap({"b": "1", "A": "2", "c": "3"})),
    ("treekeys", "$tree.keySet()", lambda c: KeySet(c["tree"])),
    ("treeentry", "$tree.entrySet().iterator().next()", lambda c: Entry(c["tree"], "A")),
)  # fmt: skip
HOSTED = frozenset(["json", "tree", "treekeys", "treeentry"])
"""What only $input can make: templates with these run in the gateway's dialect, where null is the empty string."""
NAMES = (*CONTEXT, "dec", *(name for name, _, _ in _MADE), "null")


def values() -> dict[str, Any]:
    """Fresh values by name, with the call that the live ones belong to as `call`."""
    made: dict[str, Any] = json.loads(json.dumps(CONTEXT))
    made["call"] = PlainCall(class_access=True)
    made["dec"] = Decimal(_DECIMAL)
    for name, _, make in _MADE:
        made[name] = make(made)
    made["null"] = None
    return made


def is_hosted(names: Iterable[str]) -> bool:
    """Whether a template with these values runs in the gateway's dialect."""
    return not HOSTED.isdisjoint(names)


def request(template: str, names: Iterable[str]) -> str:
    """A question to the oracle: the template with all values at hand; `names` are those that it uses."""
    context = json.dumps(CONTEXT)[:-1] + f', "dec": {_DECIMAL}}}'
    hosted = is_hosted(names)
    setup = "".join(f"#set(${name} = {source})" for name, source, _ in _MADE if hosted or name not in HOSTED)
    gateway = json.dumps({"body": BODY, "params": {"header": HEADERS}} if hosted else None)
    return f'{{"gateway": {gateway}, "context": {context}, "template": {json.dumps(setup + template)}}}'
