"""The account as a text: one source whole."""

from pathlib import Path

from safeguard_rules.packs.coverage import of_sources
from safeguard_rules.reports.coverage_text import coverage_lines
from safeguard_rules.reports.lines import plain
from tests.packs.accounted import covered

GOLDEN = (Path(__file__).parent / "coverage.txt").read_text(encoding="utf-8")


def test_one_source_whole(tmp_path: Path) -> None:
    coverage = of_sources(covered(tmp_path, local=True), ["policy"])
    assert plain(coverage_lines(coverage, detailed=True)) == GOLDEN


def test_without_details_there_is_the_table_and_what_is_unaccounted_for(tmp_path: Path) -> None:
    coverage = of_sources(covered(tmp_path, local=True), ["policy"])
    head, _, rest = GOLDEN.partition("\nA policy (policy)\n")
    assert rest
    assert plain(coverage_lines(coverage, detailed=False)) == (
        f"{head}\nNot accounted for\n"
        "  - policy/idle: Cited, but no rule leads to what cites it: action sing.\n"
        "  - policy/nobody: Nothing cites it, and it says neither left_to_people nor not_yet.\n"
    )


def test_of_a_source_that_is_accounted_for_nothing_is_told_to_be_missing(tmp_path: Path) -> None:
    coverage = of_sources(covered(tmp_path), ["law"])
    assert "Not accounted for" not in plain(coverage_lines(coverage, detailed=False))
    assert "none unaccounted for" in plain(coverage_lines(coverage, detailed=False))
