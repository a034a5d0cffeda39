"""Counting what came out, batch by batch, against counting the rows."""

from collections import Counter

import pyarrow as pa

from safeguard_rules.interop.changed import changed_fields
from safeguard_rules.interop.screening_summary import Summary, most
from tests.interop.tables import case_columns, screening


def test_every_count_is_of_rows() -> None:
    screened = screening()(case_columns())
    rows = [row for row in screened.to_pylist() if row["error"] is None]
    summary = Summary()
    for at in range(0, screened.num_rows, 10):
        summary.add(screened.slice(at, 10))
    assert (summary.cases, summary.errors) == (screened.num_rows, 1)
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
    assert tree["error_reasons"] == dict(summary.reasons)


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
    assert (summary.cases, summary.errors, summary.changed) == (4, 1, 2)
    assert summary.changes == {("p:a", None, "applies"): 2, ("p:a", "undetermined", "applies"): 1}
    assert summary.tree({})["changes"] == [
        {"rule": "p:a", "before": None, "after": "applies", "cases": 2},
        {"rule": "p:a", "before": "undetermined", "after": "applies", "cases": 1},
    ]


def test_the_most_frequent_comes_first_then_the_name() -> None:
    assert most(Counter(b=2, a=2, c=3)) == [("c", 3), ("a", 2), ("b", 2)]
