"""The differences between two evaluations as a text."""

from typing import Any

from safeguard_rules import Case, Rulebook
from safeguard_rules.reports.changes_text import changes_text, next_change_lines
from safeguard_rules.reports.lines import plain
from safeguard_rules.results import Cause, Change, Changes, NextChange, Problem
from tests.examples import EXAMPLES
from tests.reports.made import CHILD, PARTNER


def change(kind: Any = "added", **given: Any) -> Change:
    fields: dict[str, Any] = {
        "what": "action",
        "name": "a:b",
        "title": "Report it",
        "subject": CHILD,
        "before": None,
        "after": "must",
        "certainty_before": None,
        "certainty_after": "certain",
        "withdrawn_as": None,
        "causes": (),
        "says": "",
    }
    return Change(kind=kind, **(fields | given))


def told(*changes: Change, everything: bool = False, **given: Any) -> str:
    fields: dict[str, Any] = {"problems": (), "without_causes": None} | given
    return changes_text(Changes("2026-03-02", "2026-03-05", changes, **fields), everything=everything)


def test_actions_come_first_by_kind_with_their_causes() -> None:
    cause = Cause("facts", "added", True, ("injuries[cheek]", "child.stage"), ())
    stronger = change(
        "strengthened", title="Tell", before="should", certainty_before="as_precaution", certainty_after="certain"
    )
    finding = change(what="finding", title="A rule", after="applies")
    assert told(finding, stronger, change(causes=(cause,), says="by the new facts")) == (
        "What changed from 2 March 2026 to 5 March 2026\n"
        "\nActions\n"
        "  New\n"
        "    - Report it: must\n"
        "      by the new facts: injuries[cheek] and child.stage\n"
        "  Stronger\n"
        "    - Tell: was should, as a precaution, now must\n"
        "\nFindings behind them\n"
        "  New\n"
        "    - A rule: applies\n"
    )


def test_another_locality_is_not_called_a_new_version_of_the_packs() -> None:
    example = next(each for each in EXAMPLES if str(each) == "cheek")
    file = example.file()
    assert isinstance(file.case, Case)
    assert file.header.as_of is not None
    here = example.rulebook().evaluate(file.case, as_of=file.header.as_of)
    without = Rulebook.load().evaluate(file.case, as_of=file.header.as_of)
    printed = " ".join(changes_text(here.changes_since(without)).split())
    assert "by the locality, which changed from none to wiltshire" in printed
    assert "new version" not in printed
    assert ": wiltshire" not in printed
    assert "which changed from wiltshire to none" in " ".join(changes_text(without.changes_since(here)).split())


def test_what_is_not_to_be_done_reads_do_not() -> None:
    assert "- Do not tell them (mother's partner): should not\n" in told(
        change(title="Tell them", subject=PARTNER, after="should_not")
    )


def test_what_is_withdrawn_says_whether_it_is_ruled_out_or_no_longer_known() -> None:
    given = {"before": "must", "after": None, "certainty_before": "certain", "certainty_after": None}
    assert "was must\n      ruled out by what is recorded now" in told(
        change("withdrawn", withdrawn_as="ruled_out", **given)
    )
    assert "no longer known" in told(change("withdrawn", withdrawn_as="no_longer_known", **given))


def test_findings_that_never_applied_are_counted_unless_all_are_asked_for() -> None:
    opened = change(what="finding", title="B", after="undetermined")
    assert "1 finding newly open, decided or gone" in told(opened)
    assert "- B: not decided" in told(opened, everything=True)


def test_no_difference_is_no_assurance() -> None:
    assert "Nothing that these rules say is different. This is no assurance." in told()


def test_missing_causes_and_problems_are_said() -> None:
    printed = told(
        without_causes="read from a file", problems=(Problem("ids-not-stable", "people", "no id in common"),)
    )
    assert "No causes are given: read from a file." in printed
    assert "No id in common." in printed


def test_the_next_change_names_its_day_and_what_may_hide_an_earlier_one() -> None:
    changes = Changes("2026-03-02", "2026-06-01", (change(),), (), None)
    printed = plain(next_change_lines(NextChange("2026-06-01", changes, ("child.born_on",))))
    assert "on 1 June 2026, with nothing new recorded: 1 difference" in printed
    assert "- Report it: must" in printed
    assert "dates not known that could bring one: child.born_on" in printed
    assert "on no day that follows" in plain(next_change_lines(NextChange(None, None, ())))
