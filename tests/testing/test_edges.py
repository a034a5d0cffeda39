"""Edges: the two values at which a test comes out differently, on each sort of threshold; and the words named."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeguard_rules.language.tree import Count, Test
from safeguard_rules.testing.edges import Apart, Counted, Pin, edges, needs_a_moment
from safeguard_rules.testing.leaves import leaves
from safeguard_rules.values.dates import AsOf
from tests.packs_in_text import TODAY, parameter, rule
from tests.testing.generating import PIECES, bench, rulebook


def values(folder: Path, name: str, day: str = TODAY) -> list[tuple[str, object]]:
    """The day and the value of each edge of the only leaf of a rule."""
    book = rulebook(folder, *PIECES)
    (leaf, *_) = leaves(bench(book, name).active.form.when, bench(book, name).program.forms)
    assert isinstance(leaf.node, Test | Count)
    found = []
    for edge in edges(book, AsOf.of(day), leaf.node):
        match edge.exactly:
            case Pin(written=written):
                found.append((str(edge.as_of), written))
            case Apart(days=days):
                found.append((str(edge.as_of), days))
            case Counted(records=records):
                found.append((str(edge.as_of), records))
    return found


def test_an_age_in_months_has_its_edge_between_two_days_also_at_the_end_of_a_short_month(tmp_path: Path) -> None:
    assert values(tmp_path, "young") == [
        (TODAY, "2025-12-02"),
        (TODAY, "2025-12-03"),
        ("2026-02-28", "2025-11-30"),
        ("2026-02-28", "2025-12-01"),
    ]


def test_days_have_their_edge_between_two_days(tmp_path: Path) -> None:
    assert values(tmp_path, "days") == [(TODAY, "2026-02-19"), (TODAY, "2026-02-20")]


def test_hours_have_their_edge_between_two_minutes(tmp_path: Path) -> None:
    moment = f"{TODAY}T12:00Z"

    assert values(tmp_path, "hours", moment) == [(moment, "2026-03-01T11:59Z"), (moment, "2026-03-01T12:00Z")]


def test_hours_need_a_moment_and_days_do_not(tmp_path: Path) -> None:
    book = rulebook(tmp_path, *PIECES)
    for name, needed in (("hours", True), ("days", False), ("many", False)):
        (leaf,) = leaves(bench(book, name).active.form.when, bench(book, name).program.forms)
        assert isinstance(leaf.node, Test | Count)
        assert needs_a_moment(book, AsOf.of(TODAY), leaf.node) is needed


def test_counts_have_their_edge_between_two_numbers(tmp_path: Path) -> None:
    assert values(tmp_path, "many") == [(TODAY, 1), (TODAY, 2)]


def test_two_dates_are_tried_the_day_before_the_same_day_and_the_day_after(tmp_path: Path) -> None:
    assert values(tmp_path, "later") == [(TODAY, -1), (TODAY, 0), (TODAY, 1)]


def test_each_word_that_is_named_is_tried(tmp_path: Path) -> None:
    assert values(tmp_path, "kinds") == [(TODAY, "burn_or_scald"), (TODAY, "fracture")]


@pytest.mark.parametrize(
    ("when", "value", "expected"),
    [
        ("{child.gestation_at_birth: {less_than: limit}}", "37 weeks", ["36 weeks", "37 weeks"]),
        ("{incident.dash_yes_answers: {at_least: limit}}", "14", [13, 14]),
        ("{contact.happens_on: {within_next: limit}}", "7 days", ["2026-03-09", "2026-03-10"]),
    ],
)
def test_lengths_numbers_and_days_ahead_have_their_edges(
    tmp_path: Path, when: str, value: str, expected: list[object]
) -> None:
    more = "for_each: " + when[1:].partition(".")[0] if "child" not in when else ""
    book = rulebook(tmp_path, parameter("limit", value), rule("r", when, more=more))
    (leaf,) = leaves(bench(book, "r").active.form.when, {})
    assert isinstance(leaf.node, Test)
    written = [edge.exactly.written for edge in edges(book, AsOf.of(TODAY), leaf.node) if isinstance(edge.exactly, Pin)]

    assert [each for each in written if each in expected] == expected
