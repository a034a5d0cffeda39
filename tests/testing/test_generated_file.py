"""The file of generated cases: it reads back, every case passes, and what a person has reviewed stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeguard_rules import Rulebook
from safeguard_rules.errors import CallError
from safeguard_rules.source import Issue, Text
from safeguard_rules.testing.case_files import PackCase, cases_in
from safeguard_rules.testing.expecting import directory_of
from safeguard_rules.testing.generated_file import CaseNames, Kept, Writing, expectation, is_missed, kept, told
from safeguard_rules.testing.generating import KnownCase
from tests.packs_in_text import TODAY, action, case, rule
from tests.testing.generating import generator, rulebook

TWO = """\
language: 1
cases:
  # of the first
  - title: first
    as_of: 2026-03-02
    given: {child: {id: baby}}   # a remark
    expect: {findings: {young: undetermined}}
  # of the second
  - title: second
    reviewed: false
    as_of: 2026-03-02
    given: {}
    expect: {findings: {young: undetermined}}
"""


def read(text: str) -> tuple[PackCase, ...]:
    issues: list[Issue] = []
    found = cases_in(Text("generated.cases.yaml", text), issues)
    assert issues == []
    return found


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return rulebook(tmp_path_factory.mktemp("file"))


@pytest.fixture(scope="module")
def text(book: Rulebook) -> str:
    makes = generator(book, boundaries=True)
    for name in makes.rules():
        makes.look_for(name)
    return Writing("tiny", {None: book}).file(makes.result().cases, Kept())[0]


# --- what is written


def test_the_file_reads_back_and_every_case_awaits_its_review(text: str) -> None:
    cases = read(text)

    assert len(cases) > 30
    assert {case.reviewed for case in cases} == {False}


def test_titles_say_the_rule_the_outcome_and_why(text: str) -> None:
    titles = {case.title for case in read(text)}

    assert {
        "young: applies because this is so: the child's age: under 3 months",
        "young: applies while the child's stage is not known",
        "kinds: applies with the kind of injury: fracture",
        "many: does not apply at the edge of: the number of concerns: 2 or more, with 1",
        "days and 3 other rules: does not apply when there are no injuries",
    } <= titles


def test_lines_are_short(text: str) -> None:
    assert max(map(len, text.splitlines())) <= 120


def test_names_are_short_where_they_are_enough_and_the_stage_is_no_name(text: str) -> None:
    assert "tiny:" not in text
    assert 'as_precaution: ["child.stage"]' in text


def test_what_was_assumed_is_expected(text: str) -> None:
    assert "as_precaution: [cold]" in text


def test_equal_titles_are_told_apart(text: str) -> None:
    titles = [case.title for case in read(text)]

    assert len(titles) == len(set(titles))


# --- what is expected


def names(book: Rulebook) -> CaseNames:
    return CaseNames("tiny", directory_of("tiny", book))


def test_only_what_the_named_rules_demand_is_expected(tmp_path: Path) -> None:
    book = rulebook(
        tmp_path,
        rule("r", "{child.disabled: true}", "{should: look}"),
        rule("s", "{child.disabled: true}", "{consider: look}, {must: act}"),
        rule("t", "{child.disabled: false}", "{should: note}"),
        action("look"),
        action("note"),
    )
    evaluation = book.evaluate(case("child: {id: baby, stage: born, disabled: true}"), as_of=TODAY)

    assert expectation(evaluation, ["tiny:r", "tiny:t"], names(book)) == {
        "findings": {"r": "applies", "t": "does_not_apply"},
        "actions": {"should": ["look"]},
        "no_actions": ["note"],
    }


def test_several_subjects_are_named(book: Rulebook) -> None:
    given = case("injuries: [{id: arm, kind: fracture}, {id: leg, kind: bruise}]\nincomplete: [injuries]")
    expected = expectation(book.evaluate(given, as_of=TODAY), ["tiny:kinds"], names(book))

    assert expected["findings"] == {"kinds": {"applies": ["arm"], "undetermined": ["?"], "does_not_apply": ["leg"]}}


def test_an_expectation_is_missed_by_another_outcome_and_by_an_action_too_few_or_too_many(book: Rulebook) -> None:
    def evaluated(kind: str) -> tuple[object, ...]:
        return book.evaluate(case(f"injuries: [{{id: arm, kind: {kind}}}]"), as_of=TODAY), ["tiny:kinds"], names(book)

    applies = expectation(*evaluated("fracture"))  # type: ignore[arg-type]
    assert not is_missed(applies, *evaluated("burn_or_scald"))  # type: ignore[arg-type]
    assert is_missed(applies, *evaluated("bruise"))  # type: ignore[arg-type]
    assert is_missed({**applies, "actions": {"must": ["look"]}}, *evaluated("fracture"))  # type: ignore[arg-type]
    assert is_missed({**applies, "no_actions": ["note"]}, *evaluated("fracture"))  # type: ignore[arg-type]


# --- what is kept


def test_a_reviewed_case_is_kept_to_the_byte_with_its_comments() -> None:
    found = kept(Text("generated.cases.yaml", TWO), read(TWO), lambda case: case.reviewed)

    assert found.cases == (TWO[TWO.index("  # of the first") : TWO.index("  # of the second")],)


def test_what_is_kept_stands_alone_in_its_own_lines() -> None:
    found = kept(Text("generated.cases.yaml", TWO), read(TWO), lambda case: case.title == "second")
    assert found.alone is not None
    (second,) = read(found.alone.content)

    assert second.place("title").line == 9


def test_where_nothing_is_reviewed_nothing_is_kept() -> None:
    assert kept(Text("generated.cases.yaml", TWO), read(TWO), lambda _: False) == Kept()


def test_a_file_that_is_not_written_line_by_line_is_refused() -> None:
    text = (
        "language: 1\ncases: [{title: one, as_of: 2026-03-02, given: {}, expect: {findings: {young: undetermined}}}]\n"
    )
    with pytest.raises(CallError, match="laid out so that its reviewed cases cannot be kept"):
        kept(Text("generated.cases.yaml", text), read(text), lambda case: case.reviewed)


def test_facts_of_which_the_same_is_expected_already_are_not_written_again(book: Rulebook) -> None:
    makes = generator(book)
    makes.look_for("tiny:young")
    makes.look_for("tiny:kinds")
    made = makes.result().cases
    first = made[0]
    known = KnownCase("by hand", first.case, first.as_of, None, frozenset(first.rules))
    writing = Writing("tiny", {None: book})

    assert writing.file(made, Kept(), [known])[1] == writing.file(made, Kept())[1] - 1
    assert told(first.shows) not in writing.file(made, Kept(), [known])[0]


def test_another_case_with_the_title_of_a_reviewed_one_gets_a_number(book: Rulebook) -> None:
    makes = generator(book)
    makes.look_for("tiny:young")
    first = makes.result().cases[0]
    known = KnownCase(told(first.shows), case("child: {id: other}"), first.as_of, None, frozenset())
    text, _ = Writing("tiny", {None: book}).file([first], Kept(), [known])

    assert f"{told(first.shows)} (2)" in text
