"""Rules by their index, and those that it leaves by their functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from operator import itemgetter
from struct import Struct
from threading import Lock
from typing import Any

from safeguard_rules.case.contents import CaseContents
from safeguard_rules.engine.fused.verdicts import Verdicts
from safeguard_rules.engine.fused.writing import Code, Codes, Deciding
from safeguard_rules.engine.indexing.cells import NO_FINDING
from safeguard_rules.engine.indexing.formulas import MOST_TERMS
from safeguard_rules.engine.indexing.rule_index import Coded, RuleIndex
from safeguard_rules.engine.outcomes import NOBODY
from safeguard_rules.engine.program import ActiveRule, Program
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.facts import Vocabulary
from safeguard_rules.vocabulary.view import view


class Indexed:
    """What some rules of a program come to, by an index that is made when it is first needed.

    One serves many threads. Rules that the index leaves are run as functions.
    """

    def __init__(
        self,
        program: Program,
        vocabulary: Vocabulary,
        rules: Sequence[ActiveRule],
        most_terms: int = MOST_TERMS,
    ) -> None:
        self._program = replace(program, rules=tuple(rules))
        self._vocabulary = vocabulary
        self._most_terms = most_terms
        self._making = Lock()
        self._made: _Made | None = None

    @property
    def index(self) -> RuleIndex:
        """The index."""
        return self._find().index

    def on(self, as_of: AsOf) -> Deciding:
        """What gives the codes of cases on a day."""
        return partial(self.codes, as_of=as_of)

    def codes(self, case: CaseContents, as_of: AsOf) -> Codes:
        """What each rule comes to, in their order: a truth, or one for each record by id and then for the unseen."""
        made = self._find()
        coded = made.index.codes(view(case, as_of, self._vocabulary))
        if made.only_the_child:
            return made.numbers(coded.child)
        found: list[Code] = list(coded.child)
        for kind, section in made.index.sections.items():
            if kind is not None:
                found += _by_rule(coded, kind, len(section.rules))
        if made.left is not None:
            found += made.left.codes(case, as_of)
        return made.ordered(found)

    def _find(self) -> _Made:
        if self._made is None:
            with self._making:
                if self._made is None:
                    self._made = _Made(self._program, self._vocabulary, self._most_terms)
        return self._made


class _Made:
    """An index, the functions of what it left, and the order of both together."""

    def __init__(self, program: Program, vocabulary: Vocabulary, most_terms: int) -> None:
        self.index = RuleIndex(program, most_terms)
        left = self.index.left
        self.left = Verdicts(program, vocabulary, left) if left else None
        sections = self.index.sections
        self.only_the_child = not left and len(sections) == 1
        self.numbers = Struct(f"{len(sections[None].rules)}B").unpack  # a tuple, a little sooner than by `tuple`
        rules = [active for kind in (None, *filter(None, sections)) for active in sections[kind].rules]
        places = {id(active): place for place, active in enumerate((*rules, *left))}
        self._order: Any = None
        if len(program.rules) > 1:  # of one place `itemgetter` gives no tuple
            self._order = itemgetter(*(places[id(active)] for active in program.rules))

    def ordered(self, found: list[Code]) -> Codes:
        """Codes of the rules taken and then of those left, in the order of the program."""
        return tuple(found) if self._order is None else self._order(found)


def _by_rule(coded: Coded, kind: str, rules: int) -> list[Code]:
    """The codes of each rule about a kind of record: one for each record that it has a finding of."""
    rows = [codes for path, codes in coded.records[kind].items() if path != NOBODY]
    if not rows:
        return [()] * rules
    columns = list(zip(*rows, strict=True))
    if any(NO_FINDING in row for row in rows):
        return [tuple(code for code in column if code != NO_FINDING) for column in columns]
    return list(columns)
