"""A pack whose review is overdue, or that has expired, says so on every later day, and speaks all the same."""

from datetime import date
from pathlib import Path

import pytest

from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.packs.loading import load
from safeguard_rules.packs.shelf_life import shelf_life_issues
from tests.packs_in_text import evaluate, no_bundled_packs, part_of_text, recommended, rule, write_locality, write_pack

DAYS = "review_by: 2026-03-02\nexpires_on: 2026-06-30\n"


def rulebook(folder: Path, days: str = DAYS, local: str = "") -> Rulebook:
    home = write_pack(folder, rule("r", "always"))
    with (home / "pack.yaml").open("a", encoding="utf-8") as file:
        file.write(days)
    place = write_locality(folder, local) if local else None
    return Rulebook(load([home], place, no_bundled_packs()))


WHEN = [
    ("2026-03-02", []),
    ("2026-03-03", ["review-overdue"]),
    ("2026-06-30", ["review-overdue"]),
    ("2026-07-01", ["pack-expired", "review-overdue"]),
]


@pytest.mark.parametrize(("day", "codes"), WHEN)
def test_a_result_says_it_from_the_day_after(day: str, codes: list[str], tmp_path: Path) -> None:
    found = evaluate(rulebook(tmp_path), as_of=day)
    assert [each.code for each in found.problems] == codes
    assert recommended(found).obligation == "should"


def test_the_text_says_it(tmp_path: Path) -> None:
    lines = part_of_text(evaluate(rulebook(tmp_path), as_of="2026-07-01"), "to look at again")
    assert [line.strip() for line in lines] == [
        "- the authors of the pack `tiny` stand by it no longer than 2026-06-30; its rules still speak",
        "- the pack `tiny` was to be looked through again by 2026-03-02",
    ]


def test_a_locality_has_days_of_its_own(tmp_path: Path) -> None:
    book = rulebook(tmp_path, "", "review_by: 2026-01-31\n")
    assert [each.says for each in evaluate(book, as_of="2026-02-01").problems] == [
        "the locality `here` was to be looked through again by 2026-01-31"
    ]


def test_a_pack_without_such_days_says_nothing(tmp_path: Path) -> None:
    assert evaluate(rulebook(tmp_path, ""), as_of="2099-01-01").problems == ()


def test_the_warning_stands_at_the_day(tmp_path: Path) -> None:
    book = rulebook(tmp_path)
    (issue,) = shelf_life_issues((files for files, _ in book.loaded.files), date(2026, 6, 30))
    assert (issue.code, issue.severity, issue.place.column) == ("review-overdue", "warning", 12)


def test_the_days_are_no_part_of_the_meaning(tmp_path: Path) -> None:
    (with_days,) = rulebook(tmp_path / "one").packs
    (without,) = rulebook(tmp_path / "two", "").packs
    assert with_days.meaning == without.meaning
    assert with_days.digest != without.digest
