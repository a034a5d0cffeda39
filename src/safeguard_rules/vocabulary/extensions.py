"""What extensions add to a case, checked against the models that they bring."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from safeguard_rules.case.contents import CaseContents
from safeguard_rules.errors import CallError
from safeguard_rules.messages import suggest
from safeguard_rules.vocabulary.facts import Vocabulary
from safeguard_rules.vocabulary.problems import Problem


def extension_slips(case: CaseContents, vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """What is wrong with the `extra` of a case: namespaces that no extension has, and values that do not fit."""
    return tuple(_slips(case, vocabulary))


def extension_entry(case: CaseContents, vocabulary: Vocabulary, name: str) -> BaseModel | None:
    """The facts that a case has for an extension, None if it has none; raises `CallError` if they do not fit."""
    values = case.extra.get(name)
    if values is None:
        return None
    model = vocabulary.extensions[name]
    slips = "; ".join(f"`{each.path}`: {each.message}" for each in _value_slips(name, model, values))
    if slips:
        raise CallError(f"the facts of the extension `{name}` cannot be read: {slips}")
    return model.model_validate(dict(values), strict=True)


def _slips(case: CaseContents, vocabulary: Vocabulary) -> Iterator[Problem]:
    for name, values in case.extra.items():
        model = vocabulary.extensions.get(name)
        if model is None:
            help_ = suggest(name, vocabulary.extensions)
            message = f"no extension in force is called `{name}`" + (f"; {help_}" if help_ else "")
            yield Problem("unknown-extension", f"extra.{name}", message)
            continue
        yield from _value_slips(name, model, values)


def _value_slips(name: str, model: type[BaseModel], values: Mapping[str, Any]) -> Iterator[Problem]:
    for field in values:
        if field not in model.model_fields:
            help_ = suggest(field, model.model_fields)
            message = "the extension has no such fact" + (f"; {help_}" if help_ else "")
            yield Problem("unknown-extension-fact", f"extra.{name}.{field}", message)
    try:
        model.model_validate({field: values[field] for field in values if field in model.model_fields}, strict=True)
    except ValidationError as error:
        for each in error.errors(include_url=False, include_context=False):
            path = ".".join(["extra", name, *map(str, each["loc"][:1])])
            yield Problem("wrong-extension-value", path, f"`{each['input']}` does not fit")
