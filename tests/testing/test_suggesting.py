"""Suggested cases: for a wrong that no case found out a small one that does, as the runner judges it."""

from __future__ import annotations

from pathlib import Path

from safeguard_rules.testing.generated_file import NAME, Kept, Writing
from safeguard_rules.testing.generating import MadeCase
from safeguard_rules.testing.mutants import Mutant, mutants, run_mutants
from safeguard_rules.testing.runner import CaseSet
from safeguard_rules.testing.suggesting import Suggesting
from tests.packs_in_text import assumed, definition, rule
from tests.testing.generating import PIECES
from tests.testing.packs import folder_with, one_case, runner

YOUNG = "{child.age: {less_than: young_under}}"
NOTHING = one_case("findings: {young: undetermined}")


def found(cases: CaseSet) -> dict[str, tuple[Mutant, MadeCase | None]]:
    (rulebook,) = cases.rulebooks.values()
    suggests = Suggesting("tiny", rulebook, None)
    return {str(mutant): (mutant, suggests.killer(mutant)) for mutant in mutants(cases)}


def test_every_wrong_that_changes_anything_gets_a_case_that_finds_it_out(tmp_path: Path) -> None:
    home = folder_with(tmp_path, NOTHING, *PIECES)
    suggested = found(runner().read(home))
    made = [case for _, case in suggested.values() if case is not None]
    (rulebook,) = runner().read(home).rulebooks.values()
    text, _ = Writing("tiny", {None: rulebook}).file(made, Kept())
    (home / NAME).write_text(text, encoding="utf-8")
    survivors = {str(mutant) for mutant in run_mutants(runner().read(home)).survivors}

    assert {name for name, (_, case) in suggested.items() if case is None} == survivors
    assert all(name.startswith("tiny:twice.when") for name in survivors)
    assert "where a slip would show (tiny:young" in text


def test_the_same_case_is_suggested_every_time(tmp_path: Path) -> None:
    home = folder_with(tmp_path, NOTHING, *PIECES[:3], *PIECES[4:6], *PIECES[-2:])
    first, second = (
        {name: case and case.key for name, (_, case) in found(runner().read(home)).items()} for _ in range(2)
    )

    assert first == second


def test_a_threshold_below_which_nobody_is_asked_gets_one_too(tmp_path: Path) -> None:
    still = definition("still", "{child.disabled: true}", more=assumed("true", ask_unless=YOUNG))
    home = folder_with(tmp_path, one_case("findings: {r: undetermined}"), PIECES[0], still, rule("r", "{not: still}"))
    cases = runner().read(home)
    (rulebook,) = cases.rulebooks.values()
    (moved, *_) = [each for each in mutants(cases) if each.at == "tiny:young_under"]

    assert Suggesting("tiny", rulebook, None).killer(moved) is None  # a rule that is only ruled out by it says nothing

    home = folder_with(tmp_path / "c", one_case("findings: {r: applies}"), PIECES[0], still, rule("r", "still"))
    cases = runner().read(home)
    (rulebook,) = cases.rulebooks.values()
    made = Suggesting("tiny", rulebook, None).killer(moved)
    assert made is not None
    assert made.case.child is not None
    assert str(made.case.child.born_on)[:7] in ("2025-11", "2025-12")
