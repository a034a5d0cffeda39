"""A timeline as a text: what leads, what is counted, and nothing that nobody can take for an all clear."""

from __future__ import annotations

import pytest

from safeguard_rules import Case, Evaluation, Family, FamilyEvaluation, Rulebook, Timeline
from safeguard_rules.reports.context import Setting
from safeguard_rules.reports.timeline_text import TimelineContext, timeline_text

BABY = "child: {id: baby, label: the baby, stage: born, born_on: 2026-01-19, movements: []}\n"
BRUISE = "injuries: [{id: cheek, label: bruise on the cheek, kind: bruise, noticed_on: 2026-03-02}]\n"
FACTOR = "protective_factors: [{id: warmth, what: The mother comforts the baby., verified_by: midwife}]\n"
ABUSE = (
    "people: [{id: father, label: father, relation: father}]\n"
    "incidents: [{id: monday, label: what happened on Monday, happened_on: 2026-03-02, kinds: [threats], by: father}]\n"
)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load(locality="wiltshire")


def on(rulebook: Rulebook, as_of: str, text: str, role: str | None = None) -> Evaluation:
    return rulebook.evaluate(Case.from_yaml(text), as_of=as_of, role=role)


def told(timeline: Timeline, context: TimelineContext | None = None) -> str:
    """The text on one line, so that its wrapping does not matter."""
    return " ".join(timeline_text(timeline, context).split())


def two_days(rulebook: Rulebook, before: str, after: str, news: str | None = "Something new.") -> Timeline:
    return Timeline([on(rulebook, "2026-03-02", before), on(rulebook, "2026-03-05", after)], ["A first day.", news])


def test_it_leads_with_the_title_whom_it_is_about_and_that_a_person_decides(rulebook: Rulebook) -> None:
    timeline = Timeline([on(rulebook, "2026-03-02", BABY, "gp")], title="A quiet day")
    lines = timeline_text(timeline, TimelineContext({"wiltshire": "the county"})).splitlines()

    assert lines[0] == "A quiet day"
    assert lines[1] == "About the baby; in the county; asked by: GP; 1 day with something to tell."
    assert lines[2].endswith("Recommendations only: a person decides.")
    assert "drafts that no safeguarding lead has reviewed" in lines[2]


def test_without_a_title_it_is_called_after_the_child(rulebook: Rulebook) -> None:
    assert timeline_text(Timeline([on(rulebook, "2026-03-02", BABY)])).startswith("The baby\n")


def test_the_first_day_has_every_action_and_the_later_what_is_different(rulebook: Rulebook) -> None:
    text = told(two_days(rulebook, BABY, BABY + BRUISE))
    first, _, later = text.partition("5 March 2026, 3 days later")

    assert "2 March 2026 A first day. Recommended" in first
    assert "ALWAYS Give safer-sleep advice" in first
    assert "Something new. New MUST Report it to children's social care by phone, at once (proposed)" in later
    assert "why: bruise on the cheek (kind: bruise). A baby who cannot move about" in later
    assert "source: Safeguarding Unborn Babies and Under 1s" in later
    assert "As before: " in later
    assert "Give safer-sleep advice" not in later.partition("When this changes")[0]


def test_a_number_is_given_once(rulebook: Rulebook) -> None:
    text = told(two_days(rulebook, BABY + BRUISE, BABY + BRUISE.replace("}]", "}, {id: leg, kind: bruise}]")))
    assert text.count("0300 456 0108") == 1


def test_what_stood_is_told_with_what_it_was(rulebook: Rulebook) -> None:
    unknown = BABY.replace(", movements: []", "").replace("2026-01-19", "2025-08-19")
    text = told(two_days(rulebook, unknown + BRUISE, unknown.replace("}", ", movements: []}") + BRUISE))
    stronger = text.partition(" Stronger ")[2]

    assert "Report it to children's social care" in stronger
    assert "before: as a precaution" in stronger


def test_what_is_gone_says_in_which_way(rulebook: Rulebook) -> None:
    known = BRUISE.replace("}]", ", recorded_as: birth_mark, matches_record: true}]")
    ruled_out = told(two_days(rulebook, BABY + BRUISE, BABY + known)).partition(" No longer ")[2]
    assert ruled_out.startswith("MUST Report it to children's social care ruled out by what is recorded now")
    assert "ruled out by what is recorded now why: bruise on the cheek (matches record, recorded as" in ruled_out
    assert "what it rested on is no longer known" in told(two_days(rulebook, BABY + BRUISE, BABY))
    crawls = BABY.replace("[]", "[crawls]") + BRUISE + "evidence: {child.movements: {basis: told_by_carer}}\n"
    assert "only on what a parent or carer said, which nobody has seen" in told(
        two_days(rulebook, BABY + BRUISE, crawls)
    )


def test_what_time_alone_ends_is_ruled_out_by_no_record(rulebook: Rulebook) -> None:
    timeline = Timeline([on(rulebook, "2026-04-01", BABY), on(rulebook, "2026-05-01", BABY)], ["a", "b"])
    text = told(timeline).partition("14 April 2026")[2]

    assert "1 on which only time had passed" in told(timeline)
    assert text.startswith(", 13 days later Nothing new is recorded; time alone has changed this. No longer")
    assert "ruled out" not in text.partition("1 May 2026")[0]
    assert "1 May 2026, 17 days later b No recommendation changes." in text


def test_what_rests_on_a_carers_word_says_so(rulebook: Rulebook) -> None:
    known = BABY + ABUSE + "evidence: {'incidents[monday]': {basis: told_by_carer, by: mother}}\n"
    assert "(only on what a carer said)" in told(two_days(rulebook, BABY, known))


def test_an_action_for_somebody_else_says_for_whom(rulebook: Rulebook) -> None:
    first, second = on(rulebook, "2026-03-02", BABY, "gp"), on(rulebook, "2026-03-03", BABY + BRUISE, "gp")
    assert "for social worker or paediatrician; national guidance" in told(Timeline([first, second]))
    assert "for social worker or paediatrician" not in told(two_days(rulebook, BABY, BABY + BRUISE))


def test_both_sides_of_a_conflict_are_told(rulebook: Rulebook) -> None:
    plan = "plan: child_protection\n" + ABUSE.replace("relation: father", "relation: father, involved_in_plan: false")
    assert "conflict (possible, as one side is not certain): " in told(two_days(rulebook, BABY, BABY + plan))


def test_what_was_done_and_what_to_look_at_have_lines_of_their_own(rulebook: Rulebook) -> None:
    done = "done: [{action: report-to-social-care, done_on: 2026-03-02}]\n"
    disputed = "evidence: {'injuries[cheek]': {basis: observed, disputed: {by: mother}}}\n"
    text = told(two_days(rulebook, BABY + BRUISE, BABY + BRUISE + done + disputed))

    assert "Done: Report it to children's social care" in text
    assert "To look at: seen by a practitioner; disputed by mother" in text
    more = BRUISE.replace("}]", "}, {id: leg, kind: bruise, noticed_on: 2026-03-05}]")
    again = told(two_days(rulebook, BABY + BRUISE + done, BABY + more + done))
    assert "To do again: Report it to children's social care: done before the newest reason for it" in again


def test_without_a_sentence_the_facts_are_told_and_the_rest_counted(rulebook: Rulebook) -> None:
    text = told(two_days(rulebook, BABY, BABY + BRUISE, None))
    assert "later - new: bruise on the cheek (kind: bruise, noticed on: 2 March 2026) New" in text

    many = "people: [" + ", ".join(f"{{id: p{number}}}" for number in range(10)) + "]\n"
    few, everything = two_days(rulebook, BABY, BABY + many, None), TimelineContext(everything=True)
    assert "- and more was recorded: 2 records" in told(few)
    assert "and more was recorded" not in told(few, everything)
    assert told(few, everything).count("- new: p") == 10


def test_everything_lists_what_stands(rulebook: Rulebook) -> None:
    timeline = two_days(rulebook, BABY, BABY + BRUISE)
    later = told(timeline, TimelineContext(everything=True)).partition("As before:")[2]
    assert "- Give safer-sleep advice to every carer, fathers too (should)" in later


def test_nothing_recommended_is_no_assurance() -> None:
    rulebook = Rulebook.load(["safe-sleep"])
    school_child = Case.from_yaml("child: {id: child, stage: born, born_on: 2015-01-19}\n")
    text = told(Timeline([rulebook.evaluate(school_child, as_of="2026-03-02")]))
    assert "nothing that follows from what is recorded so far; this is no assurance" in text


def test_strengths_what_is_coming_and_what_was_used_stand_at_the_end(rulebook: Rulebook) -> None:
    timeline = Timeline([on(rulebook, "2026-04-01", BABY + FACTOR)])
    text = told(timeline, TimelineContext(settings=(Setting("area", "wiltshire", "the command line"),)))

    assert "Strengths, which cancel nothing above - The mother comforts the baby (verified by midwife)" in text
    assert "When this changes by itself - on 14 April 2026" in text
    assert "What was used - area: wiltshire, from the command line" in text
    assert text.index("What was used") < text.index("Sources")


def test_a_new_area_and_a_new_role_are_told_with_the_day(rulebook: Rulebook) -> None:
    first = on(rulebook, "2026-03-02", BABY, "midwife")
    second = on(Rulebook.load(locality="stoke-on-trent"), "2026-03-16", BABY, "health_visitor")
    text = told(Timeline([first, second]))

    assert "16 March 2026, 2 weeks later; now in Stoke on Trent; now asked by: health visitor" in text
    assert "No longer ALWAYS" in text


# --- a family

FAMILY = """\
children:
  - child: {id: ada, label: the first twin, stage: born, born_on: 2026-01-19, movements: []}
  - child: {id: ben, label: the second twin, stage: born, born_on: 2026-01-19, movements: []}
"""


def family(rulebook: Rulebook, as_of: str, text: str) -> FamilyEvaluation:
    return rulebook.evaluate_family(Family.from_yaml(text), as_of=as_of)


def test_what_is_the_same_for_several_children_is_told_once(rulebook: Rulebook) -> None:
    first, second = family(rulebook, "2026-03-02", FAMILY), family(rulebook, "2026-03-03", FAMILY + ABUSE)
    text = told(Timeline([first, second], ["Twins.", "News of abuse."]))

    assert text.count("News of abuse.") == 1
    assert "Recommended for the first twin and the second twin" in text
    assert text.count("the first twin and the second twin: Decide whether to refer the child") == 1
    assert text.count("Decide whether to refer the child") == 1


def test_what_one_child_has_is_told_by_name(rulebook: Rulebook) -> None:
    bruise = FAMILY.replace(
        "  - child: {id: ben", "    injuries: [{id: leg, label: bruise on the leg, kind: bruise}]\n  - child: {id: ben"
    )
    first, second = family(rulebook, "2026-03-02", FAMILY), family(rulebook, "2026-03-03", bruise)
    later = told(Timeline([first, second])).partition("3 March 2026")[2]

    assert "MUST the first twin: Report it to children's social care" in later
    assert "the second twin: Report" not in later
    gone = told(Timeline([second, family(rulebook, "2026-03-04", FAMILY)])).partition("4 March 2026")[2]
    assert (
        "No longer MUST Report it to children's social care; Tell a suitable agency promptly, for the first twin"
        in gone
    )
