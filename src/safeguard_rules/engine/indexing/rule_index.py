"""The index of a program: which rules it takes, and what they come to for a case, all at once.

It is held equal to the plain walk, as compiled conditions are. A rule whose condition is too tangled for it is left to
its function.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from safeguard_rules.engine.compiling import Compiler
from safeguard_rules.engine.indexing.atoms import Atoms, Gathered, Meant
from safeguard_rules.engine.indexing.boards import Look, Meanings
from safeguard_rules.engine.indexing.cells import Cells
from safeguard_rules.engine.indexing.forming import Forming, NotIndexedError, Outcome, Whole
from safeguard_rules.engine.indexing.formulas import MOST_TERMS, Formula, Shape, TooManyTermsError, shape
from safeguard_rules.engine.indexing.masks import MOST_BYTES, Kept
from safeguard_rules.engine.indexing.tables import Ground, Outcomes, Placed, Table
from safeguard_rules.engine.outcomes import BORN, CHILD, NOBODY, same_record
from safeguard_rules.engine.program import ActiveRule, Program
from safeguard_rules.engine.running import Function
from safeguard_rules.language.tree import Scope, Use
from safeguard_rules.source import Place, Text
from safeguard_rules.values.truth import F, T, U
from safeguard_rules.vocabulary.records import Record
from safeguard_rules.vocabulary.view import CaseView

MOST_SLOTS = 8
"""How many counts of the records of lists a rule may rest on."""


@dataclass(frozen=True, slots=True)
class Coded:
    """What the rules of an index come to for one case.

    `child` has a code for each rule about the child; `records`, for each kind of subject, by the paths of the subjects
    (`none` where there is nobody), a code for each rule about that kind. Codes are in the order of the sections' rules.
    """

    child: bytes
    records: Mapping[str, Mapping[str, bytes]]


class RuleIndex:
    """The index of one program; one serves many threads.

    `sections` hold the rules that it took, by kind of subject; `left` are those that it leaves to their functions;
    `kept` says how much is kept of masks.
    """

    def __init__(self, program: Program, most_terms: int = MOST_TERMS, most_bytes: int = MOST_BYTES) -> None:
        self.program = program
        compiler = Compiler(program.forms, program.thresholds, program.calendar)
        self.kept = Kept(most_bytes)
        ground = Ground(Atoms(), self.kept, program.calendar)
        placing = _Placing(compiler, ground.atoms, most_terms)
        taken: dict[str | None, list[tuple[ActiveRule, Placed]]] = {None: []}
        left = []
        for active in program.rules:
            placed = placing.place(active)
            if placed is None:
                left.append(active)
            else:
                taken.setdefault(active.form.for_each, []).append((active, placed))
        self.left = tuple(left)
        self.sections = {kind: Section(kind, ground, found) for kind, found in taken.items()}
        self._meanings = {
            (atom.definition, atom.level): _function(compiler, atom)
            for atom in ground.atoms.all
            if isinstance(atom, Meant)
        }

    @property
    def taken(self) -> int:
        """How many rules it took."""
        return sum(len(section.rules) for section in self.sections.values())

    def codes(self, view: CaseView) -> Coded:
        """What the rules that it took come to."""
        looks = Looks(self.program, self._meanings, view)
        found = {kind: section.codes(looks) for kind, section in self.sections.items()}
        child = found.pop(None)[CHILD]
        return Coded(child, {kind: codes for kind, codes in found.items() if kind is not None})


class Looks:
    """The looks at the views of one case that the rules' stages need."""

    def __init__(self, program: Program, meanings: Meanings, view: CaseView) -> None:
        self.view = view
        self._program = program
        self._meanings = meanings
        self._found: dict[int, Look] = {}
        self.as_born: dict[str, int] = {}
        """The rules that would apply to a subject if the child were born, by the subject's path."""

    def of(self, view: CaseView) -> Look:
        """The look at a view."""
        found = self._found.get(id(view))
        if found is None:
            found = self._found[id(view)] = Look(self._program, self._meanings, view)
        return found

    def born(self) -> Look:
        """The look at the case with the child taken as born."""
        return self.of(self.view.for_stages(BORN))


@dataclass(frozen=True, slots=True)
class Stretch:
    """The rules of a section that are for the same stages, as bits, and those that may take the child as born."""

    stages: frozenset[str]
    rules: int
    may_assume_born: int
    cells: int
    """Both bits of each rule; the other two have the first ones."""


@dataclass(slots=True)
class Row:
    """The cells of the rules for one subject, and the rules that have a finding of it at all."""

    cells: int = 0
    there: int = 0


class Section:
    """The rules of one kind of subject that an index took, in the order of the program; None is the child."""

    def __init__(self, kind: str | None, ground: Ground, found: list[tuple[ActiveRule, Placed]]) -> None:
        self.kind = kind
        self.rules = tuple(active for active, _ in found)
        self._table = Table(ground, kind, [placed for _, placed in found])
        self._cells = self._table.cells
        self._stretches = tuple(_stretches(self.rules, self._cells))

    def codes(self, looks: Looks) -> dict[str, bytes]:
        """For each subject, by its path, the codes of all rules."""
        if not self.rules:
            return {CHILD: b""}
        rows: dict[str, Row] = {}
        for view, stretches in self._by_view(looks.view):
            look, subjects = looks.of(view), self._subjects(view)
            case = self._table.case(look) if subjects else 0
            for subject in subjects:
                row = rows.setdefault(CHILD if subject is None else subject.base, Row())
                outcomes = self._table.outcomes(case, look, subject)
                for stretch in stretches:
                    self._add(row, stretch, outcomes, subject, looks)
            if not subjects:
                row = rows.setdefault(NOBODY, Row())
                for stretch in stretches:
                    row.cells |= stretch.rules << 1
                    row.there |= stretch.rules
        return {path: self._cells.codes(row.cells, row.there) for path, row in rows.items()}

    def _add(self, row: Row, stretch: Stretch, outcomes: Outcomes, subject: Record | None, looks: Looks) -> None:
        bits, gate = outcomes.cells, looks.view.stage_truth(stretch.stages)
        if gate == F:
            bits = stretch.rules << 1
        elif subject is not None and subject.existence != T:
            # A record that may not be there never applies, whatever is assumed.
            bits &= ~self._cells.firsts
        elif gate == U:
            applies = stretch.may_assume_born and self._as_born(subject, looks) & stretch.may_assume_born
            bits = (bits & ~self._cells.firsts) | (applies & ~(bits >> 1))
        row.cells |= bits & stretch.cells
        row.there |= stretch.rules

    def _as_born(self, subject: Record | None, looks: Looks) -> int:
        """The rules that would apply if the child were born: as it may be wherever the stage is unknown."""
        path = CHILD if subject is None else subject.base
        if path not in looks.as_born:
            born = looks.born()
            same = same_record(subject, born.view)
            looks.as_born[path] = self._table.outcomes(self._table.case(born), born, same).with_all
        return looks.as_born[path]

    def _by_view(self, view: CaseView) -> Iterator[tuple[CaseView, tuple[Stretch, ...]]]:
        """The views that the stages need, each with its rules: with the stage known, one."""
        if view.stage is not None:
            yield view, self._stretches
            return
        found: dict[int, tuple[CaseView, list[Stretch]]] = {}
        for stretch in self._stretches:
            needed = view.for_stages(stretch.stages)
            found.setdefault(id(needed), (needed, []))[1].append(stretch)
        for needed, stretches in found.values():
            yield needed, tuple(stretches)

    def _subjects(self, view: CaseView) -> tuple[Record | None, ...]:
        if self.kind is None:
            return (None,)
        return (*view.records(self.kind), *((view.unseen(self.kind),) if view.is_open(self.kind) else ()))


def _stretches(rules: tuple[ActiveRule, ...], cells: Cells) -> Iterator[Stretch]:
    own: dict[frozenset[str], list[int]] = {}
    born: dict[frozenset[str], list[int]] = {}
    for place, active in enumerate(rules):
        form = active.form
        own.setdefault(form.stages, []).append(place)
        if "born" in form.stages and not form.never_assume:
            born.setdefault(form.stages, []).append(place)
    for stages, places in own.items():
        bits = cells.mask(places)
        yield Stretch(stages, bits, cells.mask(born.get(stages, ())), 3 * bits)


def _function(compiler: Compiler, atom: Meant) -> Function:
    scope = Scope.ONE if atom.scope is Scope.ONE else Scope.SUBJECT
    use = Use(f"{atom.definition}.index", _NOWHERE, atom.definition, scope)
    return compiler.compile(use).at(atom.level)


class _Placing:
    """Which rules an index takes, and in what shape."""

    def __init__(self, compiler: Compiler, atoms: Atoms, most_terms: int) -> None:
        self._atoms = atoms
        self._most_terms = most_terms
        self._ways = tuple(Forming(compiler, atoms, whole) for whole in Whole)
        self._shapes: dict[int, Shape] = {}

    def place(self, active: ActiveRule) -> Placed | None:
        """The shapes of a rule, if need be with definitions left whole; None if it is too tangled."""
        for forming in self._ways:
            try:
                return self._placed(forming.outcome(active.form.when))
            except (NotIndexedError, TooManyTermsError):
                continue
        return None

    def _placed(self, outcome: Outcome) -> Placed:
        applies, fails = self._shape(outcome.applies), self._shape(outcome.fails)
        same = outcome.with_all == outcome.applies
        with_all = None if same else self._shape(outcome.with_all)
        shapes = (applies, fails, *(() if with_all is None else (with_all,)))
        return Placed(applies, fails, with_all, tuple(self._gathered(*shapes)))

    def _shape(self, formula: Formula) -> Shape:
        return shape(formula, self._most_terms)

    def _gathered(self, *shapes: Shape) -> Iterator[tuple[int, Gathered, Shape]]:
        """The counts of records in some shapes, one of each shape in turns.

        So most slots lie where the outcome does that rests on them, and need not be moved.
        """
        in_turns = zip_longest(*map(self._counts, shapes))
        found = dict.fromkeys(number for turn in in_turns for number in turn if number is not None)
        if len(found) > MOST_SLOTS:
            raise TooManyTermsError
        for number in found:
            atom = self._atoms[number]
            assert isinstance(atom, Gathered)
            if number not in self._shapes:
                self._shapes[number] = self._shape(atom.formula)
            yield number, atom, self._shapes[number]

    def _counts(self, shape: Shape) -> list[int]:
        numbers = dict.fromkeys(number for term in (shape.single, *shape.longer) for number, _ in term)
        return [number for number in numbers if isinstance(self._atoms[number], Gathered)]


_NOWHERE = Place(Text("the index", ""), 1, 1)
