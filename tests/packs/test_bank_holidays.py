"""England's bank holidays as the bundled packs name them, and what whoever looks after packs is warned of."""

from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import CallError
from safeguard_rules.packs.content import BankHolidays
from safeguard_rules.packs.loading import load as load_packs
from safeguard_rules.values.truth import F, T
from safeguard_rules.values.working_days import is_weekend
from tests.packs.removing import loaded
from tests.packs_in_text import Piece, load, no_bundled_packs, parameter, rule, section, write_pack

EASTER = section(
    "bank_holidays",
    """
    from: 2026-01-01
    to: 2026-06-30
    days: {2026-04-03: Good Friday, 2026-04-06: Easter Monday}
    cites: [law/duty]
    """,
)
WITHIN = "within: {time: 2 working days, basis: proposed, from: referral.sent_on, cites: [ours/choice]}"
COUNTED = rule("counted", "always", f"{{should: act, {WITHIN}}}", "for_each: referral")


@pytest.fixture(scope="module")
def bundled() -> BankHolidays:
    known = loaded(None).content.bank_holidays
    assert known is not None
    return known


def every_day(known: BankHolidays) -> list[date]:
    calendar = known.working_days
    return [calendar.first + timedelta(days=n) for n in range((calendar.last - calendar.first).days + 1)]


# --- the days


def test_decision_16_the_days_are_those_of_the_holidays_library(bundled: BankHolidays) -> None:
    """The library also has the days at the weekend, which are no working days anyway."""
    years = range(bundled.working_days.first.year, bundled.working_days.last.year + 1)
    theirs = holidays.country_holidays("GB", subdiv="ENG", years=years)
    for day in every_day(bundled):
        working = not is_weekend(day) and day not in theirs
        assert bundled.working_days.is_working_day(day) == (T if working else F), day
        assert (day in bundled.names) == (day in theirs and not is_weekend(day)), day


def test_decision_16_whole_years_from_2019_on_are_covered(bundled: BankHolidays) -> None:
    calendar = bundled.working_days
    assert (calendar.first, calendar.last) == (date(2019, 1, 1), date(2027, 12, 31))
    assert all(sum(day.year == year for day in bundled.names) >= 8 for year in range(2019, 2028))
    assert bundled.names[date(2026, 12, 28)] == "Boxing Day (substitute day)"


def test_decision_16_they_are_cited_and_belong_to_a_pack_that_every_other_uses(bundled: BankHolidays) -> None:
    assert bundled.pack == "guidance"
    assert {each.source for each in bundled.cites} == {"gov-uk-bank-holidays", "banking-act-1971"}
    assert all("guidance" in files.uses for files, _ in loaded(None).files if files.id != "guidance")


# --- the digest


def test_decision_16_the_list_is_part_of_the_digest_and_its_order_is_not(tmp_path: Path) -> None:
    turned = EASTER.text.replace(
        "{2026-04-03: Good Friday, 2026-04-06: Easter Monday}", "{2026-04-06: Easter Monday, 2026-04-03: Good Friday}"
    )
    less = EASTER.text.replace(", 2026-04-06: Easter Monday", "")
    one, other, third = (
        load(tmp_path / str(n), Piece("bank_holidays", text)).packs[0]
        for n, text in enumerate((EASTER.text, turned, less))
    )
    assert turned != EASTER.text
    assert (one.digest, one.meaning) == (other.digest, other.meaning)
    assert one.digest != third.digest
    assert one.meaning != third.meaning


def test_two_packs_of_which_one_has_the_list_count_by_it(tmp_path: Path) -> None:
    homes = [write_pack(tmp_path, EASTER), write_pack(tmp_path, COUNTED, name="second")]
    rulebook = Rulebook(load_packs(homes, None, no_bundled_packs()))
    assert [each.code for each in rulebook.warnings if each.code == "no-bank-holidays"] == []
    assert rulebook.content.bank_holidays is not None
    assert rulebook.content.bank_holidays.pack == "tiny"


# --- warnings


def test_counting_without_a_list_is_a_warning_at_each_line_that_counts(tmp_path: Path) -> None:
    pieces = parameter("some", "1 working day"), parameter("days", "1 day"), COUNTED
    warned = load(tmp_path / "without", *pieces).warnings
    assert [(each.code, each.severity) for each in warned] == [("no-bank-holidays", "warning")] * 2
    assert [each.place.text.lines()[each.place.line - 1].strip().partition(":")[0] for each in warned] == [
        "some",
        "counted",
    ]
    assert load(tmp_path / "with", *pieces, EASTER).warnings == ()


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2025-06-30", None),
        ("2025-07-01", "the bank holidays end on 2026-06-30, after which working days cannot be counted"),
        ("2026-06-30", "the bank holidays end on 2026-06-30, after which working days cannot be counted"),
        ("2026-07-01", "the bank holidays ended on 2026-06-30, after which working days cannot be counted"),
    ],
)
def test_a_list_that_ends_within_a_year_of_a_day_is_a_warning(tmp_path: Path, day: str, says: str | None) -> None:
    rulebook = load(tmp_path, EASTER)
    assert rulebook.warnings == ()
    found = [(each.message, each.severity) for each in rulebook.warnings_on(day)]
    assert found == ([(says, "warning")] if says else [])
    lines = [each.place.text.lines()[each.place.line - 1] for each in rulebook.warnings_on(day)]
    assert [line.strip() for line in lines] == ["to: 2026-06-30"] * len(found)


def test_a_day_brings_no_warning_where_there_is_no_list_and_no_day_is_an_error(tmp_path: Path) -> None:
    rulebook = load(tmp_path)
    assert rulebook.warnings_on("2031-01-01") == ()
    with pytest.raises(CallError):
        rulebook.warnings_on("2031")
