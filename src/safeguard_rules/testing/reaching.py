"""What the cases of a pack reach: conditions in their three values, actions, statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from safeguard_rules.engine.program import Program
from safeguard_rules.engine.walking import Trace
from safeguard_rules.language.english import reading
from safeguard_rules.language.tree import Condition, Count, Quantifier, Test, Use, walk
from safeguard_rules.packs.content import DemandForm, Rule, RuleForm
from safeguard_rules.packs.names import pack_of
from safeguard_rules.source import Place
from safeguard_rules.testing.case_files import Expectation
from safeguard_rules.testing.expecting import OBLIGATIONS
from safeguard_rules.testing.runner import CaseRun, CaseSet
from safeguard_rules.values.truth import F, T, Truth, U

VALUES: tuple[tuple[Truth, str], ...] = ((T, "true"), (F, "false"), (U, "unknown"))


@dataclass(frozen=True, slots=True)
class ConditionReached:
    """One condition of a rule or definition, and which of its three values some case gave it.

    `id` is the stable name of the node, `reads` its English, `place` where the author wrote it.
    """

    id: str
    reads: str
    place: Place
    values: frozenset[Truth]

    @property
    def missing(self) -> tuple[str, ...]:
        """The values that no case gave it: `true`, `false`, `unknown`."""
        return tuple(word for value, word in VALUES if value not in self.values)


@dataclass(frozen=True, slots=True)
class Reach:
    """What the reviewed cases of one pack or locality reach."""

    pack: str
    conditions: tuple[ConditionReached, ...]
    actions: tuple[tuple[str, bool], ...]
    """Each action that its rules demand, and whether a case expects it, or expects it not to come."""
    statements: tuple[tuple[str, bool], ...]
    """Each statement that its rules cite, and whether a case shows one of those rules applying."""

    def made(self, value: Truth) -> int:
        """How many conditions some case gave a value."""
        return sum(value in each.values for each in self.conditions)


def reach(cases: CaseSet, run: CaseRun) -> Reach:
    """What the cases of a pack reach; `run` is their run. Each case is evaluated once more, with its reasons."""
    rules = next(iter(cases.rulebooks.values())).content.rules.values()
    conditions = tuple(_conditions(cases, _values(cases)))
    return Reach(cases.pack, conditions, tuple(_actions(cases, rules)), tuple(_statements(cases, rules, run)))


# --- conditions


def _values(cases: CaseSet) -> dict[str, set[Truth]]:
    found: dict[str, set[Truth]] = {}
    for number, (names, _) in enumerate(cases.cases):
        if names.case.reviewed:
            seen: set[int] = set()
            traces = cases.judge(number).evaluation.traces()
            for trace in traces:
                for each in _all_of(trace, seen):
                    found.setdefault(each.node.id, set()).add(each.value)
    return found


def _all_of(trace: Trace, seen: set[int]) -> Iterator[Trace]:
    """Every node of a walk; what definitions share is looked at once."""
    waiting = [trace]
    while waiting:
        top = waiting.pop()
        if id(top) not in seen:
            seen.add(id(top))
            yield top
            waiting.extend(top.parts)


def _conditions(cases: CaseSet, values: dict[str, set[Truth]]) -> Iterator[ConditionReached]:
    """The conditions of the pack's rules and definitions that are in force on the day of some case, each once."""
    known: set[str] = set()
    for names, area in cases.cases:
        rulebook = cases.rulebooks[area]
        program = rulebook.program(names.case.as_of)
        for whole in _own(program, cases.pack, of_locality=rulebook.locality == cases.pack):
            for node in walk(whole):
                if isinstance(node, Test | Use | Quantifier | Count) and node.id not in known:
                    known.add(node.id)
                    reached = frozenset(values.get(node.id, ()))
                    yield ConditionReached(node.id, reading(node, program.wording), node.place, reached)


def _own(program: Program, pack: str, *, of_locality: bool) -> Iterator[Condition]:
    """The conditions that a pack wrote; of a locality also the meanings that it gives to shared definitions."""
    for active in program.rules:
        if pack_of(active.rule.name) == pack:
            yield active.form.when
    for name, form in program.forms.items():
        if pack_of(name) == pack or (of_locality and form.form != "national"):
            yield form.when


# --- actions and statements


def _actions(cases: CaseSet, rules: Iterable[Rule]) -> Iterator[tuple[str, bool]]:
    expected = {
        names.meant[("action", written)]
        for names, _ in cases.cases
        if names.case.reviewed
        for written in _named(names.case.expect)
    }
    wanted = {demand.action for rule in rules for form in rule.forms for demand in _demands(form, rule, cases.pack)}
    yield from ((name, name in expected) for name in sorted(wanted))


def _named(expect: Expectation) -> Iterator[str]:
    for obligation in OBLIGATIONS:
        yield from getattr(expect.actions, obligation)
    yield from expect.no_actions
    yield from expect.conflicts or ()


def _statements(cases: CaseSet, rules: Iterable[Rule], run: CaseRun) -> Iterator[tuple[str, bool]]:
    tested = (result for result in run.results if result.reviewed)
    shown = {each.rule for result in tested for each in result.reached if each.outcome == "applies"}
    found: dict[str, bool] = {}
    for rule in rules:
        for form in rule.forms:
            own = form.cites if pack_of(rule.name) == cases.pack else ()
            cited = (*own, *(each for demand in _demands(form, rule, cases.pack) for each in demand.cites))
            for statement in cited:
                found[statement.name] = found.get(statement.name, False) or rule.name in shown
    yield from sorted(found.items())


def _demands(form: RuleForm, rule: Rule, pack: str) -> Iterator[DemandForm]:
    """The demands that a pack, or a locality, makes itself."""
    return (demand for demand in form.demands if (demand.carried_by or pack_of(rule.name)) == pack)
