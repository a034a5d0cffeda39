"""What an author sees while typing: the schemas at work in yaml-language-server, with the settings that are printed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from safeguard_rules.vocabulary.facts import Vocabulary
from tests_editor.server import Server

ROOT = Path(__file__).parents[1]
FACTS = Vocabulary.standard().facts

RULES = """\
language: 1
rules:
  my-rule:
    title: A rule
    for_each: injury
    when:
      WHEN
    then:
      - {should: emergency-care}
    because: It is so.
    cites: [southampton-bruising/emergency-first]
"""


def rules(when: str) -> str:
    return RULES.replace("WHEN", when)


@pytest.fixture(scope="module")
def editor() -> Iterator[Server]:
    """The server in a folder with the schemas of all bundled packs, and the settings that the command printed."""
    # Not in the folder for temporary files, which is under `.venv`: no pattern looks into folders with a dot.
    folder = ROOT / "build" / "editor"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    program = Path(sys.executable).with_name("safeguard-rules")
    written = subprocess.run(
        [program, "schema", "--output", ".schemas"], cwd=folder, capture_output=True, check=True, encoding="utf-8"
    )
    settings = json.loads(written.stdout.partition("yaml-language-server:")[2])
    shared = {"schemaStore": {"enable": False}, "validate": True, "hover": True, "completion": True}
    with Server(folder, {"yaml": {**shared, "schemas": settings["yaml.schemas"]}}) as server:
        yield server


# --- completion


def test_facts_and_operators_complete_inside_when(editor: Server) -> None:
    offered = editor.complete("a.rules.yaml", rules("‸"))
    assert {"injury.kind", "child.age", "case.plan", "pregnancy.concealed", "all", "some"} <= offered.keys()
    assert "person.sex" not in offered
    assert FACTS["injury.kind"].question in offered["injury.kind"].says


def test_facts_complete_after_a_few_letters_in_braces_and_in_lists(editor: Server) -> None:
    for when in ("inj‸", "{inj‸}", "all:\n        - inj‸", "not:\n        inj‸"):
        assert "injury.noticed_on" in editor.complete("a.rules.yaml", rules(when)), when


def test_the_facts_of_the_record_and_of_the_other_one_complete_inside_where(editor: Server) -> None:
    over = "some:\n        of: {}\n        where:\n          ‸"
    offered = editor.complete("a.rules.yaml", rules(over.replace("{}", "person")))
    assert {"person.sex", "injury.kind", "child.age"} <= offered.keys()
    assert "some" not in offered
    assert "other.kind" in editor.complete("a.rules.yaml", rules(over.replace("{}", "injury")))


def test_definitions_complete_with_what_they_read(editor: Server) -> None:
    text = rules("X").replace("when:\n      X", "when: ‸")
    offered = editor.complete("a.rules.yaml", text)
    assert {"always", "reportable_injury"} <= offered.keys()
    assert offered["reportable_injury"].says.startswith("The injury ")


def test_operators_complete_under_a_fact_and_only_those_of_its_kind(editor: Server) -> None:
    for fact in ("injury.kind", "child.age", "child.movements", "injury.noticed_on"):
        offered = editor.complete("a.rules.yaml", rules(f"{fact}:\n        ‸"))
        expected = {
            "injury.kind": {"is", "is_not", "none_of"},
            "child.age": {"at_least", "at_most", "more_than", "less_than", "between"},
            "child.movements": {"is", "is_not", "none_of", "includes", "includes_any", "includes_all", "only"},
            "injury.noticed_on": {"before", "after", "within_last", "more_than_ago", "within_next"},
        }[fact]
        assert expected <= offered.keys() <= expected | {"true", "false"}, fact


def test_words_complete_alone_in_a_list_and_after_an_operator(editor: Server) -> None:
    words = set(FACTS["injury.kind"].words)
    for when in ("injury.kind: ‸", "injury.kind: [bruise, ‸]", "injury.kind: {is_not: ‸}"):
        assert words <= editor.complete("a.rules.yaml", rules(when)).keys(), when


def test_parameters_complete_by_what_they_hold(editor: Server) -> None:
    offered = editor.complete("a.rules.yaml", rules("child.age:\n        less_than: ‸"))
    lengths = {label for label, item in offered.items() if item.says.endswith(("weeks", "months", "years"))}
    assert len(lengths) > 3
    assert all(not item.says.isdigit() for item in offered.values())


def test_actions_complete_under_an_obligation_with_what_to_do(editor: Server) -> None:
    for obligation in ("must", "should", "consider", "must_not", "should_not"):
        text = rules("child.disabled: true").replace("{should: emergency-care}", f"{obligation}: ‸")
        offered = editor.complete("a.rules.yaml", text)
        assert offered["emergency-care"].says.startswith("Get emergency care now"), obligation


def test_statements_complete_in_cites_with_what_they_say_and_their_source(editor: Server) -> None:
    first = "southampton-bruising/emergency-first"
    for cursor in ("[‸]", "[pack-proposals/at-once, ‸]", "\n      - ‸", "\n      - southampton-‸"):
        offered = editor.complete("a.rules.yaml", rules("child.disabled: true").replace(f"[{first}]", cursor))
        assert "Safeguarding partnership for Southampton" in offered[first].says, cursor
        assert offered[first].inserts == first


def test_the_keys_of_packs_localities_sources_and_cases_complete(editor: Server) -> None:
    for name, text, expected in (
        ("pack.yaml", "language: 1\n‸", {"pack", "uses", "rules", "definitions"}),
        ("sources/x.yaml", "language: 1\n‸", {"source", "force", "statements"}),
        ("localities/here.yaml", "language: 1\n‸", {"contacts", "carries", "widens"}),
        ("x.cases.yaml", "language: 1\ncases:\n  - title: x\n    ‸", {"given", "expect", "as_of"}),
    ):
        assert expected <= editor.complete(name, text).keys(), name


def test_words_of_sources_complete(editor: Server) -> None:
    offered = editor.complete("sources/x.yaml", "language: 1\nforce: ‸")
    assert {"statutory guidance", "proposal"} <= offered.keys()


def test_definitions_and_variants_complete_in_a_locality(editor: Server) -> None:
    assert "reportable_injury" in editor.complete("localities/x.yaml", "language: 1\nwidens:\n  ‸")
    text = "language: 1\nwidens:\n  reportable_injury:\n    or_if:\n      ‸"
    offered = editor.complete("localities/x.yaml", text)
    assert "injury.kind" in offered
    assert "person.sex" not in offered


def test_the_fields_of_a_case_complete_with_their_questions(editor: Server) -> None:
    offered = editor.complete("x.case.yaml", "child:\n  id: baby\n  ‸")
    assert {"stage", "born_on", "movements"} <= offered.keys()
    assert FACTS["child.stage"].question in offered["stage"].says
    assert {"injuries", "people", "as_of"} <= editor.complete("x.case.yaml", "child: {id: baby}\n‸").keys()
    assert {"unborn", "born"} <= editor.complete("x.case.yaml", "child:\n  id: baby\n  stage: ‸").keys()
    assert "bruise" in editor.complete("x.case.yaml", "injuries:\n  - id: cheek\n    kind: ‸")
    given = "language: 1\ncases:\n  - title: x\n    given:\n      injuries:\n        - id: cheek\n          ‸"
    assert "noticed_on" in editor.complete("x.cases.yaml", given)


def test_rules_and_paths_complete_in_what_is_expected(editor: Server) -> None:
    expect = "language: 1\ncases:\n  - title: x\n    expect:\n      "
    assert "report-injury" in editor.complete("x.cases.yaml", f"{expect}findings:\n        ‸")
    assert "applies" in editor.complete("x.cases.yaml", f"{expect}findings:\n        report-injury: ‸")
    assert "child.stage" in editor.complete("x.cases.yaml", f"{expect}questions: [‸]")


def test_a_file_may_name_its_schema_itself(editor: Server) -> None:
    at = (editor.folder / ".schemas" / "case.schema.json").as_uri()
    text = f"# yaml-language-server: $schema={at}\nchild:\n  id: baby\n  ‸"
    assert "born_on" in editor.complete("some-child.yaml", text)


# --- hover


def test_the_hover_of_a_fact_says_what_it_means_and_how_it_is_asked_for(editor: Server) -> None:
    for when in ("injury.ki‸nd: bruise", "{injury.ki‸nd: [bruise, bite]}", "injury.ki‸nd: {is_not: bruise}"):
        says = editor.hover("a.rules.yaml", rules(when))
        assert FACTS["injury.kind"].description in says, when
        assert FACTS["injury.kind"].question in says, when


def test_the_hover_of_an_operator_is_its_english(editor: Server) -> None:
    assert "The child's age: under …." in editor.hover("a.rules.yaml", rules("child.age: {less‸_than: first_weeks}"))


def test_the_hover_of_a_name_says_what_it_stands_for_and_lists_no_others(editor: Server) -> None:
    for text, expected in (
        (rules("reportable‸_injury"), "The injury is an injury to a child who does not move about"),
        (rules("always").replace("emergency-care", "emergency‸-care"), "Get emergency care now"),
        (rules("always").replace("emergency-first", "emergency‸-first"), "gets emergency care before anything else"),
    ):
        says = editor.hover("a.rules.yaml", text)
        assert expected in says
        assert len(says) < 800


def test_the_hover_of_a_key_says_what_it_is_for(editor: Server) -> None:
    assert "One plain sentence for a practitioner" in editor.hover("a.rules.yaml", rules("x").replace("beca", "be‸ca"))
    assert FACTS["child.born_on"].question in editor.hover("x.case.yaml", "child: {id: baby, born‸_on: 2026-01}")


# --- diagnostics


@pytest.mark.parametrize(
    ("when", "at", "says"),
    [
        ("injury.knid: bruise", "injury.knid", "expected the name of a definition, or facts and operators"),
        ("{all: [always, {injury.knid: bruise}]}", "injury.knid", "expected the name of a definition"),
        ("person.sex: male", "person.sex", "expected the name of a definition"),
        ("injury.kind: bruse", "bruse", 'Valid values: "bruise"'),
        ("child.age: {includes: sits}", "includes", "child.age takes at_least, at_most, more_than, less_than, between"),
        ("child.age: 3 months", "3 months", "child.age takes at_least"),
        ("reportabel_injury", "reportabel_injury", "there was no definition of this name"),
    ],
)
def test_a_slip_in_a_condition_is_underlined_where_it_is(editor: Server, when: str, at: str, says: str) -> None:
    (told,) = editor.diagnose("a.rules.yaml", rules(when))
    assert told.at == at
    assert says in told.says


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("emergency-care", "emergency-car", "there was no action of this name when this schema was written"),
        ("bruising/emergency-first", "bruising/emergency-frst", "there was no statement to cite of this name"),
    ],
)
def test_an_unknown_name_is_underlined_and_gets_one_short_complaint(
    editor: Server, right: str, wrong: str, says: str
) -> None:
    (told,) = editor.diagnose("a.rules.yaml", rules("always").replace(right, wrong))
    assert told.at.endswith(wrong)
    assert told.says.startswith(says)


@pytest.mark.parametrize(
    "name",
    [
        "guidance/pack.yaml",
        "non_mobile_injury/report.rules.yaml",
        "guidance/sources/southampton-bruising.yaml",
        "localities/wiltshire.yaml",
        "localities/wiltshire.cases.yaml",
        "non_mobile_injury/report.cases.yaml",
    ],
)
def test_nothing_is_wrong_with_bundled_files(editor: Server, name: str) -> None:
    assert editor.diagnose(name, (ROOT / "rulepacks" / name).read_text(encoding="utf-8")) == []


def test_a_slip_in_a_case_is_underlined(editor: Server) -> None:
    text = "child: {id: baby, sage: born}\nplan: none\n"
    assert [told.at for told in editor.diagnose("x.case.yaml", text)] == ["sage", "none"]
    shown = (ROOT / "examples" / "complete-case.yaml").read_text(encoding="utf-8")
    assert editor.diagnose("complete.case.yaml", shown) == []
