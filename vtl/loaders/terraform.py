"""Terraform: `aws_api_gateway_*` of a directory and of the local modules that it calls become APIs.

See: the documentation of Terraform's provider `hashicorp/aws`, resources aws_api_gateway_* and aws_apigatewayv2_*
"""

from __future__ import annotations

from pathlib import Path

from vtl.loaders.files import Files
from vtl.loaders.hcl import Block
from vtl.loaders.intrinsics import Scope
from vtl.loaders.nodes import Host, Node
from vtl.loaders.origin import file_text
from vtl.loaders.reading import Reader
from vtl.loaders.templates import Site
from vtl.loaders.terraform_leftovers import read_loose_templates
from vtl.loaders.terraform_modules import MAX_MODULES, SUFFIXES, Module
from vtl.loaders.terraform_records import Record, Records
from vtl.loaders.terraform_resources import read_records
from vtl.loaders.walking import file_name

_PREFIXES = ("aws_api_gateway_", "aws_apigatewayv2_")


def read_one_file(path: Path, files: Files) -> None:
    """A file, read with its directory and the local modules that it calls; what its siblings hold or call is left out."""
    module = Module(path.parent, files)
    module.read(first=path)
    _read_root(module, files)
    files.harvest.leave_out(_Siblings(path, module).hold)


def read_roots(directories: list[Path], files: Files) -> None:
    """Several directories; those that others call as modules are read with their callers' arguments only."""
    modules = []
    for directory in directories:
        module = Module(directory, files)
        module.read()
        modules.append(module)
    called = {found for module in modules for found in _called(module)}
    roots = [module for module in modules if module.directory.resolve() not in called] or modules
    for module in roots:
        _read_root(module, files)


def _read_root(module: Module, files: Files) -> None:
    module.open_modules({module.directory.resolve()}, [MAX_MODULES])
    _read_module(module, files)


class _Siblings:
    """The files beside one file of Terraform, and what belongs to them: what they hold, and the modules that they call."""

    def __init__(self, path: Path, module: Module):
        self._own = file_name(path)
        self._prefixes = tuple(
            f"module.{block.labels[0]}." for block in module.of_type("module") if block.labels and block.source.name != self._own
        )
        self._files = set(terraform_siblings(path))

    def hold(self, file: str, site: Site | None) -> bool:
        """Whether what stands in `file`, a template when there is a site, is theirs."""
        used = [part.where for part in (site.integration, site.response) if part and part.where] if site else []
        involved = {file, *(where.file for where in used)}
        if self._own in involved:
            return False
        called = site is not None and site.address.startswith(self._prefixes)
        return called or not involved.isdisjoint(self._files)


def terraform_siblings(path: Path) -> list[str]:
    """The names of the other files of Terraform in the directory of this one."""
    return [file_name(item) for item in path.parent.iterdir() if item.name.endswith(SUFFIXES) and item.name != path.name]


def _called(module: Module) -> set[Path]:
    found = set()
    for block in module.of_type("module"):
        location = module.value(block, "source")
        if location is not None and str(location.text).startswith("."):
            found.add((module.directory / str(location.text)).resolve())
    return found


def _read_module(root: Module, files: Files) -> None:
    reader = Reader(Scope(None, files), files.harvest)
    modules = [root]
    for module in modules:
        modules += module.children.values()
    read_records(Records(reader, [record for module in modules for record in _records(module)]))
    read_loose_templates(modules, reader)


def _records(module: Module) -> list[Record]:
    found = []
    for block in module.of_type("resource"):
        if len(block.labels) != 2 or not block.labels[0].startswith(_PREFIXES):
            continue
        kind, name = block.labels
        for names in module.instances(block):
            each = names.get("each")
            key = each.get("key") if each is not None else None
            node = block_node(module, block, names)
            found.append(Record(kind, name, f"{module.prefix}{kind}.{name}", node, str(key.text) if key is not None else ""))
    return found


def block_node(module: Module, block: Block, names: dict[str, Node]) -> Node:
    """A block as a mapping: attributes by name, inner blocks as lists of mappings, `dynamic` ones once."""
    evaluator = module.evaluator(block, names)
    members = {name: evaluator.evaluate(tree) for name, tree in block.attributes.items() if name not in ("for_each", "count")}
    for inner in block.blocks:
        name, node = inner.type, block_node(module, inner, names)
        if inner.type == "dynamic" and inner.labels:
            contents = [child for child in inner.blocks if child.type == "content"]
            name = inner.labels[0]
            node = block_node(module, contents[0], names) if contents else node
        holder = members.setdefault(name, node.replaced([]))
        if holder.is_list:
            holder.value.append(node)
    return Node(Host(file_text(block.source)), members, block.span.start, block.span.end)
