"""`load`: a file, a folder or a parsed document becomes APIs, templates and diagnostics."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from vtl.loaders import detect
from vtl.loaders.files import Files
from vtl.loaders.nodes import Node
from vtl.loaders.origin import file_text
from vtl.loaders.templates import MAPPING, Harvest, Loaded, Site, Template
from vtl.source import Source

TEMPLATE_SUFFIXES = (".vtl", ".vm")
DOCUMENT_SUFFIXES = (".json", ".yaml", ".yml", ".template", ".tpl", ".tftpl", ".tmpl")
TERRAFORM_SUFFIXES = (".tf", ".tofu")
SKIPPED_FOLDERS = frozenset({".git", ".aws-sam", ".terraform", ".serverless", "node_modules", "__pycache__", ".venv", "venv"})


def load(path_or_document: str | os.PathLike[str] | Mapping[str, object]) -> Loaded:
    """Read an API from where it lives.

    Takes a file or a folder (OpenAPI, CloudFormation, SAM, cdk.out, Terraform, serverless.yml, AWS dumps, plain templates), or
    a document that is parsed already. What is wrong in it becomes diagnostics; nothing is raised for a bad document.
    """
    harvest = Harvest()
    files = Files(harvest)
    if isinstance(path_or_document, Mapping):
        text = json.dumps(path_or_document, indent=1, ensure_ascii=False, default=str)
        source = Source("<document>", text)
        for root in files.parse(file_text(source)):
            read_document(root, files, "")
    else:
        _read_path(Path(path_or_document), files)
    return Loaded(harvest.apis, harvest.templates, harvest.diagnostics, files.names)


def _read_path(path: Path, files: Files) -> None:
    if not path.is_dir():
        read_file(path, files)
        return
    if (path / "manifest.json").is_file():
        from vtl.loaders.cdk import read_cloud_assembly

        if read_cloud_assembly(path, files):
            return
    directories: list[Path] = []
    for found in documents_in(path):
        if found.name.endswith(TERRAFORM_SUFFIXES):
            directories.append(found.parent)
        else:
            read_file(found, files)
    if directories:
        from vtl.loaders.terraform import read_roots

        read_roots(directories, files)
    _bare_templates(path, files)


def documents_in(folder: Path) -> Iterator[Path]:
    """The files of a folder that may be documents, sorted. One Terraform file stands for all of its directory, and a manifest
    for all of a cloud assembly."""
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        if "manifest.json" in names and any(name == "tree.json" or name.endswith(".assets.json") for name in names):
            folders.clear()
            yield Path(base, "manifest.json")
            continue
        terraform = sorted(name for name in names if name.endswith(TERRAFORM_SUFFIXES))
        if terraform:
            yield Path(base, terraform[0])
        for name in sorted(names):
            if name.endswith(DOCUMENT_SUFFIXES) and not name.endswith((".tf.json", "package-lock.json")):
                yield Path(base, name)


def _bare_templates(folder: Path, files: Files) -> None:
    """The template files of a folder that no document named."""
    named = {template.file for template in files.harvest.templates}
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        for name in sorted(names):
            if name.endswith(TEMPLATE_SUFFIXES) and os.path.normpath(Path(base, name)) not in named:
                read_template_file(Path(base, name), files)


def read_template_file(path: Path, files: Files) -> None:
    """A file that is a template and nothing else: nothing says where it is applied."""
    text = files.text(path)
    if text is not None:
        files.harvest.add(Template(text, "", "", MAPPING, "", Site("template", address=os.path.normpath(path))))


def read_file(path: Path, files: Files) -> None:
    """One file in whichever format its content has."""
    if path.name.endswith(TEMPLATE_SUFFIXES):
        read_template_file(path, files)
        return
    if path.name.endswith(TERRAFORM_SUFFIXES):
        from vtl.loaders.terraform import read_directory

        read_directory(path, files)
        return
    data = _bytes(path)
    if data is not None and not detect.may_hold_api(data):
        return
    source = files.source(path)
    if source is None:
        return
    if path.name.endswith((".tpl", ".tftpl", ".tmpl")):
        from vtl.loaders.interpolation import read_template_document

        roots = read_template_document(source, files)
    else:
        roots = files.documents(source)
    for root in roots:
        read_document(root, files, path.name)


def _bytes(path: Path) -> bytes | None:
    """A file's bytes when it can be read and is not too large; what is wrong is found again, and said, by `Files`."""
    from vtl.loaders.files import MAX_BYTES

    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= MAX_BYTES else None
    except (OSError, ValueError):
        return None


def read_document(root: Node, files: Files, name: str) -> None:
    """One document tree in whichever format it is."""
    from vtl.loaders.intrinsics import Scope
    from vtl.loaders.leftovers import read_leftovers
    from vtl.loaders.reading import Reader

    form = detect.format_of(root)
    reader = Reader(Scope(root, files), files.harvest)
    if form == detect.CDK_TREE:
        return
    if form == detect.OPENAPI:
        from vtl.loaders.openapi import Document, read_openapi

        files.harvest.apis.append(read_openapi(Document(reader, root, Site(form))))
    elif form == detect.CLOUDFORMATION:
        from vtl.loaders.cloudformation import Stack

        Stack(reader, root).read()
    elif form == detect.SERVERLESS:
        from vtl.loaders.serverless import read_service

        reader = read_service(root, files)
    elif form == detect.CDK_MANIFEST:
        from vtl.loaders.cdk import read_cloud_assembly

        read_cloud_assembly(Path(root.anchor.file).parent, files)
        return
    elif form in (detect.PLAN, detect.STATE):
        from vtl.loaders.terraform_plan import read_plan

        read_plan(reader, root, form)
        return
    elif form == detect.DUMP:
        from vtl.loaders.dumps import read_dump

        read_dump(reader, root)
    read_leftovers(reader, root, form)
