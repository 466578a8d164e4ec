"""What methods do to a text with unknowns in it: which escapes they add, undo or spoil."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vtl.errors import VtlError
from vtl.lint.abstract.state import RunEnded, State
from vtl.lint.abstract.unknown import ANY, JSON, MARK, TEXT, Unknown
from vtl.source import Span
from vtl.values.methods import invoke
from vtl.variables.encodings import decode_form, encode_base64, encode_form, escape_java_script

REPLACERS = frozenset(["replace", "replaceAll", "replaceFirst"])


def done_by_replacing(done: frozenset[str], arguments: tuple[Any, ...]) -> frozenset[str]:
    """What has been done to a text after `replaceAll(old, new)`: an apostrophe undone, quotes removed, or an escape undone."""
    if len(arguments) != 2 or not all(isinstance(each, str) for each in arguments):
        return done
    old, new = arguments
    if new == "'" and old.replace("\\\\", "\\") in ("\\'", "[\\]'"):
        return done | {"apostrophe"}
    if old.strip("\\") == '"':
        return done | {"quotes"} if '"' not in new or "\\" in new else done
    if old.startswith("[^") and '"' not in old:
        return done | {"quotes", "xml"}
    if old in ("&", "<"):
        return done | {"xml"}
    if '"' in new and "\\" not in new:
        return done | {"undone"}
    return done


def utility(state: State, name: str, argument: Any, words: str, span: Span) -> Any:
    """`$util.name(argument)` where the argument may hold unknowns; None for a function that does not exist."""
    convert = _KNOWN.get(name)
    if convert is None or argument is None:
        return None
    if isinstance(argument, Unknown):
        return converted(name, argument, words, span)
    text = state.text(argument)
    try:
        if not MARK.search(text):
            return convert(text)
        return _convert_pieces(state, name, text, words, span)
    except VtlError:
        raise RunEnded(complete=False) from None


def converted(name: str, unknown: Unknown, words: str, span: Span) -> Unknown:
    """What a function of $util makes of one unknown."""
    done, kind = unknown.done, TEXT
    if name == "escapeJavaScript":
        done = done - {"apostrophe"} | {"js"}
    elif name == "urlEncode":
        done = done | {"form"}
    elif name == "base64Encode":
        done = done | {"base64"}
    elif name in ("urlDecode", "base64Decode"):
        undone = {"undone"} if done & {"js", "quotes"} else set()
        done = (done - {"form", "base64", "js", "quotes", "xml"}) | undone
    elif name == "parseJson":
        kind, done = ANY, frozenset()
    key = f"util.{name}({unknown.key})"
    return Unknown(key, kind, words, span, unknown.taint, frozenset(done), unknown.trail)


def _convert_pieces(state: State, name: str, text: str, words: str, span: Span) -> Any:
    convert = _KNOWN[name]
    if name in ("parseJson", "base64Encode", "base64Decode"):
        inside = [unknown for _, unknown in state.marks.within(text)]
        taint = next((each.taint for each in inside if each.taint), "")
        kind = ANY if name == "parseJson" else TEXT
        done = frozenset({"base64"} if name == "base64Encode" else ())
        return Unknown(f"util.{name}({text})", kind, words, span, taint, done)
    pieces: list[str] = []
    position = 0
    for offset, unknown in state.marks.within(text):
        pieces += [convert(text[position:offset]), state.marks.of(converted(name, unknown, words, span))]
        position = offset + 1
    return "".join([*pieces, convert(text[position:])])


def replaced(state: State, text: str, name: str, arguments: tuple[Any, ...]) -> Any:
    """`replaceAll` and the like on a text with marks: done by the engine, and noted on the unknowns in it."""
    words = tuple(state.text(each) if isinstance(each, Unknown) else each for each in arguments)
    try:
        result = invoke(state.call, text, name, words)
    except VtlError:
        raise RunEnded(complete=False) from None
    if not isinstance(result, str):
        return result
    pieces: list[str] = []
    position = 0
    for offset, unknown in state.marks.within(result):
        changed = changed_text(unknown, name, words)
        pieces += [result[position:offset], state.marks.of(changed)]
        position = offset + 1
    return "".join([*pieces, result[position:]])


def changed_text(unknown: Unknown, name: str, arguments: tuple[Any, ...]) -> Unknown:
    """The unknown after a method that gives another text; a method that changes nothing of interest keeps what was done."""
    shown = ", ".join(repr(each) if isinstance(each, str) else str(each) for each in arguments)
    done = done_by_replacing(unknown.done, arguments) if name in REPLACERS else unknown.done
    kind = JSON if unknown.kind == JSON and name in ("toString", "trim") else TEXT
    return unknown.derive(f".{name}({shown})", kind, done=done)


def _parse(text: str) -> Any:
    from vtl.jsonpath.documents import parse

    return parse(text)


def _decode_base64(text: str) -> str:
    from vtl.variables.encodings import decode_base64, decode_utf8

    return decode_utf8(decode_base64(text))


_KNOWN: dict[str, Callable[[str], Any]] = {
    "escapeJavaScript": escape_java_script,
    "urlEncode": encode_form,
    "urlDecode": decode_form,
    "base64Encode": encode_base64,
    "base64Decode": _decode_base64,
    "parseJson": _parse,
}
