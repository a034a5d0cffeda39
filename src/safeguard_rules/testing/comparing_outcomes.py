"""What a case comes to, rule by rule and quickly, and what was lost between two such answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from safeguard_rules.case.case import Case
from safeguard_rules.engine.finding import key_of
from safeguard_rules.engine.outcomes import Runs
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.packs.content import OBLIGATIONS
from safeguard_rules.results import Obligation, Outcome
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.truth import F, T, Truth, U
from safeguard_rules.vocabulary.view import view

ORDER: tuple[Outcome, ...] = ("does_not_apply", "undetermined", "applies")
"""The outcomes from the least that is asked for to the most: F < U < T."""

POSITIVE: tuple[Obligation, ...] = ("must", "should", "consider")
"""The obligations to do something, where the others say not to."""

Subject: TypeAlias = tuple[str, str]
"""A rule by its full name, and the path of whom a finding is about."""


def outcomes(rulebook: Rulebook, case: Case, as_of: AsOf) -> Mapping[Subject, Outcome]:
    """The outcome of every rule in force for each of its subjects."""
    return rulebook.evaluate(case, as_of=as_of).outcomes()


def applied(rulebook: Rulebook, case: Case, as_of: AsOf, action: str) -> tuple[tuple[str, Obligation], ...]:
    """The rules that apply and ask for an action, each with its obligation; what they forbid is left out.

    Much quicker than to evaluate all rules with their reasons.
    """
    program = rulebook.program(as_of)
    asking = tuple(
        each
        for each in program.rules
        if any(demand.action == action and demand.obligation in POSITIVE for demand in each.form.demands)
    )
    results = Runs(replace(program, rules=asking), view(case, as_of, rulebook.vocabulary)).results()
    return tuple(
        dict.fromkeys(
            (result.active.rule.name, demand.obligation)
            for result in results
            for demand in result.active.form.demands
            if result.applies and demand.action == action and demand.obligation in POSITIVE
        )
    )


def certain_outcomes(rulebook: Rulebook, case: Case, as_of: AsOf) -> Mapping[Subject, Truth]:
    """The plain truth for each rule and subject, where nothing unknown was needed and nothing assumed."""
    seen = view(case, as_of, rulebook.vocabulary)
    results = Runs(rulebook.program(as_of), seen).results()
    return {key_of(result): result.truth for result in results if result.truth != U}


def rules_with(rulebook: Rulebook, obligations: Iterable[Obligation]) -> frozenset[str]:
    """The rules that have a demand of one of these obligations."""
    wanted = set(obligations)
    return frozenset(
        name
        for name, rule in rulebook.content.rules.items()
        if any(demand.obligation in wanted for form in rule.forms for demand in form.demands)
    )


def must_rules(rulebook: Rulebook) -> frozenset[str]:
    """The rules with a `must` or a `must_not`; where there are none, those with the strongest obligation there is."""
    for strongest in (OBLIGATIONS[:2], OBLIGATIONS[2:4], OBLIGATIONS[4:]):
        found = rules_with(rulebook, strongest)
        if found:
            return found
    return frozenset()


def silently_lost(
    before: Mapping[Subject, Outcome], after: Mapping[Subject, Outcome], rules: frozenset[str]
) -> Iterator[Subject]:
    """What applied before, and is ruled out now, or is not spoken of any more.

    The finding about a record that was forgotten lives on in that about any other record.
    """
    for (rule, subject), outcome in before.items():
        if outcome != "applies" or rule not in rules:
            continue
        unseen = f"{subject.partition('[')[0]}[?]"
        now = after.get((rule, subject)) or after.get((rule, unseen))
        if now not in ("applies", "undetermined"):
            yield rule, subject


def flipped(before: Mapping[Subject, Truth], after: Mapping[Subject, Truth]) -> Iterator[tuple[Subject, Truth, Truth]]:
    """Certain answers that are other certain answers now.

    What was certain of any other record of an open list (`injuries[?]`) holds for every record that became known.
    """
    for (rule, subject), truth in before.items():
        others = subject.removesuffix("?]")
        for (name, each), now in after.items():
            same = each == subject or (others != subject and each.startswith(others) and (name, each) not in before)
            if name == rule and same and now != truth:
                yield (rule, each), truth, now


def lowered(
    national: Mapping[Subject, Outcome], local: Mapping[Subject, Outcome]
) -> Iterator[tuple[Subject, Outcome, Outcome | None]]:
    """Outcomes that are lower with a locality than without, or not there at all."""
    for key, outcome in national.items():
        here = local.get(key)
        if here is None or ORDER.index(here) < ORDER.index(outcome):
            yield key, outcome, here


def names_of(truth: Truth) -> Outcome:
    """The word for a certain truth."""
    return {F: "does_not_apply", T: "applies"}.get(truth, "undetermined")  # type: ignore[return-value]
