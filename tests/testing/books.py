"""Rulebooks that the tests of the testing kit share, and a way to run a property and look at how it failed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import Phase, given, settings

from safeguard_rules import Case, Evaluation, Rulebook
from safeguard_rules.testing.properties import Property

PLACES = (None, "wiltshire", "stoke-on-trent")


@cache
def bundled(locality: str | None = None) -> Rulebook:
    """The bundled packs, with a locality or without."""
    return Rulebook.load(locality=locality)


def by_the_view(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets outcomes come from the view of a case, so that a fault put into the view shows in them too."""
    monkeypatch.setattr(Evaluation, "outcomes", lambda evaluation: evaluation._inquiry.runs.outcomes())


def run(test: Property, examples: int = 100) -> None:
    """Runs a property with so many examples."""
    settings(max_examples=examples)(test)()


UNTIL_FOUND = 2000
"""Examples at most: looking ends with the first find."""


def failure(test: Property, smallest: bool = True) -> str:
    """What a property says that does not hold, of the smallest case or of the first that was found."""
    phases = [Phase.generate, *([Phase.shrink] if smallest else [])]
    with pytest.raises(AssertionError) as found:
        settings(phases=phases, max_examples=UNTIL_FOUND)(test)()
    return str(found.value)


def drawn(strategy: Any, look: Callable[[Any], object], examples: int = 60) -> None:
    """Looks at so many examples of a strategy; nothing is shrunk where a look fails."""

    @settings(max_examples=examples, phases=[Phase.generate])
    @given(strategy)
    def each(example: Any) -> None:
        look(example)

    each()


def facts_in(case: Case) -> int:
    """How many values a case holds, ids and empty lists left out."""
    return case.model_dump_json(exclude_none=True).count(":") - case.model_dump_json(exclude_none=True).count('"id":')
