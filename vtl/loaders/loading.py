"""`load`: a file, a folder or a parsed document becomes APIs, templates and diagnostics."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from vtl.loaders import detect
from vtl.loaders.base_paths import IGNORE, checked_mode
from vtl.loaders.files import Files
from vtl.loaders.nodes import Node
from vtl.loaders.origin import file_text
from vtl.loaders.templates import MAPPING, Harvest, Loaded, Site, Template
from vtl.loaders.walking import DOCUMENT_SUFFIXES, TEMPLATE_SUFFIXES, TERRAFORM_SUFFIXES, file_name, files_below
from vtl.source import Source


def load(path_or_document: str | os.PathLike[str] | Mapping[str, object], *, base_path: str = IGNORE) -> Loaded:
    """Read an API from where it lives.

    Takes a file or a folder (OpenAPI, CloudFormation, SAM, cdk.out, Terraform, serverless.yml, AWS dumps, plain templates), or
    a document that is parsed already. What is wrong in it becomes diagnostics; nothing is raised for a bad document.
    `base_path` is what an import makes of an OpenAPI document's base path, unless the document around it says so itself:
    "ignore" as AWS does by default, "prepend" or "split". InputError for another word.
    """
    harvest = Harvest()
    files = Files(harvest, checked_mode(base_path))
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
    found = files_below(path, (*TEMPLATE_SUFFIXES, *DOCUMENT_SUFFIXES, *TERRAFORM_SUFFIXES))
    directories: list[Path] = []
    for document in documents_among([name for name in found if not name.endswith(TEMPLATE_SUFFIXES)]):
        if document.name.endswith(TERRAFORM_SUFFIXES):
            directories.append(document.parent)
        else:
            read_file(document, files)
    if directories:
        from vtl.loaders.terraform import read_roots

        read_roots(directories, files)
    named = {template.file for template in files.harvest.templates}
    for name in found:
        if name.endswith(TEMPLATE_SUFFIXES) and name not in named:
            read_template_file(Path(name), files)


def documents_among(names: Iterable[str]) -> Iterator[Path]:
    """The files that may be documents. One Terraform file stands for all of its directory, and a manifest for all of a cloud
    assembly."""
    folders: dict[Path, list[str]] = {}
    for name in names:
        folders.setdefault(Path(name).parent, []).append(Path(name).name)
    assemblies = {folder for folder, inside in folders.items() if _is_assembly(inside)}
    for folder, inside in folders.items():
        if folder in assemblies:
            yield folder / "manifest.json"
        elif assemblies.isdisjoint(folder.parents):
            yield from [folder / name for name in inside if name.endswith(TERRAFORM_SUFFIXES)][:1]
            for name in inside:
                if not name.endswith((*TERRAFORM_SUFFIXES, ".tf.json", "package-lock.json")):
                    yield folder / name


def _is_assembly(names: list[str]) -> bool:
    return "manifest.json" in names and any(name == "tree.json" or name.endswith(".assets.json") for name in names)


def read_template_file(path: Path, files: Files) -> None:
    """A file that is a template and nothing else: nothing says where it is applied."""
    text = files.text(path)
    if text is not None:
        files.harvest.add(Template(text, "", "", MAPPING, "", Site("template", address=file_name(path))))


def read_file(path: Path, files: Files) -> None:
    """One file in whichever format its content has."""
    if path.name.endswith(TEMPLATE_SUFFIXES):
        read_template_file(path, files)
        return
    if path.name.endswith(TERRAFORM_SUFFIXES):
        from vtl.loaders.terraform import read_one_file

        read_one_file(path, files)
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
