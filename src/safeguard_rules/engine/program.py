"""What is in force on a day: rules, definitions and thresholds, picked and compiled once per stretch of days.

What is in force is the same on every day between two boundaries of force; each such stretch has one program.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from safeguard_rules.engine.compiling import Compiler
from safeguard_rules.engine.running import Holds
from safeguard_rules.engine.stock import Stock
from safeguard_rules.language.english import Wording
from safeguard_rules.language.tree import Condition, ParameterValue
from safeguard_rules.packs.checking import boundaries, in_force
from safeguard_rules.packs.content import NATIONAL, Content, Definition, DefinitionForm, ParameterForm, Rule, RuleForm
from safeguard_rules.packs.graph import Reach
from safeguard_rules.values.working_days import WorkingDays
from safeguard_rules.vocabulary.facts import Vocabulary


@dataclass(frozen=True, slots=True)
class ActiveRule:
    """A rule with its form in force, and its condition ready to be run."""

    rule: Rule
    form: RuleForm
    holds: Holds


@dataclass(frozen=True, slots=True)
class Program:
    """What evaluates between two boundaries of force."""

    start: date
    rules: tuple[ActiveRule, ...]
    resting: tuple[Rule, ...]
    """Rules with no form in force, or none here."""
    forms: Mapping[str, DefinitionForm]
    kinds: Mapping[str, str]
    parameters: Mapping[str, ParameterForm]
    thresholds: Mapping[str, ParameterValue]
    wording: Wording
    by_area: Mapping[str, frozenset[str]]
    """The definitions that areas mean differently, each with the rules that read it."""
    calendar: WorkingDays | None
    """What working days are counted by; None where no pack says which days are bank holidays."""
    stock: Stock
    """What the rules say whatever the case, made when it is first asked for."""


class Programs:
    """The programs of a rulebook, one per stretch of days; each is made when a day in it is first asked for."""

    def __init__(self, content: Content, vocabulary: Vocabulary) -> None:
        self._content = content
        self._vocabulary = vocabulary
        self._made: dict[date, Program] = {}

    @cached_property
    def starts(self) -> tuple[date, ...]:
        """The first days of all stretches, sorted, from the first day there is."""
        content = self._content
        spanned = [form for rule in content.rules.values() for form in rule.forms]
        spans = [form for each in content.definitions.values() for form in each.forms]
        values = [form for each in content.parameters.values() for form in each.forms]
        return boundaries([*spanned, *spans, *values])

    def on(self, day: date) -> Program:
        """The program of a day."""
        start = self.starts[bisect_right(self.starts, day) - 1]
        found = self._made.get(start)
        if found is None:
            found = self._made.setdefault(start, _program(self._content, self._vocabulary, start))
        return found

    def __iter__(self) -> Iterator[Program]:
        return (self.on(start) for start in self.starts)


def readers(program: Program, name: str) -> frozenset[str]:
    """The rules that read a definition or a parameter, themselves or through other definitions."""
    reach = _reach(program.forms)
    return frozenset(
        active.rule.name
        for active in program.rules
        if name in (*reach.definitions(active.form.when), *reach.parameters(active.form.when))
    )


def parameters_read(program: Program, condition: Condition) -> tuple[str, ...]:
    """The parameters that a condition reads, itself or through definitions."""
    return _reach(program.forms).parameters(condition)


def _reach(forms: Mapping[str, DefinitionForm]) -> Reach:
    return Reach(lambda used: (forms[used].when,) if used in forms else ())


def here(form: RuleForm, locality: str | None) -> bool:
    """Whether a rule bound to areas speaks in this one."""
    return not form.areas or locality in form.areas


def _program(content: Content, vocabulary: Vocabulary, day: date) -> Program:
    locality = content.locality.id if content.locality is not None else None
    forms = {name: form for name, each in content.definitions.items() for form in in_force(each.forms, day)}
    parameters = {name: form for name, each in content.parameters.items() for form in in_force(each.forms, day)}
    thresholds = {name: form.value for name, form in parameters.items()}
    kinds = {name: each.of for name, each in content.definitions.items()}
    calendar = content.bank_holidays.working_days if content.bank_holidays is not None else None
    compiler = Compiler(forms, thresholds, calendar)
    active, resting = [], []
    for rule in content.rules.values():
        speaking = [form for form in in_force(rule.forms, day) if here(form, locality)]
        if speaking:
            active.append(ActiveRule(rule, speaking[0], compiler.compile(speaking[0].when)))
        else:
            resting.append(rule)
    reads = {name: (kinds[name], form.reads) for name, form in forms.items()}
    wording = Wording(vocabulary, reads, thresholds)
    by_area = _by_area(content.definitions, forms, active)
    stock = Stock(wording, content.actions)
    return Program(
        day, tuple(active), tuple(resting), forms, kinds, parameters, thresholds, wording, by_area, calendar, stock
    )


def _by_area(
    definitions: Mapping[str, Definition], forms: Mapping[str, DefinitionForm], active: Iterable[ActiveRule]
) -> dict[str, frozenset[str]]:
    reach = _reach(forms)
    reads = {each.rule.name: frozenset(reach.definitions(each.form.when)) for each in active}
    return {
        name: frozenset(rule for rule, names in reads.items() if name in names)
        for name, form in sorted(forms.items())
        if definitions[name].variants or form.form != NATIONAL
    }
