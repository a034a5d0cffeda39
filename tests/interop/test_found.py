"""Findings by columns against each row evaluated on its own."""

import numpy as np
import pyarrow as pa
import pytest

from safeguard_rules import Case
from safeguard_rules.engine.columns import caseload
from safeguard_rules.engine.columns.caseload import Caseload
from safeguard_rules.engine.columns.rows import cases_to_batch
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.interop.found import Found, found_by_columns, found_by_rows
from safeguard_rules.interop.unknown import Reading, reading_of
from safeguard_rules.values.dates import AsOf
from tests.engine.columns.caseloads import bundled, drawn_cases, oracle_cases
from tests.interop.tables import DAY, case_columns, some_cases


def told(found: Found) -> list[tuple[object, ...]]:
    """Findings as plain tuples, in their order."""
    subjects = found.names.take(pa.array(found.subjects)).to_pylist()
    arrays = (found.rows, found.rules, subjects, found.outcomes)
    return list(zip(*(np.asarray(each).tolist() for each in arrays), strict=True))


def check(rulebook: Rulebook, cases: pa.RecordBatch, day: str = DAY) -> None:
    by_columns = found_by_columns(Caseload(rulebook, day), cases)
    by_rows = found_by_rows(rulebook, AsOf.of(day), cases)
    assert told(by_columns) == told(by_rows)
    assert by_columns.errors == by_rows.errors
    assert by_columns.children.to_pylist() == by_rows.children.to_pylist()


@pytest.mark.parametrize("locality", [None, "wiltshire"])
@pytest.mark.parametrize("day", [DAY, "2024-02-29", "2027-12-31"])
def test_columns_say_what_rows_say(locality: str | None, day: str) -> None:
    cases = cases_to_batch([*some_cases(), *drawn_cases(60, day, first=500), *oracle_cases(60)])
    check(bundled(locality), cases, day)


def test_rows_that_are_no_case_say_nothing_and_disturb_no_other() -> None:
    check(bundled("wiltshire"), case_columns().drop_columns(["number"]))


def test_records_come_by_their_ids_whatever_their_order_and_those_not_entered_last() -> None:
    ids = ["b", "a", "é", "A"]
    case = Case.model_validate(
        {"child": {"id": "c", "stage": "born"}, "injuries": [{"id": i} for i in ids], "incomplete": ["injuries"]}
    )
    found = found_by_columns(Caseload(bundled(), DAY), cases_to_batch([case, case]))
    subjects = [each for row, _, each, _ in told(found) if row == 1 and str(each).startswith("injuries")]
    once = subjects[: subjects.index("injuries[?]") + 1]
    assert once == ["injuries[A]", "injuries[a]", "injuries[b]", "injuries[é]", "injuries[?]"]
    check(bundled(), cases_to_batch([case, case]))


def test_a_batch_without_rows_or_without_lists_has_no_findings_of_records() -> None:
    check(bundled(), cases_to_batch([]))
    check(bundled(), pa.record_batch({"child": pa.nulls(3), "injuries": pa.nulls(3)}))
    check(bundled(), pa.record_batch({"all_regular_people_recorded": [True, None, False]}))


def test_findings_and_what_is_missing_are_put_among_more_rows() -> None:
    reading = Reading(("case.plan", "injuries"), ())
    found = found_by_columns(Caseload(bundled(), DAY), cases_to_batch(some_cases()[:2]), reading)
    among = found.among([None, "no case", None], np.array([0, 2]))
    assert among.errors == (None, "no case", None)
    assert among.children.to_pylist() == [found.children[0].as_py(), None, found.children[1].as_py()]
    assert set(among.rows.tolist()) == {0, 2}
    assert [each[1:] for each in told(among)] == [each[1:] for each in told(found)]
    assert found.missing.any()
    assert among.missing.tolist() == [found.missing[0].tolist(), [False, False], found.missing[1].tolist()]


def test_what_is_missing_is_found_with_the_codes_chunk_by_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    cases, reading = cases_to_batch(some_cases()), reading_of(bundled().program(AsOf.of(DAY)), bundled().vocabulary)
    by_rows = found_by_rows(bundled(), AsOf.of(DAY), cases, reading)
    monkeypatch.setattr(caseload, "CHUNK", 7)
    by_columns = found_by_columns(Caseload(bundled(), DAY), cases, reading)
    assert by_columns.missing.tolist() == by_rows.missing.tolist()
    assert told(by_columns) == told(by_rows)
    assert found_by_columns(Caseload(bundled(), DAY), cases).missing is None
