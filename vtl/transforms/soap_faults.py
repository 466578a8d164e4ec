"""SOAP faults of both versions, read and written, and the HTTP status that a REST caller gets for one.

See: SOAP 1.1, section 4.4; SOAP 1.2 Part 1, section 5.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from vtl.transforms.soap import ENVELOPES, Version, elements

STATUSES: Mapping[str, int] = {"Client": 400, "Sender": 400, "Server": 502, "Receiver": 502}
"""The status for a fault's code; any other code is a 502."""
OTHER_STATUS = 502
_TO_NEW = {"Client": "Sender", "Server": "Receiver"}
_TO_OLD = {new: old for old, new in _TO_NEW.items()}
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault. `code` is the local name, such as `Client` or `Client.Limit` (1.1) or `Sender` (1.2).

    `subcodes` are those of SOAP 1.2, the outermost first; `actor` is the faultactor or the Role; `detail` the elements inside.
    """

    code: str
    message: str
    subcodes: tuple[str, ...] = ()
    actor: str = ""
    detail: tuple[etree._Element, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What a table of statuses may call it, the most exact first: detail elements, subcodes, the code, its beginning."""
        inside = [etree.QName(node).localname for node in self.detail]
        return tuple(dict.fromkeys([*inside, *reversed(self.subcodes), self.code, self.code.partition(".")[0]]))


def status_of(fault: Fault, statuses: Mapping[str, int] = STATUSES, *, names: tuple[str, ...] = ()) -> int:
    """The status for a fault; `statuses` has it by one of its names, before which `names` are looked for. Else 502."""
    return next((statuses[name] for name in (*names, *fault.names) if name in statuses), OTHER_STATUS)


def read_fault(node: etree._Element) -> Fault:
    """The fault in an element of either version. Lenient: the parts of SOAP 1.1 are found with and without a namespace."""
    if etree.QName(node).namespace == ENVELOPES["1.2"]:
        return _read_new(node)
    parts = {etree.QName(child).localname: child for child in reversed(elements(node))}
    return Fault(
        code=_local(_text(parts.get("faultcode"))),
        message=_text(parts.get("faultstring")),
        actor=_text(parts.get("faultactor")).strip(),
        detail=tuple(elements(parts.get("detail"))),
    )


def _read_new(node: etree._Element) -> Fault:
    space = f"{{{ENVELOPES['1.2']}}}"
    code = node.find(f"{space}Code")
    subcodes: list[str] = []
    inner = code.find(f"{space}Subcode") if code is not None else None
    while inner is not None and len(subcodes) < _DEEPEST:
        subcodes.append(_local(inner.findtext(f"{space}Value", "")))
        inner = inner.find(f"{space}Subcode")
    texts = list(node.iterfind(f"{space}Reason/{space}Text"))
    english = [item for item in texts if item.get(_LANGUAGE, "").lower().startswith("en")]
    return Fault(
        code=_local(code.findtext(f"{space}Value", "") if code is not None else ""),
        message=_text(next(iter(english or texts), None)),
        subcodes=tuple(subcodes),
        actor=node.findtext(f"{space}Role", "").strip(),
        detail=tuple(elements(node.find(f"{space}Detail"))),
    )


def fault_element(fault: Fault, version: Version) -> etree._Element:
    """The element of a fault, to be the body of an envelope; the codes of both versions are taken. Details are moved into it.

    Subcodes, which SOAP 1.1 lacks, are written behind its code with dots; what stands behind a dot becomes a subcode of 1.2.
    """
    space = ENVELOPES[version]
    node = etree.Element(f"{{{space}}}Fault", nsmap={"soap": space})
    base, _, rest = fault.code.partition(".")
    subcodes = [*filter(None, rest.split(".")), *fault.subcodes]
    if version == "1.1":
        etree.SubElement(node, "faultcode").text = "soap:" + ".".join([_TO_OLD.get(base, base), *subcodes])
        etree.SubElement(node, "faultstring").text = fault.message
        if fault.actor:
            etree.SubElement(node, "faultactor").text = fault.actor
        detail = "detail"
    else:
        code = etree.SubElement(node, f"{{{space}}}Code")
        etree.SubElement(code, f"{{{space}}}Value").text = f"soap:{_TO_NEW.get(base, base)}"
        for name in subcodes:
            code = etree.SubElement(code, f"{{{space}}}Subcode")
            etree.SubElement(code, f"{{{space}}}Value").text = name
        text = etree.SubElement(etree.SubElement(node, f"{{{space}}}Reason"), f"{{{space}}}Text")
        text.set(_LANGUAGE, "en")
        text.text = fault.message
        if fault.actor:
            etree.SubElement(node, f"{{{space}}}Role").text = fault.actor
        detail = f"{{{space}}}Detail"
    if fault.detail:
        etree.SubElement(node, detail).extend(fault.detail)
    return node


def _text(node: etree._Element | None) -> str:
    """The text of an element, CDATA sections and entities resolved."""
    return "" if node is None else "".join(node.itertext(etree.Element))


def _local(name: str) -> str:
    """A qualified name without its prefix."""
    return name.strip().rpartition(":")[2]
