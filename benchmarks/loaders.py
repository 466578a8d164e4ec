"""`python -m benchmarks.loaders`: whole processes that find templates, beside a plain read of the same file, in one run.

`vtl extract` and `vtl lint` of OpenAPI documents against a process that parses the file with PyYAML's C loader and ends; of
Terraform against one that parses it with python-hcl2; and 200 YAML files without templates against an empty folder. Rounds are
interleaved, a figure is the median. Documents are made here, always the same ones.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

YAML = "import sys, yaml; yaml.load(open(sys.argv[1], encoding='utf-8'), Loader=yaml.CSafeLoader)"
HCL = "import sys, hcl2; hcl2.loads(open(sys.argv[1], encoding='utf-8').read())"
TEMPLATE = """\
#set($root = $input.path('$'))
{
  "id": "$input.params('id')",
  "items": [
#foreach($item in $root.items)
    {"name": "$util.escapeJavaScript($item.name)", "price": $item.price}#if($foreach.hasNext),#end
#end
  ]
}
"""


@dataclass(frozen=True)
class Work:
    """Two commands, and the ratio of their times that must be kept below `at_most`."""

    name: str
    ours: Sequence[str]
    theirs: Sequence[str]
    at_most: float


def _operation(number: int) -> dict[str, Any]:
    return {
        "operationId": f"operation{number}",
        "parameters": [{"name": "id", "in": "query", "required": True, "schema": {"type": "string"}}],
        "responses": {"200": {"description": "what there is", "content": {"application/json": {"schema": {"type": "object"}}}}},
        "x-amazon-apigateway-integration": {
            "type": "aws",
            "httpMethod": "POST",
            "uri": f"arn:aws:apigateway:eu-west-1:dynamodb:action/Action{number}",
            "passthroughBehavior": "never",
            "requestTemplates": {"application/json": TEMPLATE.replace("items", f"items{number}")},
            "responses": {"default": {"statusCode": "200", "responseTemplates": {"application/json": TEMPLATE}}},
        },
    }


def openapi(operations: int) -> dict[str, Any]:
    """An API with so many operations, two templates each."""
    paths = {f"/things{number}": {"post": _operation(number)} for number in range(operations)}
    return {"openapi": "3.0.1", "info": {"title": "bench", "version": "1"}, "paths": paths}


def terraform(integrations: int) -> str:
    """So many integrations of one API, a template each."""
    blocks = ['resource "aws_api_gateway_rest_api" "bench" {\n  name = "bench"\n}\n']
    for number in range(integrations):
        blocks.append(
            f'resource "aws_api_gateway_integration" "i{number}" {{\n'
            "  rest_api_id          = aws_api_gateway_rest_api.bench.id\n"
            '  http_method          = "POST"\n  type                 = "AWS"\n  passthrough_behavior = "NEVER"\n'
            f'  request_templates = {{\n    "application/json" = <<EOF\n{TEMPLATE}EOF\n  }}\n}}\n'
        )
    return "\n".join(blocks)


def works(folder: Path) -> Iterator[Work]:
    """Writes the documents and gives what is measured over them."""
    vtl = (sys.executable, "-m", "vtl")
    for operations in (1, 10, 100):
        document = openapi(operations)
        for ending, text in (("yaml", yaml.safe_dump(document, sort_keys=False)), ("json", json.dumps(document, indent=2))):
            path = folder / f"openapi{operations}.{ending}"
            path.write_text(text, encoding="utf-8")
            theirs = (sys.executable, "-c", YAML, str(path))
            size = f"{ending}, {operations:3} operations, {len(text) // 1000:3} KB"
            yield Work(f"extract {size}", (*vtl, "extract", str(path)), theirs, 10)
            yield Work(f"lint    {size}", (*vtl, "lint", "--exit-zero", str(path)), theirs, 10)
    for integrations in (1, 30):
        path = folder / str(integrations) / "main.tf"
        path.parent.mkdir()
        path.write_text(terraform(integrations), encoding="utf-8")
        theirs = (sys.executable, "-c", HCL, str(path))
        yield Work(f"extract tf,   {integrations:3} integrations", (*vtl, "extract", str(path)), theirs, 2)
    full, empty = folder / "full", folder / "empty"
    full.mkdir(), empty.mkdir()
    for number in range(200):
        (full / f"values{number}.yaml").write_text(f"service:\n  name: s{number}\n  replicas: [1, 2, 3]\n" * 20, encoding="utf-8")
    yield Work("lint    200 files without templates", (*vtl, "lint", str(full)), (*vtl, "lint", str(empty)), 1.5)


def _seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    passed = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr.decode(errors='replace')}")
    return passed


def main() -> int:
    """Prints the table; 1 when a ratio is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    missed = 0
    print(f"{'work':42} {'ours, ms':>9} {'peer, ms':>9} {'ratio':>6}  at most")
    with tempfile.TemporaryDirectory() as folder:
        for work in works(Path(folder)):
            figures = [(_seconds(work.ours), _seconds(work.theirs)) for _ in range(options.rounds)]
            ours, theirs = (statistics.median(times) for times in zip(*figures, strict=True))
            missed += ours / theirs > work.at_most
            print(f"{work.name:42} {ours * 1e3:9.0f} {theirs * 1e3:9.0f} {ours / theirs:6.2f}  {work.at_most:g}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
