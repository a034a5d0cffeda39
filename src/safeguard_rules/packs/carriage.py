"""What rests on a statement: every rule, demand, action, meaning, threshold and contact that cites it.

A rule carries a statement if it cites it itself, or demands an action that does; it carries one *through* a
definition, a threshold, a contact and so on that it reads or uses. What no rule leads to carries nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from safeguard_rules.language.tree import Condition, Count, Quantifier, walk
from safeguard_rules.packs.bank_holidays import times_in_working_days
from safeguard_rules.packs.checking import reach_of
from safeguard_rules.packs.content import Action, Content, Definition, DefinitionForm, Parameter, Rule, Statement
from safeguard_rules.packs.graph import Reach
from safeguard_rules.packs.names import pack_of
from safeguard_rules.packs.terms import NEGATIVE
from safeguard_rules.values.durations import Duration, Unit
from safeguard_rules.vocabulary.facts import Vocabulary

UseKind = Literal[
    "rule",
    "demand",
    "time",
    "action",
    "never_with",
    "definition",
    "variant",
    "while_unknown",
    "parameter",
    "bank_holidays",
    "derived fact",
    "ask_with_care",
    "assume_born",
    "contact",
    "adopts",
    "waiver",
]
"""What may cite a statement: the sections and keys of a pack, and facts that are worked out."""

KINDS: tuple[UseKind, ...] = UseKind.__args__  # type: ignore[attr-defined]
DIRECT: frozenset[UseKind] = frozenset({"rule", "demand", "time", "action"})
"""What makes a rule carry a statement itself; the others stand between the two."""


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that cites a statement.

    `pack` is the pack, or the locality, that says so; `rules` are the rules through which it reaches a case, sorted,
    none where no rule does. `details` is what an action tells the person who takes it, beyond `says`.
    """

    kind: UseKind
    name: str
    pack: str
    says: str
    rules: tuple[str, ...]
    signpost: bool = False
    details: str | None = None


Cited = tuple[Use, tuple[Statement, ...]]
"""A use with the statements that it cites."""


@dataclass(frozen=True)
class Citing:
    """Everything in some content that cites, and the rules that lead to it."""

    content: Content
    vocabulary: Vocabulary

    def uses(self) -> Mapping[str, tuple[Use, ...]]:
        """The uses of each statement that is cited at all, by its full name, each once, sorted by kind and name."""
        found: dict[str, dict[Use, None]] = {}
        for use, cited in self._all():
            for statement in cited:
                found.setdefault(statement.name, {})[use] = None
        return {name: tuple(sorted(uses, key=_order)) for name, uses in sorted(found.items())}

    @cached_property
    def carrying(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The rules that read or use something, sorted, by what it is and its full name or path."""
        found: dict[tuple[str, str], set[str]] = {}
        for rule in self.content.rules.values():
            for key in self._read_by(rule):
                found.setdefault(key, set()).add(rule.name)
        return {key: tuple(sorted(rules)) for key, rules in found.items()}

    def _read_by(self, rule: Rule) -> Iterator[tuple[str, str]]:
        for form in rule.forms:
            for demand in form.demands:
                yield "action", demand.action
                contact = self.content.actions[demand.action].contact
                if contact is not None:
                    yield "contact", contact
            if form.for_each is not None:
                yield "fact", self.vocabulary.kinds[form.for_each].name
            for condition in self._with_assumptions(form.when):
                yield from self._read_in(condition)

    @cached_property
    def _reach(self) -> Reach:
        return reach_of(self.content.definitions)

    def _read_in(self, condition: Condition) -> Iterator[tuple[str, str]]:
        yield from (("definition", name) for name in self._reach.definitions(condition))
        yield from (("parameter", name) for name in self._reach.parameters(condition))
        for ref in self._reach.facts(condition):
            yield from (("fact", path) for path in (ref.fact.path, *ref.fact.reads))
        for each in self._reach.conditions(condition):
            yield from (("fact", self.vocabulary.kinds[of].name) for of in _lists(each))

    def _with_assumptions(self, condition: Condition) -> Iterator[Condition]:
        """A condition, and those that say when one of its definitions is taken for granted."""
        yield condition
        for name in self._reach.definitions(condition):
            for form in self.content.definitions[name].forms if name in self.content.definitions else ():
                if form.assumption is not None and form.assumption.ask_unless is not None:
                    yield form.assumption.ask_unless

    def _rules(self, what: str, *names: str) -> tuple[str, ...]:
        return tuple(sorted({rule for name in names for rule in self.carrying.get((what, name), ())}))

    # --- what there is

    def _all(self) -> Iterator[Cited]:
        for rule in self.content.rules.values():
            yield from self._rule(rule)
        for action in self.content.actions.values():
            yield from self._action(action)
        for definition in self.content.definitions.values():
            yield from self._definition(definition)
        for parameter in self.content.parameters.values():
            yield from self._parameter(parameter)
        yield from self._bank_holidays()
        yield from self._vocabulary()
        yield from self._care()
        yield from self._locality()

    def _rule(self, rule: Rule) -> Iterator[Cited]:
        own = (rule.name,)
        for form in rule.forms:
            signposts = [self.content.actions[demand.action].kind == "signpost" for demand in form.demands]
            yield Use("rule", rule.name, rule.pack, form.title, own, all(signposts)), form.cites
            for demand, signpost in zip(form.demands, signposts, strict=True):
                action = self.content.actions[demand.action]
                pack = demand.carried_by or rule.pack
                said = f"{demand.obligation.replace('_', ' ')}: {action.do}"
                if demand.cites != form.cites or demand.carried_by is not None:
                    yield Use("demand", demand.action, pack, said, own, signpost), demand.cites
                if demand.within is not None:
                    said = f"{demand.within.text}: {action.do}"
                    yield Use("time", demand.action, pack, said, own, signpost), demand.within.cites
        if rule.assume_born and any("born" in form.stages and not form.never_assume for form in rule.forms):
            said = "goes on as for a born child while the stage is unknown"
            yield Use("assume_born", "assume_born", rule.pack, said, own), rule.assume_born

    def _action(self, action: Action) -> Iterator[Cited]:
        rules, signpost = self._rules("action", action.name), action.kind == "signpost"
        said = f"{self._only_not(action.name)}{action.do}"
        yield Use("action", action.name, action.pack, said, rules, signpost, action.details), action.cites
        for other, cited in action.never_with.items():
            both = self._rules("action", action.name, other)
            said = f"{action.do}; never with: {self.content.actions[other].do}"
            yield Use("never_with", action.name, action.pack, said, both), cited

    def _only_not(self, action: str) -> str:
        """`should not: ` before an action that rules ask for only as something not to do, so that it never reads so."""
        asked = [each for rule in self.content.rules.values() for form in rule.forms for each in form.demands]
        obligations = {each.obligation for each in asked if each.action == action}
        if not obligations or not obligations.issubset(NEGATIVE):
            return ""
        return "must not: " if "must_not" in obligations else "should not: "

    def _definition(self, definition: Definition) -> Iterator[Cited]:
        rules, pack = self._rules("definition", definition.name), pack_of(definition.name)
        for form in definition.forms:
            yield Use("definition", definition.name, pack, form.reads, rules), form.cites
            yield from _assumed(definition, form, rules)
        for key, variant in definition.variants.items():
            yield Use("variant", f"{definition.name}.{key}", pack, variant.reads, rules), variant.cites

    def _parameter(self, parameter: Parameter) -> Iterator[Cited]:
        rules = self._rules("parameter", parameter.name)
        for form in parameter.forms:
            yield Use("parameter", parameter.name, pack_of(parameter.name), str(form.value), rules), form.cites

    def _bank_holidays(self) -> Iterator[Cited]:
        """The list that working days are counted by, for the rules that count them."""
        days = self.content.bank_holidays
        if days is None:
            return
        lengths = {
            name: {form.value.unit for form in each.forms if isinstance(form.value, Duration)}
            for name, each in self.content.parameters.items()
        }
        read = self._rules("parameter", *(name for name, units in lengths.items() if Unit.WORKING_DAYS in units))
        timed = (name for name, rule in self.content.rules.items() if any(times_in_working_days(f) for f in rule.forms))
        said = f"working days are counted without {len(days.names)} bank holidays"
        yield Use("bank_holidays", "bank_holidays", days.pack, said, tuple(sorted({*read, *timed}))), days.cites

    def _vocabulary(self) -> Iterator[Cited]:
        for derivation in self.vocabulary.derivations:
            cited = tuple(self.content.statements[name] for name in derivation.cites if name in self.content.statements)
            rules = self._rules("fact", derivation.path)
            for statement in cited:
                yield Use("derived fact", derivation.path, statement.pack, derivation.phrase, rules), (statement,)

    def _care(self) -> Iterator[Cited]:
        for each in self.content.ask_with_care:
            rules = self._rules("fact", *each.facts)
            yield Use("ask_with_care", each.name, pack_of(each.name), each.say, rules), each.cites

    def _locality(self) -> Iterator[Cited]:
        local = self.content.locality
        if local is None:
            return
        for contact in local.contacts.values():
            rules = self._rules("contact", contact.key)
            yield Use("contact", contact.key, local.id, contact.name, rules), contact.cites
        for adopted in local.adoptions:
            rules = self._rules("definition", adopted.definition)
            said = adopted.variant or adopted.not_known or ""
            yield Use("adopts", adopted.definition, local.id, said, rules), adopted.cites
        for waiver in local.waivers:
            rules = self._rules("definition" if waiver.definition is not None else "parameter", waiver.waives)
            yield Use("waiver", waiver.waives, local.id, waiver.instead, rules), waiver.cites


def _assumed(definition: Definition, form: DefinitionForm, rules: tuple[str, ...]) -> Iterator[Cited]:
    if form.assumption is not None:
        said = "taken to hold" if form.assumption.value else "taken not to hold"
        use = Use("while_unknown", definition.name, pack_of(definition.name), f"{said} while it is not known", rules)
        yield use, form.assumption.cites


def _lists(condition: Condition) -> Iterator[str]:
    return (node.of for node in walk(condition) if isinstance(node, Quantifier | Count))


def _order(use: Use) -> tuple[object, ...]:
    return KINDS.index(use.kind), use.name, use.pack, use.says, use.rules


# --- shared content and localities together


def all_uses(shared: Content, local: Iterable[Content], vocabulary: Vocabulary) -> Mapping[str, tuple[Use, ...]]:
    """The uses of each statement in shared content and, over it, in each locality.

    What a locality has in common with the shared content counts as the shared one's; what only it has, also another
    meaning that it gives to a shared definition, is the locality's own.
    """
    found = {name: {_key(use): use for use in uses} for name, uses in Citing(shared, vocabulary).uses().items()}
    for content in local:
        area = content.locality.id if content.locality is not None else ""
        for name, uses in Citing(content, vocabulary).uses().items():
            there = found.setdefault(name, {})
            for use in uses:
                if _key(use) not in there:
                    use = replace(use, pack=area)
                one = there.setdefault(_key(use), use)
                there[_key(use)] = replace(one, rules=tuple(sorted({*one.rules, *use.rules})))
    return {name: tuple(sorted(uses.values(), key=_order)) for name, uses in sorted(found.items())}


def _key(use: Use) -> tuple[object, ...]:
    """What makes two uses the same thing: all but the rules that lead to it."""
    alone = use.rules if use.kind in ("demand", "time") else ()
    return use.kind, use.name, use.pack, use.says, alone
