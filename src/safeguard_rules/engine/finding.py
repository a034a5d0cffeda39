"""Findings: outcomes as the result shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from safeguard_rules.engine.clauses import clauses_of
from safeguard_rules.engine.explaining import Teller
from safeguard_rules.engine.outcomes import CHILD as CHILD
from safeguard_rules.engine.outcomes import STAGE, Result, assumed_uses, certainty, key
from safeguard_rules.engine.residual import open_paths_of
from safeguard_rules.engine.running import PLAIN
from safeguard_rules.engine.stock import cite as cite
from safeguard_rules.results import Assumed, Certainty, Elsewhere, Finding, Outcome, Subject
from safeguard_rules.vocabulary.records import Record


@dataclass(frozen=True, slots=True)
class Settled:
    """What one finding came to, short: what comparisons and evidence look at."""

    outcome: Outcome
    certainty: Certainty


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
    if result.level == PLAIN:
        return ()
    found = [assumed_definition(*each, result) for each in assumed_uses(result)]
    if result.stage_assumed:
        cited = result.run.program.stock.cite(result.active.rule.assume_born, result.run.as_of)
        found.append(Assumed(STAGE, "the child is born", True, False, False, cited))
    return tuple(found)


def assumed_definition(definition: str, granted: bool, result: Result) -> Assumed:
    """A definition that was taken as true or false."""
    form = result.run.program.forms[definition]
    assumption = form.assumption
    assert assumption is not None
    return Assumed(
        definition,
        form.reads,
        assumption.value,
        assumption.exception,
        granted,
        result.run.program.stock.cite(assumption.cites, result.run.as_of),
        result.run.program.kinds[definition],
    )


def settled(result: Result) -> Settled:
    """The outcome and certainty of a finding."""
    return settled_by(result, assumed_of(result) if result.applies else ())


def settled_by(result: Result, assumed: Iterable[Assumed]) -> Settled:
    """The outcome and certainty of a finding that assumed this."""
    if not result.applies:
        return Settled(result.outcome, "certain")
    asked = [each for each in assumed if not each.taken_for_granted]
    return Settled("applies", certainty(result, not asked, all(each.exception for each in asked)))


class SharedWork(Protocol):
    """What an evaluation works out for all its findings together, when the first of them asks for it."""

    @property
    def teller(self) -> Teller:
        """Tells facts of the case."""

    @property
    def carer_paths(self) -> frozenset[str]:
        """The paths of all that only a carer said."""

    def assumed(self, result: Result) -> tuple[Assumed, ...]:
        """What a finding assumed, worked out once."""

    def settled(self, result: Result) -> Settled:
        """The outcome and certainty of a finding."""

    def of_carer(self, result: Result) -> tuple[bool, tuple[str, ...]]:
        """Whether a finding rests on what a carer said, and on which of that; worked out once."""

    @property
    def without_carer(self) -> Mapping[tuple[str, str], Result]:
        """The results with these made unknown."""

    def waived_from(self, result: Result) -> Outcome | None:
        """The outcome by the shared form, where a waiver changed it."""

    def elsewhere(self, result: Result) -> tuple[Elsewhere, ...]:
        """The other forms of definitions by which it would have come out another way."""


def make_finding(result: Result, inquiry: SharedWork) -> Finding:
    """One rule's outcome for one subject; its reasons are worked out when somebody reads them."""
    form = result.active.form
    assumed, now = inquiry.assumed(result), inquiry.settled(result)
    said = result.plain.program.stock.said(form)
    return Finding.with_later(
        partial(_part, result, inquiry),
        {
            "rule": result.active.rule.name,
            "title": form.title,
            "subject": subject_of(result, result.plain.view.child),
            "outcome": now.outcome,
            "certainty": now.certainty,
            "assumed": assumed,
            "reading": said.reading,
            "because": form.because,
            "citations": said.citations,
            "wants": said.wants,
        },
    )


def _part(result: Result, inquiry: SharedWork, name: str) -> object:
    """A part of a finding that takes some working out."""
    match name:
        case "why":
            return inquiry.teller.reasons(result)
        case "open":
            return open_paths_of(result)
        case "rests_on_carer":
            return inquiry.of_carer(result)[0]
        case "carer_paths":
            return inquiry.of_carer(result)[1]
        case "waived_from":
            return inquiry.waived_from(result)
        case "clauses":
            return clauses_of(result)
        case "elsewhere":
            return inquiry.elsewhere(result)
    raise LookupError(name)


def _rests_on(result: Result, inquiry: SharedWork, now: Settled) -> Result | None:
    """What a finding comes to once what only a carer said is unknown, if that is something else."""
    if not inquiry.carer_paths:
        return None
    without = inquiry.without_carer
    other = without.get(_key_without_carer(result, without))
    if other is None or (other.level == result.level == PLAIN and other.truth == result.truth):
        return None
    return other if settled(other) != now else None


def parts_of_carer(result: Result, inquiry: SharedWork, now: Settled) -> tuple[bool, tuple[str, ...]]:
    """Whether a finding rests on what a carer said, and on which of that."""
    other = _rests_on(result, inquiry, now)
    if other is None:
        return False, ()
    return True, _told(inquiry.carer_paths, (told[0] for told, _, _ in inquiry.teller.causes(result)), other)


def _told(carer_paths: frozenset[str], why: Iterable[str], without: Result) -> tuple[str, ...]:
    """What only a carer said of the facts that decided; where none did, as with a stage, of those then left open."""
    decided = carer_paths & _with_bases(why)
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
