"""Dates as somebody gave them; what tests make of them stands in tests/spec/partial_dates.csv."""

import copy
import pickle
import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from safeguard_rules.values.dates import AsOf, When, moments_of, write_instant


def moment(
    year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0, micro: int = 0
) -> datetime:
    return datetime(year, month, day, hour, minute, second, micro, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-02T15:00Z", moment(2026, 3, 2, 15)),
        ("2026-03-02T15:00:30Z", moment(2026, 3, 2, 15, 0, 30)),
        ("2026-03-02T15:00:30.25Z", moment(2026, 3, 2, 15, 0, 30, 250000)),
        ("2026-03-02T15:00+01:00", moment(2026, 3, 2, 14)),
        ("2026-03-02T15:00-14:00", moment(2026, 3, 3, 5)),
        ("2026-03-02T00:00+05:45", moment(2026, 3, 1, 18, 15)),
    ],
)
def test_an_instant_is_read_with_its_offset(text: str, instant: datetime) -> None:
    when = When.parse(text)
    assert when.instant == instant
    assert when.instant.utcoffset() == timedelta(0)
    assert when.exact
    assert str(when) == text


def test_a_day_or_less_has_no_instant() -> None:
    assert [When.parse(text).instant for text in ("2026", "2026-03", "2026-03-02")] == [None, None, None]


def test_only_a_day_is_exact() -> None:
    assert [When.parse(text).exact for text in ("2026", "2026-03", "2026-03-02")] == [False, False, True]


@pytest.mark.parametrize(
    "text",
    [
        *("", "March", "26", "02026", "2026-3", "2026-03-2", "2026-13", "2026-00", "2026-03-00", "2026-03-32"),
        *("20260302", "02/03/2026", "2026/03/02", "2026-W10", "2026-061", " 2026", "2026 ", "2026\n", "-2026"),
        *("2026-03-02T", "2026-03-02T15Z", "2026-03-02T15:00z", "2026-03-02 15:00Z", "2026-03T15:00Z"),
        *("2026-03-02T24:00Z", "2026-03-02T15:60Z", "2026-03-02T15:00:60Z", "2026-03-02T15:00:30.Z"),
        *("2026-03-02T15:00+1:00", "2026-03-02T15:00+0100", "2026-03-02T15:00+15:00", "2026-03-02T15:00+01:60"),
        *("２０２６", "٢٠٢٦-٠٣", "not_yet", "null"),
    ],
)
def test_another_shape_is_no_date(text: str) -> None:
    wanted = f"`{text}` is not a date such as 2026, 2026-03, 2026-03-02 or 2026-03-02T15:00Z"
    with pytest.raises(ValueError, match=f"^{re.escape(wanted)}$"):
        When.parse(text)


@pytest.mark.parametrize("text", ["2026-02-29", "2026-02-30", "2026-04-31", "2100-02-29", "2026-02-29T15:00Z"])
def test_a_day_that_is_not_there_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^`{re.escape(text)}` is not a day of the calendar$"):
        When.parse(text)


@pytest.mark.parametrize("text", ["2026-03-02T15:00", "2026-03-02T15:00:30", "2026-03-02T15:00:30.5"])
def test_a_time_without_offset_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^`{re.escape(text)}` needs an offset such as Z or \\+01:00$"):
        When.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        *("1899", "0000", "2200", "1899-12", "1899-12-31", "2200-01-01", "0001-01-01", "1815-02-30"),
        *("2200-01-01T00:00Z", "2199-12-31T23:30-05:00", "1900-01-01T00:30+02:00", "9999-12-31T23:59-14:00"),
    ],
)
def test_a_year_far_from_ours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^the year of `{re.escape(text)}` is not between 1900 and 2199$"):
        When.parse(text)


@pytest.mark.parametrize("text", ["1900", "2199", "1900-01-01", "2199-12-31", "2199-12-31T23:59Z"])
def test_the_first_and_the_last_year_are_read(text: str) -> None:
    assert str(When.parse(text)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 3, 2), "2026-03-02"),
        (moment(2026, 3, 2, 15), "2026-03-02T15:00Z"),
        (moment(2026, 3, 2, 15, 0, 30), "2026-03-02T15:00:30Z"),
        (moment(2026, 3, 2, 15, 0, 0, 7), "2026-03-02T15:00:00.000007Z"),
        (datetime(2026, 7, 2, 15, tzinfo=timezone(timedelta(hours=1))), "2026-07-02T15:00+01:00"),
        (datetime(2026, 7, 2, 15, tzinfo=timezone(timedelta(seconds=-75))), "2026-07-02T15:01:15Z"),
    ],
)
def test_python_dates_are_taken_and_read_back(value: date, text: str) -> None:
    when = When.of(value)
    assert str(when) == text
    assert when == When.parse(text)
    if isinstance(value, datetime):
        assert when.instant == value
        assert write_instant(value) == text


def test_a_date_is_itself() -> None:
    when = When.parse("2026-03")
    assert When.of(when) is when
    as_of = AsOf.of("2026-03-02")
    assert AsOf.of(as_of) is as_of


def test_a_python_time_without_offset_is_refused() -> None:
    naive = moment(2026, 3, 2, 15).replace(tzinfo=None)
    for reader in (When, AsOf):
        with pytest.raises(ValueError, match=r"^`2026-03-02T15:00:00` needs an offset such as Z or \+01:00$"):
            reader.of(naive)


@pytest.mark.parametrize("value", [None, True, 2026, 2026.5, ["2026"], {"year": 2026}, b"2026"])
def test_nothing_else_is_taken_for_a_date(value: object) -> None:
    with pytest.raises(ValueError, match=f"^expected a date, got `{re.escape(str(value))}`$"):
        When.of(value)
    with pytest.raises(ValueError, match=f"^expected the day of an evaluation, got `{re.escape(str(value))}`$"):
        AsOf.of(value)


def test_a_case_is_evaluated_for_a_day_or_an_instant() -> None:
    assert AsOf.of(date(2026, 3, 2)) == AsOf.of("2026-03-02") == AsOf("2026-03-02", date(2026, 3, 2))
    instant = AsOf.of("2026-07-01T23:30Z")
    assert instant == AsOf.of(moment(2026, 7, 1, 23, 30))
    assert (instant.day, instant.instant) == (date(2026, 7, 2), moment(2026, 7, 1, 23, 30))
    assert str(instant) == "2026-07-01T23:30Z"


@pytest.mark.parametrize("text", ["2026", "2026-03"])
def test_a_case_is_not_evaluated_for_a_month(text: str) -> None:
    with pytest.raises(ValueError, match=f"^`{text}` is not a whole day such as 2026-03-02$"):
        AsOf.of(text)


def test_a_day_lasts_from_its_first_to_its_last_instant() -> None:
    last = moment(2026, 3, 29, 22, 59, 59, 999999)
    assert When.parse("2026-03-29").moments == (moment(2026, 3, 29), last)
    assert AsOf.of("2026-03-29").moments == (moment(2026, 3, 29), last)
    assert When.parse("2026-03").moments == (moment(2026, 3, 1), moment(2026, 3, 31, 22, 59, 59, 999999))
    assert moments_of(date(2026, 3, 29), date(2026, 3, 29)) == (moment(2026, 3, 29), last)


def test_an_instant_is_one() -> None:
    assert When.parse("2026-03-29T10:00Z").moments == (moment(2026, 3, 29, 10),) * 2
    assert AsOf.of("2026-03-29T10:00Z").moments == (moment(2026, 3, 29, 10),) * 2


def test_a_cut_date_keeps_its_text_and_says_that_it_was_cut() -> None:
    as_of = AsOf.of("2026-03-02")
    cut = When.parse("2026").cut(as_of)
    assert cut == When("2026", date(2026, 1, 1), date(2026, 3, 2), past=True)
    assert cut.cut(as_of) == cut
    today = When.parse("2026-03-02").cut(as_of)
    assert today
    assert today.past


def test_a_date_before_the_day_of_evaluation_is_not_cut() -> None:
    when = When.parse("2025")
    assert when.cut(AsOf.of("2026-03-02")) is when


def test_each_day_is_cut_as_if_all_days_were_tried() -> None:
    for text in ("2026", "2026-02", "2026-03", "2026-03-02"):
        when = When.parse(text)
        meant = [when.first + timedelta(days=n) for n in range((when.last - when.first).days + 1)]
        for n in range(-40, 400):
            as_of = AsOf.of(date(2026, 1, 1) + timedelta(days=n))
            left = [day for day in meant if day <= as_of.day]
            cut = when.cut(as_of)
            assert (cut and (cut.first, cut.last)) == ((left[0], left[-1]) if left else None)


def test_dates_are_values() -> None:
    when = When.parse("2026-03-02T15:00Z")
    assert {when, When.parse("2026-03-02T15:00Z")} == {when}
    assert pickle.loads(pickle.dumps(when)) == copy.deepcopy(when) == when
    assert when != When.parse("2026-03-02T16:00+01:00")
    with pytest.raises(AttributeError):
        when.text = "2027"  # type: ignore[misc]
