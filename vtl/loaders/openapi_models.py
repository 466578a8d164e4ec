"""The models of an OpenAPI document: the named ones, and one for each schema that stands where it is used.

API Gateway's import makes a model of such a schema too, called MODEL and six hexadecimal digits, so that it validates like any
other; here the digits come from the schema, so that they stay the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from vtl.loaders.nodes import Node
from vtl.loaders.reading import Reader
from vtl.model import Model


class Models:
    """The models of one document; those without a name are gathered while its operations are read."""

    def __init__(self, reader: Reader, root: Node):
        self.reader = reader
        self.root = root
        self._unnamed: dict[str, Model] = {}

    def name_of(self, schema: Node | None) -> str:
        """The name of a schema's model: the last part of its `$ref`, or one made from what it says; "" without a schema."""
        if schema is None or not schema.is_map or not schema.value:
            return ""
        reference = self.reader.text(schema, "$ref")
        return reference.rpartition("/")[2] if reference else self._add(schema)

    def _add(self, schema: Node) -> str:
        data = schema.data()
        digits = hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()
        name = f"MODEL{digits[:6]}"
        if name in self._unnamed and self._unnamed[name].schema != data:
            name = f"MODEL{digits}"
        self._unnamed.setdefault(name, Model(name, schema=data, where=schema.anchor))
        return name

    def all(self) -> Iterator[Model]:
        """`definitions` of OpenAPI 2, `components/schemas` of OpenAPI 3, then those without a name that were met so far."""
        holder = self.reader.get(self.root, "definitions") or self.reader.walk(self.root, "components", "schemas")
        for name, node in self.reader.items(holder):
            yield Model(name, schema=node.data(), where=node.key_anchor)
        yield from self._unnamed.values()
