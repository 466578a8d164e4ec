"""`vtl cors` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from vtl.cli import main

RESPONSES = {
    kind: {"responseParameters": {"gatewayresponse.header.Access-Control-Allow-Origin": "'*'"}}
    for kind in ("DEFAULT_4XX", "DEFAULT_5XX")
}
API = {
    "openapi": "3.0.1",
    "info": {"title": "Pets", "version": "7"},
    "x-amazon-apigateway-gateway-responses": RESPONSES,
    "paths": {
        "/": {
            "get": {
                "x-amazon-apigateway-integration": {
                    "type": "aws_proxy",
                    "httpMethod": "POST",
                    "uri": "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                    "arn:aws:lambda:us-east-1:123456789012:function:list/invocations",
                }
            }
        }
    },
}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["cors", *arguments])


def test_what_only_the_backend_knows_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "api.json"
    file.write_text(json.dumps(API), encoding="utf-8")
    done = run(str(file))
    assert done.exit_code == 0, done.output
    assert "info[cors-backend]" in done.stdout
    assert done.stdout.endswith("Nothing is missing.\n")


def test_a_stand_in_is_asked(tmp_path: Path) -> None:
    file, answer = tmp_path / "api.json", tmp_path / "list.json"
    file.write_text(json.dumps(API), encoding="utf-8")
    answer.write_text('{"statusCode": 200}', encoding="utf-8")
    done = run(str(file), "--backend", f"lambda:list={answer}", "--format", "json")
    assert done.exit_code == 1
    (found,) = json.loads(done.stdout)
    assert (found["code"], found["severity"], found["file"]) == ("cors-origin", "error", str(file))
    answer.write_text('{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}}', encoding="utf-8")
    done = run(str(file), "--backend", f"lambda:list={answer}", "--format", "json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, [])


def test_wrong_usage(tmp_path: Path) -> None:
    assert run(str(tmp_path / "absent.json")).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--origin", "app.example.com"], "no origin"),
        (["--origin", "https://a.test/path"], "no origin"),
        (["-H", "X Key"], "no name of a header"),
        (["-H", "X-Key: 1"], "no name of a header"),
    ],
)
def test_what_no_browser_sends(tmp_path: Path, arguments: list[str], words: str) -> None:
    file = tmp_path / "api.json"
    file.write_text(json.dumps(API), encoding="utf-8")
    done = run(str(file), *arguments)
    assert (done.exit_code, words in done.stderr) == (2, True)
    assert run(str(file), "--origin", "null").exit_code == 0
    assert run(str(file), "--origin", "https://a.test:8443").exit_code == 0
    asked = run(str(file), "-H", "X-Key")
    assert (asked.exit_code, "cors-no-preflight" in asked.stdout) == (1, True)
