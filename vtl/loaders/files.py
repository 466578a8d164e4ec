"""Files as the loaders read them: bounded, decoded, once; and the document trees in them."""

from __future__ import annotations

from pathlib import Path

from vtl.diagnostics import Diagnostic, Severity
from vtl.errors import InputError, MissingExtra
from vtl.loaders.json_documents import read_json
from vtl.loaders.nodes import Host, Node
from vtl.loaders.origin import Text, file_text
from vtl.loaders.templates import Harvest
from vtl.loaders.walking import file_name
from vtl.model.place import Where
from vtl.source import Source, Span

MAX_BYTES = 20_000_000
"""Bytes of a file that is parsed; a larger one gets a diagnostic."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32-le"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def decode(data: bytes) -> str:
    """The text of a file without its byte order mark. InputError when it is not text in UTF-8 (or what its mark says)."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    return _decoded(data, "utf-8")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        text = data[: error.start].decode(encoding, "replace") + "\ufffd"
        source = Source("", text)
        raise InputError(f"not {encoding.upper()} text", source=source, span=Span(len(text) - 1, len(text))) from None


class Files:
    """The files of one load by path. What cannot be read is said once in the harvest, and is None.

    `base_path` is what becomes of the base paths of OpenAPI documents: ignore, prepend or split.
    """

    def __init__(self, harvest: Harvest, base_path: str = "ignore"):
        self.harvest = harvest
        self.base_path = base_path
        self._sources: dict[str, Source | None] = {}
        self._documents: dict[int, list[Node]] = {}

    @property
    def names(self) -> list[str]:
        """The files that were read, in order."""
        return [name for name, source in self._sources.items() if source is not None]

    def source(self, path: Path, wanted_at: Where | None = None) -> Source | None:
        """The text of a file; `wanted_at` is the place in the document that names it."""
        name = file_name(path)
        if name not in self._sources:
            self._sources[name] = self._read(name, wanted_at)
        return self._sources[name]

    def put(self, path: Path, data: bytes) -> None:
        """Take a file's bytes that somebody has read already."""
        name = file_name(path)
        self._sources[name] = self._source(name, data)

    def _read(self, name: str, wanted_at: Where | None) -> Source | None:
        path = Path(name)
        try:
            if not path.is_file():
                self.harvest.problem(
                    f"there is no file {name}", wanted_at or _start(name), severity=Severity.WARNING, code="load-missing-file"
                )
                return None
            size = path.stat().st_size
            if size > MAX_BYTES:
                self.harvest.problem(
                    f"{name} has {size:,} bytes; files of more than {MAX_BYTES:,} are not read", wanted_at or _start(name)
                )
                return None
            data = path.read_bytes()
        except (OSError, ValueError) as error:
            self.harvest.problem(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}", wanted_at or _start(name))
            return None
        return self._source(name, data)

    def _source(self, name: str, data: bytes) -> Source | None:
        try:
            return Source(name, decode(data))
        except InputError as error:
            found = error.diagnostic
            source = Source(name, found.source.text if found.source else "")
            self.harvest.diagnostic(Diagnostic(error.message, source, found.span))
            return None

    def text(self, path: Path, wanted_at: Where | None = None) -> Text | None:
        """The whole text of a file with its places."""
        source = self.source(path, wanted_at)
        return file_text(source) if source is not None else None

    def documents(self, source: Source) -> list[Node]:
        """The document trees of a file, [] for a broken one."""
        if id(source) not in self._documents:
            self._documents[id(source)] = self.parse(file_text(source))
        return self._documents[id(source)]

    def document(self, path: Path, wanted_at: Where | None = None) -> Node | None:
        """The first document of a file, if it can be read."""
        source = self.source(path, wanted_at)
        found = self.documents(source) if source is not None else []
        return found[0] if found else None

    def parse(self, text: Text) -> list[Node]:
        """The document trees in a text: JSON when it begins like it, else YAML. What is broken is said in the harvest."""
        try:
            return parse(Host(text))
        except (InputError, MissingExtra) as error:
            self.harvest.diagnostic(error.diagnostic)
            return []


def parse(host: Host) -> list[Node]:
    """The document trees in a text. InputError for broken ones; MissingExtra for YAML without PyYAML."""
    start = str(host.text[:4000]).lstrip()
    if not start.startswith(("{", "[")):
        from vtl.loaders.yaml_documents import read_yaml

        return read_yaml(host)
    try:
        return [read_json(host)]
    except InputError as error:
        # YAML in flow style begins like JSON; what neither reader takes is reported as JSON.
        if start.startswith(('{"', "[{")) or '"' in start[1:40].split(":")[0]:
            raise
        try:
            from vtl.loaders.yaml_documents import read_yaml

            return read_yaml(host)
        except (InputError, MissingExtra):
            raise error from None


def _start(name: str) -> Where:
    return Where(Source(name, ""), Span(0, 0))
