"""`python -m benchmarks.xml`: XML to JSON and back, beside xmltodict, in one run.

Both get the same documents, ours with the convention `xmltodict`; what they make of them is compared: values with values, XML in
its canonical form. Rounds are interleaved; a figure is the median of the rounds. Memory is what a fresh process needs at its peak
above what it had with the module imported and the input in memory (of Linux). `--seconds` is the time for one measurement of one
engine.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from benchmarks.jsonpath import measure

TO_JSON, TO_XML, MEMORY = 1.3, 3.0, 1.5
"""What is asked for: so many times as fast, and at most so many times the memory."""


@dataclass(frozen=True)
class Work:
    """A document, as XML, and whether the figures for it must be reached."""

    name: str
    text: str
    is_asked_for: bool = True


def _line(number: int) -> str:
    return (
        f'<line number="{number}" state="open"><sku>A-{number:05}</sku><title>Item {number} &amp; more, as usual</title>'
        f"<price currency='EUR'>{number % 90}.95</price><quantity>{number % 7}</quantity><note/></line>"
    )


def _order(number: int) -> str:
    lines = "".join(_line(number * 10 + index) for index in range(5))
    return (
        f"<order id='o{number}'><customer><name>Ada {number}</name><city>Zürich</city></customer><lines>{lines}</lines></order>"
    )


def _envelope(lines: int) -> str:
    items = "".join(
        f"<o:item xsi:type='o:Line'><o:sku>{number}</o:sku><o:price>{number}.50</o:price></o:item>" for number in range(lines)
    )
    return (
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<soap:Body><o:GetOrderResponse xmlns:o="urn:example:orders">{items}</o:GetOrderResponse></soap:Body></soap:Envelope>'
    )


def works() -> list[Work]:
    """1.1 MB of orders; an answer of SOAP with many prefixes, and the everyday one of 1 KB."""
    return [
        Work("orders", f"<orders>{''.join(map(_order, range(1_000)))}</orders>"),
        Work("SOAP, many items", _envelope(5_000)),
        Work("SOAP, small", _envelope(8), is_asked_for=False),
    ]


def engines(name: str) -> tuple[Callable[[str], Any], Callable[[Any], str]]:
    """Both directions of an engine; imported here, so that a process that measures memory has one of them only."""
    if name == "xmltodict":
        import xmltodict

        return xmltodict.parse, xmltodict.unparse
    from vtl import Convention, json_to_xml, xml_to_json

    rules = Convention.named("xmltodict")
    return (lambda text: xml_to_json(text, convention=rules)), (lambda value: json_to_xml(value, convention=rules))


def peak(engine: str, direction: str, data: str) -> float:
    """Megabytes above the start that one conversion takes in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.xml", "--peak", engine, direction]
    return int(subprocess.run(command, check=True, capture_output=True, text=True, input=data).stdout) / 1024


def _high_water() -> int:
    """Kilobytes that this process had at most."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


def _print_peak(engine: str, direction: str) -> None:
    to_json, to_xml = engines(engine)
    to_xml(to_json("<a/>"))
    text = sys.stdin.read()
    value = json.loads(text) if direction == "xml" else None
    before = _high_water()
    made = to_json(text) if direction == "json" else to_xml(value)
    print(_high_water() - before)
    del made


def _row(name: str, mine: float, theirs: float, ratio: float, asked: str, fine: bool) -> str:
    return f"{name:34} {mine:12.3f} {theirs:12.3f} {ratio:7.2f}  {asked:9} {'yes' if fine else 'NO'}"


def _canonical(text: str) -> str:
    return etree.canonicalize(text)


def compare(work: Work, rounds: int, seconds: float) -> tuple[list[str], bool]:
    """The lines of the table for the times of a document, and whether all is as it is asked for."""
    (our_json, our_xml), (their_json, their_xml) = engines("vtl"), engines("xmltodict")
    value = their_json(work.text)
    equal = our_json(work.text) == value and _canonical(our_xml(value)) == _canonical(their_xml(value))
    figures: dict[str, list[float]] = {key: [] for key in ("json", "json, theirs", "xml", "xml, theirs")}
    for _ in range(rounds):
        figures["json"].append(measure(lambda: our_json(work.text), seconds))
        figures["json, theirs"].append(measure(lambda: their_json(work.text), seconds))
        figures["xml"].append(measure(lambda: our_xml(value), seconds))
        figures["xml, theirs"].append(measure(lambda: their_xml(value), seconds))
    lines = []
    fine = equal
    for direction, asked in (("json", TO_JSON), ("xml", TO_XML)):
        mine, theirs = (statistics.median(figures[key]) for key in (direction, f"{direction}, theirs"))
        reached = theirs / mine >= asked
        fine = fine and (reached or not work.is_asked_for)
        wanted = f">= {asked}" if work.is_asked_for else ""
        lines.append(_row(f"{work.name}, to {direction.upper()}, ms", mine, theirs, theirs / mine, wanted, reached))
    return [*lines, f"{work.name}: values {'equal' if equal else 'DIFFER'}"], fine


def main() -> int:
    """Prints the table; 1 when values differ or a ratio is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("--peak", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peak:
        _print_peak(*options.peak)
        return 0
    print(f"{'work':34} {'ours':>12} {'xmltodict':>12} {'ratio':>7}  {'asked for':9} reached")
    all_fine = True
    for work in works():
        lines, fine = compare(work, options.rounds, options.seconds)
        print("\n".join(lines))
        all_fine = all_fine and fine
    for work in works()[:2]:
        for direction, data in (("json", work.text), ("xml", json.dumps(engines("xmltodict")[0](work.text)))):
            mine, theirs = peak("vtl", direction, data), peak("xmltodict", direction, data)
            fine = mine <= theirs * MEMORY
            all_fine = all_fine and fine
            name = f"{work.name}, to {direction.upper()}, peak MB"
            print(_row(name, mine, theirs, mine / max(theirs, 0.1), f"<= {MEMORY}", fine))
    return 0 if all_fine else 1


if __name__ == "__main__":
    sys.exit(main())
