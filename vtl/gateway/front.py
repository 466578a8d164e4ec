"""The headers that AWS's front adds to a request before an API sees it.

Recorded in the events of functions. Templates and mappings read the same request: the guide's template that passes all parameters
on shows them too. HTTP_PROXY was not recorded to hand them on.
"""

from __future__ import annotations

from vtl.gateway.invocation import Invocation


def arrived(invocation: Invocation) -> list[tuple[str, str]]:
    """The caller's headers as the API sees them, with those that were added on the way; a test of a method has none of these."""
    if invocation.is_test:
        return invocation.headers
    given = {name.lower() for name, _ in invocation.headers}
    added = [
        ("Host", invocation.deployment.domain),
        ("X-Amzn-Trace-Id", invocation.trace_id),
        ("X-Forwarded-For", invocation.request.source_ip or "127.0.0.1"),
        ("X-Forwarded-Port", "443"),
        ("X-Forwarded-Proto", "https"),
    ]
    return [*invocation.headers, *(pair for pair in added if pair[0].lower() not in given)]
