"""The summary in words: the whole text, byte by byte, and what it never says."""

from collections import Counter

from safeguard_rules.interop.screening_summary import Summary
from safeguard_rules.interop.screening_text import summary_lines
from safeguard_rules.reports.lines import plain

SCREENED = """\
1,204 cases screened for 2 March 2026, in Wiltshire
What came of each is in out.parquet.

4 rows that could not be read as a case
  - 3 one reason
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
"""
COMPARED = """\
3 cases screened for 2 March 2026, no area given
What came of each is in out.parquet.

2 cases in which some rule says something else
  - 2 p:new: not there, now applies
  - 1 p:old: undetermined, now does not apply
"""


def test_the_whole_summary() -> None:
    summary = Summary(cases=1204, errors=4, reasons=Counter({"another": 1, "one reason": 3}))
    summary.applies.update({"p:other": 2, "p:report": 1100})
    summary.unknown.update({"injuries": 900, **{f"fact {n}": 10 for n in range(1, 10)}, "last": 1})
    asks = {"p:report": (("must", "p:tell"), ("should_not", "p:wait"))}
    assert plain(summary_lines(summary, asks, "2026-03-02", "Wiltshire", "out.parquet")) == SCREENED


def test_the_whole_summary_of_a_comparison() -> None:
    summary = Summary(compares=True, cases=3, changed=2)
    summary.changes.update({("p:old", "undetermined", "does_not_apply"): 1, ("p:new", None, "applies"): 2})
    assert plain(summary_lines(summary, {}, "2026-03-02", None, "out.parquet")) == COMPARED


def test_where_nothing_applies_or_changes_that_is_said_without_comfort() -> None:
    told = plain(summary_lines(Summary(cases=1), {}, "2026-03-02", None, "o"))
    assert "no rule applies for certain or as a precaution" in told
    assert "is no assurance" in told
    compared = plain(summary_lines(Summary(compares=True, cases=1), {}, "2026-03-02", None, "o"))
    assert "the two states of the packs say the same of every case" in compared
