"""Decision 15: `as_of` is a required keyword; day tests use UK calendar dates, hour tests instants."""

import inspect
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from safeguard_rules import CallError, Rulebook
from tests.packs_in_text import case, evaluate, load, outcome, parameter, rule


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    return load(
        tmp_path,
        rule("hours", "{some: {of: referral, where: {referral.sent_on: {within_last: hours}}}}"),
        rule("days", "{some: {of: referral, where: {referral.sent_on: {within_last: days}}}}"),
        parameter("hours", "24 hours"),
        parameter("days", "1 day"),
    )


def test_decision_15_as_of_is_a_required_keyword(book: Rulebook) -> None:
    parameters = inspect.signature(Rulebook.evaluate).parameters
    assert parameters["as_of"].kind is inspect.Parameter.KEYWORD_ONLY
    assert parameters["as_of"].default is inspect.Parameter.empty
    with pytest.raises(TypeError):
        book.evaluate(case())  # type: ignore[call-arg]


def test_decision_15_a_date_or_a_moment_with_offset_is_taken(book: Rulebook) -> None:
    moment = datetime(2026, 3, 2, 15, 0, tzinfo=timezone(timedelta(hours=1)))
    for as_of in (date(2026, 3, 2), "2026-03-02", moment, "2026-03-02T14:00Z"):
        assert book.evaluate(case(), as_of=as_of).as_of.day == date(2026, 3, 2)


@pytest.mark.parametrize("as_of", [datetime(2026, 3, 2, 15, 0), "2026-03-02T15:00", "2026-03", "soon"])  # noqa: DTZ001
def test_decision_15_a_moment_without_offset_and_what_is_no_day_are_refused(
    book: Rulebook, as_of: datetime | str
) -> None:
    with pytest.raises(CallError):
        book.evaluate(case(), as_of=as_of)


@pytest.mark.parametrize(
    ("seen", "as_of", "hours", "days"),
    [
        # the table of 1.11
        ("2026-03-01T15:00Z", "2026-03-02T14:00Z", "applies", "applies"),
        ("2026-03-01T15:00Z", "2026-03-02", "undetermined", "applies"),
        ("2026-02-27", "2026-03-02", "does_not_apply", "does_not_apply"),
        # a bare date in a test of hours is its whole day
        ("2026-03-01", "2026-03-02T00:00Z", "applies", "applies"),
        ("2026-03-01", "2026-03-02T14:00Z", "undetermined", "applies"),
        ("2026-03-01T13:59Z", "2026-03-02T14:00Z", "does_not_apply", "applies"),
    ],
)
def test_decision_15_hours_compare_instants_and_days_compare_days(
    book: Rulebook, seen: str, as_of: str, hours: str, days: str
) -> None:
    found = evaluate(book, f"referrals: [{{id: a, sent_on: {seen}}}]", as_of)
    assert (outcome(found, "hours"), outcome(found, "days")) == (hours, days)


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        ("2026-01-31T23:30Z", date(2026, 1, 31)),
        ("2026-07-31T22:59Z", date(2026, 7, 31)),
        ("2026-07-31T23:00Z", date(2026, 8, 1)),  # summer time
        ("2026-03-28T23:30Z", date(2026, 3, 28)),  # the clocks go forward the night after
        ("2026-03-29T23:30Z", date(2026, 3, 30)),
        ("2026-10-24T23:30Z", date(2026, 10, 25)),
        ("2026-10-25T23:30Z", date(2026, 10, 25)),
        ("2026-03-02T01:00+05:00", date(2026, 3, 1)),
    ],
)
def test_decision_15_the_day_is_that_of_the_united_kingdom(
    book: Rulebook, as_of: str, day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert book.evaluate(case(), as_of=as_of).as_of.day == day
