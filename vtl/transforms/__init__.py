"""JSON, XML and SOAP, one from another; lxml enters here and nowhere else."""

from vtl.transforms.convention import PRESETS, Convention
from vtl.transforms.json_to_xml import json_to_xml
from vtl.transforms.xml_to_json import xml_to_json

__all__ = ["PRESETS", "Convention", "json_to_xml", "xml_to_json"]
