"""Terraform modules: the files of a directory, their variables, locals, resources and the modules that they call.

See: https://developer.hashicorp.com/terraform/language/modules
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vtl.diagnostics import Severity
from vtl.errors import InputError, MissingExtra
from vtl.loaders.files import Files
from vtl.loaders.hcl import Block, parse_blocks
from vtl.loaders.nodes import Node, made
from vtl.loaders.origin import file_text, pinned, word_for
from vtl.loaders.terraform_values import Evaluator, State, step_into
from vtl.model.place import Where
from vtl.source import Source

MAX_MODULES = 200
"""Modules that one load follows."""

MAX_INSTANCES = 100
"""Instances of one resource with `for_each`."""

SUFFIXES = (".tf", ".tofu")


@dataclass(slots=True)
class Module:
    """One module with the arguments that it is called with; `prefix` is its address with a final dot, "" for the root."""

    directory: Path
    files: Files
    prefix: str = ""
    arguments: dict[str, Node] = field(default_factory=dict)
    state: State = field(default_factory=State)
    blocks: list[Block] = field(default_factory=list)
    broken: list[Source] = field(default_factory=list)
    children: dict[str, Module] = field(default_factory=dict)
    locals: dict[str, tuple[Any, Source]] = field(default_factory=dict)
    _values: dict[str, Node] = field(default_factory=dict)

    def read(self, first: Path | None = None) -> None:
        """The blocks of the directory's files; a file that cannot be parsed is kept among the broken ones.

        What two files declare counts as the earlier one has it, and `first` is the earliest: Terraform would refuse both, but a
        folder of unrelated files can still be looked at one by one.
        """
        paths = sorted(item for item in self.directory.iterdir() if item.name.endswith(SUFFIXES))
        if first is not None:
            paths = [first, *(path for path in paths if path.name != first.name)]
        for source in filter(None, map(self.files.source, paths)):
            declared = {(block.type, block.labels) for block in self.blocks if block.labels}
            self.blocks += [block for block in _blocks(source, self) if (block.type, block.labels) not in declared]
        for block in self.of_type("locals"):
            self.locals = {name: (tree, block.source) for name, tree in block.attributes.items()} | self.locals

    def of_type(self, kind: str) -> Iterator[Block]:
        """The blocks of a type."""
        return (block for block in self.blocks if block.type == kind)

    def find(self, kind: str, *labels: str) -> Block | None:
        """The block with these labels."""
        return next((block for block in self.of_type(kind) if block.labels == labels), None)

    def evaluator(self, block: Block, names: dict[str, Node] | None = None) -> Evaluator:
        """What evaluates the expressions of a block."""
        return Evaluator(self, file_text(block.source), names or {})

    def value(self, block: Block, name: str, names: dict[str, Node] | None = None) -> Node | None:
        """The value of a block's attribute; None when it has none."""
        tree = block.attributes.get(name)
        return self.evaluator(block, names).evaluate(tree) if tree is not None else None

    def lookup(self, names: list[str], bound: dict[str, Node], where: Where, written: str = "") -> Node:
        """What a reference such as `var.x.y`, `local.z` or `aws_lambda_function.f.arn` means here."""
        expression = written or ".".join(names)
        found = self._found(names, bound, where)
        if found is not None:
            return found
        return made(pinned(word_for(expression), where, self.prefix + expression))

    def _found(self, names: list[str], bound: dict[str, Node], where: Where) -> Node | None:
        root, rest = names[0], names[1:]
        if root in bound:
            return step_into(bound[root], list(rest))
        if root == "path" and rest[:1] in (["module"], ["root"], ["cwd"]):
            return made(pinned(str(self.directory), where))
        if root == "terraform" and rest == ["workspace"]:
            return made(pinned("default", where, "terraform.workspace"))
        if not rest:
            return None
        compute = {"var": self._variable, "local": self._local}.get(root)
        if compute is not None:
            return step_into(self._once(root, rest[0], compute), list(rest[1:]))
        if root == "module" and len(rest) > 1:
            return step_into(self._output(rest[0], rest[1]), list(rest[2:]))
        if root == "data" and rest[0] == "template_file" and rest[2:] == ["rendered"]:
            return self._template_file(rest[1])
        if root != "data" and len(rest) > 1:
            return self._resource(root, rest[0], [name for name in rest[1:] if not name.isdigit() and name != "?"])
        return None

    def _once(self, kind: str, name: str, compute: Any) -> Node | None:
        """A variable's or a local's value, computed once; None while it is being computed, which would be a circle."""
        key = f"{kind}.{name}"
        if key in self._values:
            return self._values[key]
        mark = (id(self), key)
        if mark in self.state.open:
            return None
        self.state.open.add(mark)
        try:
            value: Node | None = compute(name)
        finally:
            self.state.open.discard(mark)
        if value is not None:
            self._values[key] = value
        return value

    def _variable(self, name: str) -> Node | None:
        if name in self.arguments:
            return self.arguments[name]
        block = self.find("variable", name)
        value = self.value(block, "default") if block else None
        return value if value is not None and not value.is_null else None

    def _local(self, name: str) -> Node | None:
        if name not in self.locals:
            return None
        tree, source = self.locals[name]
        return Evaluator(self, file_text(source)).evaluate(tree)

    def _output(self, module: str, name: str) -> Node | None:
        child = self.children.get(module)
        block = child.find("output", name) if child else None
        return child._once("output", name, lambda _: child.value(block, "value")) if child and block else None

    def _template_file(self, name: str) -> Node | None:
        from vtl.loaders.terraform_functions import rendered

        block = self.find("data", "template_file", name)
        template = self.value(block, "template") if block else None
        if block is None or template is None or not template.is_scalar:
            return None
        names = self.value(block, "vars")
        return made(rendered(self.evaluator(block), template.text, dict(names.items()) if names else {}))

    def _resource(self, kind: str, name: str, attributes: list[str]) -> Node | None:
        """An attribute that a resource's block sets; ids and the like are known after an apply only."""
        block = self.find("resource", kind, name)
        if block is None or not attributes or attributes[0] not in block.attributes:
            return None
        value = self._once(f"{kind}.{name}", attributes[0], lambda key: self.value(block, key))
        return step_into(value, list(attributes[1:]))

    def instances(self, block: Block) -> list[dict[str, Node]]:
        """The names that each instance of a block sees: `each` for every key of a known `for_each`, else one instance."""
        collection = self.value(block, "for_each")
        if collection is None or not isinstance(collection.value, dict | list) or not collection.value:
            return [{}]
        found = []
        items = (
            collection.items()
            if collection.is_map
            else ((str(child.text), child) for child in collection.value if child.is_scalar)
        )
        for key, child in list(items)[:MAX_INSTANCES]:
            name = made(pinned(key, child.key_anchor))
            found.append({"each": child.replaced({"key": name, "value": child})})
        return found or [{}]

    def open_modules(self, seen: set[Path], budget: list[int]) -> None:
        """The local modules that this one calls, with their arguments, and theirs."""
        for block in self.of_type("module"):
            location = self.value(block, "source")
            if location is None or not str(location.text).startswith(".") or budget[0] <= 0:
                continue
            directory = (self.directory / str(location.text)).resolve()
            if directory in seen:
                self.files.harvest.problem(f"module {block.labels[0]} calls itself", Where(block.source, block.span))
                continue
            if not directory.is_dir():
                self.files.harvest.problem(
                    f"there is no directory {self.directory / str(location.text)}",
                    location.anchor,
                    severity=Severity.WARNING,
                    code="load-missing-file",
                )
                continue
            budget[0] -= 1
            arguments = {
                name: self.evaluator(block).evaluate(tree)
                for name, tree in block.attributes.items()
                if name not in ("source", "version")
            }
            child = Module(
                self.directory / str(location.text), self.files, f"{self.prefix}module.{block.labels[0]}.", arguments, self.state
            )
            self.children[block.labels[0]] = child
            child.read()
            child.open_modules({*seen, directory}, budget)


def _blocks(source: Source, module: Module) -> list[Block]:
    """The blocks of a file; of one that cannot be parsed, none: it counts among the module's broken ones."""
    try:
        return parse_blocks(source)
    except InputError as error:
        where = Where(source, error.span) if error.span else None
        module.files.harvest.problem(error.message, where, severity=Severity.WARNING, code="load-hcl")
    except MissingExtra as error:
        module.files.harvest.diagnostic(error.diagnostic)
    module.broken.append(source)
    return []
