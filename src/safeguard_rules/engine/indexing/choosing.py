"""Which way the rules of a program are decided: by their functions, or by an index where they are many.

Functions cost so much for each rule, an index for each fact that it looks up. So what counts is how many rules there
are to a fact.
"""

from __future__ import annotations

from typing import Protocol

from safeguard_rules.case.contents import CaseContents
from safeguard_rules.engine.fused.verdicts import Verdicts
from safeguard_rules.engine.fused.writing import Codes, Deciding
from safeguard_rules.engine.indexing.indexed import Indexed
from safeguard_rules.engine.program import Program
from safeguard_rules.language.tree import Condition, Count, Quantifier, Test, Use, children
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.facts import Vocabulary

MANY_RULES = 400
"""With fewer rules than these nothing is gained by an index."""

RULES_PER_LOOK = 8
"""With so many rules for each look at a fact an index is quicker than functions: measured, see `docs/speed.md`."""

RECORDS = 2
"""How many records of a list a case is taken to have, where looks are counted."""


class Coder(Protocol):
    """What says what the rules of a program come to."""

    def on(self, as_of: AsOf) -> Deciding:
        """What gives the codes of cases on a day; it is worth keeping for the next case."""

    def codes(self, case: CaseContents, as_of: AsOf) -> Codes:
        """What each rule comes to, in their order: a truth, or one for each record by id and then for the unseen."""


def coder(program: Program, vocabulary: Vocabulary) -> Coder:
    """The quickest way to the codes of a program's rules."""
    made = Indexed if many(program) else Verdicts
    return made(program, vocabulary, program.rules)


def many(program: Program) -> bool:
    """Whether a program has so many rules that an index is worth while."""
    rules = len(program.rules)
    return rules >= MANY_RULES and rules >= RULES_PER_LOOK * looks(program)


def looks(program: Program) -> int:
    """How often an index would look at a fact of a case with two records in each list."""
    found: set[tuple[str | None, str | None, str]] = set()
    entered: set[tuple[str | None, str | None, str]] = set()

    def enter(node: Condition, kind: str | None, of: str | None) -> None:
        match node:
            case Test(ref=ref):
                found.add((kind, of, ref.fact.path))
            case Use(definition=name):
                if (kind, of, name) not in entered:
                    entered.add((kind, of, name))
                    enter(program.forms[name].when, kind, of)
            case Quantifier() | Count():
                enter(node.where, kind, node.of)
            case _:
                for part in children(node):
                    enter(part, kind, of)

    for active in program.rules:
        enter(active.form.when, active.form.for_each, None)
    return sum(RECORDS ** ((kind is not None) + (of is not None)) for kind, of, _ in found)
