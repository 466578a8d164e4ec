"""What a command's TEMPLATE names: a file, standard input, or one template in a document, by its line or by its site.

`-`, `order.vtl`, `openapi.yaml:14`, `openapi.yaml:14:9`, `openapi.yaml#'POST /pets request application/json'`. Of the words after
the `#`, any that no other template of the document has are enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vtl.cli import files
from vtl.diagnostics import Diagnostic
from vtl.errors import InputError
from vtl.loaders.walking import DOCUMENT_SUFFIXES, TERRAFORM_SUFFIXES, file_name
from vtl.source import Place, Source

if TYPE_CHECKING:
    from vtl.loaders import Template

_MOST_CANDIDATES = 20


def placed(diagnostic: Diagnostic, text: str) -> Diagnostic:
    """A diagnostic about a template at its place in the document that holds it; the excerpt stays the template's line."""
    origin = getattr(text, "origin", None)
    if origin is None or diagnostic.span is None or diagnostic.source is None or diagnostic.source.text != text:
        return diagnostic
    from vtl.lint.finding import Finding
    from vtl.lint.site import FilePlace

    source, position = origin.locate(diagnostic.span.start)
    start = FilePlace(source.name, *source.place(position))
    found = diagnostic
    return Finding(found.message, found.source, found.span, found.severity, found.code, found.hint, start=start)


@dataclass(frozen=True, slots=True)
class NamedTemplate:
    """A template as a command takes it: its text, the name of its file, and what was loaded when a document holds it."""

    text: str
    file: str
    loaded: Template | None = None

    def place(self, offset: int) -> Place:
        """The line and column in the file of a character."""
        if self.loaded is None:
            return Source(self.file, self.text).place(offset)
        source, position = self.loaded.origin.locate(offset)
        return source.place(position)

    def placed(self, diagnostic: Diagnostic) -> Diagnostic:
        """A diagnostic about the template at its place in the document; the excerpt stays the template's line."""
        return diagnostic if self.loaded is None else placed(diagnostic, self.loaded.text)


def read_template(name: str) -> NamedTemplate:
    """The template of that name. InputError when there is none, or several: with the list of those that there are."""
    if name == files.STANDARD_INPUT:
        return NamedTemplate(files.read_text(name, "template"), "<stdin>")
    if Path(name).is_file():
        return _of_file(name)
    host, line, column = _with_place(name)
    if host and not Path(name).exists():
        found = _load(host)
        here = [each for each in found if each.file == file_name(host)]
        return _the_one(name, _at(here, line, column), here or found)
    host, site = _with_site(name)
    if host:
        found = _load(host)
        return _the_one(name, _called(found, site), found)
    return NamedTemplate(files.read_text(name, "template"), name)


def _of_file(name: str) -> NamedTemplate:
    """A file that is a template; or the only template of a file that is a document of an API."""
    if name.endswith((*DOCUMENT_SUFFIXES, *TERRAFORM_SUFFIXES)):
        found = [each for each in _load(name) if each.site.format not in ("other", "template")]
        if found:
            return _the_one(name, found, found)
    return NamedTemplate(files.read_text(name, "template"), name)


def _load(name: str) -> Sequence[Template]:
    from vtl.loaders.loading import load

    return load(name).templates


def _with_place(name: str) -> tuple[str, int, int]:
    """`FILE:LINE` or `FILE:LINE:COLUMN` in its parts; ("", 0, 0) for a name that is neither."""
    host, _, last = name.rpartition(":")
    if last.isdecimal() and last.isascii() and len(last) < 10:
        if Path(host).is_file():
            return host, int(last), 0
        host, _, line = host.rpartition(":")
        if line.isdecimal() and line.isascii() and len(line) < 10 and Path(host).is_file():
            return host, int(line), int(last)
    return "", 0, 0


def _with_site(name: str) -> tuple[str, str]:
    """`PATH#SITE` in its parts; the first `#` behind a path that there is counts."""
    at = name.find("#")
    while at > 0:
        if Path(name[:at]).exists():
            return name[:at], name[at + 1 :]
        at = name.find("#", at + 1)
    return "", ""


def _at(templates: Iterable[Template], line: int, column: int) -> list[Template]:
    """Those that start in the line; else those that it runs through. A column chooses among several."""
    listed = list(templates)
    starting = [each for each in listed if each.line == line]
    found = starting or [each for each in listed if each.line <= line <= _last_line(each)]
    return [each for each in found if each.column == column] if column else found


def _last_line(template: Template) -> int:
    end = template.where(max(0, len(template.text.rstrip()) - 1))
    return end.line if end.file == template.file else template.line


def _called(templates: Iterable[Template], site: str) -> list[Template]:
    """Those with this name; else those whose names have all of these words."""
    wanted = site.strip("'\"").split()
    exact = [each for each in templates if each.name.split() == wanted]
    if exact:
        return exact
    words = {word.lower() for word in wanted}
    return [each for each in templates if words <= {word.lower() for word in each.name.split()}]


def _the_one(name: str, found: Sequence[Template], candidates: Sequence[Template]) -> NamedTemplate:
    """The only template among those found; one at several sites is still one."""
    places: dict[object, Template] = {}
    for each in found:
        places.setdefault((each.file, each.line, each.column, str(each.text)), each)
    if len(places) == 1:
        (one,) = places.values()
        return NamedTemplate(str(one.text), one.file, one)
    if found:
        raise InputError(f"{name!r} names {len(places)} templates", hint=_choice(list(places.values())))
    if not candidates:
        raise InputError(f"there is no template in {name!r}", hint="vtl extract lists the templates of a file or folder")
    raise InputError(f"there is no template {name!r}", hint=_choice(candidates))


def _choice(candidates: Sequence[Template]) -> str:
    lines = [f"    {listed(each)}" for each in candidates[:_MOST_CANDIDATES]]
    more = len(candidates) - len(lines)
    return "\n".join(["choose one of", *lines, *([f"    and {more} more"] if more > 0 else [])])


def listed(template: Template) -> str:
    """`openapi.yaml:14:9: POST /pets request application/json`: the place and the name."""
    return f"{template.file}:{template.line}:{template.column}: {template.name or template.kind}"
