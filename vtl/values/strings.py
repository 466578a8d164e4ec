"""The table of java.lang.String's methods, as Java 8 has them together with the later ones up to Java 17.

Static methods are here too: Velocity finds them through any instance. Left out on purpose: `chars`, `codePoints` and `lines` give
streams and `describeConstable` an Optional, which no template can use; `transform`, `resolveConstantDesc` and
`contentEquals(StringBuffer)` want arguments that no template can make.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vtl.values import characters, formatter, regex, string_forms, string_search
from vtl.values.signatures import Method

STRING = "java.lang.String"
_SHORT = {
    "String": STRING,
    "CharSequence": "java.lang.CharSequence",
    "Object": "java.lang.Object",
    "Object[]": "java.lang.Object[]",
    "CharSequence[]": "java.lang.CharSequence[]",
    "Iterable": "java.lang.Iterable",
    "Locale": "java.util.Locale",
    "Charset": "java.nio.charset.Charset",
}


def _entry(
    signature: str, function: Callable[..., Any], returns: str = "java.lang.Object", static: bool = False, owner: str = STRING
) -> Method:
    """A table entry from `name(Type, Type)`, with the usual classes in short."""
    name, _, rest = signature.partition("(")
    parameters = tuple(_SHORT.get(word, word) for word in rest.rstrip(")").split(", ") if word)
    return Method(owner, name, parameters, function, returns, static)


def _static(signature: str, function: Callable[..., Any]) -> Method:
    return _entry(signature, function, static=True)


_LOOKING = (
    _entry("length()", string_search.length_of),
    _entry("isEmpty()", string_search.is_empty, "boolean"),
    _entry("isBlank()", string_forms.is_blank, "boolean"),
    _entry("toString()", string_search.to_string),
    _entry("intern()", string_search.to_string),
    _entry("hashCode()", string_search.hash_of),
    _entry("charAt(int)", string_search.char_at),
    _entry("codePointAt(int)", string_search.code_point_of),
    _entry("codePointBefore(int)", string_search.code_point_ahead_of),
    _entry("codePointCount(int, int)", string_search.code_point_count),
    _entry("offsetByCodePoints(int, int)", string_search.offset_of),
    _entry("contains(CharSequence)", string_search.contains),
    _entry("startsWith(String)", string_search.starts_with),
    _entry("startsWith(String, int)", string_search.starts_with),
    _entry("endsWith(String)", string_search.ends_with),
    _entry("indexOf(int)", string_search.index_of_char),
    _entry("indexOf(int, int)", string_search.index_of_char),
    _entry("indexOf(String)", string_search.index_of),
    _entry("indexOf(String, int)", string_search.index_of),
    _entry("lastIndexOf(int)", string_search.last_index_of_char),
    _entry("lastIndexOf(int, int)", string_search.last_index_of_char),
    _entry("lastIndexOf(String)", string_search.last_index_of),
    _entry("lastIndexOf(String, int)", string_search.last_index_of),
    _entry("equals(Object)", string_search.equals),
    _entry("equalsIgnoreCase(String)", string_search.equals_ignore_case),
    _entry("contentEquals(CharSequence)", string_search.content_equals),
    _entry("compareTo(String)", string_search.compare_to),
    _entry("compareTo(Object)", string_search.compare_to),
    _entry("compareToIgnoreCase(String)", string_search.compare_ignore_case),
    _entry("regionMatches(int, String, int, int)", string_search.region_matches),
    _entry("regionMatches(boolean, int, String, int, int)", string_search.region_matches_case),
    _entry("compare(CharSequence, CharSequence)", string_search.compare_sequences, static=True, owner="java.lang.CharSequence"),
)

_MAKING = (
    _entry("substring(int)", string_search.substring),
    _entry("substring(int, int)", string_search.substring),
    _entry("subSequence(int, int)", string_search.substring),
    _entry("concat(String)", string_search.concat),
    _entry("replace(char, char)", string_search.replace_char),
    _entry("replace(CharSequence, CharSequence)", string_search.replace),
    _entry("toLowerCase()", string_forms.to_lower),
    _entry("toLowerCase(Locale)", string_forms.null_locale),
    _entry("toUpperCase()", string_forms.to_upper),
    _entry("toUpperCase(Locale)", string_forms.null_locale),
    _entry("trim()", string_forms.trim),
    _entry("strip()", string_forms.strip),
    _entry("stripLeading()", string_forms.strip_leading),
    _entry("stripTrailing()", string_forms.strip_trailing),
    _entry("repeat(int)", string_forms.repeat),
    _entry("indent(int)", string_forms.indent),
    _entry("stripIndent()", string_forms.strip_indent),
    _entry("translateEscapes()", string_forms.translate_escapes),
    _entry("toCharArray()", string_forms.to_char_array),
    _entry("getChars(int, int, char[], int)", string_forms.get_chars, "void"),
    _entry("getBytes()", string_forms.get_bytes),
    _entry("getBytes(String)", string_forms.get_bytes),
    _entry("getBytes(Charset)", string_forms.get_bytes),
    _entry("getBytes(int, int, byte[], int)", string_forms.get_low_bytes, "void"),
    _entry("formatted(Object[])", formatter.formatted),
)

_REGEX = (
    _entry("matches(String)", regex.matches),
    _entry("replaceAll(String, String)", regex.replace_all),
    _entry("replaceFirst(String, String)", regex.replace_first),
    _entry("split(String)", regex.split),
    _entry("split(String, int)", regex.split),
)

_STATIC = (
    _static("valueOf(Object)", string_forms.text_of),
    _static("valueOf(boolean)", string_forms.text_of),
    _static("valueOf(char)", string_forms.text_of),
    _static("valueOf(int)", string_forms.text_of),
    _static("valueOf(long)", string_forms.text_of),
    _static("valueOf(float)", string_forms.text_of_float),
    _static("valueOf(double)", string_forms.text_of_double),
    _static("valueOf(char[])", string_forms.text_of_chars),
    _static("valueOf(char[], int, int)", string_forms.text_of_chars),
    _static("copyValueOf(char[])", string_forms.text_of_chars),
    _static("copyValueOf(char[], int, int)", string_forms.text_of_chars),
    _static("join(CharSequence, CharSequence[])", string_forms.join),
    _static("join(CharSequence, Iterable)", string_forms.join),
    _static("format(String, Object[])", formatter.format_text),
    _static("format(Locale, String, Object[])", formatter.format_in_locale),
)

METHODS: tuple[Method, ...] = _LOOKING + _MAKING + _REGEX + _STATIC + characters.METHODS
"""Every method of String and Character that a template may call, but for those of Object that they do not override."""
