"""What extensions add to a case."""

from typing import Any, Literal

import pytest
from pydantic import BaseModel

from safeguard_rules.errors import CallError
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.members import Members
from safeguard_rules.vocabulary.extensions import extension_slips
from safeguard_rules.vocabulary.facts import Vocabulary
from safeguard_rules.vocabulary.view import CaseView, view
from tests.vocabulary.looked_at import case_of


class Housing(BaseModel):
    """An extension for tests."""

    rooms: int | None = None
    heated: bool | None = None
    faults: tuple[Literal["damp", "draught"], ...] | None = None
    moved_in_on: When | None = None


EXTENDED = Vocabulary.extended({"housing": Housing})


def look(extra: dict[str, Any], removed: tuple[str, ...] = ()) -> CaseView:
    return view(case_of({"extra": extra}), AsOf.of("2026-03-10"), EXTENDED, frozenset(removed))


VALUES = [
    ("rooms", 3),
    ("heated", None),
    ("faults", Members(frozenset({"damp"}))),
    ("moved_in_on", When.parse("2026-02")),
]
GIVEN = {"housing": {"rooms": 3, "faults": ["damp"], "moved_in_on": "2026-02"}}


@pytest.mark.parametrize(("name", "value"), VALUES)
def test_values_of_an_extension(name: str, value: object) -> None:
    seen = look(GIVEN)
    assert seen.value(seen.extra("housing"), name) == value
    located = seen.locate(f"extra.housing.{name}")
    assert located == (seen.extra("housing"), name)


def test_an_extension_that_a_case_leaves_out_is_unknown() -> None:
    seen = look({})
    assert seen.derive(seen.extra("housing"), "rooms") == (None, ("extra.housing.rooms",), ("extra.housing.rooms",))
    assert seen.locate("extra.garden.rooms") is None


def test_a_fact_of_an_extension_can_be_made_unknown() -> None:
    seen = look(GIVEN, ("extra.housing.rooms",))
    assert seen.value(seen.extra("housing"), "rooms") is None


SLIPS = [
    (GIVEN, []),
    ({"housing": {"rooms": "3"}}, [("wrong-extension-value", "extra.housing.rooms", "`3` does not fit")]),
    ({"housing": {"faults": ["mould"]}}, [("wrong-extension-value", "extra.housing.faults", "`mould` does not fit")]),
    (
        {"housing": {"room": 3}},
        [("unknown-extension-fact", "extra.housing.room", "the extension has no such fact; did you mean `rooms`?")],
    ),
    (
        {"housng": {"rooms": 3}},
        [
            (
                "unknown-extension",
                "extra.housng",
                "no extension in force is called `housng`; did you mean `housing`?",
            )
        ],
    ),
]


@pytest.mark.parametrize(("extra", "slips"), SLIPS)
def test_slips_in_what_an_extension_adds(extra: dict[str, Any], slips: list[tuple[str, str, str]]) -> None:
    assert list(extension_slips(case_of({"extra": extra}), EXTENDED)) == slips


def test_a_value_that_does_not_fit_is_never_read() -> None:
    with pytest.raises(CallError, match=r"`extra.housing.rooms`: `3` does not fit"):
        look({"housing": {"rooms": "3"}}).extra("housing")
