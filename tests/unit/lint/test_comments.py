"""Comments beside a template in YAML and HCL."""

from __future__ import annotations

import pytest

from vtl.lint.comments import comments_beside
from vtl.source import Source


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("key: @x # noqa: U204", ("noqa: U204",)),
        ("key: | # noqa: U204\n  @x", ("noqa: U204",)),
        ("# noqa: U204\nkey: |\n  @x", ("noqa: U204",)),
        ("# noqa: U204\n# why\nkey: |\n  @x", (" noqa: U204",)),
        ("# noqa: U204\nother: 1\nkey: |\n  @x", ()),
        ('  // noqa: J4\n  "application/json" = <<EOF\n@x', ("noqa: J4", " noqa: J4")),
        ("# just words\nkey: @x", ()),
        ('{"a": "@x"} # noqa', ()),
    ],
)
def test_comments_with_a_suppression(text: str, comments: tuple[str, ...]) -> None:
    found = comments_beside(Source("a", text.replace("@", "")), text.index("@"))
    assert {each.strip() for each in found} == {each.strip() for each in comments}
