"""`vtl export` on the command line, and how an API is chosen."""

from __future__ import annotations

import json
from pathlib import Path

import yaml
from click.testing import CliRunner, Result

from vtl.cli import main

API = {
    "openapi": "3.0.1",
    "info": {"title": "Pets", "version": "7"},
    "paths": {"/": {"get": {"responses": {"200": {}}, "x-amazon-apigateway-integration": {"type": "mock"}}}},
}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["export", *arguments])


def file(folder: Path, document: object = API, name: str = "api.json") -> str:
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def test_the_document_is_printed(tmp_path: Path) -> None:
    done = run(file(tmp_path), "--to", "swagger", "--stage", "dev", "--extensions", "integrations")
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["basePath"] == "/dev"
    assert found["paths"]["/"]["get"]["x-amazon-apigateway-integration"]["type"] == "mock"


def test_as_yaml(tmp_path: Path) -> None:
    name = file(tmp_path)
    assert yaml.safe_load(run(name, "--format", "yaml").stdout) == json.loads(run(name).stdout)


def test_one_of_several_apis(tmp_path: Path) -> None:
    file(tmp_path)
    file(tmp_path, {**API, "info": {"title": "Cars", "version": "1"}}, "cars.json")
    refused = run(str(tmp_path))
    assert refused.exit_code == 2
    assert "holds 2 REST APIs" in refused.stderr
    assert "'Cars'" in refused.stderr
    assert json.loads(run(str(tmp_path), "--api", "Cars").stdout)["info"]["title"] == "Cars"
    unknown = run(str(tmp_path), "--api", "Crs")
    assert unknown.exit_code == 2
    assert "did you mean 'Cars'?" in unknown.stderr


def test_nothing_to_export(tmp_path: Path) -> None:
    for name, words in ((file(tmp_path, {"a": 1}), "no REST API"), (str(tmp_path / "absent"), "no such file")):
        done = run(name)
        assert done.exit_code == 2
        assert words in done.stderr
        assert not done.stdout
