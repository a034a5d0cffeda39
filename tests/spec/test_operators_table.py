"""The executable specification of the operators: `operators.csv`, one row per test, and the counts as ranges."""

import csv
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from safeguard_rules.language.operators import COUNTING, OPERATORS, Takes, count_test
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.durations import Duration
from safeguard_rules.values.members import Members
from safeguard_rules.values.special import NOT_APPLICABLE, NOT_YET
from safeguard_rules.values.truth import F, T, Truth, U
from safeguard_rules.vocabulary.kinds import Kind

AS_OF = AsOf.of("2026-03-02")
LETTERS = {"F": F, "U": U, "T": T}
SPECIAL = {"not_yet": NOT_YET, "not_applicable": NOT_APPLICABLE, "unknown": None}


def rows() -> Iterator[dict[str, str]]:
    with (Path(__file__).parent / "operators.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, strict=True):
            assert None not in row
            if not row["operator"].startswith("#"):
                yield row


ROWS = list(rows())


def one(kind: Kind, text: str) -> object:
    """A single value or right-hand side as it is in the engine."""
    if text in SPECIAL:
        return SPECIAL[text]
    match kind:
        case Kind.BOOLEAN:
            return text == "true"
        case Kind.NUMBER:
            return int(text)
        case Kind.LENGTH:
            return Duration.parse(text)
        case Kind.DATE:
            return When.parse(text)
        case _:
            return text


def value(kind: Kind, text: str) -> object:
    if kind in (Kind.WORDS, Kind.REFERENCES) and text not in SPECIAL:
        inside, _, more = text.partition("]")
        return Members(frozenset(inside.strip("[").split()), None if more else frozenset())
    return one(kind, text)


def operand(kind: Kind, takes: Takes, text: str) -> object:
    if takes is Takes.EMPTY:
        return ()
    kind = Kind.LENGTH if takes is Takes.LENGTH else kind
    parts = tuple(one(kind, part) for part in text.split("|"))
    return parts if takes in (Takes.WORDS, Takes.THRESHOLDS) else parts[0]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(list(row.values())[:4]))
def test_the_table_of_operators(row: dict[str, str]) -> None:
    kind, operator = Kind(row["kind"]), OPERATORS[row["operator"]]
    right = operand(kind, operator.takes[kind], row["operand"])
    assert operator.apply(value(kind, row["value"]), right, AS_OF, None) == LETTERS[row["expected"]]


@pytest.mark.parametrize("name", OPERATORS)
def test_every_operator_is_in_the_table_for_every_kind_with_every_truth(name: str) -> None:
    for kind in OPERATORS[name].takes:
        mine = [row for row in ROWS if (row["operator"], row["kind"]) == (name, kind.value)]
        assert {row["expected"] for row in mine} == {"T", "U", "F"}, kind
        assert {"unknown", "not_applicable"} <= {row["value"] for row in mine}, kind


def test_no_row_is_there_twice() -> None:
    keys = [tuple(list(row.values())[:4]) for row in ROWS]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("row", [row for row in ROWS if row["operator"] in ("is", "one_of")], ids=lambda row: str(row))
def test_the_opposite_of_a_known_value_is_the_opposite(row: dict[str, str]) -> None:
    kind = Kind(row["kind"])
    opposite = OPERATORS[{"is": "is_not", "one_of": "none_of"}[row["operator"]]]
    right = operand(kind, opposite.takes[kind], row["operand"])
    assert opposite.apply(value(kind, row["value"]), right, AS_OF, None) == 2 - LETTERS[row["expected"]]


# --- counts: a range that may have no end


def all_agree(low: int, high: int | None, name: str, right: int | tuple[int, int]) -> Truth:
    """The truth by trying every count in the range; beyond every threshold one more stands for all."""
    counts = range(low, (high if high is not None else low + 12) + 1)
    found = {_plainly(count, name, right) for count in counts}
    return U if len(found) == 2 else T if found == {True} else F


def _plainly(count: int, name: str, right: int | tuple[int, int]) -> bool:
    if isinstance(right, tuple):
        return right[0] <= count <= right[1]
    return {
        "is": count == right,
        "is_not": count != right,
        "at_least": count >= right,
        "at_most": count <= right,
        "more_than": count > right,
        "less_than": count < right,
    }[name]


RANGES = [(low, high) for low in range(4) for high in (*range(low, 6), None)]


@pytest.mark.parametrize("name", COUNTING)
def test_a_count_is_definite_only_if_its_whole_range_agrees(name: str) -> None:
    rights = [(2, 3), (0, 4), (3, 3)] if name == "between" else list(range(5))
    for (low, high), right in product(RANGES, rights):
        assert count_test(OPERATORS[name], low, high, right) == all_agree(low, high, name, right), (low, high, right)
