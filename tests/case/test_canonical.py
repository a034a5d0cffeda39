"""The canonical form of a case, and its digest (decision 41)."""

import hashlib
import os
import subprocess
import sys
from typing import Any

import pytest

from safeguard_rules.case.canonical import canonical_bytes, canonical_tree, digest
from safeguard_rules.case.case import Case
from safeguard_rules.case.document import CaseDocument

WHOLE: dict[str, Any] = {
    "child": {"id": "baby", "label": 'Zoë\'s "b"', "movements": ["walks", "crawls"], "birth_weight": 3100},
    "pregnancy": {"booked_on": "not_yet"},
    "vulnerabilities": [],
    "people": [{"id": "b", "identified": False}, {"id": "a", "born_on": "1999-12"}],
    "contacts": [{"id": "visit", "present": ["b", "a"]}],
    "incomplete": ["people", "contacts"],
    "done": [{"action": "tell"}, {"action": "report", "about": "a"}],
    "evidence": {
        "pregnancy.booked_on": {"basis": "observed"},
        "child.movements": [{"basis": "told_by_carer"}, {"basis": "observed"}],
    },
    "extra": {"housing": {"damp": True, "rooms": [2, 1, None], "note": None}},
}


def case(**changed: Any) -> Case:
    return Case.model_validate({**WHOLE, **changed})


def test_decision_41_the_canonical_bytes() -> None:
    assert canonical_bytes(case()).decode() == (
        '{"child":{"birth_weight":3100,"id":"baby","label":"Zoë\'s \\"b\\"","movements":["crawls","walks"]},'
        '"contacts":[{"id":"visit","present":["a","b"]}],'
        '"done":[{"about":"a","action":"report"},{"action":"tell"}],'
        '"evidence":{"child.movements":[{"basis":"told_by_carer"},{"basis":"observed"}],'
        '"pregnancy.booked_on":[{"basis":"observed"}]},'
        '"extra":{"housing":{"damp":true,"rooms":[2,1,null]}},'
        '"incomplete":["contacts","people"],'
        '"people":[{"born_on":"1999-12","id":"a"},{"id":"b","identified":false}],'
        '"pregnancy":{"booked_on":"not_yet"},"vulnerabilities":[]}'
    )


def test_decision_41_the_digest_names_the_form() -> None:
    assert digest(Case()) == "sha256:canonical-1:" + hashlib.sha256(b"{}").hexdigest()
    assert case().digest() == "sha256:canonical-1:" + hashlib.sha256(canonical_bytes(case())).hexdigest()


@pytest.mark.parametrize(
    "changed",
    [
        {"people": WHOLE["people"][::-1]},
        {"contacts": [{"id": "visit", "present": ["a", "b", "a"]}]},
        {"incomplete": ["contacts", "people"]},
        {"done": WHOLE["done"][::-1]},
        {"plan": None},
        {"child": {**WHOLE["child"], "stage": None, "incomplete": []}},
        {"evidence": dict(reversed(WHOLE["evidence"].items()))},
        {"evidence": {**WHOLE["evidence"], "pregnancy.booked_on": [{"basis": "observed", "accounts": []}]}},
    ],
)
def test_decision_41_what_does_not_count(changed: dict[str, Any]) -> None:
    assert canonical_bytes(case(**changed)) == canonical_bytes(case())


@pytest.mark.parametrize(
    "changed",
    [
        {"injuries": []},
        {"vulnerabilities": None},
        {"pregnancy": None},
        {"contacts": [{"id": "visit", "present": ["a"]}]},
        {"incomplete": ["people"]},
        {"people": [{"id": "b", "identified": False}, {"id": "a", "born_on": "1999-12-01"}]},
        {"evidence": {}},
        {"done": None},
        {"child": {**WHOLE["child"], "label": 'Zoe\u0308\'s "b"'}},
        {"extra": {"housing": {"damp": 1, "rooms": [2, 1, None]}}},
    ],
)
def test_decision_41_what_counts(changed: dict[str, Any]) -> None:
    evidence = {"evidence": {"child.movements": WHOLE["evidence"]["child.movements"]}} if "pregnancy" in changed else {}
    assert canonical_bytes(case(**changed, **evidence)) != canonical_bytes(case(**evidence))


def test_a_part_that_says_nothing_is_left_out() -> None:
    assert canonical_tree(Case.model_validate({"pregnancy": {}, "extra": {"housing": {}}})) == {}
    assert canonical_tree(Case.model_validate({"child": {"id": "b"}, "injuries": []})) == {
        "child": {"id": "b"},
        "injuries": [],
    }


def test_decision_41_the_header_is_apart() -> None:
    document = CaseDocument.model_validate({**WHOLE, "as_of": "2026-03-02", "locality": "wiltshire"})
    assert digest(document) == digest(case())


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_decision_43_the_hash_seed_does_not_count(seed: str) -> None:
    program = (
        "from safeguard_rules.case.case import Case\n"
        "movements = ['walks', 'sits', 'crawls', 'cruises']\n"
        "print(Case.model_validate({'child': {'id': 'b', 'movements': movements}}).digest())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    expected = '{"child":{"id":"b","movements":["crawls","cruises","sits","walks"]}}'
    assert ran.stdout.strip() == "sha256:canonical-1:" + hashlib.sha256(expected.encode()).hexdigest()
