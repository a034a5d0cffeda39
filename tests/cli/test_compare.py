"""`compare`: two states of a case, each for its own day."""

import json

from tests.cli.calling import CASE, FAMILY, LATER, Caller


def test_what_changed_is_told_with_its_cause_and_what_was_used(call: Caller) -> None:
    answer = call("compare", call.write("before.yaml", CASE), call.write("after.yaml", LATER))
    assert answer.code == 0
    assert answer.out.startswith("What changed from 2 March 2026 to 5 March 2026\n")
    assert "Report it to children's social care" in answer.out
    assert "ruled out by what is recorded now" in answer.out
    assert "by the new facts" in answer.out
    assert "before: date: 2 March 2026, from the case file; area: wiltshire, from the case file" in answer.out


def test_json_holds_the_changes(call: Caller) -> None:
    answer = call("compare", call.write("before.yaml", CASE), call.write("after.yaml", LATER), "--format", "json")
    tree = json.loads(answer.out)
    assert (tree["before"], tree["after"]) == ("2026-03-02", "2026-03-05")
    assert tree["changes"]


def test_nothing_changed_is_no_assurance(call: Caller) -> None:
    path = call.write("case.yaml", CASE)
    assert "This is no assurance." in call("compare", path, path).out


def test_another_child_is_a_wrong_call(call: Caller) -> None:
    other = call.write("other.yaml", CASE.replace("id: baby", "id: other"))
    answer = call("compare", call.write("case.yaml", CASE), other)
    assert answer.code == 2
    assert "different children" in answer.err


def test_two_areas_are_compared_each_with_its_own_rulebook(call: Caller) -> None:
    there = call.write("there.yaml", CASE.replace("locality: wiltshire", "locality: stoke-on-trent"))
    answer = call("compare", call.write("here.yaml", CASE), there, "--all")
    assert answer.code == 0
    assert "the locality, which changed from wiltshire to stoke-on-trent" in " ".join(answer.out.split())


def test_children_of_families_are_matched_by_id(call: Caller) -> None:
    later = FAMILY.replace("as_of: 2026-03-02", "as_of: 2026-03-05").replace("id: ann", "id: eve")
    before, after = call.write("before.yaml", FAMILY), call.write("after.yaml", later)
    printed = call("compare", before, after).out
    assert printed.startswith("tom\n")
    assert "ann is in the first file only" in printed
    assert "eve is in the second file only" in printed
    assert list(json.loads(call("compare", before, after, "--format", "json").out)) == ["tom"]
    stranger = call.write("stranger.yaml", later.replace("id: tom", "id: jo"))
    assert call("compare", before, stranger).code == 2
