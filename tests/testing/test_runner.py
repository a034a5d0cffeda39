"""Running a pack's cases: what passes, what fails, and which outcomes of each rule are shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from safeguard_rules.errors import CallError
from safeguard_rules.testing.runner import CaseRunner, run_cases
from tests.packs_in_text import write_locality
from tests.testing.packs import GOOD, folder_with, one_case, read, run, runner


def test_a_pack_whose_cases_all_pass_and_show_everything(tmp_path: Path) -> None:
    found = run(tmp_path)

    assert found.passed, str(found)
    assert (found.pack, len(found.results), found.failed, found.uncovered) == ("tiny", 4, (), ())
    assert str(found) == "tiny: 4 of 4 cases passed"


def test_the_coverage_names_the_cases_by_outcome(tmp_path: Path) -> None:
    each = next(rule for rule in run(tmp_path).coverage if rule.rule == "tiny:each")

    assert each.applies == ("ill, and somebody is worried",)
    assert each.does_not_apply == ("ill, and somebody is worried", "not ill, and one worry")
    assert each.undetermined == ("ill, and somebody is worried", "nothing is known")
    assert each.missing == ()


def test_an_outcome_that_no_case_shows_fails_the_run(tmp_path: Path) -> None:
    found = run(tmp_path, GOOD.replace("r: {undetermined: [child]}, ", ""))

    assert not found.failed
    assert not found.passed
    assert [(rule.rule, rule.missing) for rule in found.uncovered] == [("tiny:r", ("undetermined",))]
    assert "tiny:r: no case shows undetermined" in str(found)


def test_an_outcome_that_came_out_and_was_not_expected_shows_nothing(tmp_path: Path) -> None:
    found = run(tmp_path, one_case("questions: [injuries]"))
    assert {rule.missing for rule in found.coverage} == {("applies", "undetermined", "does_not_apply")}


def test_an_expected_outcome_that_did_not_come_out_shows_nothing(tmp_path: Path) -> None:
    found = run(tmp_path, one_case("findings: {r: applies}"))

    assert [result.title for result in found.failed] == ["one"]
    assert all(not rule.applies for rule in found.coverage)


def test_a_pack_without_cases_fails_for_each_of_its_rules(tmp_path: Path) -> None:
    home = folder_with(tmp_path, GOOD)
    (home / "tiny.cases.yaml").unlink()
    found = runner().run(home)

    assert found.results == ()
    assert [rule.rule for rule in found.uncovered] == ["tiny:each", "tiny:many", "tiny:r"]


def test_a_rulebook_is_made_once_for_a_pack_and_locality(tmp_path: Path) -> None:
    cases, found = runner(), folder_with(tmp_path, GOOD)
    first, second = cases.read(found), cases.read(found)

    assert len(cases.rulebooks) == 1
    assert first.rulebooks[None] is second.rulebooks[None]


def test_the_cases_of_a_locality_stand_beside_its_file_and_run_in_it(tmp_path: Path) -> None:
    plugins = runner().plugins
    home = folder_with(tmp_path, GOOD)
    contact = "contacts: {door: {name: The door, cites: [law/duty]}}\n"
    place = write_locality(tmp_path, contact + "carries: {r: {must: look, cites: [law/duty]}}\n")
    child = "{id: baby, stage: born, seriously_ill_or_hurt: true}"
    cases = one_case("actions: {must: [look]}").replace("{id: baby, stage: born}", f"{child}, concerns: [{{id: a}}]")
    (tmp_path / "here.cases.yaml").write_text(cases, encoding="utf-8")
    found = CaseRunner(replace(plugins, packs=(("tests", home),), localities=(("tests", place),)))
    for where in ("here", place):
        ran = found.run(where)
        assert ran.passed, str(ran)
        assert (ran.pack, len(ran.results)) == ("here", 1)


def test_a_pack_that_is_not_there() -> None:
    with pytest.raises(CallError, match="there is no pack `consent-clarty`; did you mean `consent-clarity`"):
        run_cases("consent-clarty")


def test_a_bundled_pack_by_its_id() -> None:
    found = run_cases("consent-clarity")
    assert found.passed, str(found)


def test_reading_runs_nothing_and_running_changes_nothing(tmp_path: Path) -> None:
    cases = read(tmp_path)
    assert cases.run() == cases.run()


def test_a_locality_of_ones_own_runs_with_what_it_uses_alone_and_may_be_named_in_its_cases(tmp_path: Path) -> None:
    """The bundled packs need contacts that it does not have: they are no concern of its cases."""
    here = write_locality(tmp_path, "contacts: {}\n")
    own = CaseRunner.with_plugins()
    own.shelf.add_folder(folder_with(tmp_path, GOOD))
    cases = """
      - title: here
        as_of: 2026-03-02
        locality: here
        given: {child: {id: baby, stage: born}}
        expect: {findings: {r: undetermined}}
    """
    text = f"language: 1\ncases:\n{dedent(cases)}"
    (tmp_path / "here.cases.yaml").write_text(text, encoding="utf-8")
    found = own.run(here)
    assert (found.pack, [each.title for each in found.results], found.failed) == ("here", ["here"], ())
