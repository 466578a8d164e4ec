"""`vtl cors` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

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
