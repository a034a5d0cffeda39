"""`explain`: one rule, part by part."""

import json

from tests.cli.calling import CASE, FAMILY, Caller


def test_the_condition_is_told_part_by_part(call: Caller) -> None:
    answer = call("explain", call.write("case.yaml", CASE), "report-injury", "--subject", "cheek")
    assert answer.code == 0
    assert "The condition, part by part" in answer.out
    assert "  * yes " in answer.out
    assert "What follows\n" in answer.out
    assert "must: Report it to children's social care by phone" in answer.out


def test_json_has_one_explanation_for_each_subject(call: Caller) -> None:
    answer = call("explain", call.write("case.yaml", CASE), "non-mobile-injury:report-injury", "--format", "json")
    assert [each["finding"]["subject"]["id"] for each in json.loads(answer.out)] == ["cheek"]


def test_a_rule_or_subject_that_is_not_there_is_a_wrong_call(call: Caller) -> None:
    path = call.write("case.yaml", CASE)
    assert "did you mean `report-injury`?" in call("explain", path, "report-injry").err
    assert call("explain", path, "report-injury", "--subject", "chin").code == 2


def test_in_a_family_each_child_is_explained_or_one(call: Caller) -> None:
    path = call.write("family.yaml", FAMILY)
    both = call("explain", path, "report-injury").out
    assert both.startswith("tom\n")
    assert "\nann\n" in both
    assert "\nann\n" not in call("explain", path, "report-injury", "--child", "tom").out
    assert "it has `tom`, `ann`" in call("explain", path, "report-injury", "--child", "eve").err
    tree = json.loads(call("explain", path, "report-injury", "--format", "json").out)
    assert sorted(tree) == ["ann", "tom"]
