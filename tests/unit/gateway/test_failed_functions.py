"""An exception as the Lambda runtime tells it."""

from __future__ import annotations

from vtl.gateway.failed_functions import payload_of


def _handler() -> None:
    raise KeyError("none")


def test_the_payload_of_an_exception() -> None:
    try:
        _handler()
    except KeyError as error:
        payload = payload_of(error)
    assert list(payload) == ["errorMessage", "errorType", "requestId", "stackTrace"]
    assert (payload["errorMessage"], payload["errorType"]) == ("'none'", "KeyError")
    (frame,) = payload["stackTrace"]
    assert "in _handler\n    raise KeyError" in frame


def test_an_exception_that_was_never_raised_has_no_trace() -> None:
    assert payload_of(ValueError("x"))["stackTrace"] == []
