"""Which clauses of a definition's form decided a finding, where areas mean the definition differently."""

from __future__ import annotations

from collections.abc import Iterator

from safeguard_rules.engine.outcomes import Result
from safeguard_rules.engine.walking import Trace, deciding_parts, deciding_uses
from safeguard_rules.language.english import Wording
from safeguard_rules.language.tree import All, AnyOf, Not, Use
from safeguard_rules.results import Clause
from safeguard_rules.values.truth import NAMES


def clauses_of(result: Result) -> tuple[Clause, ...]:
    """The clauses that decided a finding, or left it open, of each definition that areas mean differently."""
    program = result.run.program
    if result.empty or not program.by_area:
        return ()
    if not any(result.active.rule.name in rules for rules in program.by_area.values()):
        return ()
    found: dict[Clause, None] = {}
    for use in deciding_uses(result.trace()):
        assert isinstance(use.node, Use)
        name = use.node.definition
        if name in program.by_area:
            found.update(dict.fromkeys(_clauses(use, program.forms[name].form, program.wording)))
    return tuple(found)


def _clauses(use: Trace, form: str, wording: Wording) -> Iterator[Clause]:
    assert isinstance(use.node, Use)
    for leaf in _leaves(use.parts[0]):
        yield Clause(use.node.definition, form, wording.of(leaf.node), NAMES[leaf.value])


def _leaves(trace: Trace) -> Iterator[Trace]:
    """The single clauses that decided: what `all`, `any` and `not` join."""
    if not isinstance(trace.node, All | AnyOf | Not):
        yield trace
        return
    for part in deciding_parts(trace):
        yield from _leaves(part)
