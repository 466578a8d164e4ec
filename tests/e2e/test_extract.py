"""`vtl extract`, and the names that it lists as TEMPLATE of other commands."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.e2e.commands import ROOT, vtl

LINT = ROOT / "samples" / "lint"


def test_every_template_is_listed_with_its_place_and_name() -> None:
    done = vtl("extract", ".", folder=LINT)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.decode().splitlines()
    assert "openapi.yaml:19:13: POST /pets request application/json" in lines
    assert "serverless/serverless.yml:16:34: POST /greetings request application/json" in lines
    for line in lines:
        name, number, column = re.match(r"(.+?):(\d+):(\d+): ", line).groups()  # type: ignore[union-attr]
        assert (LINT / name).read_text(encoding="utf-8").splitlines()[int(number) - 1][int(column) - 1 :]


def test_each_listed_name_and_place_names_its_template() -> None:
    found = json.loads(vtl("extract", ".", "--format", "json", folder=LINT).stdout)
    assert len(found) == 6
    for each in found:
        for name in (f"{each['file']}:{each['line']}:{each['column']}", f"{each['file']}#{each['name']}"):
            done = vtl("render", name, "--format", "json", folder=LINT)
            assert done.returncode == 0, done.stderr


def test_json_has_site_and_text() -> None:
    done = vtl("extract", "terraform", "--format", "json", folder=LINT)
    (found,) = json.loads(done.stdout)
    assert found["text"].startswith("## The queue takes a form.\nAction=SendMessage")
    assert found["site"]["address"] == "aws_api_gateway_integration.post"
    assert (found["direction"], found["contentType"], found["kind"]) == ("request", "application/json", "mapping")


def test_templates_are_written_out(tmp_path: Path) -> None:
    done = vtl("extract", str(LINT), "--output-dir", "out/new", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    written = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "out" / "new").iterdir()}
    assert len(written) == len(done.stdout.decode().splitlines()) == 6
    assert written["POST-pets-request.json.vtl"].startswith('{\n  "TableName": "pets",')
    assert done.stdout.decode().startswith("out/new/POST-pets-request.json.vtl  ")


def test_equal_names_get_numbers(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "openapi.yaml").write_bytes((LINT / "openapi.yaml").read_bytes())
    done = vtl("extract", ".", "--output-dir", "out", "--format", "json", folder=tmp_path)
    names = [each["output"] for each in json.loads(done.stdout)]
    assert "out/POST-pets-request.json.vtl" in names
    assert "out/POST-pets-request-2.json.vtl" in names


def test_errors_point_at_the_document(tmp_path: Path) -> None:
    text = (LINT / "openapi.yaml").read_text(encoding="utf-8").replace('$context.requestId"},', '$context.requestId"}, #if($x)')
    (tmp_path / "api.yaml").write_text(text, encoding="utf-8")
    done = vtl("render", "api.yaml#request", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.decode().startswith("api.yaml:22:52: error: #if has no #end\n")


def test_a_response_template_takes_the_body_as_the_answer(tmp_path: Path) -> None:
    request = tmp_path / "request.json"
    request.write_text('{"response": {"body": {"Items": [1]}}, "body": "no"}', encoding="utf-8")
    done = vtl("render", "sam/template.yaml#GET response", "--request", str(request), folder=LINT)
    assert b'{"number": 1},' in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["none"], 2, "no such file or folder: 'none'"),
        (["openapi.yaml", "--output-dir", "openapi.yaml"], 2, "cannot write into 'openapi.yaml'"),
        (["commands.json"], 0, "no templates found"),
    ],
)
def test_what_cannot_be_done_is_told(arguments: list[str], status: int, told: str) -> None:
    done = vtl("extract", *arguments, folder=LINT)
    assert done.returncode == status
    assert told in done.stderr.decode()
    assert done.stdout == b""


def test_a_broken_document_is_told_and_the_rest_listed(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("openapi: 3.0.1\npaths: [\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_bytes((LINT / "openapi.yaml").read_bytes())
    done = vtl("extract", ".", folder=tmp_path)
    assert done.returncode == 1
    assert b"a.yaml:" in done.stderr
    assert b"b.yaml:19:13: POST /pets" in done.stdout
