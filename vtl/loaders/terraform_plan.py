"""`terraform show -json` of a plan or a state, and state files.

See: https://developer.hashicorp.com/terraform/internals/json-format
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vtl.loaders.detect import STATE
from vtl.loaders.nodes import Node
from vtl.loaders.reading import Reader
from vtl.loaders.terraform_records import Record, Records
from vtl.loaders.terraform_resources import read_records

_INDEX = re.compile(r"\[[^\]]*\]")
_PREFIXES = ("aws_api_gateway_", "aws_apigatewayv2_")


def read_plan(reader: Reader, root: Node, form: str) -> None:
    """The APIs of a plan or of a state go into the harvest."""
    if form == STATE:
        records = list(_state(reader, root))
    else:
        values = reader.get(root, "planned_values") or reader.get(root, "values") or reader.walk(root, "prior_state", "values")
        references = dict(_configuration(reader, reader.walk(root, "configuration", "root_module"), ""))
        records = list(_planned(reader, reader.get(values, "root_module"), references, 0))
    read_records(Records(reader, records))


def _planned(reader: Reader, module: Node | None, references: dict[str, dict[str, str]], depth: int) -> Iterator[Record]:
    for node in reader.list(reader.get(module, "resources")):
        kind, values = reader.text(node, "type"), reader.get(node, "values")
        if kind and values is not None and values.is_map and kind.startswith(_PREFIXES):
            address = _INDEX.sub("", str(reader.text(node, "address") or ""))
            key = reader.text(node, "index") or ""
            yield Record(str(kind), str(reader.text(node, "name") or ""), address, values, str(key), references.get(address, {}))
    if depth < 50:
        for child in reader.list(reader.get(module, "child_modules")):
            yield from _planned(reader, child, references, depth + 1)


def _configuration(reader: Reader, module: Node | None, prefix: str, depth: int = 0) -> Iterator[tuple[str, dict[str, str]]]:
    """Address to the references of its attributes, as the plan's configuration has them."""
    for node in reader.list(reader.get(module, "resources")):
        found = {}
        for name, expression in reader.items(reader.get(node, "expressions")):
            texts = reader.texts(expression, "references") if expression.is_map else ()
            if texts:
                found[name] = prefix + str(texts[-1] if texts[0].startswith(("var.", "each.", "local.")) else texts[0])
        yield prefix + str(reader.text(node, "address") or ""), found
    if depth < 50:
        for name, call in reader.items(reader.get(module, "module_calls")):
            yield from _configuration(reader, reader.get(call, "module"), f"{prefix}module.{name}.", depth + 1)


def _state(reader: Reader, root: Node) -> Iterator[Record]:
    for node in reader.list(reader.get(root, "resources")):
        kind, name = reader.text(node, "type"), reader.text(node, "name")
        if not kind or not kind.startswith(_PREFIXES) or reader.text(node, "mode") == "data":
            continue
        module = reader.text(node, "module")
        address = (f"{_INDEX.sub('', module)}." if module else "") + f"{kind}.{name}"
        for instance in reader.list(reader.get(node, "instances")):
            attributes = reader.get(instance, "attributes")
            if attributes is not None and attributes.is_map:
                yield Record(str(kind), str(name), address, attributes, str(reader.text(instance, "index_key") or ""))
