"""`python -m vtl` is the command `vtl`."""

from __future__ import annotations

from vtl.cli import main

if __name__ == "__main__":
    main(prog_name="vtl")
