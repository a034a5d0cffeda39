"""Decision 16: working days by cited bank holidays, counted from the day after; beyond the last known day unknown."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from safeguard_rules import Case, Evaluation, Problem, Rulebook, Within
from tests.packs_in_text import (
    action,
    asked,
    assumed,
    case,
    definition,
    evaluate,
    load,
    outcomes,
    parameter,
    recommended,
    rule,
    section,
    text_of,
)

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
CALENDAR = section(
    "bank_holidays",
    f"""
    from: {FIRST}
    to: {LAST}
    days:
      2026-01-01: New Year's Day
      2026-04-03: Good Friday
      2026-04-06: Easter Monday
      2026-05-04: Early May bank holiday
      2026-05-25: Spring bank holiday
    cites: [law/duty]
    """,
)
SOME = parameter("some", "2 working days")
SILENT = rule("r", "{referral.sent_on: {more_than_ago: some}}", more="for_each: referral")
WITHIN = "within: {time: 2 working days, basis: proposed, from: referral.sent_on, cites: [ours/choice]}"
DUE = rule("r", "always", f"{{should: act, {WITHIN}}}", "for_each: referral")
KNOWN = f"working days cannot be counted, for bank holidays are known from {FIRST} to {LAST} only"
MISSING = "working days cannot be counted, for no pack in force names the bank holidays"


def sent(on: str) -> str:
    return f"referrals: [{{id: a, sent_on: {on}}}]"


def told(evaluation: Evaluation) -> list[tuple[str, str | None, str]]:
    return [(each.code, each.path, each.says) for each in evaluation.problems]


# --- counting


@pytest.mark.parametrize(
    ("on", "as_of", "expected"),
    [
        ("2026-03-05", "2026-03-09", "does_not_apply"),  # a Thursday: Friday and Monday
        ("2026-03-05", "2026-03-10", "applies"),
        ("2026-04-02", "2026-04-08", "does_not_apply"),  # over Easter: Tuesday and Wednesday
        ("2026-04-02", "2026-04-09", "applies"),
        ("2026-04-02T23:30Z", "2026-04-08", "does_not_apply"),  # Good Friday on the UK's clocks
        ("2026-04-07T23:30Z", "2026-04-10", "does_not_apply"),  # the 8th on the UK's clocks
        ("2026-02", "2026-03-03", "undetermined"),  # its 28th is a Saturday
        ("2026-02", "2026-03-04", "applies"),
    ],
)
def test_decision_16_working_days_count_from_the_day_after(tmp_path: Path, on: str, as_of: str, expected: str) -> None:
    found = evaluate(load(tmp_path, CALENDAR, SOME, SILENT), sent(on), as_of)
    assert outcomes(found) == {"a": expected}
    assert found.problems == ()


@pytest.mark.parametrize("operator", ["within_last", "within_next"])
def test_decision_16_other_tests_of_dates_count_likewise(tmp_path: Path, operator: str) -> None:
    when = f"{{contact.happens_on: {{{operator}: some}}}}"
    book = load(tmp_path, CALENDAR, SOME, rule("r", when, more="for_each: contact"))
    days = [date(2026, 3, 30) + timedelta(days=n) for n in range(14)]
    ahead = operator == "within_next"
    near = {date(2026, 4, 2) + timedelta(days=n) for n in range(7)}  # until Wednesday, the second working day
    for day in days:
        on, as_of = (day, date(2026, 4, 2)) if ahead else (date(2026, 4, 2), day)
        found = outcomes(evaluate(book, f"contacts: [{{id: a, happens_on: {on}}}]", str(as_of)))
        assert found == {"a": "applies" if day in near else "does_not_apply"}, day


@pytest.mark.parametrize(
    ("on", "as_of", "due", "overdue"),
    [
        ("2026-04-02", "2026-04-08", "2026-04-08", False),
        ("2026-04-02", "2026-04-09", "2026-04-08", True),
        ("2026-03-06T17:30Z", "2026-03-10", "2026-03-10", False),
        ("2026-04", "2026-04-20", "2026-04-07 to 2026-04-22", None),
        ("2026-06-26", "2026-07-01", "2026-06-30", True),
        ("2026-06-29", "2026-07-01", None, False),  # the 30th, and then 1 July at the earliest
        ("2026-06-29", "2026-07-02", None, None),
    ],
)
def test_decision_16_a_due_date_in_working_days(
    tmp_path: Path, on: str, as_of: str, due: str | None, overdue: bool | None
) -> None:
    within = recommended(evaluate(load(tmp_path, CALENDAR, DUE), sent(on), as_of)).within
    assert isinstance(within, Within)
    assert (within.time, within.due, within.overdue) == ("2 working days", due, overdue)


# --- beyond what is known


@pytest.mark.parametrize(
    ("on", "as_of", "expected"),
    [
        ("2026-06-26", "2026-09-01", "applies"),  # it ends on the last day that is known
        ("2026-06-30", "2026-07-02", "does_not_apply"),  # two days have not passed in any year
        ("2026-07-03", "2026-07-07", "does_not_apply"),  # nor have they over a weekend
    ],
)
def test_decision_16_what_holds_whatever_the_holidays_are_is_no_problem(
    tmp_path: Path, on: str, as_of: str, expected: str
) -> None:
    found = evaluate(load(tmp_path, CALENDAR, SOME, SILENT), sent(on), as_of)
    assert (outcomes(found), found.problems) == ({"a": expected}, ())


@pytest.mark.parametrize(("on", "as_of"), [("2026-06-29", "2026-07-02"), ("2026-08-03", "2026-12-01")])
def test_decision_16_beyond_the_last_known_day_it_is_unknown_with_a_problem(
    tmp_path: Path, on: str, as_of: str
) -> None:
    found = evaluate(load(tmp_path, CALENDAR, SOME, SILENT), sent(on), as_of)
    assert outcomes(found) == {"a": "undetermined"}
    assert told(found) == [("bank-holidays-not-known", "referrals[a].sent_on", KNOWN)]
    assert asked(found) == [], "no answer could help"
    assert KNOWN in text_of(found)


def test_decision_16_before_the_first_known_day_it_is_unknown_likewise(tmp_path: Path) -> None:
    book = load(tmp_path, CALENDAR, SOME, SILENT)
    assert outcomes(evaluate(book, sent("2025-12-30"), "2026-01-05")) == {"a": "undetermined"}
    assert outcomes(evaluate(book, sent("2025-12-30"), "2026-01-06")) == {"a": "applies"}


def test_decision_16_a_date_that_is_roughly_known_is_still_asked_for(tmp_path: Path) -> None:
    found = evaluate(load(tmp_path, CALENDAR, SOME, SILENT), sent("2026-06"), "2026-07-03")
    assert outcomes(found) == {"a": "undetermined"}
    assert asked(found) == ["referrals[a].sent_on"]
    assert [each.code for each in found.problems] == ["bank-holidays-not-known"]


def test_decision_16_an_unknown_date_is_asked_for_and_is_no_problem_of_the_calendar(tmp_path: Path) -> None:
    found = evaluate(load(tmp_path, CALENDAR, SOME, SILENT), "referrals: [{id: a}]", "2026-12-01")
    assert (outcomes(found), asked(found), found.problems) == ({"a": "undetermined"}, ["referrals[a].sent_on"], ())


def test_decision_16_a_due_date_that_cannot_be_counted_is_a_problem(tmp_path: Path) -> None:
    found = evaluate(load(tmp_path, CALENDAR, DUE), sent("2026-06-29"), "2026-06-30")
    assert told(found) == [("bank-holidays-not-known", "referrals[a].sent_on", KNOWN)]


def test_decision_16_what_nothing_needed_is_no_problem(tmp_path: Path) -> None:
    both = rule("r", "{referral.acknowledged_on: not_yet, referral.sent_on: {more_than_ago: some}}")
    silent = rule("r", both.text.partition("when: ")[2].splitlines()[0], more="for_each: referral")
    book = load(tmp_path, CALENDAR, SOME, silent)
    answered = "referrals: [{id: a, sent_on: 2026-08-03, acknowledged_on: 2026-08-04}]"
    assert evaluate(book, answered, "2026-12-01").problems == ()
    waiting = "referrals: [{id: a, sent_on: 2026-08-03, acknowledged_on: not_yet}]"
    assert [each.code for each in evaluate(book, waiting, "2026-12-01").problems] == ["bank-holidays-not-known"]


def test_decision_16_an_assumption_may_go_on_and_the_problem_stays(tmp_path: Path) -> None:
    silent = definition("silent", "{referral.sent_on: {more_than_ago: some}}", "referral", assumed("true"))
    book = load(tmp_path, CALENDAR, SOME, silent, rule("r", "silent", more="for_each: referral"))
    found = evaluate(book, sent("2026-08-03"), "2026-12-01")
    assert [(each.outcome, each.certainty) for each in found.findings] == [("applies", "as_precaution")]
    assert [each.code for each in found.problems] == ["bank-holidays-not-known"]


def test_decision_16_lists_are_looked_through_and_each_date_is_told_once(tmp_path: Path) -> None:
    some = "{some: {of: referral, where: {referral.sent_on: {more_than_ago: some}}}}"
    book = load(tmp_path, CALENDAR, SOME, rule("r", some), rule("again", some))
    two = "referrals: [{id: a, sent_on: 2026-08-03}, {id: b, sent_on: 2026-09-01}]"
    found = evaluate(book, two, "2026-12-01")
    assert [each.path for each in found.problems] == ["referrals[a].sent_on", "referrals[b].sent_on"]


# --- without a calendar


def test_decision_16_without_bank_holidays_it_is_unknown_and_said(tmp_path: Path) -> None:
    found = evaluate(load(tmp_path, SOME, SILENT), sent("2026-01-05"), "2026-12-01")
    assert outcomes(found) == {"a": "undetermined"}
    assert told(found) == [("no-bank-holidays", "referrals[a].sent_on", MISSING)]
    assert asked(found) == []


def test_decision_16_without_bank_holidays_there_is_no_due_date_and_that_is_said(tmp_path: Path) -> None:
    found = evaluate(load(tmp_path, DUE), sent("2026-01-05"), "2026-12-01")
    within = recommended(found).within
    assert within is not None
    assert (within.due, within.overdue) == (None, None)
    assert told(found) == [("no-bank-holidays", "referrals[a].sent_on", MISSING)]


def test_decision_16_no_problem_where_nothing_counts_working_days(tmp_path: Path) -> None:
    book = load(tmp_path, parameter("some", "2 days"), SILENT)
    assert evaluate(book, sent("2026-01-05"), "2026-12-01").problems == ()
    hours = load(tmp_path / "hours", parameter("some", "48 hours"), SILENT)
    found = evaluate(hours, sent("2026-11-29"), "2026-12-01")
    assert (outcomes(found), found.problems) == ({"a": "undetermined"}, ())
    assert asked(found) == ["referrals[a].sent_on"], "the time of day could help"


# --- the record


def test_decision_16_another_list_is_another_pack_to_whoever_replays(tmp_path: Path) -> None:
    other = section("bank_holidays", CALENDAR.text.replace("  2026-05-25: Spring bank holiday\n", ""))
    one, two = (load(tmp_path / name, each, SOME, SILENT) for name, each in (("one", CALENDAR), ("two", other)))
    found = [evaluate(book, sent("2026-05-21"), "2026-05-26") for book in (one, two)]
    assert [outcomes(each)["a"] for each in found] == ["does_not_apply", "applies"]
    assert found[0].record.packs[0].digest != found[1].record.packs[0].digest
    assert isinstance(found[0].problems, tuple)
    assert all(isinstance(each, Problem) for each in found[0].problems)


# --- the next change

AHEAD = [
    SILENT,
    SOME,
    CALENDAR,
    parameter("week", "5 working days"),
    parameter("none", "0 working days"),
    rule("last", "{some: {of: referral, where: {referral.sent_on: {within_last: week}}}}"),
    rule("soon", "{some: {of: contact, where: {contact.happens_on: {within_next: some}}}}"),
    rule("near", "{contact.happens_on: {within_next: week}}", more="for_each: contact"),
    rule("today", "{contact.happens_on: {within_next: none}}", more="for_each: contact"),
    rule("age", "{child.age: {between: [some, week]}}"),
    rule("due", "always", f"{{should: b, {WITHIN}}}", "for_each: referral"),
    action("b"),
]


@pytest.fixture(scope="module")
def ahead(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return load(tmp_path_factory.mktemp("ahead"), *AHEAD)


def said(evaluation: Evaluation) -> tuple[object, ...]:
    actions = [
        (each.action, each.about.id, each.certainty, each.standing, each.within and each.within.overdue)
        for each in evaluation.actions
    ]
    return sorted(actions, key=str), [(each.rule, each.subject.id, each.outcome) for each in evaluation.findings]


def by_trying(book: Rulebook, tried: Case, start: date) -> str | None:
    now = said(book.evaluate(tried, as_of=start))
    days = (start + timedelta(days=n) for n in range(1, 120))
    return next((str(day) for day in days if said(book.evaluate(tried, as_of=day)) != now), None)


def some_date(random: Random, around: date) -> str:
    day = around + timedelta(days=random.randrange(-12, 30))
    return random.choice([str(day), str(day), str(day), f"{day:%Y-%m}", f"{day}T22:30Z"])


@pytest.mark.parametrize("seed", range(100))
def test_decision_16_the_next_change_is_the_first_day_on_which_something_differs(ahead: Rulebook, seed: int) -> None:
    random = Random(seed)
    start = random.choice(
        [date(2026, 3, 27), date(2026, 4, 30), date(2026, 5, 20), date(2026, 6, 17), date(2025, 12, 19)]
    )
    start += timedelta(days=random.randrange(5))
    born = some_date(random, start)[:10]
    lines = [f"child: {{id: baby, stage: born, born_on: {born}}}"]
    for name, field in (("referrals", "sent_on"), ("contacts", "happens_on")):
        each = [f"{{id: {id_}, {field}: {some_date(random, start)}}}" for id_ in random.choice(["", "a", "ab"])]
        lines.append(f"{name}: [{', '.join(each)}]")
    tried = case("\n".join(lines))
    assert ahead.evaluate(tried, as_of=start).next_change().on == by_trying(ahead, tried, start), lines
