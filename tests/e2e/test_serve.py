"""`vtl serve` as a process: requests, several APIs, reloading, logs, broken documents, its end."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from tests.e2e.commands import vtl
from tests.e2e.servers import mock, serving, write_api


def test_an_api_answers_with_and_without_its_stage(tmp_path: Path) -> None:
    write_api(tmp_path / "pets.json", {"/pets/{id}": {"get": mock('{"id": "$input.params(\'id\')"}')}})
    with serving(tmp_path, "pets.json", "--log-format", "json") as server:
        for path in ("/pets/1?x=1", "/test/pets/1"):
            status, headers, body = server.ask("GET", path)
            assert (status, body) == (200, b'{"id": "1"}')
            assert headers["content-type"] == "application/json"
            assert "x-amzn-requestid" in headers
        assert server.ask("GET", "/none")[0] == 403
        assert server.ask("HEAD", "/pets/1")[0] == 403
        line = json.loads(server.line('"status": 403'))
        assert (line["method"], line["path"], line["api"]) == ("GET", "/none", "pets")
        assert json.loads(server.ask("GET", "/_vtl/health")[2])["status"] == "ok"


def test_several_apis_by_name_host_and_route(tmp_path: Path) -> None:
    write_api(tmp_path / "a.json", {"/x": {"get": mock("a")}})
    write_api(tmp_path / "b.json", {"/x": {"get": mock("b")}, "/y": {"get": mock("y")}})
    with serving(tmp_path, "a.json", "b.json", "--log-format", "none") as server:
        assert server.ask("GET", "/x")[2] == b"a"
        assert server.ask("GET", "/b/test/x")[2] == b"b"
        assert server.ask("GET", "/y")[2] == b"y"
        assert server.ask("GET", "/x", Host="b.localhost")[2] == b"b"


def test_a_changed_file_is_read_again_and_a_broken_one_keeps_the_last_good(tmp_path: Path) -> None:
    api = tmp_path / "api.json"
    write_api(api, {"/x": {"get": mock("one")}})
    with serving(tmp_path, "api.json", "--log-format", "none") as server:
        assert server.ask("GET", "/x")[2] == b"one"
        write_api(api, {"/x": {"get": mock("two, and longer")}})
        server.line("reloaded: api.json")
        assert server.ask("GET", "/x")[2] == b"two, and longer"
        write_api(api, {"/x": {"get": mock("#if($x)")}})
        server.line("the version before goes on serving")
        assert server.ask("GET", "/x")[2] == b"two, and longer"
        health = json.loads(server.ask("GET", "/_vtl/health")[2])
        assert health["status"] == "stale"
        assert "api.json" in health["problems"][0]
        api.write_text('{"openapi": "3.0.1", "x-amazon-apigateway-integration": ')
        server.line("not JSON")
        write_api(api, {"/x": {"get": mock("three")}})
        server.line("reloaded: api.json")
        assert server.ask("GET", "/x")[2] == b"three"
        assert json.loads(server.ask("GET", "/_vtl/health")[2])["status"] == "ok"


def test_all_problems_of_a_document_are_told_at_once(tmp_path: Path) -> None:
    write_api(tmp_path / "api.json", {"/x": {"get": mock("#if($x)"), "post": mock("$x #end")}})
    (tmp_path / "other.json").write_text('{"openapi": "3.0.1", "x-amazon-apigateway-integration": ')
    done = vtl("serve", "api.json", "other.json", "--port", "0", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count(b"error") >= 3
    assert b"Traceback" not in done.stderr


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    write_api(tmp_path / "api.json", {"/x": {"get": mock("x")}})
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = vtl("serve", "api.json", "--port", str(taken.getsockname()[1]), folder=tmp_path)
    assert (done.returncode, b"cannot listen on 127.0.0.1:" in done.stderr) == (2, True)
    assert b"--port 0 takes a free port" in done.stderr
    done = vtl("serve", "api.json", "--host", "192.0.2.1", "--port", "0", folder=tmp_path)
    assert (done.returncode, b"--host takes an address of this machine" in done.stderr) == (2, True)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_in_order_and_listens_on_loopback_only(tmp_path: Path, number: signal.Signals) -> None:
    write_api(tmp_path / "api.json", {"/x": {"get": mock("x")}})
    with serving(tmp_path, "api.json", "--log-format", "none") as server:
        mark = f":{server.port:04X}"
        table = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        assert {line[1] for line in table if line[1].endswith(mark) and line[3] == "0A"} == {f"0100007F{mark}"}
        server.process.send_signal(number)
        assert server.process.wait(timeout=20) == 0


def test_nonsense_on_the_wire_hurts_nobody(tmp_path: Path) -> None:
    headers = {"method.response.header.X-Evil": "method.request.querystring.v"}
    del headers
    template = "#set($context.responseOverride.header.X-Evil = $input.params('v'))x"
    write_api(tmp_path / "api.json", {"/x": {"get": mock(template), "post": mock("$input.path('$[')")}})
    with serving(tmp_path, "api.json", "--log-format", "text") as server:
        for raw in (
            b"GARBAGE\r\n\r\n",
            b"GET /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
            b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf",
            b"GET /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            b"\x16\x03\x01\x02\x00",
        ):
            with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
                connection.sendall(raw)
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(65536):
                    pass
        status, found, _ = server.ask("GET", "/x?v=a%0d%0aSet-Cookie:%20b")
        assert (status, found["x-evil"], "set-cookie" in found) == (200, "a Set-Cookie: b", False)
        status, _, body = server.ask("POST", "/x", b"{", Content_Type="application/json")
        assert (status, body) == (500, b'{"message": "Internal server error"}')
        assert "api.json" in server.line("error")
        assert server.ask("GET", "/x")[0] == 200


def test_the_access_log_is_in_the_format_of_the_stage(tmp_path: Path) -> None:
    stage = {"Type": "AWS::Serverless::Api", "Properties": {"StageName": "dev", "DefinitionBody": {}}}
    body = {"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {"/x": {"get": mock("x")}}}
    stage["Properties"] |= {"DefinitionBody": body, "AccessLogSetting": {"Format": "$context.httpMethod $context.resourcePath"}}  # type: ignore[operator]
    document = {"Transform": "AWS::Serverless-2016-10-31", "Resources": {"Api": stage}}
    (tmp_path / "template.json").write_text(json.dumps(document))
    with serving(tmp_path, "template.json", "--access-log", "--log-format", "none") as server:
        assert server.ask("GET", "/dev/x")[2] == b"x"
        assert server.process.stdout is not None
        assert server.process.stdout.readline() == "GET /x\n"


def test_curl_sees_what_it_would_see_on_aws(tmp_path: Path) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")
    template = '{"agent": "$context.identity.userAgent", "type": "$input.params(\'Content-Type\')", "n": $input.json("$.n")}'
    operation = mock(template)
    operation["x-amazon-apigateway-integration"]["requestTemplates"] = {
        "application/json": "#set($context.requestOverride.path.n = $input.json('$.n')){\"statusCode\": 200}"
    }
    write_api(tmp_path / "api.json", {"/x": {"post": operation}})
    with serving(tmp_path, "api.json", "--log-format", "none") as server:
        url = f"http://127.0.0.1:{server.port}/test/x"
        done = subprocess.run(
            [
                curl,
                "-si",
                "--noproxy",
                "*",
                "--max-time",
                "20",
                url,
                "-d",
                '{"n": 1}',
                "-H",
                "content-type: application/json",
                "-A",
                "me",
            ],
            capture_output=True,
            check=True,
        )
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200")
        assert json.loads(body) == {"agent": "me", "type": "application/json", "n": ""}
