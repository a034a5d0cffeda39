"""Slips in packs, rules and registers of sources that a schema refuses, and those that only the checker can tell."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from safeguard_rules.packs.choosing import Shelf, choose
from safeguard_rules.schemas.kinds import schema_text
from safeguard_rules.schemas.known import Known, known_in
from safeguard_rules.vocabulary.facts import Vocabulary
from tests.schemas.holding import BASE, ROOT, complaints, content, in_text, plugins

BROKEN = ROOT / "tests" / "broken"

REFUSED = [
    "bad_ids",
    "bad_names",
    "bad_pack_name",
    "bare_numbers_and_lengths",
    "bare_tests_on_sets",
    "closed_statements",
    "comparing_facts",
    "dates_in_conditions",
    "days_that_are_none",
    "empty_conditions",
    "everything_at_once",
    "joins",
    "lists_for_conditions",
    "locality_adopts",
    "locality_adopts_an_unknown_variant",
    "locality_carries",
    "locality_hours_as_text",
    "locality_keys",
    "locality_waivers",
    "locality_waivers_not_dated",
    "missing_citations",
    "missing_keys",
    "nested_quantifiers",
    "obligations",
    "operator_beside_facts",
    "other_records",
    "pack_not_used",
    "parameter_values",
    "parameters_of_the_wrong_kind",
    "quantifiers",
    "test_for_known",
    "times",
    "unknown_facts",
    "unknown_keys",
    "unknown_lists",
    "unknown_locality",
    "unknown_names",
    "unknown_pack",
    "unknown_statements",
    "unknown_words",
    "unknown_words_of_a_fact",
    "what_rules_never_read",
    "whom_an_action_is_about",
    "wrong_kinds",
    "wrong_language_version",
    "wrong_operators",
    "yes_no_and_quoted_flags",
]
"""Broken packs that a schema refuses. Of the others, such as circles and gaps between forms, only the checker knows."""


def kind_of(path: Path) -> str | None:
    if path.parent.name == "sources":
        return "source"
    if path.name.endswith(".rules.yaml"):
        return "rules"
    return path.stem if path.name in ("pack.yaml", "locality.yaml") else None


@cache
def known(folder: Path) -> Known:
    """What a broken folder declares, with the pack that it uses and without our own."""
    bare = replace(plugins(), packs=(), localities=())
    packs = [BASE, *sorted({path.parent for path in (*folder.glob("pack.yaml"), *folder.glob("*/pack.yaml"))})]
    locality = folder / "locality.yaml"
    return known_in([choose(packs, locality if locality.exists() else None, Shelf.of(bare))], bare)


def told(folder: Path) -> list[str]:
    found = []
    for path in sorted(folder.rglob("*.yaml")):
        kind = kind_of(path)
        if kind is not None:
            schema = json.loads(schema_text(kind, Vocabulary.standard(), known(folder)))
            validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
            found += [f"{path.name}: {error.json_path}" for error in validator.iter_errors(content(path))]
    return found


@pytest.mark.parametrize("name", REFUSED)
def test_a_broken_pack_is_refused_by_its_schemas(name: str) -> None:
    assert told(BROKEN / name)


@pytest.mark.parametrize("name", ["bare_tests_on_sets", "unknown_facts", "wrong_operators", "parameter_values"])
def test_each_slip_in_a_condition_or_threshold_is_told_once(name: str) -> None:
    expected = (BROKEN / name / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert len(told(BROKEN / name)) == sum(1 for line in expected if line.startswith("pack.yaml:"))


@pytest.mark.parametrize("kind", ["pack", "source"])
def test_the_pack_that_broken_ones_use_is_accepted(kind: str) -> None:
    files = [path for path in sorted(BASE.rglob("*.yaml")) if kind_of(path) == kind]
    assert [told for path in files for told in complaints(kind, content(path), BASE)] == []


DEMAND = """\
language: 1
rules:
  my-rule:
    title: a rule
    when: always
    then: [DEMAND]
    because: It is so.
    cites: [southampton-bruising/emergency-first]
"""


WITHIN = "{basis: proposed, cites: [pack-proposals/at-once], time:"


@pytest.mark.parametrize(
    ("demand", "right"),
    [
        ("{should: emergency-care}", True),
        ('{should: "guidance:emergency-care"}', True),
        ("{should: emergency-car}", False),
        ("{should: emergency-care, consider: report-to-social-care}", False),
        ("{how: by phone}", False),
        ("{should: emergency-care, for: [health]}", True),
        ("{should: emergency-care, for: [nobody]}", False),
        ("{should: emergency-care, within: WITHIN 2 working days}}", True),
        ("{should: emergency-care, within: WITHIN soon}}", False),
        ("{should: emergency-care, within: WITHIN 1 days}}", False),
        ("{should: emergency-care, cites: [southampton-bruising/no-such-thing]}", False),
        ("{should: emergency-care, cites: [southampton-bruising]}", False),
        ("{should: emergency-care, cites: southampton-bruising/emergency-first}", False),
    ],
)
def test_what_a_demand_takes(demand: str, right: bool) -> None:
    text = DEMAND.replace("DEMAND", demand.replace("WITHIN", WITHIN))
    assert (complaints("rules", in_text(text)) == []) is right
