"""Results as JSON, and the schemas that they keep to."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from safeguard_rules.engine.writing import evaluation_json, evaluation_schema, families_json
from safeguard_rules.reports.as_json import (
    changes_json,
    changes_schema,
    coverage_json,
    coverage_schema,
    explanations_json,
    explanations_schema,
    issues_json,
)
from safeguard_rules.results import Changes, Conflict, EvaluationDocument, Explanation, Part
from safeguard_rules.source import Issue, Text
from safeguard_rules.testing.covering import cover
from tests.packs.accounted import covered
from tests.reports.made import (
    CHILD,
    FRONT_DOOR,
    action,
    assumed,
    demand,
    document,
    finding,
    question,
    within,
)
from tests.reports.test_changes_text import change

FULL = document(
    actions=(action("a:b", "Report it", demand("must", within=within(), assumed=(assumed(),)), contact=FRONT_DOOR),),
    questions=(question(),),
    conflicts=(Conflict(CHILD, "a:b", "a:b", True, "both", ()),),
    findings=(finding(), finding("pack:b", "undetermined"), finding("pack:c", "does_not_apply")),
)
EXPLANATIONS = (Explanation(finding(), Part("1", "always", "true", True, None, None, (), ()), (demand(),)),)
CHANGES = Changes("2026-03-02", "2026-03-05", (change(),), (), None)


def check(schema: dict[str, Any], written: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(written))


def test_what_is_written_keeps_to_its_schema() -> None:
    check(evaluation_schema(), evaluation_json(FULL))
    check(changes_schema(), changes_json(CHANGES))
    check(explanations_schema(), explanations_json(EXPLANATIONS))


def test_the_account_of_all_statements_keeps_to_its_schema(tmp_path: Path) -> None:
    written = coverage_json(covered(tmp_path, local=True))
    check(coverage_schema(), written)
    check(coverage_schema(), coverage_json(cover()))
    assert [each["source"] for each in json.loads(written)["sources"]] == ["advice", "law", "ours", "policy"]
    with pytest.raises(jsonschema.ValidationError):
        check(coverage_schema(), written.replace('"not yet"', '"perhaps"'))


def test_the_schema_refuses_what_is_no_evaluation() -> None:
    with pytest.raises(jsonschema.ValidationError):
        check(evaluation_schema(), "{}")


def test_the_fields_stand_in_the_order_of_the_result() -> None:
    names = [field.name for field in fields(EvaluationDocument)]
    assert [name for name in json.loads(evaluation_json(FULL)) if name in names] == names
    assert names != sorted(names)


def test_the_short_form_has_no_record_no_questions_and_nothing_that_is_ruled_out() -> None:
    short = json.loads(evaluation_json(FULL, "actions"))
    assert "record" not in short
    assert "questions" not in short
    assert [each["outcome"] for each in short["findings"]] == ["applies", "undetermined"]


def test_compact_and_indented_say_the_same() -> None:
    assert json.loads(evaluation_json(FULL, indent=False)) == json.loads(evaluation_json(FULL))
    assert "\n" not in evaluation_json(FULL, indent=False)


def test_a_family_has_its_actions_with_their_children_and_each_child() -> None:
    shared = ({"children": ("tom", "ann"), "action": FULL.actions[0]},)
    tree = json.loads(families_json(shared, {"tom": FULL, "ann": FULL}))
    assert tree["actions"][0]["children"] == ["tom", "ann"]
    assert tree["actions"][0]["action"]["do"] == "Report it"
    assert list(tree["children"]) == ["tom", "ann"]


def test_issues_are_sorted_and_have_their_places() -> None:
    text = Text("pack.yaml", "one\ntwo\n")
    issues = [Issue(text.place(4, 3), "second", "b"), Issue(text.place(0), "first", "a", "help", "warning")]
    assert [each["code"] for each in json.loads(issues_json([*issues, issues[0]]))] == ["first", "second"]
    assert json.loads(issues_json(issues))[1] == {
        "file": "pack.yaml",
        "line": 2,
        "column": 1,
        "width": 3,
        "severity": "error",
        "code": "second",
        "message": "b",
        "help": None,
    }
