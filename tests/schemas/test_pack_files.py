"""Slips in packs, rules and registers of sources that a schema refuses, and those that only the checker can tell."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from safeguard_rules.packs.choosing import Shelf, choose
from safeguard_rules.schemas.kinds import KINDS, schema_text
from safeguard_rules.schemas.known import Known, known_in
from safeguard_rules.vocabulary.facts import Vocabulary
from tests.schemas.holding import BASE, ROOT, complaints, content, in_text, plugins

BROKEN = ROOT / "tests" / "broken"
CASES = ("case.yaml", "case.json", "family.yaml")
FOLDERS = sorted(path.name for path in BROKEN.iterdir() if not any((path / name).exists() for name in CASES))

BEYOND = {
    "what has to be true of several places at once": {
        "a_list_is_never_assumed",
        "actions_in_a_circle",
        "days_without_a_form",
        "declared_twice",
        "definition_of_something_else",
        "definitions_in_a_circle",
        "definitions_too_deep",
        "ends_before_it_starts",
        "fact_outside_its_stage",
        "locality_contact_missing",
        "locality_moves_the_wrong_way",
        "locality_waiver_in_a_circle",
        "locality_waivers_meet",
        "locality_widens_the_wrong_way",
        "must_that_nothing_carries",
        "nested_by_a_definition",
        "stage_that_nothing_lets_assume",
        "statement_not_in_force",
        "two_forms_on_one_day",
    },
    "whose pack a name belongs to, and which packs there are": {
        "name_in_two_packs",
        "name_only_in_a_pack_not_used",
        "pack_uses_itself",
        "pack_withdrawn",
        "packs_in_a_circle",
        "same_pack_twice",
    },
    "what texts say": {"empty_statement", "locality_hours", "review_missing", "review_slips"},
    "what is no part of one tree": {"stray_file", "yaml_double_key"},
}
"""Broken packs of which a schema says nothing: the checker does."""


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


@pytest.mark.parametrize("name", FOLDERS)
def test_a_broken_pack_is_refused_as_far_as_a_schema_can_tell(name: str) -> None:
    assert bool(told(BROKEN / name)) is not any(name in names for names in BEYOND.values())


def test_most_broken_packs_are_refused_and_those_that_are_not_are_there() -> None:
    beyond = set().union(*BEYOND.values())
    assert beyond <= set(FOLDERS)
    assert len(FOLDERS) - len(beyond) >= 40


@pytest.mark.parametrize("kind", ["pack", "rules", "source", "locality"])
def test_the_pack_that_broken_ones_use_is_accepted(kind: str) -> None:
    files = [path for path in sorted(BASE.rglob("*.yaml")) if kind_of(path) == kind]
    assert [told for path in files for told in complaints(kind, content(path), BASE)] == []
    assert kind in KINDS


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
