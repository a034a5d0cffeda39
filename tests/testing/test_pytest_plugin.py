"""The pytest plug-in, in repositories of somebody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.testing.packs import GOOD, folder_with

SUMMARY = "rules: 3/3 exercised in all three outcomes"


@pytest.fixture
def repository(pytester: pytest.Pytester) -> pytest.Pytester:
    """A repository with one pack and nothing else."""
    folder_with(pytester.path, GOOD)
    return pytester


def change(repository: pytest.Pytester, old: str, new: str) -> None:
    cases = Path(repository.path / "tiny" / "tiny.cases.yaml")
    text = cases.read_text()
    assert old in text
    cases.write_text(text.replace(old, new))


def run(repository: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return repository.runpytest_subprocess("-p", "no:cacheprovider", *arguments)


def test_each_case_is_an_item_with_a_summary_line(repository: pytest.Pytester) -> None:
    found = run(repository, "-v")
    found.assert_outcomes(passed=4)
    found.stdout.fnmatch_lines(["*tiny.cases.yaml::not ill, and one worry PASSED*", SUMMARY])


def test_cases_are_picked_by_title_rule_label_node_id_and_marker(repository: pytest.Pytester) -> None:
    for chosen, passed in ((("-k", "worry"), 2), (("-k", "many"), 3), (("-m", "safeguard_case"), 4)):
        run(repository, *chosen).assert_outcomes(passed=passed, deselected=4 - passed)
    run(repository, "tiny/tiny.cases.yaml::nothing is known").assert_outcomes(passed=1)


def test_a_failure_shows_what_was_expected_and_no_traceback(repository: pytest.Pytester) -> None:
    change(repository, "no_actions: [act, look]", "questions: [concerns]")
    found = run(repository)
    found.assert_outcomes(passed=3, failed=1)
    found.stdout.fnmatch_lines(["*tiny.cases.yaml:*: questions", "  expected a question for `concerns`", "  got *"])
    found.stdout.no_fnmatch_line("*Traceback*")


def test_workers_count_together(repository: pytest.Pytester) -> None:
    found = run(repository, "-n", "2", "--rules-coverage")
    found.assert_outcomes(passed=4)
    found.stdout.fnmatch_lines([SUMMARY])


def test_a_rule_that_is_not_shown_fails_where_that_is_asked_for(repository: pytest.Pytester) -> None:
    change(repository, "r: {undetermined: [child]}, ", "")
    assert run(repository).ret == pytest.ExitCode.OK
    found = run(repository, "--rules-coverage")
    assert found.ret == pytest.ExitCode.TESTS_FAILED
    found.stdout.fnmatch_lines(["rules: 2/3 exercised*", "tiny:r: no case shows undetermined"])


def test_too_few_mutants_noticed_fail_where_that_is_asked_for(repository: pytest.Pytester) -> None:
    change(repository, "actions: {should: [act, look], consider: [act, note]}", "problems: []")
    assert run(repository, "--rules-min-mutation", "0.1").ret == pytest.ExitCode.OK
    found = run(repository, "-n", "2", "--rules-min-mutation", "1")
    assert found.ret == pytest.ExitCode.TESTS_FAILED
    found.stdout.fnmatch_lines(["tiny: the cases found out * mutants*", "*survived: tiny:*"])
    assert run(repository, "--rules-min-mutation", "2").ret == pytest.ExitCode.USAGE_ERROR


def test_generated_cases_await_a_person(repository: pytest.Pytester) -> None:
    change(repository, "  - title: nothing is known\n", "  - title: nothing is known\n    reviewed: false\n")
    found = run(repository)
    found.assert_outcomes(passed=4)
    found.stdout.fnmatch_lines(["rules: 2/3 exercised in all three outcomes; 1 generated cases await sign-off"])
    found = run(repository, "--require-reviewed")
    found.assert_outcomes(passed=3, failed=1)
    found.stdout.fnmatch_lines(["*generated, and nobody has reviewed it"])


def test_mutants_that_only_generated_cases_notice_do_not_count(repository: pytest.Pytester) -> None:
    change(repository, "    as_of:", "    reviewed: false\n    as_of:")
    found = run(repository, "--rules-min-mutation", "0.1")
    assert found.ret == pytest.ExitCode.TESTS_FAILED
    found.stdout.fnmatch_lines(["tiny: the cases found out 0 of * mutants*"])


def test_a_misspelt_expectation_is_a_collection_error_at_its_line(repository: pytest.Pytester) -> None:
    change(repository, "many: {undetermined", "mani: {undetermined")
    found = run(repository)
    assert found.ret == pytest.ExitCode.INTERRUPTED
    found.stdout.fnmatch_lines(["*tiny.cases.yaml:*: *", "*did you mean `many`?*"])


def test_other_repositories_are_left_alone(pytester: pytest.Pytester) -> None:
    (pytester.path / "other.cases.yaml").write_text("cases: 1\n")
    pytester.makepyfile("def test_it(): pass")
    found = run(pytester)
    found.assert_outcomes(passed=1)
    found.stdout.no_fnmatch_line("rules: *")


def test_a_pack_with_a_bundled_one_and_a_named_plug_in(repository: pytest.Pytester) -> None:
    found = run(repository, "--safeguard-plugin", "nobody")
    found.stdout.fnmatch_lines(["no plug-in `nobody` is installed; *"])
