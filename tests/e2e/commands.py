"""The real command line for tests: shell commands in a folder, where `vtl` is the command of this checkout."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "NO_COLOR", "VTL_DEBUG", "COLUMNS")
}


def vtl_on_the_path(folder: Path) -> dict[str, str]:
    """An environment in which `vtl` runs this checkout; the command is written into `folder`."""
    folder.mkdir(exist_ok=True)
    command = folder / "vtl"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m vtl "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return {
        **_ENVIRONMENT,
        "PATH": f"{folder}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]),
    }


def shell(command: str, folder: Path, environment: dict[str, str], *, merged: bool = False) -> subprocess.CompletedProcess[bytes]:
    """Run a command line of bash; with `merged`, standard error comes in standard output, as in a terminal."""
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if merged else subprocess.PIPE,
        timeout=60,
        check=False,
    )


def vtl(*arguments: str, folder: Path, stdin: bytes = b"", **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run `vtl` in a process of its own; environment variables may be given by name."""
    environment = {**_ENVIRONMENT, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])}
    return subprocess.run(
        [sys.executable, "-m", "vtl", *arguments],
        cwd=folder,
        env={**environment, **variables},
        input=stdin,
        capture_output=True,
        timeout=60,
        check=False,
    )
