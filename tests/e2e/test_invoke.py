"""`vtl invoke` as a command: the answer, its head, files, logs, traces, replays, mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.commands import vtl
from tests.e2e.servers import mock, write_api


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    http = {
        "type": "http",
        "httpMethod": "POST",
        "uri": "https://backend.test/{id}",
        "requestParameters": {"integration.request.path.id": "method.request.path.id"},
        "requestTemplates": {"application/json": '{"got": $input.json("$")}'},
        "responses": {"default": {"statusCode": "200", "responseTemplates": {"application/json": "$input.json('$.made')"}}},
    }
    paths = {
        "/mock": {"get": mock('{"stage": "$context.stage", "v": "$stageVariables.v"}')},
        "/bad": {"get": mock("\n$input.path('$[')")},
        "/http/{id}": {"post": {"responses": {"200": {"description": "ok"}}, "x-amazon-apigateway-integration": http}},
    }
    write_api(tmp_path / "api.json", paths)
    (tmp_path / "answer.json").write_text('{"made": {"x": 1}}')
    (tmp_path / "image.bin").write_bytes(b"\x89PNG\0\xff")
    return tmp_path


def test_the_body_goes_to_standard_output_and_nothing_else(folder: Path) -> None:
    done = vtl("invoke", "api.json", "GET", "/mock", "--stage", "dev", "-s", "v=1", folder=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, b'{"stage": "dev", "v": "1"}', b"")
    assert vtl("invoke", "api.json", "get", "/dev/mock", "--stage", "dev", folder=folder).stdout.startswith(b'{"stage": "dev"')


def test_the_head_is_as_curl_prints_it(folder: Path) -> None:
    lines = vtl("invoke", "api.json", "GET", "/mock", "-i", folder=folder).stdout.split(b"\r\n")
    assert lines[0] == b"HTTP/1.1 200 OK"
    assert b"Content-Type: application/json" in lines
    assert lines[-2] == b""


def test_a_backend_is_a_file_and_the_trace_shows_every_step(folder: Path) -> None:
    done = vtl("invoke", "api.json", "POST", "/http/7", "-d", '{"a": 1}', "-b", "https://*=answer.json", "--trace", folder=folder)
    assert (done.returncode, done.stdout) == (0, b'{"x":1}')
    trace = done.stderr.decode()
    for words in ("routing", "POST /http/{id}", "https://backend.test/7", '{"got": {"a":1}}', "integration response 200", " ms"):
        assert words in trace


def test_the_log_is_that_of_aws(folder: Path) -> None:
    done = vtl("invoke", "api.json", "POST", "/http/7", "-d", "{}", "-b", "https://*=answer.json", "--log", folder=folder)
    lines = done.stderr.decode().splitlines()
    assert lines[0].startswith("Execution log for request ")
    assert " UTC " in lines[1]
    assert any(line.endswith("Method completed with status: 200") for line in lines)
    (folder / "own.log").write_bytes(done.stderr)
    replayed = vtl("invoke", "api.json", "--from-log", "own.log", folder=folder)
    assert (replayed.returncode, replayed.stdout[:6]) == (0, b"equal:")


def test_a_replay_tells_what_differs(folder: Path) -> None:
    log = (
        "Execution log for request r1\nTue Jan 01 00:00:00 UTC 2030 : Starting execution for request: r1\n"
        "Tue Jan 01 00:00:00 UTC 2030 : HTTP Method: POST, Resource Path: /http/9\n"
        "Tue Jan 01 00:00:00 UTC 2030 : Method request path: {id=9}\n"
        "Tue Jan 01 00:00:00 UTC 2030 : Method request query string: {}\n"
        "Tue Jan 01 00:00:00 UTC 2030 : Method request headers: {Content-Type=application/json}\n"
        'Tue Jan 01 00:00:00 UTC 2030 : Method request body before transformations: {"b": 2}\n'
        'Tue Jan 01 00:00:00 UTC 2030 : Endpoint request body after transformations: {"got": {"b":2}}\n'
        "Tue Jan 01 00:00:00 UTC 2030 : Received response. Status: 200, Integration latency: 3 ms\n"
        'Tue Jan 01 00:00:00 UTC 2030 : Endpoint response body before transformations: {"made": 5}\n'
        "Tue Jan 01 00:00:00 UTC 2030 : Method response body after transformations: 6\n"
        "Tue Jan 01 00:00:00 UTC 2030 : Method completed with status: 200\n"
    )
    (folder / "aws.log").write_text(log)
    done = vtl("invoke", "api.json", "--from-log", "aws.log", folder=folder)
    assert done.returncode == 1
    assert done.stdout == b"Method response body after transformations:\n  AWS:  6\n  here: 5\n"


def test_a_replay_compares_no_events_and_nothing_behind_a_cut(folder: Path) -> None:
    uri = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:1:function:fn/invocations"
    integration = {"type": "aws_proxy", "httpMethod": "POST", "uri": uri}
    write_api(folder / "function.json", {"/f": {"post": {"x-amazon-apigateway-integration": integration}}})
    (folder / "result.json").write_text(json.dumps({"statusCode": 201, "body": "x" * 900}))
    done = vtl("invoke", "function.json", "POST", "/f", "-d", "{}", "-b", "lambda:*=result.json", "--log", folder=folder)
    log = done.stderr.decode()
    (folder / "own.log").write_text(log)
    whole = vtl("invoke", "function.json", "--from-log", "own.log", folder=folder)
    assert (whole.returncode, whole.stdout) == (
        0,
        b"equal: Method response body after transformations, Method completed with status\n",
    )
    marked = "Method response body after transformations: "
    for body, status in (("x" * 20 + " [TRUNCATED]", 0), ("x" * 20, 1), ("y [TRUNCATED]", 1)):
        (folder / "own.log").write_text(log.replace(marked + "x" * 900, marked + body))
        assert vtl("invoke", "function.json", "--from-log", "own.log", folder=folder).returncode == status


def test_a_template_that_fails_is_told_at_its_place(folder: Path) -> None:
    done = vtl("invoke", "api.json", "GET", "/bad", folder=folder)
    assert (done.returncode, done.stdout) == (1, b'{"message": "Internal server error"}')
    assert b"api.json:1:" in done.stderr
    assert b"$input.path('$[')" in done.stderr


def test_binary_goes_into_a_file(folder: Path) -> None:
    api = json.loads((folder / "api.json").read_text())
    api["paths"]["/image"] = {
        "get": {"x-amazon-apigateway-integration": {"type": "http_proxy", "httpMethod": "GET", "uri": "https://i.test/"}}
    }
    (folder / "api.json").write_text(json.dumps(api))
    done = vtl("invoke", "api.json", "GET", "/image", "-b", "https://i.test/=image.bin", "-o", "out.bin", folder=folder)
    assert (done.returncode, (folder / "out.bin").read_bytes()) == (0, b"\x89PNG\0\xff")


def test_what_handlers_print_is_not_the_answer(folder: Path) -> None:
    lines = ["import vtl", "print('imported')", "def call(request):", "    print('called')"]
    lines += ["    return vtl.HttpResponse(200, [], b'{\"made\": 1}')"]
    (folder / "talking.py").write_text("\n".join(lines))
    done = vtl("invoke", "api.json", "POST", "/http/7", "-d", "{}", "-b", "https://*=talking:call", folder=folder)
    assert (done.returncode, done.stdout) == (0, b"1")
    assert done.stderr.split() == [b"imported", b"called"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["none.json", "GET", "/"], b"no such file"),
        (["api.json"], b"METHOD and PATH are needed"),
        (["api.json", "GET", "/mock", "-b", "nonsense"], b"PATTERN=TARGET"),
        (["api.json", "GET", "/mock", "-b", "x=nowhere:nothing"], b"nowhere"),
        (["api.json", "GET", "/mock", "-d", "@none"], b"none"),
        (["api.json", "GET", "/mock", "--authorize", "none.json"], b"none.json"),
        (["api.json", "GET", "/mock", "-b", "x=ftp://host/"], b"no address with http://"),
        (["api.json", "GET", "/mock", "--api", "other"], b"no REST API named 'other'"),
        (["api.json", "--from-log", "answer.json"], b"log"),
    ],
)
def test_mistakes_are_told_in_words(folder: Path, arguments: list[str], words: bytes) -> None:
    done = vtl("invoke", *arguments, folder=folder)
    assert done.returncode == 2
    assert words in done.stderr
    assert b"Traceback" not in done.stderr
