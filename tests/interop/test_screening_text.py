"""The summary in words: the whole text, byte by byte, and what it never says."""

import pytest

from safeguard_rules.interop.screening_summary import Reason, Summary
from safeguard_rules.interop.screening_text import summary_lines
from safeguard_rules.reports.lines import plain

SCREENED = """\
1,204 rows for 2 March 2026, in Wiltshire: 1,200 evaluated, 4 not screened
What came of each is in out.parquet.

4 rows not screened, by the reason
  - 3 such as: `x` is one reason
  - 1 another

What rules ask for, by the number of cases
  - 1,100 p:report: must p:tell, should not p:wait
  - 2 p:other

What is not known and left a rule undecided, by the number of cases
  - 900 injuries
  - 10 fact 1
  - 10 fact 2
  - 10 fact 3
  - 10 fact 4
  - 10 fact 5
  - 10 fact 6
  - 10 fact 7
  - 10 fact 8
  - 10 fact 9
  - 1 more; --format json tells all

How to read this
It counts what the guidance recommends, not children at risk.
A case in which no rule applies is no assurance: look at what is not known of it.
A row that was not screened says nothing of its child: mend the row, and screen it again.
"""
COMPARED = """\
3 rows for 2 March 2026, no area given: 3 evaluated with both states of the packs
What came of each is in out.parquet.

2 of 3 compared cases in which some rule says something else
  - 2 p:new: not there, now applies
  - 1 p:old: undetermined, now does not apply

How to read this
It compares two states of the packs, and does not say what is recommended for a child.
A case in which nothing changes is no assurance: what applies to it, and what is not known, is not said here.
"""
NOTHING_READ = """\
2 rows for 2 March 2026, no area given: none evaluated, 2 not screened
What came of each is in out.parquet.

2 rows not screened, by the reason
  - 2 no case

No case was evaluated
So what the rules say of the children in the input is not known.

How to read this
"""


def test_the_whole_summary() -> None:
    reasons = {"another": Reason("another", 1), "`...`": Reason("`x` is one reason", 3, alike=False)}
    summary = Summary(rows=1204, errors=4, reasons=reasons)
    summary.applies.update({"p:other": 2, "p:report": 1100})
    summary.unknown.update({"injuries": 900, **{f"fact {n}": 10 for n in range(1, 10)}, "last": 1})
    asks = {"p:report": (("must", "p:tell"), ("should_not", "p:wait"))}
    assert plain(summary_lines(summary, asks, "2026-03-02", "Wiltshire", "out.parquet")) == SCREENED


def test_the_whole_summary_of_a_comparison() -> None:
    summary = Summary(compares=True, rows=3, changed=2)
    summary.changes.update({("p:old", "undetermined", "does_not_apply"): 1, ("p:new", None, "applies"): 2})
    assert plain(summary_lines(summary, {}, "2026-03-02", None, "out.parquet")) == COMPARED


@pytest.mark.parametrize("compares", [False, True])
def test_where_no_row_could_be_evaluated_nothing_is_said_of_what_rules_say(compares: bool) -> None:
    summary = Summary(compares=compares, rows=2, errors=2, reasons={"no case": Reason("no case", 2)})
    told = plain(summary_lines(summary, {}, "2026-03-02", None, "out.parquet"))
    assert told.startswith(NOTHING_READ)
    assert "is no assurance" in told
    assert "A row that was not screened says nothing of its child" in told


@pytest.mark.parametrize("compares", [False, True])
def test_an_empty_input_is_not_told_as_cases_in_which_nothing_applies(compares: bool) -> None:
    told = plain(summary_lines(Summary(compares=compares), {}, "2026-03-02", None, "o"))
    assert told.startswith("0 rows for 2 March 2026, no area given: none evaluated\n")
    assert "No case was evaluated" in told
    assert "no rule" not in told.split("How to read this")[0]
    assert "the same" not in told


def test_where_nothing_applies_or_changes_that_is_said_without_comfort() -> None:
    told = plain(summary_lines(Summary(rows=1), {}, "2026-03-02", None, "o"))
    assert "no rule applies for certain or as a precaution for the cases that were evaluated" in told
    assert "no rule is undetermined for the cases that were evaluated" in told
    assert "is no assurance" in told
    compared = plain(summary_lines(Summary(compares=True, rows=3, errors=1), {}, "2026-03-02", None, "o"))
    assert (
        "3 rows for 2 March 2026, no area given: 2 evaluated with both states of the packs, 1 not screened" in compared
    )
    assert "0 of 2 compared cases in which some rule says something else" in compared
    assert "the two states of the packs say the same of every case that both could evaluate" in compared
    assert "is no assurance" in compared


def test_rules_that_are_undetermined_with_every_fact_given_are_not_passed_over() -> None:
    summary = Summary(rows=1)
    summary.undetermined.update({"p:rule": 1})
    told = plain(summary_lines(summary, {}, "2026-03-02", None, "o"))
    assert "rules are undetermined for other reasons than a fact that is not given" in told
    assert "no rule is undetermined" not in told
