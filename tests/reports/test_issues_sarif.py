"""SARIF: valid by the official schema, with rules, places in characters, addresses, and what authors accept."""

import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from safeguard_rules.packs.linting.accepting import Accepted
from safeguard_rules.packs.linting.table import LINTS
from safeguard_rules.reports.issues_sarif import issues_sarif
from safeguard_rules.source import Issue, Place, Text

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "sarif-2.1.0.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
PACK = Text("packs/größe 100%/pack.yaml", "pack: x\n  do: 🎈 ring\n")


def issue(line: int = 2, column: int = 7, width: int = 6, **more: Any) -> Issue:
    given = {"code": "too-long", "message": "`do` is long", "help": None, "severity": "warning", **more}
    return Issue(Place(given.pop("text", PACK), line, column, width), **given)


def run(*issues: Issue, accepted: tuple[Accepted, ...] = ()) -> dict[str, Any]:
    """The one run of a log, after the log was found valid."""
    log = json.loads(issues_sarif(issues, "0.1.0", accepted))
    VALIDATOR.validate(log)
    assert log["version"] == "2.1.0"
    (only,) = log["runs"]
    return dict(only)


def test_the_schema_refuses_what_is_wrong() -> None:
    VALIDATOR.check_schema(SCHEMA)
    log = json.loads(issues_sarif([issue()], "0.1.0"))
    log["runs"][0]["results"][0]["level"] = "grave"
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(log)


def test_nothing_found_is_a_run_without_results() -> None:
    found = run()
    assert found["results"] == []
    assert found["tool"]["driver"]["name"] == "safeguard-rules"
    assert found["tool"]["driver"]["version"] == "0.1.0"


def test_every_lint_is_a_rule_with_its_help_and_level() -> None:
    rules = {rule["id"]: rule for rule in run()["tool"]["driver"]["rules"]}
    assert list(rules) == sorted(LINTS)
    for code, lint in LINTS.items():
        assert rules[code]["shortDescription"]["text"] == lint.about
        assert lint.why in rules[code]["help"]["text"]
        assert "docs/lints.md" in rules[code]["help"]["markdown"]
        assert rules[code]["defaultConfiguration"]["level"] == lint.severity


def test_a_result_points_at_its_rule_also_of_an_error() -> None:
    found = run(issue(), issue(code="unknown-key", severity="error"), issue(code="proposed-time", severity="note"))
    rules = [rule["id"] for rule in found["tool"]["driver"]["rules"]]
    assert rules == sorted({*LINTS, "unknown-key"})
    assert [rules[each["ruleIndex"]] for each in found["results"]] == [each["ruleId"] for each in found["results"]]
    assert sorted((each["ruleId"], each["level"]) for each in found["results"]) == [
        ("proposed-time", "note"),
        ("too-long", "warning"),
        ("unknown-key", "error"),
    ]


def test_columns_count_characters_and_names_are_addresses() -> None:
    found = run(issue())
    place = found["results"][0]["locations"][0]["physicalLocation"]
    assert found["columnKind"] == "unicodeCodePoints"
    assert place["region"] == {"startLine": 2, "startColumn": 7, "endColumn": 13}
    assert place["artifactLocation"] == {"uri": "packs/gr%C3%B6%C3%9Fe%20100%25/pack.yaml", "uriBaseId": "%SRCROOT%"}
    assert "%SRCROOT%" in found["originalUriBaseIds"]


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("/srv/my packs/pack.yaml", "file:///srv/my%20packs/pack.yaml"),
        ("C:/packs/pack.yaml", "file:///C:/packs/pack.yaml"),
    ],
)
def test_a_file_elsewhere_has_an_address_of_its_own(name: str, uri: str) -> None:
    found = run(issue(text=Text(name, "pack: x\n")))
    assert found["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


def test_an_issue_about_a_whole_file_has_no_region() -> None:
    found = run(Issue(PACK.whole(), "empty-file", "the file is empty"))
    assert "region" not in found["results"][0]["locations"][0]["physicalLocation"]


def test_help_is_told_in_the_message() -> None:
    found = run(issue(help="say the rest elsewhere"), issue(line=1))
    assert [each["message"]["text"] for each in found["results"]] == [
        "`do` is long",
        "`do` is long (say the rest elsewhere)",
    ]


def test_what_is_accepted_is_suppressed_with_its_reason() -> None:
    found = run(accepted=(Accepted(issue(), "It is what everybody calls it."),))
    (result,) = found["results"]
    assert result["suppressions"] == [{"kind": "inSource", "justification": "It is what everybody calls it."}]
    assert "suppressions" not in run(issue())["results"][0]
