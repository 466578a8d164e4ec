"""The format of tests/corpus/errors: a JSON header, `---`, a template that must fail, `---`, the error as it is shown.

The header's keys, all optional: `about`, `dialect` ("velocity" unless it says "apigateway"), `context`, and `phase` ("parse",
where the template is refused before it runs, or "render"). A line `---` ends a section, which excludes its last newline.

    python -m tests.corpus.error_files      writes the errors as they are shown now; read them before you commit them
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vtl.errors import TemplateError
from vtl.runtime.template import Template

FOLDER = Path(__file__).parent / "errors"
_MARK = "\n---\n"


@dataclass(frozen=True, slots=True)
class ErrorCase:
    """One file."""

    path: Path
    header: Mapping[str, Any]
    template: str
    shown: str

    @property
    def phase(self) -> str:
        """Where it fails: "parse" or "render"."""
        return str(self.header.get("phase", "parse"))

    @property
    def dialect(self) -> str:
        """In which dialect."""
        return str(self.header.get("dialect", "velocity"))

    @property
    def request(self) -> str:
        """The case as a request to the oracle."""
        content = {"template": self.template, "context": self.header.get("context", {})}
        return json.dumps(content | ({"gateway": {}} if self.dialect == "apigateway" else {}))

    def text(self) -> str:
        """The file."""
        return f"{json.dumps(self.header, ensure_ascii=False)}{_MARK}{self.template}{_MARK}{self.shown}\n"

    def fail(self) -> tuple[str, TemplateError]:
        """The phase in which it fails and the error; AssertionError when it does not."""
        phase = "parse"
        try:
            template = Template(self.template, name="template.vtl", dialect=self.dialect)
            phase = "render"
            output = template.render(copy.deepcopy(self.header.get("context", {})))
        except TemplateError as error:
            return phase, error
        raise AssertionError(f"{self.path.name} renders {output!r}")


def read_error_case(path: Path) -> ErrorCase:
    """The case in a file; ValueError when the file is not in the format."""
    text = path.read_bytes().decode()
    header, template, shown = text.split(_MARK)
    return ErrorCase(path, json.loads(header), template, shown.removesuffix("\n"))


def error_cases() -> list[ErrorCase]:
    """All files."""
    return [read_error_case(path) for path in sorted(FOLDER.glob("*.vtl"))]


def main() -> None:
    """Writes what is shown now into each file."""
    for case in error_cases():
        phase, error = case.fail()
        header = {name: value for name, value in case.header.items() if name != "phase"}
        header |= {"phase": "render"} if phase == "render" else {}
        now = ErrorCase(case.path, header, case.template, error.diagnostic.render())
        if now.text() != case.text():
            case.path.write_bytes(now.text().encode())
            print(f"changed: {case.path.name}")


if __name__ == "__main__":
    main()
