"""The executable specification of truth, sets, partial dates, durations and counts: tables in this folder.

A row whose first cell begins with `#` opens a chapter.
"""

import csv
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from safeguard_rules.values import timing
from safeguard_rules.values.counts import Range
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.durations import Duration, add, day_range, shorter
from safeguard_rules.values.members import Members
from safeguard_rules.values.timing import Elapsed, Length, Span
from safeguard_rules.values.truth import F, T, Truth, U, all_of, any_of, negate
from safeguard_rules.values.working_days import WorkingDays

FOLDER = Path(__file__).parent
LETTERS = {"F": F, "U": U, "T": T}
SHOWN = {value: letter for letter, value in LETTERS.items()}
COMPARISONS: dict[str, Callable[[Length | None, Duration, AsOf], Truth]] = {
    "at_least": timing.at_least,
    "more_than": timing.more_than,
    "at_most": timing.at_most,
    "less_than": timing.less_than,
}
DATE_TESTS: dict[str, Callable[[When | None, Duration, AsOf], Truth]] = {
    "within_last": timing.within_last,
    "more_than_ago": timing.more_than_ago,
    "within_next": timing.within_next,
    "overdue": timing.overdue,
}
ANY_DAY = AsOf.of("2026-03-02")


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as table:
        reader = csv.DictReader(table, strict=True)
        found = []
        for row in reader:
            assert None not in row, f"{name}:{reader.line_num} has too many cells"
            assert None not in row.values(), f"{name}:{reader.line_num} has too few cells"
            first = next(iter(row.values()))
            if not first.startswith("#"):
                found.append({"row": f"line {reader.line_num}: {' '.join(row.values())}", **row})
    return found


def table(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("row", rows(name), ids=lambda row: row["row"])


def when(text: str) -> When | None:
    return None if text == "unknown" else When.parse(text)


def length(text: str) -> Length | None:
    if text == "unknown":
        return None
    if ".." in text:
        low, high = text.removesuffix(" days").split("..")
        return Span(int(low), int(high))
    return Duration.parse(text)


def compared(subject: Length | None, test: str, as_of: AsOf) -> Truth:
    name, _, rest = test.partition(" ")
    if name == "between":
        low, high = rest.split(" and ")
        return timing.between(subject, Duration.parse(low), Duration.parse(high), as_of)
    return COMPARISONS[name](subject, Duration.parse(rest), as_of)


def days(first: object, last: object) -> str:
    return f"{first}..{'' if last is None else last}"


# --- kleene.csv


def kleene(expression: str) -> Truth:
    name, *letters = expression.split()
    values = [LETTERS[letter] for letter in letters]
    return negate(*values) if name == "not" else {"all": all_of, "any": any_of}[name](values)


@table("kleene.csv")
def test_kleene(row: dict[str, str]) -> None:
    assert SHOWN[kleene(row["expression"])] == row["expected"]


def test_all_of_kleene_is_there() -> None:
    whole = {f"not {letter}" for letter in "FUT"}
    for name, size in product(("all", "any"), range(4)):
        whole |= {" ".join((name, *letters)) for letters in product("FUT", repeat=size)}
    assert {row["expression"] for row in rows("kleene.csv")} == whole


# --- sets.csv


def members(text: str) -> Members | None:
    if text == "unknown":
        return None
    written, _, how = text.removeprefix("[").partition("] ")
    certain = frozenset(written.split(", ")) if written else frozenset()
    if how in ("closed", "open"):
        return Members(certain, frozenset() if how == "closed" else None)
    return Members(certain, frozenset({how.removeprefix("possibly ")}))


def set_test(value: Members | None, test: str) -> Truth:
    name, *words = test.split()
    if value is None:
        return U
    match name:
        case "includes":
            return value.includes(*words)
        case "is":
            return value.is_empty()
        case "is_not":
            return negate(value.is_empty())
        case "none_of":
            return negate(value.includes_any(words))
    tests = {"includes_any": value.includes_any, "includes_all": value.includes_all, "only": value.only}
    return tests[name](words)


@table("sets.csv")
def test_sets(row: dict[str, str]) -> None:
    assert SHOWN[set_test(members(row["set"]), row["test"])] == row["expected"]


def test_every_set_meets_every_set_test() -> None:
    found = [(row["set"], row["test"]) for row in rows("sets.csv")]
    assert sorted(found) == sorted(product({one for one, _ in found}, {test for _, test in found}))


# --- partial_dates.csv


def dated(date: When | None, test: str, as_of: AsOf) -> str:
    name, _, rest = test.partition(" ")
    if name == "days":
        assert date is not None
        return days(date.first, date.last)
    if name in ("before", "after"):
        return SHOWN[{"before": timing.before, "after": timing.after}[name](date, when(rest))]
    if name in DATE_TESTS:
        return SHOWN[DATE_TESTS[name](date, Duration.parse(rest), as_of)]
    cut = date.cut(as_of) if date else None
    if name == "cut":
        return days(cut.first, cut.last) if cut else "unknown"
    if name == "past":
        return dated(cut, rest, as_of)
    assert name == "age"
    return SHOWN[compared(Elapsed(cut.first, cut.last) if cut else None, rest, as_of)]


@table("partial_dates.csv")
def test_partial_dates(row: dict[str, str]) -> None:
    as_of = AsOf.of(row["as_of"]) if row["as_of"] else ANY_DAY
    assert dated(when(row["date"]), row["test"], as_of) == row["expected"]


def test_opposites_in_the_table_hold_both_ways() -> None:
    for row in rows("partial_dates.csv"):
        test = row["test"].removeprefix("past ")
        if not test.startswith("within_last") or row["date"] == "unknown":
            continue
        as_of = AsOf.of(row["as_of"])
        date = When.parse(row["date"]).cut(as_of)
        n = Duration.parse(test.removeprefix("within_last "))
        assert timing.within_last(date, n, as_of) == negate(timing.more_than_ago(date, n, as_of)), row["row"]


# --- working_days.csv

BANK_HOLIDAYS = ("2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25")
CALENDAR = WorkingDays(
    date(2026, 1, 1), date(2026, 12, 31), frozenset(map(date.fromisoformat, (*BANK_HOLIDAYS, "2026-12-28")))
)


def in_working_days(day: When | None, test: str, as_of: AsOf) -> str:
    name, _, rest = test.partition(" ")
    if name == "due":
        return str(timing.deadline(day, Duration.parse(rest), CALENDAR) or "unknown")
    if name == "age":
        assert day is not None
        name, _, rest = rest.partition(" ")
        lengths = [Duration.parse(each) for each in rest.split(" and ")]
        return SHOWN[getattr(timing, name)(Elapsed(day.first, day.last), *lengths, as_of, CALENDAR)]
    return SHOWN[getattr(timing, name)(day, Duration.parse(rest), as_of, CALENDAR)]


@table("working_days.csv")
def test_working_days(row: dict[str, str]) -> None:
    as_of = AsOf.of(row["as_of"]) if row["as_of"] else ANY_DAY
    assert in_working_days(when(row["date"]), row["test"], as_of) == row["expected"]


def test_without_a_calendar_nothing_is_said_of_working_days() -> None:
    for row in rows("working_days.csv"):
        name, _, rest = row["test"].partition(" ")
        if name in DATE_TESTS and "working" in rest:
            assert DATE_TESTS[name](when(row["date"]), Duration.parse(rest), AsOf.of(row["as_of"])) == U, row["row"]


# --- durations.csv


def or_complaint(read: Callable[[], object]) -> str:
    try:
        return str(read())
    except ValueError as error:
        return str(error)


def timed(expression: str) -> str:
    if expression.startswith("read "):
        return or_complaint(lambda: Duration.parse(expression.removeprefix("read ")))
    if " + " in expression:
        day, _, n = expression.partition(" + ")
        return or_complaint(lambda: add(When.parse(day).first, Duration.parse(n)))
    if expression.endswith(" lasts"):
        return days(*day_range(Duration.parse(expression.removesuffix(" lasts"))))
    if " due " in expression:
        date, _, n = expression.partition(" due ")
        return str(timing.deadline(when(date), Duration.parse(n)) or "unknown")
    if " shorter " in expression:
        a, _, b = expression.partition(" shorter ")
        return SHOWN[shorter(Duration.parse(a), Duration.parse(b))]
    [name] = (name for name in (*COMPARISONS, "between") if f" {name} " in expression)
    subject, _, rest = expression.partition(f" {name} ")
    return SHOWN[compared(length(subject), f"{name} {rest}", ANY_DAY)]


@table("durations.csv")
def test_durations(row: dict[str, str]) -> None:
    assert timed(row["expression"]) == row["expected"]


# --- counts.csv


def count_test(count: Range, test: str) -> Truth:
    name, *numbers = test.split()
    values = [int(number) for number in numbers]
    if name == "between":
        return count.between(*values)
    tests = {
        "at_least": count.at_least,
        "more_than": count.more_than,
        "at_most": count.at_most,
        "less_than": count.less_than,
        "is": count.is_,
        "is_not": count.is_not,
    }
    return tests[name](*values)


@table("counts.csv")
def test_counts(row: dict[str, str]) -> None:
    low, high = row["count"].split("..")
    assert SHOWN[count_test(Range(int(low), int(high) if high else None), row["test"])] == row["expected"]


def test_every_count_meets_every_test() -> None:
    found = [(row["count"], row["test"]) for row in rows("counts.csv")]
    assert sorted(found) == sorted(product({one for one, _ in found}, {test for _, test in found}))


# --- all of them


@pytest.mark.parametrize("name", ["kleene", "sets", "partial_dates", "working_days", "durations", "counts"])
def test_no_row_stands_twice(name: str) -> None:
    asked = [
        tuple(text for key, text in row.items() if key not in ("row", "expected", "note"))
        for row in rows(f"{name}.csv")
    ]
    assert len(asked) == len(set(asked))
