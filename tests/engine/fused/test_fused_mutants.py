"""The test that holds fused rules to the walk can fail: faults are put into the fusing one at a time, each is caught.

A fault is a change of the source as `ast.unparse` writes it. One whose place is no longer there fails its test: write
it anew for the source as it is.
"""

# ruff: noqa: E501 - each fault stays on one line, before and after beside one another

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import NamedTuple
from unittest.mock import patch

import pytest

from safeguard_rules.case.case import Case
from safeguard_rules.engine.fused import (
    asking,
    blocks,
    days,
    leaves,
    lowering,
    meanings,
    names,
    nodes,
    reach,
    reading,
    values,
    verdicts,
    writing,
)
from safeguard_rules.engine.fused.verdicts import Verdicts
from safeguard_rules.engine.fused.writing import Codes
from safeguard_rules.engine.program import Program
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.facts import Vocabulary
from tests.engine.agreement import MakesVerdicts, situations, walked_codes, with_definitions_as_rules, wrong_codes
from tests.engine.figures import show
from tests.engine.fused.crafted import crafted, instants
from tests.engine.fused.derived_facts import derived_facts, stories
from tests.engine.fused.test_verdicts import STAGES
from tests.engine.test_bundled_rulebook import drawn, rulebook
from tests.oracle.engines import STANDARD
from tests.oracle.shapes import corpus

EXAMPLES = 450
FIRST = 600_000
BUNDLED = 12
MODULES = (values, nodes, meanings, lowering, asking, days, names, leaves, reach, reading, blocks, writing, verdicts)
"""What fusing is made of, each importing only those before it."""

FAULTS: dict[str, tuple[str, str]] = {
    # values
    "a fact that does not exist in the stage is unknown": ("return Fixed(TOP, NOT_APPLICABLE)", "return Fixed(TOP, None)"),
    "a fact that exists in some stages only is read all the same": ("None if self.stages <= fact.stages else Fixed(TOP, None)", "None"),
    "the stage is read as it was entered": ("Fixed(TOP, seen.stage) if fact.path == STAGE else", "Entered(slot.frame, plan.fact) if fact.path == STAGE else"),
    "the unseen record is unknown also where its facts do not exist": ("barred = None if plan.everywhere else seen.barred(plan.fact)", "barred = None if plan.everywhere or slot.unseen else seen.barred(plan.fact)"),
    "every stage is certain": ("U if left & stages else F", "T if left & stages else F"),
    "no stage is possible": ("U if left & stages else F", "F"),
    "rules are read for all stages that are left": ("left if stage is not None or gate == F else left & stages", "left"),
    "a list is always open": ("return bool(self.vocabulary.kinds_at_hand[of].stages & seen.stages)", "return True"),
    "a length of time starts on the day itself": ("Since(slot.frame, date, since.days_before)", "Since(slot.frame, date, 0)"),
    # nodes
    "all is any": ("(TRUE, FALSE) if least else (FALSE, TRUE)", "(FALSE, TRUE) if least else (TRUE, FALSE)"),
    "a node is another with the same operator": ("'leaf', value, operator.name, operand.__class__, operand", "'leaf', value, operator.name"),
    "a node is another of the same value": ("'leaf', value, operator.name, operand.__class__, operand", "'leaf', value, operand.__class__, operand"),
    "all and any are one": ("('joined', least, ordered)", "('joined', ordered)"),
    "lists are one": ("('some', frame, of, body, unseen)", "('some', frame, body, unseen)"),
    "counts are one": ("('how many', tally, own, low, high)", "('how many', tally, own)"),
    "what is known of the opposite is not turned": ("return known(T - part.value)", "return part"),
    "assumed also where it is known": ("if isinstance(plain, Known) or other is plain or other is UNKNOWN:\n            return plain", "if isinstance(plain, Known) or other is plain:\n            return other"),
    # lowering
    "not is dropped": ("return self.nodes.opposite(self.node(part, place))", "return self.node(part, place)"),
    "always and never change places": ("return known(T if holds else F)", "return known(F if holds else T)"),
    "a rule for another stage is undetermined": ("NOTHING = Ruling(FALSE, FALSE)", "NOTHING = Ruling(known(U), FALSE)"),
    "exceptions are not replaced at their level": ("range(1, LEVELS)", "range(2, LEVELS)"),
    "nothing is assumed": ("range(1, LEVELS)", "range(0)"),
    "precaution is not tried": ("range(1, LEVELS)", "range(1, 2)"),
    "the stage is never taken as born": ("return Ruling(plain, self.nodes.joined(False, [self.node(form.when, born)]))", "return Ruling(plain, FALSE)"),
    "the stage is taken as born though it may not be": ("and (not form.never_assume)", ""),
    "with the stage assumed nothing else is": ("place._replace(level=PRECAUTION, seen", "place._replace(seen"),
    "with the stage assumed facts are read for all stages": ("seen=Viewpoint(frozenset({BORN}), None)", "seen=place.seen"),
    "an unknown operand is none": ("return known(U) if bare is None", "return known(F) if bare is None"),
    "what is not applicable is unknown to every test": ("known(U if value.value is None else operator.apply(value.value, bare, ANY_DAY, None))", "known(U)"),
    "a fact of the record is read of the subject": ("Scope.SUBJECT: place.subject, Scope.ITEM: place.item}[ref.scope]", "Scope.SUBJECT: place.subject, Scope.ITEM: place.subject or place.item}[ref.scope]"),
    "a definition of the record is read of the subject": ("Scope.SUBJECT: place.subject, Scope.ITEM: place.item}[use.scope]", "Scope.SUBJECT: place.subject, Scope.ITEM: place.subject or place.item}[use.scope]"),
    "definitions are kept for all levels": ("key = (name, slot, level, seen)", "key = (name, slot, 0, seen)"),
    "definitions are kept for all records": ("key = (name, slot, level, seen)", "key = (name, None, level, seen)"),
    "definitions are kept for all stages": ("key = (name, slot, level, seen)", "key = (name, slot, level, None)"),
    "what is assumed is turned round": ("return known(T if assumption.value else F)", "return known(F if assumption.value else T)"),
    "everything is replaced at the level of exceptions": ("EXCEPTIONS if assumption.exception else PRECAUTION", "EXCEPTIONS"),
    "nothing within a definition is replaced": ("other = self.node(form.when, place) if taken is None else taken", "other = self.node(form.when, place.assuming(PLAIN)) if taken is None else taken"),
    "every is some": ("return self.nodes.opposite(found) if node.every else found", "return found"),
    "every asks for the record itself and not its opposite": ("ranging = self._ranging(node, place, node.every)", "ranging = self._ranging(node, place, False)"),
    "the unseen record is ignored": ("read(Slot(TOP, unseen=True), PLAIN) if may_be_open else FALSE", "FALSE"),
    "the unseen record is read with assumptions": ("read(Slot(TOP, unseen=True), PLAIN)", "read(Slot(TOP, unseen=True), place.level)"),
    "the subject is among the others": ("own = read(place.subject, place.level)", "own = None"),
    "the unseen subject is left out of the others": ("and (not place.subject.unseen)", ""),
    "is not a number is that number": ("'is_not': (operand, operand, True)", "'is_not': (operand, operand, False)"),
    "at least is more than": ("'at_least': (operand, None, False)", "'at_least': (operand + 1, None, False)"),
    "more than is at least": ("'more_than': (operand + 1, None, False)", "'more_than': (operand, None, False)"),
    "at most is less than": ("'at_most': (operand + 1, None, True)", "'at_most': (operand, None, True)"),
    "less than is at most": ("'less_than': (operand, None, True)", "'less_than': (operand + 1, None, True)"),
    "nothing is about the subject": ("return any((ref.scope is Scope.SUBJECT for ref in refs))", "return False"),
    # days
    "a bound of another test": ("key = (timed.operator.name, *timed[1:])", "key = timed.operator.name"),
    "a past date ends on its own day": ("if not self.past:", "if True:"),
    "a past date ends before today": ("date.max if as_of.day <= moved.true_to", "date.max if as_of.day < moved.true_to"),
    "what runs from before a date runs from it": ("_later(day, self.days_before)", "_later(day, 0)"),
    # leaves
    "a flag that is unknown is the other": ("compare(value, IS, const(not operand))", "compare(value, IS_NOT, const(operand))"),
    "a word that is unknown is another": ("other = const(operand)\n    return Told(_eq(value, other), each_holds(is_known(value), compare", "other = const(operand)\n    return Told(_eq(value, other), each_holds(compare"),
    "a word that is unknown is none of them": ("_in(value, NOT_IN, (*operand, None))", "_in(value, NOT_IN, operand)"),
    "none of is one of": ("is_known(value))\n        return yes.turned(not operator.negative)", "is_known(value))\n        return yes"),
    "is not is is": ("return _same(value, operand, reading).turned(not operator.negative)", "return _same(value, operand, reading)"),
    "not yet is not, and is": ("_special(reading.local(value), reading.constant(operand)).turned(not operator.negative)", "_special(reading.local(value), reading.constant(operand))"),
    "an unknown date is not not yet": ("each_holds(is_known(value), compare(value, IS_NOT, special))", "compare(value, IS_NOT, special)"),
    "a number at the bound is above it": ("'at_least': (AT_LEAST, LESS)", "'at_least': (MORE, AT_MOST)"),
    "a number at the bound is below it": ("'at_most': (AT_MOST, MORE)", "'at_most': (LESS, AT_LEAST)"),
    "between leaves its low end out": ("compare(value, AT_LEAST, low)", "compare(value, MORE, low)"),
    "between leaves its high end out": ("one_holds(compare(value, LESS, low), compare(value, MORE, high))", "one_holds(compare(value, LESS, low), compare(value, AT_LEAST, high))"),
    "a month is its first day": ("first, last = (attribute(local, 'first'), attribute(local, 'last'))", "first, last = (attribute(local, 'first'), attribute(local, 'first'))"),
    "a month is its last day": ("first, last = (attribute(local, 'first'), attribute(local, 'last'))", "first, last = (attribute(local, 'last'), attribute(local, 'last'))"),
    "a test on time is false from the day on which it ends": ("compare(first, MORE, reading.bound(timed, 'false_after'))", "compare(first, AT_LEAST, reading.bound(timed, 'false_after'))"),
    "a test on time is false up to the day on which it begins": ("compare(last, LESS, reading.bound(timed, 'false_before'))", "compare(last, AT_MOST, reading.bound(timed, 'false_before'))"),
    "a test on time is true from the day after": ("compare(first, AT_LEAST, reading.bound(timed, 'true_from'))", "compare(first, MORE, reading.bound(timed, 'true_from'))"),
    "a test on time is true until the day before": ("compare(last, AT_MOST, reading.bound(timed, 'true_to'))", "compare(last, LESS, reading.bound(timed, 'true_to'))"),
    "before and after change places": ("(leaf.value, leaf.operand) if leaf.operator.name == 'before'", "(leaf.value, leaf.operand) if leaf.operator.name == 'after'"),
    "the same day is before": ("[_less(a, 'last', b, 'first')]", "[compare(attribute(a, 'last'), AT_MOST, attribute(b, 'first'))]"),
    "a past date that may lie ahead is not cut before another": ("sure.append(compare(name('today'), LESS, attribute(b, 'first')))", "pass"),
    "a past date that may lie ahead is not cut after another": ("never.append(compare(attribute(a, 'first'), AT_LEAST, name('today')))", "pass"),
    "instants are days": ("sooner = each_holds(instants, _less(a, 'instant', b, 'instant'))", "sooner = const(False)"),
    "a later instant of the day is sooner": ("sooner = each_holds(instants, _less(a, 'instant', b, 'instant'))", "sooner = instants"),
    "the later of two instants is not known to be": ("each_holds(one_holds(*never), no(sooner))", "each_holds(one_holds(*never), no(instants))"),
    "lengths in two units are compared as in one": ("if others:", "if False:"),
    "a set that may hold more is known to lack a word": ("each_holds(there, one_holds(closed, no(none_in)))", "there"),
    "a set that may hold more is known to lack one of several": ("each_holds(there, one_holds(closed, all_in))", "there"),
    "lengths in another unit are the same": ("same_unit = compare(attribute(value, 'unit'), IS, reading.constant(unit))", "same_unit = const(True)"),
    "a word that nobody entered is missing from an open set": ("no(_within(other, given)), closed)", "no(_within(other, given)))"),
    "a set that may hold more holds no other": ("one_holds(no(incomplete), compare(", "one_holds(incomplete, compare("),
    "an open set is closed": ("closed = one_holds(no(incomplete), compare(const(leaf.value.fact.name), NOT_IN, incomplete))", "closed = const(True)"),
    "a closed set is open": ("closed = one_holds(no(incomplete), compare(const(leaf.value.fact.name), NOT_IN, incomplete))", "closed = const(False)"),
    "an empty set is not": ("return empty.turned(not operator.negative)", "return empty"),
    "nothing but is all of": ("'issuperset'", "'issubset'"),
    "all of is any of": ("all_in = each_holds(", "all_in = one_holds("),
    "none of a set is any of it": ("return any_in.turned(operator.name != 'none_of')", "return any_in"),
    # reading
    "a date that lies ahead is believed": ("if value.fact.kind is Kind.DATE and value.fact.past:\n                home.first.append(self._until_now(kept, value))", "pass"),
    "an instant that lies ahead is believed": ("if self.names.timed:", "if False:"),
    "a date that may lie ahead is past": ("value.fact.kind is Kind.DATE and value.fact.past:\n                home", "value.fact.kind is Kind.DATE:\n                home"),
    "a list that is absent is empty": ("absent = [let(listed, const(())), let(is_open, const(U))]", "absent = [let(listed, const(())), let(is_open, const(F))]"),
    "an incomplete list is whole": ("reasons = [compare(const(singular), IN, self._incomplete('case'))]", "reasons = []"),
    "the list of people is like any other": ("if of == PEOPLE:", "if False:"),
    "records come as they were entered": ("if of in self.sorted_lists:", "if False:"),
    "values of one record are those of another": ("found = self\n        while found.frame != frame:", "found = self\n        while found.outer is not None and len(found.outer.frame) and (found.frame != frame):"),
    # reach
    "what is wanted for itself is left out": ("node in self.reach.roots or", ""),
    "what one reader does without is left out for all": ("return self.nodes.joined(True, found)", "return self.nodes.joined(False, found)"),
    "what decides any of several decides all": ("self.nodes.opposite(part) if reader.least else part", "self.nodes.opposite(part)"),
    "what decides all of several decides any": ("self.nodes.opposite(part) if reader.least else part", "part"),
    # blocks
    "what is kept is kept for the loop before": ("compare(kept, EQUAL, const(T))", "compare(kept, MORE, const(F))"),
    "unknown is false": ("pick(false, const(F), pick(true, const(T), const(U)))", "pick(true, const(T), const(F))"),
    "what is not false is true": ("true = self.true_unless_false(node) if applies in", "true = const(True) if applies in"),
    "what applies is what holds without assuming": ("if applies in (None, node) else self.true(applies)", "if True else self.true(applies)"),
    "all that is not false is true where some of it is": ("each_holds(*map(self.true_unless_false", "one_holds(*map(self.true_unless_false"),
    "none of what is not true is false where some of it is not": ("each_holds(*map(self.false_unless_true", "one_holds(*map(self.false_unless_true"),
    "the opposite of what is not false is not turned": ("return self.false_unless_true(node.part)", "return self.true_unless_false(node.part)"),
    "any of what is not false is true if all is": ("isinstance(node, Joined) and node.least:\n                return each_holds(*map(self.true_unless", "isinstance(node, Joined):\n                return each_holds(*map(self.true_unless"),
    "all of what is not true is false if all is": ("isinstance(node, Joined) and (not node.least)", "isinstance(node, Joined)"),
    "unknown is true": ("pick(false, const(F), pick(true, const(T), const(U)))", "pick(false, const(F), const(T))"),
    "false of all wants all to be": ("(one_holds if least else each_holds)(*map(self.false", "each_holds(*map(self.false"),
    "what is assumed holds though it is known not to": ("each_holds(no(self.false(plain)), self.true(other))", "self.true(other)"),
    "what is assumed does not hold though it is known to": ("each_holds(no(self.true(plain)), self.false(other))", "self.false(other)"),
    "the record itself is counted as unknown": ("low = pick(self.true(node.own), less(sure, const(1)), sure)", "low = sure"),
    "the record itself is counted as possible": ("pick(self.false(node.own), may, less(may, const(1)))", "may"),
    "a count takes an open list as closed": ("enough, no(open_), compare(high, AT_MOST", "enough, compare(high, AT_MOST"),
    "too few though there may be more": ("each_holds(no(open_), compare(high, LESS, const(node.low)))", "compare(high, LESS, const(node.low))"),
    "never too many": ("one_holds(too_few, compare(low, MORE, const(node.high)))", "too_few"),
    "loops come in any order": ("reach.ranks[each] == rank", "reach.ranks[each] == rank - 1 or (rank == 0 and reach.ranks[each] == 0)"),
    "a record that leaves things open undoes what is certain": ("[when(no(name(kept)), let(kept, const(U)))]", "[let(kept, const(U))]"),
    "what may be is certain": ("when(true, add_to(sure, const(1)))", "add_to(sure, const(1))"),
    "an unseen record that is not possible is": ("pick(possible, self.reader.is_open(each.of), const(F))", "self.reader.is_open(each.of)"),
    "nobody is unseen": ("pick(possible, self.reader.is_open(each.of), const(F))", "const(F)"),
    "every record will do though there is none": ("choose(listed, const(T), unseen)", "const(T)"),
    "every record will do and none is unseen": ("choose(listed, const(T), unseen)", "choose(listed, const(T), const(F))"),
    "one that is decided without them leaves out all records": ("one_holds(*map(self._unsettled, looked))", "each_holds(*map(self._unsettled, looked))"),
    "a count is settled one too soon": ("LESS, const(self.limits[each])", "LESS, const(self.limits[each] - 1)"),
    "a count is settled though there may be too many": ("(each.low if each.high is None else each.high + 1)", "each.low"),
    "a count is settled though the record itself is taken away": (" + (each.own is not None)", ""),
    "a count is settled for all once it is for one": ("return max(((", "return min((("),
    # writing
    "the unseen record is not told of": ("if may_be_open:\n            unseen = ", "if False:\n            unseen = "),
    "rules for another stage speak of nobody unseen": ("number = add(number, self.top.reader.is_open(of))", "pass"),
    "columns change places": ("[name(column) for column in columns]", "[name(column) for column in columns[::-1]]"),
    # verdicts
    "bounds are those of the first day": ("key = (as_of.day, left, as_of.instant is not None)", "key = (AsOf.of('2026-03-02').day, left, as_of.instant is not None)"),
    "an instant is a day": ("key = (as_of.day, left, as_of.instant is not None)", "key = (as_of.day, left, False)"),
}  # fmt: skip

OF_MEANINGS: dict[str, tuple[str, str]] = {
    "what nobody entered does not count": ("unseen if tell.may_be_open(of) else FALSE)\n\ndef every", "FALSE)\n\ndef every"),
    "a contact ahead has been": ("T if when.cut(as_of) is None else F", "F"),
    "asked before a contact is asked since": ("asked_since(asked, contact, as_of)", "asked_since(contact, asked, as_of)"),
    "on or after is after": ("on_or_after(left, right)", "(T if left.first > right.last else F if left.last <= right.first else U)"),
    "one person is several": ("compare(call(name('len'), call(name('set'), given)), MORE, const(1))", "compare(call(name('len'), call(name('set'), given)), MORE, const(0))"),
    "every is some": ("return tell.nodes.opposite(some(tell, of, around, lambda slot: tell.nodes.opposite(holds(slot))))", "return some(tell, of, around, holds)"),
    "the latest is later than itself": ("tell.nodes.how_many(tally, holds(itself), 1, None)", "tell.nodes.how_many(tally, None, 1, None)"),
    "an assessment that is not finished counts": ("return tell.test('assessment.finished_on', assessment, IS_NOT, NOT_YET)", "return TRUE"),
    "an unfinished assessment must be earlier": ("return either(tell, unfinished, tell.test(path,", "return either(tell, tell.test(path,"),
    "joined though nothing was assessed": ("both(tell, _some_finished(tell), every(tell, 'assessment', slot, later))", "every(tell, 'assessment', slot, later)"),
    "later than some assessment": ("both(tell, _some_finished(tell), every(tell, 'assessment', slot, later))", "both(tell, _some_finished(tell), some(tell, 'assessment', slot, later))"),
    "assessed though not finished": ("return both(tell, _finished(tell, assessment), looked_at)", "return looked_at"),
    "latest though not finished": ("both(tell, _finished(tell, assessment), tell.nodes.opposite(some_later))", "tell.nodes.opposite(some_later)"),
    "named though harmed": ("tell.test('incident.by', each, IS, ('person.id', person))", "tell.test('incident.against', each, IS, ('person.id', person))"),
    "asked, alone or not": ("return both(tell, of_person, alone, every(", "return both(tell, of_person, every("),
    "anybody was asked": ("return both(tell, of_person, alone, every(", "return both(tell, alone, every("),
    "one of the two was sixteen": ("return both(tell, *(_of_person(tell, incident, path, sixteen) for path in PAIR))", "return either(tell, *(_of_person(tell, incident, path, sixteen) for path in PAIR))"),
    "both are related": ("return either(tell, *(_of_person(tell, incident, path, related) for path in PAIR))", "return both(tell, *(_of_person(tell, incident, path, related) for path in PAIR))"),
    "whoever is not known to be related is not": ("both(tell, either(tell, yes, UNKNOWN), tell.nodes.opposite(other))", "yes"),
    "nobody of the name is a no": ("both(tell, either(tell, named(False), UNKNOWN), tell.nodes.opposite(named(True)))", "named(False)"),
    "a person whom nobody entered may be named": ("here, unseen=FALSE)", "here)"),
    "seen asleep": ("IS, 'awake')", "IS_NOT, 'not_seen')"),
    "seen after some worry": ("return both(tell, tell.test('contact.seen', contact, IS, 'awake'), *since)", "return both(tell, tell.test('contact.seen', contact, IS, 'awake'), either(tell, *since))"),
    "unseen though there was no worry": ("return either(tell, no_worry, some(", "return either(tell, some("),
    "unseen though some worry has no day": ("some(tell, 'contact', HERE, seen), *undated)", "some(tell, 'contact', HERE, seen))"),
    "news though nothing was assessed": ("both(tell, _some_finished(tell), learned)", "learned"),
    "news of any kind": ("if each == kind]", "]"),
    "a change of any kind": ("return both(tell, tell.test('change.kind', change, IS, kind), learned)", "return learned"),
    "none of is any of": ("case 'none_of':\n            return tell.nodes.opposite(any_of(words))", "case 'none_of':\n            return any_of(words)"),
    "all of is any of": ("return both(tell, *(any_of((word,)) for word in words))", "return any_of(words)"),
    "nothing but is any of": ("if kind not in words", "if kind in words"),
    "is not empty is empty": ("others if operator == 'is_not' else", ""),
    "false is true": ("meant if (operator == 'is') == operand else", "meant if True else"),
}  # fmt: skip

KEPT_WHOLE = ("an instant is a day", "bounds are those of the first day")
"""Faults that show only where one thing gives codes for several cases, days or instants."""


class Tried(NamedTuple):
    """A case with what the walk makes of it."""

    program: Program
    vocabulary: Vocabulary
    case: Case
    as_of: AsOf
    walked: Codes


@cache
def prepared() -> tuple[Tried, ...]:
    """What every fault is tried on, walked once."""
    return tuple(_prepared())


def _prepared() -> Iterator[Tried]:
    drawn_ones = (each for example in corpus(EXAMPLES, first=FIRST) for each in situations(example))
    for situation in (*drawn_ones, *crafted()):
        program, as_of = with_definitions_as_rules(situation.program, *STAGES), AsOf.of(situation.as_of)
        walked = walked_codes(program, situation.case, as_of, STANDARD)
        yield Tried(program, STANDARD, situation.case, as_of, walked)
    book = rulebook("wiltshire")
    for case, day in drawn(BUNDLED, 30_000, "wiltshire"):
        program, as_of = book.program(AsOf.of(day)), AsOf.of(day)
        walked = walked_codes(program, case, as_of, book.vocabulary)
        yield Tried(program, book.vocabulary, case, as_of, walked)


def mutant(*change: str) -> MakesVerdicts:
    """The fusing with a fault in it: the modules that it is made of, one of them changed."""
    sources = {module: ast.unparse(ast.parse(inspect.getsource(module))) for module in MODULES}
    if change:
        before, after = change
        changed = [module for module, source in sources.items() if before in source]
        assert len(changed) == 1, f"one module should say `{before}`, and {len(changed)} do"
        sources[changed[0]] = sources[changed[0]].replace(before, after)
    with patch.dict(sys.modules):  # each mutant imports those before it
        for original, source in sources.items():
            module = sys.modules[original.__name__] = ModuleType(original.__name__)
            exec(compile(source, f"mutant of {original.__name__}", "exec"), module.__dict__)
    made: MakesVerdicts = module.Verdicts
    return made


def caught_after(make: MakesVerdicts) -> int | None:
    """How many cases it takes until the fault shows; None if it never does."""
    for n, tried in enumerate(prepared(), start=1):
        try:
            if wrong_codes(tried.program, tried.walked, tried.case, tried.as_of, tried.vocabulary, make):
                return n
        except Exception:
            return n
    return None


def test_the_fusing_itself_passes() -> None:
    assert caught_after(mutant()) is None


@pytest.mark.parametrize("fault", [each for each in FAULTS if each not in KEPT_WHOLE])
def test_a_fault_in_the_fusing_is_caught(fault: str) -> None:
    after = caught_after(mutant(*FAULTS[fault]))
    show(f"{fault}: caught after {after} of {len(prepared())} cases")
    assert after is not None


@cache
def told() -> tuple[tuple[Case, AsOf, Codes], ...]:
    """Cases that know much of what derived facts are made of, walked once."""
    return tuple(
        (case, AsOf.of(day), walked_codes(derived_facts(), case, AsOf.of(day), STANDARD)) for case, day in stories()
    )


@pytest.mark.parametrize("fault", OF_MEANINGS)
def test_a_fault_in_the_meaning_of_a_derived_fact_is_caught(fault: str) -> None:
    program = derived_facts()
    made = mutant(*OF_MEANINGS[fault])(program, STANDARD, program.rules)
    differ = [n for n, (case, as_of, walked) in enumerate(told()) if made.codes(case, as_of) != walked]
    show(f"{fault}: shows in {len(differ)} of {len(told())} cases")
    assert differ


@pytest.mark.parametrize("fault", KEPT_WHOLE)
def test_a_fault_in_what_is_kept_is_caught(fault: str) -> None:
    """One thing is asked for several cases, days and instants, and gives what one made afresh for each would give."""
    asked = instants()
    program = with_definitions_as_rules(asked[0].program, *STAGES)
    made = mutant(*FAULTS[fault])(program, STANDARD, program.rules)
    days = [AsOf.of(as_of) for as_of in ("2026-03-02", "2026-03-02T11:00Z", "2026-03-02T14:00Z", "2026-03-05")]
    differ = 0
    for situation in asked:
        for day in days:
            fresh = Verdicts(program, STANDARD, program.rules).codes(situation.case, day)
            assert fresh == walked_codes(program, situation.case, day, STANDARD)
            differ += made.codes(situation.case, day) != fresh
    assert differ
