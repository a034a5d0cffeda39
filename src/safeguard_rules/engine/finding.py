"""Findings: outcomes as the result shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from safeguard_rules.engine.explaining import Teller, first_paths
from safeguard_rules.engine.outcomes import CHILD as CHILD
from safeguard_rules.engine.outcomes import STAGE, Result, assumed_uses, certainty, key
from safeguard_rules.engine.residual import open_paths_of
from safeguard_rules.engine.walking import Trace
from safeguard_rules.language.english import reading
from safeguard_rules.language.tree import Use
from safeguard_rules.packs.checking import in_force
from safeguard_rules.packs.content import Action, DemandForm, Statement
from safeguard_rules.results import Assumed, Certainty, Citation, Finding, Obligation, Outcome, Reason, Subject
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.records import Record

OBLIGATIONS: tuple[Obligation, ...] = ("must", "must_not", "should", "should_not", "consider")


@dataclass(frozen=True, slots=True)
class Settled:
    """What one finding came to, short: what comparisons and evidence look at."""

    outcome: Outcome
    certainty: Certainty


def cite(statements: Iterable[Statement], on: AsOf | None = None) -> tuple[Citation, ...]:
    """Statements as the result shows them, each once; with a day, only those whose source said so on it."""
    return tuple(
        Citation(
            statement.name,
            statement.title,
            statement.publisher,
            statement.at,
            statement.says,
            statement.url,
            statement.force,
            statement.known,
            statement.area,
        )
        for statement in dict.fromkeys(statements)
        if on is None or in_force((statement,), on.day)
    )


def subject_of(result: Result, child: Record) -> Subject:
    """Whom or what a finding is about."""
    kind = result.active.form.for_each
    if kind is None:
        return Subject(CHILD, child_id(child), child.label)
    if result.subject is None:
        return Subject(kind, None)
    return Subject(kind, result.subject.id, result.subject.label)


def child_id(child: Record) -> str | None:
    """The id of the child, if the case has one."""
    return getattr(child.entry, "id", None)


def key_of(result: Result) -> tuple[str, str]:
    """What a finding is known by: its rule and its subject's path."""
    return key(result.active, result.subject)


def assumed_of(result: Result) -> tuple[Assumed, ...]:
    """What was assumed, each with its citation; the stage last."""
    found = [assumed_definition(leaf, result) for leaf in assumed_uses(result)]
    if result.stage_assumed:
        cited = cite(result.active.rule.assume_born, result.run.as_of)
        found.append(Assumed(STAGE, "the child is born", True, False, False, cited))
    return tuple(found)


def assumed_definition(leaf: Trace, result: Result) -> Assumed:
    """A definition that was taken as true or false."""
    node = leaf.node
    assert isinstance(node, Use)
    form = result.run.program.forms[node.definition]
    assumption = form.assumption
    assert assumption is not None
    return Assumed(
        node.definition,
        form.reads,
        assumption.value,
        assumption.exception,
        leaf.granted,
        cite(assumption.cites, result.run.as_of),
        result.run.program.kinds[node.definition],
    )


def settled(result: Result) -> Settled:
    """The outcome and certainty of a finding."""
    if not result.applies:
        return Settled(result.outcome, "certain")
    assumed = [each for each in assumed_of(result) if not each.taken_for_granted]
    return Settled("applies", certainty(result, not assumed, all(each.exception for each in assumed)))


def make_finding(
    result: Result,
    teller: Teller,
    without_carer: Mapping[tuple[str, str], Result] | None,
    carer_paths: frozenset[str],
    waived_from: Outcome | None,
    actions: Mapping[str, Action],
) -> Finding:
    """One rule's outcome for one subject, with its reasons."""
    form = result.active.form
    now = settled(result)
    other = without_carer.get(_key_without_carer(result, without_carer)) if without_carer is not None else None
    rests = other is not None and settled(other) != now
    why = teller.reasons(result)
    return Finding(
        result.active.rule.name,
        form.title,
        subject_of(result, result.plain.view.child),
        now.outcome,
        now.certainty,
        assumed_of(result),
        why,
        open_paths_of(result),
        reading(form.when, teller.wording),
        form.because,
        rests,
        _told(carer_paths, why, other) if other is not None and rests else (),
        cite(form.cites),
        waived_from,
        _wants(form.demands, actions),
    )


def _wants(demands: Iterable[DemandForm], actions: Mapping[str, Action]) -> tuple[str, ...]:
    """What a rule asks for where it applies, the strongest first: how strongly, and what."""
    ordered = sorted(demands, key=lambda demand: (OBLIGATIONS.index(demand.obligation), demand.action))
    return tuple(dict.fromkeys(f"{each.obligation.replace('_', ' ')}: {actions[each.action].do}" for each in ordered))


def _told(carer_paths: frozenset[str], why: Iterable[Reason], without: Result) -> tuple[str, ...]:
    """What only a carer said of the facts that decided; where none did, as with a stage, of those then left open."""
    decided = carer_paths & _with_bases(first_paths(why))
    return tuple(sorted(decided or carer_paths & _with_bases(open_paths_of(without))))


def _key_without_carer(result: Result, without_carer: Mapping[tuple[str, str], Result]) -> tuple[str, str]:
    """The key of the same finding once carers' words are taken away: a closed empty list may have opened."""
    key = key_of(result)
    if result.empty and key not in without_carer:
        return key[0], result.plain.view.unseen(result.active.form.for_each or CHILD).base
    return key


def _with_bases(paths: Iterable[str]) -> set[str]:
    """Paths with those of the records and lists that they stand in."""
    found: set[str] = set()
    for path in paths:
        found.add(path)
        record = path.rpartition(".")[0]
        found.add(record)
        found.add(record.partition("[")[0])
    return found
