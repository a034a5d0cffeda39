"""One stretch of a generated function: what is read and worked out once, for the case or for a record of a list."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from safeguard_rules.engine.fused.leaves import Told, told
from safeguard_rules.engine.fused.names import Names
from safeguard_rules.engine.fused.nodes import (
    FALSE,
    TRUE,
    HowMany,
    Instead,
    Joined,
    Known,
    Leaf,
    Node,
    Opposite,
    Ranging,
    Some,
    Tally,
    parts_of,
)
from safeguard_rules.engine.fused.reach import Idle, Reach, plainly
from safeguard_rules.engine.fused.reading import Reader
from safeguard_rules.engine.fused.values import Frame
from safeguard_rules.engine.syntax import (
    AT_LEAST,
    AT_MOST,
    EQUAL,
    LESS,
    MORE,
    UNEQUAL,
    add_to,
    call,
    choose,
    compare,
    const,
    each_holds,
    for_each,
    less,
    let,
    name,
    no,
    one_holds,
    when,
    when_else,
)
from safeguard_rules.values.truth import F, T, U

LAZY = 20
"""What it takes to apply a test that cannot be spelt out; such a test comes last, and is made once at most."""


DEEP = 20


@dataclass(slots=True)
class Block:
    """A stretch of a function, and the blocks around it."""

    names: Names
    reader: Reader
    outer: Block | None = None
    truths: dict[Node, str] = field(default_factory=dict)
    counts: dict[Node, tuple[str, str, ast.expr]] = field(default_factory=dict)
    """Of a tally: how often its condition is true, how often it may be, and whether it may of the unseen."""
    spelt: dict[Node, Told | None] = field(default_factory=dict)
    idle: dict[Node, Node] = field(default_factory=dict)
    """Where it is true, it does not matter what a list comes to."""
    limits: dict[Node, int] = field(default_factory=dict)
    """From which count on a tally is settled."""

    @property
    def frame(self) -> Frame:
        """Whose records it is about."""
        return self.reader.frame

    # --- expressions

    def true(self, node: Node) -> ast.expr:
        """Whether a node is true."""
        if isinstance(node, Opposite):
            return self.false(node.part)
        kept = self._kept(node)
        if kept is not None:
            return compare(kept, EQUAL, const(T))
        match node:
            case Known(value=value):
                return const(value == T)
            case Leaf():
                return self.told(node).true
            case Joined(least=least):
                return (each_holds if least else one_holds)(*map(self.true, self._cheap_first(node)))
            case Instead(plain=plain, other=other):
                return one_holds(self.true(plain), each_holds(no(self.false(plain)), self.true(other)))
            case HowMany():
                return self._enough(node)
        raise TypeError(f"cannot write {node!r}")

    def false(self, node: Node) -> ast.expr:
        """Whether a node is false."""
        if isinstance(node, Opposite):
            return self.true(node.part)
        kept = self._kept(node)
        if kept is not None:
            return no(kept)
        match node:
            case Known(value=value):
                return const(value == F)
            case Leaf():
                return self.told(node).false
            case Joined(least=least):
                return (one_holds if least else each_holds)(*map(self.false, self._cheap_first(node)))
            case Instead(plain=plain, other=other):
                return one_holds(self.false(plain), each_holds(no(self.true(plain)), self.false(other)))
            case HowMany():
                return self._too_few_or_many(node)
        raise TypeError(f"cannot write {node!r}")

    def true_unless_false(self, node: Node) -> ast.expr:
        """Whether a node is true that is known not to be false."""
        if isinstance(node, Opposite):
            return self.false_unless_true(node.part)
        if self._kept(node) is None:
            if isinstance(node, Leaf):
                return self.told(node).decided or self.true(node)
            if isinstance(node, Joined) and node.least:
                return each_holds(*map(self.true_unless_false, self._cheap_first(node)))
        return self.true(node)

    def false_unless_true(self, node: Node) -> ast.expr:
        """Whether a node is false that is known not to be true."""
        if isinstance(node, Opposite):
            return self.true_unless_false(node.part)
        if self._kept(node) is None:
            if isinstance(node, Leaf):
                return self.told(node).decided or self.false(node)
            if isinstance(node, Joined) and not node.least:
                return each_holds(*map(self.false_unless_true, self._cheap_first(node)))
        return self.false(node)

    def truth(self, node: Node, applies: Node | None = None) -> ast.expr:
        """The truth of a node as a number; it is true where `applies` is, if that is given."""
        kept = None if isinstance(node, Opposite | Known) else self._kept(node)
        if kept is not None and applies in (None, node):
            return kept
        false = self.false(node)
        true = self.true_unless_false(node) if applies in (None, node) else self.true(applies)
        return pick(false, const(F), pick(true, const(T), const(U)))

    def told(self, leaf: Leaf) -> Told:
        """A test, spelt out or applied."""
        home = self.home(leaf)
        if leaf not in home.spelt:
            home.spelt[leaf] = told(leaf, home.reader)
        found = home.spelt[leaf]
        if found is None:
            truth = home.reader.applied_truth(leaf)
            found = Told(compare(truth, EQUAL, const(T)), no(truth), LAZY)
        return found

    def home(self, node: Node) -> Block:
        """The block of a node's own frame."""
        found = self
        while found.frame != node.frame:
            assert found.outer is not None
            found = found.outer
        return found

    def _kept(self, node: Node) -> ast.expr | None:
        if isinstance(node, Known | Opposite):
            return None
        kept = self.home(node).truths.get(node)
        return None if kept is None else name(kept)

    def _cheap_first(self, node: Joined) -> list[Node]:
        return sorted(node.parts, key=self._cost)

    def _cost(self, node: Node) -> int:
        node = plainly(node)
        if self._kept(node) is not None:
            return 0
        if isinstance(node, Leaf):
            return self.told(node).cost
        return 1 + max((self._cost(part) for part in parts_of(node) if not isinstance(part, Ranging)), default=0)

    # --- counts

    def _counted(self, node: HowMany) -> tuple[ast.expr, ast.expr, ast.expr]:
        """The least and the greatest count, and whether there may be any more."""
        kept = self.home(node.tally).counts[node.tally]
        sure, may, open_ = name(kept[0]), name(kept[1]), kept[2]
        if node.own is None:
            return sure, may, open_
        low = pick(self.true(node.own), less(sure, const(1)), sure)
        return low, pick(self.false(node.own), may, less(may, const(1))), open_

    def _enough(self, node: HowMany) -> ast.expr:
        low, high, open_ = self._counted(node)
        enough = compare(low, AT_LEAST, const(node.low)) if node.low > 0 else const(True)
        if node.high is None:
            return enough
        return each_holds(enough, no(open_), compare(high, AT_MOST, const(node.high)))

    def _too_few_or_many(self, node: HowMany) -> ast.expr:
        low, high, open_ = self._counted(node)
        too_few = each_holds(no(open_), compare(high, LESS, const(node.low))) if node.low > 0 else const(False)
        if node.high is None:
            return too_few
        return one_holds(too_few, compare(low, MORE, const(node.high)))

    # --- statements

    def statements(self, roots: Iterable[Node], inside: Iterable[Node] = ()) -> list[ast.stmt]:
        """All that has to come before some nodes can be told, here and, for those `inside`, within loops."""
        reach = Reach(self.frame)
        reach.add(roots)
        reach.add(inside, inside=True)
        own = [node for node in reach.order if node.frame == self.frame]
        idle = Idle(reach, lambda leaf: self.told(leaf).cost < LAZY)
        self.idle |= {each: idle.when(each) for each in own if isinstance(each, Ranging)}
        self.limits |= {each: limit(reach.readers[each]) for each in own if isinstance(each, Tally)}
        made: list[ast.stmt] = []
        for rank in range(max(reach.ranks.values(), default=0) + 1):
            made += self._loops([each for each in own if isinstance(each, Ranging) and reach.ranks[each] == rank])
            for node in own:
                if reach.ranks[node] == rank and self._is_kept(node, reach):
                    value, kept = self.truth(node), self.names.fresh("truth")
                    made.append(let(kept, value))
                    self.truths[node] = kept
        return made

    def _is_kept(self, node: Node, reach: Reach) -> bool:
        """Whether a truth is worked out once and kept: what is cheap is told again and again."""
        if isinstance(node, Ranging):
            return False
        uses = reach.uses.get(node, 0)
        if isinstance(node, Leaf):
            cost = self.told(node).cost
            return cost < LAZY and (node in reach.needed or (cost > 1 and uses > 1))
        return node in reach.needed or uses > 1 or self._depth(node) > DEEP

    def _depth(self, node: Node) -> int:
        """How many expressions stand within one another, for Python's compiler takes only so many."""
        node = plainly(node)
        if isinstance(node, Leaf | Ranging) or self._kept(node) is not None:
            return 0
        return 1 + max(map(self._depth, parts_of(node)), default=0)

    def _loops(self, ranging: Sequence[Ranging]) -> list[ast.stmt]:
        made: list[ast.stmt] = []
        for of, together in groupby(sorted(ranging, key=attrgetter("of")), key=attrgetter("of")):
            made += self._loop(of, list(together))
        return made

    def _loop(self, of: str, ranging: Sequence[Ranging]) -> list[ast.stmt]:
        """One loop for all that ranges over a list."""
        looked = [each for each in ranging if each.body not in (TRUE, FALSE)]
        skipped = all(self.idle[each] is not FALSE for each in looked)
        if not (self.frame or skipped):
            # The records of a case are few, and read once: to look what could be left out takes as long as to look.
            self.idle |= dict.fromkeys(looked, FALSE)
        before = [statement for each in ranging for statement in self._start(each)]
        if not looked:
            return before
        block = self.within(of)
        found = block.statements(each.body for each in looked)
        for each in looked:
            found += block._count(each)
        listed = self.reader.listed(of)
        if skipped:
            listed = choose(one_holds(*map(self._unsettled, looked)), listed, const(()))
        return [*before, for_each([block.reader.entry], listed, block.reader.opening(found))]

    def within(self, of: str) -> Block:
        """A block for each record of a list."""
        return Block(self.names, self.reader.within(of), self)

    def _start(self, each: Ranging) -> list[ast.stmt]:
        """What there is before any record is looked at: the unseen ones; and all there are, where every one will do."""
        listed, unseen, idle = self.reader.listed(each.of), self._unseen(each), self.true(self.idle[each])
        if isinstance(each, Some):
            self.truths[each] = kept = self.names.fresh("some")
            start = choose(listed, const(T), unseen) if each.body is TRUE else pick(idle, const(T), unseen)
            return [let(kept, start)]
        sure, may = self.names.fresh("sure"), self.names.fresh("may")
        self.counts[each] = sure, may, unseen
        start = call(name("len"), listed) if each.body is TRUE else pick(idle, const(self.limits[each]), const(0))
        return [let(sure, start), let(may, name(sure))]

    def _unseen(self, each: Ranging) -> ast.expr:
        """What a list comes to for the records that nobody has entered: it is unknown, or false if there are none."""
        possible = no(self.false(each.unseen))
        return pick(possible, self.reader.is_open(each.of), const(F))

    def _count(self, each: Ranging) -> list[ast.stmt]:
        """What a record adds, in the block of the record."""
        assert self.outer is not None
        false, true = self.false(each.body), self.true_unless_false(each.body)
        if isinstance(each, Tally):
            sure, may, _ = self.outer.counts[each]
            found = [add_to(may, const(1)), when(true, add_to(sure, const(1)))]
        else:
            kept = self.outer.truths[each]
            found = [when_else(true, [let(kept, const(T))], [when(no(name(kept)), let(kept, const(U)))])]
        unsettled = const(True) if self.outer.idle[each] is FALSE else self.outer._unsettled(each)
        return [when(each_holds(unsettled, no(false)), *found)]

    def _unsettled(self, each: Ranging) -> ast.expr:
        """Whether it is open yet what a list comes to."""
        if isinstance(each, Tally):
            return compare(name(self.counts[each][0]), LESS, const(self.limits[each]))
        return compare(name(self.truths[each]), UNEQUAL, const(T))


def pick(test: ast.expr, then: ast.expr, otherwise: ast.expr) -> ast.expr:
    """`then if test else otherwise`, or one of the two where the test is settled."""
    if isinstance(test, ast.Constant) and isinstance(test.value, bool):
        return then if test.value else otherwise
    return choose(test, then, otherwise)


def limit(readers: Iterable[Node]) -> int:
    """From which count on nothing that reads a tally comes out otherwise."""
    return max(
        (each.low if each.high is None else each.high + 1) + (each.own is not None)
        for each in readers
        if isinstance(each, HowMany)
    )
