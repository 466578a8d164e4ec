"""XML as UTF-8 bytes, whatever encoding it comes in: `utf8_of`.

The order of belief is that of RFC 7303: a byte order mark, then the charset of the Content-Type, then the XML declaration. Only
encodings that mean the same everywhere are taken; UTF-7, EBCDIC and the like, with which filters are slipped past, are not.
"""

from __future__ import annotations

import codecs
import re

from vtl.errors import InputError, InvalidXml, LimitExceeded
from vtl.limits import Limits
from vtl.source import Source, Span

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_EBCDIC = b"\x4c\x6f\xa7\x94"
_DECLARED = re.compile(rb"""<\?xml[ \t\r\n][^>]{0,200}?[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*["']([^"'<>]{0,100})["']""")
_TAKEN = re.compile(
    r"utf-?8|(us-)?ascii|utf-?(16|32)(-?[lb]e)?|iso-?8859-([1-9]|1[0-6])|latin-?[1-9]|(windows-|cp)125[0-8]|koi8-[ru]"
    r"|shift-?jis|sjis|euc-jp|iso-2022-jp|gb2312|gbk|gb18030|big5|euc-kr"
)
"""Names that are looked up; Python remembers every other name that it is asked for, and would import what is called so."""


def utf8_of(document: str | bytes, *, limits: Limits, name: str, charset: str = "") -> bytes:
    """The document as UTF-8, without a byte order mark; its own declaration of an encoding no longer counts.

    InvalidXml, with the place of the first wrong byte, for bytes that are not of their encoding, for an encoding that is
    unknown or not taken and for U+0000; LimitExceeded beyond `xml_size`; InputError for what is neither text nor bytes.
    """
    if isinstance(document, str):
        _check_size(len(document), limits, name)
        data = _encoded(document.removeprefix("\ufeff"), name)
    elif isinstance(document, (bytes, bytearray, memoryview)):
        data = _recoded(bytes(document), limits, name, charset)
    else:
        raise InputError(f"XML is text or bytes, not {type(document).__qualname__}")
    nothing = data.find(b"\0")
    if nothing >= 0:
        raise _error("the character U+0000, which XML does not have", data, nothing, name)
    return data


def _recoded(data: bytes, limits: Limits, name: str, charset: str) -> bytes:
    _check_size(len(data), limits, name)
    mark = next(((mark, encoding) for mark, encoding in _MARKS if data.startswith(mark)), None)
    if mark:
        data, encoding = data[len(mark[0]) :], mark[1]
    else:
        encoding = _encoding(data, charset, name)
    if encoding == "utf-8":
        return data
    try:
        text = data.decode(encoding)
    except (UnicodeError, ValueError) as error:
        offset = error.start if isinstance(error, UnicodeDecodeError) else 0
        raise _error(f"byte {offset} is not {encoding}", data[:offset], offset, name) from None
    recoded = _encoded(text, name)
    _check_size(len(recoded), limits, name)
    return recoded


def _encoding(data: bytes, charset: str, name: str) -> str:
    """Python's name of the encoding that the charset, the first bytes or the declaration tell."""
    if data.startswith(_EBCDIC):
        raise InvalidXml("the document is in EBCDIC, which is not taken", source=Source(name, ""), span=Span(0, 0))
    declared = charset.strip().strip("\"'")
    if not declared:
        unmarked = next((encoding for start, encoding in _UNMARKED if data.startswith(start)), None)
        if unmarked:
            return unmarked
        found = _DECLARED.match(data)
        declared = found.group(1).decode("ascii", "replace") if found else "utf-8"
    wanted = declared.strip().lower().replace("_", "-")
    try:
        encoding = codecs.lookup(wanted).name if _TAKEN.fullmatch(wanted) else ""
    except LookupError:
        encoding = ""
    if not encoding:
        raise InvalidXml(
            f"the encoding {declared[:40]!r} is unknown or not taken",
            hint="send UTF-8",
            source=Source(name, data[:200].decode("latin-1")),
            span=Span(0, 1),
        )
    if encoding.startswith(("utf-16", "utf-32")) and data.startswith(b"<?xm"):
        # A declaration that can be read as ASCII cannot be in UTF-16: the bytes are believed, and they are UTF-8 or an error.
        return "utf-8"
    return encoding


def _encoded(text: str, name: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidXml(
            f"U+{ord(text[error.start]):04X} is half of a character",
            source=Source(name, text),
            span=Span(error.start, error.start + 1),
        ) from None


def _check_size(size: int, limits: Limits, name: str) -> None:
    if size > limits.xml_size:
        raise LimitExceeded(
            "xml_size",
            f"the XML is {size:,} bytes long; {limits.xml_size:,} are allowed",
            source=Source(name, ""),
            span=Span(0, 0),
        )


def _error(message: str, data: bytes, offset: int, name: str) -> InvalidXml:
    before = data[:offset].decode("utf-8", "replace")
    text = before + data[offset : offset + 200].decode("utf-8", "replace")
    return InvalidXml(message, source=Source(name, text), span=Span(len(before), len(before) + 1))
