"""A tiny pack whose rules have every sort of part, for the tests of what generates cases."""

from __future__ import annotations

from pathlib import Path

from safeguard_rules import Rulebook
from safeguard_rules.testing.forcing import Bench
from safeguard_rules.testing.generating import Generator, bench_for
from safeguard_rules.values.dates import AsOf
from tests.packs_in_text import TODAY, Piece, action, assumed, definition, load, parameter, rule

PIECES = (
    parameter("young_under", "3 months"),
    parameter("lately", "24 hours"),
    parameter("some_days", "10 days"),
    parameter("enough", "2"),
    definition("cold", "{child.seriously_ill_or_hurt: true}", more=assumed("true")),
    rule("young", "{child.age: {less_than: young_under}}"),
    rule("hours", "{injury.noticed_on: {within_last: lately}}", more="for_each: injury"),
    rule("days", "{injury.noticed_on: {within_last: some_days}}", "{should: look}", "for_each: injury"),
    rule("kinds", "{injury.kind: [burn_or_scald, fracture]}", "{should: look}, {consider: note}", "for_each: injury"),
    rule("later", "{injury.noticed_on: {after: {fact: child.born_on}}}", more="for_each: injury"),
    rule("many", "{count: {of: concern, is: {at_least: enough}}}", "{consider: note}"),
    rule("through", "{all: [cold, {not: {some: {of: concern, where: {concern.immediate_danger: true}}}}]}"),
    rule("twice", "{all: [{child.disabled: true}, {child.disabled: true}]}", "{should: note}"),
    rule("past", "{child.disabled: true}", more="to: 2025-01-31"),
    rule("to_come", "{child.disabled: true}", more="from: 2026-06-01"),
    action("look"),
    action("note"),
)


def rulebook(folder: Path, *pieces: Piece) -> Rulebook:
    """The rulebook of the tiny pack, or of another."""
    return load(folder, *(pieces or PIECES))


def bench(book: Rulebook, rule_: str, day: str = TODAY) -> Bench:
    """What runs one rule of it by itself."""
    found = bench_for(book, book.content.rules[f"tiny:{rule_}"], AsOf.of(day))
    assert found is not None
    return found


def generator(book: Rulebook, *, boundaries: bool = False) -> Generator:
    """What makes the cases of a tiny pack that has no localities."""
    return Generator("tiny", lambda area: book if area is None else None, boundaries)
