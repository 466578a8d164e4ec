"""A browser on another origin calls the API: preflight, headers, `--origin`; Chromium itself decides what its page may see."""

from __future__ import annotations

import functools
import html
import http.server
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.servers import mock, serving, write_api

pytestmark = pytest.mark.slow

PAGE = """<!doctype html><title>t</title><pre id="out">waiting</pre><script>
const call = async (path, init) => {
  try {
    const answer = await fetch(BASE + path, init);
    return [answer.status, await answer.text()];
  } catch (error) {
    return String(error);
  }
};
(async () => {
  const json = {method: "PUT", headers: {"Content-Type": "application/json", "X-Own": "1"}, body: '{"a": 1}'};
  const out = {open: await call("/open", json), closed: await call("/closed", json), missing: await call("/none", json)};
  document.getElementById("out").textContent = JSON.stringify(out);
})();
</script>"""


@pytest.fixture
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium is installed")
    return found


def _preflight(origin: str) -> dict[str, Any]:
    """An OPTIONS method as AWS's console makes it."""
    operation = mock("")
    values = {"Origin": origin, "Methods": "OPTIONS,PUT", "Headers": "Content-Type,X-Own"}
    headers = {f"Access-Control-Allow-{name}": {"schema": {"type": "string"}} for name in values}
    operation["responses"] = {"200": {"description": "ok", "headers": headers}}
    response = operation["x-amazon-apigateway-integration"]["responses"]["default"]
    response["responseParameters"] = {
        f"method.response.header.Access-Control-Allow-{name}": f"'{value}'" for name, value in values.items()
    }
    return operation


def _put(origin: str) -> dict[str, Any]:
    return mock(f"#set($context.responseOverride.header.Access-Control-Allow-Origin = '{origin}')hello")


def _api(path: Path, origin: str) -> None:
    failures = {"DEFAULT_4XX": {"responseParameters": {"gatewayresponse.header.Access-Control-Allow-Origin": f"'{origin}'"}}}
    paths = {"/open": {"options": _preflight(origin), "put": _put(origin)}, "/closed": {"put": mock("secret")}}
    write_api(path, paths, **{"x-amazon-apigateway-gateway-responses": failures})


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A server for the page, on an origin of its own."""
    folder = tmp_path / "site"
    folder.mkdir()
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", folder
        server.shutdown()


def _seen(chromium: str, page: str, profile: Path) -> Any:
    """What the page wrote when all of its calls had ended."""
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-component-update"]
    quiet = ["--disable-background-networking", "--disable-sync", f"--user-data-dir={profile}", "--virtual-time-budget=15000"]
    done = subprocess.run(
        [chromium, *flags, *quiet, "--dump-dom", page], capture_output=True, text=True, timeout=120, check=False
    )
    found = re.search(r'<pre id="out">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found, done.stderr[-2000:]
    return json.loads(html.unescape(found[1]))


@pytest.mark.parametrize("origin", ["*", "https://app.example.com"])
def test_a_page_from_another_origin(chromium: str, site: tuple[str, Path], tmp_path: Path, origin: str) -> None:
    url, folder = site
    _api(tmp_path / "api.json", origin)
    real = ["--origin", f"{url}={origin}"] if origin != "*" else []
    with serving(tmp_path, "api.json", "--log-format", "none", *real) as server:
        (folder / "page.html").write_text(PAGE.replace("BASE", f'"http://127.0.0.1:{server.port}/test"'))
        seen = _seen(chromium, f"{url}/page.html", tmp_path / "profile")
    assert seen["open"] == [200, "hello"]
    assert seen["closed"] == "TypeError: Failed to fetch"
    assert seen["missing"] == "TypeError: Failed to fetch"


def test_without_the_option_the_real_origin_is_not_the_local_one(chromium: str, site: tuple[str, Path], tmp_path: Path) -> None:
    url, folder = site
    _api(tmp_path / "api.json", "https://app.example.com")
    with serving(tmp_path, "api.json", "--log-format", "none") as server:
        (folder / "page.html").write_text(PAGE.replace("BASE", f'"http://127.0.0.1:{server.port}/test"'))
        seen = _seen(chromium, f"{url}/page.html", tmp_path / "profile")
    assert seen["open"] == "TypeError: Failed to fetch"
