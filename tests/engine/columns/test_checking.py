"""What is no case is doubted, whatever is wrong with it, and has the reason that the one-case path gives."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import yaml

from safeguard_rules.case.canonical import canonical_tree
from safeguard_rules.engine.columns.caseload import Caseload
from safeguard_rules.engine.columns.checking import doubtful
from safeguard_rules.engine.columns.chunks import Chunk
from safeguard_rules.engine.columns.rows import cases_to_batch, row_to_case, why
from safeguard_rules.errors import CaseError
from safeguard_rules.testing.dice import Seeded
from safeguard_rules.values.dates import AsOf
from tests.engine.columns.agreement import differences
from tests.engine.columns.caseloads import bundled, drawn_cases, example_cases, oracle_cases
from tests.engine.columns.faults import Tree, plain_batch, with_evidence_fault, with_fault

AS_OF = "2026-03-31"
BROKEN = Path(__file__).parents[2] / "broken"


def doubted(batch: pa.RecordBatch) -> list[int]:
    chunk = Chunk(batch, bundled().vocabulary, AsOf.of(AS_OF))
    return [int(row) for row in np.flatnonzero(doubtful(chunk))]


def reasons(batch: pa.RecordBatch) -> dict[int, str]:
    """Why each row is no case, for those that are none."""
    found = {}
    for row in range(batch.num_rows):
        try:
            row_to_case(batch, row)
        except CaseError as error:
            found[row] = why(error)
    return found


@cache
def trees() -> tuple[Tree, ...]:
    cases = (*example_cases(), *drawn_cases(60, AS_OF), *oracle_cases(15))
    return tuple(canonical_tree(case) for case in cases)


def assert_accepted_alike(batch: pa.RecordBatch) -> dict[int, str]:
    """That every row that is no case is doubted, and is an error with its reason; all others have codes."""
    wrong = reasons(batch)
    assert set(wrong) <= set(doubted(batch))
    codes = Caseload(bundled(), AS_OF).codes(batch)
    assert codes.errors == wrong
    return wrong


# --- sound rows


def test_sound_rows_without_evidence_are_not_doubted() -> None:
    cases = [c.model_copy(update={"evidence": {}}) for c in drawn_cases(150, AS_OF) if not c.done and not c.extra]
    assert doubted(cases_to_batch(cases)) == []
    plain = plain_batch([canonical_tree(case) for case in cases])
    assert doubted(plain) == []
    assert differences(bundled(), cases, AS_OF, _sorted_like(cases, plain)) == []


def _sorted_like(cases: list[Any], plain: pa.RecordBatch) -> pa.RecordBatch:
    """The plain rows with their records in the order of the cases, as canonical trees are sorted."""
    rows = plain.to_pylist()
    for case, row in zip(cases, rows, strict=True):
        for name, value in row.items():
            given = getattr(case, name)
            if value and isinstance(given, tuple) and given and hasattr(given[0], "id"):
                order = {entry.id: place for place, entry in enumerate(given)}
                value.sort(key=lambda each: order[each["id"]])
    return pa.RecordBatch.from_pylist(rows, schema=plain.schema)


def test_few_sound_rows_are_doubted_for_odd_ids_only() -> None:
    rows = [{"child": {"id": "бэби"}}, {"child": {"id": "baby"}}, {}]
    assert doubted(plain_batch(rows)) == [0]
    assert reasons(plain_batch(rows)) == {}


# --- faults


@pytest.mark.parametrize("written", ["{}b", "a{}b", "ab{}"])
def test_every_character_that_may_stand_in_no_id_is_doubted(written: str) -> None:
    """Of ASCII these and no others; each by itself, as the bytes of all ids are looked at together."""
    for code in range(1, 128):
        id_ = written.format(chr(code))
        batch = plain_batch([{"child": {"id": id_}}, {"injuries": [{"id": "first"}, {"id": id_}]}, {}])
        assert doubted(batch) == sorted(reasons(batch))
        assert doubted(batch.slice(1)) == [row - 1 for row in doubted(batch) if row]


@pytest.mark.parametrize("row", [{"child": {"id": ""}}, {"injuries": [{"id": ""}]}, {"people": [{"id": ""}] * 2}])
def test_a_column_of_nothing_but_empty_ids_is_doubted(row: Tree) -> None:
    batch = plain_batch([row, row, {}])
    assert doubted(batch) == [0, 1]
    assert assert_accepted_alike(batch).keys() == {0, 1}


def test_an_id_is_twice_in_a_row_only_where_it_stands_twice_in_one_row() -> None:
    kept = [{"injuries": [{"id": f"injury-{n}"} for n in range(count)]} for count in (0, 3, 1, 0, 9, 2, 12)]
    assert doubted(plain_batch(kept)) == []
    for row, count in ((1, 3), (5, 2), (4, 9), (6, 12)):
        for one in range(count):
            for other in range(one):
                again = [{"id": f"injury-{other if n == one else n}"} for n in range(count)]
                rows = [{"injuries": again} if place == row else each for place, each in enumerate(kept)]
                assert doubted(plain_batch(rows)) == [row]


def test_drawn_faults_are_refused_as_the_one_case_path_refuses_them() -> None:
    dice = Seeded(5)
    faulty = [with_fault(tree, dice) for tree in trees() for _ in range(6)]
    wrong = assert_accepted_alike(plain_batch(faulty))
    assert len(faulty) / 5 < len(wrong) < len(faulty)


def test_drawn_faults_of_evidence_are_refused_as_the_one_case_path_refuses_them() -> None:
    dice = Seeded(6)
    faulty = [with_evidence_fault(tree, dice) for tree in trees() for _ in range(8)]
    wrong = assert_accepted_alike(plain_batch(faulty))
    assert len(faulty) / 5 < len(wrong) < len(faulty)


def test_plain_evidence_is_not_doubted() -> None:
    cases = [each for each in drawn_cases(120, AS_OF) if each.evidence]
    plain = [each for each in cases if not any(e.accounts or e.disputed for es in each.evidence.values() for e in es)]
    assert len(plain) > 25
    assert doubted(cases_to_batch(plain)) == []


def test_conflicting_and_disputed_accounts_are_not_doubted_unless_carers_alone_may_deny_something() -> None:
    firm = [{"value": "a fall", "basis": "observed"}, {"value": "a knock", "basis": "told_by_carer"}]
    told = [{"value": "a fall"}, {"value": "a knock", "basis": "told_by_carer", "said_on": "2026-03-02"}]
    other = [*firm, {"value": "nothing", "basis": "told_by_other"}]
    seen = [{"value": "a fall", "basis": "recorded"}, {"value": "a knock", "basis": "recorded"}]
    denied = {"basis": "observed", "disputed": [{"by": "mother"}, {"by": "father", "said_on": "2026-03"}]}
    entries = [{"why": "conflicting", "accounts": each} for each in (told, other, firm, [*firm, firm[0]], seen)]
    rows: list[Tree] = [{"child": {"id": "baby"}, "evidence": {"child.born_on": [each]}} for each in entries]
    rows.append({"child": {"id": "baby", "born_on": "2026-01-02"}, "evidence": {"child.born_on": [denied]}})
    assert doubted(plain_batch(rows)) == [2, 3]
    assert list(assert_accepted_alike(plain_batch(rows))) == [2, 3]


def test_drawn_conflicts_and_disputes_are_not_doubted() -> None:
    cases = [each for each in drawn_cases(400, AS_OF) if each.evidence]
    several = [each for each in cases if any(e.accounts or e.disputed for es in each.evidence.values() for e in es)]
    assert len(several) > 50
    assert len(doubted(cases_to_batch(several))) < len(several) / 10


def test_what_is_done_for_the_child_or_about_one_of_its_records_is_not_doubted() -> None:
    done = [{"action": "a", "done_on": "2026-03-02"}, {"action": "b"}]
    rows: list[Tree] = [
        {"done": done},
        {"done": []},
        {"done": [{"action": "a", "about": "baby"}], "child": {"id": "baby"}},
        {"done": [*done, {"action": "a", "about": "a-long-name-of-an-arm"}], "injuries": [*ARMS]},
        {"done": [{"action": "a", "about": "m"}], "people": [{"id": "f"}, {"id": "m"}], "child": {"id": "f"}},
    ]
    assert doubted(plain_batch(rows)) == []
    assert reasons(plain_batch(rows)) == {}


ARMS = ({"id": "arm"}, {"id": "a-long-name-of-an-arm"})


@pytest.mark.parametrize(
    "tree",
    [
        {"done": [{"action": "a", "about": "baby"}]},
        {"done": [{"action": "a", "about": ""}], "child": {"id": "baby"}},
        {"done": [{"action": "a", "about": "arm"}, {"action": "a", "about": "ar"}], "injuries": [*ARMS]},
        {"done": [{"action": "a", "about": "first"}], "injuries": [*ARMS], "child": {"id": "baby"}},
        {"done": [{"action": "a", "about": "plan"}]},
    ],
)
def test_what_is_done_about_nothing_of_its_own_row_is_an_error_of_that_row(tree: Tree) -> None:
    other: Tree = {"child": {"id": "first"}, "injuries": [{"id": "ar"}, {"id": "baby"}], "people": [{"id": "plan"}]}
    assert list(assert_accepted_alike(plain_batch([other, tree, other]))) == [1]


@pytest.mark.parametrize(
    "tree",
    [
        {"injuries": [{"id": "a"}, {"id": "b"}, {"id": "a"}]},
        {"injuries": [{"id": f"i{n}"} for n in range(12)] + [{"id": "i3"}]},
        {"injuries": [{"id": "a long name of one"}, {"id": "b"}, {"id": "a long name of one"}]},
        {"people": [{"id": "m"}], "incidents": [{"id": "i", "by": "n"}]},
        {"people": [{"id": "m"}], "incidents": [{"id": "i", "by": "m\0"}]},
        {"people": [{"id": "m"}], "contacts": [{"id": "c", "present": ["m", "f"]}]},
        {"people": [{"id": "m"}], "contacts": [{"id": "c", "present": ["m", None]}]},
        {"contacts": [{"id": "c", "present": ["m"]}]},
        {"all_regular_people_recorded": True},
        {"all_regular_people_recorded": True, "people": [], "incomplete": ["people"]},
        {"incomplete": ["injuries"]},
        {"incomplete": ["kind"]},
        {"child": {"id": "baby", "incomplete": ["movements"]}},
        {"child": {"id": "baby", "birth_weight": -1}},
        {"child": {"label": "the baby"}},
        {"child": {"id": "ba by"}},
        {"injuries": [None]},
        {"vulnerabilities": [None]},
        {"injuries": [{"id": f"i{n}"} for n in range(501)]},
        {"evidence": {"child.born_on": [{"basis": "recorded"}]}},
        {"done": [{"action": "a", "about": "nobody"}]},
        {"done": [{"about": None}]},
        {"protective_factors": [{"what": "a strength"}]},
    ],
)
def test_a_fault_is_an_error_of_its_row_alone(tree: Tree) -> None:
    wrong = assert_accepted_alike(plain_batch([{"status": "open"}, tree, {"status": "closed"}]))
    assert list(wrong) == [1]


def test_an_extension_that_is_not_in_force_is_an_error_of_its_row() -> None:
    codes = Caseload(bundled(), AS_OF).codes(plain_batch([{}, {"extra": '{"parking": {"spaces": 2}}'}]))
    assert codes.errors == {1: "extra.parking: no extension in force is called `parking`"}


def test_dates_as_structs_are_doubted_where_they_are_no_dates() -> None:
    day, other, moment = date(2026, 3, 1), date(2026, 3, 31), datetime(2026, 3, 1, 10, tzinfo=UTC)
    sound: list[dict[str, Any]] = [
        {"first": day, "last": day},
        {"first": day, "last": other},
        {"first": day, "last": day, "instant": moment},
    ]
    sound.append({"first": day, "last": day, "instant": moment, "written": "2026-03-01T11:00+01:00"})
    odd = [
        {"first": day, "last": None},
        {"first": other, "last": day},
        {"first": date(2026, 3, 2), "last": other},
        {"first": other, "last": other, "instant": moment},
        {"first": date(1850, 1, 1), "last": date(1850, 1, 1)},
        {"first": None, "last": None, "instant": moment},
        {"first": day, "last": day, "written": "2026-03"},
    ]
    type_ = pa.struct([(n, t) for n, t in (("first", pa.date32()), ("last", pa.date32()))])
    type_ = pa.struct([*type_, ("instant", pa.timestamp("us", "UTC")), ("written", pa.string())])
    batch = pa.RecordBatch.from_arrays([pa.array([*sound, *odd, None], type=type_)], names=["closed_on"])
    assert doubted(batch) == [4, 5, 6, 7, 8, 9, 10]
    assert_accepted_alike(batch)


@pytest.mark.parametrize(
    "folder", sorted(each.name for each in BROKEN.glob("case_*") if (each / "case.yaml").is_file())
)
def test_broken_cases_that_columns_can_hold(folder: str) -> None:
    tree = yaml.load((BROKEN / folder / "case.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    held = _holdable(tree)
    if held is not None:
        assert_accepted_alike(held)


def _holdable(tree: Any) -> pa.RecordBatch | None:
    """A broken case as a row, None where no columns can hold it."""
    try:
        return plain_batch([{name: value for name, value in tree.items() if name not in ("as_of", "locality", "role")}])
    except (pa.ArrowInvalid, pa.ArrowTypeError, TypeError, AttributeError):
        return None
