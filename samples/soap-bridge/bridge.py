"""One call through the bridge, against the stub: JSON in, SOAP to the stub and back, JSON out.

    python bridge.py OPERATION REQUEST.json [FAULT]

What `vtl soap scaffold` wrote into the folder OPERATION does the work: its templates, as API Gateway would run them, or its
Lambda handler where the answer is too rich for a template. The stub listens on 127.0.0.1 and is gone when this ends.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import vtl

HERE = Path(__file__).parent


@contextmanager
def running_stub(*options: str) -> Iterator[str]:
    """The URL of a stub that runs as long as the block."""
    command = [sys.executable, "-m", "vtl", "soap", "stub", str(HERE / "parcels.wsdl"), "--answers", str(HERE / "answers")]
    with subprocess.Popen([*command, "--port", "0", "--quiet", *options], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def by_templates(folder: Path, body: str, url: str) -> tuple[int, str]:
    """What an HTTP integration does with the templates and headers of the OpenAPI document."""
    document = json.loads((folder / "openapi.json").read_text(encoding="utf-8"))
    integration = next(iter(document["paths"].values()))["post"]["x-amazon-apigateway-integration"]
    headers = {name.rpartition(".")[2]: value.strip("'") for name, value in integration["requestParameters"].items()}
    request = vtl.MappingTemplate(integration["requestTemplates"]["application/json"]).apply(body)
    status, answer = post(url, request.body.encode(), headers)
    chosen = integration["responses"].get(str(status), integration["responses"]["default"])
    result = vtl.MappingTemplate(chosen["responseTemplates"]["application/json"]).apply(answer)
    return result.context["responseOverride"].get("status", int(chosen["statusCode"])), result.body


def by_handler(folder: Path, body: str, url: str) -> tuple[int, str]:
    """What a Lambda proxy integration does with the handler."""
    os.environ["SOAP_ENDPOINT"] = url
    found = importlib.util.spec_from_file_location("handler", folder / "handler.py")
    assert found and found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    result = module.handler({"body": body}, None)
    return result["statusCode"], result["body"]


def post(url: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    """One request, without a proxy."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(urllib.request.Request(url, data=body, headers=headers), timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def main(operation: str, request: str, fault: str = "") -> None:
    """Print the status and the JSON that a REST caller gets."""
    os.environ["NO_PROXY"] = "127.0.0.1"
    folder = HERE / operation
    call = by_templates if (folder / "response.vtl").exists() else by_handler
    with running_stub(*(["--fault", f"{operation}={fault}"] if fault else [])) as url:
        status, answer = call(folder, Path(request).read_text(encoding="utf-8"), url)
    print(status)
    print(json.dumps(json.loads(answer), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
