"""The base path of an OpenAPI document, and what an import makes of it.

See: "Set the OpenAPI basePath property"; what becomes of each kind of base path is recorded.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from vtl.errors import InputError
from vtl.loaders.nodes import Node
from vtl.loaders.reading import Reader

IGNORE, PREPEND, SPLIT = "ignore", "prepend", "split"
MODES = (IGNORE, PREPEND, SPLIT)


def checked_mode(word: str) -> str:
    """A mode as it stands in an import's parameters. InputError for another word."""
    if word not in MODES:
        raise InputError(f"a base path is one of {', '.join(MODES)}, not {word!r}")
    return word


def base_path_of(reader: Reader, root: Node) -> str:
    """`basePath` of OpenAPI 2; in OpenAPI 3 the server variable of that name, which the URL need not use, else the URL's path."""
    own = reader.text(root, "basePath")
    if own:
        return own
    servers = reader.list(reader.get(root, "servers"))
    for server in servers:
        default = reader.text(reader.walk(server, "variables", "basePath"), "default")
        if default:
            return default
    url = reader.text(servers[0], "url") if servers and servers[0].is_map else None
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return ""
    return "" if "{" in path else path


def prefix_of(base_path: str, mode: str) -> str:
    """What stands before every path: nothing, all segments (prepend), or all but the first (split)."""
    segments = [segment for segment in base_path.split("/") if segment]
    kept = {PREPEND: segments, SPLIT: segments[1:]}.get(mode, [])
    return "".join(f"/{segment}" for segment in kept)


def prefixed(prefix: str, path: str) -> str:
    """A path of the document as the API has it."""
    return f"{prefix}{path}" if path != "/" else prefix or path
