"""`Limits`: every bound that keeps untrusted templates and bodies harmless, in one frozen record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one render. Going over one raises `LimitExceeded`, which names the field; only `loop_rounds` is silent.

    Sizes count characters unless a field says otherwise.
    """

    template_size: int | None = None
    """Characters of a template; None: the dialect's own bound."""
    output_size: int = 50_000_000
    """Characters that one render may produce."""
    steps: int = 20_000_000
    """Loop rounds, macro calls and block renders of one run together, and long work on large data, slow regular expressions and
    values that a path visits, counted in the same coin."""
    nesting: int = 100
    """Depth of directives, literals, parentheses and call arguments inside each other, and of #evaluate and #parse."""
    functions: int = 5_000
    """Macros, #define blocks, arguments and bodies of macro calls in one template. Each becomes a Python function, and the time
    to compile them grows with the square of their number."""
    macro_depth: int = 20
    """Macro calls inside each other; Velocity's velocimacro.max.depth."""
    loop_rounds: int | None = None
    """Rounds after which a #foreach ends silently (Velocity's directive.foreach.maxloops); None: the dialect's own bound."""
    integer_digits: int = 10_000
    """Decimal digits of an integer or a BigDecimal."""
    string_length: int = 10_000_000
    """Characters of one string that a method or an interpolated string makes."""
    text_made: int = 50_000_000_000
    """Characters of all strings together, forgotten ones included, that sums and interpolated strings make in one render."""
    range_length: int = 1_000_000
    """Elements of a range such as `[1..$n]`, and of a list that a method makes from a number."""
    regex_seconds: float = 1.0
    """Seconds that one regular expression may take on one string."""
    json_depth: int = 1_000
    """Depth of a JSON document and of the values that are printed or compared."""
    xml_size: int = 20_000_000
    """Bytes of an XML document that is read, characters of one that is written; twice what API Gateway passes on."""
    xml_depth: int = 200
    """Depth of the elements of an XML document; libxml2 itself ends at 256."""
    xml_attributes: int = 256
    """Attributes and namespace declarations of one element."""
    xml_name_length: int = 1_000
    """Characters of a name in XML."""
