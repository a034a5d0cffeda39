"""The tables and the picture of a run, and their place in `docs/speed.md`."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks.contest import Contest, Row
from benchmarks.goals import Reached, worst_line
from benchmarks.measuring import Figure, ratio

Cells = Sequence[str]


def table(head: Cells, rows: Iterable[Cells]) -> list[str]:
    """A Markdown table; the first column is text, the others stand to the right."""
    lines = [f"| {' | '.join(head)} |", f"| --- |{' ---: |' * (len(head) - 1)}"]
    return lines + [f"| {' | '.join(row)} |" for row in rows]


def amount(seconds: float) -> str:
    """A time per case, to three figures, in the unit that suits it."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{_three(seconds / size)} {unit}"
    return f"{_three(seconds * 1e9)} ns"


def _three(number: float) -> str:
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"


def times(number: float) -> str:
    """How many times as much, to two or three figures."""
    return _three(number) if number >= 0.1 else f"{number:.2g}"


def contest_table(contest: Contest, base: str) -> list[str]:
    """Who, per case, beside `base`, noise; what was left out says so. The quickest comes first."""
    measured = sorted((row for row in contest.rows.values() if row.figure), key=lambda row: _median(row))
    under = contest.figures.get(base)
    rows = [_cells(row.label, row.figure, under) for row in measured if row.figure is not None]
    left = [(row.label, "left out", row.left_out or "", "") for row in contest.rows.values() if row.figure is None]
    return table(("who", "per case", "beside ours", "noise"), [*rows, *left])


def _median(row: Row) -> float:
    assert row.figure is not None
    return row.figure.median


def _cells(label: str, figure: Figure, under: Figure | None) -> Cells:
    beside = times(ratio(figure, under)) if under is not None else ""
    return (label, amount(figure.median), beside, f"{figure.noise:.0%}")


def sizes_table(contests: Sequence[Contest], sizes: Sequence[int], built: Mapping[str, float]) -> list[str]:
    """Who against how many rules, with the seconds that building took for the largest."""
    labels: dict[str, str] = {}
    for contest in contests:
        for key, row in contest.rows.items():
            labels.setdefault(key.rpartition("-")[0], row.label)
    figures = {key: figure for contest in contests for key, figure in contest.figures.items()}

    def cells(key: str) -> Cells:
        each = [amount(figures[f"{key}-{n}"].median) if f"{key}-{n}" in figures else "" for n in sizes]
        took = built.get(f"{key}-{sizes[-1]}")
        return (labels[key], *each, "" if took is None else amount(took))

    shown = [key for key in labels if any(f"{key}-{n}" in figures for n in sizes)]
    return table(("who", *(f"{n:,} rules" for n in sizes), f"building {sizes[-1]:,}"), [cells(key) for key in shown])


def plain_table(contest: Contest) -> list[str]:
    """What each took, in the order in which they were added."""
    rows = [
        (row.label, amount(row.figure.median), f"{row.figure.noise:.0%}") for row in contest.rows.values() if row.figure
    ]
    left = [(row.label, "left out", row.left_out or "") for row in contest.rows.values() if row.figure is None]
    return table(("what", "time", "noise"), [*rows, *left])


def beside_table(contest: Contest) -> list[str]:
    """What each took, beside the row whose key it carries on: `cheek-walk` beside `cheek`."""
    figures = contest.figures

    def cells(row: Row, figure: Figure) -> Cells:
        start = row.key.rpartition("-")[0]
        return _cells(row.label, figure, figures.get(start if start in figures else row.key))

    rows = [cells(row, row.figure) for row in contest.rows.values() if row.figure is not None]
    return table(("what", "per case", "beside our verdicts", "noise"), rows)


def goals_table(found: Sequence[Reached]) -> list[str]:
    """Each goal, what was wanted, what came out, and whether it was met."""
    rows = [
        (
            f"{each.goal.number}. {each.goal.says}",
            each.wanted,
            "" if each.value is None else times(each.value),
            each.verdict,
        )
        for each in found
    ]
    return table(("goal", "wanted", "measured", "verdict"), rows)


def machine(today: date) -> str:
    """The day, the machine and what it ran."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("safeguard-rules", "pydantic"))
    return (
        f"Measured on {today.day} {today:%B %Y} on {platform.system()} {platform.machine()} "
        f"with {os.cpu_count()} cores, Python {platform.python_version()}, {packages}."
    )


def goals_text(found: Sequence[Reached]) -> list[str]:
    """The goals line by line for a terminal, the worst ratio last."""
    lines = [
        f"goal {each.goal.number}: {each.goal.says}: {'-' if each.value is None else times(each.value)} "
        f"(wanted {each.wanted}): {each.verdict}"
        for each in found
    ]
    return [*lines, worst_line(found)]


# --- its place in the documents


def put(path: Path, name: str, lines: Sequence[str]) -> None:
    """Replaces what stands between `<!-- name: start -->` and `<!-- name: end -->`; raises ValueError without them."""
    text = path.read_text(encoding="utf-8")
    start, end = f"<!-- {name}: start -->", f"<!-- {name}: end -->"
    before, found, rest = text.partition(start)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"{path.name} has no place between {start} and {end}")
    path.write_text(f"{before}{start}\n\n" + "\n".join(lines) + f"\n\n{end}{after}", encoding="utf-8")
