"""Questions: the unknown facts that findings still need, worst possible outcome first (semantics, 25 to 28)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from safeguard_rules.engine.conflicts import disputed
from safeguard_rules.engine.demanding import unknown_in_demand, whom_of, within_of
from safeguard_rules.engine.finding import cite
from safeguard_rules.engine.merging import LONG, RANK, certain_demands, time_order
from safeguard_rules.engine.outcomes import Result
from safeguard_rules.engine.residual import open_paths_of, settles
from safeguard_rules.engine.saying import account_text
from safeguard_rules.packs.content import AskWithCare, Content, DemandForm
from safeguard_rules.packs.terms import NEGATIVE
from safeguard_rules.results import Conflict, Finding, Obligation, Question, RecommendedAction, Settles, Subject
from safeguard_rules.vocabulary.kinds import TOPICS
from safeguard_rules.vocabulary.view import CaseView

AREA = "locality"
"""The path of the one question that asks for the area, where rules are bound to areas and none is given."""


@dataclass(slots=True)
class _Asked:
    """One path, with all the findings that need it, and the demands that need it to say whom or by when."""

    path: str
    results: list[tuple[Result, Finding]] = field(default_factory=list)
    demands: list[tuple[Result, DemandForm]] = field(default_factory=list)

    def all_results(self) -> list[Result]:
        """The results of the findings and of the demands."""
        return [result for result, _ in self.results] + [result for result, _ in self.demands]


def questions(
    results: Sequence[tuple[Result, Finding]],
    actions: Sequence[RecommendedAction],
    conflicts: Sequence[Conflict],
    view: CaseView,
    content: Content,
    area_not_known: bool,
) -> tuple[Question, ...]:
    """All questions in the order in which they are asked."""
    asked: dict[str, _Asked] = {}
    for result, finding in results:
        for path in open_paths_of(result):
            asked.setdefault(path, _Asked(path)).results.append((result, finding))
        for form in result.active.form.demands if result.applies else ():
            for path in unknown_in_demand(form, result):
                asked.setdefault(path, _Asked(path)).demands.append((result, form))
    certain = certain_demands(actions)
    undecided = disputed(actions, conflicts)
    ordered: list[tuple[tuple[object, ...], Question]] = []
    for each in asked.values():
        question, shortest = _question(each, certain, actions, view, content)
        dissolves = any((finding.rule, finding.subject) in undecided for _, finding in each.results)
        ordered.append((_order(question, dissolves, shortest), question))
    placed = _lists_first([question for _, question in sorted(ordered, key=lambda pair: pair[0])])
    return (*placed, *([_area()] if area_not_known else []))


def _order(question: Question, dissolves: bool, shortest: tuple[object, ...]) -> tuple[object, ...]:
    """What questions are sorted by; one that would dissolve a possible conflict comes first (semantics, 2.5)."""
    return (
        not dissolves,
        question.only_adds_reasons,
        RANK[question.demand],
        question.already_a_precaution,
        -len(question.settles),
        shortest,
        -len(question.rules),
        not question.is_list,
        question.path,
    )


def _question(
    asked: _Asked,
    certain: Mapping[tuple[str, Subject, bool], int],
    actions: Sequence[RecommendedAction],
    view: CaseView,
    content: Content,
) -> tuple[Question, tuple[object, ...]]:
    """The question for a path, with the shortest time that is open behind it."""
    strongest, shortest, wanted, only_adds, by = _behind(asked, certain, content)
    results = sorted(asked.all_results(), key=lambda result: result.active.rule.name not in by)
    found: set[Settles] = {word for result, _ in asked.results for word in settles(result, asked.path)}
    settled: tuple[Settles, ...] = tuple(word for word in ("applies", "does_not_apply") if word in found)
    question, topic = _wording(asked.path, view)
    made = Question(
        asked.path,
        question,
        topic,
        strongest,
        wanted,
        tuple(sorted({result.active.rule.name for result in results})),
        settled,
        all(result.applies for result in results),
        only_adds,
        view.vocabulary.kind_named(asked.path) is not None,
        view.unknown_reason(asked.path),
        _accounts(asked.path, view),
        _care(asked.path, view, content.ask_with_care, actions),
        cite(dict.fromkeys(s for result in results for s in result.active.form.cites)),
        by,
    )
    return made, shortest


def _behind(
    asked: _Asked, certain: Mapping[tuple[str, Subject, bool], int], content: Content
) -> tuple[Obligation, tuple[object, ...], tuple[str, ...], bool, tuple[str, ...]]:
    """The strongest demand that is open behind a question, its shortest time, the actions, whether all are made.

    Last come the names of the rules that have an open demand as strong as the strongest.
    """
    open_ = list(_demands_behind(asked, certain, content))
    times = [time_order(within_of(form.within, result) if form.within is not None else None) for result, form in open_]
    behind = open_ or [(result, form) for result, _ in asked.results for form in result.active.form.demands]
    strongest = min((form.obligation for _, form in behind), key=lambda each: (RANK[each], each))
    return (
        strongest,
        min(times, default=(LONG, 0.0, "")),
        tuple(sorted({form.action for _, form in behind})),
        not open_,
        tuple(sorted({result.active.rule.name for result, form in behind if form.obligation == strongest})),
    )


def _demands_behind(
    asked: _Asked, certain: Mapping[tuple[str, Subject, bool], int], content: Content
) -> Iterator[tuple[Result, DemandForm]]:
    """The demands that the answer could bring about, or say about whom or by when they are."""
    for result, _ in asked.results:
        for form in result.active.form.demands:
            action = content.actions[form.action]
            key = (action.name, whom_of(result, action, form), form.obligation in NEGATIVE)
            if certain.get(key, LONG) > RANK[form.obligation]:
                yield result, form
    yield from asked.demands


def _wording(path: str, view: CaseView) -> tuple[str, str]:
    kind = view.vocabulary.kind_named(path)
    if kind is not None:
        return (kind.more_question if view.list_given(kind.singular) else kind.question), kind.topic
    located = view.locate(path)
    if located is None:
        return f"What is known of {path}?", "now"
    record, name = located
    fact = view.vocabulary.fact(f"{record.kind}.{name}")
    assert fact is not None
    label = f" ({record.label or record.id})" if record.kind in view.vocabulary.kinds else ""
    return _labelled(fact.question, label), fact.topic


def _labelled(question: str, label: str) -> str:
    return f"{question[:-1]}{label}?" if label and question.endswith("?") else f"{question}{label}"


def _accounts(path: str, view: CaseView) -> tuple[str, ...]:
    """The accounts of a fact that conflict, shown and never tested."""
    return tuple(account_text(account) for evidence in view.evidence(path) for account in evidence.accounts)


def _care(
    path: str, view: CaseView, notes: Iterable[AskWithCare], actions: Sequence[RecommendedAction]
) -> tuple[str, ...]:
    """What to mind when asking for a path, with the demand not to ask where there is one."""
    located = view.locate(path)
    name = f"{located[0].kind}.{located[1]}" if located is not None else path
    found: list[str] = []
    for note in notes:
        if name not in note.facts:
            continue
        found.append(note.say)
        against = [
            action
            for action in actions
            if action.action == note.action and any(demand.obligation in NEGATIVE for demand in action.demands)
        ]
        found.extend(f"Do not do this now: {action.do} ({action.about})" for action in against)
    return tuple(dict.fromkeys(found))


def _lists_first(ordered: Sequence[Question]) -> tuple[Question, ...]:
    """An open list is asked for before any field of its records."""
    placed: dict[str, Question] = {}
    lists = {question.path: question for question in ordered if question.is_list}
    for question in ordered:
        parent = question.path.partition("[")[0]
        if parent in lists and parent not in placed:
            placed[parent] = lists[parent]
        placed.setdefault(question.path, question)
    return tuple(placed.values())


def _area() -> Question:
    return Question(
        AREA,
        "In which area does the child live or stay?",
        next(iter(TOPICS)),
        "consider",
        (),
        (),
        (),
        False,
        False,
        False,
        None,
        (),
        (),
        (),
    )


def stage_question(view: CaseView) -> tuple[Question, ...]:
    """Whether the child is born, asked first where the record says unborn and holds what only the born can have."""
    told = [problem for problem in view.problems if problem.code == "stage-contradicts-records"]
    fact = view.vocabulary.fact("child.stage")
    assert fact is not None
    return tuple(
        replace(_area(), path=problem.path, question=f"{fact.question} {_sentence(problem.message)}", topic=fact.topic)
        for problem in told
    )


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
