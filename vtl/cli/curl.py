"""curl command lines, typed or copied from a browser, as requests."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from urllib.parse import quote_plus

from vtl.cli.files import read_bytes
from vtl.cli.render_request import Body, RenderRequest
from vtl.cli.shell_words import split_command
from vtl.cli.urls import client_request
from vtl.errors import InputError

_START = re.compile(r"\s*(?:\$\s+)?curl(?:\.exe)?(?=[ \t\\])", re.ASCII)
_SHORT = {
    "A": "user-agent",
    "G": "get",
    "H": "header",
    "I": "head",
    "X": "request",
    "b": "cookie",
    "d": "data",
    "e": "referer",
    "u": "user",
    "F": "form",
    "T": "upload-file",
}
_OTHER_SHORT_WITH_VALUE = frozenset("CDEKPQUYcmoprtwxyz")
_FLAGS = frozenset({"get", "head", "next"})
# Long options that say nothing about the request and take a value; every other unknown long option is a switch.
_SKIPPED_WITH_VALUE = frozenset(
    {
        "abstract-unix-socket",
        "cacert",
        "capath",
        "cert",
        "cert-type",
        "ciphers",
        "config",
        "connect-timeout",
        "connect-to",
        "cookie-jar",
        "crlfile",
        "dump-header",
        "interface",
        "keepalive-time",
        "key",
        "key-type",
        "limit-rate",
        "local-port",
        "max-filesize",
        "max-redirs",
        "max-time",
        "noproxy",
        "output",
        "output-dir",
        "pass",
        "pinnedpubkey",
        "proxy",
        "proxy-header",
        "proxy-user",
        "range",
        "resolve",
        "retry",
        "retry-delay",
        "retry-max-time",
        "speed-limit",
        "speed-time",
        "stderr",
        "tls-max",
        "tls13-ciphers",
        "trace",
        "trace-ascii",
        "unix-socket",
        "write-out",
        "aws-sigv4",
    }
)
_FORM = "application/x-www-form-urlencoded"


@dataclass(slots=True)
class _Command:
    """What the options said so far."""

    folder: PurePath
    url: str = ""
    method: str = ""
    get: bool = False
    headers: list[tuple[str, str | None]] = field(default_factory=list)
    data: list[bytes] = field(default_factory=list)
    json: bool = False


def looks_like_curl(text: str) -> bool:
    """Whether the text starts with the word `curl` (a shell's prompt `$ ` may stand before it)."""
    return _START.match(text) is not None


def read_curl(text: str, *, folder: PurePath) -> RenderRequest:
    """The request that this command would send; `@FILE` is looked for in `folder`.

    InputError for a command without exactly one URL, for forms and uploads (-F, -T), and for the quoting of Windows.
    """
    if '^"' in text or re.search(r"\^\r?\n", text):
        raise InputError("it is a curl command in the quoting of Windows", hint='copy it "as cURL (bash)"')
    start = _START.match(text)
    words = split_command(text, start.end() if start else 0)
    command = _Command(folder)
    for name, value in _options(iter(words)):
        _ACTIONS.get(name, _ignore)(command, value)
    if not command.url:
        raise InputError("its curl command has no URL")
    return _request(command)


def _options(words: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Pairs of a long option name (`url` for a bare word) and its value."""
    only_urls = False
    for word in words:
        if only_urls or not word.startswith("-") or word == "-":
            yield "url", word
        elif word == "--":
            only_urls = True
        elif word.startswith("--"):
            yield _long_option(word[2:], words)
        else:
            yield from _short_options(word[1:], words)


def _long_option(name: str, words: Iterator[str]) -> tuple[str, str]:
    takes_value = name in _SKIPPED_WITH_VALUE or (name in _ACTIONS and name not in _FLAGS)
    return name, _value(f"--{name}", words) if takes_value else ""


def _short_options(letters: str, words: Iterator[str]) -> Iterator[tuple[str, str]]:
    for position, letter in enumerate(letters):
        name = _SHORT.get(letter, "")
        if (name and name not in _FLAGS) or letter in _OTHER_SHORT_WITH_VALUE:
            yield name, letters[position + 1 :] or _value(f"-{letter}", words)
            return
        yield name, ""


def _value(option: str, words: Iterator[str]) -> str:
    value = next(words, None)
    if value is None:
        raise InputError(f"its curl command ends after {option}, which needs a value")
    return value


def _ignore(_command: _Command, _value: str) -> None:
    """An option that says nothing about the request."""


def _set_url(command: _Command, value: str) -> None:
    if command.url:
        raise InputError(f"its curl command has two URLs: {command.url!r} and {value!r}")
    command.url = value if "://" in value else f"http://{value}"


def _set_method(command: _Command, value: str) -> None:
    command.method = value


def _set_get(command: _Command, _value: str) -> None:
    command.get = True


def _set_head(command: _Command, _value: str) -> None:
    command.method = command.method or "HEAD"


def _add_header(command: _Command, value: str) -> None:
    if value.startswith("@"):
        for line in _file(command, value[1:]).decode("utf-8", "replace").splitlines():
            if line.strip():
                _add_header(command, line)
        return
    name, colon, text = value.partition(":")
    if colon:
        # `-H 'Accept:'` takes away a header that curl would send by itself.
        command.headers.append((name.strip(), text.strip() or None))
    elif value.endswith(";"):
        command.headers.append((value[:-1].strip(), ""))


def _named(name: str) -> Callable[[_Command, str], None]:
    def add(command: _Command, value: str) -> None:
        command.headers.append((name, value))

    return add


def _add_user(command: _Command, value: str) -> None:
    command.headers.append(("Authorization", f"Basic {b64encode(value.encode()).decode()}"))


def _add_bearer(command: _Command, value: str) -> None:
    command.headers.append(("Authorization", f"Bearer {value}"))


def _add_data(command: _Command, value: str) -> None:
    # curl's manual: with --data @FILE, carriage returns and newlines of the file are left out.
    text = (
        re.sub(rb"[\r\n\0]", b"", _file(command, value[1:])) if value.startswith("@") else value.encode("utf-8", "surrogatepass")
    )
    command.data.append(text)


def _add_raw(command: _Command, value: str) -> None:
    command.data.append(value.encode("utf-8", "surrogatepass"))


def _add_binary(command: _Command, value: str) -> None:
    command.data.append(_file(command, value[1:]) if value.startswith("@") else value.encode("utf-8", "surrogatepass"))


def _add_json(command: _Command, value: str) -> None:
    # curl's manual: several --json are put together without a separator.
    before = command.data.pop() if command.json and command.data else b""
    _add_binary(command, value)
    command.data[-1] = before + command.data[-1]
    command.json = True


def _add_encoded(command: _Command, value: str) -> None:
    mark = re.search("[=@]", value)
    name, content = (value[: mark.start()], value[mark.end() :]) if mark else ("", value)
    data = _file(command, content) if mark and mark[0] == "@" else content.encode("utf-8", "surrogatepass")
    command.data.append(f"{name}=".encode() * bool(name) + quote_plus(data).replace("+", "%20").encode())


def _add_cookie(command: _Command, value: str) -> None:
    if "=" in value:
        command.headers.append(("Cookie", value))


def _refuse_form(_command: _Command, _value: str) -> None:
    raise InputError("its curl command sends a form or a file (-F, -T)", hint="give the body itself with --body @FILE")


def _refuse_next(_command: _Command, _value: str) -> None:
    raise InputError("its curl command sends several requests (--next)")


def _file(command: _Command, name: str) -> bytes:
    return read_bytes(name if name == "-" else str(Path(command.folder) / name), "body")


_ACTIONS: dict[str, Callable[[_Command, str], None]] = {
    "url": _set_url,
    "request": _set_method,
    "get": _set_get,
    "head": _set_head,
    "header": _add_header,
    "user-agent": _named("User-Agent"),
    "referer": _named("Referer"),
    "user": _add_user,
    "oauth2-bearer": _add_bearer,
    "cookie": _add_cookie,
    "data": _add_data,
    "data-ascii": _add_data,
    "data-raw": _add_raw,
    "data-binary": _add_binary,
    "data-urlencode": _add_encoded,
    "json": _add_json,
    "form": _refuse_form,
    "form-string": _refuse_form,
    "upload-file": _refuse_form,
    "next": _refuse_next,
}


def _request(command: _Command) -> RenderRequest:
    url, body = command.url, None
    if command.data and command.get:
        extra = b"&".join(command.data).decode("utf-8", "replace")
        url, _, fragment = url.partition("#")
        url = f"{url}{'&' if '?' in url else '?'}{extra}{'#' * bool(fragment)}{fragment}"
    elif command.data:
        body = _body(b"&".join(command.data))
    method = command.method or ("POST" if body is not None else "GET")
    return client_request(method, url, _headers(command, url, sends=body is not None), body)


def _body(data: bytes) -> Body:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data


def _headers(command: _Command, url: str, *, sends: bool) -> list[tuple[str, str]]:
    """The headers that curl sends by itself, unless the command says otherwise, and those of the command."""
    host = url.partition("://")[2].partition("/")[0].partition("?")[0].rpartition("@")[2]
    own = {"Host": host, "Accept": "*/*"}
    if sends:
        own["Content-Type"] = _FORM
    if command.json:
        own |= {"Content-Type": "application/json", "Accept": "application/json"}
    named = {name.lower() for name, _ in command.headers}
    sent = [(name, value) for name, value in own.items() if name.lower() not in named]
    return sent + [(name, value) for name, value in command.headers if value is not None]
