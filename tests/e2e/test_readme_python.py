"""What README.md shows in ```pycon blocks is what happens; the blocks share one session, as a reader's would."""

from __future__ import annotations

import doctest
import re

from tests.e2e.commands import ROOT

_BLOCK = re.compile(r"^```pycon\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_python_of_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    source = "\n".join(found[1] for found in _BLOCK.finditer(text))
    examples = doctest.DocTestParser().get_doctest(source, {}, "README.md", "README.md", 0)
    assert len(examples.examples) > 5
    report: list[str] = []
    doctest.DocTestRunner(verbose=False).run(examples, out=report.append)
    assert not report, "".join(report)
