"""Writes tables.py: the LALR tables of this package's grammar.lark, as constants that load without Lark.

python -m vtl.jsonpath.generate
"""

from __future__ import annotations

import sys
from pathlib import Path

from vtl.lang.generate import tables_source

GRAMMAR = Path(__file__).with_name("grammar.lark")
TABLES = Path(__file__).with_name("tables.py")
START = "path"


def source() -> str:
    """The text that tables.py must have."""
    return tables_source(GRAMMAR.read_text(encoding="utf-8"), START, "vtl.jsonpath.generate")


if __name__ == "__main__":
    TABLES.write_text(source(), encoding="utf-8")
    sys.stdout.write(f"{TABLES.name} written\n")
