"""Every field says about itself what the vocabulary, the questions and the editor need."""

import re

import pytest

from safeguard_rules.case.contents import CaseContents
from safeguard_rules.case.fields import FactNote, ListNote, fact_note, list_note
from safeguard_rules.case.shape import PARTS, SINGULARS

FACTS = [(part, name) for part, shape in PARTS.items() for name in shape.facts]
TOPICS = {"now", "child", "injuries", "people", "abuse", "sharing", "reviewed", "support"}


def note_of(part: str, name: str) -> FactNote:
    note = fact_note(PARTS[part].model.model_fields[name])
    assert note is not None
    return note


@pytest.mark.parametrize(("part", "name"), FACTS)
def test_every_fact_has_words_that_read_well(part: str, name: str) -> None:
    note = note_of(part, name)
    description = PARTS[part].model.model_fields[name].description or ""
    assert description.endswith(".")
    assert description[0].isupper()
    assert note.question.endswith("?")
    assert note.question[0].isupper()
    assert re.match(r"(the|what|who|how|where|whether) ", note.phrase)
    assert not note.phrase.endswith((".", "?"))
    assert "_" not in note.phrase + note.question
    assert note.topic in TOPICS


@pytest.mark.parametrize(("part", "name"), FACTS)
def test_yes_or_no_facts_have_a_whether_phrase(part: str, name: str) -> None:
    annotation = str(PARTS[part].model.model_fields[name].annotation)
    if annotation.startswith("bool"):
        assert note_of(part, name).phrase.startswith("whether ")


@pytest.mark.parametrize(("part", "name"), FACTS)
def test_dates_and_only_dates_say_where_in_time_they_lie(part: str, name: str) -> None:
    note = note_of(part, name)
    is_date = "When" in str(PARTS[part].model.model_fields[name].annotation)
    assert (note.time is not None) == is_date
    assert note.not_yet == ("Special" in str(PARTS[part].model.model_fields[name].annotation))


def list_note_of(name: str) -> ListNote:
    note = list_note(CaseContents.model_fields[name])
    assert note is not None
    return note


@pytest.mark.parametrize("name", SINGULARS)
def test_every_list_has_words_that_read_well(name: str) -> None:
    note = list_note_of(name)
    assert note.phrase.split()[0] in {"a", "an"}
    assert note.question.endswith("?")
    assert note.more_question.endswith("?")
    assert re.search(r"other|else|another|anywhere", note.more_question)
    assert (CaseContents.model_fields[name].description or "").endswith(".")
    assert note.topic in TOPICS


def test_only_strengths_are_closed_to_rules() -> None:
    untested = [name for name in SINGULARS if not list_note_of(name).tested]
    assert untested == ["protective_factors"]


def test_all_facts_of_the_vocabulary_are_there() -> None:
    assert [part for part in PARTS if part not in SINGULARS] == ["case", "child", "pregnancy"]
    assert len(SINGULARS) == 14
    assert len([name for part, name in FACTS if part != "protective_factors"]) == 87


@pytest.mark.parametrize("left_out", ["ethnicity", "religion", "postcode", "name", "surname"])
def test_some_facts_are_left_out_on_purpose(left_out: str) -> None:
    assert left_out not in {name for _, name in FACTS}


@pytest.mark.parametrize(
    ("part", "name", "stages"),
    [
        ("child", "movements", ("born",)),
        ("child", "expected_on", ("unborn",)),
        ("child", "stage", ("unborn", "born", "has_died")),
        ("pregnancy", "booked_on", ("unborn", "born")),
        ("injuries", "kind", ("born",)),
        ("contacts", "seen", ("born",)),
        ("contacts", "happens_on", ("unborn", "born", "has_died")),
        ("incidents", "by", ("unborn", "born", "has_died")),
    ],
)
def test_decision_17_facts_say_in_which_stages_they_exist(part: str, name: str, stages: tuple[str, ...]) -> None:
    assert note_of(part, name).stages == stages


def test_decision_11_only_what_may_be_planned_may_lie_ahead() -> None:
    ahead = {f"{part}.{name}" for part, name in FACTS if note_of(part, name).time == "any"}
    assert ahead == {"child.expected_on", "contacts.happens_on", "moves.happens_on"}


def test_references_say_to_what_they_refer() -> None:
    refer = {f"{part}.{name}" for part, name in FACTS if note_of(part, name).refers_to}
    assert refer == {
        "incidents.by",
        "incidents.against",
        "enquiries.of",
        "contacts.present",
        "assessments.people",
    }
    assert PARTS["contacts"].references == {"present": "people"}
