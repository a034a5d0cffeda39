"""Days that nothing covers: the first one is told, and with many dated rules each is looked at on its own days."""

from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from safeguard_rules.errors import PackError
from safeguard_rules.language.tree import Condition
from safeguard_rules.messages import Message
from safeguard_rules.packs import checking
from safeguard_rules.packs.draft import Draft
from safeguard_rules.packs.graph import Reach
from tests.packs_in_text import Piece, load, rule

FIRST = date(2026, 1, 1)
DAY = timedelta(days=1)


def dated(name: str, *spans: tuple[str | None, str | None]) -> Piece:
    """A definition that holds over some spans of days."""
    lines = [f"{name}:"]
    for start, end in spans:
        bounds = [f"from: {start}"] if start else []
        bounds += [f"to: {end}"] if end else []
        keys = ["of: child", "reads: it holds", "when: {child.disabled: true}", "cites: [law/duty]", *bounds]
        lines.append("  - {" + ", ".join(keys) + "}")
    return Piece("definitions", "\n".join(lines))


def span(start: str | None, end: str | None) -> str:
    return "\n".join([f"from: {start}"] * bool(start) + [f"to: {end}"] * bool(end))


def told(folder: Path, *pieces: Piece) -> list[str]:
    """The complaints about days."""
    try:
        load(folder, *pieces)
    except PackError as error:
        return [issue.message for issue in error.issues if issue.code == "dates-of-force"]
    return []


RULE_SPANS = [(None, None), ("2026-02-01", None), (None, "2026-02-01"), ("2026-02-01", "2026-04-01")]
GAPS = [
    ((None, None),),
    (("2026-03-01", None),),
    ((None, "2026-02-15"), ("2026-02-20", None)),
    (("2026-02-01", "2026-02-28"), ("2026-03-01", "2026-03-31")),
]


@pytest.mark.parametrize(("own", "gaps"), list(product(RULE_SPANS, GAPS)), ids=str)
def test_the_first_day_that_nothing_covers_is_told(
    own: tuple[str | None, str | None], gaps: tuple[tuple[str | None, str | None], ...], tmp_path: Path
) -> None:
    start = date.fromisoformat(own[0]) if own[0] else date.min
    end = date.fromisoformat(own[1]) if own[1] else date.max
    bounds = [(date.fromisoformat(a) if a else date.min, date.fromisoformat(b) if b else date.max) for a, b in gaps]
    candidates = sorted({start, *(b + DAY for _, b in bounds if b < date.max)})
    missing = [
        day for day in candidates if start <= day <= end and not any(first <= day <= last for first, last in bounds)
    ]
    others = [rule(f"o{n}", "always", more=span(f"2026-0{n}-10", None)) for n in range(1, 6)]
    found = told(tmp_path, dated("d", *gaps), rule("r", "d", more=span(*own)), *others)
    assert found == [saying(day, min(first for first, _ in bounds)) for day in missing[:1]]


def saying(day: date, first: date) -> str:
    """The complaint about a day on which the definition has no form; `first` is the first of all its days."""
    when = f"before {first}" if day < first else f"on {day}"
    return f"the definition `tiny:d` has no form {when}, and this rule is in force then"


def test_each_rule_is_looked_at_on_its_own_days_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[date] = []
    look = checking._missing

    def told(condition: Condition, day: date, reach: Reach, draft: Draft) -> Message | None:
        looked_at.append(day)
        return look(condition, day, reach, draft)

    monkeypatch.setattr(checking, "_missing", told)
    rules = [rule(f"r{n}", "always", more=f"from: {FIRST + n * DAY}") for n in range(40)]
    load(tmp_path, *rules)
    assert sorted(looked_at) == [FIRST + n * DAY for n in range(40)]
