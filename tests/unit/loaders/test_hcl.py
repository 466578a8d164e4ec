"""HCL: blocks with offsets, what is rewritten before python-hcl2 sees it, and the plain scan."""

from __future__ import annotations

import pytest

from vtl.errors import InputError
from vtl.loaders.hcl import heredoc_text, heredocs, normalised, parse_blocks
from vtl.source import Source


def test_blocks_have_labels_attributes_and_inner_blocks() -> None:
    (block,) = parse_blocks(Source("f", '# c\nresource "a" "b" {\n  x = 1\n  inner { y = 2 }\n}\n'))
    assert (block.type, block.labels, list(block.attributes)) == ("resource", ("a", "b"), ["x"])
    assert [inner.type for inner in block.blocks] == ["inner"]
    assert block.source.place(block.span.start) == (2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "x {\n a = <<EOF  \nbody\nEOF\n}\n",
        "x {\n a = <<EOF\nbody\nEOF \t\n}\n",
        "x {\n a = <<- EOF\n  body\n  EOF  \n b = <<F\nF  \n}\n",
        "x {\r\n a = <<EOF\r\nbody\r\nEOF  \r\n}\r\n",
        '# <<EOF\nx {\n a = "<<EOF" // <<EOF\n /* <<EOF\n */ b = <<EOF\nEOF  \n}\n',
    ],
)
def test_blanks_around_the_markers_of_a_heredoc_are_moved_not_removed(text: str) -> None:
    changed = normalised(text)
    assert (len(changed), changed.split()) == (len(text), text.replace("<<- ", "<<-").split())
    assert changed != text
    assert parse_blocks(Source("f", text))


def test_what_needs_no_change_is_left_alone() -> None:
    text = "x {\n a = <<EOF\nbody\nEOF\n}\n"
    assert normalised(text) == text


def test_what_is_refused_has_its_place() -> None:
    with pytest.raises(InputError, match="not HCL") as caught:
        parse_blocks(Source("f", "a {\n  b = = 1\n}\n"))
    assert (caught.value.line, caught.value.column) == (2, 7)
    with pytest.raises(InputError, match="not HCL"):
        parse_blocks(Source("f", "a = " + "[" * 3000))
    with pytest.raises(InputError, match="not HCL"):
        parse_blocks(Source("f", 'a = "x\n'))


def test_the_scan_finds_heredocs_with_their_keys() -> None:
    text = 'a = <<EOF\none\nEOF\nb = { "c/d" = <<-X\n  two\n  X\n}\nf(<<Y\nthree\nY\n)\n'
    found = heredocs(text)
    assert [(item.key, item.flush, text[item.start : item.end]) for item in found] == [
        ("a", False, "one\n"),
        ("c/d", True, "  two\n"),
        ("f", False, "three\n"),
    ]
    assert heredocs("a = <<EOF\nno end\n") == []


def test_indentation_comes_off_every_line() -> None:
    source = Source("f", "    a\n\n      b\n   \n")
    text = heredoc_text(source, 0, len(source.text), True)
    assert text == "a\n\n  b\n\n"
    assert text.origin.locate(3) == (source, 11)
