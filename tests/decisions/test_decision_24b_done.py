"""Decision 24b: `done` is read by no rule; an action is to do, done, or done before its newest reason."""

from pathlib import Path

import pytest

from safeguard_rules import PackError, Rulebook
from tests.packs_in_text import action, evaluate, load, names, outcome, recommended, rule, text_of

INJURY = "injuries: [{id: a, kind: bruise, noticed_on: 2026-02-20}]\n"


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    return load(tmp_path, rule("r", "{injury.kind: bruise}", more="for_each: injury"))


@pytest.mark.parametrize(
    ("done", "standing"),
    [
        ("", "to_do"),
        ("done: [{action: other, done_on: 2026-02-21}]", "to_do"),
        ("done: [{action: act, done_on: 2026-02-21}]", "done"),
        ("done: [{action: act, done_on: 2026-02-20}]", "done"),
        ("done: [{action: act, about: baby, done_on: 2026-02-21}]", "done"),
        ("done: [{action: act, about: a, done_on: 2026-02-21}]", "to_do"),
        ("done: [{action: 'tiny:act', done_on: 2026-02-21}]", "done"),
        ("done: [{action: act}]", "done_before_newest_reason"),
        ("done: [{action: act, done_on: 2026-04-01}]", "to_do"),
        ("done: [{action: act, done_on: 2026-02}]", "done"),
        ("done: [{action: act, done_on: 2026-01}]", "done_before_newest_reason"),
        ("done: [{action: act, done_on: 2026-02-19}]", "done_before_newest_reason"),
        ("done: [{action: act, done_on: 2026-02-19}, {action: act, done_on: 2026-02-21}]", "done"),
    ],
)
def test_decision_24b_to_do_done_or_done_before_its_newest_reason(book: Rulebook, done: str, standing: str) -> None:
    assert recommended(evaluate(book, INJURY + done)).standing == standing


@pytest.mark.parametrize(
    ("second", "standing"),
    [
        ("{id: b, kind: bruise, noticed_on: 2026-02-18}", "done"),
        ("{id: b, kind: bruise, noticed_on: 2026-02-21}", "done"),
        ("{id: b, kind: bruise, noticed_on: 2026-02-22}", "done_before_newest_reason"),
        ("{id: b, kind: bruise, noticed_on: 2026-02}", "done_before_newest_reason"),
        ("{id: b, kind: bruise}", "done_before_newest_reason"),
        ("{id: b, kind: bite}", "done"),
    ],
)
def test_decision_24b_a_reason_that_may_be_newer_is_never_hidden(book: Rulebook, second: str, standing: str) -> None:
    injuries = f"injuries: [{{id: a, kind: bruise, noticed_on: 2026-02-20}}, {second}]"
    given = f"{injuries}\ndone: [{{action: act, done_on: 2026-02-21}}]"
    assert recommended(evaluate(book, given)).standing == standing


@pytest.mark.parametrize(
    ("done", "code"),
    [("{action: akt, done_on: 2026-02-21}", "done-not-known"), ("{action: act, done_on: 2026-04-01}", "done-ahead")],
)
def test_decision_24b_what_counts_for_nothing_is_told(book: Rulebook, done: str, code: str) -> None:
    assert code in [problem.code for problem in evaluate(book, f"{INJURY}done: [{done}]").problems]


def test_decision_24b_what_became_known_later_is_a_newer_reason(book: Rulebook) -> None:
    known = (
        'done: [{action: act, done_on: 2026-02-21}]\nevidence: {"injuries[a].kind": {basis: observed, known_on: %s}}'
    )
    assert recommended(evaluate(book, INJURY + known % "2026-02-21")).standing == "done"
    assert recommended(evaluate(book, INJURY + known % "2026-02-25")).standing == "done_before_newest_reason"


def test_decision_24b_what_is_done_is_still_shown_and_changes_no_finding(book: Rulebook) -> None:
    done = evaluate(book, INJURY + "done: [{action: act, done_on: 2026-02-21}]")
    before = evaluate(book, INJURY)
    assert names(done) == names(before) == ["act"]
    assert done.findings == before.findings
    assert done.questions == before.questions


def test_decision_24b_no_rule_reads_what_is_done(tmp_path: Path) -> None:
    with pytest.raises(PackError):
        load(tmp_path, rule("r", "{some: {of: done, where: always}}"))


@pytest.mark.parametrize(
    ("contacts", "standing"),
    [
        ("[]", "done"),
        ("[{id: one, happens_on: 2026-02-20}]", "done"),
        ("[{id: one, happens_on: 2026-02-20}, {id: two, happens_on: 2026-03-01}]", "to_do"),
        ("[{id: one, happens_on: 2026-02-20}, {id: ahead, happens_on: 2026-03-09}]", "done"),
    ],
)
def test_decision_24b_what_repeats_is_to_do_or_done_for_this_contact(
    tmp_path: Path, contacts: str, standing: str
) -> None:
    book = load(tmp_path, action("b", "repeat: each contact"), rule("r", "always", "{should: b}"))
    found = evaluate(book, f"done: [{{action: b, done_on: 2026-02-20}}]\ncontacts: {contacts}")
    assert outcome(found) == "applies"
    only = recommended(found, "b")
    assert (only.repeats, only.standing) == (True, standing)


def test_decision_24b_what_repeats_is_folded_into_one_line_of_the_text(tmp_path: Path) -> None:
    pieces = [action(name, "repeat: each contact") for name in ("b", "c", "d")]
    pieces += [rule(f"r{name}", "always", f"{{should: {name}}}") for name in ("b", "c", "d")]
    text = text_of(evaluate(load(tmp_path, *pieces), "contacts: [{id: one, happens_on: 2026-03-02}]"))
    now = text.casefold().split("what to do now", 1)[1].split("\n\n", 1)[0]
    lines = [line for line in now.splitlines() if any(f"do {name}" in line for name in "bcd")]
    assert len(lines) == 1
