"""The format of tests/corpus/jsonpath: one JSON object a file, a chapter of the dialect.

    about      what the chapter shows, in words
    documents  names to JSON texts, as json-smart is given them
    cases      a list of {"path", "document": a name, "2.9": an answer, "2.4": an answer where it is another one}

An answer is what Jayway of that version says: {"definite", "value", "text", "json", "after"}, or {"error", "definite"} with the
class of its exception. `text` is what String.valueOf prints, `json` what JsonSmartJsonProvider.toJson writes of a list or
map, `after` the document, where reading has changed it. `definite` is missing where the path is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "jsonpath"
PROVENANCE = FOLDER / "PROVENANCE.toml"
VERSIONS = ("2.9", "2.4")
ERRORS = {
    "InvalidPathException": "InvalidPath",
    "PathNotFoundException": "PathNotFound",
    "InvalidJsonException": "InvalidJson",
}
"""Java's exceptions that have a class of their own here; all others are JsonPathError."""


@dataclass(frozen=True, slots=True)
class PathCase:
    """One path over one document, with the answers by version."""

    chapter: str
    path: str
    document_name: str
    document: str
    answers: Mapping[str, Mapping[str, Any]]

    def answer(self, version: str) -> Mapping[str, Any]:
        """What Jayway of that version says."""
        return self.answers.get(version, self.answers["2.9"])


def path_files() -> list[Path]:
    """All files of the corpus."""
    return sorted(FOLDER.glob("*.json"))


def read_cases(path: Path) -> Iterator[PathCase]:
    """The cases of one file, in its order."""
    chapter = json.loads(path.read_text(encoding="utf-8"))
    documents = chapter["documents"]
    for case in chapter["cases"]:
        answers = {version: case[version] for version in VERSIONS if version in case}
        yield PathCase(path.stem, case["path"], case["document"], documents[case["document"]], answers)


def chapter_text(about: str, documents: Mapping[str, str], cases: list[dict[str, Any]]) -> str:
    """The file: a line for each document and each case."""

    def lines(parts: list[str]) -> str:
        return ",\n".join(f"  {part}" for part in parts)

    named = [f"{json.dumps(name)}: {json.dumps(text)}" for name, text in documents.items()]
    shown = [json.dumps(case) for case in cases]
    return f'{{\n "about": {json.dumps(about)},\n "documents": {{\n{lines(named)}\n }},\n "cases": [\n{lines(shown)}\n ]\n}}\n'


def digest(text: str) -> str:
    """The first half of the SHA-256 of a file's text: a file that was changed by hand no longer has it."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]
