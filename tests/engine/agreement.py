"""Holding the compiled rules, the plain walk and the oracle against one another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Protocol

from safeguard_rules.case.case import Case
from safeguard_rules.case.contents import CaseContents
from safeguard_rules.engine.compiling import Compiled, Compiler
from safeguard_rules.engine.elsewhere import Walked
from safeguard_rules.engine.fused.verdicts import Verdicts
from safeguard_rules.engine.fused.writing import Codes
from safeguard_rules.engine.outcomes import Result, Runs, StageRun
from safeguard_rules.engine.program import ActiveRule, Program
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.language.tree import Condition, Scope, Use
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.truth import F, T, Truth, U
from safeguard_rules.vocabulary.facts import Vocabulary
from safeguard_rules.vocabulary.records import Record
from safeguard_rules.vocabulary.view import view
from tests.oracle.books import Book
from tests.oracle.engines import HERE, RULE, case_of, program_of, rulebook_of, view_of
from tests.oracle.oracle import NOTHING_TAKEN, Seen, Taken, meaning, outcome
from tests.oracle.shapes import Example
from tests.oracle.worlds import Puzzle

LETTERS = "FUT"
LEVELS = (0, 1, 2)


class Compiling(Protocol):
    """A compiler: the real one, or a mutant of it."""

    def compile(self, condition: Condition) -> Compiled: ...


MakesCompiler = Callable[[Any, Any, Any], Compiling]


@dataclass(frozen=True, eq=False)
class Reading:
    """A condition to be read for a subject in a run, with what the walk says of it at each level."""

    label: str
    condition: Condition
    run: StageRun
    subject: Record | None
    walked: Mapping[int, Truth]


@dataclass(frozen=True, eq=False)
class Situation:
    """A book over a case on a day, with everything that the engine makes of it."""

    book: Book
    rulebook: Rulebook
    written: Mapping[str, Any]
    as_of: str
    removed: frozenset[str] = frozenset()

    @cached_property
    def case(self) -> Case:
        """The case, checked."""
        return case_of(self.written)

    @cached_property
    def program(self) -> Program:
        """What is in force."""
        return program_of(self.rulebook, self.as_of)

    @cached_property
    def runs(self) -> Runs:
        """The engine's runs over the case."""
        return Runs(self.program, view_of(self.case, self.as_of, self.removed))

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """What the rule came to, for each subject."""
        return self.runs.results()

    @cached_property
    def puzzle(self) -> Puzzle:
        """The same for the oracle."""
        return Puzzle(self.book, self.written, self.as_of, self.removed)

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """The rule and every definition, for each of their subjects."""
        return tuple(readings(self.program, self.results))

    def __repr__(self) -> str:
        return f"{self.book}\nover {dict(self.written)}\nas of {self.as_of}, without {sorted(self.removed)}"


def situations(example: Example) -> Iterator[Situation]:
    """The cases of an example, each with its book."""
    rulebook = rulebook_of(example.book)
    for given in example.cases:
        yield Situation(example.book, rulebook, given.case, example.as_of, given.removed)


# --- compiled against walked


def readings(program: Program, results: Sequence[Result]) -> Iterator[Reading]:
    """Every rule for its subjects and every definition for its records, with what the walk says."""
    for result in results:
        if not result.empty:
            when = result.active.form.when
            yield _reading(result.active.rule.name, when, result.plain, result.subject)
    for run in {id(run): run for result in results for run in (result.plain, result.run)}.values():
        for name, kind in program.kinds.items():
            if kind == "child":
                yield _reading(name, Use(f"{name}.use", HERE, name, Scope.ONE), run, None)
                continue
            subjects = [*run.view.records(kind), *([run.view.unseen(kind)] if run.view.is_open(kind) else [])]
            for subject in subjects:
                yield _reading(name, Use(f"{name}.use", HERE, name, Scope.SUBJECT), run, subject)


def _reading(label: str, condition: Condition, run: StageRun, subject: Record | None) -> Reading:
    levels = LEVELS if subject is None or not subject.unseen else (0,)
    walked = {level: run.walker.walk(condition, subject, None, level).value for level in levels}
    return Reading(label, condition, run, subject, walked)


def disagreements(program: Program, found: Sequence[Reading], make: MakesCompiler = Compiler) -> list[str]:
    """Where compiled conditions say something else than the walk; the memo is shared as in an evaluation."""
    compiler = make(program.forms, program.thresholds, program.calendar)
    compiled: dict[tuple[str, str], Compiled] = {}
    runs: dict[int, StageRun] = {}
    wrong = []
    for reading in found:
        key = (reading.label, reading.condition.id)
        if key not in compiled:
            compiled[key] = compiler.compile(reading.condition)
        run = runs.setdefault(id(reading.run), StageRun(program, reading.run.view))
        for level, walked in reading.walked.items():
            value = compiled[key](run, reading.subject, level)
            if value != walked:
                where = "the child" if reading.subject is None else reading.subject.base
                wrong.append(f"{reading.label} for {where} at level {level}: {LETTERS[value]}, not {LETTERS[walked]}")
    return wrong


def wrong_outcomes(runs: Runs, results: Sequence[Result]) -> list[str]:
    """Where a result is not what the walk's values at the three levels make of it (decisions 6 and 17)."""
    wrong = []
    for result in results:
        expected = (F, 0) if result.empty else _expected(runs, result)
        if (result.truth, result.level) != expected:
            wrong.append(f"{result.active.rule.name}: {(result.truth, result.level)}, not {expected}")
    return wrong


def _expected(runs: Runs, result: Result) -> tuple[Truth, int]:
    form, subject = result.active.form, result.subject
    existence = T if subject is None else subject.existence
    truth = min(result.gate, existence, _walked(result.plain, form.when, subject, 0))
    if truth != U or existence != T:
        return truth, 0
    if result.gate == T:
        applying = [level for level in (1, 2) if _walked(result.plain, form.when, subject, level) == T]
        return truth, min(applying, default=0)
    if "born" in form.stages and "born" in runs.view.possible_stages and not form.never_assume:
        born = runs.for_stages(frozenset({"born"}))
        same = None if subject is None else born.view.records(subject.kind)[subject.index]
        if _walked(born, form.when, same, 2) == T:
            return truth, 2
    return truth, 0


def _walked(run: StageRun, when: Condition, subject: Record | None, level: int) -> Truth:
    return run.walker.walk(when, subject, None, level).value


# --- codes against walked


class Telling(Protocol):
    """What gives codes: the real one, or a mutant of it."""

    def codes(self, case: CaseContents, as_of: AsOf) -> Codes: ...


MakesVerdicts = Callable[[Program, Vocabulary, Sequence[ActiveRule]], Telling]


def with_definitions_as_rules(program: Program, *stages: frozenset[str]) -> Program:
    """The program with a rule more for each definition, for each of some sets of stages: much for rules to share."""
    first = program.rules[0]
    more = []
    for name, kind in program.kinds.items():
        scope = Scope.ONE if kind == "child" else Scope.SUBJECT
        when = Use(f"{name}.use", HERE, name, scope)
        for index, each in enumerate(stages):
            form = replace(first.form, for_each=None if kind == "child" else kind, stages=each, when=when)
            more.append(ActiveRule(replace(first.rule, name=f"{name}-{index}"), form, Walked(form)))
    return replace(program, rules=(*program.rules, *more))


def walked_codes(program: Program, case: Case, as_of: AsOf, vocabulary: Vocabulary) -> Codes:
    """What the walk makes of the same rules, as codes."""
    rules = tuple(replace(active, holds=Walked(active.form)) for active in program.rules)
    runs = Runs(replace(program, rules=rules), view(case, as_of, vocabulary))
    found: dict[str, list[Truth]] = {active.rule.name: [] for active in rules}
    for result in runs.results():
        if not result.empty:
            found[result.active.rule.name].append(T if result.applies else result.truth)
    return tuple(
        found[active.rule.name][0] if active.form.for_each is None else tuple(found[active.rule.name])
        for active in rules
    )


def wrong_codes(
    program: Program, codes: Codes, case: Case, as_of: AsOf, vocabulary: Vocabulary, make: MakesVerdicts = Verdicts
) -> list[str]:
    """Where the fused rules give other codes than these."""
    given = make(program, vocabulary, program.rules).codes(case, as_of)
    assert len(given) == len(codes)
    return [
        f"{active.rule.name}: {said}, not {code}"
        for active, said, code in zip(program.rules, given, codes, strict=True)
        if said != code
    ]


# --- the engine against the oracle


@dataclass
class Tally:
    """What was compared: how often the engine is definite, open, and open where all completions agree."""

    definite: int = 0
    open: int = 0
    pessimistic: int = 0
    not_whole: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, label: str, value: Truth, seen: Seen) -> None:
        """Holds one truth of the engine against the completions."""
        if not seen.truths:
            return
        if value == U:
            self.open += 1
            self.pessimistic += seen.whole and len(seen.truths) == 1
            return
        self.definite += 1
        self.not_whole += not seen.whole
        if (value != T) in seen.truths:
            self.wrong.append(f"{label}: {LETTERS[value]}, but not in {dict(seen.examples[value != T])}")


def against_oracle(situation: Situation, tally: Tally, limit: int = 400) -> None:
    """Holds the outcome at each level, and every definition, against all completions."""
    puzzle = situation.puzzle
    for result in situation.results:
        if result.empty:
            continue
        subject = result.subject
        id_ = None if subject is None else subject.id
        seen = outcome(puzzle, id_, limit=limit)
        if subject is not None and subject.existence != T:
            # A record that may not be there never applies: what is left to say is that it would not.
            if result.truth == T or (result.truth == F and True in seen.truths):
                tally.wrong.append(f"{RULE} for {subject.base}: {LETTERS[result.truth]}")
            continue
        tally.add(f"{RULE} for {id_}", result.truth, seen)
        if result.truth == U and result.gate == T:
            for level in (1, 2):
                value = _walked(result.plain, result.active.form.when, subject, level)
                taken = taken_at(situation, result.plain, level)
                tally.add(f"{RULE} for {id_} at level {level}", value, outcome(puzzle, id_, taken, limit))
        if result.level and result.gate == U:
            as_born = _as_born(situation)
            tally.add(f"{RULE} as born", T, outcome(as_born, id_, taken_at(situation, result.run, 2), limit))
    for reading in situation.readings:
        if reading.label != RULE and reading.run is situation.results[0].plain:
            subject = reading.subject
            id_ = None if subject is None else subject.id
            name = reading.label.partition(":")[2]
            tally.add(f"{name} of {id_}", reading.walked[0], meaning(puzzle, name, id_, limit))


def taken_at(situation: Situation, run: StageRun, level: int) -> Taken:
    """What is taken as true or false at a level: the definitions that are unknown without it."""
    if level == 0:
        return NOTHING_TAKEN
    found = {}
    for name, definition in situation.book.definitions.items():
        if definition.value is None or (level == 1 and not definition.exception):
            continue
        if definition.of == "child":
            subjects: list[Record | None] = [None]
        else:
            subjects = list(run.view.records(definition.of))
        when = situation.program.forms[f"tiny:{name}"].when
        for subject in subjects:
            if _walked(run, when, subject, 0) == U:
                found[name, "child" if subject is None else subject.base] = definition.value
    return found


def _as_born(situation: Situation) -> Puzzle:
    child = {**(situation.written.get("child") or {}), "stage": "born"}
    removed = situation.removed - {"child.stage"}
    return Puzzle(situation.book, {**situation.written, "child": child}, situation.as_of, removed)
