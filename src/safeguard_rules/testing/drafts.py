"""A case being made: plain values, as they stand in a file, with every step kept so that it can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from safeguard_rules.case.case import Case
from safeguard_rules.vocabulary.facts import Vocabulary

Facts = dict[str, Any]
State = Literal["closed", "open"]
EVERYBODY = "all_regular_people_recorded"
CHILD = "baby"


@dataclass(frozen=True, slots=True)
class Spot:
    """One part of a case being made: what kind it is, and its facts."""

    kind: str
    facts: Facts

    @property
    def id(self) -> str:
        """The id of a record."""
        return str(self.facts["id"])


class CaseDraft:
    """A case being made; `case` builds it, and it is always a valid one."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.tree: Facts = {"child": {"id": CHILD}, "pregnancy": {}}
        self._states: dict[str, State] = {}
        self._left_open: dict[tuple[int, str], bool] = {}
        self._made: dict[str, int] = {}
        self._steps: list[Callable[[], object]] = []

    # --- parts

    def single(self, owner: str) -> Spot:
        """The child, the case, the pregnancy or an extension."""
        if owner == "case":
            return Spot(owner, self.tree)
        if owner.startswith("extra."):
            extras = self.tree.setdefault("extra", {})
            return Spot(owner, extras.setdefault(owner.removeprefix("extra."), {}))
        return Spot(owner, self.tree[owner])

    def records(self, kind: str) -> list[Spot]:
        """The records of a list, in the order in which they were made."""
        return [Spot(kind, facts) for facts in self.tree.get(self._name(kind)) or ()]

    def add(self, kind: str) -> Spot:
        """One more record of a list, with an id of its own and nothing else known."""
        name = self._name(kind)
        if self.tree.get(name) is None:
            self.put(self.tree, name, [])
        self._made[kind] = self._made.get(kind, 0) + 1
        facts: Facts = {"id": f"{kind.replace('_', '-')}-{self._made[kind]}"}
        entries: list[Facts] = self.tree[name]
        entries.append(facts)
        self._steps.append(lambda: entries.remove(facts))
        return Spot(kind, facts)

    @property
    def stage(self) -> str | None:
        """The child's stage, as far as it is decided."""
        stage: str | None = self.tree["child"].get("stage")
        return stage

    # --- facts

    def put(self, facts: Facts, name: str, value: Any) -> None:
        """Gives a fact a value; None takes it away."""
        old = facts.get(name)
        self._steps.append(lambda: _put(facts, name, old))
        _put(facts, name, value)

    def leave_open(self, spot: Spot, name: str) -> None:
        """Says that a fact is to stay unknown."""
        key = (id(spot.facts), name)
        old = self._left_open.get(key, False)
        self._left_open[key] = True
        self._steps.append(lambda: self._left_open.__setitem__(key, old))

    def is_left_open(self, spot: Spot, name: str) -> bool:
        """Whether a fact is to stay unknown."""
        return self._left_open.get((id(spot.facts), name), False)

    # --- lists

    def state(self, kind: str) -> State | None:
        """Whether a list is decided to be complete or not."""
        return self._states.get(kind)

    def decide(self, kind: str, state: State) -> bool:
        """Decides whether a list is complete; false where it was decided the other way."""
        if kind in self._states:
            return self._states[kind] == state
        if kind == "person" and self.tree.get(EVERYBODY) is not None:
            return self.tree[EVERYBODY] is (state == "closed")
        self._states[kind] = state
        self._steps.append(lambda: self._states.pop(kind))
        return True

    # --- going back

    def mark(self) -> int:
        """Where we are, to come back to."""
        return len(self._steps)

    def back_to(self, mark: int) -> None:
        """Takes back every step since a mark."""
        while len(self._steps) > mark:
            self._steps.pop()()

    # --- the case

    def written(self) -> Facts:
        """The case as plain values: lists that are left undecided are complete if they have records."""
        found = {name: value for name, value in self.tree.items() if value not in ({}, None)}
        incomplete = list(found.get("incomplete", ()))
        for kind in self.vocabulary.kinds.values():
            state = self._states.get(kind.singular)
            if state == "closed":
                found.setdefault(kind.name, [])
                if kind.singular == "person":
                    found.setdefault(EVERYBODY, True)
            elif state == "open" and kind.singular != "person":
                if found.get(kind.name):
                    incomplete.append(kind.name)
                else:
                    found.pop(kind.name, None)
        if found.get(EVERYBODY) is True:
            found.setdefault("people", [])
        if incomplete:
            found["incomplete"] = list(dict.fromkeys(incomplete))
        return found

    def case(self) -> Case:
        """The case."""
        return Case.model_validate(self.written())

    def _name(self, kind: str) -> str:
        return self.vocabulary.kinds[kind].name


def _put(facts: Facts, name: str, value: Any) -> None:
    if value is None:
        facts.pop(name, None)
    else:
        facts[name] = value


def parts_of(tree: Mapping[str, Any], vocabulary: Vocabulary) -> list[tuple[str, str, Mapping[str, Any]]]:
    """The parts of a written case that hold facts: the owner of their facts, their path, their facts."""
    found = [("case", "case", tree)]
    found += [(name, name, tree[name]) for name in ("child", "pregnancy") if name in tree]
    found += [(f"extra.{name}", f"extra.{name}", facts) for name, facts in (tree.get("extra") or {}).items()]
    for kind in vocabulary.kinds.values():
        found += [(kind.singular, f"{kind.name}[{facts['id']}]", facts) for facts in tree.get(kind.name) or ()]
    return found
