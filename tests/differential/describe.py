"""Writes methods.json: the public methods of the classes that templates meet, as the oracle's Java has them.

python -m tests.differential.describe
"""

from __future__ import annotations

import json
from pathlib import Path

from tests.differential.oracle import Oracle

TABLE = Path(__file__).parent / "methods.json"
CLASSES = (
    "java.lang.String",
    "java.lang.Integer",
    "java.lang.Long",
    "java.lang.Short",
    "java.lang.Byte",
    "java.lang.Double",
    "java.lang.Float",
    "java.lang.Boolean",
    "java.lang.Character",
    "java.math.BigDecimal",
    "java.math.BigInteger",
    "java.util.ArrayList",
    "java.util.List",
    "java.util.LinkedHashMap",
    "java.util.HashMap",
    "java.util.TreeMap",
    "java.util.Set",
    "java.util.Collection",
    "java.util.Iterator",
    "java.util.ListIterator",
    "java.util.Map$Entry",
)
UNSUPPORTED = ("java.util.function.", "java.util.stream.", "java.util.Comparator", "java.lang.invoke.", "java.util.Spliterator")
NEVER = {
    "getClass",
    "notify",
    "notifyAll",
    "wait",
    "describeConstable",
    "resolveConstantDesc",
    "getInteger",
    "getLong",
    "getBoolean",
}


def supported(row: list[object]) -> bool:
    """Whether templates may call this method: not reflection, threads, streams, functions or the system's properties."""
    name, _, *types = row
    return name not in NEVER and not any(str(type_).startswith(UNSUPPORTED) for type_ in types)


def main() -> None:
    """Asks the oracle and writes the table."""
    with Oracle() as oracle:
        answers = oracle.ask([json.dumps({"describe": name}) for name in CLASSES])
    table: dict[str, dict[str, list[list[str]]]] = {}
    for class_name, answer in zip(CLASSES, answers, strict=True):
        methods: dict[str, list[list[str]]] = {}
        for row in answer.methods:
            overloads = methods.setdefault(str(row[0]), [])
            parameters = [str(type_) for type_ in row[3:]]
            if supported(list(row)) and parameters not in overloads:
                overloads.append(parameters)
        table[class_name] = {name: sorted(overloads) for name, overloads in sorted(methods.items()) if overloads}
    rows = ",\n".join(f"{json.dumps(name)}: {json.dumps(methods)}" for name, methods in table.items())
    TABLE.write_text(f"{{\n{rows}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
