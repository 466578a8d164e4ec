"""Recorded answers: files, folders, and their naming rule."""

from __future__ import annotations

from pathlib import Path

import pytest

import vtl
from vtl.gateway.backends.recorded import recorded_answer, recorded_result
from vtl.messages import HttpRequest


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def request_to(path: str, method: str = "GET") -> HttpRequest:
    return HttpRequest(method, url=f"https://x.example{path}")


def test_a_file_is_a_body_of_its_type(tmp_path: Path) -> None:
    answer = recorded_answer(write(tmp_path / "a.xml", b"<a/>"), request_to("/"))
    assert (answer.status, list(answer.headers), answer.body) == (200, [("Content-Type", "application/xml")], b"<a/>")


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_whole_answer_with_its_body_untouched(tmp_path: Path, end: bytes) -> None:
    head = end.join([b"HTTP/1.1 404 Not Found", b"X-A: 1", b"X-A:2", b"", b""])
    answer = recorded_answer(write(tmp_path / "a.http", head + b"\x00\r\n\r\n\xff"), request_to("/"))
    assert (answer.status, list(answer.headers), answer.body) == (404, [("X-A", "1"), ("X-A", "2")], b"\x00\r\n\r\n\xff")


@pytest.mark.parametrize("text", [b"", b"hello", b"HTTP/1.1 abc", b"HTTP/1.1 99999 x", b"HTTP/1.1 \xb2\xb2\xb2 x"])
def test_a_whole_answer_that_is_none(tmp_path: Path, text: bytes) -> None:
    with pytest.raises(vtl.BackendError, match=r"HTTP/1\.1 200 OK"):
        recorded_answer(write(tmp_path / "a.http", text), request_to("/"))


def test_a_folder_has_a_file_for_each_request(tmp_path: Path) -> None:
    for name in ("pets/1.GET.json", "pets/1.json", "index.txt", "pets/a b.json", "pets.POST.http"):
        write(tmp_path / name, b"HTTP/1.1 201 Created\n\n" if name.endswith("http") else name.encode())
    found = {
        (method, path): recorded_answer(tmp_path, request_to(path, method))
        for method, path in (("GET", "/pets/1?x=y"), ("PUT", "/pets/1"), ("GET", "/"), ("GET", "/pets/a%20b"), ("POST", "/pets/"))
    }
    assert found["GET", "/pets/1?x=y"].body == b"pets/1.GET.json"
    assert found["PUT", "/pets/1"].body == b"pets/1.json"
    assert found["GET", "/"].body == b"index.txt"
    assert found["GET", "/pets/a%20b"].body == b"pets/a b.json"
    assert found["POST", "/pets/"].status == 201


@pytest.mark.parametrize("path", ["/absent", "/../secret", "/%2e%2e/secret", "/..%2fsecret", "/%00", "/" + "x" * 5000])
def test_nothing_from_outside_of_the_folder(tmp_path: Path, path: str) -> None:
    write(tmp_path / "secret.json", b"{}")
    (tmp_path / "inside").mkdir()
    with pytest.raises(vtl.BackendError, match="no recorded answer"):
        recorded_answer(tmp_path / "inside", request_to(path))


def test_results_of_functions(tmp_path: Path) -> None:
    write(tmp_path / "list.json", b'{"a": 1}')
    assert recorded_result(tmp_path, "list:live") == {"a": 1}
    failed = write(tmp_path / "failed.json", b'{"errorMessage": "no", "errorType": "X"}')
    with pytest.raises(vtl.FunctionError) as caught:
        recorded_result(failed, "anything")
    assert caught.value.payload == {"errorMessage": "no", "errorType": "X"}


def test_results_that_are_none(tmp_path: Path) -> None:
    write(tmp_path / "bad.json", b"{")
    for name in ("bad", "absent", "../bad"):
        with pytest.raises(vtl.BackendError):
            recorded_result(tmp_path, name)


def test_huge_files_are_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.json").open("wb") as file:
        file.truncate(11 * 1024 * 1024)
    with pytest.raises(vtl.BackendError, match="bytes"):
        recorded_answer(tmp_path / "a.json", request_to("/"))
