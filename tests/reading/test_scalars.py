"""What a scalar means where a type is expected (decision 55)."""

from datetime import date
from enum import StrEnum
from typing import Any, Literal

import pytest

from safeguard_rules.reading.nodes import Scalar
from safeguard_rules.reading.scalars import RefusedError, is_scalar_type, name_of, read_by_looks, read_scalar
from safeguard_rules.source import Text
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.durations import Duration
from safeguard_rules.values.special import NOT_YET, Special


class Colour(StrEnum):
    RED = "red"
    BLUE = "dark blue"


Word = Literal["bruise", "burn", "no"]
Version = Literal[1]


def scalar(written: str) -> Scalar:
    """A scalar as written, with or without quotes."""
    plain = not written.startswith("'")
    return Scalar(written.strip("'"), plain, Text("t", written).place(0))


TAKEN: list[tuple[str, Any, Any]] = [
    ("true", bool, True),
    ("false", bool, False),
    ("0", int, 0),
    ("-12", int, -12),
    ("999999999999999", int, 999_999_999_999_999),
    ("x", str, "x"),
    ("no", str, "no"),
    ("0123", str, "0123"),
    ("1.10", str, "1.10"),
    ("true", str, "true"),
    ("'null'", str, "null"),
    ("'~'", str, "~"),
    ("''", str, ""),
    ("2026-03-02", str, "2026-03-02"),
    ("no", Word, "no"),
    ("'no'", Word, "no"),
    ("1", Version, 1),
    ("dark blue", Colour, Colour.BLUE),
    ("2026-03-02", date, date(2026, 3, 2)),
    ("'2026-03-02'", date, date(2026, 3, 2)),
    ("2026", When, When.parse("2026")),
    ("'2026-03'", When, When.parse("2026-03")),
    ("6 weeks", Duration, Duration.parse("6 weeks")),
    ("2026-03-02", AsOf, AsOf.of("2026-03-02")),
    ("not_yet", Special, NOT_YET),
]

REFUSED: list[tuple[str, Any, str, str | None]] = [
    ("'true'", bool, "expected `true` or `false`, got the text `true`", "write it without quotes: true"),
    ("yes", bool, "expected `true` or `false`, got `yes`", "write true or false"),
    ("no", bool, "expected `true` or `false`, got `no`", "write true or false"),
    ("on", bool, "expected `true` or `false`, got `on`", "write true or false"),
    ("True", bool, "expected `true` or `false`, got `True`", "write true or false"),
    ("1", bool, "expected `true` or `false`, got `1`", "write true or false"),
    ("'5'", int, "expected a whole number, got the text `5`", "write it without quotes: 5"),
    ("5.0", int, "expected a whole number, got `5.0`", None),
    ("1e3", int, "expected a whole number, got `1e3`", None),
    ("012", int, "expected a whole number, got `012`", None),
    ("+1", int, "expected a whole number, got `+1`", None),
    ("-0", int, "expected a whole number, got `-0`", None),
    ("1_000", int, "expected a whole number, got `1_000`", None),
    ("0x1f", int, "expected a whole number, got `0x1f`", None),
    ("٣", int, "expected a whole number, got `٣`", None),
    ("true", int, "expected a whole number, got `true`", None),
    ("1" * 16, int, "the number `1111111111111111` has too many digits", None),
    ("null", str, "`key` cannot be `null`; expected text", "leave the key out, or give a value"),
    ("null", Word, "`key` cannot be `null`; expected `bruise`, `burn` or `no`", "leave the key out, or give a value"),
    ("~", str, "`~` is not `null`", "write `null`, or put it in quotes if it is text"),
    ("NULL", When, "`NULL` is not `null`", "write `null`, or put it in quotes if it is text"),
    ("bruse", Word, "`bruse` is not a word of `key`", "did you mean `bruise`?"),
    ("zebra", Word, "`zebra` is not a word of `key`", "expected `bruise`, `burn` or `no`"),
    ("'1'", Version, "expected `1`, got the text `1`", "write it without quotes: 1"),
    ("2", Version, "`2` is not a word of `key`", "expected `1`"),
    ("green", Colour, "`green` is not a word of `key`", "expected `red` or `dark blue`"),
    ("2026-02-30", date, "`2026-02-30` is not a day of the calendar", None),
    ("2026-03", date, "expected a day such as `2026-03-02`, got `2026-03`", None),
    ("20260302", date, "expected a day such as `2026-03-02`, got `20260302`", None),
    ("2026-W10-1", date, "expected a day such as `2026-03-02`, got `2026-W10-1`", None),
    ("2026-02-30", When, "`2026-02-30` is not a day of the calendar", None),
    ("not_yet", When, "`not_yet` cannot stand here", "leave the date out while it is not known"),
    ("not_applicable", Special, "expected `not_yet`, got `not_applicable`", None),
]


@pytest.mark.parametrize(("written", "expected", "value"), TAKEN)
def test_decision_55_the_expected_type_decides(written: str, expected: Any, value: Any) -> None:
    found = read_scalar(scalar(written), expected, "key")

    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(("written", "expected", "text", "hint"), REFUSED)
def test_decision_55_nothing_is_coerced(written: str, expected: Any, text: str, hint: str | None) -> None:
    with pytest.raises(RefusedError) as refused:
        read_scalar(scalar(written), expected, "key")

    assert (refused.value.message.text, refused.value.message.help) == (text, hint)


def test_what_a_duration_refuses_is_told_in_its_own_words() -> None:
    with pytest.raises(RefusedError) as refused:
        read_scalar(scalar("6 wekes"), Duration, "key")

    assert "`6 wekes`" in refused.value.message.text


@pytest.mark.parametrize(
    ("written", "value"),
    [("true", True), ("null", None), ("-5", -5), ("'5'", "5"), ("x", "x"), ("2026-03-02", "2026-03-02"), ("'~'", "~")],
)
def test_where_no_type_is_said_a_scalar_is_what_it_looks_like(written: str, value: Any) -> None:
    found = read_by_looks(scalar(written))

    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("written", ["1.5", "1e3", "012", "~"])
def test_where_no_type_is_said_fractions_and_odd_nulls_are_refused(written: str) -> None:
    with pytest.raises(RefusedError):
        read_by_looks(scalar(written))


@pytest.mark.parametrize(
    ("expected", "name"),
    [
        (bool, "`true` or `false`"),
        (When, "a date"),
        (Word, "`bruise`, `burn` or `no`"),
        (Colour, "`red` or `dark blue`"),
    ],
)
def test_types_have_names_for_people(expected: Any, name: str) -> None:
    assert is_scalar_type(expected)
    assert name_of(expected) == name
