"""Hypothesis strategies: cases, families, days and evidence, aimed at what a rulebook can tell apart.

Each is valid by construction, and shrinks to the fewest lists, records and facts.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeVar

from hypothesis import assume
from hypothesis import strategies as st

from safeguard_rules.case.case import Case
from safeguard_rules.case.family import Family
from safeguard_rules.engine.rulebook import Day, Rulebook, day_of
from safeguard_rules.errors import CallError
from safeguard_rules.results import Outcome
from safeguard_rules.testing.dice import Seeded
from safeguard_rules.testing.drafts import Facts
from safeguard_rules.testing.evidencing import with_evidence
from safeguard_rules.testing.family_making import family_of
from safeguard_rules.testing.knowing import Learning, know_less, steps_back
from safeguard_rules.testing.made_cases import Maker
from safeguard_rules.testing.near_missing import NearMiss, near_miss
from safeguard_rules.testing.premises import premise
from safeguard_rules.testing.reading_of_rules import reads_of
from safeguard_rules.testing.shrinking import numbered
from safeguard_rules.testing.situation import DAY, Situation
from safeguard_rules.testing.written_cases import parts_in, thinned
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.facts import Vocabulary

X = TypeVar("X")
Draw = Callable[[st.SearchStrategy[Any]], Any]

SEEDS = st.integers(0, 2**32 - 1)
"""What one case is made from. It shrinks to nothing simpler, so each part of the case is kept or not by a draw of its
own, and the simplest draw leaves it out."""

DROPPED = 4
"""A part is left out if its byte is below this."""

TRIES = 6
PROOF_TRIES = 400
FIRST_YEAR, LAST_YEAR = 2024, 2028


def cases(rulebook: Rulebook, *, only: str | None = None, as_of: Day = DAY) -> st.SearchStrategy[Case]:
    """Cases for the rules of a rulebook on a day: towards some outcomes of some rules, and whatever else may be known.

    With `only` the full or short name of a rule, the case says nothing that this rule does not read. Raises `CallError`
    for a rule that is not in force.
    """
    maker = Maker(rulebook, day_of(as_of))
    if only is not None:
        maker.active(only)
    return _made(rulebook.vocabulary, lambda seed: maker.any_case(Seeded(seed), only))


def cases_matching(rulebook: Rulebook, rule: str, outcome: Outcome, *, as_of: Day = DAY) -> st.SearchStrategy[Case]:
    """Cases in which a rule comes to an outcome for at least one of its subjects.

    They are built towards it, and the engine has the last word. Raises `CallError` for a rule that is not in force, and
    where no case was found in many tries.
    """
    maker = Maker(rulebook, day_of(as_of))
    name = maker.active(rule).rule.name

    def reaches(case: Case) -> bool:
        return outcome in maker.outcomes(name, case)

    return _matching(
        rulebook.vocabulary,
        lambda seed: maker.towards(Seeded(seed), name, outcome),
        reaches,
        f"no case was found in which `{name}` comes to `{outcome}` on {maker.as_of}",
    )


def cases_where(rulebook: Rulebook, when: str, *, as_of: Day = DAY) -> st.SearchStrategy[Case]:
    """Cases in which a condition about the child is certainly true.

    `when` is written as in a pack and may name all its definitions and parameters. Raises `CallError` with what is
    wrong with it, and where no case was found in many tries.
    """
    return cases_where_and(rulebook, when, (), "applies", as_of)


def cases_where_and(
    rulebook: Rulebook, when: str, rules: Sequence[str], outcome: Outcome, as_of: Day
) -> st.SearchStrategy[Case]:
    """The same cases, most of them aimed at an outcome of one of some rules as well: what would break a property."""
    maker, wanted = Maker(rulebook, day_of(as_of)), premise(rulebook, when)
    return _matching(
        rulebook.vocabulary,
        lambda seed: maker.meeting(Seeded(seed), wanted.condition, rules, outcome),
        lambda case: wanted.holds(case, maker.as_of),
        f"no case was found in which `{wanted.written}` is true on {maker.as_of}",
    )


def near_misses(rulebook: Rulebook, rule: str, *, as_of: Day = DAY) -> st.SearchStrategy[NearMiss]:
    """Two cases that differ in one fact, with what changed in words: a rule applies before, and does not after."""
    maker = Maker(rulebook, day_of(as_of))
    name = maker.active(rule).rule.name

    def missed(case: Case, seed: int) -> NearMiss | None:
        return near_miss(maker, Seeded(seed), name, case)

    return st.builds(missed, cases_matching(rulebook, name, "applies", as_of=as_of), SEEDS).filter(bool).map(_there)


def partial_of(case: Case, *, as_of: Day | None = None) -> st.SearchStrategy[Case]:
    """The same case with less known of it: facts, records and the completeness of lists and sets forgotten.

    With `as_of`, dates that do not lie ahead of it may lose their day or month as well. What these cases leave open has
    the given case among its answers.
    """
    day = None if as_of is None else day_of(as_of)
    steps = steps_back(case, Vocabulary.standard(), day)

    @st.composite
    def partial(draw: Draw) -> Case:
        often = draw(st.sampled_from((2, 15, 60, 150)))
        less = case
        for step, flag in zip(steps, draw(_bytes(len(steps))), strict=True):
            if flag < often:
                less = know_less(less, step)
        return less

    return partial()


def completions_of(case: Case, rulebook: Rulebook | None = None, *, as_of: Day = DAY) -> st.SearchStrategy[Case]:
    """The same case with nothing left unknown that exists in its stage: facts, sets, days, lists, all who are there.

    What is known stays, references lead somewhere, and no contradiction comes in that was not there. With a rulebook
    only what its rules read is filled in, at their thresholds; without, everything, at those of the bundled packs.
    """
    book = rulebook if rulebook is not None else bundled()
    maker, reads = Maker(book, day_of(as_of)), reads_of(book) if rulebook is not None else None

    def complete(seed: int) -> Case | None:
        tries = (Learning(Seeded(seed + n), case, book.vocabulary, maker.points, reads) for n in range(TRIES))
        return next((found for learning in tries if (found := learning.everything()) is not None), None)

    return SEEDS.map(complete).filter(bool).map(_there)


def evidence_for(case: Case) -> st.SearchStrategy[Case]:
    """The same case with evidence: seen, recorded, told by a carer or by others, disputed, not asked, conflicting."""
    return SEEDS.map(lambda seed: with_evidence(Seeded(seed), case, Vocabulary.standard()))


def families(rulebook: Rulebook, *, as_of: Day = DAY) -> st.SearchStrategy[Family]:
    """Families of one to three children, who share people and events and have their own injuries and plans."""
    maker = Maker(rulebook, day_of(as_of))
    whole = _trees(rulebook.vocabulary, lambda seed: maker.any_case(Seeded(seed)))
    return st.lists(whole, min_size=1, max_size=3).map(lambda trees: family_of(trees))


def evaluation_dates(rulebook: Rulebook) -> st.SearchStrategy[date]:
    """Days to evaluate on: month ends, leap days, the UK's clock changes, the days beside each change of what is in
    force, and any other of five years. The simplest is the day that other strategies take."""
    days = dict.fromkeys((DAY.day, *_awkward_days(), *_boundaries(rulebook)))
    return st.one_of(st.sampled_from(list(days)), st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))


def situations(rulebook: Rulebook, *, only: str | None = None) -> st.SearchStrategy[Situation]:
    """Cases each on a day of its own, and made for that day; some of them have evidence."""

    @st.composite
    def situation(draw: Draw) -> Situation:
        as_of = AsOf.of(draw(_some_days(rulebook)))
        case = draw(cases(rulebook, only=only, as_of=as_of))
        if draw(st.integers(0, 3)) == 3:
            case = draw(evidence_for(case))
        return Situation(case, as_of)

    return situation()


@cache
def bundled() -> Rulebook:
    """The bundled packs, loaded once."""
    return Rulebook.load()


# --- within


def _made(vocabulary: Vocabulary, make: Callable[[int], Facts]) -> st.SearchStrategy[Case]:
    return _trees(vocabulary, make).map(Case.model_validate)


def _trees(vocabulary: Vocabulary, make: Callable[[int], Facts]) -> st.SearchStrategy[Facts]:
    @st.composite
    def tree(draw: Draw) -> Facts:
        return thin(draw, make(draw(SEEDS)), vocabulary)

    return tree()


def thin(draw: Draw, tree: Facts, vocabulary: Vocabulary) -> Facts:
    """The case with nearly all its parts, one byte for each, zero being the simplest; ids count what is left."""
    flags = iter(draw(_bytes(parts_in(tree, vocabulary))))
    return numbered(thinned(tree, vocabulary, lambda: next(flags) < DROPPED), vocabulary)


def _bytes(size: int) -> st.SearchStrategy[bytes]:
    return st.binary(min_size=size, max_size=size)


def _matching(
    vocabulary: Vocabulary, make: Callable[[int], Facts], fits: Callable[[Case], bool], told: str
) -> st.SearchStrategy[Case]:
    """Cases that fit, with a few tries for each; raises `CallError` with what is told where there seem to be none."""
    if not any(fits(Case.model_validate(make(seed))) for seed in range(PROOF_TRIES)):
        raise CallError(told)

    def fitting(seed: int) -> Facts:
        for step in range(TRIES):
            tree = make(seed + step)
            if fits(Case.model_validate(tree)):
                return tree
        return tree

    @st.composite
    def tree(draw: Draw) -> Facts:
        found = thin(draw, fitting(draw(SEEDS)), vocabulary)
        assume(fits(Case.model_validate(found)))
        return found

    return tree().map(Case.model_validate)


def _there(found: X | None) -> X:
    assert found is not None
    return found


@cache
def _some_days(rulebook: Rulebook) -> st.SearchStrategy[date]:
    """Few days, so that what was worked out for one is of use again."""
    return st.sampled_from([DAY.day, *(date(2026, m, d) for m, d in _FEW), date(2024, 2, 29), *_boundaries(rulebook)])


_FEW = ((2, 28), (3, 29), (3, 31), (10, 25), (12, 31))


def _awkward_days() -> Iterator[date]:
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for month in range(1, 13):
            last = date(year, month, monthrange(year, month)[1])
            yield from (last, last + timedelta(days=1))
        for month in (3, 10):
            last = date(year, month, 31)
            change = last - timedelta(days=(last.weekday() + 1) % 7)
            yield from (change - timedelta(days=1), change, change + timedelta(days=1))


def _boundaries(rulebook: Rulebook) -> Iterator[date]:
    for boundary in rulebook.boundaries:
        if boundary.year >= 1990:
            yield from (boundary - timedelta(days=1), boundary)
