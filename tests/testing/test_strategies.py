"""Strategies: valid by construction, on target, at the thresholds, and shrinking to the fewest facts."""

from __future__ import annotations

import calendar
import os
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import find, settings
from hypothesis import strategies as st

from safeguard_rules import Case, Family
from safeguard_rules.case.canonical import canonical_tree
from safeguard_rules.errors import CallError
from safeguard_rules.testing import (
    DAY,
    NearMiss,
    as_yaml,
    cases,
    cases_matching,
    cases_where,
    completions_of,
    evaluation_dates,
    evidence_for,
    families,
    near_misses,
    partial_of,
    situations,
)
from safeguard_rules.testing.comparing_outcomes import certain_outcomes, flipped
from safeguard_rules.testing.made_cases import Maker
from safeguard_rules.testing.premises import premise
from safeguard_rules.testing.situation import Situation
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.view import view
from tests.packs_in_text import load, parameter, rule
from tests.testing.books import bundled, drawn

REPORT = "non-mobile-injury:report-injury"
FEW = settings(max_examples=2000)
CHEEK = Case.read(Path(__file__).parents[2] / "examples" / "cheek.yaml")


def smallest(strategy: Any, wanted: Any) -> Any:
    return find(strategy, wanted, settings=FEW)


def test_a_case_always_reads_back_from_its_text() -> None:
    def look(case: Case) -> None:
        assert Case.from_yaml(as_yaml(case)).digest() == case.digest()

    drawn(cases(bundled()), look)


@pytest.mark.parametrize("outcome", ["applies", "undetermined", "does_not_apply"])
def test_a_matching_case_has_the_outcome(outcome: Any) -> None:
    maker = Maker(bundled(), DAY)

    def look(case: Case) -> None:
        assert outcome in maker.outcomes(REPORT, case)

    drawn(cases_matching(bundled(), "report-injury", outcome), look)


def test_a_matching_case_shrinks_to_what_the_rule_needs() -> None:
    found = smallest(cases_matching(bundled(), REPORT, "applies"), lambda _: True)
    tree = canonical_tree(found)
    assert set(tree) == {"child", "injuries"}
    assert len(tree["injuries"]) == 1
    assert set(tree["injuries"][0]) == {"id"}


def test_any_case_shrinks_to_the_fewest_facts() -> None:
    found = smallest(cases(bundled()), lambda case: bool(case.people) and bool(case.incidents))
    tree = canonical_tree(found)
    assert [set(record) for name in ("people", "incidents") for record in tree[name]] == [{"id"}, {"id"}]
    assert set(tree) <= {"child", "people", "incidents"}
    assert set(tree.get("child", {})) <= {"id"}


def test_a_case_for_a_premise_meets_it() -> None:
    when = "{all: [not_independently_mobile, {some: {of: injury, where: {injury.kind: bruise}}}]}"
    wanted = premise(bundled(), when)
    drawn(cases_where(bundled(), when), lambda case: assert_holds(wanted.holds(case, DAY)))


def assert_holds(found: bool) -> None:
    assert found


def test_a_premise_that_is_never_true_is_told() -> None:
    with pytest.raises(CallError, match="no case was found in which"):
        cases_where(bundled(), "{all: [{child.disabled: true}, {child.disabled: false}]}")


def test_an_outcome_that_there_is_not_is_told(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "never"))
    with pytest.raises(CallError, match="no case was found in which `tiny:r` comes to `applies` on 2026-03-02"):
        cases_matching(book, "r", "applies")


def test_dates_lie_at_the_thresholds_and_a_day_beside_them(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{child.age: {less_than: p}}"), parameter("p", "6 months"))
    seen: Counter[str] = Counter()
    drawn(cases(book, only="r"), lambda case: seen.update([str(case.child.born_on) if case.child else ""]), 300)
    assert {"2025-09-01", "2025-09-02", "2025-09-03"} <= set(seen)
    assert {"2026-02-28", "2024-02-29"} <= set(seen), "a month's end and a leap day"
    assert any(len(day) in (4, 7) for day in seen), "and some that are known as a month or a year only"


def test_some_dates_lie_ahead_though_they_cannot() -> None:
    codes: set[str] = set()
    look = lambda case: codes.update(each.code for each in view(case, DAY, bundled().vocabulary).problems)  # noqa: E731
    drawn(cases(bundled()), look, 150)
    assert "date-ahead" in codes


def test_a_near_miss_differs_in_one_thing() -> None:
    maker = Maker(bundled(), DAY)

    def look(found: NearMiss) -> None:
        assert "applies" in maker.outcomes(REPORT, found.before)
        assert "does_not_apply" in maker.outcomes(REPORT, found.after)
        path, _, change = found.changed.partition(": ")
        assert " -> " in change
        assert as_yaml(found.before) != as_yaml(found.after)
        assert path.rpartition(".")[2] in as_yaml(found.after)

    drawn(near_misses(bundled(), "report-injury"), look, 30)


def test_what_is_known_of_a_part_has_the_whole_among_its_answers() -> None:
    """Forgetting never makes a certain answer into another one."""
    book = bundled()

    def look(pair: tuple[Case, Case]) -> None:
        whole, less = pair
        found = flipped(certain_outcomes(book, less, DAY), certain_outcomes(book, whole, DAY))
        assert list(found) == [], as_yaml(less)

    both = cases(book).flatmap(lambda case: st.tuples(st.just(case), partial_of(case, as_of=DAY)))
    drawn(both, look, 40)


def test_a_part_may_be_nearly_nothing_and_shrinks_to_it() -> None:
    found = smallest(partial_of(CHEEK), lambda case: case.injuries is not None)
    assert set(canonical_tree(found)["injuries"][0]) <= {"id", "label"}


def test_a_completion_leaves_nothing_open_and_keeps_what_is_known() -> None:
    book = bundled()

    def look(pair: tuple[Case, Case]) -> None:
        less, whole = pair
        seen = view(whole, DAY, book.vocabulary)
        there = [kind for kind, each in book.vocabulary.kinds.items() if seen.stage in each.stages]
        short = {"person"} if less.all_regular_people_recorded is False else set()
        assert {kind for kind in there if seen.is_open(kind)} <= short, "a list that is known to be short stays so"
        assert {each.path for each in seen.problems} <= {
            each.path for each in view(less, DAY, book.vocabulary).problems
        }
        assert list(flipped(certain_outcomes(book, less, DAY), certain_outcomes(book, whole, DAY))) == []

    both = cases(book).flatmap(lambda case: st.tuples(st.just(case), completions_of(case)))
    drawn(both, look, 25)


def test_a_completion_closes_the_lists_of_the_stage_that_it_came_to_in_the_end() -> None:
    """An injury is of a child who was born; now and then the stage is taken for that of an unborn one at first."""
    case = Case.model_validate({"child": {"id": "baby", "movements": ["sits"]}, "injuries": [{"id": "injury-1"}]})

    def look(whole: Case) -> None:
        seen = view(whole, DAY, bundled().vocabulary)
        assert seen.stage != "unborn"
        kinds = bundled().vocabulary.kinds.items()
        assert not [kind for kind, each in kinds if seen.stage in each.stages and seen.is_open(kind)]

    drawn(completions_of(case), look, 60)


def test_a_completion_for_a_rulebook_fills_what_its_rules_read(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{child.disabled: true}"))

    def look(case: Case) -> None:
        assert case.child is not None
        assert case.child.disabled is not None or case.child.stage != "born"
        assert case.child.birth_weight is None

    drawn(completions_of(Case(), book), look, 20)


def test_evidence_is_of_every_kind() -> None:
    seen: set[str | None] = set()

    def look(case: Case) -> None:
        for entries in case.evidence.values():
            seen.update(each.basis or each.why for each in entries)
            seen.update("disputed" for each in entries if each.disputed)

    drawn(evidence_for(CHEEK), look, 60)
    bases = {"observed", "recorded", "told_by_carer", "told_by_other", "disputed"}
    assert seen >= bases | {"not_asked", "declined", "conflicting"}


def test_a_family_gives_a_case_for_each_child() -> None:
    sizes: set[int] = set()

    def look(family: Family) -> None:
        found = family.cases()
        sizes.add(len(found))
        assert len({case.child.id for case in found if case.child}) == len(found)

    drawn(families(bundled()), look, 40)
    assert sizes == {1, 2, 3}


def test_the_days_are_those_on_which_calendars_go_wrong() -> None:
    seen: set[date] = set()
    drawn(evaluation_dates(bundled()), seen.add, 600)
    assert any(day.month == 2 and day.day == 29 for day in seen)
    assert any(day.day == calendar.monthrange(day.year, day.month)[1] for day in seen)
    changes = {day for day in seen if day.month in (3, 10) and day.weekday() == 6 and day.day > 24}
    assert {day.month for day in changes} == {3, 10}, "the Sundays on which the clocks change"
    victims = date(2022, 1, 31)  # from then on the Domestic Abuse Act calls a child a victim
    assert {victims, victims - timedelta(days=1)} <= seen
    assert find(evaluation_dates(bundled()), lambda _: True) == DAY.day


def test_a_situation_prints_as_a_case_file() -> None:
    found = smallest(situations(bundled()), lambda each: each.case.injuries)
    assert isinstance(found, Situation)
    assert AsOf.of(repr(found).splitlines()[1].removeprefix("as_of: ")) == found.as_of
    assert "injuries: [{id: injury-1}]" in repr(found)


TYPES = """
from hypothesis import find, strategies as st
import sys
from safeguard_rules import Case, Family
assert "safeguard_rules.testing.strategies" not in sys.modules, "nothing is loaded before it is wanted"
print(type(find(st.from_type(Case), lambda case: bool(case.injuries))).__name__)
print(type(find(st.from_type(Family), lambda family: len(family.children) > 1)).__name__)
"""


def test_hypothesis_finds_the_strategies_by_itself(tmp_path: Path) -> None:
    command = [sys.executable, "-c", TYPES]
    environment = {**os.environ, "CI": "true"}  # where CI runs, Hypothesis draws the same each time and has no deadline
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["Case", "Family"]
