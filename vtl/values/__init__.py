"""What Java does with a value: sum, text, truth, methods; `to_text` and `to_json` are the doors for others."""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from vtl.values.json import to_json
    from vtl.values.text import to_text
else:

    def __getattr__(name: str) -> object:
        """Import what is asked for on first use."""
        if name == "to_text":
            from vtl.values.text import to_text

            return to_text
        if name == "to_json":
            from vtl.values.json import to_json

            return to_json
        raise AttributeError(f"module 'vtl.values' has no attribute {name!r}")


__all__ = ["to_json", "to_text"]
