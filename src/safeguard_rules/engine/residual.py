"""What is still open: the unknown leaves left once known values are folded in, and what an answer could settle.

Questions come from the plain walk, never from one with assumptions (semantics, decisions 8, 25 and 26).
"""

from __future__ import annotations

from collections.abc import Iterator

from safeguard_rules.engine.explaining import open_paths
from safeguard_rules.engine.outcomes import STAGE, Result
from safeguard_rules.engine.walking import Trace, deciding_parts, list_decides, unseen
from safeguard_rules.language.tree import All, AnyOf, Count, Not, Quantifier, Test, Use
from safeguard_rules.results import Settles
from safeguard_rules.values.truth import F, T, Truth, U, all_of, any_of, negate
from safeguard_rules.vocabulary.view import CaseView


def residual(trace: Trace, view: CaseView) -> Iterator[tuple[str, ...]]:
    """The paths of each unknown leaf that is left; definitions that nobody would ask about are left out."""
    if trace.value != U:
        return
    match trace.node:
        case Test():
            yield open_paths(trace, view)
        case Use() if trace.granted:
            return
        case Quantifier() | Count():
            if list_decides(trace):
                yield open_paths(trace, view)
            for part in deciding_parts(trace):
                yield from residual(part, view)
            for part in trace.parts:
                if unseen(part):
                    yield from _around_unseen(part, view)
        case _:
            for part in deciding_parts(trace):
                yield from residual(part, view)


def _around_unseen(part: Trace, view: CaseView) -> Iterator[tuple[str, ...]]:
    """Of the unseen record nothing is asked but whether it is there; facts of the case beside it are."""
    assert part.item is not None
    name = view.list_name(part.item.kind)
    for paths in residual(part, view):
        rest = tuple(path for path in paths if path != name)
        if rest:
            yield rest


def open_paths_of(result: Result) -> tuple[str, ...]:
    """The paths that leave a finding open, each once and sorted; none where the plain outcome is definite."""
    if result.truth != U or result.empty:
        return ()
    found = {path for paths in residual(result.plain_trace(), result.plain.view) for path in paths}
    if result.gate == U:
        found.add(STAGE)
    if result.subject is not None and result.subject.unseen:
        found.add(result.plain.view.list_name(result.subject.kind))
    return tuple(sorted(found))


def settles(result: Result, path: str) -> tuple[Settles, ...]:
    """What the answer at a path alone could settle of an undetermined finding; it may over-state, never miss."""
    trace, view = result.plain_trace(), result.plain.view
    found: list[Settles] = []
    for toward, word in ((T, "applies"), (F, "does_not_apply")):
        gate = result.gate
        if gate == U and path == STAGE:
            gate = toward
        value = min(gate, _toward(trace, view, path, toward))
        if result.subject is not None and result.subject.unseen:
            value = _of_unseen(result, path, toward, value, view)
        if value == toward:
            found.append(word)  # type: ignore[arg-type]
    return tuple(found)


def _of_unseen(result: Result, path: str, toward: Truth, value: Truth, view: CaseView) -> Truth:
    """Saying that there is no other record settles an unseen one; that there is one settles nothing by itself."""
    assert result.subject is not None
    if path == view.list_name(result.subject.kind):
        return toward if toward == F else U
    return value if toward == F else min(U, value)


def _toward(trace: Trace, view: CaseView, path: str, toward: Truth) -> Truth:
    """The value if every open leaf of the path takes the value that helps most towards one truth."""
    if trace.value != U:
        return trace.value
    match trace.node:
        case Test():
            return toward if path in open_paths(trace, view) else U
        case Not():
            return negate(_toward(trace.parts[0], view, path, negate(toward)))
        case All():
            return all_of(_toward(part, view, path, toward) for part in trace.parts)
        case AnyOf():
            return any_of(_toward(part, view, path, toward) for part in trace.parts)
        case Use():
            return _toward(trace.parts[0], view, path, toward)
        case Quantifier():
            return _list_toward(trace, view, path, toward)
        case Count():
            # Counts move both ways: any answer inside one is said to be able to do either.
            return toward if _touches(trace, view, path) else U
    return trace.value


def _list_toward(trace: Trace, view: CaseView, path: str, toward: Truth) -> Truth:
    node = trace.node
    assert isinstance(node, Quantifier)
    values = []
    for part in trace.parts:
        value = _toward(part, view, path, toward)
        if unseen(part):
            if path == view.list_name(node.of):
                # The answer is that there is none, or one that helps.
                value = toward
            else:
                value = max(U, value) if node.every else min(U, value)
        values.append(value)
    return all_of(values) if node.every else any_of(values)


def _touches(trace: Trace, view: CaseView, path: str) -> bool:
    if isinstance(trace.node, Test):
        return trace.value == U and path in open_paths(trace, view)
    if isinstance(trace.node, Quantifier | Count) and trace.is_open and path == view.list_name(trace.node.of):
        return True
    return any(_touches(part, view, path) for part in trace.parts)
