"""Decision 15, for contacts: with a time in `as_of` the number for that time is chosen, by the clocks of the UK."""

import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest

from safeguard_rules import ContactDetails, ContactMoment, Rulebook, evaluation_schema, read_document
from tests.packs_in_text import action, evaluate, load, parameter, recommended, rule, text_of

IN_HOURS, OUT_OF_HOURS = "01632 960001", "01632 960002"
HOURS = "{Monday to Thursday: 08:45 to 17:00, Friday: 08:45 to 16:00}"
BOTH = f'phone: "{IN_HOURS}", hours: {HOURS}, out_of_hours: "{OUT_OF_HOURS}"'
ONE = f'phone: "{IN_HOURS}", hours: {HOURS}'


def book(folder: Path, contact: str = BOTH) -> Rulebook:
    pieces = (
        action("call", "contact: front_door"),
        rule("r", "always", "{should: call}"),
        rule("fresh", "{some: {of: injury, where: {injury.noticed_on: {within_last: a_day}}}}"),
        parameter("a_day", "1 day"),
    )
    local = f"contacts: {{front_door: {{name: Front Door, {contact}, checked_on: 2026-02-01, cites: [law/duty]}}}}\n"
    return load(folder, *pieces, locality=local)


def contact(rulebook: Rulebook, as_of: str) -> ContactDetails:
    found = recommended(evaluate(rulebook, as_of=as_of), "call").contact
    assert found is not None
    return found


def moment(rulebook: Rulebook, as_of: str) -> ContactMoment:
    found = contact(rulebook, as_of).moment
    assert found is not None
    return found


def test_decision_15_on_a_bare_day_no_number_is_preferred(tmp_path: Path) -> None:
    found = contact(book(tmp_path), "2026-03-02")
    assert (found.phone, found.out_of_hours, found.moment) == (IN_HOURS, OUT_OF_HOURS, None)
    text = text_of(evaluate(book(tmp_path / "again"), as_of="2026-03-02"))
    assert IN_HOURS in text
    assert OUT_OF_HOURS in text
    assert "is out of hours" not in text
    assert "in its hours" not in text


@pytest.mark.parametrize(
    ("as_of", "state", "phone", "clock", "opens"),
    [
        ("2026-03-02T08:44:59Z", "closed", OUT_OF_HOURS, "Monday 08:44", "2026-03-02T08:45Z"),
        ("2026-03-02T08:45Z", "open", IN_HOURS, "Monday 08:45", None),
        ("2026-03-06T15:59Z", "open", IN_HOURS, "Friday 15:59", None),
        ("2026-03-06T16:00Z", "closed", OUT_OF_HOURS, "Friday 16:00", "2026-03-09T08:45Z"),
        ("2026-03-01T02:00Z", "closed", OUT_OF_HOURS, "Sunday 02:00", "2026-03-02T08:45Z"),
        # the clocks go forward on 29 March and back on 25 October
        ("2026-03-29T12:00+01:00", "closed", OUT_OF_HOURS, "Sunday 12:00", "2026-03-30T08:45+01:00"),
        ("2026-03-30T07:45Z", "open", IN_HOURS, "Monday 08:45", None),
        ("2026-10-26T07:45Z", "closed", OUT_OF_HOURS, "Monday 07:45", "2026-10-26T08:45Z"),
        # the same moment with another offset; in Auckland it is Tuesday
        ("2026-03-03T05:00+13:00", "open", IN_HOURS, "Monday 16:00", None),
        ("2026-03-02T23:30-05:00", "closed", OUT_OF_HOURS, "Tuesday 04:30", "2026-03-03T08:45Z"),
    ],
)
def test_decision_15_a_time_chooses_the_number(
    tmp_path: Path, as_of: str, state: str, phone: str, clock: str, opens: str | None
) -> None:
    found = moment(book(tmp_path), as_of)
    assert (found.state, found.phone, found.clock, found.opens_next) == (state, phone, clock, opens)


@pytest.mark.parametrize("as_of", ["2026-03-02T10:00Z", "2026-03-01T02:00Z"])
def test_decision_15_at_every_hour_the_text_has_both_numbers(tmp_path: Path, as_of: str) -> None:
    text = text_of(evaluate(book(tmp_path), as_of=as_of))
    assert IN_HOURS in text
    assert OUT_OF_HOURS in text


def test_decision_15_a_moment_in_python_is_taken_as_its_text_is(tmp_path: Path) -> None:
    rulebook = book(tmp_path)
    moment = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
    found = rulebook.evaluate(evaluate(rulebook).case, as_of=moment)
    assert recommended(found, "call").contact == contact(rulebook, "2026-03-01T02:00Z")


def test_decision_15_without_a_number_out_of_hours_it_is_closed_and_its_number_stays(tmp_path: Path) -> None:
    found = contact(book(tmp_path, ONE), "2026-03-06T16:00Z")
    assert found.phone == IN_HOURS
    assert found.moment is not None
    assert (found.moment.state, found.moment.phone, found.moment.opens_next) == ("closed", None, "2026-03-09T08:45Z")
    text = text_of(evaluate(book(tmp_path / "again", ONE), as_of="2026-03-06T16:00Z"))
    assert f"Front Door {IN_HOURS} (closed until Monday 9 March 2026 at 08:45)" in " ".join(text.split())


def test_decision_15_without_hours_nothing_is_chosen(tmp_path: Path) -> None:
    found = contact(book(tmp_path, f'phone: "{IN_HOURS}"'), "2026-03-06T16:00Z")
    assert (found.phone, found.hours, found.moment) == (IN_HOURS, None, None)


def test_decision_15_nobody_knows_the_bank_holidays_and_the_text_says_so(tmp_path: Path) -> None:
    rulebook = book(tmp_path)
    assert moment(rulebook, "2026-03-02T10:00Z").bank_holiday is None
    text = " ".join(text_of(evaluate(rulebook, as_of="2026-03-02T10:00Z")).split())
    assert "Monday 10:00 is in its hours, unless that is a bank holiday" in text


def test_decision_15_the_same_moment_gives_the_same_bytes_and_reads_back(tmp_path: Path) -> None:
    one, other = book(tmp_path / "1"), book(tmp_path / "2")
    first, second = (evaluate(each, as_of="2026-03-01T02:00Z") for each in (one, other))
    assert first.to_json() == second.to_json()
    document = read_document(first.to_json())
    assert document == first.document()
    kept = document.actions[0].contact
    assert kept is not None
    assert kept.moment == moment(one, "2026-03-01T02:00Z")


@pytest.mark.parametrize("as_of", ["2026-03-01", "2026-03-01T02:00Z", "2026-03-02T10:00Z"])
def test_decision_15_the_schema_of_results_knows_it(tmp_path: Path, as_of: str) -> None:
    found = evaluate(book(tmp_path), as_of=as_of)
    jsonschema.validate(json.loads(found.to_json()), evaluation_schema())


def test_decision_15_another_number_is_no_change_of_an_action(tmp_path: Path) -> None:
    rulebook = book(tmp_path)
    given = "injuries: []"
    day, night = (evaluate(rulebook, given, as_of) for as_of in ("2026-03-02T10:00Z", "2026-03-02T20:00Z"))
    assert recommended(day, "call").contact != recommended(night, "call").contact
    assert list(night.changes_since(day)) == []
    assert list(night.changes_since(read_document(day.to_json()))) == []


def test_decision_15_the_next_change_does_not_look_for_opening_hours(tmp_path: Path) -> None:
    rulebook = book(tmp_path)
    assert evaluate(rulebook, "injuries: []", "2026-03-02T10:00Z").next_change().on is None
    known = evaluate(rulebook, "injuries: [{id: a, noticed_on: 2026-03-02}]", "2026-03-02T10:00Z")
    assert known.next_change().on == "2026-03-04T00:00Z"
