"""Tables: rules of one kind of subject with a cell each, and what sets the bits.

What is looked up in a board sets bits, and no bit is ever taken back, so that all facts are put together by `or`. Of
an alternative of several literals a bit says that it fails; of a single one, that it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from safeguard_rules.engine.indexing.atoms import Atoms, Gathered, Standing
from safeguard_rules.engine.indexing.boards import Board, Look
from safeguard_rules.engine.indexing.cells import Cells
from safeguard_rules.engine.indexing.formulas import TRUE, Shape
from safeguard_rules.engine.indexing.layout import Layout, moved
from safeguard_rules.engine.indexing.masks import Kept, mask_of
from safeguard_rules.language.tree import Scope
from safeguard_rules.values.truth import T
from safeguard_rules.values.working_days import WorkingDays
from safeguard_rules.vocabulary.records import Record
from safeguard_rules.vocabulary.view import ALL_STAGES


@dataclass(frozen=True, slots=True)
class Ground:
    """What all tables of an index share."""

    atoms: Atoms
    kept: Kept
    calendar: WorkingDays | None

    def board(self) -> Board:
        """An empty board."""
        return Board(self.kept, self.calendar)


@dataclass(slots=True)
class Boards:
    """What is read of the case, of the subject and of the record of a list."""

    one: Board
    subject: Board
    item: Board

    def settle(self) -> None:
        """Every mark is there."""
        for board in (self.one, self.subject, self.item):
            board.settle()

    def of(self, scope: Scope) -> Board:
        """The board of a scope."""
        return {Scope.ONE: self.one, Scope.SUBJECT: self.subject, Scope.ITEM: self.item}[scope]


@dataclass(slots=True)
class Move:
    """What the slots of a scan set in their table, so many steps further."""

    held: list[int] = field(default_factory=list)
    """The bits that set something where their slot holds,"""
    failed: list[int] = field(default_factory=list)
    """and those that do where it does not."""


class Scan:
    """The records of one list, looked at once for all rules that count some of them.

    A rule has a slot for each of its counts. What a record sets is counted bit by bit, up to the least that is wanted.
    """

    def __init__(
        self, ground: Ground, of: str, others: bool, scope: Scope, slots: Mapping[int, int], width: int
    ) -> None:
        self.of = of
        self.others = others
        self.scope = scope
        self.boards = Boards(ground.board(), ground.board(), ground.board())
        self.layout = Layout(width)
        self._spare = self._find_spare(slots)
        self._moves: dict[int, Move] = {}
        self._ground = ground
        self._standing = dict.fromkeys(Standing, 0)
        self._least: dict[int, int] = {}

    def _place(self, rule: int, slot: int) -> int:
        """Where the bit of a slot is: two are in the rule's cell, more wherever there is room."""
        return self._spare[rule, slot] if slot > 1 else self.layout.cells.place(rule) + slot

    def _find_spare(self, slots: Mapping[int, int]) -> dict[tuple[int, int], int]:
        layout = self.layout
        for rule, count in slots.items():
            for slot in range(min(count, 2)):
                layout.take(layout.cells.place(rule) + slot)
        return {
            (rule, slot): layout.spare(layout.cells.place(rule) + slot % 2)
            for rule, count in slots.items()
            for slot in range(2, count)
        }

    def add(self, rule: int, gathered: list[tuple[Gathered, Shape]]) -> None:
        """Gives the counts of a rule their slots."""
        atoms, places = self._ground.atoms, [self._place(rule, slot) for slot in range(len(gathered))]
        for place, (each, _) in zip(places, gathered, strict=True):
            bit = 1 << place
            self._standing[each.standing] |= bit
            self._least[each.least] = self._least.get(each.least, 0) | bit
        shapes = zip(places, (shape for _, shape in gathered), strict=True)
        for place, number, truths in self.layout.lay(shapes):
            atom = atoms[number]
            assert not isinstance(atom, Gathered)
            self.boards.of(atom.scope).mark(number, atom, truths, place)

    def move(self, rule: int, slot: int, target: int, truths: int) -> None:
        """Sets a bit of the table where a rule's slot comes to one of these truths: it holds, or does not."""
        place = self._place(rule, slot)
        move = self._moves.setdefault(target - place, Move())
        (move.held if truths & TRUE else move.failed).append(place)

    def settle(self) -> None:
        """What is asked of each record, put together once all rules are there."""
        self.boards.settle()
        self.layout.settle()
        standing = self._standing
        self._perhaps = standing[Standing.SEEN] | standing[Standing.POSSIBLE]
        self._endless = standing[Standing.POSSIBLE] | standing[Standing.UNSEEN]
        entered = self._perhaps | standing[Standing.CERTAIN]
        most = max(self._least)
        self._wanted = [self._least.get(number, 0) & entered for number in range(1, most + 1)]
        self._further = [sum(self._wanted[number:]) for number in range(1, most + 1)]
        self._set = [
            (steps, mask_of([move.failed]), mask_of([move.held, move.failed]))
            for steps, move in sorted(self._moves.items())
        ]
        facts = self.boards.item.facts() if self.scope is Scope.ONE else None
        as_entered = facts is not None and not any(fact.derived for fact in facts)
        self._stages = (
            frozenset.intersection(ALL_STAGES, *(each.stages for each in facts or ())) if as_entered else None
        )

    def count(self, look: Look, subject: Record | None, found: dict[int, int]) -> None:
        """Adds the bits of the table that follow from the records of the list, by how far each has to be moved."""
        boards = self.boards
        base = boards.one.read_case(0, look) if boards.one else 0
        if boards.subject:
            base = boards.subject.read(base, look, subject, None)
        enough = self._enough(self._each(base, look, subject))
        if self._endless and look.view.is_open(self.of):
            unseen = boards.item.read(base, look, subject, look.view.unseen(self.of))
            enough |= self.layout.decided(unseen) & self._endless
        for steps, failed, mask in self._set:
            found[steps] = found.get(steps, 0) | (enough ^ failed) & mask

    def _enough(self, records: Iterable[int]) -> int:
        """The slots that enough records fulfil, from those that each one does."""
        counted = [0] * len(self._wanted)
        for held in records:
            for number, further in enumerate(self._further):
                # Of those that it fulfils, the ones that another record fulfilled before.
                counted[number], held = counted[number] | held, counted[number] & held & further
                if not held:
                    break
        enough = 0
        for bits, wanted in zip(counted, self._wanted, strict=True):
            if not bits:
                break
            enough |= bits & wanted
        return enough

    def _each(self, base: int, look: Look, subject: Record | None) -> list[int]:
        """For each record that was entered the slots whose formula it fulfils; which of them count is seen later."""
        view, item, decided = look.view, self.boards.item, self.layout.decided
        if self._stages is not None and not view.removed and view.possible_stages <= self._stages:
            entries = getattr(view.source, view.list_name(self.of)) or ()
            return [decided(item.read_entry(base, look, entry)) for entry in entries]
        found = []
        for record in view.records(self.of):
            if not (self.others and record is subject):
                held = decided(item.read(base, look, subject, record))
                found.append(held if record.existence == T else held & self._perhaps)
        return found


@dataclass(frozen=True, slots=True)
class Placed:
    """A rule's outcomes, with the counts of records that they rest on.

    `with_all` is there where what applies with all assumed is another thing than what applies at all.
    """

    applies: Shape
    fails: Shape
    with_all: Shape | None
    gathered: tuple[tuple[int, Gathered, Shape], ...]


class Outcomes(NamedTuple):
    """The cells of rules, and the same for where all is assumed, of which only what applies is looked at."""

    cells: int
    with_all: int


class Table:
    """The rules of one kind of subject (None for the child), each with a cell: which apply, and which fail."""

    def __init__(self, ground: Ground, kind: str | None, rules: list[Placed]) -> None:
        self.kind = kind
        self.cells = Cells(len(rules))
        self._ground = ground
        self._differing = self.cells.mask(place for place, rule in enumerate(rules) if rule.with_all is not None)
        self._layout = Layout(len(rules))
        self._outcomes = 3 if self._differing else 2
        self._boards = Boards(ground.board(), ground.board(), ground.board())
        self._scans: dict[tuple[str, bool, Scope], Scan] = self._make_scans(rules)
        for place in range(len(rules)):
            for outcome in range(self._outcomes):
                self._layout.take(self._place(place, outcome))
        for place, rule in enumerate(rules):
            self._add(place, rule)
        self._boards.settle()
        self._layout.settle()
        for scan in self._scans.values():
            scan.settle()
        self._once = [scan for (_, _, scope), scan in self._scans.items() if scope is Scope.ONE]
        self._each = [scan for (_, _, scope), scan in self._scans.items() if scope is not Scope.ONE]

    def case(self, look: Look) -> int:
        """The bits that are the same for each subject."""
        return self._boards.one.read_case(0, look) | self._counted(self._once, look, None)

    def outcomes(self, case: int, look: Look, subject: Record | None) -> Outcomes:
        """What becomes of the rules for a subject; no stage is looked at."""
        if subject is not None:
            case = self._boards.subject.read(case, look, subject, None) | self._counted(self._each, look, subject)
        bits, cells = self._layout.decided(case), self.cells
        if not self._differing:
            return Outcomes(bits, bits)
        return Outcomes(bits, (bits & ~self._differing) | (bits >> cells.bits & self._differing))

    def _counted(self, scans: list[Scan], look: Look, subject: Record | None) -> int:
        found: dict[int, int] = {}
        for scan in scans:
            scan.count(look, subject, found)
        bits = found.pop(0, 0)
        for steps, each in found.items():
            bits |= moved(each, steps)
        return bits

    def _place(self, rule: int, outcome: int) -> int:
        """Where the bit of a rule's outcome is: the third one's lies beyond all cells."""
        beyond, second = divmod(outcome, 2)
        return beyond * self.cells.bits + self.cells.place(rule) + second

    def _make_scans(self, rules: list[Placed]) -> dict[tuple[str, bool, Scope], Scan]:
        slots: dict[tuple[str, bool, Scope], dict[int, int]] = {}
        for place, rule in enumerate(rules):
            for _, each, _ in rule.gathered:
                own = slots.setdefault(_scan_of(each), {})
                own[place] = own.get(place, 0) + 1
        return {
            key: Scan(self._ground, *key, own, self.cells.width)
            for key, own in sorted(slots.items(), key=itemgetter(0))
        }

    def _add(self, rule: int, placed: Placed) -> None:
        slots: dict[int, tuple[Scan, int]] = {}
        by_scan: dict[tuple[str, bool, Scope], list[tuple[Gathered, Shape]]] = {}
        for number, gathered, shape in placed.gathered:
            own = by_scan.setdefault(_scan_of(gathered), [])
            slots[number] = self._scans[_scan_of(gathered)], len(own)
            own.append((gathered, shape))
        for key, found in by_scan.items():
            self._scans[key].add(rule, found)
        shapes = [placed.applies, placed.fails, *([placed.with_all] if placed.with_all is not None else [])]
        homes = [self._place(rule, outcome) for outcome in range(len(shapes))]
        for place, number, truths in self._layout.lay(zip(homes, shapes, strict=True)):
            atom = self._ground.atoms[number]
            if isinstance(atom, Gathered):
                scan, slot = slots[number]
                scan.move(rule, slot, place, truths)
            else:
                self._boards.of(atom.scope).mark(number, atom, truths, place)


def _scan_of(gathered: Gathered) -> tuple[str, bool, Scope]:
    return gathered.of, gathered.others, gathered.scope
