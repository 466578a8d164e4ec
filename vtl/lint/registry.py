"""All rules: the modules under `vtl.lint.rules`, found by walking the folder and imported when they are first asked for."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from importlib import import_module

from vtl.errors import InputError
from vtl.lint import rules as package
from vtl.lint.rule import Rule


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    found = []
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.ispkg:
            found.append(import_module(module.name).RULE)
    return tuple(sorted(found, key=lambda rule: rule.code))


def rule_named(name: str) -> Rule:
    """The rule with this code or name; InputError for any other word."""
    for rule in all_rules():
        if name.upper() == rule.code or name == rule.name:
            return rule
    raise _unknown(name)


def selected(selectors: Iterable[str]) -> frozenset[str]:
    """The codes that the selectors mean: a code or its beginning, a name, or ALL. InputError for what means nothing."""
    codes: set[str] = set()
    for selector in selectors:
        if selector.upper() == "ALL":
            codes |= {rule.code for rule in all_rules()}
            continue
        matching = {rule.code for rule in all_rules() if rule.code.startswith(selector.upper()) or rule.name == selector}
        if not matching or not selector:
            raise _unknown(selector)
        codes |= matching
    return frozenset(codes)


def default_codes() -> frozenset[str]:
    """The rules that are on when nothing is selected."""
    return frozenset(rule.code for rule in all_rules() if rule.default)


def aws_codes() -> frozenset[str]:
    """The rules that only count where the target is AWS."""
    return frozenset(rule.code for rule in all_rules() if rule.aws)


def _unknown(name: str) -> InputError:
    words = [word for rule in all_rules() for word in (rule.code, rule.name)]
    near = get_close_matches(name, words, 1) or get_close_matches(name.upper(), words, 1)
    hint = f"did you mean {near[0]}?" if near else "`vtl rules` lists them"
    return InputError(f"there is no rule {name!r}", hint=hint)
