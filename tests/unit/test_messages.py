"""Messages keep repeats and order; header names have no case."""

from __future__ import annotations

from vtl.messages import HttpRequest, HttpResponse, header, header_values

HEADERS = [("X-One", "a"), ("Content-Type", "text/plain"), ("x-one", "b")]


def test_a_header_is_found_whatever_the_case_of_its_letters():
    assert header_values(HEADERS, "X-ONE") == ["a", "b"]
    assert header(HEADERS, "x-One") == "b"
    assert header(HEADERS, "absent") is None


def test_messages_are_values():
    assert HttpRequest("GET", "/a", [("A", "1")]) == HttpRequest("GET", "/a", [("A", "1")])
    assert HttpResponse().status == 200
