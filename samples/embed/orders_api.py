"""A whole API, whatever serves it: the document as it is deployed, and a function in the place of its HTTP backends.

The document is read and its templates are compiled once, when the module is imported; a gateway never changes, so that any
number of threads and tasks may use it at the same time.
"""

from __future__ import annotations

import json
from pathlib import Path

import vtl


def ledger(request: vtl.HttpRequest) -> vtl.HttpResponse:
    """A stand-in for the backend: stores every entry that has lines. Without `backends`, the real one is called."""
    entry = json.loads(request.body)
    headers = [("Content-Type", "application/json")]
    if not entry["lines"]:
        return vtl.HttpResponse(409, headers, json.dumps({"reason": f"order {entry['number']} has no lines"}).encode())
    return vtl.HttpResponse(200, headers, json.dumps({"number": entry["number"]}).encode())


(API,) = vtl.load(Path(__file__).with_name("openapi.yaml")).apis
GATEWAY = vtl.Gateway(API, stage="live", backends={"http": ledger})
