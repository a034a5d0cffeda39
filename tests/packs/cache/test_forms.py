"""How frozen values are written as JSON and read back, and what is refused on the way."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Literal

import pytest

from safeguard_rules.packs.cache.forms import Form, Forms, MismatchError, Table


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Leaf:
    name: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    """One that holds itself."""

    parts: "tuple[Tree | Leaf, ...]"


@dataclass(frozen=True, slots=True)
class Base:
    id: str


@dataclass(frozen=True, slots=True)
class One(Base):
    flag: bool


@dataclass(frozen=True, slots=True)
class Two(Base):
    inner: Base


def forms() -> Forms:
    return Forms({}, {Base: (One, Two)})


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        (str, "a"),
        (int, 3),
        (bool, True),
        (date, date(2026, 3, 2)),
        (Colour, Colour.RED),
        (Literal["a", "b"], "b"),
        (str | None, None),
        (str | None, "a"),
        (tuple[str, ...], ()),
        (tuple[str, ...], ("b", "a")),
        (tuple[str, int], ("b", 1)),
        (frozenset[str], frozenset({"b", "a"})),
        (frozenset[date], frozenset({date(2026, 3, 2)})),
        (Mapping[str, int], {"b": 1, "a": 2}),
        (Mapping[date, tuple[str, ...]], {date(2026, 3, 2): ("a",)}),
        (str | bool | tuple[str, ...] | Leaf | tuple[Leaf, Leaf], "a"),
        (str | bool | tuple[str, ...] | Leaf | tuple[Leaf, Leaf], False),
        (str | bool | tuple[str, ...] | Leaf | tuple[Leaf, Leaf], ("a", "b")),
        (str | bool | tuple[str, ...] | Leaf | tuple[Leaf, Leaf], Leaf("a")),
        (str | bool | tuple[str, ...] | Leaf | tuple[Leaf, Leaf], (Leaf("a"), Leaf("b", 1))),
        (Leaf, Leaf("a", 1)),
        (Tree, Tree((Leaf("a"), Tree((Tree(()),))))),
        (Base, Two("a", Two("b", One("c", True)))),
    ],
)
def test_a_value_is_read_back(annotation: Any, value: Any) -> None:
    row = json.loads(json.dumps(forms().of(annotation).write(value)))
    again = forms().of(annotation).read(row)
    assert again == value
    assert type(again) is type(value)
    if isinstance(value, dict):
        assert [*again] == [*value]


def test_a_set_is_written_in_order() -> None:
    assert forms().of(frozenset[str]).write(frozenset({"c", "a", "b"})) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        (str, 1),
        (int, True),
        (bool, 1),
        (date, "2026-03-02"),
        (Colour, "red"),
        (Literal["a"], "b"),
        (str | None, 1),
        (tuple[str, ...], ["a"]),
        (tuple[str, ...], (1,)),
        (frozenset[str], {"a"}),
        (Mapping[str, int], [("a", 1)]),
        (str | bool, 1),
        (Leaf, One("a", True)),
        (Base, Base("a")),
    ],
)
def test_another_value_is_not_written(annotation: Any, value: object) -> None:
    with pytest.raises(MismatchError):
        forms().of(annotation).write(value)


@pytest.mark.parametrize(
    ("annotation", "row"),
    [
        (str, 1),
        (str, None),
        (int, 1.0),
        (int, True),
        (bool, 0),
        (date, "02/03/2026"),
        (date, 1),
        (Colour, "green"),
        (Literal["a"], "b"),
        (tuple[str, ...], "ab"),
        (tuple[str, ...], {"a": 1}),
        (tuple[str, int], ["a"]),
        (tuple[str, int], ["a", 1, 2]),
        (frozenset[str], [[]]),
        (Mapping[str, int], {"a": 1}),
        (Mapping[str, int], [["a"]]),
        (str | bool, "a"),
        (str | bool, [2, "a"]),
        (str | bool, [-1, True]),
        (str | bool, [True, True]),
        (Leaf, ["a"]),
        (Leaf, ["a", 1, 2]),
        (Leaf, {"name": "a", "size": 1}),
        (Base, [0, ["a", 1]]),
        (Base, [7, ["a"]]),
    ],
)
def test_another_row_is_not_read(annotation: Any, row: object) -> None:
    with pytest.raises((ValueError, TypeError, LookupError)):
        forms().of(annotation).read(row)


def test_a_type_that_nothing_can_write_is_an_error_of_ours() -> None:
    with pytest.raises(TypeError, match="no form for"):
        forms().of(complex)


def test_values_in_a_table_are_written_once_and_shared() -> None:
    table = Table(Forms({}, {}).of(Leaf))
    form = Forms({Leaf: table.form}, {}).of(tuple[Leaf, ...])
    row = form.write((Leaf("a"), Leaf("b"), Leaf("a")))
    assert (row, table.rows) == ([0, 1, 0], [["a", None], ["b", None]])
    other = Table(Forms({}, {}).of(Leaf))
    other.fill(table.rows)
    again = Forms({Leaf: other.form}, {}).of(tuple[Leaf, ...]).read(row)
    assert again == (Leaf("a"), Leaf("b"), Leaf("a"))
    assert again[0] is again[2]
    for wrong in (-1, 2, True, "0"):
        with pytest.raises((MismatchError, IndexError)):
            other.form.read(wrong)


def test_a_special_form_goes_before_the_annotations() -> None:
    special = Form(lambda leaf: leaf.name, Leaf)
    assert Forms({Leaf: special}, {}).of(tuple[Leaf, ...]).write((Leaf("a", 7),)) == ["a"]
