"""curl command lines as requests."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest

from vtl.cli.curl import looks_like_curl, read_curl
from vtl.cli.render_request import RenderRequest
from vtl.errors import InputError

HERE = PurePath()


def read(text: str, folder: PurePath = HERE) -> RenderRequest:
    return read_curl(text, folder=folder)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("curl x", True), ("$ curl x", True), ("curl.exe x", True), ("curl \\\n x", True), ("curly x", False), ("{}", False)],
)
def test_a_command_is_recognised_by_its_first_word(text: str, expected: bool) -> None:
    assert looks_like_curl(text) is expected


@pytest.mark.parametrize(
    ("text", "method", "body"),
    [
        ("curl http://h/p", "GET", None),
        ("curl -X DELETE http://h/p", "DELETE", None),
        ("curl -XPUT http://h/p -d a=1", "PUT", "a=1"),
        ("curl --request PATCH --url http://h/p", "PATCH", None),
        ("curl http://h/p -d a=1 -d b=2", "POST", "a=1&b=2"),
        ("curl http://h/p --data '' ", "POST", ""),
        ("curl http://h/p --data-raw @x", "POST", "@x"),
        ("curl http://h/p --data-urlencode 'a=b c&d' --data-urlencode '=x/y' --data-urlencode z", "POST", "a=b%20c%26d&x%2Fy&z"),
        ("curl http://h/p --json '{\"a\":' --json 1}", "POST", '{"a":1}'),
        ("curl -I http://h/p", "HEAD", None),
        ("curl -sSLk --max-time 5 -o out http://h/p", "GET", None),
        ("curl http://h/p -d a=1 | jq .", "POST", "a=1"),
        ("curl http://h/p; rm x", "GET", None),
        ("curl http://h/p -d a=1 > out.txt", "POST", "a=1"),
        ("curl -- http://h/p", "GET", None),
    ],
)
def test_method_and_body(text: str, method: str, body: str | None) -> None:
    found = read(text)
    assert (found.context["httpMethod"], found.body) == (method, body)


@pytest.mark.parametrize(
    ("quoted", "body"),
    [
        ("'a\"b'", 'a"b'),
        ("'a'\\''b'", "a'b"),
        ('"a\\"b\\\\ \\$x `c` \\n"', 'a"b\\ $x `c` \\n'),
        ('"$TOKEN"', "$TOKEN"),
        ("a\\ b", "a b"),
        ("'two\nlines'", "two\nlines"),
        ("a\\\nb", "ab"),
        ("$'it\\'s \\u0021\\n'", "it's !\n"),
        ("$'\\ud83d\\ude00 \\U0001F600 \\x41 \\101 \\q \\\\'", "😀 😀 A A \\q \\"),
        ("pre$'x'post", "prexpost"),
    ],
)
def test_quoting(quoted: str, body: str) -> None:
    assert read(f"curl http://h --data-raw {quoted}").body == body


def test_line_continuations_and_what_a_browser_copies() -> None:
    text = (
        "curl 'https://abc123.execute-api.eu-west-1.amazonaws.com/prod/pets?q=a%20b&q=c+d' \\\r\n"
        "  -X 'PUT' \\\n  -H 'accept: application/json' \\\n  -H 'user-agent: Mozilla/5.0' \\\n"
        "  -b 'sid=1; theme=dark' \\\n  --data-raw $'{\"name\":\"it\\'s\"}' \\\n  --compressed"
    )
    assert read(text) == RenderRequest(
        body='{"name":"it\'s"}',
        query={"q": "c d"},
        headers={
            "Host": "abc123.execute-api.eu-west-1.amazonaws.com",
            "Content-Type": "application/x-www-form-urlencoded",
            "accept": "application/json",
            "user-agent": "Mozilla/5.0",
            "Cookie": "sid=1; theme=dark",
        },
        context={
            "httpMethod": "PUT",
            "path": "/prod/pets",
            "domainName": "abc123.execute-api.eu-west-1.amazonaws.com",
            "domainPrefix": "abc123",
            "apiId": "abc123",
            "stage": "prod",
            "resourcePath": "/pets",
            "identity": {"userAgent": "Mozilla/5.0"},
        },
    )


def test_get_moves_the_data_into_the_query() -> None:
    found = read("curl -G 'localhost:3000/x?a=1#top' -d b=2 --data-urlencode 'c=d e'")
    assert (found.query, found.body) == ({"a": "1", "b": "2", "c": "d e"}, None)
    assert found.context["path"] == "/x"


def test_headers_that_curl_sends_itself_and_those_that_a_command_takes_away() -> None:
    assert read("curl http://h:8080/").headers == {"Host": "h:8080", "Accept": "*/*"}
    assert read("curl http://h -H Accept: -H 'X-Empty;' -A me -e there -u ada:pw").headers == {
        "Host": "h",
        "X-Empty": "",
        "User-Agent": "me",
        "Referer": "there",
        "Authorization": "Basic YWRhOnB3",
    }
    assert read("curl --json {} http://h").headers["Content-Type"] == "application/json"


def test_headers_that_never_reach_a_template_are_left_out() -> None:
    assert "Connection" not in read("curl http://h -H 'Connection: close' -H 'Content-Length: 3'").headers


def test_data_from_files(tmp_path: Path) -> None:
    (tmp_path / "body.txt").write_bytes(b"a\r\nb\n")
    (tmp_path / "raw.bin").write_bytes(b"\xff\n")
    assert read("curl http://h -d @body.txt", tmp_path).body == "ab"
    assert read("curl http://h --data-binary @body.txt", tmp_path).body == "a\r\nb\n"
    assert read("curl http://h --data-binary @raw.bin", tmp_path).body == b"\xff\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("curl -s", "its curl command has no URL"),
        ("curl http://a http://b", "its curl command has two URLs: 'http://a' and 'http://b'"),
        ("curl http://a -d", "its curl command ends after -d, which needs a value"),
        ("curl http://a --header", "its curl command ends after --header, which needs a value"),
        ("curl http://a -F x=@y", "its curl command sends a form or a file (-F, -T)"),
        ("curl http://a --next http://b", "its curl command sends several requests (--next)"),
        ("curl 'http://a", "a quote is not closed"),
        ('curl http://a -d "x', "a quote is not closed"),
        ("curl http://a -d $'x\\'", "a quote is not closed"),
        ('curl ^"http://a^" ^\n -H x', "it is a curl command in the quoting of Windows"),
        ("curl http://[::1", "its URL 'http://[::1' cannot be read: Invalid IPv6 URL"),
        ("curl http://a -d @gone.txt", "cannot read the body 'gone.txt': No such file or directory"),
    ],
)
def test_commands_that_are_refused(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert caught.value.message == message
