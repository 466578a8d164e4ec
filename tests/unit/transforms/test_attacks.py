"""Every attack is refused with an error of ours, within bounded time and memory."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

from tests.corpus.attacks.make import BYTES, TEXTS, large
from vtl.errors import InvalidXml, LimitExceeded, VtlError
from vtl.transforms import Convention, xml_to_json

CONVENTIONS = ["plain", "jsonml"]
LARGE = dict(large())


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("name", TEXTS)
def test_texts(name: str, convention: str) -> None:
    with pytest.raises(InvalidXml) as caught:
        xml_to_json(TEXTS[name], convention=convention)
    assert caught.value.line >= 1
    assert caught.value.column >= 1


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("name", BYTES)
def test_bytes(name: str, convention: str) -> None:
    with pytest.raises(InvalidXml):
        xml_to_json(BYTES[name], convention=convention)


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("name", LARGE)
def test_what_is_too_large(name: str, convention: str) -> None:
    with pytest.raises((LimitExceeded, InvalidXml)):
        xml_to_json(LARGE[name], convention=convention)


def test_losses_are_read_as_safely() -> None:
    for text in (*TEXTS.values(), LARGE["depth"]):
        with pytest.raises(VtlError):
            Convention.named("plain").losses(text)


def test_time_and_memory_are_bounded() -> None:
    """All of it in a process of its own that may use 1.5 GB and 60 seconds of a processor."""
    code = (
        "import vtl\nfrom tests.corpus.attacks.make import BYTES, TEXTS, large\n"
        "for document in (*TEXTS.values(), *BYTES.values(), *(text for _, text in large())):\n"
        "    try:\n        vtl.xml_to_json(document)\n    except vtl.VtlError:\n        continue\n"
        "    raise SystemExit(repr(document[:80]))\n"
    )

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))

    done = subprocess.run([sys.executable, "-c", code], preexec_fn=bound, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
