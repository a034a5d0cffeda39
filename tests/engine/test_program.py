"""Programs: one per stretch of days, each made when a day in it is first asked for."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from safeguard_rules.engine import program as module
from safeguard_rules.engine.program import Program, Programs
from safeguard_rules.packs.content import Content
from safeguard_rules.vocabulary.facts import Vocabulary
from tests.packs_in_text import load, rule

BOUNDS = (date.min, date(2026, 1, 1), date(2026, 7, 1))
DAY = timedelta(days=1)


@pytest.fixture
def programs(tmp_path: Path) -> Programs:
    book = load(tmp_path, rule("r", "always", more="from: 2026-01-01\nto: 2026-06-30"), rule("always", "always"))
    return Programs(book.content, book.vocabulary)


def test_each_stretch_has_its_rules(programs: Programs) -> None:
    assert programs.starts == BOUNDS
    in_force = {each.start: [active.rule.name for active in each.rules] for each in programs}
    assert in_force == {each: ["tiny:always"] for each in BOUNDS} | {BOUNDS[1]: ["tiny:always", "tiny:r"]}


@pytest.mark.parametrize("number", [1, 2])
def test_a_stretch_begins_on_its_first_day(number: int, programs: Programs) -> None:
    assert programs.on(BOUNDS[number]).start == BOUNDS[number]
    assert programs.on(BOUNDS[number] - DAY).start == BOUNDS[number - 1]
    assert programs.on(date.min).start == date.min
    assert programs.on(date.max).start == BOUNDS[-1]


def test_a_program_is_made_once_and_only_if_it_is_wanted(programs: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    make = module._program

    def told(content: Content, vocabulary: Vocabulary, day: date) -> Program:
        made.append(day)
        return make(content, vocabulary, day)

    monkeypatch.setattr(module, "_program", told)
    first = programs.on(date(2026, 3, 2))
    assert programs.on(date(2026, 6, 30)) is first
    assert made == [BOUNDS[1]]
