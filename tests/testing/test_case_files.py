"""Cases files: what they hold, and every slip at its own line of the cases file."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeguard_rules.errors import PackError
from safeguard_rules.values.dates import AsOf
from tests.testing.packs import GOOD, one_case, read


def refused(folder: Path, cases: str) -> list[tuple[str, int, str]]:
    """The issues of a cases file: code, line and message with its help."""
    with pytest.raises(PackError) as caught:
        read(folder, cases)
    return [
        (issue.code, issue.place.line, f"{issue.message}; {issue.help}" if issue.help else issue.message)
        for issue in caught.value.issues
    ]


def test_a_case_has_its_day_its_tags_and_its_case(tmp_path: Path) -> None:
    names, area = read(tmp_path).cases[0]
    case = names.case

    assert (case.title, case.as_of, case.role, case.shows) == (
        "ill, and somebody is worried",
        AsOf.of("2026-03-02"),
        None,
        ("trap-1",),
    )
    assert area is None
    assert case.case.child is not None
    assert case.case.child.seriously_ill_or_hurt is True


def test_the_place_of_an_expectation_is_its_line_in_the_file(tmp_path: Path) -> None:
    case = read(tmp_path).cases[0][0].case
    lines = GOOD.lstrip().splitlines()

    assert lines[case.place("expect", "findings", "each").line - 1].strip().startswith("each:")
    assert lines[case.place("expect", "questions", 0).line - 1].strip().startswith("questions:")


def test_slips_of_the_file_all_at_once(tmp_path: Path) -> None:
    cases = one_case("findings: {r: aplies}, actoins: {}", more="    rol: midwife\n")
    found = refused(tmp_path, cases)

    assert found == [
        ("unknown-key", 5, "unknown key `rol`; did you mean `role`?"),
        (
            "unknown-word",
            7,
            "`aplies` is not a word of `r`; did you mean `applies`?",
        ),
        ("unknown-key", 7, "unknown key `actoins`; did you mean `actions`?"),
    ]


def test_slips_of_the_case_itself_are_told_in_the_cases_file(tmp_path: Path) -> None:
    cases = one_case(
        "findings: {r: applies}",
        "injuries: [{id: arm, kind: bruse}], contacts: [{id: visit, present: [granny]}], people: [{id: gran}]",
    )
    # what is misspelt, and, once that is right, what leads nowhere
    assert [code for code, _, _ in refused(tmp_path / "a", cases)] == ["unknown-word"]
    ((code, line, message),) = refused(tmp_path / "b", cases.replace("bruse", "bruise"))
    assert (code, line) == ("unknown-id", 5)
    assert message.startswith("there is no `granny` in `people`")


def test_the_keys_of_a_case_files_header_stand_beside_given(tmp_path: Path) -> None:
    cases = one_case("findings: {r: applies}", "as_of: 2026-01-01")
    assert [(code, line) for code, line, _ in refused(tmp_path, cases)] == [("unknown-key", 5)]


def test_a_case_that_expects_nothing_is_refused(tmp_path: Path) -> None:
    cases = one_case("")
    assert [(code, line) for code, line, _ in refused(tmp_path, cases)] == [("expects-nothing", 6)]


def test_two_cases_of_one_title_are_refused(tmp_path: Path) -> None:
    cases = GOOD.replace("nothing is known", "not ill, and one worry")
    ((code, line, message),) = refused(tmp_path, cases)

    assert code == "declared-twice"
    assert "not ill" in GOOD.lstrip().replace("nothing is known", "not ill").splitlines()[line - 1]
    assert "is declared twice" in message


def test_an_unknown_locality_is_refused(tmp_path: Path) -> None:
    cases = one_case("findings: {r: applies}", more="    locality: wiltshir\n")
    assert [(code, line) for code, line, _ in refused(tmp_path, cases)] == [("unknown-locality", 5)]


def test_no_cases_at_all_are_no_cases_file(tmp_path: Path) -> None:
    assert [line for _, line, _ in refused(tmp_path, "language: 1\ncases: []\n")] == [2]
