"""Decision 37: a locality widens what is used plainly, narrows what stands under `not`, and moves as all uses allow."""

from pathlib import Path

import pytest

from tests.packs.refused import codes
from tests.packs_in_text import Piece, definition, evaluate, load, outcome, parameter, rule

D = definition("d", "{child.disabled: true}")
WIDENS = "contacts: {}\nwidens:\n  d: {or_if: {case.plan: child_protection}, reads: has a plan, cites: [law/duty]}\n"
NARROWS = WIDENS.replace("widens", "narrows").replace("or_if", "and_only_if")
USES = [
    ("d", True, False),
    ("{not: d}", False, True),
    ("{not: {not: d}}", True, False),
    ("{all: [{not: {any: [d, always]}}]}", False, True),
    ("{some: {of: injury, where: d}}", True, False),
    ("{every: {of: injury, where: {not: d}}}", False, True),
    ("{count: {of: injury, where: d, is: {at_least: p}}}", True, False),
    ("{count: {of: injury, where: d, is: {more_than: p}}}", True, False),
    ("{count: {of: injury, where: d, is: {at_most: p}}}", False, True),
    ("{count: {of: injury, where: d, is: {less_than: p}}}", False, True),
]


@pytest.mark.parametrize(("when", "widens", "narrows"), USES)
def test_decision_37_a_meaning_changes_only_towards_more(
    when: str, widens: bool, narrows: bool, tmp_path: Path
) -> None:
    pieces = (D, parameter("p", "3"), rule("r", when))
    for n, (locality, allowed) in enumerate([(WIDENS, widens), (NARROWS, narrows)]):
        if allowed:
            load(tmp_path / str(n), *pieces, locality=locality)
        else:
            assert codes(tmp_path / str(n), *pieces, locality=locality) == ["weakens"]


def test_decision_37_the_use_of_a_definition_is_seen_through_others(tmp_path: Path) -> None:
    through = definition("outer", "{not: d}")
    load(tmp_path / "a", D, through, rule("r", "{not: outer}"), locality=WIDENS)
    assert codes(tmp_path / "b", D, through, rule("r", "outer"), locality=WIDENS) == ["weakens"]


MOVES = [
    ("{child.age: {less_than: p}}", "6 weeks", "8 weeks", "4 weeks"),
    ("{child.age: {at_most: p}}", "6 weeks", "8 weeks", "4 weeks"),
    ("{child.age: {at_least: p}}", "6 weeks", "4 weeks", "8 weeks"),
    ("{not: {child.age: {more_than: p}}}", "6 weeks", "8 weeks", "4 weeks"),
    ("{injury.noticed_on: {within_last: p}}", "6 weeks", "2 months", "5 days"),
    ("{injury.noticed_on: {more_than_ago: p}}", "6 weeks", "5 days", "2 months"),
    ("{injury.noticed_on: {before: p}}", "2026-01-01", "2026-06-01", "2025-06-01"),
    ("{child.birth_weight: {less_than: p}}", "2500", "3000", "2000"),
    ("{count: {of: person, is: {at_least: p}}}", "3", "2", "4"),
]


@pytest.mark.parametrize(("when", "shared", "tighter", "weaker"), MOVES)
def test_decision_37_a_threshold_moves_only_towards_more(
    when: str, shared: str, tighter: str, weaker: str, tmp_path: Path
) -> None:
    more = "for_each: injury" if "injury.noticed_on" in when else ""
    pieces = (parameter("p", shared), rule("r", when, more=more))
    moved = "contacts: {{}}\nmoves:\n  p: {{value: {}, cites: [law/duty]}}\n"
    load(tmp_path / "tighter", *pieces, locality=moved.format(tighter))
    load(tmp_path / "same", *pieces, locality=moved.format(shared))
    assert codes(tmp_path / "weaker", *pieces, locality=moved.format(weaker)) == ["weakens"]


def test_decision_37_lengths_that_do_not_compare_are_not_moved(tmp_path: Path) -> None:
    pieces = (parameter("p", "1 month"), rule("r", "{child.age: {less_than: p}}"))
    locality = "contacts: {}\nmoves:\n  p: {value: 30 days, cites: [law/duty]}\n"
    assert codes(tmp_path, *pieces, locality=locality) == ["weakens"]


ADOPTED = [
    ("d", "wide", True),
    ("d", "tight", False),
    ("{not: d}", "wide", False),
    ("{not: d}", "tight", True),
    ("{all: [d, {not: d}]}", "wide", False),
    ("{all: [d, {not: d}]}", "the_same", True),
]
VARIANTS = """
variants:
  wide: {reads: is wide, when: {child.movements: {includes_any: [crawls, walks, sits]}}, cites: [law/duty]}
  tight: {reads: is tight, when: {child.movements: {includes: walks}}, cites: [law/duty]}
  the_same: {reads: is the same, when: {child.movements: {includes_any: [crawls, walks]}}, cites: [law/duty]}
"""


@pytest.mark.parametrize(("when", "variant", "allowed"), ADOPTED)
def test_decision_37_a_variant_is_adopted_only_towards_more(
    when: str, variant: str, allowed: bool, tmp_path: Path
) -> None:
    d = definition("d", "{child.movements: {includes_any: [crawls, walks]}}", more=VARIANTS)
    locality = f"contacts: {{}}\nadopts:\n  d: {{variant: {variant}, cites: [law/duty]}}\n"
    pieces: tuple[Piece, ...] = (d, rule("r", when))
    if allowed:
        load(tmp_path, *pieces, locality=locality)
    else:
        assert codes(tmp_path, *pieces, locality=locality) == ["weakens"]


def test_decision_37_a_locality_adds_rules_that_hold_there(tmp_path: Path) -> None:
    locality = """
        contacts: {}
        rules:
          extra:
            title: One more
            when: always
            then: [{should: act}]
            because: There is a reason.
            cites: [law/duty]
        """
    rulebook = load(tmp_path, rule("r", "never"), locality=locality)
    assert outcome(evaluate(rulebook), "extra") == "applies"
    assert rulebook.content.rules["here:extra"].forms[0].areas == ("here",)
