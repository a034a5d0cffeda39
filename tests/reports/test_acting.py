"""What to do now: at most seven lines, negative ones safe to read, conflicts beside the instruction."""

from typing import Any

import pytest

from safeguard_rules.reports.acting import MOST_LINES, what_to_do_now
from safeguard_rules.results import Conflict, RecommendedAction
from tests.reports.made import (
    CHILD,
    FATHER,
    FRONT_DOOR,
    PARTNER,
    action,
    assumed,
    citation,
    demand,
    finding,
    question,
    record,
    text,
    within,
)


def lines(*actions: RecommendedAction, **given: Any) -> list[str]:
    printed = text(what_to_do_now, actions=actions, **given).splitlines()
    assert printed[:2] == ["", "What to do now"]
    return printed[2:]


def test_a_line_has_obligation_instruction_way_time_contact_certainty_force_and_marks() -> None:
    head = demand(
        "must",
        how="by phone",
        within=within("at once", "proposed"),
        certainty="unless",
        assumed=(assumed(),),
        force="local policy",
        citations=(citation(force="local policy", area="wiltshire"),),
    )
    one = action("a:report", "Report it to children's social care", head, contact=FRONT_DOOR, contact_key="front_door")
    assert lines(one, record=record(locality="wiltshire")) == [
        "  MUST      Report it to children's social care by phone, at once (proposed); Front Door 0300 456 0108; "
        "unless already recorded; local policy [1a]"
    ]


def test_another_areas_policy_is_not_shown_as_the_areas_own() -> None:
    head = demand(force="local policy", citations=(citation(force="local policy", area="bedford"),))
    assert lines(action("a:b", "Do it", head), record=record(locality="wiltshire"))[0].endswith(
        "local policy elsewhere [1a]"
    )


def test_without_an_area_no_number_is_printed() -> None:
    assert "; your local front door; " in lines(action(contact_key="front_door"))[0]


def test_what_is_not_to_be_done_reads_do_not_whatever_column_one_reads() -> None:
    assert lines(action("a:b", "Pass the details on", demand("must_not", within=within("at once"))))[0].startswith(
        "  MUST      Do not pass the details on; "
    )


def test_a_precaution_says_so() -> None:
    assert "; as a precaution; " in lines(action("a:b", "Do it", demand(certainty="as_precaution")))[0]


def test_what_was_done_before_the_newest_reason_says_so() -> None:
    again = action(standing="done_before_newest_reason", done_on="2026-03-01")
    assert lines(again)[0].endswith("(done on 1 March 2026, before the newest reason for it)")


def test_an_overdue_time_says_so() -> None:
    late = within("2 days", counted_from="referrals[r].sent_on", due="2026-03-04", overdue=True)
    assert "within 2 days, that is by 4 March 2026: overdue" in lines(action("a:b", "Do it", demand(within=late)))[0]


def test_done_actions_are_not_to_do() -> None:
    assert not any("Report it" in line for line in lines(action(standing="done", done_on="2026-03-01")))


def test_one_action_about_two_people_is_one_line() -> None:
    assert len(lines(action("a:b", "Assess", about=PARTNER), action("a:b", "Assess", about=FATHER))) == 1


@pytest.mark.parametrize("number", [1, 5, 7, 8, 20, 60])
@pytest.mark.parametrize("obligation", ["must", "should", "consider", "should_not"])
@pytest.mark.parametrize("role", [None, "health_visitor"])
def test_there_are_never_more_than_seven_lines(number: int, obligation: Any, role: str | None) -> None:
    mine = [
        action(f"a:n{each}", f"Do what is told in step {each} with all the care that it needs", demand(obligation))
        for each in range(number)
    ]
    others = action("a:theirs", "Do theirs", demand("must", for_you=False, addressed=("police",)))
    always = action("a:always", "Look out", repeats=True)
    found = lines(*mine, others, always, record=record(role=role))
    assert len(found) <= MOST_LINES
    told = sum(f"step {each} " in line for each in range(number) for line in found)
    counted = [line for line in found if line.strip().startswith("and more")]
    assert told == number or counted


def test_what_finds_no_room_is_counted_by_its_obligation() -> None:
    long = "with care, " * 30
    many = [action(f"a:n{each}", f"Do {long}{each}", demand("should")) for each in range(9)]
    found = lines(action("a:first", "Do this first", demand("must")), *many)
    assert len(found) == MOST_LINES
    assert found[0].startswith("  MUST      Do this first")
    assert found[-1] == "            and more, each told below: 4 should"


def test_nothing_negative_no_must_and_no_side_of_a_conflict_is_counted_or_told_in_short() -> None:
    clash = Conflict(CHILD, "a:hold", "a:tell", True, "“Hold” and “Tell” must not both be done", ())
    many = [action(f"a:n{each}", f"Do {'with care, ' * 25}{each}") for each in range(9)]
    kept = [
        action("a:first", "Report it", demand("must")),
        action("a:hold", "Hold", demand("consider")),
        action("a:tell", "Tell", demand("consider")),
        action("a:not", "Wait", demand("should_not")),
        action("a:nor", "Ask", demand("must_not")),
    ]
    found = lines(kept[0], kept[4], *many, kept[3], *kept[1:3], conflicts=(clash,))
    assert len(found) == MOST_LINES
    assert [line[12:].partition(";")[0] for line in found if "; national guidance" in line][-3:] == [
        "Do not wait",
        "Hold",
        "Tell",
    ]
    assert found[0].startswith("  MUST      Report it; ")
    assert found[1].startswith("  MUST      Do not ask; ")
    assert found[-1].strip().startswith("and more, each told below: ")
    assert "not" not in found[-1]
    assert "must" not in found[-1]
    assert "consider" not in found[-1]


def test_where_more_is_always_told_than_there_are_lines_it_shares_them_and_leaves_one() -> None:
    never = [action(f"a:not{each}", f"Touch {each}", demand("should_not")) for each in range(9)]
    wanted = [action(f"a:n{each}", f"Do {'with care, ' * 25}{each}") for each in range(4)]
    found = lines(action("a:first", "Report it", demand("must")), *wanted, *never)
    assert len(found) == MOST_LINES
    assert all(f"Do not touch {each}; national guidance" in "\n".join(found) for each in range(9))
    assert found[1].startswith("  SHOULD    Do with care")
    assert found[-1] == "            and more, each told below: 3 should"


def test_what_is_folded_keeps_its_order() -> None:
    times = ["at once", "promptly", "before the assessment closes"]
    many = [action(f"a:n{each}", f"Do {each}", demand(within=within(times[each // 4]))) for each in range(12)]
    printed = "".join(lines(*many))
    places = [printed.index(f"Do {each}, ") for each in range(12)]
    assert places == sorted(places)


def test_of_what_is_for_others_only_what_presses_less_is_counted() -> None:
    for_them = {"for_you": False, "addressed": ("police",)}
    long = [action(f"a:n{each}", f"Do {'with care, ' * 20}{each}", demand(**for_them)) for each in range(4)]
    must = action("a:must", "Weigh it", demand("must", **for_them))
    never = action("a:not", "Tell them", demand("should_not", **for_them))
    found = lines(action("a:mine", "Do mine"), must, *long, never, record=record(role="health_visitor"))
    assert found[1] == (
        "  OTHERS    For police: Weigh it [1a] (must). Do not tell them [1a] (should not). and 4 should, told below"
    )


def test_short_records_are_folded_before_what_protects() -> None:
    protect = [action(f"a:p{each}", f"Protect {each}") for each in range(5)]
    notes = [action(f"a:r{each}", f"Record {each}", kind="record") for each in range(3)]
    found = lines(*protect, *notes)
    assert len(found) == MOST_LINES
    assert sum(line.count("Protect") for line in found[:5]) == 5
    assert found[-1].count("Record") == 2


def test_a_number_to_ring_is_never_folded_away() -> None:
    ring = action("a:ring", "Ring them", demand("must"), contact=FRONT_DOOR, contact_key="front_door")
    many = [action(f"a:n{each}", f"Do {each}", demand("must")) for each in range(9)]
    found = lines(*many[:4], ring, *many[4:])
    assert [line for line in found if "0300 456 0108" in line and line.count("Do ") == 0]


def test_actions_for_others_stand_on_one_line_after_yours() -> None:
    theirs = action("a:theirs", "Weigh it", demand("must", for_you=False, addressed=("social_worker",)))
    found = lines(theirs, action("a:mine", "Tell them"), record=record(role="health_visitor"))
    assert found[0].startswith("  SHOULD    Tell them")
    assert found[1] == "  OTHERS    For social worker: Weigh it [1a] (must)"


def test_without_a_role_nobody_is_the_other() -> None:
    theirs = action("a:theirs", "Weigh it", demand("must", for_you=False, addressed=("social_worker",)))
    assert lines(theirs)[0].startswith("  MUST      Weigh it")


def test_standing_advice_is_one_line_at_the_end() -> None:
    found = lines(
        action("a:ask", "Ask alone", repeats=True),
        action("a:look", "Look at the child", demand("must"), repeats=True),
        action("a:do", "Do it"),
    )
    assert len(found) == 2
    assert found[1].startswith("  ALWAYS    At every contact: Ask alone (should)")
    assert "Look at the child (must)" in found[1]


def test_standing_advice_for_others_says_for_whom() -> None:
    ask = action("a:ask", "Ask alone", demand(for_you=False, addressed=("health",)), repeats=True)
    assert "Ask alone (should, for health)" in lines(ask, record=record(role="police"))[-1]
    assert "Ask alone (should)" in lines(ask)[-1]


# --- conflicts


def test_the_warning_stands_before_an_instruction_that_is_also_forbidden() -> None:
    both = action("a:tell", "Tell the family", demand("must"), demand("should_not", certainty="as_precaution"))
    found = lines(both, conflicts=(Conflict(CHILD, "a:tell", "a:tell", False, "both", ()),))
    assert found[0].index("Conflict, for it is also said not to (should not, as a precaution;") < found[0].index("Tell")


def test_both_sides_of_a_negative_headline_are_told() -> None:
    both = action("a:tell", "Tell the family", demand("must_not"), demand("should", within=within("at once")))
    found = lines(both, conflicts=(Conflict(CHILD, "a:tell", "a:tell", True, "both", ()),))
    assert found[0].startswith("  MUST      Do not tell the family; ")
    assert "Conflict, for it is also said to (should, at once; national guidance)" in found[0]


def test_two_actions_that_must_not_meet_are_warned_of_at_the_instruction() -> None:
    clash = Conflict(CHILD, "a:hold", "a:tell", True, "“Hold back” and “Tell” must not both be done", ())
    found = lines(action("a:hold", "Hold back"), action("a:tell", "Tell"), conflicts=(clash,))
    assert found[1].endswith("Conflict: “Hold back” and “Tell” must not both be done")


# --- nothing to do


def test_nothing_to_do_is_no_assurance_and_says_what_is_missing() -> None:
    printed = " ".join(
        lines(
            findings=(finding(outcome="undetermined", open=("injuries",)), finding("a:other", "does_not_apply")),
            questions=(question(),),
        )
    )
    assert "This is no assurance" in printed
    assert "1 rule cannot be decided yet: 1 answer is missing" in printed


def test_nothing_to_do_with_nothing_open_still_is_no_assurance() -> None:
    printed = " ".join(lines(findings=(finding(outcome="does_not_apply"),)))
    assert "This is no assurance" in printed
    assert "what nobody has recorded" in printed


def test_standing_advice_alone_is_no_assurance_either() -> None:
    assert any("This is no assurance" in line for line in lines(action("a:ask", "Ask alone", repeats=True)))
