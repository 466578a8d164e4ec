"""A cloud assembly, CDK's `cdk.out`: the stacks that its manifest lists, and the assets that they name; `tree.json` is a copy.

See: https://docs.aws.amazon.com/cdk/v2/guide/deploy.html
"""

from __future__ import annotations

from pathlib import Path

from vtl.loaders.cloudformation import Stack
from vtl.loaders.files import Files
from vtl.loaders.intrinsics import Scope
from vtl.loaders.leftovers import read_leftovers
from vtl.loaders.nodes import Node
from vtl.loaders.reading import Reader

MAX_ASSEMBLIES = 50
"""Assemblies inside each other, as stages make them."""


def read_cloud_assembly(folder: Path, files: Files, depth: int = 0) -> bool:
    """The stacks of an assembly; False when the folder's manifest is not one of CDK's."""
    manifest = files.document(folder / "manifest.json")
    artifacts = manifest.get("artifacts") if manifest is not None else None
    if artifacts is None or not artifacts.is_map:
        return False
    for _, artifact in artifacts.items():
        kind = _text(artifact.get("type"))
        properties = artifact.get("properties")
        if kind == "aws:cloudformation:stack":
            name = _text(properties.get("templateFile")) if properties is not None else ""
            if name:
                _read_stack(folder / name, files, artifact)
        elif kind == "cdk:cloud-assembly" and depth < MAX_ASSEMBLIES:
            name = _text(properties.get("directoryName")) if properties is not None else ""
            if name:
                read_cloud_assembly(folder / name, files, depth + 1)
    return True


def _read_stack(path: Path, files: Files, artifact: Node) -> None:
    document = files.document(path, artifact.anchor)
    if document is None:
        return
    reader = Reader(Scope(document, files), files.harvest)
    Stack(reader, document).read()
    read_leftovers(reader, document, "cloudformation")


def _text(node: Node | None) -> str:
    return str(node.text) if node is not None and node.is_scalar else ""
