"""The shape of comments."""

from __future__ import annotations

import pytest

from vtl.lang.comments import tidied_comment


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("##note\n", "## note\n"),
        ("##  two  \r\n", "##  two\r\n"),
        ("##\t\r", "##\r"),
        ('##"q"', '## "q"'),
        ("##end of the file  ", "## end of the file  "),
        ("##é\n", "## é\n"),
        ("##noqa: V001\n", "## noqa: V001\n"),
        ("#*note*#", "#* note *#"),
        ("#* a  \n\tb\t\r\n*#", "#* a\n\tb\r\n*#"),
        ("#*a.*#", "#* a. *#"),
        ("#**doc  \n * x*#", "#**doc\n * x*#"),
    ],
)
def test_tidied(before: str, after: str) -> None:
    assert tidied_comment(before) == after
    assert tidied_comment(after) == after


@pytest.mark.parametrize(
    "comment",
    [
        "##\n",
        "##----\n",
        "########  x\n",
        "###if($a)\n",
        "##$a\n",
        "## costs $  \n",
        "## C#  \n",
        "## a\\  \n",
        "$!## x  \n",
        "#**#",
        "#***#",
        "#*$a*#",
        "#*a  \n#if*#",
        "$#*a*#",
    ],
)
def test_kept(comment: str) -> None:
    assert tidied_comment(comment) == comment
