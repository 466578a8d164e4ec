"""`python -m benchmarks.xml`: JSON to XML and back, beside xmltodict, in one run.

Both get the same document of about a megabyte and the convention that is called after xmltodict; what they make is compared.
Rounds are interleaved, a figure is the median; the peaks of memory are those that Python's allocator sees, measured apart from
the times.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import xmltodict

from vtl.transforms import json_to_xml, xml_to_json


def document(orders: int = 2_500) -> dict[str, Any]:
    """Orders with attributes, repeated elements, empty ones and text that has to be escaped."""
    return {"orders": {"@xmlns": "urn:example:orders", "@version": "1", "order": [_order(number) for number in range(orders)]}}


def _order(number: int) -> dict[str, Any]:
    lines = [{"@sku": f"s{each}", "quantity": str(each + 1), "note": "fast & <good>"} for each in range(number % 4 + 2)]
    customer = {"name": f"Customer {number}", "address": {"street": "1 Main Road", "city": "Springfield"}, "note": None}
    return {"@id": str(number), "customer": customer, "line": lines, "total": f"{number * 1.25:.2f}"}


def seconds(call: Callable[[], object]) -> float:
    """The time of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def peak(call: Callable[[], object]) -> int:
    """The bytes that one call holds at most, its result included."""
    tracemalloc.start()
    kept = call()
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del kept
    return found


def main() -> int:
    """Prints the table; 1 when what is made differs or a ratio is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    value = document()
    text = xmltodict.unparse(value)
    works: list[tuple[str, Callable[[], Any], Callable[[], Any], float]] = [
        ("XML to JSON", lambda: xml_to_json(text, convention="xmltodict"), lambda: xmltodict.parse(text), 1.3),
        ("JSON to XML", lambda: json_to_xml(value, convention="xmltodict"), lambda: xmltodict.unparse(value), 3.0),
    ]
    missed = 0
    print(f"{len(text) / 1e6:.1f} MB of XML")
    print(f"{'':12} {'ours, ms':>9} {'xmltodict':>10} {'as fast':>8} {'asked':>6} {'memory':>7} {'at most':>8}  values")
    for name, ours, theirs, wanted in works:
        equal = _same(ours(), theirs())
        times = [(seconds(ours), seconds(theirs)) for _ in range(options.rounds)]
        mine, other = (statistics.median(each) * 1e3 for each in zip(*times, strict=True))
        memory = peak(ours) / peak(theirs)
        missed += not equal or other / mine < wanted or memory > 1.5
        ratios = f"{other / mine:8.2f} {wanted:6g} {memory:7.2f} {1.5:8g}"
        print(f"{name:12} {mine:9.1f} {other:10.1f} {ratios}  {'equal' if equal else 'DIFFER'}")
    return 1 if missed else 0


def _same(ours: Any, theirs: Any) -> bool:
    """XML is the same when it reads the same."""
    if isinstance(ours, str):
        return bool(xmltodict.parse(ours) == xmltodict.parse(theirs))
    return bool(ours == theirs)


if __name__ == "__main__":
    sys.exit(main())
