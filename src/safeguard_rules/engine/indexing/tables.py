"""Tables: rules of one kind of subject with one bit each, and what sets the bits.

The bits of a board lie in regions, one after another, each with one bit for every rule. What is looked up in a board
sets bits, and no bit is ever taken back, so that all facts are put together by `or`. Of an alternative of several
literals a bit says that it fails; of a single one, that it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from safeguard_rules.engine.indexing.atoms import Atoms, Gathered, Standing
from safeguard_rules.engine.indexing.boards import Board, Look
from safeguard_rules.engine.indexing.formulas import ANY_TRUTH, TRUE, Shape
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
class Layout:
    """Where shapes lie: some outcomes first, each a region of single literals, then planes of longer alternatives.

    A plane holds one alternative of each rule that has so many; `planes` says of which outcome it is.
    """

    outcomes: int
    width: int
    turned: list[int] = field(default_factory=list)
    planes: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.turned = [0] * self.outcomes

    def lay(self, rule: int, shapes: Iterable[tuple[int, Shape]]) -> Iterator[tuple[int, int, int]]:
        """Gives a rule's shapes their places: region, atom and the truths that set the rule's bit there."""
        bit, plane = 1 << rule, 0
        for outcome, shape in shapes:
            if shape.turned:
                self.turned[outcome] |= bit
            for atom, truths in shape.single:
                yield outcome, atom, truths
            for term in shape.longer:
                if plane == len(self.planes):
                    self.planes.append([0] * self.outcomes)
                self.planes[plane][outcome] |= bit
                for atom, truths in term:
                    yield self.outcomes + plane, atom, ANY_TRUTH ^ truths
                plane += 1

    def decided(self, bits: int) -> list[int]:
        """The bits of each outcome, from those of a board."""
        width = self.width
        full = (1 << width) - 1
        found = [bits >> start & full for start in range(0, width * self.outcomes, width)]
        for number, plane in enumerate(self.planes, self.outcomes):
            failed = bits >> number * width
            for outcome, mask in enumerate(plane):
                if mask:
                    found[outcome] |= (failed & mask) ^ mask
        return [bits ^ turned for bits, turned in zip(found, self.turned, strict=True)]


@dataclass(slots=True)
class Move:
    """What the slots of a scan set in the regions of their table that lie as many places further."""

    held: list[int] = field(default_factory=list)
    """The bits that set something where their slot holds,"""
    failed: list[int] = field(default_factory=list)
    """and those that do where it does not."""


class Scan:
    """The records of one list, looked at once for all rules that count some of them.

    A rule has a slot for each of its counts. What a record sets is counted bit by bit, up to the least that is wanted.
    """

    def __init__(self, ground: Ground, of: str, others: bool, scope: Scope, slots: int, width: int) -> None:
        self.of = of
        self.others = others
        self.scope = scope
        self.boards = Boards(ground.board(), ground.board(), ground.board())
        self.layout = Layout(slots, width)
        self._moves: dict[int, Move] = {}
        self._ground = ground
        self._standing = dict.fromkeys(Standing, 0)
        self._least: dict[int, int] = {}

    def add(self, rule: int, gathered: list[tuple[Gathered, Shape]]) -> None:
        """Gives the counts of a rule their slots."""
        atoms = self._ground.atoms
        for slot, (each, _) in enumerate(gathered):
            bit = 1 << slot * self.layout.width + rule
            self._standing[each.standing] |= bit
            self._least[each.least] = self._least.get(each.least, 0) | bit
        for region, number, truths in self.layout.lay(rule, enumerate(shape for _, shape in gathered)):
            atom = atoms[number]
            assert not isinstance(atom, Gathered)
            self.boards.of(atom.scope).mark(number, atom, truths, region * self.layout.width + rule)

    def move(self, rule: int, slot: int, region: int, truths: int) -> None:
        """Sets a rule's bit in a region of the table where a slot comes to one of these truths: it holds, or not."""
        move = self._moves.setdefault(region - slot, Move())
        position = slot * self.layout.width + rule
        (move.held if truths & TRUE else move.failed).append(position)

    def settle(self) -> None:
        """What is asked of each record, put together once all rules are there."""
        self._boards_settle()
        standing = self._standing
        self._perhaps = standing[Standing.SEEN] | standing[Standing.POSSIBLE]
        self._certainly = self._perhaps | standing[Standing.CERTAIN]
        self._endless = standing[Standing.POSSIBLE] | standing[Standing.UNSEEN]
        most = max(self._least)
        self._wanted = [self._least.get(number, 0) for number in range(1, most + 1)]
        self._further = [sum(self._wanted[number:]) for number in range(1, most + 1)]
        width, slots = self.layout.width, self.layout.outcomes
        self._slots = (1 << width * slots) - 1
        self._turned = _side_by_side(self.layout.turned, width)
        self._planes = [
            ((slots + number) * width, [(slot * width, mask) for slot, mask in enumerate(plane) if mask])
            for number, plane in enumerate(self.layout.planes)
        ]

    def _boards_settle(self) -> None:
        self.boards.settle()
        width = self.layout.width
        self._set = [
            (places * width, mask_of([move.failed]), mask_of([move.held, move.failed]))
            for places, move in sorted(self._moves.items())
        ]
        facts = self.boards.item.facts() if self.scope is Scope.ONE else None
        entered = facts is not None and not any(fact.derived for fact in facts)
        self._stages = frozenset.intersection(ALL_STAGES, *(each.stages for each in facts or ())) if entered else None

    def count(self, look: Look, subject: Record | None) -> int:
        """The bits of the table that follow from the records of the list."""
        view, boards = look.view, self.boards
        base = boards.one.read_case(0, look) if boards.one else 0
        if boards.subject:
            base = boards.subject.read(base, look, subject, None)
        counted = [0] * len(self._wanted)
        for held in self._each(base, look, subject):
            for number, further in enumerate(self._further):
                # Of those that it fulfils, the ones that another record fulfilled before.
                counted[number], held = counted[number] | held, counted[number] & held & further
                if not held:
                    break
        enough = 0
        if self._endless and view.is_open(self.of):
            enough = self._held(boards.item.read(base, look, subject, view.unseen(self.of))) & self._endless
        for bits, wanted in zip(counted, self._wanted, strict=True):
            enough |= bits & wanted
        found = 0
        for places, failed, mask in self._set:
            bits = (enough ^ failed) & mask
            found |= bits << places if places >= 0 else bits >> -places
        return found

    def _each(self, base: int, look: Look, subject: Record | None) -> Iterator[int]:
        """For each record that was entered the slots whose formula it fulfils."""
        view, item = look.view, self.boards.item
        if self._stages is not None and not view.removed and view.possible_stages <= self._stages:
            for entry in getattr(view.source, view.list_name(self.of)) or ():
                yield self._held(item.read_entry(base, look, entry)) & self._certainly
            return
        for record in view.records(self.of):
            if not (self.others and record is subject):
                standing = self._certainly if record.existence == T else self._perhaps
                yield self._held(item.read(base, look, subject, record)) & standing

    def _held(self, bits: int) -> int:
        """Of what the record set, the slots whose formula holds."""
        found = bits & self._slots
        for start, slots in self._planes:
            failed = bits >> start
            for shift, mask in slots:
                found |= ((failed & mask) ^ mask) << shift
        return found ^ self._turned


def _side_by_side(regions: list[int], width: int) -> int:
    found = 0
    for region in reversed(regions):
        found = found << width | region
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
    """The rules that apply, those that do not, and those that apply with all assumed, as bits."""

    applies: int
    fails: int
    with_all: int


class Table:
    """The rules of one kind of subject (None for the child), each by its place; `bits` says which apply, which fail."""

    def __init__(self, ground: Ground, kind: str | None, rules: list[Placed]) -> None:
        self.kind = kind
        self.width = len(rules)
        self.full = (1 << self.width) - 1
        self._ground = ground
        self._differing = sum(1 << self.width - 1 - n for n, rule in enumerate(rules) if rule.with_all is not None)
        self._layout = Layout(3 if self._differing else 2, self.width)
        self._boards = Boards(ground.board(), ground.board(), ground.board())
        self._scans: dict[tuple[str, bool, Scope], Scan] = self._make_scans(rules)
        for place, rule in enumerate(rules):
            # The first rule has the highest bit, so that numbers are written in the order of the rules.
            self._add(self.width - 1 - place, rule)
        self._boards.settle()
        for scan in self._scans.values():
            scan.settle()
        self._once = [scan for (_, _, scope), scan in self._scans.items() if scope is Scope.ONE]
        self._each = [scan for (_, _, scope), scan in self._scans.items() if scope is not Scope.ONE]

    def case(self, look: Look) -> int:
        """The bits that are the same for each subject."""
        bits = self._boards.one.read_case(0, look)
        for scan in self._once:
            bits |= scan.count(look, None)
        return bits

    def outcomes(self, case: int, look: Look, subject: Record | None) -> Outcomes:
        """What becomes of the rules for a subject; no stage is looked at."""
        if subject is not None:
            case = self._boards.subject.read(case, look, subject, None)
            for scan in self._each:
                case |= scan.count(look, subject)
        applies, fails, *with_all = self._layout.decided(case)
        if not with_all:
            return Outcomes(applies, fails, applies)
        return Outcomes(applies, fails, (applies & ~self._differing) | with_all[0])

    def _make_scans(self, rules: list[Placed]) -> dict[tuple[str, bool, Scope], Scan]:
        slots: dict[tuple[str, bool, Scope], int] = {}
        for rule in rules:
            own: dict[tuple[str, bool, Scope], int] = {}
            for _, each, _ in rule.gathered:
                own[_scan_of(each)] = own.get(_scan_of(each), 0) + 1
            for key, count in own.items():
                slots[key] = max(slots.get(key, 0), count)
        return {key: Scan(self._ground, *key, count, self.width) for key, count in sorted(slots.items())}

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
        for region, number, truths in self._layout.lay(rule, enumerate(shapes)):
            atom = self._ground.atoms[number]
            if isinstance(atom, Gathered):
                scan, slot = slots[number]
                scan.move(rule, slot, region, truths)
            else:
                self._boards.of(atom.scope).mark(number, atom, truths, region * self.width + rule)


def _scan_of(gathered: Gathered) -> tuple[str, bool, Scope]:
    return gathered.of, gathered.others, gathered.scope
