"""Faults of both versions, read and written, and their statuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from vtl.transforms.soap import ENVELOPES, Version
from vtl.transforms.soap_faults import STATUSES, Fault, fault_element, read_fault, status_of

_WORDS = st.from_regex("[A-Z][a-z]{1,6}", fullmatch=True)
_TEXT = st.text(
    st.characters(min_codepoint=32, blacklist_categories=["Cs"], blacklist_characters="\x7f\ufffe\uffff"), max_size=20
)


@pytest.mark.parametrize("version", ["1.1", "1.2"])
@given(message=_TEXT, subcodes=st.lists(_WORDS, max_size=3), actor=st.sampled_from(["", "urn:me"]))
def test_written_and_read(version: Version, message: str, subcodes: list[str], actor: str) -> None:
    code = "Client" if version == "1.1" else "Sender"
    fault = Fault(code, message, tuple(subcodes), actor, (etree.Element("{urn:d}Broken"),))
    found = read_fault(fault_element(fault, version))
    assert (found.message, found.actor) == (message, actor)
    assert [str(node.tag) for node in found.detail] == ["{urn:d}Broken"]
    if version == "1.2":
        assert (found.code, found.subcodes) == ("Sender", tuple(subcodes))
    else:
        assert found.code == ".".join(["Client", *subcodes])


@pytest.mark.parametrize(
    ("code", "version", "written", "subcodes"),
    [
        ("Client", "1.2", "Sender", ()),
        ("Receiver", "1.1", "Server", ()),
        ("Client.Limit.Day", "1.2", "Sender", ("Limit", "Day")),
        ("MustUnderstand", "1.2", "MustUnderstand", ()),
        ("VersionMismatch", "1.1", "VersionMismatch", ()),
    ],
)
def test_codes_of_the_other_version(code: str, version: Version, written: str, subcodes: tuple[str, ...]) -> None:
    found = read_fault(fault_element(Fault(code, "m"), version))
    assert (found.code, found.subcodes) == (written, subcodes)


def test_servers_that_write_the_parts_in_a_namespace_or_as_cdata() -> None:
    space = ENVELOPES["1.1"]
    text = (
        f'<s:Fault xmlns:s="{space}"><s:faultcode>s:Server</s:faultcode><s:faultstring><![CDATA[a & b]]></s:faultstring>'
        "<detail><!-- none --></detail></s:Fault>"
    )
    found = read_fault(etree.fromstring(text))
    assert (found.code, found.message, found.detail) == ("Server", "a & b", ())
    assert read_fault(etree.fromstring(f'<s:Fault xmlns:s="{space}"/>')) == Fault("", "")
    assert read_fault(etree.fromstring(f'<s:Fault xmlns:s="{ENVELOPES["1.2"]}"/>')) == Fault("", "")


def test_the_english_reason_comes_first() -> None:
    text = (
        f'<s:Fault xmlns:s="{ENVELOPES["1.2"]}"><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason>'
        '<s:Text xml:lang="de">nein</s:Text><s:Text xml:lang="en-GB">no</s:Text></s:Reason></s:Fault>'
    )
    assert read_fault(etree.fromstring(text)).message == "no"


@pytest.mark.parametrize(
    ("fault", "extra", "status"),
    [
        (Fault("Client", ""), {}, 400),
        (Fault("Sender", ""), {}, 400),
        (Fault("Server", ""), {}, 502),
        (Fault("Receiver", ""), {}, 502),
        (Fault("VersionMismatch", ""), {}, 502),
        (Fault("Client.Limit", ""), {}, 400),
        (Fault("Client.Limit", ""), {"Client.Limit": 429}, 429),
        (Fault("Sender", "", ("Denied", "Expired")), {"Denied": 403, "Expired": 401}, 401),
        (Fault("Server", "", detail=(etree.Element("{urn:x}NotFound"),)), {"NotFound": 404, "Server": 500}, 404),
        (Fault("Server", ""), {"Server": 503}, 503),
    ],
)
def test_statuses(fault: Fault, extra: dict[str, int], status: int) -> None:
    assert status_of(fault, {**STATUSES, **extra}) == status


def test_a_name_that_is_given_counts_first() -> None:
    assert status_of(Fault("Client", ""), {**STATUSES, "OutOfStock": 409}, names=("OutOfStock",)) == 409
