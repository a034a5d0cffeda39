"""Small wrongs done to a pack on purpose: cases that are worth something fail on nearly each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import CallError
from safeguard_rules.language.tree import All, AnyOf, Condition, Count, Not, Quantifier
from safeguard_rules.packs.content import Content, DefinitionForm, DemandForm, ParameterForm, RuleForm
from safeguard_rules.packs.names import pack_of
from safeguard_rules.packs.terms import Obligation
from safeguard_rules.testing.runner import CaseSet
from safeguard_rules.values.durations import Duration

X = TypeVar("X")

SWAPPED: Mapping[Obligation, Obligation] = {
    "must": "should",
    "should": "consider",
    "consider": "should",
    "must_not": "should_not",
    "should_not": "must_not",
}
"""What each obligation is mistaken for."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One wrong: where it was done and what it is; `change` does it to the content of a rulebook."""

    at: str
    what: str
    change: Callable[[Content], Content]

    def __str__(self) -> str:
        return f"{self.at}: {self.what}"


InTurn: TypeAlias = Callable[[Sequence[Mutant]], Iterable[Mutant]]
"""Goes through mutants one after the other."""


@dataclass(frozen=True, slots=True)
class MutantRun:
    """The mutants of one pack: which of them some case found out, and which survived all cases."""

    pack: str
    killed: tuple[Mutant, ...]
    survivors: tuple[Mutant, ...]

    @property
    def share(self) -> float:
        """The part of the mutants that were found out, from 0 to 1."""
        return len(self.killed) / max(1, len(self.killed) + len(self.survivors))

    def __str__(self) -> str:
        total = len(self.killed) + len(self.survivors)
        lines = [f"{self.pack}: the cases found out {len(self.killed)} of {total} mutants"]
        return "\n".join([*lines, *(f"  survived: {mutant}" for mutant in self.survivors)])


def run_mutants(cases: CaseSet, in_turn: InTurn = iter) -> MutantRun:
    """Runs the cases of a pack against each of its mutants; the pack itself is not changed.

    `in_turn` goes through the mutants, and may show how far it is.
    Raises `CallError` if a case fails already: then it would find out every mutant.
    """
    if cases.kills(cases.rulebooks):
        raise CallError(f"a case of `{cases.pack}` fails already; mutants tell something only where all pass")
    killed: list[Mutant] = []
    survivors: list[Mutant] = []
    for mutant in in_turn(mutants(cases)):
        (killed if kills(cases, mutant) else survivors).append(mutant)
    return MutantRun(cases.pack, tuple(killed), tuple(survivors))


def kills(cases: CaseSet, mutant: Mutant) -> bool:
    """Whether some case of a pack fails where this wrong was done to it."""
    return cases.kills({area: mutated(rulebook, mutant) for area, rulebook in cases.rulebooks.items()})


def mutated(rulebook: Rulebook, mutant: Mutant) -> Rulebook:
    """A rulebook in which one wrong was done; the rulebook itself is not changed."""
    loaded = rulebook.loaded
    return Rulebook(replace(loaded, content=mutant.change(loaded.content)))


def mutants(cases: CaseSet) -> tuple[Mutant, ...]:
    """The mutants of a pack's own rules, definitions and parameters, in the order of their names.

    Of a locality: of its own rules, of what it carries further, and of the definitions whose meaning it changes.
    """
    content = next(iter(cases.rulebooks.values())).content
    return (*_rules(content, cases.pack), *_definitions(content, cases.pack), *_parameters(content, cases.pack))


def _rules(content: Content, pack: str) -> Iterator[Mutant]:
    for name, rule in content.rules.items():
        for i, form in enumerate(rule.forms):
            if pack_of(name) == pack:
                for node, what, when in rewritten(form.when):
                    yield Mutant(node.id, what, _rule_changer(name, i, _when_changed(when)))
            for demand in form.demands:
                if (demand.carried_by or pack_of(name)) == pack:
                    yield from _demand(name, i, demand, only=len(form.demands) == 1)


def _demand(name: str, index: int, demand: DemandForm, only: bool) -> Iterator[Mutant]:
    what = f"{demand.obligation} {demand.action}"
    swapped = SWAPPED[demand.obligation]
    if not only:  # a rule without any demand does not load
        yield Mutant(name, f"without `{what}`", _rule_changer(name, index, _demands_changed(demand, None)))
    other = _demands_changed(demand, replace(demand, obligation=swapped))
    yield Mutant(name, f"{swapped} in place of `{what}`", _rule_changer(name, index, other))


def _demands_changed(demand: DemandForm, other: DemandForm | None) -> Callable[[RuleForm], RuleForm]:
    def change(form: RuleForm) -> RuleForm:
        put = (other,) if other is not None else ()
        kept = [each for old in form.demands for each in (put if old == demand else (old,))]
        return replace(form, demands=tuple(kept))

    return change


def _when_changed(when: Condition) -> Callable[[RuleForm], RuleForm]:
    return lambda form: replace(form, when=when)


def _rule_changer(name: str, index: int, change_form: Callable[[RuleForm], RuleForm]) -> Callable[[Content], Content]:
    def change(content: Content) -> Content:
        rule = content.rules[name]
        forms = _replaced(rule.forms, index, change_form(rule.forms[index]))
        return replace(content, rules={**content.rules, name: replace(rule, forms=forms)})

    return change


def _definitions(content: Content, pack: str) -> Iterator[Mutant]:
    for name, definition in content.definitions.items():
        for i, form in enumerate(definition.forms):
            if pack_of(name) == pack or (form.form != "national" and content.locality and content.locality.id == pack):
                for node, what, when in rewritten(form.when):
                    yield Mutant(node.id, what, _definition_changer(name, i, form, when))
                yield from _assumption(name, i, form)


def _assumption(name: str, index: int, form: DefinitionForm) -> Iterator[Mutant]:
    if form.assumption is not None:
        changer = _form_changer(name, index, form, replace(form, assumption=None))
        yield Mutant(name, "nothing is assumed while it is unknown", changer)


def _definition_changer(name: str, index: int, form: DefinitionForm, when: Condition) -> Callable[[Content], Content]:
    return _form_changer(name, index, form, replace(form, when=when))


def _form_changer(name: str, index: int, form: DefinitionForm, changed: DefinitionForm) -> Callable[[Content], Content]:
    def change(content: Content) -> Content:
        definition = content.definitions[name]
        if definition.forms[index].when != form.when:
            return content  # a locality gives it another meaning
        forms = _replaced(definition.forms, index, changed)
        return replace(content, definitions={**content.definitions, name: replace(definition, forms=forms)})

    return change


def _parameters(content: Content, pack: str) -> Iterator[Mutant]:
    for name, parameter in content.parameters.items():
        for i, form in enumerate(parameter.forms):
            for by in (1, -1) if pack_of(name) == pack else ():
                moved = _moved(form, by)
                if moved is not None:
                    yield Mutant(name, f"{moved.value} in place of {form.value}", _parameter_changer(name, i, moved))


def _moved(form: ParameterForm, by: int) -> ParameterForm | None:
    match form.value:
        case int(number):
            return replace(form, value=number + by)
        case Duration(amount=amount) if amount + by >= 0:
            return replace(form, value=replace(form.value, amount=amount + by))
        case _:
            return None


def _parameter_changer(name: str, index: int, moved: ParameterForm) -> Callable[[Content], Content]:
    def change(content: Content) -> Content:
        parameter = content.parameters[name]
        forms = _replaced(parameter.forms, index, moved)
        return replace(content, parameters={**content.parameters, name: replace(parameter, forms=forms)})

    return change


def rewritten(condition: Condition) -> Iterator[tuple[Condition, str, Condition]]:
    """Every condition that differs in one place: the node where, what was done there, and the whole."""
    match condition:
        case All(parts=parts) | AnyOf(parts=parts):
            yield condition, "`all` and `any` swapped", _flipped(condition, parts)
            for i, part in enumerate(parts):
                if len(parts) > 1:
                    yield part, "left out", replace(condition, parts=_without(parts, i))
                for node, what, changed in rewritten(part):
                    yield node, what, replace(condition, parts=_replaced(parts, i, changed))
        case Not(part=part):
            yield condition, "`not` taken away", part
            for node, what, changed in rewritten(part):
                yield node, what, replace(condition, part=changed)
        case Quantifier(where=where) | Count(where=where):
            yield condition, "turned round", Not(f"{condition.id}~", condition.place, condition)
            for node, what, changed in rewritten(where):
                yield node, what, replace(condition, where=changed)
        case _:
            yield condition, "turned round", Not(f"{condition.id}~", condition.place, condition)


def _flipped(condition: Condition, parts: tuple[Condition, ...]) -> Condition:
    kind = AnyOf if isinstance(condition, All) else All
    return kind(condition.id, condition.place, parts)


def _without(parts: tuple[Condition, ...], index: int) -> tuple[Condition, ...]:
    return parts[:index] + parts[index + 1 :]


def _replaced(items: tuple[X, ...], index: int, item: X) -> tuple[X, ...]:
    return (*items[:index], item, *items[index + 1 :])
