"""The differential tests of columns can fail: faults are put into them one at a time, and each is caught.

A fault is a change of a module's source as `ast.unparse` writes it. One whose place is no longer there fails its test.
"""

# ruff: noqa: E501 - each fault stays on one line, before and after beside one another

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from types import ModuleType
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
import pyarrow as pa
import pytest

from safeguard_rules import Case, Rulebook
from safeguard_rules.case.canonical import canonical_tree
from safeguard_rules.engine import columns
from safeguard_rules.engine.columns import (
    arrays,
    caseload,
    checking,
    chunks,
    conditions,
    dates,
    derived_facts,
    evidence,
    finding,
    frames,
    graph,
    keys,
    layouts,
    operations,
    reading_facts,
    testing_facts,
    word_bits,
)
from safeguard_rules.engine.columns.rows import cases_to_batch
from safeguard_rules.engine.outcomes import Key
from safeguard_rules.testing.dice import Seeded
from safeguard_rules.values.dates import AsOf
from tests.engine.columns.agreement import expected, said
from tests.engine.columns.caseloads import bundled, drawn_cases
from tests.engine.columns.faults import plain_batch, with_evidence_fault, with_fault
from tests.engine.columns.test_caseload import longer
from tests.engine.columns.test_checking import reasons
from tests.engine.columns.test_derived_columns import DERIVED, derived_cases, told_cases
from tests.engine.columns.test_one_by_one import MOMENTS, WHENS, rulebook, timed
from tests.oracle.engines import case_of, rulebook_of
from tests.oracle.shapes import corpus

MODULES = (
    arrays,
    keys,
    layouts,
    operations,
    graph,
    dates,
    word_bits,
    chunks,
    frames,
    reading_facts,
    testing_facts,
    derived_facts,
    conditions,
    finding,
    evidence,
    checking,
    caseload,
)
"""In the order in which they import one another."""

FAULTS: dict[str, tuple[ModuleType, str, str]] = {
    "some over the tail is forgotten": (layouts, "found[self.tail] = joined(found[self.tail], self._over_tail(truths, joined))", "found[self.tail] &= joined is np.bitwise_or or self._over_tail(truths, joined)"),
    "every over the tail is forgotten": (layouts, "found[self.tail] = joined(found[self.tail], self._over_tail(truths, joined))", "found[self.tail] |= joined is np.bitwise_or and self._over_tail(truths, joined)"),
    "only the first records are looked at": (layouts, "joined(first, others[0]) if others else first.copy()", "first.copy()"),
    "what is not there counts for every": (layouts, "return self._joined(truths | self.absent, np.bitwise_and)", "return self._joined(truths, np.bitwise_and)"),
    "the tail is not counted": (layouts, "counted += np.bincount(tail, minlength=self.owners).astype(np.int16)", "pass"),
    "pairs begin at the first row": (layouts, "return Layout(counts, inner.starts[rows]", "return Layout(counts, inner.starts[rows] * 0"),
    "a record is not left out of the others": (layouts, "outer.source if apart else None", "None"),
    "a reference is taken for another": (operations, "return same", "return a == a"),
    "references that differ are not known to": (operations, "differ: Bools = (a != b) & (a != 0) & (b != 0)", "differ: Bools = (a != b) & (a == 0)"),
    "a closed set may hold more": (operations, "missing: Bools = closed & ~among_them & (key != 0)", "missing: Bools = closed & (key == 0)"),
    "what is not a word is unknown": (operations, "found: Bools = known ^ yes", "found: Bools = known & yes"),
    "a single day lies nowhere": (operations, "return known_and_not(single, inside)", "return single & inside"),
    "months are single days": (dates, "single=plain)", "single=True)"),
    "months in texts are single days": (dates, "all((when.first == when.last for when in read if when))", "True"),
    "nothing lies before a window": (operations, "early = last <= before if before is not None else np.zeros(len(last), bool)", "early = np.zeros(len(last), bool)"),
    "nothing lies behind a window": (operations, "return early if behind is None else early | (first >= behind)", "return early"),
    "days ahead are settled": (dates, "self.latest <= today or", "True or"),
    "days are held against those of owners the wrong way": (reading_facts, "((a, b, TURNED[test]), (b, a, test))", "((a, b, test), (b, a, test))"),
    "days of the tail are held against the first owner": (layouts, "owned_by.take(self.owner_of_tail)", "owned_by.take(self.owner_of_tail * 0)"),
    "a number that is not known is known": (chunks, "~np.isnan(self.bring(('number', owner, name)))", "np.isnan(self.bring(('number', owner, name)))"),
    "an open set holds no more": (chunks, "held >= end_of(held)", "held >= 0"),
    "nothing is false": (chunks, "self.bring(('flag', owner, name)) >> np.uint8(1)", "self.bring(('flag', owner, name)) >> np.uint8(2)"),
    "the end of a set is a word": (chunks, "held & ~end_of(held)", "held"),
    "days that may be something else are days": (dates, "_any_given(array, parts.get(name))", "False"),
    "years are counted in days": (operations, "month + np.timedelta64(12 * years", "month + np.timedelta64(11 * years"),
    "moments are forgotten": (operations, "truths if a is None or b is None else truths | (a < b)", "truths"),
    "moments of before are forgotten": (operations, "truths if a is None or b is None else truths & ~before", "truths"),
    "codes change places": (operations, "found: Array = (~no).view(np.int8)\n    found += yes.view(np.int8)", "found: Array = (~yes).view(np.int8)\n    found += no.view(np.int8)"),
    "dates ahead are kept": (dates, "ahead = (self.first > today) & (self.first < LATE)", "ahead = (self.first > today) & (self.first > LATE)"),
    "moments ahead are kept": (dates, "ahead |= self.moments > moment_of(as_of.instant)", "pass"),
    "what is left of a date is not cut": (dates, "np.minimum(self.last, np.int32(today))", "self.last"),
    "a word is another": (word_bits, "place = {word: index for index, word in enumerate(words)}", "place = {word: index for index, word in enumerate(reversed(words))}"),
    "only two words of a set are read": (word_bits, "for place in range(1, longest):\n        at +=", "for place in range(1, 2):\n        at +="),
    "sets are never open": (chunks, ".given & ~self.part(owner).is_incomplete(name)", ".given"),
    "what is not given is closed": (chunks, "closed: Bools = self.bring(('set', owner, name)).given & ~", "closed: Bools = ~"),
    "people are never open": (chunks, "found |= ~self._yes('case', 'all_regular_people_recorded')", "pass"),
    "a list that is called incomplete is closed": (chunks, "found = ~part.rows.given | case.is_incomplete(LIST_NAMES[kind])", "found = ~part.rows.given"),
    "a birth settles nothing": (chunks, "left = np.where(is_past, every - unborn, every)", "left = np.where(is_past, every, every)"),
    "a stage is believed against a birth": (chunks, "settled = (given_stage != 0) & ~((given_stage == unborn) & is_past)", "settled = given_stage != 0"),
    "any is all": (frames, "found = self.every((Found(turned(part.truth), part.needs) for part in parts), frame)", "return self.every(parts, frame)"),
    "what is false in any part does not tell": (graph, "self.both(yes, part.yes), self.either(no, part.no)", "self.both(yes, part.yes), self.both(no, part.no)"),
    "the unseen are forgotten": (frames, "return self.some([seen, self._unseen(frame, of, body)], frame) if unseen else seen", "return seen"),
    "the unseen are read with assumptions": (frames, "level=self.level if seen else PLAIN", "level=self.level"),
    "the others are all": (frames, "itself = others and seen and (self.subject == Place(of, True))", "itself = False"),
    "a count takes an open list as closed": (frames, "closed = self.lift_bit(unseen.truth.no, unseen.needs, needs, frame)", "closed = True"),
    "the opposite of every is lost": (frames, "lambda inner: _opposite(body(inner))", "lambda inner: body(inner)"),
    "facts exist in every stage": (reading_facts, "if frame.stages <= stages:", "if True:"),
    "what does not exist is unknown": (reading_facts, "yes = graph.either(yes, barred) if special == T else yes", "yes = yes"),
    "what does not exist is not known not to be": (reading_facts, "no = graph.either(no, barred) if special == F else no", "no = no"),
    "a list holds something in every stage": (reading_facts, "return self.graph.both(self.graph.leaf('is_open', of), may_hold)", "return self.graph.leaf('is_open', of)"),
    "windows begin a day late": (testing_facts, "return do.LATE - 1 if day == date.max else ordinal(day) + later", "return do.LATE - 1 if day == date.max else ordinal(day) + later + 1"),
    "a pregnancy is counted from its end": (testing_facts, "RUNNING['child.gestation'] = ('child.expected_on', PREGNANCY_DAYS)", "RUNNING['child.gestation'] = ('child.expected_on', 0)"),
    "is not is is": (testing_facts, "return Found(turned(truth) if operator.negative else truth, needs)", "return Found(truth, needs)"),
    "yes and no change places": (testing_facts, "operand is not operator.negative else", "operand is operator.negative else"),
    "not yet is unknown": (testing_facts, "return Found(Truth3(yes, graph.either(no, not_yet)), needs)", "return Found(Truth3(yes, no), needs)"),
    "all words are any word": (testing_facts, "'includes_all': (do.all_bits, do.some_bit_missing)", "'includes_all': (do.some_bit, do.no_bit)"),
    "an assessment need not be finished": (derived_facts, "return Found(Truth3(self.graph.op(do.known_days, date.first), date.special), date.needs)", "return Found(Truth3(True, False), date.needs)"),
    "the latest assessment is any": (derived_facts, "others=True, unseen=False)", "unseen=False)"),
    "a contact ahead counts": (derived_facts, "yes = self.some([is_ahead, Found", "yes = self.some([Found"),
    "a worry without a day is no worry": (derived_facts, "self.graph.both(answer.truth.no, latest_known.truth.yes)", "answer.truth.no"),
    "news of a change is always of one kind": (derived_facts, "of_kind = self._looks('change.kind', Scope.ITEM, kind, frame)", "of_kind = self._looks('change.kind', Scope.ITEM, 'other', frame)"),
    "friends are relatives": (derived_facts, "for words in (RELATED, NOT_RELATED))", "for words in (RELATED | NOT_RELATED, NOT_RELATED))"),
    "exceptions are not assumed": (conditions, "for level in (EXCEPTIONS, PRECAUTION):", "for level in ():"),
    "nobody is taken as born": (conditions, "if 'born' not in form.stages or", "if True or"),
    "what is taken for granted is turned round": (conditions, "Found(YES if taken else NO, ROWS)", "Found(NO if taken else YES, ROWS)"),
    "what is known is replaced": (conditions, "not_false = Found(Truth3(self.graph.no(plain.truth.no), False), plain.needs)", "not_false = Found(Truth3(True, False), ROWS)"),
    "a rule speaks in every stage": (conditions, "no = graph.either(plain.no, outside)", "no = plain.no"),
    "a bound of a count is one off": (conditions, "op(do.at_most(wanted - 1), number.high)", "op(do.at_most(wanted), number.high)"),
    "the codes of later chunks are put first": (caseload, "codes = np.concatenate([part.codes for part in parts])", "codes = np.concatenate([part.codes for part in parts[::-1]])"),
}  # fmt: skip

CHECKS: dict[str, tuple[ModuleType, str, str]] = {
    "strange words are let through": (checking, "strange = [each not in shape.words for each in column.values]", "strange = [False for each in column.values]"),
    "words that are none are let through": (checking, "if not words.given.all():", "if False:"),
    "lengths are not read": (checking, "read_length(each) is None for each in", "False for each in"),
    "dates are not looked at": (checking, "yield chunk.dates(owner, name).doubtful", "yield chunk.dates(owner, name).doubtful & False"),
    "negative numbers are let through": (checking, "(whole(column, np.int64) < 0)", "(whole(column, np.int64) < -9)"),
    "ids may be missing": (checking, "strange: Bools = ~there | (lengths == 0) | (lengths > LONGEST_ID)", "strange: Bools = lengths > LONGEST_ID"),
    "ids may be long": (checking, "| (lengths > LONGEST_ID)", "| (lengths > 999)"),
    "ids may begin with anything": (checking, "for byte in _NOT_FIRST:", "for byte in ():"),
    "ids may hold anything": (checking, "if not _all_in_id(data):", "if False:"),
    "ids may stand twice": (checking, "if twice.any():", "if False:"),
    "ids far apart may be the same": (checking, "for apart in range(1, min(longest, CLOSE)):", "for apart in range(1, 2):"),
    "ids of long lists may be the same": (checking, "if longest > CLOSE:", "if False:"),
    "lists may be of any length": (checking, "if (rows.counts > LONGEST_LIST).any():", "if False:"),
    "references may lead nowhere": (checking, "lost = there & (led < 0) | ~certain", "lost = ~certain"),
    "references may lead into another row": (finding, "left = left[counts.take(left) > place]", "left = left[starts.take(left) + place < len(ids)]"),
    "what is unknown is called incomplete": (checking, "strange = ~names.given | ~looked_up(names, np.array(known, bool), False)", "strange = ~names.given"),
    "what is not given is called incomplete": (checking, "for name in own & set(names.values):", "for name in ():"),
    "everybody may be nobody": (checking, "doubtful_evidence(chunk) | _everybody(chunk)", "doubtful_evidence(chunk)"),
    "evidence is not looked at": (checking, "doubtful_evidence(chunk) | _everybody(chunk)", "_everybody(chunk)"),
    "what is done is not looked at": (checking, "_done(chunk) | _extra(chunk)", "_extra(chunk)"),
    "what is done may be about anything": (checking, "strange[at] |= ~named_in_row(chunk, row, as_text(about).take(pa.array(at)))", "pass"),
    "what is done may be about a record of the next row": (finding, "led_to(chunk, singular, row, texts, keys)\n            found", "led_to(chunk, singular, (row + 1) % chunk.rows, texts, keys)\n            found"),
    "what is done may be about the child of the next row": (finding, "as_text(children).take(pa.array(row))", "as_text(children).take(pa.array((row + 1) % chunk.rows))"),
    "what is done may be about what has the same number": (finding, "found |= (record >= 0) & certain", "found |= record >= -1"),
    "nothing may be done": (checking, "strange |= True if action is None else ~given(action)", "pass"),
    "evidence may be for nothing": (evidence, "strange = ~found | ~paths.given", "strange = ~paths.given"),
    "evidence may be empty": (evidence, "| (entries.counts == 0)", "| (entries.counts < 0)"),
    "why and a value may stand together": (evidence, "np.where(value, why.given, ~why.given | basis.given)", "np.where(value, False, ~why.given | basis.given)"),
    "no value needs no reason": (evidence, "np.where(value, why.given, ~why.given | basis.given)", "np.where(value, why.given, False)"),
    "any word is a basis": (evidence, "strange |= ~_among(column, shape.fields[name].words, none=True)", "pass"),
    "accounts are not looked at": (evidence, "strange |= _strange_accounts(parts.get('accounts'), _among(why, ('conflicting',)))", "pass"),
    "conflicts need no accounts": (evidence, "(rows.counts < FEWEST_ACCOUNTS) | denial", "denial"),
    "one account is a conflict": (evidence, "FEWEST_ACCOUNTS = 2", "FEWEST_ACCOUNTS = 1"),
    "what carers deny is a conflict": (evidence, "| denial", ""),
    "nobody is a carer": (evidence, "_among(basis, ('told_by_carer',))", "_among(basis, ())"),
    "nothing is firm": (evidence, "_among(basis, ('observed', 'recorded'))", "_among(basis, ())"),
    "what is recorded is not firm": (evidence, "_among(basis, ('observed', 'recorded'))", "_among(basis, ('observed',))"),
    "accounts need no conflict": (evidence, "denial, rows.counts > 0)", "denial, False)"),
    "any word is a basis of an account": (evidence, "_strange_said(accounts, 'value') | ~_among(basis, words, none=True)", "_strange_said(accounts, 'value')"),
    "accounts need not say anything": (evidence, "lacks = np.ones(len(entries), bool) if needed is None else ~given(needed)", "lacks = np.zeros(len(entries), bool)"),
    "an account may be nothing at all": (evidence, "return ~given(entries) | lacks | dates", "return dates"),
    "days of accounts are not looked at": (evidence, "| lacks | dates(parts.get('said_on'), len(entries), False).doubtful", "| lacks"),
    "disputes are not looked at": (evidence, "by_owner(rows, _strange_said(rows.values, 'by'))", "False"),
    "what is not known may be disputed": (evidence, "(rows.counts > 0) & ~value | by_owner", "by_owner"),
    "days of evidence are not looked at": (evidence, "return strange | dates(parts.get('known_on'), len(entries), False).doubtful", "return strange"),
    "an open list is known": (evidence, "found = rows.given & ~chunk.part('case').is_incomplete(list_name)", "found = rows.given"),
    "a fact of any record is known": (evidence, "return (there & _is_known(chunk, singular, name).take(record, mode='clip'), there)", "return (there, there)"),
}  # fmt: skip


class Prepared(NamedTuple):
    """A caseload with what the one-case path says of each row."""

    rulebook: Rulebook
    as_of: str
    cases: tuple[Case, ...]
    batch: pa.RecordBatch
    wanted: tuple[Mapping[Key, int], ...]


def _prepared(rulebook_: Rulebook, as_of: str, cases: tuple[Case, ...]) -> Prepared:
    wanted = tuple(expected(rulebook_, case, AsOf.of(as_of)) for case in cases)
    return Prepared(rulebook_, as_of, cases, cases_to_batch(cases), wanted)


def _in_plain_text(given: Prepared) -> Prepared:
    return given._replace(batch=plain_batch([canonical_tree(case) for case in given.cases]))


@cache
def prepared(folder: Any) -> tuple[Prepared, ...]:
    """What every fault is tried on: the bundled packs, moments, and books of the oracle."""
    dice = Seeded(3)
    drawn = tuple(drawn_cases(220, "2026-03-31", locality="wiltshire"))
    long = tuple(longer(case, dice, 12) for case in drawn[:60])
    moments = tuple(timed(*pair) for pair in zip(MOMENTS, (*MOMENTS[5:], *MOMENTS[:5]), strict=True))
    found = [
        _prepared(bundled("wiltshire"), "2026-03-31", (*drawn, *long)),
        _prepared(rulebook(folder / "moments", *WHENS), "2026-03-31T12:00Z", moments),
        _prepared(rulebook(folder / "early", *WHENS), "2026-03-02", moments),
        _prepared(
            rulebook(folder / "derived", *DERIVED, stages=("unborn", "born")),
            "2026-03-31",
            (*derived_cases(folder / "cases", 150), *told_cases()),
        ),
    ]
    found.append(_in_plain_text(found[1]))
    for example in corpus(150, first=90_000):
        found.append(_prepared(rulebook_of(example.book), example.as_of, tuple(case_of(g.case) for g in example.cases)))
    return tuple(found)


DENIED = [{"value": "a", "basis": "recorded"}, {"value": "b", "basis": "told_by_carer"}]


@cache
def faulty() -> tuple[pa.RecordBatch, frozenset[int]]:
    """Rows with faults in them, and those of them that are no cases."""
    dice = Seeded(11)
    trees = [canonical_tree(case) for case in drawn_cases(80, "2026-03-31")]
    rows = [with_fault(tree, dice) for tree in trees for _ in range(12)]
    rows += [with_evidence_fault(tree, dice) for tree in trees for _ in range(12)]
    ids = [f"i{n}" for n in range(12)]
    rows += [
        {"injuries": [{"id": each} for each in (*ids, "i3")]},
        {"injuries": [{"id": each} for each in ("a", "b", "a")]},
        {"child": {"id": "baby", "birth_weight": -1}},
        {"child": {"id": "x" * 81}},
        {"injuries": [{"id": ".a"}]},
        {"people": [{"id": "m"}], "incidents": [{"id": "i", "by": "n"}]},
        {"people": [{"id": "n"}]},
        {"all_regular_people_recorded": True},
        {"incomplete": ["nonsense"]},
        {"done": [{"action": "a", "about": "nobody"}]},
        {"done": [{"action": "a", "about": "n"}]},
        {"people": [{"id": "n"}], "child": {"id": "next"}},
        {"done": [{"action": "a", "about": "next"}]},
        {"people": [{"id": "m"}], "child": {"id": "next"}},
        {"vulnerabilities": [None]},
        {"done": [{"action": None}]},
        {"injuries": [], "incomplete": ["injuries"], "evidence": {"injuries": [{"basis": "observed"}]}},
        {"evidence": {"child.born_on": [{"why": "conflicting", "accounts": DENIED}]}},
        {"child": {"id": "baby", "gestation_at_birth": "1 weeks"}},
        {"injuries": [{"id": f"i{n}"} for n in range(501)]},
    ]
    batch = plain_batch(rows)
    return batch, frozenset(reasons(batch))


def mutant(change: tuple[ModuleType, str, str] | None = None) -> Iterator[ModuleType]:
    """The modules with a fault in one of them, each importing those before it."""
    for original in MODULES:
        source = ast.unparse(ast.parse(inspect.getsource(original)))
        if change is not None and change[0] is original:
            assert source.count(change[1]) == 1, f"`{change[1]}` stands {source.count(change[1])} times in the module"
            source = source.replace(change[1], change[2])
        module = sys.modules[original.__name__] = ModuleType(original.__name__)
        setattr(columns, original.__name__.rpartition(".")[2], module)  # where `from columns import ...` looks
        exec(compile(source, f"mutant of {original.__name__}", "exec"), module.__dict__)
        yield module


def mutated(change: tuple[ModuleType, str, str] | None = None) -> dict[ModuleType, Any]:
    """The same modules by those that they stand for."""
    with patch.dict(sys.modules), patch.dict(vars(columns)):
        return dict(zip(MODULES, mutant(change), strict=True))


def differs(modules: Mapping[ModuleType, Any], each: Prepared) -> bool:
    """Whether the codes are not those of the one-case path."""
    made = modules[caseload]
    made.doubtful = lambda chunk: np.zeros(chunk.rows, bool)
    made.CHUNK = 100
    codes = made.Caseload(each.rulebook, each.as_of).codes(each.batch)
    return any(said(codes, case, row) != each.wanted[row] for row, case in enumerate(each.cases))


def is_caught(change: tuple[ModuleType, str, str] | None, folder: Any) -> bool:
    modules = mutated(change)
    for each in prepared(folder):
        try:
            if differs(modules, each):
                return True
        except Exception:
            return True
    return False


def lets_through(change: tuple[ModuleType, str, str] | None) -> bool:
    """Whether a row that is no case is not doubted."""
    modules = mutated(change)
    batch, wrong = faulty()
    chunk = modules[chunks].Chunk(batch, bundled().vocabulary, AsOf.of("2026-03-31"))
    doubted = set(np.flatnonzero(modules[checking].doubtful(chunk)).tolist())
    return not wrong <= doubted


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Where the pack about moments is written."""
    return tmp_path_factory.mktemp("moments")


def test_columns_themselves_pass(folder: Any) -> None:
    assert not is_caught(None, folder)
    assert not lets_through(None)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_columns_is_caught(fault: str, folder: Any) -> None:
    assert is_caught(FAULTS[fault], folder)


@pytest.mark.parametrize("fault", CHECKS)
def test_a_fault_in_the_checks_is_caught(fault: str) -> None:
    assert lets_through(CHECKS[fault])
