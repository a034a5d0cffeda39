"""The same case written otherwise, with what nobody reads, and with one record more."""

from __future__ import annotations

from pathlib import Path

from safeguard_rules import Case
from safeguard_rules.case.canonical import canonical_tree
from safeguard_rules.testing.dice import Seeded
from safeguard_rules.testing.made_cases import Maker
from safeguard_rules.testing.reading_of_rules import reads_of
from safeguard_rules.testing.rewriting import in_another_order, with_irrelevant_facts, with_one_more
from safeguard_rules.testing.situation import DAY
from tests.packs_in_text import load, rule
from tests.testing.books import bundled

GIVEN = Case.from_yaml(
    """
    child: {id: baby, stage: born, movements: [sits, crawls]}
    injuries: [{id: a, kind: bruise}, {id: b, kind: bite}]
    """
)


def test_another_order_is_the_same_case() -> None:
    others = [in_another_order(Seeded(seed), GIVEN) for seed in range(12)]
    assert {each.digest() for each in others} == {GIVEN.digest()}
    assert {tuple(record.id for record in each.injuries or ()) for each in others} == {("a", "b"), ("b", "a")}
    assert any(each.child is not None and len(each.child.movements or ()) == 3 for each in others)


def test_only_what_no_rule_reads_is_added(tmp_path: Path) -> None:
    maker = Maker(load(tmp_path, rule("r", "{child.disabled: true}")), DAY)
    more = canonical_tree(with_irrelevant_facts(maker, Seeded(1), GIVEN))
    assert "disabled" not in more["child"]
    assert more["child"]["birth_weight"] in (0, 1)
    assert more["child"]["movements"] == ["crawls", "sits"], "what is known stays"
    assert more["protective_factors"]
    assert all(record["label"] for record in more["injuries"])


def test_one_more_is_a_new_record_or_a_copy() -> None:
    maker = Maker(bundled(), DAY)
    made = [with_one_more(maker, Seeded(seed), GIVEN, ("injury", "incident")) for seed in range(30)]
    assert {path for _, path in made} == {"injuries[one-more]", "incidents[one-more]"}
    kinds = [record.kind for case, _ in made for record in case.injuries or () if record.id == "one-more"]
    assert {"bruise", "bite"} & set(kinds)
    assert all("incidents" in case.incomplete for case, path in made if path.startswith("incidents"))
    dead = Case.from_yaml("child: {id: baby, stage: has_died}")
    assert with_one_more(maker, Seeded(1), dead, ("injury",)) == (dead, "nothing")


def test_a_rule_reads_what_its_definitions_and_derived_facts_are_made_of() -> None:
    reads = reads_of(bundled(), "domestic-abuse-exposure:ask-in-private")
    assert {"person.signs_of_abuse", "person.relation", "enquiry.alone", "contact.happens_on"} <= set(reads.facts)
    assert {"person", "enquiry", "contact"} <= set(reads.kinds)
    assert "injury.kind" not in reads.facts
