"""What can be seen only once everything is built: cycles, days that nothing covers, stages, nested quantifiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol, TypeVar

from safeguard_rules import messages
from safeguard_rules.language.tree import Condition, Count, Quantifier, Scope, Test, Use, definitions_in, walk
from safeguard_rules.messages import Message
from safeguard_rules.packs.bank_holidays import check_counting
from safeguard_rules.packs.content import Definition, DefinitionForm, Parameter, Rule, RuleForm
from safeguard_rules.packs.draft import Draft
from safeguard_rules.packs.files import PackFiles
from safeguard_rules.packs.graph import Reach, cycles
from safeguard_rules.packs.names import Sort
from safeguard_rules.source import Place

DEEPEST = 40
"""The longest chain of definitions that use each other."""


class Spanned(Protocol):
    """Something with days of force."""

    @property
    def start(self) -> date | None:
        """The first day; None is no bound."""

    @property
    def end(self) -> date | None:
        """The last day, included; None is no bound."""


S = TypeVar("S", bound=Spanned)


def in_force(forms: Iterable[S], day: date) -> tuple[S, ...]:
    """The forms in force on a day; both bounds are included."""
    return tuple(
        form for form in forms if (form.start is None or form.start <= day) and (form.end is None or day <= form.end)
    )


def boundaries(spanned: Iterable[Spanned]) -> tuple[date, ...]:
    """The first days of all stretches over which what is in force stays the same, from the first day there is."""
    days = {date.min}
    for each in spanned:
        if each.start is not None:
            days.add(each.start)
        if each.end is not None and each.end < date.max:
            days.add(each.end + timedelta(days=1))
    return tuple(sorted(days))


def meanings(definition: Definition) -> Iterator[DefinitionForm]:
    """Every form of a definition: over time, as the pack has them, and the variants."""
    yield from definition.forms
    yield from definition.changed_from
    yield from definition.variants.values()


def reach_of(definitions: Mapping[str, Definition]) -> Reach:
    """What conditions reach, through every form of the definitions."""
    return Reach(lambda name: (form.when for form in meanings(definitions[name])) if name in definitions else ())


def check(packs: Sequence[PackFiles], draft: Draft) -> bool:
    """Adds what is wrong with the whole to the draft's issues; whether definitions can be followed to their end."""
    _check_spans(draft)
    if _check_cycles(draft):
        return False
    _check_each(draft)
    _check_wording(draft)
    check_counting(draft)
    _assume_born(packs, draft)
    return True


def _check_each(draft: Draft) -> None:
    reach = reach_of(draft.definitions)
    for definition in draft.definitions.values():
        for form in meanings(definition):
            _check_nesting(form.when, reach, draft)
            _check_assumption(form, reach, draft)
    for rule in draft.rules.values():
        for rule_form in rule.forms:
            _check_nesting(rule_form.when, reach, draft)
            _check_stages(rule_form, reach, draft)
    _check_days(draft)


def check_again(
    draft: Draft,
    definitions: Mapping[str, Definition],
    parameters: Mapping[str, Parameter],
    places: Mapping[str, Place],
) -> None:
    """Adds what is wrong with the whole once other meanings and thresholds hold, as those of waivers.

    `places` says, by full name, where a definition was given its other meaning.
    """
    if any(issue.severity == "error" for issue in draft.issues):
        return
    where: dict[tuple[Sort, str], Place] = {("definition", name): place for name, place in places.items()}
    other = replace(draft, definitions=dict(definitions), parameters=dict(parameters), places={**draft.places, **where})
    if not _check_cycles(other):
        _check_each(other)


# --- days


def _check_spans(draft: Draft) -> None:
    groups: list[tuple[Place, Sequence[Spanned]]] = [
        *((draft.places[("parameter", each.name)], each.forms) for each in draft.parameters.values()),
        *((draft.places[("definition", each.name)], each.forms) for each in draft.definitions.values()),
        *((draft.places[("rule", each.name)], each.forms) for each in draft.rules.values()),
    ]
    for place, forms in groups:
        for form in forms:
            if form.start is not None and form.end is not None and form.end < form.start:
                draft.complain(messages.ends_before_start(form.start, form.end), place)
        for day in boundaries(forms):
            if len(in_force(forms, day)) > 1:
                draft.complain(messages.two_forms(day), place)
                break


def _check_days(draft: Draft) -> None:
    reach = reach_of(draft.definitions)
    on_days: dict[date, Reach] = {}
    for rule in draft.rules.values():
        for form in rule.forms:
            for day in _days_of(form, reach, draft):
                if day not in on_days:
                    on_days[day] = _reach_on(day, draft)
                missing = _missing(form.when, day, on_days[day], draft)
                if missing is not None:
                    draft.complain(missing, form.place)
                    break


def _days_of(form: RuleForm, reach: Reach, draft: Draft) -> Iterator[date]:
    """The first days on which a rule, or something that it reads, holds as it does, while the rule is in force.

    Others' days are left out: with many dated rules they would be looked at once for each of them.
    """
    read: list[Spanned] = [form]
    for name in reach.definitions(form.when):
        read += meanings(draft.definitions[name]) if name in draft.definitions else ()
    for name in reach.parameters(form.when):
        read += draft.parameters[name].forms if name in draft.parameters else ()
    return (day for day in boundaries(read) if in_force((form,), day))


def _reach_on(day: date, draft: Draft) -> Reach:
    """What conditions reach through the forms that definitions may have on a day."""
    built = draft.definitions
    return Reach(lambda name: [form.when for form in _offered(built[name], day)] if name in built else ())


def _missing(condition: Condition, day: date, reach: Reach, draft: Draft) -> Message | None:
    """What to say of the first definition or parameter that the condition reads on a day on which it has no form."""
    for name in reach.definitions(condition):
        definition = draft.definitions.get(name)
        if definition is not None and not in_force(definition.forms, day):
            return messages.nothing_in_force("definition", name, day, _begins_after(definition.forms, day))
    for name in reach.parameters(condition):
        parameter = draft.parameters.get(name)
        if parameter is not None and not in_force(parameter.forms, day):
            return messages.nothing_in_force("parameter", name, day, _begins_after(parameter.forms, day))
    return None


def _offered(definition: Definition, day: date) -> tuple[DefinitionForm, ...]:
    """The forms that a definition may have on a day: results say what each of them would have given."""
    dated = (*definition.forms, *definition.changed_from)
    return (*in_force(dated, day), *definition.variants.values())


def _begins_after(forms: Sequence[Spanned], day: date) -> date | None:
    """The first day of the first form, if the day lies before it."""
    starts = [form.start for form in forms if form.start is not None]
    return min(starts) if len(starts) == len(forms) and starts and day < min(starts) else None


# --- the graph


def _check_cycles(draft: Draft) -> bool:
    """Whether definitions go in a circle, or too deep: then nothing further can be looked at."""
    edges = {
        name: [
            *(used for form in meanings(definition) for used in definitions_in(form.when)),
            *(
                used
                for form in definition.forms
                if form.assumption is not None and form.assumption.ask_unless is not None
                for used in definitions_in(form.assumption.ask_unless)
            ),
        ]
        for name, definition in draft.definitions.items()
    }
    found = cycles(edges)
    for cycle in found:
        draft.complain(messages.cycle("definitions use each other", cycle), draft.places[("definition", cycle[0])])
    for cycle in cycles({name: action.after for name, action in draft.actions.items()}):
        draft.complain(messages.cycle("actions come after each other", cycle), draft.places[("action", cycle[0])])
    if found or any(name not in draft.definitions for used in edges.values() for name in used):
        return True
    depths: dict[str, int] = {}
    for name in sorted(edges):
        if _depth(name, edges, depths) > DEEPEST:
            draft.complain(messages.definitions_too_deep(DEEPEST), draft.places[("definition", name)])
            return True
    return False


def _depth(name: str, edges: Mapping[str, Sequence[str]], depths: dict[str, int]) -> int:
    stack = [name]
    while stack:
        top = stack[-1]
        waiting = [each for each in edges[top] if each not in depths]
        if waiting:
            stack.extend(waiting)
        else:
            depths[top] = 1 + max((depths[each] for each in edges[top]), default=0)
            stack.pop()
    return depths[name]


def _check_nesting(condition: Condition, reach: Reach, draft: Draft) -> None:
    for node in walk(condition):
        if not isinstance(node, Quantifier | Count):
            continue
        for inner in walk(node.where):
            if isinstance(inner, Use) and inner.scope is not Scope.ONE and reach.quantifies(inner):
                draft.complain(messages.nested_by_definition(inner.definition), inner.place)


def _check_assumption(form: DefinitionForm, reach: Reach, draft: Draft) -> None:
    assumption = form.assumption
    if assumption is not None and not assumption.exception and reach.quantifies(form.when):
        draft.complain(messages.assumes_a_list(), assumption.place)


def _check_stages(form: RuleForm, reach: Reach, draft: Draft) -> None:
    for node in walk(form.when):
        facts = [node.ref] if isinstance(node, Test) else reach.facts(node) if isinstance(node, Use) else []
        for ref in facts:
            if not ref.fact.stages & form.stages:
                message = messages.fact_outside_stage(ref.fact.path, sorted(form.stages), sorted(ref.fact.stages))
                draft.complain(message, node.place)


# --- wording and stage


def _check_wording(draft: Draft) -> None:
    seen: dict[str, str] = {}
    for name, action in sorted(draft.actions.items()):
        other = seen.setdefault(action.do.casefold(), name)
        if other != name and draft.actions[other].pack != action.pack:
            draft.complain(messages.same_wording(action.do, other), draft.places[("action", name)])


def _assume_born(packs: Sequence[PackFiles], draft: Draft) -> None:
    """Gives each rule for the born what lets it go on while the stage is unknown."""
    own = {}
    for pack in packs:
        assume = pack.header.assume_born
        if assume is not None:
            places = [pack.main.place("assume_born", "cites", i) for i in range(len(assume.cites))]
            own[pack.id] = draft.register.cite_all(pack.id, assume.cites, places, draft.issues)
    uses = {pack.id: pack.uses for pack in packs}
    for name, rule in draft.rules.items():
        cited = next((own[pack] for pack in (rule.pack, *uses[rule.pack]) if own.get(pack)), ())
        if cited:
            draft.rules[name] = Rule(rule.name, rule.pack, rule.status, rule.forms, cited)
        elif any("born" in form.stages and len(form.stages) < 3 and not form.never_assume for form in rule.forms):
            draft.complain(messages.stage_not_assumed(), draft.places[("rule", name)])
