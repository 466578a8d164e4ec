"""What the tests of the loaders share: files written and loaded, and every template's places checked against its file."""

from __future__ import annotations

from pathlib import Path

from vtl.loaders import Loaded, Template, load
from vtl.loaders.nodes import Host, Node
from vtl.loaders.origin import Text
from vtl.source import Source


def host(text: str) -> Host:
    """A host for a text that is no file."""
    return Host.of(Source("host", text))


def character_at(text: Text, offset: int) -> str:
    """The character of the file at the place of a string's character."""
    source, place = text.origin.locate(offset)
    return source.text[place : place + 1]


def places(text: Text) -> list[tuple[int, int]]:
    """Line and column of each character."""
    found = []
    for offset in range(len(text)):
        where = text.origin.anchor(offset)
        found.append((where.line, where.column))
    return found


def assert_verbatim(text: Text) -> None:
    """Each character that stands in the file as it is, is at its place: only decoded ones may differ, and `upper` and
    `lower` of Terraform change the case."""
    for run, following in zip(text.origin.runs, [*text.origin.runs[1:], None], strict=True):
        if run.step:
            end = following.at if following else len(text)
            length = end - run.at
            assert run.source.text[run.offset : run.offset + length].lower() == text[run.at : end].lower()


def write(folder: Path, files: dict[str, str]) -> Path:
    """Files by name below a folder; the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


def loaded(folder: Path, files: dict[str, str], name: str = "") -> Loaded:
    """What `load` makes of the file of that name, or of the folder; the places of its templates are checked."""
    write(folder, files)
    result = load(folder / name if name else folder)
    for template in result.templates:
        assert_verbatim(template.text)
    return result


def only(result: Loaded) -> Template:
    """The one template of a load."""
    assert len(result.templates) == 1, [template.name for template in result.templates]
    return result.templates[0]


def child(node: Node, *path: str) -> Node:
    """The node at the end of a path that is there."""
    for name in path:
        found = node.get(name)
        assert found is not None, name
        node = found
    return node
