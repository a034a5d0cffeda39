"""Why: the facts that decided a finding, in the case's own words, and those that leave it open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from safeguard_rules.engine.grounds import Ground, OfAlways, OfList, OfTest, OfUse
from safeguard_rules.engine.outcomes import Result, StageRun, always_trace, bare_trace
from safeguard_rules.engine.saying import WHY_UNKNOWN, account_text, evidence_text, value_text
from safeguard_rules.engine.walking import Trace, deciding_parts, list_decides, record_of
from safeguard_rules.language.english import Wording
from safeguard_rules.language.tree import Always, Count, FactRef, Quantifier, Test, Use
from safeguard_rules.packs.content import DefinitionForm
from safeguard_rules.results import Part, Reason
from safeguard_rules.values.dates import When
from safeguard_rules.values.truth import NAMES, F, T, U
from safeguard_rules.vocabulary.records import Record, Value
from safeguard_rules.vocabulary.view import CaseView

Told = tuple[str, str, str | None]
"""A path, what it says, and how that is known."""

Cause = tuple[Told, str, str | None]
"""A fact, the clause that it decided, and the definition that the clause stands in: what a reason is made of."""

Causes = dict[tuple[str, str, str], Cause]
"""Causes by what they are sorted by, and known as the same by: path, clause, definition."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells facts of one case in plain English; what was told once is kept."""

    view: CaseView
    wording: Wording
    forms: Mapping[str, DefinitionForm]
    _leaves: dict[tuple[Any, ...], Causes] = field(init=False, default_factory=dict)
    _bodies: dict[int, tuple[Trace, Causes]] = field(init=False, default_factory=dict)
    _uses: dict[tuple[Any, ...], Causes] = field(init=False, default_factory=dict)
    _facts: dict[tuple[Record, str], Told] = field(init=False, default_factory=dict)
    _paths: dict[str, Told] = field(init=False, default_factory=dict)
    _lists: dict[str, Told] = field(init=False, default_factory=dict)

    def reasons(self, result: Result) -> tuple[Reason, ...]:
        """The facts that decided a finding, each once, by path."""
        return tuple([Reason(*told, clause, *self.form(within)) for told, clause, within in self.causes(result)])

    def causes(self, result: Result) -> list[Cause]:
        """What the reasons of a finding are made of, in their order."""
        found: Causes = {}
        if result.gate != T and (result.truth == F or result.outcome == "undetermined"):
            _add(found, self._fact(self.view.child, "stage"), "the rule is for another stage", None)
        if result.gate != F:
            self._gather(result, found)
        return [found[key] for key in sorted(found)]

    def _gather(self, result: Result, found: Causes) -> None:
        if result.empty:
            kind = result.active.form.for_each
            assert kind is not None
            _add(found, self._list(kind), "there is none", None)
            return
        if result.subject is not None and result.subject.unseen and result.outcome == "undetermined":
            _add(found, self._list(result.subject.kind), "there may be one that nobody has entered", None)
        grounds = result.grounds()
        if grounds is None:
            self._decided(result.trace(), result.run.view, found)
        else:
            self._told(grounds[1], result.run, found)

    def _told(self, grounds: Iterable[Ground], run: StageRun, found: Causes) -> None:
        """Adds what grounds say."""
        view, of = run.view, self.wording.of
        for ground in grounds:
            sort = ground[0]
            kind = sort.__class__
            if kind is OfTest:
                if sort.entered and view.reads_itself(ground[1], sort.name):
                    _add(found, self._fact(ground[1], sort.name), of(sort.node), sort.within)
                else:
                    found |= self._of_test(ground, run)
            elif kind is OfUse:
                found |= self._of_use(ground, run)
            elif kind is OfList:
                clause = "the list is open" if ground[1] else "the list is complete"
                _add(found, self._list(sort.node.of), clause, sort.within)
            elif kind is OfAlways:
                found |= self._of_leaf(always_trace(ground), view)

    def _of_test(self, ground: Ground, run: StageRun) -> Causes:
        """The causes that a test is which reads more than one entered fact."""
        sort, _, subject, item, _ = ground
        found = self._leaves.get((id(sort.node), subject, item, sort.within, run.view))
        return found if found is not None else self._of_leaf(bare_trace(ground), run.view)

    def _of_use(self, ground: Ground, run: StageRun) -> Causes:
        """The causes that a definition is; what definitions share is told once for all findings (decision 51)."""
        sort, record = ground
        key = sort.definition, record, sort.level, run.view
        found = self._uses.get(key)
        if found is None:
            found = {}
            self._told(sort.meanings.body(sort, run, record).grounds, run, found)
            self._uses[key] = found
        return found

    def _decided(self, trace: Trace, view: CaseView, found: Causes) -> None:
        """Adds what decided a trace; what definitions share is looked at once for all findings (decision 51)."""
        node = trace.node
        kind = node.__class__
        if isinstance(node, Test):
            read = record_of(node.ref, view, trace.subject, trace.item)
            if isinstance(node.operand, FactRef) or not view.reads_itself(read, node.ref.fact.name):
                found |= self._of_leaf(trace, view)
            else:
                _add(found, self._fact(read, node.ref.fact.name), self.wording.of(node), trace.within)
        elif kind is Always:
            found |= self._of_leaf(trace, view)
        elif kind is Use:
            found |= self._of_body(trace.parts[0], view)
        else:
            for part in deciding_parts(trace):
                self._decided(part, view, found)
            if (kind is Quantifier or kind is Count) and list_decides(trace):
                found |= self._of_leaf(trace, view)

    def _of_body(self, body: Trace, view: CaseView) -> Causes:
        """What decided the body of a definition, whether it stands or was replaced."""
        known = self._bodies.get(id(body))
        if known is None:
            found: Causes = {}
            self._decided(body, view, found)
            known = self._bodies[id(body)] = body, found
        return known[1]

    def _of_leaf(self, leaf: Trace, view: CaseView) -> Causes:
        """The causes of a leaf; the same test of the same records gives the same, however often it stands."""
        key = id(leaf.node), leaf.subject, leaf.item, leaf.within, view
        found = self._leaves.get(key)
        if found is None:
            found, clause = {}, self._clause(leaf)
            for told in self._told_of(leaf, view):
                _add(found, told, clause, leaf.within)
            self._leaves[key] = found  # whole, for other threads may read it
        return found

    def leaf_reasons(self, leaf: Trace, view: CaseView) -> Iterator[Reason]:
        """The facts behind one deciding leaf."""
        clause = self._clause(leaf)
        for told in self._told_of(leaf, view):
            yield Reason(*told, clause, *self.form(leaf.within))

    def _clause(self, leaf: Trace) -> str:
        if isinstance(leaf.node, Quantifier | Count):
            return "the list is open" if leaf.is_open else "the list is complete"
        return self.wording.of(leaf.node)

    def _told_of(self, leaf: Trace, view: CaseView) -> Iterable[Told]:
        match leaf.node:
            case Test(ref=ref, operand=operand):
                read = record_of(ref, view, leaf.subject, leaf.item)
                if not isinstance(operand, FactRef) and view.reads_itself(read, ref.fact.name):
                    return (self._fact(read, ref.fact.name),)
                return map(self._path, facts_of(leaf, view))
            case Always(value=holds):
                record = leaf.item or (leaf.subject if holds else None)
                return () if record is None or record.unseen else (self._fact(record, "id"),)
            case Quantifier(of=of) | Count(of=of):
                return (self._list(of),)
        return ()

    # --- one fact

    def path_reason(self, path: str, clause: str, within: str | None) -> Reason:
        """What a path says, whatever it is the path of: a fact, a record or a list."""
        return Reason(*self._path(path), clause, *self.form(within))

    def list_reason(self, singular: str, within: str | None, clause: str) -> Reason:
        """What is known of a list as a whole."""
        return Reason(*self._list(singular), clause, *self.form(within))

    def _path(self, path: str) -> Told:
        told = self._paths.get(path)
        if told is None:
            located = self.view.locate(path)
            kind = self.view.vocabulary.kind_named(path)
            if located is not None:
                told = self._fact(*located)
            elif kind is not None:
                told = self._list(kind.singular)
            else:
                told = path, path, self.known_by(path)
            self._paths[path] = told
        return told

    def _fact(self, record: Record, name: str) -> Told:
        """What one fact says."""
        told = self._facts.get((record, name))
        if told is None:
            path = record.path(name) if name != "id" else record.base
            value = self.view.value(record, name)
            known_by = self.known_by(path) if value is not None and self.view.source.evidence else None
            told = self._facts[record, name] = path, self._says(record, name, value), known_by
        return told

    def _list(self, singular: str) -> Told:
        """What is known of a list as a whole."""
        told = self._lists.get(singular)
        if told is None:
            told = self._lists[singular] = self._tell_list(singular)
        return told

    def _tell_list(self, singular: str) -> Told:
        kind = self.view.vocabulary.kinds[singular]
        records = self.view.records(singular)
        listed_ = ", ".join(record.label or record.id for record in records)
        if not self.view.list_given(singular):
            says = f"{kind.plural_phrase}: nothing is said"
        else:
            more = ", and there may be more" if self.view.is_open(singular) else ""
            says = f"{kind.plural_phrase}: {listed_ or 'none'}{more}"
        return kind.name, says, self.known_by(kind.name)

    def form(self, within: str | None) -> tuple[str | None, str | None]:
        """A definition and which form of it holds."""
        if within is None:
            return None, None
        return within, self.form_of(within)

    def form_of(self, definition: str) -> str:
        """Which meaning of a definition holds: `national`, a variant, or a local change."""
        return self.forms[definition].form

    def _says(self, record: Record, name: str, value: Value) -> str:
        """A fact with its value in plain English."""
        shown = record.label or record.id
        if name == "id":
            return f"there is {shown}"
        vocabulary = self.view.vocabulary
        fact = vocabulary.plans_at_hand[record.kind][name].fact
        phrase = f"{fact.phrase} ({shown})" if record.kind in vocabulary.kinds_at_hand else fact.phrase
        if value is not None:
            return f"{phrase}: {value_text(value, fact)}"
        why = self.view.why_unknown(record, name)
        return f"{phrase}: not known{f' ({WHY_UNKNOWN.get(why, why)})' if why else ''}"

    def known_by(self, path: str) -> str | None:
        """How a fact is known, or the record that it stands in; with a denial. None if the case does not say."""
        if not self.view.source.evidence:
            return None
        record = path.rpartition(".")[0]
        evidence = self.view.evidence(path) or (self.view.evidence(record) if "[" in record else ())
        return "; ".join(text for each in evidence if (text := evidence_text(each))) or None

    def disagreements(self) -> Iterator[tuple[str, str, str]]:
        """Accounts that conflict, and denials of what was seen or recorded: a code, the path, and what is said."""
        for path, entries in self.view.source.evidence.items():
            for each in entries:
                if each.why == "conflicting":
                    told = "; ".join(account_text(account) for account in each.accounts)
                    yield "accounts-conflict", path, f"the accounts conflict, so it counts as not known: {told}"
                if each.disputed:
                    yield "disputed", path, f"{evidence_text(each)}; what was seen or recorded stays"

    # --- the whole condition

    def part(self, trace: Trace, view: CaseView) -> Part:
        """A condition, part by part, with what decided it; a definition that is used again is spelt out once."""
        return self._part(trace, view, True, set())

    def _part(self, trace: Trace, view: CaseView, decides: bool, spelt_out: set[int]) -> Part:
        decisive = set(map(id, deciding_parts(trace))) if decides else set()
        facts: tuple[Reason, ...] = ()
        if isinstance(trace.node, Test) or (isinstance(trace.node, Quantifier | Count) and list_decides(trace)):
            facts = tuple(self.leaf_reasons(trace, view))
        definition = trace.node.definition if isinstance(trace.node, Use) else None
        parts = trace.parts
        if definition is not None:
            parts = tuple(part for part in parts if id(part) not in spelt_out)
            spelt_out.update(map(id, parts))
        return Part(
            trace.node.id,
            self._part_reading(trace),
            NAMES[trace.value],
            decides,
            definition,
            self.form_of(definition) if definition is not None else None,
            facts,
            tuple(self._part(part, view, decides and id(part) in decisive, spelt_out) for part in parts),
        )

    def empty_part(self, result: Result) -> Part:
        """The explanation of a rule for each record of a list that is known to be empty."""
        kind = result.active.form.for_each
        assert kind is not None
        there_is_none = self.list_reason(kind, None, "there is none")
        node = result.active.form.when
        return Part(node.id, self.wording.of(node), "false", True, None, None, (there_is_none,), ())

    def _part_reading(self, trace: Trace) -> str:
        text = self.wording.of(trace.node)
        if trace.replaced:
            return f"{text} (not known; taken as {'true' if trace.value else 'false'})"
        return text


def _add(found: Causes, told: Told, clause: str, within: str | None) -> None:
    found[told[0], clause, within or ""] = told, clause, within


def facts_of(leaf: Trace, view: CaseView) -> tuple[str, ...]:
    """The concrete paths that a test read, on both sides; for an unknown one those that leave it open.

    A test may be unknown with nothing missing: a day without its time against hours. Then it is what it read.
    """
    node = leaf.node
    assert isinstance(node, Test)
    refs = [ref for ref in (node.ref, node.operand) if isinstance(ref, FactRef)]
    read = [view.derive(record_of(ref, view, leaf.subject, leaf.item), ref.fact.name) for ref in refs]
    missing = dict.fromkeys(path for derived in read for path in derived.missing)
    if leaf.value == U and missing:
        return tuple(missing)
    return tuple(dict.fromkeys(path for derived in read for path in derived.read))


def open_paths(leaf: Trace, view: CaseView) -> tuple[str, ...]:
    """The paths that leave a leaf open: unknown facts, or the list; nobody is asked for more than a test can use."""
    match leaf.node:
        case Test(ref=ref, operand=operand):
            record, name = record_of(ref, view, leaf.subject, leaf.item), ref.fact.name
            if not isinstance(operand, FactRef) and view.reads_itself(record, name):
                return () if _enough(view.value(record, name), leaf) else (record.path(name),)
            return tuple(path for path in facts_of(leaf, view) if not _is_enough(path, leaf, view))
        case Quantifier(of=of) | Count(of=of):
            return (view.list_name(of),)
    return ()


def _is_enough(path: str, leaf: Trace, view: CaseView) -> bool:
    """Whether a date is known as well as can be used: to the instant, or to the day where working days are counted."""
    located = view.locate(path)
    return located is not None and _enough(view.value(*located), leaf)


def _enough(value: Value, leaf: Trace) -> bool:
    return isinstance(value, When) and (value.instant is not None or (leaf.uncounted and value.exact))
