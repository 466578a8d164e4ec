"""The attack corpus: XML that must be refused, or read without being followed."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ATTACKS = Path(__file__).parent / "attacks" / "attacks.toml"


@dataclass(frozen=True)
class Attack:
    """One document; `refused` names the error and `says` a part of its message, or `kept` is the JSON that it stands for."""

    name: str
    source: str
    data: bytes
    refused: str
    says: str
    kept: Any


def attacks() -> list[Attack]:
    """All of them."""
    made = []
    for name, table in tomllib.loads(ATTACKS.read_text(encoding="utf-8")).items():
        kept = json.loads(table["kept"]) if "kept" in table else None
        made.append(Attack(name, table["source"], _data(table), table.get("refused", ""), table.get("says", ""), kept))
    return made


def _data(table: dict[str, Any]) -> bytes:
    if "hex" in table:
        return bytes.fromhex(table["hex"])
    text = table.get("text", "")
    if "repeat" in table:
        parts = table["repeat"]
        each = parts["each"]
        many = "".join(each.replace("{n}", str(n)) for n in range(parts["times"])) if "{n}" in each else each * parts["times"]
        text = f"{parts['before']}{many}{parts['after']}"
    return text.encode(table.get("encoding", "utf-8"))
