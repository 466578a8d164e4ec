"""`vtl lint --format sarif` beside the schema of SARIF 2.1.0, which comes with a validator that its authors publish for npm."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.e2e.commands import vtl

PACKAGE = "@microsoft/sarif-multitool-linux@5.7.0"
SAMPLES = Path(__file__).parents[2] / "samples"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("sarif")
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed")
    done = subprocess.run(
        [npm, "pack", "--silent", PACKAGE], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )
    if done.returncode:
        pytest.skip(f"{PACKAGE} cannot be had: {done.stderr.strip()[-200:]}")
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        member = archive.extractfile("package/sarif-2.1.0.json")
        assert member is not None
        return json.load(member)


@pytest.mark.parametrize("paths", [["."], ["broken.vtl"], ["nothing"]])
def test_a_log_is_valid(schema: Any, tmp_path: Path, paths: list[str]) -> None:
    shutil.copytree(SAMPLES / "lint", tmp_path / "lint")
    (tmp_path / "broken.vtl").write_text("#if($a\n", encoding="utf-8")
    (tmp_path / "broken.json").write_text('{"openapi": "3.0.1", ', encoding="utf-8")
    (tmp_path / "a b ä.vtl").write_text('{"a": "$input.params(\'a\')",}', encoding="utf-8")
    (tmp_path / "nothing").mkdir()
    log = json.loads(vtl("lint", "--format", "sarif", *paths, folder=tmp_path).stdout)
    jsonschema.validate(log, schema)
    assert (len(log["runs"][0]["results"]) > 0) is (paths != ["nothing"])
    broken = log | {"runs": [{**log["runs"][0], "results": [{"level": "grave"}]}]}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, schema)
