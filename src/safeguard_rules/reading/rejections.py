"""What a model's own validators refused, told at its place; a text of pydantic never reaches a person."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from safeguard_rules import messages
from safeguard_rules.messages import Message
from safeguard_rules.reading.nodes import MapNode, place_of
from safeguard_rules.source import Issue


def rejections(error: ValidationError, node: MapNode, only: frozenset[str] | None = None) -> Iterator[Issue]:
    """The issues that a model's refusal stands for; `node` is the mapping that the model was made from.

    With `only`, what is refused about other keys, or about the mapping as a whole, is passed over.
    """
    for refusal in error.errors(include_url=False):
        path: tuple[int | str, ...] = refusal["loc"]
        if only is not None and (not path or path[0] not in only):
            continue
        name = next((step for step in reversed(path) if isinstance(step, str)), "")
        message = _message(refusal["type"], refusal.get("ctx", {}), refusal["input"], name)
        yield message.at(place_of(node, path))


def _message(kind: str, context: dict[str, Any], given: Any, name: str) -> Message:
    match kind, context:
        case (("value_error" | "assertion_error"), {"error": reason}):
            return messages.refused_by_model(str(reason))
        case "greater_than_equal", {"ge": bound}:
            return messages.out_of_bounds(f"at least {bound}", given)
        case "greater_than", {"gt": bound}:
            return messages.out_of_bounds(f"more than {bound}", given)
        case "less_than_equal", {"le": bound}:
            return messages.out_of_bounds(f"at most {bound}", given)
        case "less_than", {"lt": bound}:
            return messages.out_of_bounds(f"less than {bound}", given)
        case "too_short", {"min_length": least}:
            return messages.too_few(name, least, len(given))
        case "too_long", {"max_length": most}:
            return messages.too_many(most, len(given))
        case "string_too_short", {"min_length": least}:
            return messages.text_too_short(name, least)
        case "string_too_long", {"max_length": most}:
            return messages.text_too_long(name, most)
        case "string_pattern_mismatch", _:
            return messages.wrong_form(str(given), name)
        case _:
            return messages.not_accepted(name)
