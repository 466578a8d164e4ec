"""One resource of Terraform, from HCL, a plan or a state alike, and what it refers to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from vtl.loaders.nodes import Node
from vtl.loaders.reading import Fields, Reader

_ADDRESS = re.compile(r"((?:module\.[\w-]+(?:\[[^\]]*\])?\.)*)(?:data\.)?(aws_\w+\.[\w-]+)")


@dataclass(frozen=True, slots=True)
class Record:
    """A resource or one instance of it. `address` is without an instance's key, which is `key`; `references` are known addresses
    of what an attribute refers to (from a plan's configuration)."""

    type: str
    name: str
    address: str
    node: Node
    key: str = ""
    references: dict[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The address as Terraform prints it."""
        return f'{self.address}["{self.key}"]' if self.key else self.address


def address_in(expression: str) -> str:
    """The address of the resource that an expression refers to, else the expression."""
    match = _ADDRESS.search(expression)
    return re.sub(r"\[[^\]]*\]", "", match.group(1)) + match.group(2) if match else expression


class Records:
    """The resources of one root module and of those below it."""

    def __init__(self, reader: Reader, records: list[Record]):
        self.reader = reader
        self.all = records
        self.by_address: dict[str, list[Record]] = {}
        self.by_id: dict[tuple[str, str], Record] = {}
        for record in records:
            self.by_address.setdefault(record.address, []).append(record)
            own = self.fields(record).string("id")
            if own:
                self.by_id[record.type, own] = record

    def of_type(self, *types: str) -> list[Record]:
        """The resources of some types, in order."""
        return [record for record in self.all if record.type in types]

    def fields(self, record: Record) -> Fields:
        """The attributes of a resource."""
        return Fields(self.reader, record.node)

    def referred(self, record: Record, attribute: str, kind: str) -> str:
        """The address that an attribute refers to: by its expression, by an id in a state, or by a plan's configuration."""
        if attribute in record.references:
            return address_in(record.references[attribute])
        text = self.fields(record).text(attribute.replace("_", ""))
        if text is None:
            return ""
        if text.placeholders:
            return address_in(text.placeholders[0].expression)
        found = self.by_id.get((kind, str(text).rpartition("/")[2]))
        return found.address if found is not None else str(text)

    def path_of(self, address: str, key: str) -> str:
        """The path of a resource of a REST API; what is not known counts as the root."""
        parts: list[str] = []
        for _ in range(len(self.all) + 1):
            found = self.by_address.get(address, [])
            record = next((one for one in found if one.key == key), found[0] if found else None)
            if record is None or record.type != "aws_api_gateway_resource":
                break
            fields = self.fields(record)
            parts.append(fields.string("pathpart"))
            address = self.referred(record, "parent_id", "aws_api_gateway_resource")
        return "/" + "/".join(reversed(parts))
