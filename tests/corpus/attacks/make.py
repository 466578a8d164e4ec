"""The attack corpus: XML that was written to hurt its reader, each with the reason why it is refused.

Written for this project after the descriptions of OWASP's "XML External Entity Prevention", the XML recommendation and the
advisories of XML parsers; nothing is taken from elsewhere. Large ones are made when they are asked for, so that the repository
stays small.
"""

from __future__ import annotations

from collections.abc import Iterator

TEXTS = {
    "external entity, file": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "external entity, network": '<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]><a>&x;</a>',
    "external entity, public": '<!DOCTYPE a [<!ENTITY x PUBLIC "-//x" "http://127.0.0.1:9/">]><a>&x;</a>',
    "external subset": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>',
    "parameter entity": '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]><a/>',
    "parameter entity, out of band": (
        '<!DOCTYPE a [<!ENTITY % f SYSTEM "file:///etc/hostname"><!ENTITY % e "<!ENTITY s SYSTEM \'http://127.0.0.1:9/?%f;\'>">%e;]><a>&s;</a>'
    ),
    "document type after a comment": '<!-- a --><?b c?>\n<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    "internal entity": '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    "default attribute": '<!DOCTYPE a [<!ATTLIST a x CDATA "y">]><a/>',
    "notation": '<!DOCTYPE a [<!NOTATION n SYSTEM "x">]><a/>',
    "billion laughs": (
        '<!DOCTYPE a [<!ENTITY l0 "ha">'
        + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        + "]><a>&l9;</a>"
    ),
    "quadratic blow-up": f'<!DOCTYPE a [<!ENTITY x "{"y" * 100_000}">]><a>{"&x;" * 10_000}</a>',
    "undefined entity": "<a>&x;</a>",
    "entity in an attribute": '<a b="&x;"/>',
    "null character": "<a>\0</a>",
    "null by reference": "<a>&#0;</a>",
    "control character": "<a>\x01</a>",
    "half of a character": "<a>\ud800</a>",
    "reference beyond Unicode": "<a>&#x110000;</a>",
    "unclosed": "<a><b></a>",
    "two roots": "<a/><b/>",
    "nothing": "",
    "blanks": " \n",
    "text": "no XML",
    "unbound prefix": "<p:a/>",
    "attribute twice": '<a b="1" b="2"/>',
    "attribute twice by namespace": '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>',
    "reserved prefix": '<a xmlns:xmlns="u"/>',
    "doctype after the root": "<a/><!DOCTYPE a>",
    "cdata end in text": "<a>]]></a>",
    "comment with dashes": "<a><!-- -- --></a>",
    "instruction called xml": "<a><?xml version='1.0'?></a>",
    "declaration not first": " <?xml version='1.0'?><a/>",
    "external stylesheet is not fetched, entities stay unknown": '<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?><a>&x;</a>',
}

BYTES = {
    "not UTF-8": b"<a>\xff</a>",
    "UTF-7": b'<?xml version="1.0" encoding="utf-7"?><a/>',
    "unknown encoding": b'<?xml version="1.0" encoding="nonsense"?><a/>',
    "codec that is no charset": b'<?xml version="1.0" encoding="rot13"?><a/>',
    "codec that unpacks": b'<?xml version="1.0" encoding="zlib"?><a/>',
    "EBCDIC": "<?xml?><a/>".encode("cp037"),
    "UTF-16 cut off": b"\xff\xfe<\0a\0/\0>",
    "declared UTF-16 that is ASCII and broken": b'<?xml version="1.0" encoding="utf-16"?><a>\xff</a>',
    "doctype in UTF-16": '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16"),
    "doctype in UTF-32": '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-32"),
    "overlong UTF-8": b"<a>\xc0\xbc</a>",
    "UTF-8 of a surrogate": b"<a>\xed\xa0\x80</a>",
}


def large() -> Iterator[tuple[str, str]]:
    """What is refused for its size or shape."""
    yield "depth", "<a>" * 300_000 + "</a>" * 300_000
    yield "depth, never closed", "<a>" * 1_000_000
    yield "attributes", "<a " + " ".join(f'b{n}="1"' for n in range(200_000)) + "/>"
    yield "declarations", "<a " + " ".join(f'xmlns:b{n}="u{n}"' for n in range(100_000)) + "/>"
    yield "a long name", f"<{'a' * 2_000_000}/>"
    yield "a long attribute name", f"<a {'b' * 2_000_000}='1'/>"
    yield "a long prefix", f"<{'p' * 1_000_000}:a/>"
    yield "size", "<a>" + "x" * 60_000_000 + "</a>"
