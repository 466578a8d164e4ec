"""Content-Type as transforms read it."""

from __future__ import annotations

import pytest

from vtl.transforms.media_types import media_type


@pytest.mark.parametrize(
    ("header", "name", "parameters"),
    [
        (None, "", {}),
        ("", "", {}),
        ("Text/XML", "text/xml", {}),
        (
            'application/soap+xml; charset=UTF-8; action="urn:a;b\\"c"',
            "application/soap+xml",
            {"charset": "UTF-8", "action": 'urn:a;b"c'},
        ),
        ("text/xml;charset=a;charset=b", "text/xml", {"charset": "a"}),
        ("text/xml; nonsense; charset=utf-8", "text/xml", {"charset": "utf-8"}),
    ],
)
def test_parts(header: str | None, name: str, parameters: dict[str, str]) -> None:
    found = media_type(header)
    assert (found.name, found.parameters) == (name, parameters)


def test_kinds() -> None:
    assert [media_type(each).is_json for each in ("application/json; charset=x", "application/hal+json", "text/xml", "")] == [
        True,
        True,
        False,
        False,
    ]
    kinds = ("text/xml", "application/soap+xml", "application/xhtml+xml", "text/html", "application/json")
    assert [media_type(each).is_xml for each in kinds] == [True, True, False, False, False]
    assert media_type('multipart/related; type="application/xop+xml"').is_multipart
