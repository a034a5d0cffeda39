"""The differential test can fail: faults are put into the index one at a time, and each is caught.

A fault is a change of the source as `ast.unparse` writes it. A fault whose place is no longer there fails its test.
"""

# ruff: noqa: E501 - each fault stays on one line, before and after beside one another

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache
from types import ModuleType
from typing import Any
from unittest.mock import patch

import pytest

from safeguard_rules.engine.indexing import atoms, boards, cells, forming, formulas, layout, masks, rule_index, tables
from tests.engine.figures import show
from tests.engine.indexing.indexed_outcomes import Tried, forty, tried, wrong_outcomes
from tests.oracle.aimed import Given
from tests.oracle.books import Book, Definition, Rule
from tests.oracle.shapes import Example, corpus

EXAMPLES, CASES = 250, 12
FIRST = 650_000
MODULES = (formulas, atoms, forming, masks, boards, cells, layout, tables, rule_index)
"""What the index is made of, each importing only those before it."""

FAULTS: dict[str, tuple[str, str]] = {
    "the opposite of all is all": ("Joined(not formula.every,", "Joined(formula.every,"),
    "the opposite forgets what is unknown": ("Literal(formula.atom, ANY_TRUTH ^ formula.truths)", "Literal(formula.atom, {TRUE: FALSE, FALSE: TRUE}.get(formula.truths, ANY_TRUTH ^ formula.truths))"),
    "all within any is any": ("elif isinstance(part, Joined) and part.every == every:", "elif isinstance(part, Joined):"),
    "two literals of one atom both count": ("merged.get(atom, ANY_TRUTH) & truths", "merged.get(atom, 0) | truths"),
    "of two parts the last alone counts": ("(_merged(one, other) for one in found for other in part)", "(other for one in found for other in part)"),
    "an alternative is dropped for another on the same atoms": ("held[atom] | truths == truths", "True"),
    "all of some literals is any of them": ("return _made(True, [Literal(atom, ANY_TRUTH ^ truths) for atom, truths in single], ())", "return _made(False, single, ())"),
    "tests with another right-hand side are one": ("reading.fact.path, operator.name, right)", "reading.fact.path, operator.name)"),
    "tests with another operator are one": ("reading.fact.path, operator.name, right)", "reading.fact.path, right)"),
    "counts up to another number are one": ("(of, others, standing, least, type(formula), formula)", "(of, others, standing, type(formula), formula)"),
    "counts of other records are one": ("(of, others, standing, least, type(formula), formula)", "(of, others, least, type(formula), formula)"),
    "counts with and without the subject are one": ("(of, others, standing, least, type(formula), formula)", "(of, standing, least, type(formula), formula)"),
    "counts of other lists are one": ("(of, others, standing, least, type(formula), formula)", "(others, standing, least, type(formula), formula)"),
    "hours are looked up by the day": ("return operand.unit is Unit.HOURS", "return False"),
    "an instant is looked up by the day": ("return isinstance(operand, When) and operand.instant is not None", "return False"),
    "not is dropped": ("self.holds(part, turned(truths), level, place)", "self.holds(part, truths, level, place)"),
    "all is any": ("join(not truths & FALSE, [self.holds", "join(not truths & TRUE, [self.holds"),
    "any is all": ("join(not truths & TRUE, [self.holds", "join(not truths & FALSE, [self.holds"),
    "always is never": ("TRUE if value else FALSE", "FALSE if value else TRUE"),
    "every comes to what some does": ("found(turned(truths) if every else truths)", "found(truths)"),
    "every looks for those that fulfil": ("self._at_least(node, 1, level, place, every)", "self._at_least(node, 1, level, place, False)"),
    "what is assumed is turned round": ("TRUE if assumed == T else FALSE", "FALSE if assumed == T else TRUE"),
    "nothing is assumed within a condition": ("if assumed is not None:", "if False:"),
    "what is known is replaced too": ("truths | OPEN if open_too else truths & ~OPEN", "ANY_TRUTH if open_too else 0"),
    "a definition is kept for any truths": ("key = (use.definition, truths, level, place)", "key = (use.definition, level, place)"),
    "a definition is kept for any level": ("key = (use.definition, truths, level, place)", "key = (use.definition, truths, place)"),
    "more than is at least": ("return at_least(number + 1)(truths)", "return at_least(number)(truths)"),
    "at most is less than": ("return at_least(number + 1)(turned(truths))", "return at_least(number)(turned(truths))"),
    "less than is at most": ("return at_least(number)(turned(truths))", "return at_least(number + 1)(turned(truths))"),
    "exactly is at least": ("return between(number, number, truths)", "return at_least(number)(truths)"),
    "is not a number is is": ("return between(number, number, turned(truths))", "return between(number, number, truths)"),
    "between is one bound or the other": ("join(not wanted & FALSE, (at_least(low)(wanted)", "join(not wanted & TRUE, (at_least(low)(wanted)"),
    "none or more are not there": ("return bool(truths & TRUE)\n", "return bool(truths & FALSE)\n"),
    "what is possible counts as certain": ("if certain:", "if False:"),
    "the unseen record is read with assumptions": ("unseen = self.holds(node.where, truths, PLAIN, within)", "unseen = formula"),
    "the unseen record is forgotten where something is assumed": ("(counted(Standing.SEEN, least, formula), counted(Standing.UNSEEN, 1, unseen))", "(counted(Standing.SEEN, least, formula),)"),
    "no level of assuming is tried": ("for level in levels or (PLAIN,)]", "for level in (PLAIN,)]"),
    "only exceptions count with the stage unknown": ("fails, found[-1])", "fails, found[0])"),
    "turned forgets what is unknown": ("| truths & OPEN |", "|"),
    "what is unknown sets nothing": ("if truths >> truth & 1:", "if truths >> truth & 1 and truth != U:"),
    "working days are counted by no calendar": ("asked.operand, as_of, calendar) for asked", "asked.operand, as_of, None) for asked"),
    "a partial date is its first day": ("if first == last:", "if True:"),
    "a partial past date is its first day": ("or day != entered.last:", "or False:"),
    "what lies ahead is believed": ("return self.find(entered.cut(as_of))", "return self.find(entered)"),
    "a past day that lies ahead is believed": ("found = self.find(entered.cut(as_of))", "found = self.find(entered)"),
    "an open set is closed": ("self[Members(frozenset(entered), None if is_open else frozenset())]", "self[Members(frozenset(entered), frozenset())]"),
    "a set that is incomplete is taken as whole": ("name in entry.incomplete", "False"),
    "a fact is held against itself": ("value(asked.operand) if isinstance(asked.operand, Reading)", "value(asked.reading) if isinstance(asked.operand, Reading)"),
    "a fact of an entry is held against itself": ("look.of_entry(atom.operand, entry) if", "look.of_entry(atom.reading, entry) if"),
    "facts of the child are one": ("path = reading.fact.path", "path = reading.scope"),
    "an alternative holds where it fails": ("yield (place, atom, ANY_TRUTH ^ truths)", "yield (place, atom, truths)"),
    "what is turned is left as it is": ("if shape.turned:", "if False:"),
    "alternatives lie over one another": ("self._taken.add(found)", "None"),
    "an alternative counts where it fails": ("found |= moved(bits, -step) & homes ^ homes", "found |= moved(bits, -step) & homes"),
    "an alternative is looked for at home": ("moved(bits, -step) & homes", "bits & homes"),
    "what is turned is forgotten": ("return found ^ self._turns", "return found"),
    "slots lie over one another": ("layout.spare(layout.cells.place(rule) + slot % 2)", "layout.cells.place(rule) + slot % 2"),
    "the subject is among the others": ("if not (self.others and record is subject):", "if True:"),
    "a record that may not be there counts": ("found.append(held if record.existence == T else held & self._perhaps)", "found.append(held)"),
    "a record that may not be there is forgotten": ("found.append(held if record.existence == T else held & self._perhaps)", "found.append(held if record.existence == T else 0)"),
    "certain records are not counted": ("entered = self._perhaps | standing[Standing.CERTAIN]", "entered = self._perhaps"),
    "what was entered is not counted where something is assumed": ("self._perhaps = standing[Standing.SEEN] | standing[Standing.POSSIBLE]", "self._perhaps = standing[Standing.POSSIBLE]"),
    "the unseen record counts nowhere": ("if self._endless and look.view.is_open(self.of):", "if False:"),
    "the unseen record is always there": ("if self._endless and look.view.is_open(self.of):", "if self._endless:"),
    "the unseen record counts for no assumption": ("standing[Standing.POSSIBLE] | standing[Standing.UNSEEN]", "standing[Standing.POSSIBLE]"),
    "the unseen record counts for assumptions alone": ("standing[Standing.POSSIBLE] | standing[Standing.UNSEEN]", "standing[Standing.UNSEEN]"),
    "one record is many": ("counted[number] & held & further", "held & further"),
    "what was counted is forgotten": ("(counted[number] | held, ", "(held, "),
    "counting stops at the first": ("counted[number] & held & further", "0"),
    "counting goes on for those that want one more": ("sum(self._wanted[number:])", "self._wanted[number] if number < most else 0"),
    "one record is enough": ("enough |= bits & wanted", "enough |= bits"),
    "what fails a count is taken for what fulfils it": ("(move.held if truths & TRUE else move.failed)", "move.held"),
    "counts set the bits of another outcome": ("bits |= moved(each, steps)", "bits |= each"),
    "entries are read whatever the stage": ("and (view.possible_stages <= self._stages)", "and True"),
    "entries are read whatever is removed": ("(not view.removed)", "True"),
    "with all assumed is the same as with exceptions": ("bits & ~self._differing | bits >> cells.bits & self._differing", "bits"),
    "lists of a subject are not looked at": ("self._counted(self._each, look, subject)", "0"),
    "what a list's condition says of the child is not looked at": ("base = boards.one.read_case(0, look) if boards.one else 0", "base = 0"),
    "what a list's condition says of the subject is not looked at": ("base = boards.subject.read(base, look, subject, None)", "base = base"),
    "lists with and without the subject are one": ("return (gathered.of, gathered.others, gathered.scope)", "return (gathered.of, False, gathered.scope)"),
    "a rule for another stage is looked at": ("bits = stretch.rules << 1", "bits = bits"),
    "a subject that may not be there has findings": ("elif subject is not None and subject.existence != T:", "elif False:"),
    "an unknown stage is as good as known": ("elif gate == U:", "elif False:"),
    "every rule may take the child as born": ("self._as_born(subject, looks) & stretch.may_assume_born", "self._as_born(subject, looks)"),
    "never to assume is forgotten": ("'born' in form.stages and (not form.never_assume)", "'born' in form.stages"),
    "rules for other stages take the child as born": ("'born' in form.stages and (not form.never_assume)", "not form.never_assume"),
    "the view of the stages is that of all": ("needed = view.for_stages(stretch.stages)", "needed = view"),
    "with the child taken as born exceptions are enough": ("born, same).with_all", "born, same).cells"),
    "nobody there is no finding": ("row = rows.setdefault(NOBODY, Row())", "row = Row()"),
    "nobody there is undetermined": ("row.cells |= stretch.rules << 1", "row.cells |= 0"),
    "the unseen subject has no finding": ("*((view.unseen(self.kind),) if view.is_open(self.kind) else ())", "*()"),
    "what does not apply is left open": ("(1, 2, 0, NO_FINDING)", "(1, 2, 1, NO_FINDING)"),
    "what has no finding applies": ("3 * (self.firsts ^ there)", "self.firsts ^ there"),
    "all quarters of the rules are the first": ("byte >> 2 * quarter & 3", "byte & 3"),
    "the rules of some stages are the first ones": ("bits = cells.mask(places)", "bits = cells.mask(range(len(places)))"),
    "only the first day is held against bounds": ("bisect_right(bounds[1], last)", "0"),
    "only the last day is held against bounds": ("bisect_right(bounds[0], first)", "0"),
    "the bounds within which tests hold are not looked at": ("firsts = {each.true_from for each in windows} | ", "firsts = "),
    "the bounds outside which tests fail are not looked at": ("| {each.false_before for each in windows}", ""),
    "a bound lies a day early": ("return day if day == date.max else day + timedelta(days=1)", "return day"),
    "a mask is kept for another day of evaluation": ("self._days.get(as_of.day)", "next(iter(self._days.values()), None)"),
}  # fmt: skip


def _people(*identified: bool) -> Given:
    people = [{"id": f"p{n}", "identified": each} for n, each in enumerate(identified)]
    return Given({"child": {"id": "baby", "stage": "born"}, "people": people, "all_regular_people_recorded": True})


def _lists(injuries: int, incidents: int) -> Given:
    lists = {
        "injuries": [{"id": f"i{n}"} for n in range(injuries)],
        "incidents": [{"id": f"a{n}"} for n in range(incidents)],
    }
    return Given({"child": {"id": "baby", "stage": "born"}, **lists})


UNIDENTIFIED = {"some": {"of": "person", "where": {"person.identified": False}}}
TWO = {"is": {"at_least": "p_2"}}
ALIKE = (
    Example(
        Book(
            Rule(
                {"all": ["d_one", {"not": {"some": {"of": "person", "where": {"other.identified": False}}}}]}, "person"
            ),
            {"d_one": Definition("child", UNIDENTIFIED)},
            {},
        ),
        as_of="2026-03-02",
        cases=(_people(False, True), _people(False, False), _people(True, True)),
    ),
    Example(
        Book(
            Rule({"all": [{"count": {"of": "injury", **TWO}}, {"not": {"count": {"of": "incident", **TWO}}}]}),
            {},
            {"p_2": 2},
        ),
        as_of="2026-03-02",
        cases=(_lists(2, 1), _lists(1, 2), _lists(2, 2), _lists(3, 0)),
    ),
)
"""Rules with counts that are alike but for the list, or for whether the subject is among the records."""


@cache
def prepared() -> tuple[Tried, ...]:
    """What every fault is tried on, walked once."""
    drawn = (tried(example) for example in corpus(EXAMPLES, cases=CASES, first=FIRST))
    return (forty(60), *map(tried, ALIKE), *drawn)


def mutant(*change: str) -> Any:
    """The index with a fault in it: the modules that it is made of, one of them changed."""
    sources = {module: ast.unparse(ast.parse(inspect.getsource(module))) for module in MODULES}
    sources[masks] = sources[masks].replace("DAYS_BEFORE_BOUNDS = 64", "DAYS_BEFORE_BOUNDS = 2")
    if change:
        before, after = change
        changed = [module for module, source in sources.items() if before in source]
        assert len(changed) == 1, f"one module of the index should say `{before}`, and {len(changed)} do"
        assert sources[changed[0]].count(before) == 1, f"`{before}` is said more than once"
        sources[changed[0]] = sources[changed[0]].replace(before, after)
    with patch.dict(sys.modules):  # each mutant imports those before it
        for original, source in sources.items():
            module = sys.modules[original.__name__] = ModuleType(original.__name__)
            exec(compile(source, f"mutant of {original.__name__}", "exec"), module.__dict__)
    return module.RuleIndex


def caught_after(make: Any) -> tuple[int | None, bool]:
    """How many books it takes until the fault shows (None if it never does), and whether it broke."""
    for n, each in enumerate(prepared(), start=1):
        try:
            index = make(each.program)
            if any(wrong_outcomes(index, seen, walked) for seen, walked in each.walked):
                return n, False
        except Exception:
            return n, True
    return None, False


def test_the_index_itself_passes() -> None:
    assert caught_after(mutant()) == (None, False)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_index_is_caught(fault: str) -> None:
    after, broke = caught_after(mutant(*FAULTS[fault]))
    show(f"{fault}: caught after {after} of {len(prepared())} books")
    assert after is not None
    assert not broke, "a fault that only raises proves little"
