"""Localities over the bundled packs that nobody wrote: one change each, drawn from all that a locality can change."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from safeguard_rules import Rulebook
from safeguard_rules.errors import PackError
from safeguard_rules.packs.content import Definition, Parameter
from safeguard_rules.testing.dice import Dice
from safeguard_rules.values.durations import Duration
from safeguard_rules.vocabulary.facts import Kind
from tests.testing.books import bundled

CITES = "cites: ['guidance:pack-proposals/at-once']"


@dataclass(frozen=True)
class LocalChange:
    """One change of one name, as the key and the entry of a locality's file."""

    key: str
    name: str
    entry: str

    def load(self, folder: Path) -> Rulebook | None:
        """The bundled packs with a locality that makes this change; None where it is refused for asking for less."""
        file = folder / "somewhere.yaml"
        file.write_text(f"{_head()}{self.key}:\n  {self.name}: {self.entry}\n", encoding="utf-8")
        try:
            return Rulebook.load(locality=file)
        except PackError as error:
            if {issue.code for issue in error.issues if issue.severity == "error"} != {"weakens"}:
                raise  # it is wrong in another way, and tells nothing about promise 14
            return None


def draw_change(dice: Dice) -> LocalChange:
    """A definition widened, narrowed or taken in a variant, or a threshold moved, this way or that."""
    content = bundled().content
    varied = [each for each in content.definitions.values() if each.variants]
    key = dice.pick(("widens", "narrows", "widens", "narrows", "moves", "moves", *(("adopts",) if varied else ())))
    if key == "moves":
        movable = [each for each in content.parameters.values() if isinstance(each.forms[0].value, int | Duration)]
        return _moved(dice, dice.pick(movable))
    if key == "adopts":
        definition = dice.pick(varied)
        return LocalChange(key, definition.name, f"{{variant: {dice.pick(sorted(definition.variants))}, {CITES}}}")
    definition = dice.pick(list(content.definitions.values()))
    added = "or_if" if key == "widens" else "and_only_if"
    return LocalChange(key, definition.name, f"{{{added}: {_condition(dice, definition)}, reads: as here, {CITES}}}")


def _moved(dice: Dice, parameter: Parameter) -> LocalChange:
    value = parameter.forms[0].value
    up = dice.chance(50)
    if isinstance(value, Duration):
        other: object = Duration(value.amount * 2 + 1 if up else value.amount // 2, value.unit)
    else:
        assert isinstance(value, int)
        other = value + 1 if up else max(0, value - 1)
    return LocalChange("moves", parameter.name, f"{{value: {other}, {CITES}}}")


def _condition(dice: Dice, definition: Definition) -> str:
    """A test of one fact of what the definition is about; of the child the facts of the case, which all stages have."""
    owner = "case" if definition.of == "child" else definition.of
    facts = [each for each in bundled().vocabulary.facts_of(owner) if not each.derived]
    fact = dice.pick([each for each in facts if each.kind in (Kind.BOOLEAN, Kind.WORD, Kind.WORDS)])
    match fact.kind:
        case Kind.BOOLEAN:
            test = dice.pick(("true", "false"))
        case Kind.WORD:
            test = dice.pick(fact.words)
        case _:
            test = f"{{includes_any: [{dice.pick(fact.words)}]}}"
    return f"{{{fact.path}: {test}}}"


@cache
def _head() -> str:
    content = bundled().content
    packs = sorted(stamp.id for stamp in bundled().packs if stamp.kind == "pack")
    contacts = sorted({each.contact for each in content.actions.values() if each.contact is not None})
    lines = ["language: 1", "locality: somewhere", "title: Somewhere", "version: 0.1.0", "status: draft"]
    lines += [f"uses: {json.dumps(packs)}", "contacts:"]
    empty = "phone: null, hours: null, out_of_hours: null, url: null, checked_on: null"
    return "\n".join([*lines, *(f"  {each}: {{name: Somebody, {empty}, {CITES}}}" for each in contacts), ""])
