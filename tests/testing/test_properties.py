"""Ready-made properties: each holds of good rules, and shows what is wrong with bad ones or with a broken engine."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from safeguard_rules import Case, Evaluation, Rulebook
from safeguard_rules.errors import CallError
from safeguard_rules.testing import (
    always,
    answering_removes_the_question,
    at_least_a_question,
    certain_answers_never_flip,
    every_action_is_cited,
    irrelevant_facts_do_not_matter,
    localities_only_tighten,
    never,
    never_both,
    no_must_is_lost_by_forgetting,
    no_must_is_lost_by_one_more,
    no_must_is_lost_overnight,
    order_does_not_matter,
    replay_is_equal,
)
from safeguard_rules.testing.properties import Property
from safeguard_rules.vocabulary.view import CaseView
from tests.packs_in_text import Piece, action, load, parameter, rule
from tests.testing.books import by_the_view, failure, run

HURT = "{child.seriously_ill_or_hurt: true}"
ILL = rule("r", HURT, then="{must: act}")
SOME_INJURY = rule("r", "{some: {of: injury}}", then="{must: act}")
EACH = rule("r", "{injury.kind: bruise}", then="{must: act}", more="for_each: injury")

BITE = "{some: {of: injury, where: {injury.kind: bite}}}"


def book(folder: Path, *pieces: Piece) -> Rulebook:
    return load(folder, *pieces)


def shown(text: str) -> list[str]:
    """The lines in which a failure shows its case."""
    lines = text.splitlines()
    return lines[lines.index("Situation(") + 1 : lines.index(")")]


# --- about one action


def test_always_holds_where_a_rule_says_so(tmp_path: Path) -> None:
    run(always(book(tmp_path, ILL), "act", when=HURT, obligation="must"), 30)


def test_always_shows_the_smallest_case_in_which_it_does_not(tmp_path: Path) -> None:
    test = always(book(tmp_path, rule("r", f"{{all: [{HURT}, {{child.disabled: true}}]}}")), "act", when=HURT)
    said = failure(test)
    assert said.startswith(f"`tiny:act` is always recommended when `{HURT}`; here it is not")
    assert shown(said) == ["as_of: 2026-03-02", "child: {id: baby, seriously_ill_or_hurt: true}"]


def test_always_can_ask_for_an_obligation(tmp_path: Path) -> None:
    said = failure(always(book(tmp_path, rule("r", HURT)), "act", when=HURT, obligation="must"))
    assert said.startswith(f"`tiny:act` is always recommended as `must` when `{HURT}`")


def test_never_names_the_rule_that_asks(tmp_path: Path) -> None:
    rules = book(tmp_path, ILL)
    run(never(rules, "act", when="{child.seriously_ill_or_hurt: false}"), 30)
    said = failure(never(rules, "act", when="{child.disabled: true}"))
    assert said.startswith("`tiny:act` is never recommended when `{child.disabled: true}`; here tiny:r asks for it")
    assert shown(said)[-1] == "child: {id: baby, seriously_ill_or_hurt: true, disabled: true}"


def test_at_least_a_question(tmp_path: Path) -> None:
    rules = book(tmp_path, EACH)
    run(at_least_a_question(rules, "act", when="{some: {of: injury, where: {injury.kind: bruise}}}"), 20)
    said = failure(at_least_a_question(rules, "act", when=BITE))
    assert said.startswith(f"when `{BITE}`, `tiny:act` is neither recommended nor asked about")


def test_never_both(tmp_path: Path) -> None:
    other = rule("s", "{child.disabled: true}", then="{should: other}")
    said = failure(never_both(book(tmp_path, ILL, other, action("other")), "act", "other"))
    assert said.startswith("`tiny:act` and `tiny:other` are both recommended, about the child")
    assert shown(said)[-1] == "child: {id: baby, seriously_ill_or_hurt: true, disabled: true}"
    apart = rule("s", "{child.seriously_ill_or_hurt: false}", then="{should: other}")
    run(never_both(book(tmp_path / "apart", ILL, apart, action("other")), "act", "other"), 30)


@pytest.mark.parametrize("make", [always, never, at_least_a_question])
def test_names_and_conditions_that_are_not_there_are_told(tmp_path: Path, make: Any) -> None:
    rules = book(tmp_path, ILL)
    with pytest.raises(CallError, match="there is no action `acts`; did you mean `act`"):
        make(rules, "acts", when=HURT)
    with pytest.raises(CallError, match=r"`child\.seriously_ill`"):
        make(rules, "act", when="{child.seriously_ill: true}")
    with pytest.raises(CallError, match="there is no list of `wound`"):
        no_must_is_lost_by_one_more(rules, ["wound"])


# --- no must vanishes silently


def test_forgetting_is_found_out_where_the_engine_takes_lists_as_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = book(tmp_path, SOME_INJURY)
    run(no_must_is_lost_by_forgetting(rules), 60)
    by_the_view(monkeypatch)
    monkeypatch.setattr(CaseView, "is_open", lambda *_: False)
    said = failure(no_must_is_lost_by_forgetting(rules))
    assert said.startswith("`tiny:r` (child) applies, and when injuries[injury-1] is forgotten it is ruled out")
    assert shown(said)[-1] == "injuries: [{id: injury-1}]"


def test_a_finding_lives_on_in_that_about_any_other_record(tmp_path: Path) -> None:
    run(no_must_is_lost_by_forgetting(book(tmp_path, EACH)), 60)


def test_one_more_worry_is_found_out_where_every_one_has_to_be_so(tmp_path: Path) -> None:
    every = rule("r", "{every: {of: incident, where: {incident.escalating: true}}}", then="{must: act}")
    said = failure(no_must_is_lost_by_one_more(book(tmp_path, every)))
    assert said.startswith("`tiny:r` (child) applies, and with incidents[one-more] as well it is ruled out")
    run(no_must_is_lost_by_one_more(book(tmp_path / "some", SOME_INJURY)), 60)


def test_an_age_that_ends_overnight_is_found_and_can_be_reviewed(tmp_path: Path) -> None:
    young = rule("r", "{child.age: {less_than: p}}", then="{must: act}")
    rules = book(tmp_path, young, parameter("p", "6 months"))
    said = failure(no_must_is_lost_overnight(rules))
    assert said.startswith("`tiny:r` (child) applies, and on the next day, 2026-03-03 it is ruled out")
    assert "born_on: 2025-09-03" in said
    run(no_must_is_lost_overnight(rules, reviewed=["r"]), 30)


# --- what never matters


def test_order_is_found_out_where_only_the_first_record_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = book(tmp_path, rule("r", "{some: {of: injury, where: {injury.kind: bruise}}}"))
    run(order_does_not_matter(rules), 40)
    every = CaseView.records

    def first(self: CaseView, kind: str) -> Any:
        given = [each.id for each in getattr(self.source, self.list_name(kind)) or ()][:1]
        return tuple(each for each in every(self, kind) if each.id in given)

    monkeypatch.setattr(CaseView, "records", first)
    said = failure(order_does_not_matter(rules))
    assert said.startswith("in another order, or with words said twice, the ")
    assert shown(said)[-1] == "injuries: [{id: injury-1}, {id: injury-2}]"


def test_a_strength_that_cancels_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = book(tmp_path, rule("r", "{not: {some: {of: injury}}}"))
    run(irrelevant_facts_do_not_matter(rules), 40)
    is_open = CaseView.is_open
    by_the_view(monkeypatch)
    monkeypatch.setattr(
        CaseView, "is_open", lambda self, kind: not self.source.protective_factors and is_open(self, kind)
    )
    assert "with facts that no rule reads, the outcomes are others" in failure(
        irrelevant_facts_do_not_matter(rules), smallest=False
    )


def test_a_question_that_is_asked_again_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = book(tmp_path, rule("r", "{child.disabled: true}"))
    run(answering_removes_the_question(rules), 40)
    asked = rules.evaluate(Case.from_yaml("child: {id: baby, stage: born}"), as_of="2026-03-02").questions
    monkeypatch.setattr(Evaluation, "questions", property(lambda _: asked))
    assert failure(answering_removes_the_question(rules), smallest=False).startswith(
        "`child.disabled` is answered, and asked for again"
    )


def test_a_missing_citation_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = book(tmp_path, ILL)
    run(every_action_is_cited(rules), 40)
    actions = vars(Evaluation)["actions"].func
    bare = property(lambda self: tuple(replace(each, citations=()) for each in actions(self)))
    monkeypatch.setattr(Evaluation, "actions", bare)
    assert failure(every_action_is_cited(rules), smallest=False).startswith(
        "`tiny:act` comes without a citation: its own"
    )


def test_an_answer_that_differs_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = book(tmp_path, ILL)
    run(replay_is_equal(rules), 20)
    numbers = count()
    monkeypatch.setattr(Evaluation, "to_json", lambda _: str(next(numbers)))
    assert failure(replay_is_equal(rules), smallest=False).startswith("evaluated twice, it gives two answers")


def test_an_answer_that_flips_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = book(tmp_path, rule("r", "{not: {some: {of: injury}}}"))
    run(certain_answers_never_flip(rules), 40)
    by_the_view(monkeypatch)
    monkeypatch.setattr(CaseView, "is_open", lambda *_: False)
    said = failure(certain_answers_never_flip(rules))
    assert said.startswith("`tiny:r` (child) is certainly `applies`, and `does_not_apply` when all is known")


def test_a_locality_that_weakens_is_found_out(tmp_path: Path) -> None:
    national = book(tmp_path / "a", rule("r", HURT))
    narrower = book(tmp_path / "b", rule("r", f"{{all: [{HURT}, {{child.disabled: true}}]}}"))
    said = failure(localities_only_tighten(national, narrower))
    # Where the child is known not to be disabled, what was unknown is ruled out: chance finds one or the other first.
    assert re.match(r"None lowers `tiny:r` \(child\) from (`applies`|`undetermined` to `does_not_apply`$)", said, re.M)
    run(localities_only_tighten(national, book(tmp_path / "c", rule("r", HURT), rule("more", "always"))), 40)


def test_a_locality_that_leaves_a_demand_out_is_told_at_once(tmp_path: Path) -> None:
    national = book(tmp_path / "a", rule("r", HURT, then="{must: act}"))
    with pytest.raises(CallError, match="leaves out a demand of the shared packs: tiny:r must tiny:act"):
        localities_only_tighten(national, book(tmp_path / "b", rule("r", HURT)))


def test_a_property_is_a_test_without_arguments(tmp_path: Path) -> None:
    test: Property = every_action_is_cited(book(tmp_path, ILL))
    assert test() is None  # type: ignore[func-returns-value]
