"""Names in expectations: each misspelt one is an error at its place, with the nearest right word."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeguard_rules.errors import PackError
from tests.testing.packs import local_case, one_case, read

GIVEN = "injuries: [{id: arm, kind: bruise}], concerns: []"


@pytest.mark.parametrize(
    ("expect", "code", "said"),
    [
        ("findings: {eahc: applies}", "unknown-rule", "there is no rule `eahc`; did you mean `each`?"),
        ("findings: {other:each: applies}", "pack-not-used", "`other:each` names a pack that is not used here"),
        ("actions: {should: [loook]}", "unknown-action", "there is no action `loook`; did you mean `look`?"),
        ("no_actions: [loook]", "unknown-action", "there is no action `loook`; did you mean `look`?"),
        ("conflicts: [loook]", "unknown-action", "there is no action `loook`; did you mean `look`?"),
        (
            "findings: {each: {applies: [amr]}}",
            "unknown-subject",
            "`each` has no finding about `amr` here; did you mean `arm`?",
        ),
        (
            'findings: {each: {applies: ["?"]}}',
            "unknown-subject",
            "`each` has no finding about `?` here; expected `arm`",
        ),
        (
            "findings: {r: {applies: [baby]}}",
            "unknown-subject",
            "`r` has no finding about `baby` here; expected `child`",
        ),
        (
            "findings: {each: {applies: [arm], undetermined: [arm]}}",
            "double-subject",
            "`arm` is expected to have two outcomes",
        ),
        (
            "findings: {r: {applies: [child], as_precaution: [colt]}}",
            "unknown-definition",
            "there is no definition `colt`; did you mean `cold`?",
        ),
        (
            "findings: {r: {undetermined: [child], unless: [cold]}}",
            "assumes-for-nothing",
            "`unless` is about findings that apply; add `applies` with its subjects",
        ),
        (
            "findings: {r: {}}",
            "expects-nothing",
            "nothing is expected of `r`; add `applies`, `undetermined` or `does_not_apply`",
        ),
        (
            'questions: ["injuries[arm].knid"]',
            "unknown-path",
            "`injuries[arm].knid` is not the path of anything in this case; did you mean `injuries[arm].kind`?",
        ),
        (
            'no_questions: ["injuries[leg].kind"]',
            "unknown-path",
            "`injuries[leg].kind` is not the path of anything in this case; did you mean `injuries[arm].kind`?",
        ),
        ("questions: [injury]", "unknown-path", "`injury` is not the path of anything in this case"),
    ],
)
def test_a_name_that_means_nothing(tmp_path: Path, expect: str, code: str, said: str) -> None:
    with pytest.raises(PackError) as caught:
        read(tmp_path, one_case(expect, GIVEN))
    (issue,) = caught.value.issues
    told = f"{issue.message}; {issue.help}" if issue.help else issue.message

    assert (issue.code, issue.place.line) == (code, 6)
    assert told.startswith(said)


@pytest.mark.parametrize(
    "expect",
    [
        'findings: {"tiny:each": {applies: [arm]}}',
        "findings: {r: {applies: [child], as_precaution: [child.stage]}}",
        "questions: [people, case.plan, child.movements, pregnancy.booked_on]",
        'no_questions: ["injuries[arm].recorded_as", "injuries[arm]"]',
    ],
)
def test_a_name_that_means_something(tmp_path: Path, expect: str) -> None:
    assert len(read(tmp_path, one_case(expect, GIVEN)).cases) == 1


@pytest.mark.parametrize(
    ("given", "subject"),
    [("", '"?"'), ("injuries: []", "none"), ("injuries: [{id: arm}], incomplete: [injuries]", '"?"')],
)
def test_subjects_of_open_and_of_closed_lists(tmp_path: Path, given: str, subject: str) -> None:
    cases = one_case(f"findings: {{each: {{undetermined: [{subject}]}}}}", given)
    assert len(read(tmp_path, cases).cases) == 1


def test_all_slips_of_all_cases_come_at_once(tmp_path: Path) -> None:
    second = one_case("actions: {must: [lok]}").partition("cases:\n")[2].replace("title: one", "title: two")
    with pytest.raises(PackError) as caught:
        read(tmp_path, one_case("findings: {eahc: applies}, no_actions: [ackt]") + second)
    assert [issue.code for issue in caught.value.issues] == ["unknown-rule", "unknown-action", "unknown-action"]


@pytest.mark.parametrize(
    ("expect", "as_of", "code", "said"),
    [
        ("{doro: {state: open}}", "2026-03-02T10:00Z", "unknown-contact",
         "there is no contact `doro` here; did you mean `door`?"),
        ("{door: {state: open}}", "2026-03-02", "contact-without-a-time",
         "`contacts` needs a time of day, which `2026-03-02` does not have; add one with its offset"),
        ("{door: {state: shut}}", "2026-03-02T10:00Z", "unknown-word", "`shut` is not a word of `state`"),
        ('{door: {phone: "1"}}', "2026-03-02T10:00Z", "missing-key", "the key `state` is missing here"),
    ],
)  # fmt: skip
def test_a_contact_that_cannot_be_looked_at(tmp_path: Path, expect: str, as_of: str, code: str, said: str) -> None:
    with pytest.raises(PackError) as caught:
        local_case(tmp_path, f"contacts: {expect}", as_of)
    (issue,) = caught.value.issues
    told = f"{issue.message}; {issue.help}" if issue.help else issue.message
    assert (issue.code, issue.place.line) == (code, 6)
    assert told.startswith(said)


def test_without_a_locality_no_contact_can_be_expected(tmp_path: Path) -> None:
    timed = one_case("contacts: {door: {state: open}}", GIVEN).replace("as_of: 2026-03-02", "as_of: 2026-03-02T10:00Z")
    with pytest.raises(PackError) as caught:
        read(tmp_path, timed)
    (issue,) = caught.value.issues
    assert issue.help == "a contact is named by a locality, and this case has none"
