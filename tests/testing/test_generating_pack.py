"""Generating for a pack in its folder: written, run by the runner, reviewed, generated again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from safeguard_rules.errors import CallError, PackError
from safeguard_rules.testing.generated_file import NAME
from safeguard_rules.testing.generating_pack import PackGenerator
from safeguard_rules.testing.mutants import run_mutants
from safeguard_rules.testing.runner import CaseRunner
from tests.testing.packs import GOOD, folder_with, local_case, runner

THIN = GOOD[: GOOD.index("  - title: not ill")]
"""Only the first of the good cases."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A pack with one case of a person's."""
    return folder_with(tmp_path, THIN)


def generate(home: Path, **options: object) -> PackGenerator:
    """Makes the cases of a pack and writes them beside its rules."""
    found = PackGenerator(runner(), home, home / NAME, **options)  # type: ignore[arg-type]
    for rule in found.rules:
        found.look_for(rule)
    text = found.written().text
    if text is not None:
        (home / NAME).write_text(text, encoding="utf-8")
    return found


def sign(home: Path, title: str, **replaced: str) -> None:
    """Takes the line away that says that nobody has reviewed a case."""
    text = (home / NAME).read_text(encoding="utf-8")
    start = text.index(title)
    end = text.find("  - title", start) if "  - title" in text[start:] else len(text)
    signed = text[start:end].replace("    reviewed: false\n", "")
    for old, new in replaced.items():
        signed = signed.replace(old, new)
    (home / NAME).write_text(text[:start] + signed + text[end:], encoding="utf-8")


def test_the_runner_confirms_every_case_and_counts_none_of_them(home: Path) -> None:
    written = generate(home, boundaries=True).written().new
    run = runner().run(home)

    assert run.failed == ()
    assert len(run.unreviewed) == written > 10
    assert {rule.rule: rule.missing for rule in run.uncovered} == {
        "tiny:r": ("undetermined", "does_not_apply"),
        "tiny:many": ("undetermined", "does_not_apply"),
    }


def test_signed_cases_count(home: Path) -> None:
    generate(home)
    (home / NAME).write_text((home / NAME).read_text("utf-8").replace("    reviewed: false\n", ""), encoding="utf-8")

    assert runner().run(home).passed


def test_generating_again_changes_nothing(home: Path) -> None:
    generate(home)
    first = (home / NAME).read_bytes()
    generate(home)

    assert (home / NAME).read_bytes() == first


def test_a_reviewed_case_is_neither_changed_nor_doubled(home: Path) -> None:
    generate(home)
    before = runner().read(home)
    sign(home, 'title: "each: applies because')
    signed = (home / NAME).read_text(encoding="utf-8")
    again = generate(home)
    text = (home / NAME).read_text(encoding="utf-8")

    assert len(again.kept.cases) == 1
    assert again.kept.cases[0] in signed
    assert again.kept.cases[0] in text
    assert len(runner().read(home).cases) == len(before.cases)
    assert "shown by reviewed cases already: 1" in again.account(again.written(), None)


def test_a_reviewed_case_that_fails_now_is_left_to_people(home: Path) -> None:
    """Somebody read a case and says that the rule is wrong: the next run must not write the old answer beside it."""
    generate(home)
    sign(home, 'title: "each: applies because', **{"{each: applies}": "{each: undetermined}"})
    generate(home)
    given = [names.case.case for names, _ in runner().read(home).cases]
    (failed,) = runner().run(home).failed

    assert failed.title.startswith("each: applies because")
    assert len({case.digest() for case in given}) == len(given)


def test_cases_of_rules_that_are_gone_are_made_anew_unless_they_are_reviewed(home: Path) -> None:
    generate(home)
    pack = home / "pack.yaml"
    pack.write_text(pack.read_text("utf-8").replace("  each:\n", "  every_one:\n"), encoding="utf-8")
    cases = home / "tiny.cases.yaml"
    cases.write_text(cases.read_text("utf-8").replace("each:", "every_one:"), encoding="utf-8")
    generate(home)
    assert "every_one" in (home / NAME).read_text("utf-8")

    sign(home, 'title: "every_one: applies because')
    pack.write_text(pack.read_text("utf-8").replace("  every_one:\n", "  each:\n"), encoding="utf-8")
    cases.write_text(cases.read_text("utf-8").replace("every_one:", "each:"), encoding="utf-8")
    with pytest.raises(PackError, match="every_one"):
        generate(home)


def test_with_missing_what_other_reviewed_cases_show_is_left_out(home: Path) -> None:
    whole = generate(home).result()
    (home / NAME).unlink()
    missing = generate(home, missing=True).result()

    assert whole.known == 0
    assert missing.known > 0
    assert missing.wanted == whole.wanted
    assert len(missing.cases) < len(whole.cases)


def test_only_one_rule_leaves_the_cases_of_others_as_they_are(home: Path) -> None:
    generate(home)
    before = {case.case.title for case, _ in runner().read(home).cases}
    found = generate(home, only=["each"])

    assert found.rules == ("tiny:each",)
    assert {case.case.title for case, _ in runner().read(home).cases} == before


def test_mutants_are_counted_before_and_after(home: Path) -> None:
    found = generate(home, boundaries=True)
    found.try_mutants(suggest=False)
    assert found.before is not None
    assert found.after is not None

    assert found.before.share < found.after.share == 1
    assert "found out before, 19 with these cases" in found.account(found.written(), None)


@pytest.mark.parametrize("rule", ["eech", "nothing-like-it"])
def test_a_rule_that_there_is_not_is_an_error(home: Path, rule: str) -> None:
    with pytest.raises(CallError, match=f"`tiny` has no rule `{rule}`"):
        PackGenerator(runner(), home, None, only=[rule])


def test_the_nearest_rule_is_named(home: Path) -> None:
    with pytest.raises(CallError, match="did you mean `each`"):
        PackGenerator(runner(), home, None, only=["eech"])


def test_a_locality_is_refused(tmp_path: Path) -> None:
    local_case(tmp_path, "findings: {each: applies}")
    with pytest.raises(CallError, match="is a locality"):
        PackGenerator(runner(), tmp_path / "here.yaml", None)


def test_a_file_of_cases_that_people_wrote_is_not_written_over(home: Path) -> None:
    with pytest.raises(CallError, match="was not made by this command"):
        PackGenerator(runner(), home, home / "tiny.cases.yaml")


def test_a_file_that_cannot_be_read_is_drawn_at_its_place(home: Path) -> None:
    (home / NAME).write_text("language: 1\ncases:\n  - titel: one\n", encoding="utf-8")
    with pytest.raises(PackError, match="did you mean `title`"):
        PackGenerator(runner(), home, home / NAME)


@pytest.mark.parametrize("pack", ["reassessment", "support-for-parents"])
def test_the_cases_of_a_bundled_pack_pass_show_all_its_rules_and_find_out_nearly_all_wrongs(pack: str) -> None:
    """Areas are among them: most rules about support hold in Wiltshire only."""
    found = PackGenerator(CaseRunner.with_plugins(), pack, None, boundaries=True)
    for rule in found.rules:
        found.look_for(rule)
    alone = found.alone()
    run = alone.run()

    assert found.result().no_area == ()
    assert run.failed == ()
    assert len(run.unreviewed) == len(run.results) == found.written().new
    assert {rule for result in run.results for rule in {each.rule for each in result.reached}} == set(found.rules)
    assert run_mutants(alone).share >= 0.9


def test_nothing_of_it_needs_hypothesis() -> None:
    code = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "from safeguard_rules.cli.main import run\n"
        "sys.exit(run(['generate', 'lived-experience', '--rule', 'see-awake', '--suggest']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "reviewed: false" in done.stdout
