"""Which API of a file or folder a command works on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vtl.cli.apis import load_api
from vtl.errors import InputError


def write(folder: Path, title: str, **more: object) -> Path:
    document = {"openapi": "3.0.1", "info": {"title": title}, "paths": {"/": {"get": {}}}, **more}
    path = folder / f"{title}.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_the_only_one_needs_no_name(tmp_path: Path) -> None:
    assert load_api(str(write(tmp_path, "Pets"))).name == "Pets"


def test_one_of_several_by_name(tmp_path: Path) -> None:
    write(tmp_path, "Pets")
    write(tmp_path, "Cars")
    assert load_api(str(tmp_path), "Cars").name == "Cars"
    with pytest.raises(InputError, match="holds 2 REST APIs") as caught:
        load_api(str(tmp_path))
    assert caught.value.hint == "choose one with --api: 'Cars', 'Pets'"
    with pytest.raises(InputError) as caught:
        load_api(str(tmp_path), "Carts")
    assert caught.value.hint == "did you mean 'Cars'?"


def test_none_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InputError, match="no such file"):
        load_api(str(tmp_path / "absent"))
    with pytest.raises(InputError, match="holds no REST API"):
        load_api(str(tmp_path))
    http = write(tmp_path, "Http", **{"x-amazon-apigateway-importexport-version": "1.0"})
    with pytest.raises(InputError, match="an API of another kind"):
        load_api(str(http))
    broken = tmp_path / "broken.json"
    broken.write_text('{"openapi": "3.0.1", "paths": {', encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        load_api(str(broken))
    assert "broken.json:1" in capsys.readouterr().err
