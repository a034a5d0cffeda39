"""Each action in full: every demand with its own force and time, whom to contact, and whose word it is."""

from safeguard_rules.reports.detailing import already_done, each_action
from safeguard_rules.results import Conflict
from tests.reports.made import CHILD, FRONT_DOOR, action, assumed, citation, demand, record, text, within


def test_demands_keep_their_own_obligation_time_force_and_marks() -> None:
    law = demand("must", rule="a:law", title="The law", within=within("2 days"), force="statute")
    local = demand(
        "should", rule="a:local", title="The page", within=within("at once", "proposed"), citations=(citation("p/two"),)
    )
    printed = text(each_action, actions=(action("a:b", "Report it", law, local),))
    assert "      must: within 2 days of learning of it; statute – “The law” [1a]\n" in printed
    assert "      should: at once (proposed); national guidance – “The page” [2a]\n" in printed
    assert "      from Page guidance:page [1a]; Page p [2a]\n" in printed


def test_an_action_shows_its_draft_details_conflict_order_and_carers_word() -> None:
    first = action("a:first", "Get care")
    second = action(
        "a:second",
        "Report it",
        demand("should", certainty="unless", assumed=(assumed(),)),
        demand("should_not", rule="a:other"),
        draft=True,
        details="by phone, then in writing",
        after=("a:first",),
        rests_on_carer=True,
    )
    clash = Conflict(CHILD, "a:second", "a:second", False, "“Report it” is both wanted and not wanted", ())
    printed = text(each_action, actions=(first, second), conflicts=(clash,))
    assert "  - Report it (draft)\n      By phone, then in writing.\n" in printed
    assert "conflict (possible, as one side is not certain): “Report it” is both wanted" in printed
    assert "unless already recorded" in printed
    assert "only after: “Get care”" in printed
    assert "rests only on what a parent or carer said" in printed


def test_a_contact_shows_hours_and_that_nobody_checked_it_once() -> None:
    one = action("a:one", "Ring", contact=FRONT_DOOR, contact_key="front_door")
    two = action("a:two", "Write", contact=FRONT_DOOR, contact_key="front_door")
    printed = text(each_action, actions=(one, two))
    assert (
        "contact: Front Door 0300 456 0108; weekdays 09:00 to 17:00; out of hours 0300 456 0100; "
        "nobody has checked these\n        details\n"
    ) in printed or "nobody has checked these details" in " ".join(printed.split())
    assert "contact: Front Door, as above" in printed


def test_without_an_area_there_is_no_number_and_it_says_why() -> None:
    printed = text(each_action, actions=(action(contact_key="front_door"),))
    assert "contact: your local front door; no area was given, so there is no number here" in printed


def test_what_cannot_be_counted_yet_says_so() -> None:
    open_ = within("2 days", counted_from="referrals[r].sent_on")
    printed = text(each_action, actions=(action("a:b", "Do it", demand(within=open_)),))
    assert "(counted from referrals[r].sent_on, no due date can be told yet)" in printed


def test_a_demand_that_a_locality_adds_names_it() -> None:
    printed = text(each_action, actions=(action("a:b", "Do it", demand(carried_by="stoke-on-trent")),))
    assert "asked for by Stoke on Trent" in printed


def test_others_have_a_part_of_their_own() -> None:
    theirs = action("a:theirs", "Weigh it", demand(for_you=False, addressed=("gp", "social_worker")))
    printed = text(each_action, actions=(theirs, action("a:mine", "Tell")), record=record(role="midwife"))
    mine, others = printed.split("Each action for others, and who says so")
    assert "Tell" in mine
    assert "for GP or social worker" in others


def test_what_is_done_is_listed_with_its_day() -> None:
    done = action("a:b", "Tell the family", standing="done", done_on="2026-03-01")
    assert text(already_done, actions=(done,)) == "\nAlready done\n  - Tell the family, 1 March 2026\n"
    assert text(already_done) == ""
    assert text(each_action, actions=(done,)) == ""
