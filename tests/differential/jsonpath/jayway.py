"""A driver for Jayway JsonPath: `ask` sends paths and documents through one Java process of version 2.9 or 2.4."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parents[1] / "java" / "JsonPathOracle.java"
SETUP = Path(__file__).with_name("setup.sh")
VERSIONS = ("2.9", "2.4")
_PACKAGE = "wiremock."
"""The archives hold Jayway's classes below this name."""
_JAVA_BLANKS = "".join(map(chr, range(33)))


def missing() -> str:
    """Why Jayway cannot run here, or ""."""
    for program in ("java", "javac"):
        if not shutil.which(program):
            return f"no {program} on the PATH"
    absent = [str(_archive(version)) for version in VERSIONS if not _archive(version).exists()]
    return f"no {' and no '.join(absent)}: run {SETUP}" if absent else ""


def ask(pairs: Sequence[tuple[str, str]], version: str = "2.9") -> list[dict[str, Any]]:
    """What Jayway answers to each (path, document text), in order.

    `{"ok": True, "definite", "value", "java" (class), "text" (String.valueOf), "after" (the document)}`, with "json" for lists
    and maps, or `{"ok": False, "error" (class), "message"}`. Each path is compiled afresh, so that no answer depends on an
    earlier one. What 2.4's entry point trims from a path is trimmed here.
    """
    lines = []
    for path, document in pairs:
        lines.append(f"{_hexadecimal(path.strip(_JAVA_BLANKS) if version == '2.4' else path)}\t{_hexadecimal(document)}\n")
    class_path = os.pathsep.join([str(_compiled()), str(_archive(version))])
    command = ["java", "-Xss1m", "-XX:+UseSerialGC", "-cp", class_path, "JsonPathOracle", _PACKAGE]
    result = subprocess.run(
        command, input="".join(lines), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True
    )
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(answers) == len(pairs), f"{len(answers)} answers to {len(pairs)} questions"
    return answers


def _hexadecimal(text: str) -> str:
    return text.encode("utf-16-be", "surrogatepass").hex()


def _archive(version: str) -> Path:
    folder = os.environ.get("VTL_JAYWAY") or SOURCE.parents[1] / ".jayway"
    return Path(folder) / f"jayway-{version}.jar"


def _compiled() -> Path:
    """The folder with the compiled Java side; compiles it when its source has changed."""
    digest = hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"vtl-jayway-{os.getuid()}-{digest}"
    if not (folder / "JsonPathOracle.class").exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["javac", "-encoding", "UTF-8", "-d", str(folder), str(SOURCE)], check=True)
    return folder
