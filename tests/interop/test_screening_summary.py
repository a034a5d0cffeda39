"""Counting what came out, batch by batch, against counting the rows."""

from collections import Counter

import pyarrow as pa
import pytest

from safeguard_rules.interop import screening_summary
from safeguard_rules.interop.changed import changed_fields
from safeguard_rules.interop.screening_summary import OTHERS, Reason, Summary, most
from tests.interop.tables import case_columns, screening


def test_every_count_is_of_rows() -> None:
    screened = screening()(case_columns())
    rows = [row for row in screened.to_pylist() if row["error"] is None]
    summary = Summary()
    for at in range(0, screened.num_rows, 10):
        summary.add(screened.slice(at, 10))
    assert (summary.rows, summary.evaluated, summary.errors) == (screened.num_rows, screened.num_rows - 1, 1)
    for counts, column in ((summary.applies, "applies"), (summary.undetermined, "undetermined")):
        assert counts == Counter(rule for row in rows for rule in {each["rule"] for each in row[column]})
    asked = [{(each["obligation"], each["action"]) for each in row["actions"]} for row in rows]
    assert summary.actions == Counter(pair for each in asked for pair in each)
    assert summary.unknown == Counter(name for row in rows for name in row["unknown"])


def test_the_tree_tells_each_rule_with_what_it_asks_for() -> None:
    summary = Summary()
    summary.add(screening()(case_columns()))
    tree = summary.tree(screening().asks)
    told = {each["rule"]: each for each in tree["rules"]}  # type: ignore[attr-defined]
    reported = told["non-mobile-injury:report-injury"]
    assert reported["applies"] == summary.applies["non-mobile-injury:report-injury"] > 0
    assert {"obligation": "must", "action": "guidance:report-to-social-care"} in reported["asks_for"]
    assert (tree["rows"], tree["evaluated"]) == (summary.rows, summary.rows - 1)
    said = "`child.stage`: `bron` is not a word of `stage` (did you mean `born`?)"
    kind = "`child.stage`: `...` is not a word of `stage` (did you mean `...`?)"
    assert tree["error_reasons"] == [{"reason": kind, "rows": 1, "example": said}]


def refused(*reasons: str) -> pa.RecordBatch:
    """Rows of a comparison that were refused."""
    fields = changed_fields(True)
    nothing = [pa.nulls(len(reasons), each.type) for each in fields]
    return pa.RecordBatch.from_arrays([nothing[0], pa.array(reasons), nothing[2]], schema=pa.schema(fields))


def test_reasons_are_counted_by_their_kind_without_what_differs_from_child_to_child() -> None:
    summary = Summary(compares=True)
    summary.add(refused("`a` is no id of `injuries`; `b` is no id of `injuries`", "on 2026-03-01 `stage` is none"))
    summary.add(refused("`c` is no id of `injuries`", "`d` is no id of `people`", "on 2026-03-01 `stage` is none"))
    assert summary.by_reason() == [
        ("`...` is no id of `injuries`", Reason("`a` is no id of `injuries`; `b` is no id of `injuries`", 2, False)),
        ("on 0-0-0 `stage` is none", Reason("on 2026-03-01 `stage` is none", 2, True)),
        ("`...` is no id of `people`", Reason("`d` is no id of `people`", 1, True)),
    ]


def test_where_a_reason_stands_belongs_to_its_kind_and_whose_entry_it_is_does_not() -> None:
    summary = Summary(compares=True)
    summary.add(refused("`people[ann].sex`: no", "`people[#2].sex`: no", "`people[ann].relation`: no", "`my.own`: no"))
    assert [(kind, each.rows) for kind, each in summary.by_reason()] == [
        ("`people[...].sex`: no", 2),
        ("`...`: no", 1),
        ("`people[...].relation`: no", 1),
    ]


def test_the_kinds_of_reasons_are_bounded_and_no_row_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening_summary, "_KINDS", 2)
    summary = Summary(compares=True)
    summary.add(refused("one", "two", "three", "four", "one"))
    assert {kind: each.rows for kind, each in summary.reasons.items()} == {"one": 2, "two": 1, OTHERS: 2}
    assert summary.tree({})["error_reasons"][0] == {"reason": OTHERS, "rows": 2, "example": OTHERS}  # type: ignore[index]


def test_changes_are_counted_by_rule_before_and_after() -> None:
    one = {"rule": "p:a", "subject": "child", "before": None, "after": "applies"}
    other = {"rule": "p:a", "subject": "injuries[x]", "before": "undetermined", "after": "applies"}
    rows = [[one, other], [one, {**one, "subject": "people[y]"}], [], None]
    fields = changed_fields(True)
    batch = pa.RecordBatch.from_arrays(
        [pa.array(["a", "b", "c", None]), pa.array([None, None, None, "no case"]), pa.array(rows, fields[2].type)],
        schema=pa.schema(fields),
    )
    summary = Summary(compares=True)
    summary.add(batch)
    assert (summary.rows, summary.errors, summary.changed) == (4, 1, 2)
    assert summary.changes == {("p:a", None, "applies"): 2, ("p:a", "undetermined", "applies"): 1}
    assert summary.tree({})["changes"] == [
        {"rule": "p:a", "before": None, "after": "applies", "cases": 2},
        {"rule": "p:a", "before": "undetermined", "after": "applies", "cases": 1},
    ]


def test_the_most_frequent_comes_first_then_the_name() -> None:
    assert most(Counter(b=2, a=2, c=3)) == [("c", 3), ("a", 2), ("b", 2)]
