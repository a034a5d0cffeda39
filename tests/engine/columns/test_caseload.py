"""The codes of whole columns are those of the one-case path, rule by rule and record by record."""

from __future__ import annotations

import gc
import re
import weakref
from collections.abc import Sequence
from functools import cache

import pyarrow as pa
import pytest

from safeguard_rules import Case
from safeguard_rules.case.canonical import canonical_tree
from safeguard_rules.case.services import Done
from safeguard_rules.engine.columns.caseload import Caseload
from safeguard_rules.engine.columns.chunks import Chunk
from safeguard_rules.engine.columns.keys import LIST_NAMES
from safeguard_rules.engine.columns.rows import cases_to_batch
from safeguard_rules.errors import CallError
from safeguard_rules.testing.dice import Dice, Seeded
from safeguard_rules.values.dates import AsOf
from tests.engine.columns.agreement import differences, differing, expected, said
from tests.engine.columns.caseloads import bundled, drawn_cases, example_cases
from tests.oracle.engines import case_of, rulebook_of
from tests.oracle.shapes import corpus

DAYS = ("2026-03-31", "2024-02-29", "2025-12-31", "2026-07-14T23:30:00+01:00")


@cache
def drawn(as_of: str, count: int = 250) -> tuple[Case, ...]:
    return tuple(drawn_cases(count, as_of, locality="wiltshire"))


@pytest.mark.parametrize("as_of", DAYS)
def test_bundled_packs_with_a_locality(as_of: str) -> None:
    assert differences(bundled("wiltshire"), drawn(as_of), as_of) == []


def test_bundled_packs_alone_and_the_examples() -> None:
    cases = (*example_cases(), *drawn("2026-03-31"))
    assert differences(bundled(), cases, "2026-04-01") == []


def test_books_and_cases_of_the_oracle() -> None:
    for example in corpus(250, first=50_000):
        cases = tuple(case_of(given.case) for given in example.cases)
        assert differences(rulebook_of(example.book), cases, example.as_of) == [], example.book


def test_chunks_do_not_show() -> None:
    cases = drawn("2026-03-31")[:100]
    assert differences(bundled("wiltshire"), cases, "2026-03-31", chunk=7) == []


def test_what_a_chunk_needed_is_given_back_at_once_and_waits_for_no_collection_of_garbage() -> None:
    gc.disable()
    try:
        for _, chunk in Caseload(bundled("wiltshire"), "2026-03-31").by_chunks(cases_to_batch(example_cases())):
            needed = [weakref.ref(each) for each in (chunk, chunk.keys, chunk.part("case"), chunk.part("injury"))]
            del chunk
        assert [each() for each in needed] == [None] * 4
    finally:
        gc.enable()


# --- dates of one day, of which a test is false where it is not true


def _has_partial_dates(case: Case) -> bool:
    return bool(re.search(r"'[0-9]{4}(-[0-9]{2})?'", str(canonical_tree(case))))


@pytest.mark.parametrize("as_of", DAYS)
def test_chunks_in_which_every_date_is_one_day(as_of: str) -> None:
    """The same cases once without any month among them, and once with one case of months in every chunk."""
    months = Case.model_validate({"child": {"id": "baby", "born_on": "2026-03"}})
    days = tuple(case for case in drawn(as_of) if not _has_partial_dates(case))
    assert len(days) > 50
    assert _are_single(days, as_of)
    assert not _are_single((*days, months), as_of)
    assert differences(bundled("wiltshire"), days, as_of) == []
    assert differences(bundled("wiltshire"), (*days, months), as_of) == []


def _are_single(cases: Sequence[Case], as_of: str) -> bool:
    chunk = Chunk(cases_to_batch(cases), bundled("wiltshire").vocabulary, AsOf.of(as_of))
    return chunk.bring(("single", "child", "born_on")) is not None


# --- long lists


def longer(case: Case, dice: Dice, most: int) -> Case:
    """The case with records of its lists again and again under other ids, in some lists."""
    update = {}
    for name in LIST_NAMES.values():
        entries = getattr(case, name)
        if entries and dice.chance(40):
            copies = [
                entries[n % len(entries)].model_copy(update={"id": f"again-{n}"}) for n in range(dice.pick(range(most)))
            ]
            update[name] = (*copies, *entries)
    return case.model_copy(update=update)


@pytest.mark.parametrize("most", [5, 60])
def test_long_lists(most: int) -> None:
    dice = Seeded(most)
    cases = tuple(longer(case, dice, most) for case in drawn("2026-03-31", 120))
    assert differences(bundled("wiltshire"), cases, "2026-03-31") == []


# --- rows that are asked one by one


def test_rows_with_evidence_extensions_and_what_is_done_have_the_same_codes() -> None:
    cases = [case for case in drawn("2026-03-31") if case.evidence]
    cases += [
        Case.model_validate({"child": {"id": "baby"}, "done": [{"action": "a", "about": "baby"}]}),
        Case.model_validate({"child": {"id": "бэби", "stage": "born"}}),
        *(told.model_copy(update={"done": done_about(told)}) for told in example_cases()),
    ]
    assert len(cases) > 50
    assert_same(cases)


def done_about(case: Case) -> tuple[Done, ...]:
    """Something done about every record of a case."""
    records = [each for name in LIST_NAMES.values() for each in getattr(case, name) or ()]
    return tuple(Done(action="inform-general-practitioner", about=each.id) for each in records)


def assert_same(cases: Sequence[Case]) -> None:
    load = Caseload(bundled("wiltshire"), "2026-03-31")
    codes = load.codes(cases_to_batch(cases))
    assert codes.errors == {}
    for row, case in enumerate(cases):
        assert differing(expected(load.rulebook, case, load.as_of), said(codes, case, row), row) == []


# --- what comes out


def test_a_row_that_is_no_case_is_an_error_and_the_others_keep_their_codes() -> None:
    cases = drawn("2026-03-31")[:20]
    trees = cases_to_batch(cases).to_pylist()
    trees[3]["injuries"] = [{"id": "a"}, {"id": "a"}]
    trees[7]["status"] = "opne"
    batch = pa.RecordBatch.from_pylist(trees, schema=cases_to_batch(cases).schema)
    load = Caseload(bundled("wiltshire"), "2026-03-31")
    codes = load.codes(batch)
    assert sorted(codes.errors) == [3, 7]
    assert "there are two" in codes.errors[3] or "twice" in codes.errors[3] or "`a`" in codes.errors[3]
    assert "`opne`" in codes.errors[7]
    out = codes.to_batch()
    assert out.num_rows == 20
    for rule, column in zip(codes.rules, out.columns[1:], strict=True):
        assert column[3].as_py() is None
        assert column[7].as_py() is None
        assert column.null_count == 2, rule.rule
    for row in (0, 1, 2, 4, 5, 6, 8, 19):
        assert differing(expected(load.rulebook, cases[row], load.as_of), said(codes, cases[row], row), row) == []


def test_a_list_of_codes_holds_the_records_and_those_that_nobody_has_entered() -> None:
    cases = [
        Case.model_validate(tree)
        for tree in (
            {"child": {"id": "baby", "stage": "born"}, "injuries": [{"id": "a"}, {"id": "b"}]},
            {"child": {"id": "baby", "stage": "born"}},
            {"child": {"id": "baby", "stage": "born"}, "injuries": []},
        )
    ]
    codes = Caseload(bundled(), "2026-03-31").codes(cases_to_batch(cases))
    column = codes.to_batch().column("non-mobile-injury:report-injury").to_pylist()
    assert [len(each) for each in column] == [2, 1, 0]
    rule = next(each for each in codes.rules if each.rule == "non-mobile-injury:report-injury")
    assert rule.unseen is not None
    assert list(rule.unseen >= 0) == [False, True, False]


def test_no_rows_have_no_codes() -> None:
    codes = Caseload(bundled(), "2026-03-31").codes(cases_to_batch([]))
    assert codes.rows == 0
    assert codes.to_batch().num_rows == 0


def test_no_columns_are_cases_of_which_nothing_is_known() -> None:
    batch = pa.RecordBatch.from_struct_array(pa.array([{}, {}], type=pa.struct([])))
    assert differences(bundled(), [Case(), Case()], "2026-03-31", batch) == []


def test_columns_that_are_none_of_a_case_are_refused() -> None:
    with pytest.raises(CallError, match="a case has no `stats`"):
        Caseload(bundled(), "2026-03-31").codes(pa.RecordBatch.from_pydict({"stats": ["open"]}))


def test_one_row_is_evaluated_with_its_reasons() -> None:
    cases = drawn("2026-03-31")[:5]
    load = Caseload(bundled("wiltshire"), "2026-03-31")
    evaluation = load.evaluate(cases_to_batch(cases), 4, role="midwife")
    assert evaluation.to_json() == load.rulebook.evaluate(cases[4], as_of="2026-03-31", role="midwife").to_json()


def test_nothing_of_the_bundled_packs_is_asked_one_by_one() -> None:
    load = Caseload(bundled("wiltshire"), "2026-03-31")
    assert [leaf for leaf in load.plan().tape.leaves if leaf[0] == "asked"] == []
