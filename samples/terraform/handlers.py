"""The function behind POST /orders."""

from __future__ import annotations

from typing import Any


def place(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Adds an order up; one without lines is refused."""
    lines = event["order"].get("lines", [])
    if not lines:
        raise ValueError("the order has no lines")
    return {"id": event["order"]["id"], "total": sum(each["price"] * each["quantity"] for each in lines)}
