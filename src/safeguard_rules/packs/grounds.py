"""What has no days of its own and what it rests on: on each day on which a rule uses it, some citation holds.

An action, a definition or an assumption may cite statements that hold only from or to some day; a result shows those
of its own day. A day on which none is left would print something that nobody said then (promise 2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from safeguard_rules import messages
from safeguard_rules.packs.checking import Spanned, boundaries, in_force
from safeguard_rules.packs.content import Rule, RuleForm, Statement
from safeguard_rules.packs.draft import Draft
from safeguard_rules.packs.graph import Reach
from safeguard_rules.packs.names import Sort

Resting = tuple[Sort, str, Sequence[Statement]]
"""What cites, by sort and full name, and the statements of one of its lists of citations."""


def check_grounds(draft: Draft) -> None:
    """Adds an issue for each action, definition or rule that on some day rests on nothing, once for each."""
    told: set[tuple[Sort, str]] = set()
    for day in _days(draft):
        for sort, name, cited in _used_on(day, draft):
            if cited and not in_force(cited, day) and (sort, name) not in told:
                told.add((sort, name))
                message = messages.rests_on_nothing(sort, name, day, _first(cited, day))
                draft.complain(message, draft.places[(sort, name)])


def _first(cited: Sequence[Statement], day: date) -> date | None:
    """The day on which the earliest of the statements begins, if none has begun yet."""
    starts = [each.start for each in cited if each.start is not None]
    return min(starts) if len(starts) == len(cited) and day < min(starts) else None


def _days(draft: Draft) -> tuple[date, ...]:
    spans: list[Spanned] = [form for rule in draft.rules.values() for form in rule.forms]
    spans += [form for each in draft.definitions.values() for form in each.forms]
    spans += draft.register.statements.values()
    return boundaries(spans)


def _used_on(day: date, draft: Draft) -> Iterator[Resting]:
    """What the rules in force on a day use."""
    resting_on = _definitions_on(day, draft)
    for rule in draft.rules.values():
        for form in in_force(rule.forms, day):
            yield from _of_rule(rule, form, draft)
            yield from resting_on(form)


def _of_rule(rule: Rule, form: RuleForm, draft: Draft) -> Iterator[Resting]:
    yield "rule", rule.name, rule.assume_born
    for demand in form.demands:
        action = draft.actions.get(demand.action)
        if action is not None:
            yield "action", action.name, action.cites
            for cited in action.never_with.values():
                yield "action", action.name, cited


def _definitions_on(day: date, draft: Draft) -> Callable[[RuleForm], Iterator[Resting]]:
    """What a rule's condition rests on through the definitions that it reads, in their forms of the day."""
    forms = {name: form for name, each in draft.definitions.items() for form in in_force(each.forms, day)}
    reach = Reach(lambda name: [forms[name].when] if name in forms else [])

    def found(rule: RuleForm) -> Iterator[Resting]:
        for name in reach.definitions(rule.when):
            if name in forms:
                yield "definition", name, forms[name].cites
                if (assumption := forms[name].assumption) is not None:
                    yield "definition", name, assumption.cites

    return found
