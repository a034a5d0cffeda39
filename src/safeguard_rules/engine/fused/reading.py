"""How a stretch of code reads facts: from the entries' own fields, each once."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from safeguard_rules.engine.fused.days import Timed
from safeguard_rules.engine.fused.names import Names
from safeguard_rules.engine.fused.nodes import Leaf
from safeguard_rules.engine.fused.values import TOP, AtBooking, Entered, Fixed, Frame, OfView, ReadValue, Since
from safeguard_rules.engine.syntax import (
    IN,
    IS_NOT,
    MORE,
    at,
    attribute,
    call,
    choose,
    compare,
    const,
    each_holds,
    is_known,
    is_none,
    kept_as,
    let,
    name,
    one_holds,
    when,
    when_else,
)
from safeguard_rules.values.truth import F, U
from safeguard_rules.values.working_days import WorkingDays
from safeguard_rules.vocabulary.facts import Kind

PEOPLE = "person"
ALL_PEOPLE = "all_regular_people_recorded"


@dataclass(slots=True)
class Reader:
    """What a block reads of its record, or of the case; `outer` reads for the block around it."""

    names: Names
    frame: Frame = TOP
    outer: Reader | None = None
    sorted_lists: frozenset[str] = frozenset()
    entry: str = "case"
    """The name of the record."""
    record: str = "fields"
    """The name of its fields."""
    first: list[ast.stmt] = field(default_factory=list)
    """What is read before all else."""
    locals: dict[object, str] = field(default_factory=dict)

    @property
    def calendar(self) -> WorkingDays | None:
        """What working days are counted by."""
        return self.names.days.calendar

    def within(self, of: str) -> Reader:
        """What is read of each record of a list."""
        entry, record = self.names.fresh("entry"), self.names.fresh("record")
        return Reader(self.names, (*self.frame, of), self, self.sorted_lists, entry, record)

    def opening(self, body: list[ast.stmt]) -> list[ast.stmt]:
        """A body after all that it reads."""
        return [let(self.record, attribute(name(self.entry), "__dict__")), *self.first, *body]

    # --- values

    def local(self, value: ReadValue) -> ast.expr:
        """The name of a value as entered; a date that lies ahead though it cannot is None."""
        assert isinstance(value, Entered)
        home = self._home(value.frame)
        if value not in home.locals:
            home.locals[value] = kept = self.names.fresh(f"its_{value.fact.name}")
            fields = home.fields(value.fact.owner)
            home.first.append(let(kept, at(fields, value.fact.name)))
            if value.fact.kind is Kind.DATE and value.fact.past:
                home.first.append(self._until_now(kept, value))
        return name(home.locals[value])

    def incomplete(self, value: ReadValue) -> ast.expr:
        """The names of the sets that may hold more, of the record that a value is of."""
        assert isinstance(value, Entered)
        return self._home(value.frame)._incomplete(value.fact.owner)

    def _incomplete(self, owner: str) -> ast.expr:
        key = "incomplete", owner
        if key not in self.locals:
            fields = self.fields(owner)
            named = owner.startswith("extra.")  # the model of an extension need not have it
            found = call(attribute(fields, "get"), const("incomplete"), const(())) if named else at(fields, key[0])
            self.locals[key] = kept = self.names.fresh("incomplete")
            self.first.append(let(kept, found))
        return name(self.locals[key])

    def fields(self, owner: str) -> ast.expr:
        """The fields of the record, or at the top those of the case or one of its parts."""
        if self.frame or owner == "case":
            return name(self.record)
        key = "owner", owner
        if key not in self.locals:
            self.locals[key] = kept = self.names.fresh(f"of_{owner.rpartition('.')[2]}")
            self.first += self._part(owner, kept)
        return name(self.locals[key])

    def bound(self, timed: Timed, bound: str) -> ast.expr:
        """A bound of a test on time, on the day of the evaluation."""
        return name(bound_name(self.names.days.place(timed, bound)))

    def constant(self, value: object) -> ast.expr:
        """A value that stands in the code, or one that the code names."""
        return self.names.constant(value)

    # --- tests that are applied

    def applied_truth(self, leaf: Leaf) -> ast.expr:
        """The truth of a test, applied when it is first asked for and kept."""
        if leaf not in self.locals:
            self.locals[leaf] = kept = self.names.fresh("asked")
            self.first.append(let(kept, const(None)))
        kept = self.locals[leaf]
        return choose(is_none(name(kept)), kept_as(kept, self._applied(leaf)), name(kept))

    def _applied(self, leaf: Leaf) -> ast.expr:
        operand = self.bare(leaf.operand) if isinstance(leaf.operand, ReadValue) else self._written(leaf.operand)
        apply = attribute(self.constant(leaf.operator), "apply")
        return call(apply, self.bare(leaf.value), operand, name("as_of"), name("calendar"))

    def bare(self, value: ReadValue) -> ast.expr:
        """A value as tests know it."""
        match value:
            case Fixed(value=fixed):
                return self.constant(fixed)
            case Since(date=date, days_before=days):
                return call(name("elapsed"), self.bare(date), const(days))
            case AtBooking(booked=booked, expected=expected):
                return call(name("weeks_at_booking"), self.bare(booked), self.bare(expected))
            case OfView():
                return self._ask(value)
        assert isinstance(value, Entered)
        local = self.local(value)
        if value.fact.kind in (Kind.WORDS, Kind.REFERENCES):
            return call(name("members"), local, compare(const(value.fact.name), IN, self.incomplete(value)))
        if value.fact.kind is Kind.DATE and value.fact.past:
            return call(name("cut"), local, name("as_of"))
        return local

    # --- lists

    def listed(self, of: str) -> ast.expr:
        """The records of a list; sorted by id if their order shows."""
        return name(self._list(of)[0])

    def is_open(self, of: str) -> ast.expr:
        """What a list comes to for records that nobody has entered: unknown, or false if there are none."""
        return name(self._list(of)[1])

    def _list(self, of: str) -> tuple[str, str]:
        home = self._home(TOP)
        kept = f"list_{of}", f"open_{of}"
        if ("list", of) not in home.locals:
            home.locals["list", of] = kept[0]
            made = home._opened(of, *kept)
            home.first += made
        return kept

    def _opened(self, of: str, listed: str, is_open: str) -> list[ast.stmt]:
        fields, singular = name(self.record), self.names.vocabulary.kinds_at_hand[of].name
        reasons = [compare(const(singular), IN, self._incomplete("case"))]
        if of == PEOPLE:
            reasons.append(compare(at(fields, ALL_PEOPLE), IS_NOT, const(True)))
        absent = [let(listed, const(())), let(is_open, const(U))]
        given = [let(is_open, choose(one_holds(*reasons), const(U), const(F)))]
        made = [let(listed, at(fields, singular)), when_else(is_none(name(listed)), absent, given)]
        if of in self.sorted_lists:
            several = compare(call(name("len"), name(listed)), MORE, const(1))
            made.append(when(several, let(listed, call(name("by_its_id"), name(listed)))))
        return made

    # --- within

    def _home(self, frame: Frame) -> Reader:
        found = self
        while found.frame != frame:
            assert found.outer is not None
            found = found.outer
        return found

    def _part(self, owner: str, kept: str) -> list[ast.stmt]:
        nothing = self.names.nothing(owner)
        if owner.startswith("extra."):
            vocabulary, named = self.constant(self.names.vocabulary), const(owner.removeprefix("extra."))
            read = let(kept, call(name("fields_of"), name(self.entry), vocabulary, named))
            return [read, when(is_none(name(kept)), let(kept, nothing))]
        found = attribute(name(kept), "__dict__")
        return [let(kept, at(name(self.record), owner)), let(kept, choose(is_none(name(kept)), nothing, found))]

    def _until_now(self, kept: str, value: Entered) -> ast.stmt:
        """A date that lies ahead is unknown; the rest of it is cut only where that shows."""
        if self.names.timed:
            return let(kept, call(name("cut"), name(kept), name("as_of")))
        ahead = compare(attribute(name(kept), "first"), MORE, name("today"))
        given = is_known(name(kept))
        if value.fact.may_be_not_yet:
            given = each_holds(given, compare(name(kept), IS_NOT, name("NOT_YET")))
        return when(each_holds(given, ahead), let(kept, const(None)))

    def _ask(self, value: OfView) -> ast.expr:
        self.names.asks = True
        stages, owner, fact = self.constant(value.stages), const(value.fact.owner), const(value.fact.name)
        if not value.frame:
            return call(attribute(name("asked"), "one"), stages, owner, fact)
        identity = at(name(self._home(value.frame).record), "id")
        return call(attribute(name("asked"), "each"), stages, owner, fact, identity)

    def _written(self, operand: object) -> ast.expr:
        if isinstance(operand, tuple) and all(isinstance(each, str) for each in operand):
            return const(operand)
        return self.constant(operand)


def bound_name(place: int) -> str:
    """The name of a bound by its place among those of a day."""
    return f"bound_{place}"
