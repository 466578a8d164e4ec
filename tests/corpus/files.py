"""The format of the corpus: a JSON header, `---`, a template, `---`, the output.

A line `---` ends a section, which excludes exactly its last newline. The header's keys, all optional:

    about      what the case shows, in words
    context    plain references: names to JSON values
    gateway    what the request brings: body, params {path, querystring, header}, context, stageVariables
    error      "parse" or "render": the template fails there, and the output section is empty
    overrides  $context.requestOverride and $context.responseOverride after the render, where they hold anything
    source     where the output comes from when it is not the Java engine; such a case is never regenerated

Files below `velocity` run in the dialect of that name, files below `apigw` as mapping templates.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent
PROVENANCE = ROOT / "PROVENANCE.toml"
_MARK = "\n---\n"


@dataclass(frozen=True, slots=True)
class CorpusCase:
    """One file."""

    name: str
    header: Mapping[str, Any]
    template: str
    output: str

    @property
    def hosted(self) -> bool:
        """Whether it is a mapping template."""
        return self.name.startswith("apigw/")

    @property
    def context(self) -> Mapping[str, Any]:
        """The plain references."""
        context: Mapping[str, Any] = self.header.get("context", {})
        return context

    @property
    def gateway(self) -> Mapping[str, Any]:
        """What the request brings."""
        gateway: Mapping[str, Any] = self.header.get("gateway", {})
        return gateway

    @property
    def request(self) -> str:
        """The case as a request to the oracle, one line of JSON."""
        request: dict[str, Any] = {"id": self.name, "template": self.template, "context": self.context}
        if self.hosted:
            request["gateway"] = self.gateway
        return json.dumps(request)

    def answered(self, *, output: str, error: str, overrides: Mapping[str, Any]) -> CorpusCase:
        """The case with another expectation."""
        header = {key: value for key, value in self.header.items() if key not in ("error", "overrides")}
        if error:
            header["error"] = error
        if overrides:
            header["overrides"] = dict(overrides)
        return replace(self, header=header, output=output)

    def text(self) -> str:
        """The file."""
        header = json.dumps(self.header, ensure_ascii=False, indent=1)
        return f"{header}{_MARK}{self.template}{_MARK}{self.output}\n"

    def digest(self) -> str:
        """The first half of the SHA-256 of the file: a file that was changed by hand no longer has it."""
        return hashlib.sha256(self.text().encode("utf-8", "surrogatepass")).hexdigest()[:32]


def read_case(path: Path) -> CorpusCase:
    """The case in a file; ValueError when the file is not in the format."""
    text = path.read_bytes().decode("utf-8", "surrogatepass")
    parts = text.split(_MARK)
    if len(parts) != 3 or not text.endswith("\n"):
        raise ValueError(f"{path}: expected a header, a template and an output, with lines '---' between them")
    return CorpusCase(path.relative_to(ROOT).as_posix(), json.loads(parts[0]), parts[1], parts[2][:-1])


def write_case(case: CorpusCase) -> None:
    """Write the file, if it would change."""
    path = ROOT / case.name
    data = case.text().encode("utf-8", "surrogatepass")
    if not path.exists() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def case_files() -> list[Path]:
    """All files of the corpus."""
    return sorted(ROOT.glob("*/*/*.vtl"))
