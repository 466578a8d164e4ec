"""The template is longer than API Gateway takes.

A mapping template has at most 300 KB.

See: Amazon API Gateway quotas, "Mapping template size".
"""

from __future__ import annotations

from vtl.diagnostics import Severity
from vtl.lint.rule import Rule

RULE = Rule(code="L701", name="template-too-large", severity=Severity.ERROR)
