"""Comments beside a template in YAML and HCL."""

from __future__ import annotations

import pytest

from vtl.lint.comments import comments_beside
from vtl.lint.site import FilePlace, HostComment
from vtl.source import Source


def test_a_comment_in_the_template_itself_is_none_of_the_host() -> None:
    text = "key: |\n  ## noqa: U204\n  x\n"
    assert comments_beside(Source("a", text), text.index("##"), len(text)) == ()


def test_a_comment_knows_its_place() -> None:
    (found,) = comments_beside(Source("a.yaml", "a: 1\nkey: x  # noqa: U204"), 10, 11)
    assert found == HostComment("noqa: U204", FilePlace("a.yaml", 2, 9))


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
    assert {each.text for each in found} == {each.strip() for each in comments}
