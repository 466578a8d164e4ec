"""The differential test by hand.

python -m tests.differential --count 5000 --seed 7 --dialect velocity --show 10 --shrink
"""

from __future__ import annotations

import argparse
import sys
import time

from tests.differential.campaign import DIALECTS, campaign, describe
from tests.differential.oracle import Oracle, OracleMissingError
from tests.differential.shrink import shrink


def main() -> int:
    """Runs as the options say; exit status 1 when the engines part."""
    parser = argparse.ArgumentParser(prog="python -m tests.differential")
    parser.add_argument("--count", type=int, default=2000, help="cases to compare in each dialect")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dialect", choices=DIALECTS, action="append", help="default: both")
    parser.add_argument("--show", type=int, default=10, metavar="N", help="print N differences")
    parser.add_argument("--shrink", action="store_true", help="make them small first")
    parser.add_argument("--counts", action="store_true", help="print all counts")
    options = parser.parse_args()
    try:
        oracle = Oracle()
    except OracleMissingError as error:
        print(f"SKIPPED: {error}")
        return 0
    different = compared = 0
    with oracle:
        for dialect in options.dialect or DIALECTS:
            started = time.monotonic()
            result = campaign(oracle, count=options.count, seed=options.seed, dialect=dialect)
            compared += result.report.compared
            different += len(result.found)
            print(f"--- {dialect}, {time.monotonic() - started:.1f} s")
            print("\n".join(result.report.lines(full=options.counts)) if options.counts else next(iter(result.report.lines())))
            shown: set[str] = set()
            for found in result.found[: options.show]:
                text = describe(shrink(oracle, found) if options.shrink else found)
                if text not in shown:
                    shown.add(text)
                    print(text, flush=True)
    print(f"differential: {compared} compared, {different} different")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
