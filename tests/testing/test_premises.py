"""Conditions that a tester writes: read as in a pack, true only where certain, every slip told."""

from __future__ import annotations

import pytest

from safeguard_rules import Case
from safeguard_rules.errors import CallError
from safeguard_rules.testing.premises import premise
from safeguard_rules.testing.situation import DAY
from tests.testing.books import bundled

BABY = "child: {id: baby, stage: born, movements: []}"


@pytest.mark.parametrize(
    ("when", "case", "holds"),
    [
        ("not_independently_mobile", BABY, True),
        ("non-mobile-injury:not_independently_mobile", BABY, True),
        ("not_independently_mobile", "child: {id: baby, stage: born}", False),
        ("{not: not_independently_mobile}", BABY, False),
        ("{some: {of: injury, where: {injury.kind: bruise}}}", f"{BABY}\ninjuries: [{{id: a, kind: bruise}}]", True),
        ("{some: {of: injury}}", BABY, False),
        ("always", "child: {id: baby}", True),
    ],
)
def test_a_premise_holds_only_where_it_is_certain(when: str, case: str, holds: bool) -> None:
    assert premise(bundled(), when).holds(Case.from_yaml(case), DAY) is holds


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("{child.movement: {is: []}}", "`child.movement`"),
        ("not_mobile", "there is no definition `not_mobile`"),
        ("{child.age: {less_than: 6 weeks}}", "6 weeks"),
        ("{injury.kind: bruise}", "injury"),
        ("[always]", "list"),
        ("{", "cannot be read as YAML"),
    ],
)
def test_every_slip_is_told(when: str, told: str) -> None:
    with pytest.raises(CallError, match=told):
        premise(bundled(), when)
