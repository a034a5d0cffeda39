"""Entries of a case that cannot be right, or not all at once: shown, never an error, and nothing is dropped."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from safeguard_rules.case.contents import CaseContents
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.timing import before
from safeguard_rules.values.truth import T
from safeguard_rules.vocabulary.fact import Fact
from safeguard_rules.vocabulary.records import Record


class Problem(NamedTuple):
    """Something in a case to look at again: a stable code, the path it is about, one sentence."""

    code: str
    path: str
    message: str


class Dated(NamedTuple):
    """A date fact of a record as entered, before any cut; `when` is None where it is unknown or `not_yet`."""

    record: Record
    fact: Fact
    path: str
    when: When | None


NOT_BEFORE_BIRTH = ("injury.noticed_on",)
IN_ORDER = {"referral.acknowledged_on": "sent_on", "referral.disagreement_settled_on": "sent_on"}
"""Dates, each with the one of the same record that is never later."""


def only_of_the_born(case: CaseContents) -> str | None:
    """The path of something that is given and that only a child who was born can have; None if there is nothing."""
    if case.injuries:
        return "injuries"
    child = case.child
    if child is not None and (child.movements or child.birth_weight is not None):
        return "child.movements" if child.movements else "child.birth_weight"
    return None


def find_problems(
    dates: Iterable[Dated], stage: str | None, as_of: AsOf, only_born: str | None = None
) -> tuple[Problem, ...]:
    """All problems with the dates and the stage of a case, by path; `stage` is the one that was entered.

    `only_born` is the path of something that only a child who was born can have.
    """
    known = [each for each in dates if each.when is not None]
    by_path = {each.path: each for each in known}
    found = [
        *_stage_against_records(stage, only_born),
        *_ahead(known, as_of),
        *_stage_against_dates(by_path, stage, as_of),
        *_before_birth(known, by_path.get("child.born_on")),
        *_out_of_order(known, by_path),
    ]
    return tuple(sorted(found, key=lambda problem: (problem.path, problem.code)))


def certainly_past(when: When | None, as_of: AsOf) -> bool:
    """Whether every day that a date may mean is the day of the evaluation or an earlier one."""
    return when is not None and when.last <= as_of.day and when.cut(as_of) is not None


def _ahead(dates: Iterable[Dated], as_of: AsOf) -> Iterator[Problem]:
    for each in dates:
        when = each.when
        if each.fact.past and when is not None and when.last >= as_of.day and when.cut(as_of) is None:
            yield Problem(
                "date-ahead",
                each.path,
                f"{each.fact.phrase} is given as {each.when}, which lies ahead of {as_of}; it counts as unknown",
            )


def _stage_against_dates(dates: Mapping[str, Dated], stage: str | None, as_of: AsOf) -> Iterator[Problem]:
    born, expected = dates.get("child.born_on"), dates.get("child.expected_on")
    if stage == "unborn" and born and certainly_past(born.when, as_of):
        yield Problem(
            "stage-contradicts-birth",
            "child.stage",
            f"the stage is given as unborn, and the date of birth as {born.when}; the stage counts as unknown",
        )
    is_past = expected is not None and expected.when is not None and expected.when.last < as_of.day
    if expected and is_past and stage in (None, "unborn") and not (born and certainly_past(born.when, as_of)):
        yield Problem(
            "expected-date-past",
            "child.expected_on",
            f"the expected date of birth, {expected.when}, is past; that does not settle whether the baby is born",
        )


def _stage_against_records(stage: str | None, only_born: str | None) -> Iterator[Problem]:
    if stage == "unborn" and only_born is not None:
        yield Problem(
            "stage-contradicts-records",
            "child.stage",
            f"the stage is given as unborn, and {only_born} is recorded, as for a child who was born: "
            "no rule for a child who was born looks at it until the stage is put right",
        )


def _before_birth(dates: Iterable[Dated], born: Dated | None) -> Iterator[Problem]:
    if born is None:
        return
    for each in dates:
        if each.fact.path in NOT_BEFORE_BIRTH and before(each.when, born.when) == T:
            yield Problem(
                "before-birth",
                each.path,
                f"{each.fact.phrase} is given as {each.when}, before the date of birth, {born.when}",
            )


def _out_of_order(dates: Iterable[Dated], by_path: Mapping[str, Dated]) -> Iterator[Problem]:
    for each in dates:
        earlier = IN_ORDER.get(each.fact.path)
        first = by_path.get(each.record.path(earlier)) if earlier is not None else None
        if first is not None and before(each.when, first.when) == T:
            yield Problem(
                "out-of-order",
                each.path,
                f"{each.fact.phrase} is given as {each.when}, before {first.fact.phrase}, {first.when}",
            )
