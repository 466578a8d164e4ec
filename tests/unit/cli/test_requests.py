"""Request files of every form: recognised, read, refused."""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtl.cli.render_request import RenderRequest
from vtl.cli.requests import read_request
from vtl.errors import InputError, MissingExtra, VtlError

ROOT = Path(__file__).resolve().parents[3]


def read(folder: Path, text: str | bytes, name: str = "request.json") -> RenderRequest:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_request(str(path))


OWN = {
    "method": "post",
    "resource": "/pets/{id}",
    "path": {"id": 7},
    "query": {"a": ["1", "2"], "b": True, "c": None},
    "headers": {"X-A": 1.50},
    "context": {"authorizer": {"principalId": "ada"}, "n": 5},
    "stageVariables": {"table": "t"},
    "variables": {"v": [1, 2.5]},
    "body": {"name": "Ada", "n": [1, None, True]},
}


def test_our_own_form(tmp_path: Path) -> None:
    assert read(tmp_path, json.dumps(OWN)) == RenderRequest(
        body='{"name":"Ada","n":[1,null,true]}',
        answer='{"name":"Ada","n":[1,null,true]}',
        path={"id": "7"},
        query={"a": "2", "b": "true"},
        headers={"X-A": "1.5"},
        context={"httpMethod": "POST", "resourcePath": "/pets/{id}", "authorizer": {"principalId": "ada"}, "n": 5},
        stage_variables={"table": "t"},
        variables={"v": [1, 2.5]},
    )


def test_the_names_of_the_library_are_taken_too(tmp_path: Path) -> None:
    text = '{"params": {"path": {"a": "1"}, "querystring": {"b": "2"}, "header": {"c": "3"}}, "stage_variables": {"d": "4"}}'
    found = read(tmp_path, text)
    assert (found.path, found.query, found.headers, found.stage_variables) == ({"a": "1"}, {"b": "2"}, {"c": "3"}, {"d": "4"})
    found = read(tmp_path, '{"querystring": {"b": "2"}, "header": {"c": "3"}, "path": "/x/1"}')
    assert (found.query, found.headers, found.context) == ({"b": "2"}, {"c": "3"}, {"path": "/x/1"})


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('"plain"', "plain"),
        ("null", None),
        ("[1.10, 1e400, 12345678901234567890.5]", "[1.10,1e400,12345678901234567890.5]"),
        ("17", "17"),
        ("{}", "{}"),
        ("[]", "[]"),
        ('{"é": "\\u00e9\\n"}', '{"é":"é\\n"}'),
    ],
)
def test_a_body_keeps_its_numbers_and_texts(tmp_path: Path, body: str, expected: str | None) -> None:
    assert read(tmp_path, f'{{"body": {body}}}').body == expected


@pytest.mark.parametrize(
    ("response", "answer"),
    [('{"status": 200, "body": {"a": 1}}', '{"a":1}'), ('{"a": 1}', '{"a":1}'), ('"text"', "text"), ('{"body": "x"}', "x")],
)
def test_the_answer_of_the_backend(tmp_path: Path, response: str, answer: str) -> None:
    found = read(tmp_path, f'{{"body": "sent", "response": {response}}}')
    assert (found.body, found.answer) == ("sent", answer)


def test_a_lambda_proxy_event(tmp_path: Path) -> None:
    event: dict[str, Any] = {
        "resource": "/pets/{id}",
        "path": "/pets/7",
        "httpMethod": "PUT",
        "headers": {"A": "2"},
        "multiValueHeaders": {"A": ["1", "2"], "B": ["3"]},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "pathParameters": {"id": "7"},
        "stageVariables": None,
        "requestContext": {"stage": "prod", "identity": {"user": None}, "requestTimeEpoch": 1},
        "body": "w6k=",
        "isBase64Encoded": True,
    }
    assert read(tmp_path, json.dumps(event)) == RenderRequest(
        body="é".encode(),
        path={"id": "7"},
        headers={"A": "2", "B": "3"},
        context={
            "httpMethod": "PUT",
            "resourcePath": "/pets/{id}",
            "path": "/prod/pets/7",
            "stage": "prod",
            "identity": {"user": None},
            "requestTimeEpoch": 1,
        },
    )
    assert read(tmp_path, json.dumps({**event, "isBase64Encoded": False})).body == "w6k="


def test_an_event_of_an_http_api(tmp_path: Path) -> None:
    http = {"method": "GET", "path": "/prod/pets", "sourceIp": "203.0.113.1", "userAgent": "me", "protocol": "HTTP/1.1"}
    event = {
        "version": "2.0",
        "routeKey": "GET /pets",
        "rawPath": "/prod/pets",
        "queryStringParameters": {"a": "1,2"},
        "requestContext": {"http": http, "stage": "prod", "time": "t", "timeEpoch": 5},
    }
    found = read(tmp_path, json.dumps(event))
    assert found.query == {"a": "1,2"}
    assert found.context == {
        "httpMethod": "GET",
        "resourcePath": "/pets",
        "path": "/prod/pets",
        "stage": "prod",
        "identity": {"sourceIp": "203.0.113.1", "userAgent": "me"},
        "requestTime": "t",
        "requestTimeEpoch": 5,
    }


def entry(number: int, **request: object) -> dict[str, Any]:
    sent = {"method": "POST", "url": f"https://h.example/p/{number}?q=a%20b", "headers": [], **request}
    return {"request": sent, "response": {"content": {"text": "eyJhIjoxfQ==", "encoding": "base64"}}}


def test_a_har_file_and_its_entries(tmp_path: Path) -> None:
    text = json.dumps({"log": {"entries": [entry(1), entry(2, postData={"text": "{}"})]}})
    first = read(tmp_path, text, "session.har")
    assert first.context["path"] == "/p/1"
    assert first.warnings == ("the HAR file has 2 entries, and the first is taken; name another as FILE#2",)
    second = read_request(f"{tmp_path / 'session.har'}#2")
    assert (second.context["path"], second.query, second.body, second.warnings) == ("/p/2", {"q": "a b"}, "{}", ())
    assert second.answer == b'{"a":1}'
    with pytest.raises(InputError, match="it has no HAR entry 3"):
        read_request(f"{tmp_path / 'session.har'}#3")


def test_a_single_har_entry(tmp_path: Path) -> None:
    headers = [
        {"name": ":method", "value": "POST"},
        {"name": "cookie", "value": "a=1"},
        {"name": "cookie", "value": "b=2"},
        {"name": "x", "value": "1"},
        {"name": "X", "value": "2"},
    ]
    found = read(tmp_path, json.dumps(entry(1, headers=headers, postData={"params": [{"name": "a", "value": "b c"}]})))
    assert (found.headers, found.body) == ({"cookie": "a=1; b=2", "X": "2"}, "a=b+c")
    only_request = entry(1, url="https://h.example/", queryString=[{"name": "n", "value": "v"}])["request"]
    assert read(tmp_path, json.dumps(only_request)).query == {"n": "v"}


def test_a_curl_command_and_a_log(tmp_path: Path) -> None:
    assert read(tmp_path, "\n  curl http://h/p -d a=1\n", "request.sh").body == "a=1"
    assert read(tmp_path, "Method request path: {a=1}\n", "request.log").path == {"a": "1"}


def test_yaml(tmp_path: Path) -> None:
    pytest.importorskip("yaml")
    text = "path: {id: 7}\nheaders:\n  on: yes\ncontext:\n  day: 2025-01-01\nbody:\n  a: [1, 2.5, null]\n  when: 2025-01-01\n"
    for name in ("request.yaml", "request.yml", "request"):
        found = read(tmp_path, text, name)
        assert (found.path, found.headers, found.context) == ({"id": "7"}, {"true": "true"}, {"day": "2025-01-01"})
        assert found.body == '{"a":[1,2.5,null],"when":"2025-01-01"}'


def test_yaml_needs_an_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(MissingExtra) as caught:
        read(tmp_path, "body: x\n", "request.yaml")
    assert caught.value.message == "'yaml' is not installed: it comes with the extra 'loaders'"
    assert caught.value.hint == "pip install 'vtl-toolkit[loaders]'"


def test_yaml_that_would_grow_without_end_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("yaml")
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))
    with pytest.raises(InputError, match=r"its body has more than 1,000,000 values"):
        read(tmp_path, "body:\n" + "".join(f"  {line}\n" for line in bomb.splitlines()), "request.yaml")
    with pytest.raises(InputError, match="its YAML refers to itself"):
        read(tmp_path, "body: &a [*a]\n", "request.yaml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it is empty"),
        ("hello", "it is no request"),
        ("[1]", "it is no request"),
        ('{"qurey": {}}', "it has a key 'qurey' that is not known"),
        ('{"query": []}', "its query is no object but a list"),
        ('{"query": {"a": {}}}', "its query.a is no text but an object"),
        ('{"headers": "x"}', "its headers is no object but a text"),
        ('{"context": 5}', "its context is no object but a number"),
        ('{"httpMethod": "GET", "body": {}}', "its body is no text"),
        ('{"isBase64Encoded": true, "body": "%%"}', "its body is not base64, although isBase64Encoded says so"),
        ('{"requestContext": 5}', "its requestContext is no object"),
        ('{"log": {"entries": []}}', "it has no HAR entry 1"),
        ('{"log": {"entries": [5]}}', "its HAR entry 1 is no object"),
        ('{"request": {"url": []}}', "its HAR entry has no request with a URL"),
        ('{"request": {"url": "x", "headers": {}}}', "its headers are no list of names and values"),
        ("curl -s", "its curl command has no URL"),
        ("body: [", "it is not YAML: expected the node content, but found '<stream end>' (line 1, column 8)"),
        ("body: !!set {a}", "it has a YAML value that JSON lacks: set"),
        ("[" * 100_000, "it is nested too deeply"),
        (f'{{"context": {{"n": {"9" * 5000}}}}}', "it has an integer of more than 4,300 digits"),
    ],
)
def test_files_that_are_refused(tmp_path: Path, text: str, message: str) -> None:
    pytest.importorskip("yaml")
    with pytest.raises(InputError) as caught:
        read(tmp_path, text, "request")
    assert caught.value.message == f"the request '{tmp_path / 'request'}': {message}"


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [('{"body":\n 1,}', "it is not JSON: a comma before `}`", (2, 3)), ("\ncurl 'x", "a quote is not closed", (2, 6))],
)
def test_files_that_are_refused_with_a_place(tmp_path: Path, text: str, message: str, place: tuple[int, int]) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text, "request")
    assert caught.value.message == f"the request: {message}"
    assert (caught.value.file, caught.value.line, caught.value.column) == (str(tmp_path / "request"), *place)


def test_a_wrong_key_gets_a_hint(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, '{"qurey": {}}')
    assert caught.value.hint == "did you mean 'query'?"


def test_encodings(tmp_path: Path) -> None:
    assert read(tmp_path, b'\xef\xbb\xbf{"body": "\xc3\xa9"}').body == "é"
    with pytest.raises(InputError, match=r"is not UTF-8: byte 0xff at offset 13 \(line 2\)"):
        read(tmp_path, b'{"body":\n   "\xff"}')
    with pytest.raises(InputError, match="is UTF-16"):
        read(tmp_path, '{"body": 1}'.encode("utf-16"))


SAMPLES = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "samples/rest-json/requests").iterdir())]


@given(st.sampled_from(SAMPLES), st.data())
def test_a_damaged_file_is_read_or_refused_in_words(text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(text)))
        piece = data.draw(st.text(alphabet="{}[]:,\"'\\$ \n=-dHX@#&*!|<>%0é\x00", max_size=3))
        text = text[:start] + piece + text[start + data.draw(st.integers(0, 8)) :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "request"
        path.write_bytes(text.encode())
        with suppress(VtlError):
            assert isinstance(read_request(str(path)), RenderRequest)
