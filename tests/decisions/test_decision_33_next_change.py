"""Decision 33: the next change by the passing of time, held against trying each of 500 days."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from safeguard_rules import Case, Evaluation, Rulebook
from tests.packs_in_text import (
    action,
    assumed,
    case,
    definition,
    evaluate,
    load,
    parameter,
    rule,
    section,
)

TODAY = date(2026, 3, 2)
DAYS = 500

DATED_RULE = """
dated:
  - {title: Until June, when: always, then: [{consider: act}], because: It is so., cites: [law/duty], to: 2026-05-31}
  - {title: From August, when: always, then: [{should: act}], because: It is so., cites: [law/duty], from: 2026-08-01}
"""
COUNTED = "within: {time: 10 days, basis: proposed, from: injury.noticed_on, cites: [ours/choice]}"
IN_HOURS = "within: {time: 36 hours, basis: proposed, from: referral.sent_on, cites: [ours/choice]}"

RULES = [
    rule("young", "{child.age: {less_than: half_year}}"),
    rule("between", "{child.age: {between: [weeks, half_year]}}"),
    rule("assuming", "careful", "{must: c}"),
    definition("careful", "{child.disabled: true}", more=assumed("true", ask_unless="{child.age: {less_than: weeks}}")),
    rule("late", "{child.gestation: {at_least: term}}", more="stage: [unborn, born]"),
    rule("fresh", "{some: {of: injury, where: {injury.noticed_on: {within_last: month}}}}"),
    rule("old", "{injury.noticed_on: {more_than_ago: weeks}}", more="for_each: injury"),
    rule("soon", "{some: {of: contact, where: {contact.happens_on: {within_next: month}}}}"),
    rule("order", "{some: {of: contact, where: {contact.happens_on: {after: limit}}}}"),
    rule("hours", "{some: {of: referral, where: {referral.sent_on: {within_last: hours}}}}"),
    rule("counted", "always", f"{{should: b, {COUNTED}}}", "for_each: injury"),
    rule("counted_hours", "always", f"{{should: d, {IN_HOURS}}}", "for_each: referral"),
    rule("alone", "{person.asked_alone_since_last_contact: true}", more="for_each: person"),
    rule("standing", "always", "{should: again}"),
    section("rules", DATED_RULE),
    action("b"),
    action("c"),
    action("d"),
    action("again", "repeat: each contact"),
    parameter("half_year", "6 months"),
    parameter("weeks", "6 weeks"),
    parameter("month", "1 month"),
    parameter("hours", "48 hours"),
    parameter("limit", "2026-04-10"),
    parameter("term", "40 weeks"),
]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return load(tmp_path_factory.mktemp("next"), *RULES)


def said(evaluation: Evaluation) -> tuple[object, ...]:
    """Actions and outcomes, without their texts."""
    actions = [
        (
            each.action,
            each.about.id,
            each.obligation,
            each.certainty,
            each.standing,
            each.within and (each.within.time, each.within.overdue),
        )
        for each in evaluation.actions
    ]
    findings = [(each.rule, each.subject.id, each.outcome, each.certainty) for each in evaluation.findings]
    return sorted(actions, key=str), findings, [(each.rule, each.why) for each in evaluation.not_in_force]


def by_trying(book: Rulebook, tried: Case, start: date) -> str | None:
    """The first of 500 days on which something else is said."""
    now = said(book.evaluate(tried, as_of=start))
    for n in range(1, DAYS + 1):
        day = start + timedelta(days=n)
        if said(book.evaluate(tried, as_of=day)) != now:
            return day.isoformat()
    return None


CASES = {
    "nothing": "",
    "a birthday": "child: {id: baby, stage: born, born_on: 2025-09-30, disabled: false}",
    "a birth in a month": "child: {id: baby, stage: born, born_on: 2025-10, disabled: false}",
    "a birth that lies ahead": "child: {id: baby, stage: born, born_on: 2026-04-20}",
    "an expected birth": "child: {id: baby, stage: unborn, expected_on: 2026-05-11}",
    "an injury": "child: {id: baby, stage: born, disabled: true}\ninjuries: [{id: a, noticed_on: 2026-02-27}]",
    "an injury in a month": "injuries: [{id: a, noticed_on: 2026-02}, {id: b, noticed_on: 2025}]",
    "a slip in a date": "injuries: [{id: a, noticed_on: 2026-11-02}]",
    "a planned contact": "contacts: [{id: a, happens_on: 2026-05-20}]",
    "a contact in a month": "contacts: [{id: a, happens_on: 2026-06}]",
    "a referral": "referrals: [{id: a, sent_on: 2026-03-01}]",
    "a referral at an hour": "referrals: [{id: a, sent_on: 2026-03-01T15:00Z}]",
    "asked alone": (
        "people: [{id: mother}]\nall_regular_people_recorded: true\n"
        "contacts: [{id: a, happens_on: 2026-03-20}]\n"
        "enquiries: [{id: q, of: mother, asked_on: 2026-03-02, alone: true}]"
    ),
    "standing advice": "contacts: [{id: a, happens_on: 2026-03-20}]\ndone: [{action: again, done_on: 2026-03-02}]",
    "done before": "injuries: [{id: a, noticed_on: 2026-03-10}]\ndone: [{action: act, done_on: 2026-03-02}]",
}


@pytest.mark.parametrize("named", CASES)
@pytest.mark.parametrize("start", [TODAY, date(2026, 9, 1)], ids=str)
def test_decision_33_the_next_change_is_the_first_day_on_which_something_differs(
    book: Rulebook, named: str, start: date
) -> None:
    told = case(CASES[named])
    assert book.evaluate(told, as_of=start).next_change().on == by_trying(book, told, start)


def some_date(random: Random) -> str:
    day = date(2025, 6, 1) + timedelta(days=random.randrange(700))
    return random.choice([str(day), str(day), f"{day:%Y-%m}", f"{day:%Y}", f"{day}T{random.randrange(24):02}:30Z"])


def some_case(random: Random) -> Case:
    child = [f"id: baby, stage: {random.choice(['born', 'born', 'unborn'])}"]
    if random.random() < 0.7:
        child.append(f"born_on: {some_date(random)[:10]}")
    if random.random() < 0.5:
        child.append(f"expected_on: {some_date(random)[:10]}")
    lines = [f"child: {{{', '.join(child)}}}"]
    fields = {
        "injuries": "noticed_on",
        "contacts": "happens_on",
        "referrals": "sent_on",
    }
    for name, field in fields.items():
        records = [f"{{id: {name[0]}{n}, {field}: {some_date(random)}}}" for n in range(random.randrange(3))]
        if random.random() < 0.8:
            lines.append(f"{name}: [{', '.join(records)}]")
    return case("\n".join(lines))


@pytest.mark.parametrize("seed", range(40))
def test_decision_33_random_cases_agree_with_trying_each_day(book: Rulebook, seed: int) -> None:
    random = Random(seed)
    told = some_case(random)
    start = date(2026, 1, 1) + timedelta(days=random.randrange(300))
    assert book.evaluate(told, as_of=start).next_change().on == by_trying(book, told, start)


def test_decision_33_the_changes_of_that_day_come_with_it(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{child.age: {less_than: n}}"), parameter("n", "6 months"))
    found = evaluate(book, "child: {id: baby, stage: born, born_on: 2026-01-19}").next_change()
    assert found.on == "2026-07-19"
    assert found.changes is not None
    assert [(each.what, each.kind, each.says) for each in found.changes] == [
        ("action", "withdrawn", "by the passing of time"),
        ("finding", "withdrawn", "by the passing of time"),
    ]


def test_decision_33_a_month_that_is_not_over_counts_to_its_own_end(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{child.age: {at_most: n}}"), parameter("n", "7 days"))
    born = case("child: {id: baby, stage: born, born_on: 2026-03}")
    assert book.evaluate(born, as_of="2026-03-30").next_change().on == "2026-04-08"
    assert by_trying(book, born, date(2026, 3, 30)) == "2026-04-08"


def test_decision_33_boundaries_of_force_are_tried(tmp_path: Path) -> None:
    book = load(tmp_path, section("rules", DATED_RULE))
    days = [evaluate(book, as_of=day).next_change().on for day in ("2026-03-02", "2026-06-01", "2026-08-01")]
    assert days == ["2026-06-01", "2026-08-01", None]


def test_decision_33_the_end_of_a_waiver_is_tried(tmp_path: Path) -> None:
    careful = definition(
        "d", "{child.disabled: true}", more="variants: {less: {reads: less holds, when: never, cites: [law/duty]}}"
    )
    local = """
        contacts: {}
        waivers:
          - waives: tiny:d
            instead: nobody
            adopts: less
            from: 2026-01-01
            to: 2026-04-30
            cites: [tiny:ours/choice]
            decided_by: the board
            because: It was decided.
        """
    book = load(tmp_path, careful, rule("r", "d"), locality=local)
    assert evaluate(book, "child: {id: baby, stage: born, disabled: true}").next_change().on == "2026-05-01"


def test_decision_33_unknown_dates_that_prevent_an_answer_are_named(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{child.age: {less_than: n}}"), parameter("n", "6 months"))
    found = evaluate(book, "child: {id: baby, stage: born}").next_change()
    assert (found.on, found.cannot_say) == (None, ("child.born_on",))
    known = evaluate(book, "child: {id: baby, stage: born, born_on: 2026-01-19}").next_change()
    assert known.cannot_say == ()


def test_decision_33_nothing_changes_by_itself(tmp_path: Path) -> None:
    found = evaluate(load(tmp_path, rule("r", "{child.disabled: true}"))).next_change()
    assert (found.on, found.changes, found.cannot_say) == (None, None, ())


@pytest.mark.parametrize(
    ("sent", "as_of", "on"),
    [
        ("2026-03-02T10:00Z", "2026-03-02T12:00Z", "2026-03-03T10:00:01Z"),
        ("2026-03-02T10:00Z", "2026-03-03T10:00Z", "2026-03-03T10:00:01Z"),
        ("2026-03-02T10:00Z", "2026-03-03T10:01Z", None),
        ("2026-03-02", "2026-03-02T12:00Z", "2026-03-03T00:00:01Z"),  # from then on it is open
        ("2026-03-02", "2026-03-03T12:00Z", "2026-03-04T00:00Z"),  # open inside the last day
    ],
)
def test_decision_33_hour_tests_are_tried_by_instants(tmp_path: Path, sent: str, as_of: str, on: str | None) -> None:
    book = load(
        tmp_path,
        rule("r", "{some: {of: referral, where: {referral.sent_on: {within_last: hours}}}}"),
        parameter("hours", "24 hours"),
    )
    found = evaluate(book, f"referrals: [{{id: a, sent_on: {sent}}}]", as_of=as_of).next_change()
    assert found.on == on
