"""The account as Markdown: a source in full, and one line for each statement."""

from pathlib import Path

from safeguard_rules.packs.coverage import of_carriages, of_sources
from safeguard_rules.reports.coverage_markdown import coverage_markdown
from tests.packs.accounted import covered

HERE = Path(__file__).parent
FULL = (HERE / "coverage-in-full.md").read_text(encoding="utf-8")
SHORT = (HERE / "coverage-in-lines.md").read_text(encoding="utf-8")


def test_some_statements_in_full(tmp_path: Path) -> None:
    coverage = of_carriages(of_sources(covered(tmp_path, local=True), ["policy"]), ["signposted", "not yet"])
    assert coverage_markdown(coverage, detailed=True) == FULL


def test_one_line_for_each_statement(tmp_path: Path) -> None:
    coverage = of_sources(covered(tmp_path, local=True), ["policy"])
    assert coverage_markdown(coverage, detailed=False) == SHORT


def test_no_sign_in_a_text_means_anything_to_markdown(tmp_path: Path) -> None:
    text = coverage_markdown(of_sources(covered(tmp_path), ["policy"]), detailed=False)
    assert "neither left\\_to\\_people nor not\\_yet" in text
