"""What a stub of a SOAP service answers: requests are checked against the WSDL, answers are samples or recorded ones.

Recorded answers lie in one folder: `OPERATION.xml` is a whole envelope, sent as it is; `OPERATION.json` the JSON value of an
answer, and `OPERATION.FAULT.json` that of a fault's detail. This module opens no connection; `vtl soap stub` does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from lxml import etree

from vtl.errors import InputError, VtlError
from vtl.transforms.operation_messages import FaultMessage, answer_message, fault_message, read_request
from vtl.transforms.schema_samples import sample
from vtl.transforms.soap import Envelope, action_of, unwrap
from vtl.transforms.wsdl import Operation, Wsdl

FAULT_HEADER = "x-vtl-fault"
"""A request with this header is answered with the fault of that name."""
_CONTENT_TYPES = {"1.1": "text/xml; charset=utf-8", "1.2": "application/soap+xml; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class StubAnswer:
    """An HTTP answer, and the line that a log has for it."""

    status: int
    content_type: str
    body: bytes
    log: str


class Stub:
    """A service that answers from its WSDL. It never changes, and may be asked from many threads at once."""

    def __init__(self, wsdl: Wsdl, *, answers: Path | None = None, faults: Mapping[str, str] | None = None):
        """`answers` is the folder of recorded answers, `faults` names a fault by operation.

        VtlError for an operation or a fault that the WSDL does not have, for an operation that cannot be called
        (rpc/encoded) where there is no other, and for a recorded answer that cannot be read or does not fit.
        """
        self.operations, errors = wsdl.callable_operations()
        if errors and not self.operations:
            raise errors[0]
        self.skipped = tuple(str(error) for error in errors)
        self._faults = dict(faults or {})
        for name, fault in self._faults.items():
            self._fault(wsdl.operation(name), fault, answers)
        self._answers = {
            (item.name, item.version): _recorded(item, answers) for item in self.operations if item.output is not None
        }
        self._details = {
            (item.name, item.version, fault.name): self._fault(item, fault.name, answers)
            for item in self.operations
            for fault in item.faults
        }

    def answer(self, headers: Mapping[str, str], body: bytes) -> StubAnswer:
        """The answer to a POST. `headers` has lower-case names. Whatever is wrong with the request becomes a fault."""
        version = "1.2" if headers.get("content-type", "").lower().startswith("application/soap+xml") else "1.1"
        try:
            found = unwrap(body, content_type=headers.get("content-type"), what="the request")
            operation = self._called(headers, found)
        except VtlError as error:
            any_operation = next((item for item in self.operations if item.version == version), self.operations[0])
            return self._failed(any_operation, FaultMessage("Client", error.message), "?")
        try:
            read_request(operation, body, content_type=headers.get("content-type"))
        except VtlError as error:
            return self._failed(operation, FaultMessage("Client", error.message), operation.name)
        wanted = headers.get(FAULT_HEADER) or self._faults.get(operation.name)
        if wanted:
            fault = self._details.get((operation.name, operation.version, wanted))
            missing = FaultMessage("Client", f"the operation {operation.name} declares no fault {wanted!r}")
            return self._failed(operation, fault or missing, operation.name)
        if operation.output is None:
            return StubAnswer(202, _CONTENT_TYPES[operation.version], b"", f"{operation.name} (SOAP {operation.version}): 202")
        data = self._answers[operation.name, operation.version]
        return StubAnswer(200, _CONTENT_TYPES[operation.version], data, f"{operation.name} (SOAP {operation.version}): 200")

    def _called(self, headers: Mapping[str, str], called: Envelope) -> Operation:
        """The operation that a request means: by the element in its body, and, where several have that one, by its action."""
        action = action_of(headers)
        tags = [str(item.tag) for item in called.body]
        fitting = [item for item in self.operations if [element.tag for element in item.input.body] == tags]
        named = [item for item in fitting if item.action == action]
        best = [item for item in named or fitting if item.version == called.version]
        if not best:
            shown = ", ".join(etree.QName(item).localname for item in called.body) or "nothing"
            raise InputError(f"no operation has a body with {shown} in SOAP {called.version}")
        return best[0]

    def _fault(self, operation: Operation, name: str, answers: Path | None) -> FaultMessage:
        declared = next((item for item in operation.faults if item.name == name), None)
        if declared is None:
            known = ", ".join(item.name for item in operation.faults) or "none"
            raise InputError(f"the operation {operation.name!r} declares no fault {name!r}", hint=f"its faults are {known}")
        recorded = _json_file(answers, f"{operation.name}.{name}.json")
        detail = sample(operation.schema, declared.element) if recorded is _ABSENT else recorded
        message = FaultMessage("Server", name, declared.element, detail)
        fault_message(operation, message)
        return message

    def _failed(self, operation: Operation, fault: FaultMessage, name: str) -> StubAnswer:
        """A fault with the status that the binding to HTTP has for it: 500, in SOAP 1.2 400 where the sender is to blame."""
        status = 400 if operation.version == "1.2" and fault.code == "Client" else 500
        log = f"{name} (SOAP {operation.version}): {status} {fault.message}"
        return StubAnswer(status, _CONTENT_TYPES[operation.version], fault_message(operation, fault), log)


_ABSENT = object()


def _recorded(operation: Operation, answers: Path | None) -> bytes:
    """The envelope of the answer: the recorded one, one of recorded JSON, or one with sample values."""
    whole = None if answers is None else answers / f"{operation.name}.xml"
    if whole is not None and whole.is_file():
        try:
            data = whole.read_bytes()
        except OSError as error:
            raise InputError(f"cannot read {str(whole)!r}: {error.strerror}") from None
        unwrap(data, what=str(whole))
        return data
    value = _json_file(answers, f"{operation.name}.json")
    if value is not _ABSENT:
        return answer_message(operation, value)
    body = operation.output.body if operation.output is not None else ()
    values = {element.key: sample(operation.schema, element) for element in body}
    return answer_message(operation, next(iter(values.values())) if len(values) == 1 else values)


def _json_file(folder: Path | None, name: str) -> object:
    """The value in a file of the folder; `_ABSENT` when there is none."""
    if folder is None or not (folder / name).is_file():
        return _ABSENT
    try:
        return json.loads((folder / name).read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"cannot read {str(folder / name)!r} as JSON: {error}") from None
