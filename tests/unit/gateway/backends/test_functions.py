"""Python functions as Lambda functions."""

from __future__ import annotations

from pathlib import Path

import pytest

import vtl
from vtl.gateway.backends.functions import LambdaContext, function_named, handler_call, is_coroutine


def test_a_context_has_what_handlers_look_for() -> None:
    context = handler_call(lambda _event, context: context)("list", {})
    assert isinstance(context, LambdaContext)
    assert (context.function_name, context.function_version, context.memory_limit_in_mb) == ("list", "$LATEST", 128)
    assert context.log_stream_name.startswith("[$LATEST]")
    assert len(context.aws_request_id) == 36
    assert context.identity is None
    assert context.client_context is None


def test_functions_by_name() -> None:
    import posixpath

    assert function_named("os:path.join", Path()) is posixpath.join
    for text in ("os", ":x", "os:", "os:absent", "os:sep", "no.such:x"):
        with pytest.raises(vtl.InputError):
            function_named(text, Path())


@pytest.mark.parametrize(
    ("text", "code", "words", "hint"),
    [
        ("fails_early:f", "x = 1\nraise RuntimeError('no database')", "fails_early.py:2: RuntimeError: no database", None),
        ("leaves_early:f", "import sys\nsys.exit(4)", "leaves_early.py:2: SystemExit: 4", None),
        ("has_others:lits", "def list(): ...\ndef lists(): ...", "no attribute 'lits'", "did you mean has_others:lists?"),
        ("is_missing:f", None, "No module named 'is_missing'", "modules are looked for in "),
    ],
)
def test_modules_that_cannot_be_used(tmp_path: Path, text: str, code: str | None, words: str, hint: str | None) -> None:
    if code is not None:
        (tmp_path / f"{text.partition(':')[0]}.py").write_text(code)
    with pytest.raises(vtl.InputError) as caught:
        function_named(text, tmp_path)
    assert words in caught.value.message
    assert (caught.value.hint or "").startswith(hint or "")
    assert (caught.value.hint is None) is (hint is None)


def test_what_gives_something_to_await() -> None:
    async def later() -> None: ...

    class Later:
        async def __call__(self) -> None: ...

    assert is_coroutine(later)
    assert is_coroutine(Later())
    assert not is_coroutine(len)
