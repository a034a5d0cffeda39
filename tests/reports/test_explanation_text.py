"""The explanation of a rule: the condition part by part, what decided it, and what follows."""

from typing import Any

from safeguard_rules.reports.explanation_text import explanation_text
from safeguard_rules.results import Clause, Elsewhere, Explanation, Part
from tests.reports.made import action, assumed, citation, demand, finding, reason


def part(reads: str, value: Any = "true", decided: bool = True, *parts: Part, **given: Any) -> Part:
    fields: dict[str, Any] = {"id": "1", "definition": None, "form": None, "facts": ()} | given
    return Part(reads=reads, value=value, decided=decided, parts=parts, **fields)


def test_parts_show_their_value_whether_they_decided_and_their_facts() -> None:
    inner = part("the kind: bruise", "true", True, facts=(reason(known_by="in a record"),))
    other = part("it was recorded", "unknown", False)
    steps = part("counts", "true", True, inner, other, definition="pack:counts_here", form="national")
    printed = explanation_text([Explanation(finding(), steps, ())])
    assert (
        "  * yes        “counts here” (shared form): counts\n"
        "    * yes        the kind: bruise\n"
        "                 - the kind of injury: bruise, in a record\n"
        "      not known  it was recorded\n"
    ) in printed


def test_what_follows_names_the_action_of_each_demand() -> None:
    forbids = demand("should_not", certainty="unless", assumed=(assumed(),))
    one = finding(certainty="unless", assumed=(assumed(),), open=("child.stage",), rests_on_carer=True)
    printed = explanation_text([Explanation(one, part("always"), (forbids,))], [action("a:b", "Tell them", forbids)])
    assert printed.startswith("A rule: applies, unless already recorded [1a]\n")
    assert "  - should: Do not tell them; national guidance, unless already recorded [1a]\n" in printed
    assert "already recorded, which would stop this, were it so: was recorded before" in printed
    assert "What would settle it\n  - child.stage\n" in printed
    assert "This rests only on what a parent or carer said." in printed
    assert "Sources\n  [1]" in printed


def test_several_subjects_stand_one_after_the_other() -> None:
    both = [
        Explanation(finding(), part("always"), ()),
        Explanation(finding(outcome="does_not_apply"), part("never"), ()),
    ]
    printed = explanation_text(both)
    assert "A rule: applies [1a]" in printed
    assert "A rule: does not apply [1a]" in printed


def test_the_clauses_that_decided_and_the_other_meanings_are_told() -> None:
    young = Clause("a:mobile", "surrey", "the age: under 6 months", "true")
    moves = Clause("a:mobile", "national", "any of crawls", "true")
    cited = (citation("g:surrey/meaning"),)
    other = Elsewhere("a:mobile", "surrey", ("Surrey",), "is mobile", "applies", "as_precaution", (young,), cited)
    one = finding(outcome="does_not_apply", clauses=(moves,), elsewhere=(other,))
    printed = explanation_text([Explanation(one, part("always"), ())])
    assert (
        "Which clause decided, where areas mean different things\n  - “mobile” (shared form): any of crawls\n"
    ) in printed
    assert (
        "By other areas' meanings, which change nothing here\n"
        "  - “mobile” in Surrey: applies, as a precaution (the age: under 6 months) [2a]\n"
    ) in printed


def test_nothing_is_said_of_meanings_where_there_is_one_for_all() -> None:
    printed = explanation_text([Explanation(finding(), part("always"), ())])
    assert "areas" not in printed
