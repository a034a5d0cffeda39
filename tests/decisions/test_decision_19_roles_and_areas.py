"""Decision 19: roles group the output and change nothing; rules of areas do not speak elsewhere."""

from pathlib import Path

from safeguard_rules import Rulebook
from tests.packs_in_text import action, asked, evaluate, load, names, outcome, rule

LOCALITY = "contacts: {}\n"


def for_roles(tmp_path: Path) -> Rulebook:
    return load(
        tmp_path,
        action("b"),
        rule("r", "always", more="for: [health]"),
        rule("s", "always", "{should: b, for: [social_worker]}"),
    )


def test_decision_19_for_never_changes_an_outcome(tmp_path: Path) -> None:
    book = for_roles(tmp_path)
    for role in (None, "health_visitor", "social_worker", "police"):
        found = evaluate(book, role=role)
        assert (outcome(found), outcome(found, "s"), sorted(names(found))) == ("applies", "applies", ["act", "b"])


def test_decision_19_for_says_whom_a_demand_addresses(tmp_path: Path) -> None:
    book = for_roles(tmp_path)

    def yours(role: str | None) -> dict[str, bool]:
        return {each.action.removeprefix("tiny:"): each.for_you for each in evaluate(book, role=role).actions}

    assert yours("health_visitor") == {"act": True, "b": False}
    assert yours("social_worker") == {"act": False, "b": True}
    assert yours("police") == {"act": False, "b": False}


def test_decision_19_rules_of_an_area_are_not_in_force_elsewhere(tmp_path: Path) -> None:
    pieces = rule("r", "always", more="in: [here]"), rule("s", "always")
    without = evaluate(load(tmp_path / "1", *pieces, areas=("here",)))
    assert [(each.rule, each.why) for each in without.not_in_force] == [("tiny:r", "area_not_known")]
    assert [each.rule for each in without.findings] == ["tiny:s"]
    here = evaluate(load(tmp_path / "2", *pieces, locality=LOCALITY))
    assert here.not_in_force == ()
    assert outcome(here) == "applies"


def test_decision_19_without_a_locality_one_question_asks_for_the_area(tmp_path: Path) -> None:
    pieces = rule("r", "always", more="in: [here]"), rule("s", "always", more="in: [here]"), rule("t", "always")
    assert asked(evaluate(load(tmp_path / "1", *pieces, areas=("here",)))) == ["locality"]
    assert asked(evaluate(load(tmp_path / "2", *pieces, locality=LOCALITY))) == []


def test_decision_19_without_rules_of_areas_nobody_is_asked_for_one(tmp_path: Path) -> None:
    assert asked(evaluate(load(tmp_path, rule("r", "always")))) == []
