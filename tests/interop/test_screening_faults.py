"""Faults put into the screening, one at a time: the tests of its parts must catch each."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from safeguard_rules.engine.columns import chunks, dates
from safeguard_rules.engine.columns.caseload import RuleCodes
from safeguard_rules.interop import found, screened, screening, unknown
from safeguard_rules.interop.screening import Screening
from tests.interop import tables, test_found, test_screening, test_screening_summary, test_unknown

Fault = tuple[Any, str, Any, Callable[[], None]]


def rows() -> None:
    test_found.test_rows_that_are_no_case_say_nothing_and_disturb_no_other()
    test_found.test_records_come_by_their_ids_whatever_their_order_and_those_not_entered_last()
    test_found.test_findings_and_what_is_missing_are_put_among_more_rows()


def outcomes() -> None:
    test_screening.test_every_row_says_what_its_case_says_alone()
    test_screening.test_the_actions_are_those_that_the_evaluation_recommends()
    test_screening.test_a_row_that_is_no_valid_case_keeps_its_place_and_has_its_reason()


def lacking() -> None:
    test_unknown.test_columns_lack_what_the_cases_lack("own")
    test_unknown.test_columns_lack_what_the_cases_lack("oracle")
    test_unknown.test_a_date_as_a_struct_of_nothing_is_not_given()
    test_unknown.test_a_stage_that_the_date_of_birth_contradicts_is_not_given_and_hides_nothing()
    test_unknown.test_a_date_that_lies_ahead_though_it_cannot_is_not_given()
    test_unknown.test_what_a_rule_reads_goes_through_definitions_and_derived_facts()


def counts() -> None:
    test_screening_summary.test_every_count_is_of_rows()
    test_screening_summary.test_changes_are_counted_by_rule_before_and_after()


def first_demand_only(program: Any) -> screened.Demanded:
    whole = DEMANDED(program)
    return screened.Demanded(whole.pairs, tuple(each[:1] for each in whole.by_rule))


def not_the_unseen(rule: RuleCodes, listing: Any) -> Any:
    return SAID(rule if rule.unseen is None else rule._replace(unseen=np.full_like(rule.unseen, -1)), listing)


def only_what_applies(rule: RuleCodes, listing: Any) -> Any:
    at, own = SAID(rule, listing)
    return at[own == found.APPLIES], own[own == found.APPLIES]


def not_in_order(rule: RuleCodes, listing: Any) -> Any:
    at, own = SAID(rule, listing)
    return at[::-1], own[::-1]


def as_entered(self: Any) -> Any:
    given = self._bits("child", "stage")
    return np.where(given == 0, 7, given).astype(np.uint8)


def never_not_yet(*given: Any) -> dates.Dates:
    read = DATES(*given)
    return read._replace(not_yet=np.zeros(len(read.first), np.bool_))


DATES, DEMANDED, SAID, LISTS = dates.dates, screened.demanded_by, found._said, screened.lists
LISTING = found._listing

FAULTS: dict[str, Fault] = {
    "records in the order of their list": (found, "_by_id", lambda rows, _: np.arange(len(rows)), rows),
    "the unseen left out": (found, "_said", not_the_unseen, rows),
    "what is undetermined left out": (found, "_said", only_what_applies, rows),
    "findings of a rule from the last to the first": (found, "_said", not_in_order, rows),
    "records called as those of the first list": (
        found,
        "_listing",
        lambda rows, ids, every, _: LISTING(rows, ids, every, 1),
        rows,
    ),
    "findings of some rows taken for those of all": (found.Found, "_put", lambda self, _: self, rows),
    "what is missing taken for that of all rows": (
        found.Found,
        "_put",
        lambda self, positions: self._replace(rows=positions[self.rows]),
        rows,
    ),
    "the id of a child whose row is no case": (found, "_children", lambda cases, _: cases["child"].field("id"), rows),
    "the paths of records without their ids": (
        found,
        "_paths",
        lambda name, ids: pa.array([f"{name}[x]"] * (len(ids) + 1)),
        rows,
    ),
    "applies and undetermined mixed up": (screened, "APPLIES", 1, outcomes),
    "only the first demand of a rule": (screening, "demanded_by", first_demand_only, outcomes),
    "obligations by name": (
        screened,
        "OBLIGATIONS",
        ("consider", "must", "must_not", "should", "should_not"),
        outcomes,
    ),
    "empty lists where there is an error": (screened, "lists", lambda r, v, e: LISTS(r, v, [None] * len(e)), outcomes),
    "incomplete lists and sets taken as complete": (
        chunks.Part,
        "is_incomplete",
        lambda self, _: np.zeros(self.length, np.bool_),
        lacking,
    ),
    "facts of other stages missed": (
        unknown,
        "_exists_in",
        lambda chunk, _: np.ones(chunk.rows, np.bool_),
        lacking,
    ),
    "the stage as it was entered": (chunks.Chunk, "_stages", as_entered, lacking),
    "dates as they were entered": (dates.Dates, "cut", lambda self, _: self, lacking),
    "not yet taken as not known": (chunks, "dates", never_not_yet, lacking),
    "records that lack a fact overlooked": (
        unknown,
        "by_owner",
        lambda rows, _: np.zeros(len(rows.given), np.bool_),
        lacking,
    ),
    "derived facts not followed": (unknown, "_entered", lambda path, _: iter((path,)), lacking),
    "findings counted, not rows": (np, "sort", lambda keys, **_: np.arange(len(keys)), counts),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    holder, attribute, wrong, tests = FAULTS[name]
    monkeypatch.setattr(holder, attribute, wrong)
    # Where CI runs, pytest tells a difference in full, which takes it a minute for long lists; here it is only caught.
    monkeypatch.delenv("CI", raising=False)
    # Screenings keep what they worked out, so each fault meets a fresh one.
    monkeypatch.setattr(test_screening, "screening", fresh)
    monkeypatch.setattr(test_screening_summary, "screening", fresh)
    if tests is lacking:
        monkeypatch.setattr(test_unknown, "READING", test_unknown.read_in_wiltshire())
    with pytest.raises((AssertionError, KeyError, IndexError)):
        tests()


def fresh() -> Screening:
    """A screening that nobody used before."""
    return Screening(tables.DAY, locality="wiltshire", keep=[tables.NUMBER])


def test_without_a_fault_nothing_is_caught() -> None:
    for tests in (rows, outcomes, lacking, counts):
        tests()
