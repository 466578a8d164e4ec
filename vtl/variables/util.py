"""`Util`: the $util variable.

See: API Gateway mapping template and access logging variable reference, "$util variables". Each method takes any value and works
on its text; null stays null.
"""

from __future__ import annotations

from collections.abc import Callable

from vtl.errors import InvalidJson, JavaError
from vtl.jsonpath.documents import parse
from vtl.values.call import Call
from vtl.values.effort import charge_for
from vtl.values.failures import check_length
from vtl.values.hosted import Hosted
from vtl.values.text import to_text
from vtl.variables.encodings import (
    decode_base64,
    decode_form,
    decode_utf8,
    encode_base64,
    encode_form,
    escape_java_script,
)


def _on_text(convert: Callable[[str], str]) -> Callable[[Call, Util, object], str | None]:
    """A method that turns the text of its argument into another text."""

    def method(call: Call, self: Util, value: object) -> str | None:
        if value is None:
            return None
        result = convert(value if type(value) is str else to_text(value))
        check_length(call.limits, len(result))
        charge_for(call, len(result))
        return result

    return method


def parse_json(call: Call, self: Util, value: object) -> object:
    """`$util.parseJson(text)`: the value that the JSON text stands for; InvalidJsonException when it is no JSON.

    An empty text is an empty text to json-smart.
    """
    if value is None:
        return None
    text = value if type(value) is str else to_text(value)
    charge_for(call, len(text))
    try:
        return parse(text, limits=call.limits)
    except InvalidJson as error:
        failure = JavaError("com.jayway.jsonpath.InvalidJsonException", error.message)
        failure.hint = error.hint
        raise failure from error


class Util(Hosted):
    """The functions that AWS gives to every mapping template."""

    __slots__ = ()
    java_name = "Util"


_ANY = ("java.lang.Object",)
Util.java_methods = {
    "escapeJavaScript": ((_ANY, _on_text(escape_java_script)),),
    "parseJson": ((_ANY, parse_json),),
    "urlEncode": ((_ANY, _on_text(encode_form)),),
    "urlDecode": ((_ANY, _on_text(decode_form)),),
    "base64Encode": ((_ANY, _on_text(encode_base64)),),
    "base64Decode": ((_ANY, _on_text(lambda text: decode_utf8(decode_base64(text)))),),
}
