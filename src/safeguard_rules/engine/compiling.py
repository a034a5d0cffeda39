"""Conditions as functions of Python, made from syntax-tree nodes when they are first run: what an evaluation runs.

A function takes the run, the truths kept for the child, the subject's record and the truths kept for it, and gives a
truth. One is made per rule and definition and level of assuming; a level at which nothing is assumed shares the plain
one. A definition is worked out once per record, wherever it is used. All this agrees with the plain walk of
`walking.py`, which explains; differential tests hold the two together.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any, Protocol

from safeguard_rules.engine.composing import Writing, known_or_asked
from safeguard_rules.engine.deciding import Deciding
from safeguard_rules.engine.grounds import Body, Decides, OfUse
from safeguard_rules.engine.running import EXCEPTIONS, LEVELS, PLAIN, PRECAUTION, Assuming, Function, Running, Truths
from safeguard_rules.engine.syntax import EQUAL, compare, const, function, keep, let, name, when
from safeguard_rules.language.operators import count_test
from safeguard_rules.language.tree import Condition, ParameterValue, definitions_in
from safeguard_rules.packs.content import DefinitionForm
from safeguard_rules.values.members import Members
from safeguard_rules.values.truth import F, T, Truth, U
from safeguard_rules.values.working_days import WorkingDays
from safeguard_rules.vocabulary.records import Record

TAKES = ("run", "one", "subject", "own")
TRUTH = name("truth")
CONDITION, GROUNDS = "<compiled condition>", "<compiled grounds>"
"""What stands for a file in a traceback, and in a profile."""

TRACED_FIRST = 2
"""So often a rule is told of by tracing it before a function is made for that, which takes as long as many traces."""


class StageRuns(Running, Protocol):
    """What the grounds of a condition need of a run besides."""

    @property
    def bodies(self) -> dict[tuple[str, Record | None, int], Body]:
        """What definitions came to, as far as it was asked for."""

    def granted(self, name_: str, record: Record | None) -> bool:
        """Whether nobody would be asked for a definition of a record."""


class Compiler:
    """Compiles conditions against the definitions and thresholds in force; each definition once per level."""

    def __init__(
        self,
        forms: Mapping[str, DefinitionForm],
        thresholds: Mapping[str, ParameterValue],
        calendar: WorkingDays | None,
    ) -> None:
        self.forms = forms
        self.thresholds = thresholds
        self.calendar = calendar
        self.places = {name: index * LEVELS for index, name in enumerate(sorted(forms))}
        self.namespace: dict[str, Any] = {
            "count_test": count_test,
            "Members": Members,
            "int": int,
            "calendar": calendar,
        }
        self._assuming: dict[tuple[str, int], bool] = {}
        self._decides: dict[tuple[str, int], Decides] = {}
        self._uses: dict[tuple[str, int], OfUse] = {}

    def compile(self, condition: Condition) -> Compiled:
        """The condition, ready to be run."""
        return Compiled(self, condition)

    def function(self, condition: Condition, level: int) -> Function:
        """The function of a condition at a level."""
        writing = Writing(self, level)
        made: Function = self._made("condition", writing, writing.value(condition, "truth"))
        return made

    def deciding(self, condition: Condition, level: int, within: str | None = None) -> Decides:
        """The function that tells what decided a condition at a level."""
        writing = Deciding(self, level, within=within)
        body, gives = writing.body(condition)
        made: Decides = self._made("decided", writing, body, gives, GROUNDS)
        return made

    def of_use(self, name_: str, level: int) -> OfUse:
        """The ground that a definition is, used at a level."""
        key = name_, level if self.assumes_of(name_, level) else PLAIN
        found = self._uses.get(key)
        if found is None:
            found = self._uses[key] = OfUse(*key, self)
        return found

    def body(self, of: OfUse, run: StageRuns, record: Record | None) -> Body:
        """What a definition came to for a record of a run, on which grounds; worked out once for the run."""
        key = of.definition, record, of.level
        found = run.bodies.get(key)
        if found is None:
            found = run.bodies[key] = self._body(of.definition, of.level, run, record)
        return found

    def definition(self, name_: str, level: int) -> str:
        """The name of the function of a definition at a level, which is made when it is first called."""
        made = f"definition_{self.places[name_] + level}"
        if made not in self.namespace:

            def first(run: Running, one: Truths, subject: Record | None, own: Truths) -> Truth:
                found = self.namespace[made] = self._definition(name_, level, made)
                return found(run, one, subject, own)

            self.namespace[made] = first
        return made

    def assumes(self, condition: Condition, level: int) -> bool:
        """Whether a definition that is read, directly or through others, is taken as assumed at a level."""
        return level != PLAIN and any(self.assumes_of(each, level) for each in definitions_in(condition))

    def assumed(self, name_: str, level: int) -> Truth | None:
        """What a definition is taken for at a level if it is unknown; None for nothing."""
        assumption = self.forms[name_].assumption
        if assumption is None or level < (EXCEPTIONS if assumption.exception else PRECAUTION):
            return None
        return T if assumption.value else F

    def constant(self, value: object) -> ast.expr:
        """A value that stands in the code, or one that the code names."""
        if value is None or isinstance(value, str | bool | int):
            return const(value)
        if isinstance(value, tuple) and all(isinstance(each, str) for each in value):
            return const(frozenset(value))
        named = f"constant_{id(value)}"
        self.namespace[named] = value
        return name(named)

    def assumes_of(self, name_: str, level: int) -> bool:
        """Whether a definition, or one that it reads, is taken as assumed at a level."""
        if level == PLAIN:
            return False
        key = name_, level
        if key not in self._assuming:
            form = self.forms[name_]
            self._assuming[key] = self.assumed(name_, level) is not None or self.assumes(form.when, level)
        return self._assuming[key]

    def _definition(self, name_: str, level: int, made: str) -> Function:
        writing = Writing(self, level)
        form, place = self.forms[name_], self.places[name_]
        if level == PLAIN:
            body = writing.value(form.when, "truth")
        else:
            assumed = self.assumed(name_, level)
            instead = writing.value(form.when, "truth") if assumed is None else [let("truth", const(assumed))]
            plain = self.definition(name_, PLAIN)
            body = [
                *known_or_asked("truth", name("own"), place, plain, name("subject")),
                when(compare(name("truth"), EQUAL, const(U)), *instead),
            ]
        found: Function = self._made(made, writing, [*body, keep(name("own"), place + level, name("truth"))])
        return found

    def _body(self, name_: str, level: int, run: StageRuns, record: Record | None) -> Body:
        truths = run.truths(record)
        plain = self.namespace[self.definition(name_, PLAIN)](run, run.one, record, truths)
        replaced = level != PLAIN and plain == U and self.assumed(name_, level) is not None
        at_level = PLAIN if plain != U or replaced else level
        decides = self._decides.get((name_, at_level))
        if decides is None:
            decides = self._decides[name_, at_level] = self.deciding(self.forms[name_].when, at_level, name_)
        _, grounds = decides(run, run.one, record, truths)
        return Body(grounds, replaced, plain == U and run.granted(name_, record))

    def _made(
        self, written: str, writing: Writing, body: list[ast.stmt], gives: ast.expr = TRUTH, file: str = CONDITION
    ) -> Any:
        module = function(written, TAKES, [*writing.opening(), *body], gives)
        found: dict[str, Any] = {}
        exec(compile(module, file, "exec"), self.namespace, found)
        return found[written]


class Compiled:
    """A condition and its functions, each made when it is first run or asked for."""

    __slots__ = ("_assuming", "_compiler", "_decides", "_functions", "_traced", "condition", "plain")

    def __init__(self, compiler: Compiler, condition: Condition) -> None:
        self.condition = condition
        self._compiler = compiler
        self._functions: list[Function | None] = [None] * LEVELS
        self._assuming: Assuming | None = None
        self._decides: list[Decides | None] = [None] * LEVELS
        self._traced = 0
        self.plain: Function = self._first
        """The function that assumes nothing."""

    def at(self, level: int) -> Function:
        """The function of a level: the plain one where there is nothing to assume."""
        found = self._functions[level]
        if found is None:
            shared = level != PLAIN and not self._compiler.assumes(self.condition, level)
            found = self.at(PLAIN) if shared else self._compiler.function(self.condition, level)
            self._functions[level] = found
        return found

    def deciding(self, level: int) -> Decides | None:
        """The function that tells what decided at a level; None while it is not worth making one."""
        found = self._decides[level]
        if found is None:
            self._traced += 1
            if self._traced <= TRACED_FIRST:
                return None
            at_level = level if self._compiler.assumes(self.condition, level) else PLAIN
            found = self._decides[level] = self._compiler.deciding(self.condition, at_level)
        return found

    def _first(self, run: Running, one: Truths, subject: Record | None, own: Truths) -> Truth:
        self.plain = self.at(PLAIN)
        return self.plain(run, one, subject, own)

    @property
    def assuming(self) -> Assuming:
        """The levels at which something is assumed, the least first, with their functions."""
        if self._assuming is None:
            levels = [level for level in (EXCEPTIONS, PRECAUTION) if self._compiler.assumes(self.condition, level)]
            self._assuming = tuple((level, self.at(level)) for level in levels)
        return self._assuming

    def __call__(self, run: Running, subject: Record | None, level: int) -> Truth:
        """What the condition comes to for a subject."""
        return self.at(level)(run, run.one, subject, run.truths(subject))
