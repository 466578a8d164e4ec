"""Warnings before the first request: what API Gateway refuses to deploy, and is left out or answered 500 here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vtl.diagnostics import Diagnostic, Severity
from vtl.errors import MissingExtra
from vtl.gateway.deployment import Deployment
from vtl.gateway.plans import MethodPlan
from vtl.mapping.parameters import REQUEST, RESPONSE, compile_mappings
from vtl.model.place import Where


def remarks(deployment: Deployment) -> list[Diagnostic]:
    """The warnings about a deployment's methods, with their places."""
    models = {each.name: each.where for each in deployment.api.models}
    found = [each for plan in deployment.plans.values() for each in _of_method(plan, models)]
    return list(dict.fromkeys(found))


def _of_method(plan: MethodPlan, models: Mapping[str, Where | None]) -> Iterator[Diagnostic]:
    method, name = plan.method, f"{plan.method.http_method} {plan.path}"
    if method.integration is None or not method.integration.type:
        yield _warning(f"{name} has no integration: every request is answered 500", method.where)
    validators = [each.name for each in plan.api.request_validators]
    if method.request_validator and method.request_validator not in validators:
        yield _warning(
            f"{name}: there is no request validator {str(method.request_validator)!r}, so nothing is validated", method.where
        )
    yield from _of_models(plan, name, models)
    if method.integration is not None:
        yield from _of_mappings(name, method.integration.request_parameters, REQUEST, method.integration.where)
        for response in method.integration.responses:
            yield from _of_mappings(name, response.response_parameters, RESPONSE, response.where)


def _of_models(plan: MethodPlan, name: str, models: Mapping[str, Where | None]) -> Iterator[Diagnostic]:
    checks = plan.validation.models
    for model in dict.fromkeys(plan.method.request_models.values()):
        if checks is None or not model:
            continue
        if not checks.has(model):
            yield _warning(f"{name}: there is no model {model!r}, so bodies are not validated", plan.method.where)
            continue
        try:
            problem = checks.unusable(model)
        except MissingExtra:
            return
        if problem:
            yield _warning(f"the model {model} is no schema, and bodies for it are answered 500: {problem}", models.get(model))


def _of_mappings(name: str, mappings: Mapping[str, str], side: str, where: Where | None) -> Iterator[Diagnostic]:
    for target, source in mappings.items():
        known = getattr(source, "placeholders", None) or getattr(target, "placeholders", None)
        if not known and not compile_mappings({target: source}, side).entries:
            yield _warning(f"{name}: the mapping of {str(source)!r} to {str(target)!r} is none, and maps nothing", where)


def _warning(message: str, where: Where | None) -> Diagnostic:
    source, span = where or (None, None)
    return Diagnostic(message, source, span, Severity.WARNING)
