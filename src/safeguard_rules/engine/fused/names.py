"""The names of one generated function, and what it knows from outside."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Any

from safeguard_rules.engine.fused.asking import by_its_id, cut, elapsed, fields_of, members
from safeguard_rules.engine.fused.days import Days
from safeguard_rules.engine.syntax import const, name
from safeguard_rules.values.special import NOT_YET
from safeguard_rules.vocabulary.derived_child import weeks_at_booking
from safeguard_rules.vocabulary.facts import Vocabulary


@dataclass(slots=True)
class Names:
    """Fresh names, constants and bounds of days."""

    vocabulary: Vocabulary
    days: Days
    timed: bool
    """Whether the evaluation is at an instant, so that dates of its own day may lie ahead."""
    asks: bool = False
    """Whether anything is asked of a view."""
    namespace: dict[str, Any] = field(default_factory=dict)
    _given: int = 0
    _constants: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.namespace |= {
            "NOT_YET": NOT_YET,
            "by_its_id": by_its_id,
            "calendar": self.days.calendar,
            "cut": cut,
            "elapsed": elapsed,
            "fields_of": fields_of,
            "members": members,
            "weeks_at_booking": weeks_at_booking,
        }

    def fresh(self, stem: str) -> str:
        """A name that nothing has yet."""
        self._given += 1
        return f"{stem}_{self._given}"

    def constant(self, value: object) -> ast.expr:
        """A value that stands in the code, or one that the code names."""
        if value is None or value.__class__ in (str, bool, int):
            return const(value)
        kept = self._constants.get(id(value))
        if kept is None:
            kept = self._constants[id(value)] = self.fresh("constant")
            self.namespace[kept] = value
        return name(kept)

    def nothing(self, owner: str) -> ast.expr:
        """The fields of an entry that is not there: all unknown, no set incomplete."""
        kept = f"nothing_of_{owner.replace('.', '_')}"
        if kept not in self.namespace:
            facts = self.vocabulary.facts_of(owner)
            self.namespace[kept] = {**{fact.name: None for fact in facts}, "incomplete": ()}
        return name(kept)
