"""What findings would have been by another form of a definition that areas mean differently.

What areas mean by one word differs (contradiction C1), so a finding names the clause that it rests on, and the forms
that the packs offer by which it would have come out another way. One definition is varied at a time, and nothing else:
what holds while it is unknown stays (semantics, decision 7).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from safeguard_rules.engine.clauses import clauses_of
from safeguard_rules.engine.compiling import Compiler
from safeguard_rules.engine.finding import cite, key_of, settled
from safeguard_rules.engine.outcomes import Result, Runs, StageRun
from safeguard_rules.engine.program import Program
from safeguard_rules.engine.running import EXCEPTIONS, PLAIN, PRECAUTION, Assuming, Function, Truths
from safeguard_rules.engine.stock import Other
from safeguard_rules.engine.walking import Walker
from safeguard_rules.packs.checking import in_force
from safeguard_rules.packs.content import Content, Definition, DefinitionForm, RuleForm
from safeguard_rules.packs.local_draft import with_meaning
from safeguard_rules.results import Elsewhere
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.truth import Truth, U
from safeguard_rules.vocabulary.records import Record
from safeguard_rules.vocabulary.view import CaseView

Key = tuple[str, str]
"""A rule and its subject's path."""

WALKED_FIRST = 2
"""So often rules are walked by another meaning before they are compiled for it, which takes as long as many walks."""

_LEVELS = (PLAIN, EXCEPTIONS, PRECAUTION)


def forms_offered(definition: Definition, as_of: AsOf) -> tuple[DefinitionForm, ...]:
    """The forms of a definition that the packs offer on a day: the shared one, then the variants by name."""
    return (*in_force(definition.shared, as_of.day), *(form for _, form in sorted(definition.variants.items())))


def elsewhere(
    results: Sequence[Result], program: Program, view: CaseView, content: Content
) -> Mapping[Key, tuple[Elsewhere, ...]]:
    """For each finding that another form would have changed: those forms, by definition, the shared one first."""
    found: dict[Key, list[Elsewhere]] = {}
    for name, rules in program.by_area.items():
        concerned = {key_of(each): each for each in results if each.active.rule.name in rules}
        for other in forms_offered(content.definitions[name], view.as_of):
            if concerned and other.form != program.forms[name].form:
                changed = _with_form(program, name, other)
                for key, result in _changed(concerned, name, changed, view):
                    found.setdefault(key, []).append(_elsewhere(result, name, other))
    return {key: tuple(each) for key, each in found.items()}


def _changed(
    concerned: Mapping[Key, Result], name: str, program: Program, view: CaseView
) -> Iterator[tuple[Key, Result]]:
    """The findings that come out another way in a program with another form of one definition."""
    runs = {id(run): run for each in concerned.values() for run in (each.run, each.plain)}
    if not any(_may_differ(run, StageRun(program, run.view), name) for run in runs.values()):
        return
    for result in Runs(program, view).results():
        key = key_of(result)
        if settled(result) != settled(concerned[key]):
            yield key, result


def _may_differ(now: StageRun, other: StageRun, name: str) -> bool:
    """Whether a definition comes to anything else by its other form: where it does not, no finding can."""
    assumed = now.program.forms[name].assumption is not None
    return any(
        values != _values(other.tracing, name, record) or (values[0] == U and not assumed)
        for record in _records(now.view, now.program.kinds[name])
        for values in (_values(now.tracing, name, record),)
    )


def _values(walker: Walker, name: str, record: Record | None) -> tuple[Truth, ...]:
    return tuple(walker.meaning(name, record, level).value for level in _LEVELS)


def _records(view: CaseView, of: str) -> Iterable[Record | None]:
    if of not in view.vocabulary.kinds:
        return (None,)
    return (*view.records(of), *([view.unseen(of)] if view.is_open(of) else []))


def _with_form(program: Program, name: str, other: DefinitionForm) -> Program:
    """The rules that read a definition, with another meaning of it; compiled once they are asked for often."""
    kept = program.stock.others
    found = kept.get((name, id(other)))
    if found is None:
        found = kept[name, id(other)] = Other(other, _make_with_form(program, name, other))
    found.asked += 1
    if found.asked > WALKED_FIRST and not found.compiled:
        found.program, found.compiled = _compiled(found.program), True
    made: Program = found.program
    return made


def _make_with_form(program: Program, name: str, other: DefinitionForm) -> Program:
    form = with_meaning(program.forms[name], other)
    wording = replace(
        program.wording,
        definitions={**program.wording.definitions, name: (program.kinds[name], form.reads)},
    )
    rules = program.by_area[name]
    active = (replace(each, holds=Walked(each.form)) for each in program.rules if each.rule.name in rules)
    forms = {**program.forms, name: form}
    return replace(program, rules=tuple(active), forms=forms, wording=wording, stock=program.stock.again(wording))


def _compiled(program: Program) -> Program:
    compiler = Compiler(program.forms, program.thresholds, program.calendar)
    return replace(
        program, rules=tuple(replace(each, holds=compiler.compile(each.form.when)) for each in program.rules)
    )


@dataclass(frozen=True, slots=True)
class Walked:
    """A rule's condition as the reference walk has it, to be called like a compiled one."""

    form: RuleForm

    def at(self, level: int) -> Function:
        """The walk at a level."""

        def walked(run: StageRun, _one: Truths, subject: Record | None, _own: Truths) -> Truth:
            return run.tracing.walk(self.form.when, subject, None, level).value

        return walked

    @property
    def plain(self) -> Function:
        """The walk that assumes nothing."""
        return self.at(PLAIN)

    def deciding(self, level: int) -> None:
        """No function: what decided is told by traces."""

    @property
    def assuming(self) -> Assuming:
        """Both levels of assuming."""
        return tuple((level, self.at(level)) for level in (EXCEPTIONS, PRECAUTION))


def _elsewhere(result: Result, name: str, other: DefinitionForm) -> Elsewhere:
    now = settled(result)
    decided = tuple(each for each in clauses_of(result) if each.definition == name)
    areas = tuple(area.title for area in other.used_by)
    return Elsewhere(
        name, other.form, areas, other.reads, now.outcome, now.certainty, decided, cite(other.cites, result.run.as_of)
    )
