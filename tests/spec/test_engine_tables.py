"""The executable specification of the engine: lists, precaution and subjects, each a table run through a tiny pack.

A row whose first cell begins with `#` opens a chapter.
"""

from __future__ import annotations

import csv
from datetime import date
from itertools import combinations_with_replacement, product
from pathlib import Path
from typing import Any

import pytest
import yaml

from safeguard_rules import Case, Evaluation, Rulebook
from tests.packs_in_text import Piece, assumed, definition, load, outcomes, parameter, rule

FOLDER = Path(__file__).parent
TODAY = "2026-03-02"
LETTERS = {"does_not_apply": "F", "undetermined": "U", "applies": "T"}


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as table:
        reader = csv.DictReader(table, strict=True)
        found = []
        for row in reader:
            assert None not in row, f"{name}:{reader.line_num} has too many cells"
            assert None not in row.values(), f"{name}:{reader.line_num} has too few cells"
            if not next(iter(row.values())).startswith("#"):
                found.append({"row": f"line {reader.line_num}: {' '.join(row.values())}", **row})
    return found


def table(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("row", rows(name), ids=lambda row: row["row"])


def case_of(given: str) -> Case:
    """A case as a table writes it; the child is born where nothing else is said."""
    told: dict[str, Any] = yaml.safe_load(f"{{{given}}}")
    told["child"] = {"id": "baby", "stage": "born", **_with_texts(told.get("child", {}))}
    return Case.model_validate(told)


def _with_texts(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}


# --- quantifiers.csv

BODIES = {
    "U": "{injury.kind: bruise}",
    "F": "{all: [{injury.kind: bruise}, {child.disabled: true}]}",
    "T": "{any: [{injury.kind: bruise}, {child.disabled: false}]}",
}
"""Bodies for which the unseen record gives this letter, in the case of a child who is known not to be disabled."""
KINDS = {"T": ", kind: bruise", "F": ", kind: bite", "U": ""}
NUMBERS = {"0": "none", "1": "one", "2": "two"}


def quantifier(test: str, body: str) -> str:
    name, _, how_many = test.partition(" ")
    if name == "no":
        return f"{{not: {{some: {{of: injury, where: {body}}}}}}}"
    if name != "count":
        return f"{{{name}: {{of: injury, where: {body}}}}}"
    operator, _, numbers = how_many.partition(" ")
    named = [NUMBERS[each] for each in numbers.split(" and ")]
    return (
        f"{{count: {{of: injury, where: {body}, is: {{{operator}: {named[0] if len(named) == 1 else str(named)}}}}}}}"
    )


def rule_of(test: str, unseen: str) -> str:
    return f"{test} {unseen}".replace(" ", "-").replace("_", "-").lower()


@pytest.fixture(scope="module")
def quantifiers(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    asked = dict.fromkeys((row["test"], row["unseen"].replace("-", "U")) for row in rows("quantifiers.csv"))
    rules = [rule(rule_of(test, unseen), quantifier(test, BODIES[unseen])) for test, unseen in asked]
    numbers = [parameter(name, value) for value, name in NUMBERS.items()]
    return load(tmp_path_factory.mktemp("quantifiers"), *rules, *numbers)


def injuries_of(row: dict[str, str]) -> str:
    if row["list"] == "absent":
        return ""
    letters = [] if row["given"] == "none" else row["given"].split()
    # Where the facts of the case decide the body, the kind of injury is left out.
    known = row["unseen"] in ("U", "-")
    given = ", ".join(f"{{id: i{n}{KINDS[letter] if known else ''}}}" for n, letter in enumerate(letters))
    return f", injuries: [{given}]" + (", incomplete: [injuries]" if row["list"] == "incomplete" else "")


@table("quantifiers.csv")
def test_quantifiers(row: dict[str, str], quantifiers: Rulebook) -> None:
    case = case_of(f"child: {{disabled: false}}{injuries_of(row)}")
    name = rule_of(row["test"], row["unseen"].replace("-", "U"))
    found = outcomes(quantifiers.evaluate(case, as_of=TODAY), name)
    assert LETTERS[found["child"]] == row["expected"]


def test_every_list_meets_every_test() -> None:
    found = [(row["list"], row["given"], row["unseen"], row["test"]) for row in rows("quantifiers.csv")]
    tests = {test for *_, test in found}
    lists = {(kind, given, unseen) for kind, given, unseen, _ in found}
    assert sorted(found) == sorted((*each, test) for each, test in product(lists, tests))
    letters = ["none", *(" ".join(each) for n in (1, 2) for each in combinations_with_replacement("FUT", n))]
    assert {("closed", each, "-") for each in letters} <= lists
    assert {("incomplete", each, "U") for each in letters} <= lists
    assert {("absent", "none", each) for each in "FUT"} <= lists


# --- precaution.csv

DEFINITIONS = (
    definition("taken_true", "{child.disabled: true}", more=assumed("true")),
    definition("taken_false", "{pregnancy.concealed: true}", more=assumed("false")),
    definition("not_holding", "{case.plan: no_plan}", more=assumed("false", exception=True)),
    definition("outer_true", "taken_false", more=assumed("true")),
    definition("outer_false", "taken_true", more=assumed("false")),
    definition("wrapper", "{all: [taken_true]}"),
    definition("wrapped_exception", "{any: [not_holding]}"),
    definition(
        "granted",
        "{child.movements: {none_of: [crawls, walks]}}",
        more=assumed("true", ask_unless="{child.age: {less_than: ten_weeks}}"),
    ),
    definition(
        "listed_exception", "{some: {of: injury, where: {injury.kind: bruise}}}", more=assumed("false", exception=True)
    ),
    definition("injury_taken", "{injury.kind: bruise}", of="injury", more=assumed("true")),
)
LIGHT = "{child.birth_weight: {less_than: light}}"
CONDITIONS = {
    "plain": LIGHT,
    "never_assumed": LIGHT,
    "taken_true": "taken_true",
    "not_taken_true": "{not: taken_true}",
    "taken_false": "taken_false",
    "not_taken_false": "{not: taken_false}",
    "exception": "not_holding",
    "not_exception": "{not: not_holding}",
    "either_known": f"{{any: [{LIGHT}, taken_true]}}",
    "both_known": f"{{all: [{LIGHT}, taken_true]}}",
    "plain_and_not_exception": f"{{all: [{LIGHT}, {{not: not_holding}}]}}",
    "both_taken": "{all: [taken_true, {not: taken_false}]}",
    "taken_and_not_exception": "{all: [taken_true, {not: not_holding}]}",
    "taken_or_not_exception": "{any: [taken_true, {not: not_holding}]}",
    "taken_or_unhelpful": "{any: [taken_true, taken_false]}",
    "outer_true": "outer_true",
    "outer_false": "outer_false",
    "not_outer_false": "{not: outer_false}",
    "without_own": "wrapper",
    "exception_in_without_own": "{not: wrapped_exception}",
    "granted": "granted",
    "not_granted": "{not: granted}",
    "granted_and_not_exception": "{all: [granted, {not: not_holding}]}",
    "granted_and_taken": "{all: [granted, taken_true]}",
    "not_listed_exception": "{not: listed_exception}",
    "some_taken": "{some: {of: injury, where: injury_taken}}",
    "some_with_taken": "{some: {of: injury, where: {all: [{injury.kind: bruise}, taken_true]}}}",
    "every_with_taken": "{every: {of: injury, where: taken_true}}",
}


def named_rule(name: str, when: str, more: str = "") -> Piece:
    return rule(name.replace("_", "-"), when, more=more)


@pytest.fixture(scope="module")
def precaution(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    rules = [
        named_rule(name, when, "never_assume: [child.stage]" if name == "never_assumed" else "")
        for name, when in CONDITIONS.items()
    ]
    thresholds = (parameter("light", "2500"), parameter("ten_weeks", "10 weeks"))
    return load(tmp_path_factory.mktemp("precaution"), *DEFINITIONS, *rules, *thresholds)


def found_of(evaluation: Evaluation, name: str) -> dict[str, str]:
    (finding,) = evaluation.findings.about(name.replace("_", "-"))
    taken = [each.name.removeprefix("tiny:") + "*" * each.taken_for_granted for each in finding.assumed]
    return {
        "outcome": finding.outcome,
        "certainty": finding.certainty,
        "assumed": " ".join(sorted(taken)),
        "asked": " ".join(sorted(finding.open)),
    }


@table("precaution.csv")
def test_precaution(row: dict[str, str], precaution: Rulebook) -> None:
    found = found_of(precaution.evaluate(case_of(row["given"]), as_of=TODAY), row["when"])
    assert found == {name: row[name] for name in found}


def test_every_condition_of_precaution_has_a_row() -> None:
    assert {row["when"] for row in rows("precaution.csv")} == set(CONDITIONS)


# --- for_each.csv

PER_INJURY = {
    "never": "never",
    "always": "always",
    "kind": "{injury.kind: bruise}",
    "disabled_and_kind": "{child.disabled: true, injury.kind: bruise}",
    "disabled_or_kind": "{any: [{child.disabled: true}, {injury.kind: bruise}]}",
    "other_kind": "{some: {of: injury, where: {other.kind: bruise}}}",
    "every_other_kind": "{every: {of: injury, where: {other.kind: bite}}}",
    "two_others": "{count: {of: injury, is: {at_least: two}}}",
    "beside_mother": "{some: {of: person, where: {injury.kind: bruise, person.relation: mother}}}",
}
PER_PERSON = {"person": "", "person_any_stage": "\nstage: [unborn, born, has_died]"}


@pytest.fixture(scope="module")
def for_each(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    rules = [named_rule(name, when, "for_each: injury") for name, when in PER_INJURY.items()]
    rules += [
        named_rule(name, "{person.relation: mother}", f"for_each: person{more}") for name, more in PER_PERSON.items()
    ]
    return load(tmp_path_factory.mktemp("for_each"), *rules, parameter("two", "2"))


@table("for_each.csv")
def test_for_each(row: dict[str, str], for_each: Rulebook) -> None:
    found = outcomes(for_each.evaluate(case_of(row["given"]), as_of=TODAY), row["rule"].replace("_", "-"))
    assert "; ".join(f"{subject} {LETTERS[each]}" for subject, each in found.items()) == row["expected"]


def test_every_rule_for_each_has_a_row() -> None:
    assert {row["rule"] for row in rows("for_each.csv")} == {*PER_INJURY, *PER_PERSON}


# --- all of them


@pytest.mark.parametrize("name", ["quantifiers", "precaution", "for_each"])
def test_no_row_stands_twice(name: str) -> None:
    left_out = ("row", "expected", "outcome", "certainty", "assumed", "asked", "note")
    asked = [tuple(text for key, text in row.items() if key not in left_out) for row in rows(f"{name}.csv")]
    assert len(asked) == len(set(asked))
