"""`x-vtl-transform` as documents have it, and every word in it that means nothing."""

from __future__ import annotations

from typing import Any

import pytest

from vtl.errors import InputError
from vtl.transforms.transform_settings import read_settings


def test_everything_that_can_be_said() -> None:
    settings = read_settings(
        {
            "request": "soap",
            "response": "unsoap",
            "version": 1.2,
            "action": "urn:a",
            "convention": {"preset": "badgerfish", "types": "recognise"},
            "faults": {"OutOfStock": 409},
            "security": {"username": "ada", "password": "x", "type": "PasswordDigest", "seconds": 60},
        }
    )
    assert (settings.request, settings.response, settings.version, settings.action) == ("soap", "unsoap", "1.2", "urn:a")
    assert (settings.convention.text_key, settings.convention.types) == ("$", "recognise")
    assert settings.statuses["OutOfStock"] == 409
    assert settings.security is not None
    assert settings.security.digest
    assert settings.uses_soap


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        {"request": "soapy"},
        {"reqest": "soap"},
        {"request": 1},
        {"request": "soap", "wsdl": "a.wsdl"},
        {"request": "soap", "operation": "x"},
        {"request": "json2xml", "wsdl": "a", "operation": "x"},
        {"request": "soap", "wsdl": "a", "operation": "x", "action": "y"},
        {"request": "soap", "version": "2"},
        {"request": "soap", "convention": "none"},
        {"request": "soap", "convention": 1},
        {"request": "soap", "convention": {"preset": 1}},
        {"request": "soap", "faults": {"a": 1}},
        {"request": "soap", "faults": []},
        {"request": "soap", "security": {"username": ""}},
        {"request": "soap", "security": {"username": "a", "type": "x"}},
        {"request": "soap", "security": {"username": "a", "seconds": 0}},
    ],
)
def test_what_means_nothing(value: Any) -> None:
    with pytest.raises(InputError):
        read_settings(value)
