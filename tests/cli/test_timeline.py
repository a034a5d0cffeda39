"""`timeline`: a story, or several dated files, told day by day."""

import json

from tests.cli.calling import CASE, FAMILY, LATER, Caller

STORY = """\
story: A bruise that was there at birth
locality: wiltshire
role: health_visitor
given:
  child: {id: baby, label: the baby, stage: born, born_on: 2026-01-19, movements: [], seriously_ill_or_hurt: false}
  injuries: [{id: cheek, label: bruise on the cheek, kind: bruise, noticed_on: 2026-03-02}]
days:
  - {as_of: 2026-03-02, news: A bruise on the cheek.}
  - as_of: 2026-03-05
    news: The mark was recorded at birth.
    learned: {injuries: [{id: cheek, recorded_as: birth_mark, matches_record: true}]}
"""


def days(text: str) -> list[str]:
    return [line for line in text.splitlines() if " 2026" in line and not line.startswith(" ")]


def test_a_story_is_told_day_by_day(call: Caller) -> None:
    answer = call("timeline", call.write("bruise.story.yaml", STORY))

    assert answer.code == 0, answer.err
    assert answer.out.startswith("A bruise that was there at birth\n")
    assert days(answer.out) == ["2 March 2026", "5 March 2026, 3 days later"]
    assert "  The mark was recorded at birth.\n" in answer.out
    assert "ruled out by what is recorded now" in answer.out
    assert "Sources\n" in answer.out


def test_files_are_put_in_the_order_of_their_dates_and_their_facts_told(call: Caller) -> None:
    before, after = call.write("b.yaml", CASE), call.write("a.yaml", LATER)
    answer = call("timeline", after, before)

    assert answer.code == 0, answer.err
    assert days(answer.out) == ["2 March 2026", "5 March 2026, 3 days later"]
    assert "  - bruise on the cheek (matches record, recorded as: birth mark)\n" in answer.out
    assert answer.out == call("timeline", before, after).out


def test_all_lists_what_stands_and_what_became_known(call: Caller) -> None:
    path = call.write("bruise.story.yaml", STORY)
    short, long = call("timeline", path).out, call("timeline", path, "--all").out

    assert "  - bruise on the cheek (matches record" not in short
    assert "  - bruise on the cheek (matches record" in long
    assert "Give safer-sleep advice to every carer, fathers too (should)\n" in long


def test_a_family_is_told_child_by_child(call: Caller) -> None:
    later = FAMILY.replace("as_of: 2026-03-02", "as_of: 2026-03-05").replace(
        "injuries: [{id: cheek, kind: bruise}]",
        "injuries: [{id: cheek, kind: bruise}, {id: leg, kind: burn_or_scald}]",
    )
    answer = call("timeline", call.write("a.yaml", FAMILY), call.write("b.yaml", later), "--role", "health_visitor")

    assert answer.code == 0, answer.err
    assert "About Tom and ann; in Wiltshire; asked by: health visitor" in answer.out
    assert "Recommended for Tom" in answer.out
    assert "asked by: health_visitor" not in answer.out
    assert "When this changes by itself for Tom" in answer.out


def test_options_win_over_the_files_and_are_told(call: Caller) -> None:
    answer = call("timeline", call.write("bruise.story.yaml", STORY), "--locality", "stoke-on-trent", "--role", "gp")

    assert "About the baby; in Stoke-on-Trent; asked by: GP" in answer.out
    assert "- area: stoke-on-trent, from the command line" in answer.out
    assert "01782" in answer.out


def test_json_holds_the_days(call: Caller) -> None:
    answer = call("timeline", call.write("bruise.story.yaml", STORY), "--format", "json")
    tree = json.loads(answer.out)

    assert tree["title"] == "A bruise that was there at birth"
    assert [day["as_of"] for day in tree["days"]] == ["2026-03-02", "2026-03-05"]
    assert tree["days"][1]["news"] == "The mark was recorded at birth."


def test_what_cannot_be_a_timeline_is_a_wrong_call(call: Caller) -> None:
    story, case = call.write("bruise.story.yaml", STORY), call.write("case.yaml", CASE)
    undated = call.write("undated.yaml", CASE.replace("as_of: 2026-03-02\n", ""))
    other = call.write("other.yaml", LATER.replace("id: baby", "id: other"))

    for files, said in (
        ([story, case], "so it stands alone"),
        ([case, undated], "has no `as_of`"),
        ([case, case], "the days of a timeline go forward"),
        ([case, other], "children have their ids"),
        (["nowhere.yaml"], "there is no file `nowhere.yaml`"),
    ):
        answer = call("timeline", *files)
        assert answer.code == 2, files
        assert said in answer.err


def test_a_wrong_story_is_drawn_at_its_lines(call: Caller) -> None:
    answer = call("timeline", call.write("bruise.story.yaml", STORY.replace("kind: bruise", "kind: bruse")))
    assert answer.code == 3
    assert "did you mean `bruise`?" in answer.err


def test_a_story_is_no_case(call: Caller) -> None:
    answer = call("evaluate", call.write("bruise.story.yaml", STORY))
    assert answer.code == 3
    assert "`safeguard-rules timeline` reads it" in answer.err


def test_check_reads_stories_and_what_they_expect(call: Caller) -> None:
    good = call("check", call.write("good.story.yaml", STORY))
    assert (good.code, good.out) == (0, "checked 1 story: no errors\n")
    bad = call("check", call.write("bad.story.yaml", STORY + "    expect: {withdrawn: [report-to-socal-care]}\n"))
    assert bad.code == 1
    assert "did you mean `report-to-social-care`?" in bad.out
    wrong = json.loads(call("check", call.write("x.story.yaml", "story: x\n"), "--format", "json").out)
    assert wrong["checked"]["stories"] == 1
    assert wrong["errors"] == 2
