"""XML that attacks whoever reads it: refused with an error that has a place, in bounded time and memory."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

import vtl
from tests.corpus.attack_files import Attack, attacks
from vtl.transforms.safe import parse

ATTACKS = attacks()
SECONDS = 20
MEGABYTES = 700
_ALL = "from tests.test_attack_corpus import refuse_all; refuse_all()"


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
@pytest.mark.parametrize("convention", ["plain", "xmltodict", "jsonml"])
def test_an_attack_is_refused(attack: Attack, convention: str) -> None:
    if not attack.refused:
        value = vtl.xml_to_json(attack.data, convention=convention)
        assert convention != "plain" or value == attack.kept
        return
    with pytest.raises(getattr(vtl, attack.refused)) as caught:
        vtl.xml_to_json(attack.data, convention=convention)
    assert attack.says in caught.value.message
    assert caught.value.line >= 1
    assert caught.value.column >= 1


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_a_tree_is_refused_too(attack: Attack) -> None:
    if not attack.refused:
        assert parse(attack.data).tag == "a"
        return
    with pytest.raises((vtl.InvalidXml, vtl.LimitExceeded)):
        parse(attack.data)


def test_every_attack_has_a_source() -> None:
    assert len(ATTACKS) >= 50
    assert all(attack.source for attack in ATTACKS)
    assert all(bool(attack.refused) != (attack.kept is not None) for attack in ATTACKS)


def refuse_all() -> None:
    """Reads every attack in a process with little memory and time, in which nothing can be opened any more."""
    vtl.xml_to_json("<a/>")
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    documents = [attack.data for attack in ATTACKS]
    opened: list[str] = []

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        # Python's own codecs are modules, which are read when one is asked for.
        if event.startswith("socket.") or (event == "open" and "encodings" not in str(arguments[0])):
            opened.append(f"{event} {arguments[0]}")

    sys.addaudithook(watch)
    for document in documents:
        try:
            vtl.xml_to_json(document)
        except vtl.VtlError as error:
            assert str(error)
    assert not opened, opened


def test_all_attacks_together_in_bounded_time_and_memory() -> None:
    done = subprocess.run([sys.executable, "-c", _ALL], capture_output=True, text=True, timeout=6 * SECONDS, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
