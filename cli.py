"""The front door of a checkout: `python cli.py render TEMPLATE` is `vtl render TEMPLATE`.

The commands live in `vtl/cli`, where the installed `vtl` finds them too; this file is not installed.
"""

from __future__ import annotations

from vtl.cli import main

if __name__ == "__main__":
    main(prog_name="vtl")
