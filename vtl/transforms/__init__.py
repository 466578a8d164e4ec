"""JSON, XML and SOAP, one from the other; lxml enters here and nowhere else."""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from vtl.transforms.convention import Convention
    from vtl.transforms.xml_reader import xml_to_json
    from vtl.transforms.xml_writer import json_to_xml
else:

    def __getattr__(name: str) -> object:
        """Import what is asked for on first use: to check XML, the linter needs no convention."""
        from importlib import import_module

        homes = {"Convention": "convention", "json_to_xml": "xml_writer", "xml_to_json": "xml_reader"}
        if name not in homes:
            raise AttributeError(f"module 'vtl.transforms' has no attribute {name!r}")
        value = getattr(import_module(f"vtl.transforms.{homes[name]}"), name)
        globals()[name] = value
        return value


__all__ = ["Convention", "json_to_xml", "xml_to_json"]
