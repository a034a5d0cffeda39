"""What is still open: the unknown leaves left once known values are folded in, and what an answer could settle.

Questions come from the plain walk, never from one with assumptions (semantics, decisions 8, 25 and 26).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from safeguard_rules.engine.explaining import open_paths
from safeguard_rules.engine.grounds import Ground, OfList, OfTest, OfUnseen, OfUse
from safeguard_rules.engine.outcomes import STAGE, Result, StageRun, test_trace
from safeguard_rules.engine.walking import Trace, deciding_parts, list_decides, unseen
from safeguard_rules.language.tree import All, AnyOf, Count, Not, Quantifier, Test, Use
from safeguard_rules.results import Settles
from safeguard_rules.values.truth import F, T, Truth, U, all_of, any_of, negate
from safeguard_rules.vocabulary.view import CaseView

Paths = tuple[tuple[str, ...], ...]
"""The paths of each unknown leaf, each combination once."""


Left = dict[int, tuple[Trace, Paths]]
"""What was found to be left of traces, by identity; each is kept, so that no other takes its place."""


def residual(trace: Trace, view: CaseView, known: Left) -> Paths:
    """The paths of each unknown leaf that is left; definitions that nobody would ask about are left out.

    What definitions share is looked at once (decision 51): `known` holds what was found.
    """
    if trace.value != U:
        return ()
    found = known.get(id(trace))
    if found is None:
        found = known[id(trace)] = trace, tuple(dict.fromkeys(_residual(trace, view, known)))
    return found[1]


def _residual(trace: Trace, view: CaseView, known: Left) -> Iterator[tuple[str, ...]]:
    match trace.node:
        case Test():
            yield open_paths(trace, view)
        case Use() if trace.granted:
            return
        case Quantifier() | Count():
            if list_decides(trace):
                yield open_paths(trace, view)
            for part in deciding_parts(trace):
                yield from residual(part, view, known)
            for part in trace.parts:
                if unseen(part):
                    yield from _around_unseen(part, view, known)
        case _:
            for part in deciding_parts(trace):
                yield from residual(part, view, known)


def _around_unseen(part: Trace, view: CaseView, known: Left) -> Iterator[tuple[str, ...]]:
    """Of the unseen record nothing is asked but whether it is there; facts of the case beside it are."""
    assert part.item is not None
    name = view.list_name(part.item.kind)
    for paths in residual(part, view, known):
        rest = tuple(path for path in paths if path != name)
        if rest:
            yield rest


def open_paths_of(result: Result) -> tuple[str, ...]:
    """The paths that leave a finding open, each once and sorted; none where the plain outcome is definite."""
    if result.truth != U or result.empty:
        return ()
    grounds = result.plain_grounds()
    if grounds is None:
        left = residual(result.plain_trace(), result.plain.view, result.plain.tracing.left)
        found = {path for paths in left for path in paths}
    else:
        found = _left_by(grounds[1], result.plain) if grounds[0] == U else set()
    if result.gate == U:
        found.add(STAGE)
    if result.subject is not None and result.subject.unseen:
        found.add(result.plain.view.list_name(result.subject.kind))
    return tuple(sorted(found))


def _left_by(grounds: Iterable[Ground], run: StageRun) -> set[str]:
    """The paths that the grounds of what is unknown leave open."""
    found: set[str] = set()
    view = run.view
    for ground in grounds:
        sort = ground[0]
        kind = sort.__class__
        if kind is OfTest:
            record = ground[1]
            if sort.entered and view.value(record, sort.name) is None and view.reads_itself(record, sort.name):
                found.add(record.path(sort.name))
            else:
                found |= _left_by_test(ground, run)
        elif kind is OfUse:
            found |= _left_by_use(ground, run)
        elif kind is OfList:
            found.add(view.list_name(sort.node.of))
        elif kind is OfUnseen:
            # Of the unseen record nothing is asked but whether it is there; facts of the case beside it are.
            found |= _left_by(ground[1], run) - {view.list_name(sort.of)}
    return found


def _left_by_test(ground: Ground, run: StageRun) -> frozenset[str]:
    """The same test of the same records leaves the same open, however often it stands."""
    sort, _, subject, item, _ = ground
    key = id(sort), subject, item
    found = run.left.get(key)
    if found is None:
        found = run.left[key] = frozenset(open_paths(test_trace(ground, run), run.view))
    return found


def _left_by_use(ground: Ground, run: StageRun) -> frozenset[str]:
    """What definitions share is looked at once (decision 51); where nobody would be asked for one, nothing is left."""
    found = run.left.get(ground)
    if found is None:
        sort, record = ground
        body = sort.meanings.body(sort, run, record)
        found = run.left[ground] = frozenset() if body.granted else frozenset(_left_by(body.grounds, run))
    return found


def settles(result: Result, path: str) -> tuple[Settles, ...]:
    """What the answer at a path alone could settle of an undetermined finding; it may over-state, never miss."""
    trace, view = result.plain_trace(), result.plain.view
    found: list[Settles] = []
    for toward, word in ((T, "applies"), (F, "does_not_apply")):
        gate = result.gate
        if gate == U and path == STAGE:
            gate = toward
        value = min(gate, Answer(view, path).toward(trace, toward))
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


@dataclass(slots=True)
class Answer:
    """An answer to one question, in whatever way helps most; what definitions share is looked at once."""

    view: CaseView
    path: str
    known: dict[tuple[int, Truth], Truth] = field(default_factory=dict)
    touched: dict[int, bool] = field(default_factory=dict)

    def toward(self, trace: Trace, toward: Truth) -> Truth:
        """The value if every open leaf of the path takes the value that helps most towards one truth."""
        key = (id(trace), toward)
        if key not in self.known:
            self.known[key] = self._toward(trace, toward) if trace.value == U else trace.value
        return self.known[key]

    def _toward(self, trace: Trace, toward: Truth) -> Truth:
        match trace.node:
            case Test():
                return toward if self.path in open_paths(trace, self.view) else U
            case Not():
                return negate(self.toward(trace.parts[0], negate(toward)))
            case All():
                return all_of(self.toward(part, toward) for part in trace.parts)
            case AnyOf():
                return any_of(self.toward(part, toward) for part in trace.parts)
            case Use():
                return self.toward(trace.parts[0], toward)
            case Quantifier():
                return self._list_toward(trace, toward)
            case Count():
                # Counts move both ways: any answer inside one is said to be able to do either.
                return toward if self._touches(trace) else U
        return trace.value

    def _list_toward(self, trace: Trace, toward: Truth) -> Truth:
        node = trace.node
        assert isinstance(node, Quantifier)
        values = []
        for part in trace.parts:
            value = self.toward(part, toward)
            if unseen(part):
                if self.path == self.view.list_name(node.of):
                    # The answer is that there is none, or one that helps.
                    value = toward
                else:
                    value = max(U, value) if node.every else min(U, value)
            values.append(value)
        return all_of(values) if node.every else any_of(values)

    def _touches(self, trace: Trace) -> bool:
        if id(trace) not in self.touched:
            self.touched[id(trace)] = self._touches_anew(trace)
        return self.touched[id(trace)]

    def _touches_anew(self, trace: Trace) -> bool:
        if isinstance(trace.node, Test):
            return trace.value == U and self.path in open_paths(trace, self.view)
        node = trace.node
        if isinstance(node, Quantifier | Count) and trace.is_open and self.path == self.view.list_name(node.of):
            return True
        return any(self._touches(part) for part in trace.parts)
