"""What has to fit together in a case: ids, references, completeness, evidence."""

from typing import Any

import pytest

from safeguard_rules.case.case import Case
from safeguard_rules.case.contents import CaseContents
from safeguard_rules.case.links import LinkIssue, check_links

MOTHER = {"id": "mother"}
WHOLE: dict[str, Any] = {
    "child": {"id": "baby", "movements": ["crawls"], "incomplete": ["movements"]},
    "people": [MOTHER, {"id": "partner", "history": []}],
    "incidents": [{"id": "april", "by": "partner", "against": "mother"}],
    "contacts": [{"id": "visit", "present": ["mother", "partner"], "incomplete": ["present"]}],
    "done": [{"action": "report", "about": "april"}, {"action": "report", "about": "baby"}, {"action": "tell"}],
    "incomplete": ["incidents", "people"],
    "evidence": {
        "child.movements": [{"basis": "told_by_carer", "by": "mother"}, {"basis": "observed"}],
        "child.disabled": {"why": "not_asked"},
        "people[partner]": {"basis": "told_by_carer"},
        "people[partner].history": {"basis": "recorded", "disputed": {"by": "partner"}},
        "incidents": {"why": "declined"},
        "contacts": {"basis": "recorded"},
        "case.plan": {"why": "conflicting", "accounts": [{"value": "early help"}, {"value": "none"}]},
        "extra.housing.damp": {"basis": "observed"},
    },
    "extra": {"housing": {"damp": True}},
}


def issues(**changed: Any) -> list[LinkIssue]:
    return check_links(CaseContents.model_validate({**WHOLE, **changed}))


def only(found: list[LinkIssue]) -> tuple[str, str, tuple[str | int, ...]]:
    assert len(found) == 1, [str(issue) for issue in found]
    return found[0].path, found[0].message.text, found[0].at


def test_a_case_that_fits_together_has_no_issue() -> None:
    assert issues() == []
    assert check_links(CaseContents()) == []


@pytest.mark.parametrize("wrong", ["?", "", "a b", "x[1]", "-a", "a" * 81, "a\nb"])
def test_an_id_is_short_and_plain(wrong: str) -> None:
    path, text, at = only(issues(injuries=[{"id": wrong}]))
    assert path == "injuries"
    assert "cannot be an id" in text
    assert at == ("injuries", 0, "id")


@pytest.mark.parametrize("right", ["a", "1", "cheek_2", "c7b1-22", "rec/1:2.3", "ŵyl"])
def test_an_id_may_come_from_another_system(right: str) -> None:
    assert issues(injuries=[{"id": right}]) == []


def test_decision_44_ids_are_unique_in_a_list() -> None:
    path, text, at = only(issues(injuries=[{"id": "a"}, {"id": "b"}, {"id": "a"}]))
    assert (path, at) == ("injuries[a]", ("injuries", 2, "id"))
    assert text == "two entries of `injuries` have the id `a`"


def test_two_lists_may_use_the_same_id() -> None:
    assert issues(injuries=[{"id": "april"}]) == []


def test_decision_44_a_reference_leads_to_an_entry() -> None:
    found = issues(incidents=[{"id": "april", "by": "partnr"}])
    path, text, at = only(found)
    assert (path, at) == ("incidents[april].by", ("incidents", 0, "by"))
    assert text == "there is no `partnr` in `people`"
    assert found[0].message.help == "did you mean `partner`?"


def test_decision_44_each_of_several_references_leads_to_an_entry() -> None:
    path, _, at = only(issues(contacts=[{"id": "visit", "present": ["mother", "uncle"]}]))
    assert (path, at) == ("contacts[visit].present", ("contacts", 0, "present", 1))


def test_a_reference_without_a_list_of_people_says_what_to_do() -> None:
    contents = CaseContents.model_validate({"enquiries": [{"id": "e", "of": "mother"}]})
    found = check_links(contents)
    assert only(found)[1] == "there is no `mother` in `people`"
    assert (found[0].message.help or "").startswith("add it to `people`")


@pytest.mark.parametrize(
    ("changed", "at", "text"),
    [
        ({"incomplete": ["injurie"]}, ("incomplete", 0), "`injurie` cannot be incomplete here"),
        ({"incomplete": ["movements"]}, ("incomplete", 0), "`movements` cannot be incomplete here"),
        ({"incomplete": ["done"]}, ("incomplete", 0), "`done` cannot be incomplete here"),
        ({"incomplete": ["plan"]}, ("incomplete", 0), "`plan` cannot be incomplete here"),
        ({"incomplete": ["sleeps"]}, ("incomplete", 0), "`sleeps` is called incomplete and is not given"),
        (
            {"people": [MOTHER, {"id": "partner", "history": [], "incomplete": ["information_from"]}]},
            ("people", 1, "incomplete", 0),
            "`information_from` is called incomplete and is not given",
        ),
        (
            {"injuries": [{"id": "cheek", "incomplete": ["kind"]}]},
            ("injuries", 0, "incomplete", 0),
            "`kind` cannot be incomplete here",
        ),
    ],
)
def test_decision_5_incomplete_names_own_lists_and_sets(
    changed: dict[str, Any], at: tuple[str | int, ...], text: str
) -> None:
    found = issues(**{"evidence": {}, **changed})
    assert only(found)[1:] == (text, at)


def test_decision_5_a_set_of_another_part_is_named_there() -> None:
    found = issues(incomplete=["movements"], evidence={})
    assert found[0].message.help == "it belongs to `child`: say it there"


def test_everybody_recorded_needs_a_list_that_is_not_incomplete() -> None:
    assert "incomplete" in only(issues(all_regular_people_recorded=True))[1]
    case = CaseContents.model_validate({"all_regular_people_recorded": True})
    assert "no list of people" in only(check_links(case))[1]
    assert issues(all_regular_people_recorded=False) == []


def test_decision_51_a_list_has_at_most_500_entries() -> None:
    assert issues(injuries=[{"id": f"i{n}"} for n in range(500)]) == []
    _, text, at = only(issues(injuries=[{"id": f"i{n}"} for n in range(501)]))
    assert at == ("injuries",)
    assert "at most 500" in text


def test_numbers_are_not_negative() -> None:
    path, text, _ = only(issues(child={"id": "baby", "birth_weight": -1, "movements": []}))
    assert path == "child.birth_weight"
    assert text == "expected a whole number that is not negative, got -1"


def test_done_is_about_an_entry_of_the_case() -> None:
    path, text, at = only(issues(done=[{"action": "report", "about": "aprl"}]))
    assert (path, at) == ("done", ("done", 0, "about"))
    assert text == "no entry of this case has the id `aprl`"


TWO = [{"value": "he fell", "basis": "told_by_carer"}, {"value": "unsure", "basis": "told_by_other"}]


@pytest.mark.parametrize(
    ("path", "evidence", "text"),
    [
        ("child.age", {"basis": "observed"}, "`child.age` is not the path of an entered fact"),
        ("child", {"basis": "observed"}, "`child` is not the path of an entered fact"),
        ("done", {"basis": "observed"}, "`done` is not the path of an entered fact"),
        ("injury.kind", {"basis": "observed"}, "`injury.kind` is not the path of an entered fact"),
        ("people[mother].id", {"basis": "observed"}, "`people[mother].id` is not the path of an entered fact"),
        (
            "people[mothr].sex",
            {"why": "not_asked"},
            "`people[mothr].sex` has evidence, but `people` has no entry `mothr`",
        ),
        ("people[uncle]", {"basis": "recorded"}, "`people[uncle]` has evidence, but `people` has no entry `uncle`"),
        ("child.movements", [], "the evidence of `child.movements` is an empty list"),
        ("child.disabled", {"basis": "observed"}, "`child.disabled` has evidence but is not known"),
        ("child.disabled", {"known_on": "2026"}, "`child.disabled` has evidence but is not known"),
        ("child.disabled", {"disputed": {"by": "m"}}, "`child.disabled` is said to be disputed, but has no value"),
        ("child.movements", {"why": "declined"}, "`child.movements` is known, but its evidence says `declined`"),
        ("child.movements", {"why": "conflicting"}, "`child.movements` is known, but its evidence says `conflicting`"),
        ("contacts", {"why": "not_asked"}, "`contacts` is known, but its evidence says `not_asked`"),
        ("people", {"basis": "recorded"}, "`people` has evidence of being complete, but is not complete"),
        (
            "child.disabled",
            {"why": "not_asked", "basis": "observed"},
            "the evidence of `child.disabled` says both how it is known and why it is not",
        ),
        (
            "child.disabled",
            {"why": "conflicting", "accounts": TWO[:1]},
            "`child.disabled` is said to be conflicting, but fewer than two accounts are given",
        ),
        (
            "child.disabled",
            {"why": "declined", "accounts": TWO},
            "the evidence of `child.disabled` has accounts but does not say `why: conflicting`",
        ),
    ],
)
def test_decisions_35_and_36_evidence_fits_what_it_is_about(path: str, evidence: Any, text: str) -> None:
    found = issues(evidence={path: evidence})
    assert only(found) == (path, text, ("evidence", path))


SEEN = {"value": "hit her", "basis": "observed"}
RECORDED = {"value": "hit her", "basis": "recorded"}
DENIED = {"value": "it never happened", "basis": "told_by_carer"}
TOLD = {"value": "it never happened", "basis": "told_by_other"}


@pytest.mark.parametrize(
    ("accounts", "is_denial"),
    [
        ([SEEN, DENIED], True),
        ([DENIED, RECORDED], True),
        ([SEEN, RECORDED, DENIED, DENIED], True),
        ([SEEN, TOLD], False),
        ([SEEN, DENIED, TOLD], False),
        ([SEEN, {"value": "pushed her", "basis": "recorded"}, DENIED], False),
        ([SEEN, {"value": "it never happened"}], False),
        ([DENIED, {"value": "he hit me", "basis": "told_by_carer"}], False),
    ],
)
def test_decision_36_a_denial_of_what_was_seen_is_no_conflict(accounts: list[Any], is_denial: bool) -> None:
    found = issues(evidence={"incidents[april].escalating": {"why": "conflicting", "accounts": accounts}})
    assert [issue.message.code for issue in found] == (["denial-as-conflict"] if is_denial else [])


def test_a_wrong_evidence_path_gets_the_nearest_one() -> None:
    found = issues(evidence={"contacts[visit].sen": {"basis": "observed"}})
    assert found[0].message.help == "did you mean `contacts[visit].seen`?"


def test_a_case_made_in_python_tells_all_that_is_wrong_at_once() -> None:
    with pytest.raises(ValueError, match="do not fit together") as caught:
        Case.model_validate({"injuries": [{"id": "a"}, {"id": "a"}], "incomplete": ["sleeps"]})
    said = str(caught.value)
    assert "injuries[a]: two entries of `injuries` have the id `a`" in said
    assert "case: `sleeps` is called incomplete and is not given (leave it out here:" in said
