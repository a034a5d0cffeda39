"""The forty rules: one case at a time, and by columns; everybody in one process, in turns, verdicts checked first."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks import ours
from benchmarks.contest import Contest
from benchmarks.making_cases import AS_OF, cases
from benchmarks.making_packs import FORTY
from benchmarks.measuring import Loop, Progress, Timed, check_equal
from benchmarks.peers import hand_three_valued, hand_two_valued
from benchmarks.peers.engines import ENGINES, Engine, Node, datalogic_batch
from benchmarks.peers.lowering import FALSE, RuleFormulas, Verdict, if_all_is_known, rules_of
from benchmarks.peers.ready import Ready, ready, with_sets
from safeguard_rules import Case, Rulebook

SLOW = {"rule-engine": 40}
"""So many cases at most are given to a slow one."""


PLAIN = ("zen", "cel", "datalogic")
"""These are also measured with plain rules on cases in which everything is known, as they are usually used."""


@dataclass
class Forty:
    """The forty rules with cases, and what the reference walk makes of them."""

    count: int
    rulebook: Rulebook = field(init=False)
    rules: list[RuleFormulas] = field(init=False)
    plain: list[dict[str, Any]] = field(init=False)
    cases: list[Case] = field(init=False)
    ready: list[Ready] = field(init=False)
    wanted: list[list[int]] = field(init=False)
    known: list[Ready] = field(init=False)
    wanted_known: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.rulebook = Rulebook.load([FORTY])
        self.rules = rules_of(self.rulebook, AS_OF)
        judge = ours.reference(self.rulebook)
        self.plain = cases(self.count)
        self.cases = [Case.model_validate(each) for each in self.plain]
        self.ready = [ready(each) for each in self.plain]
        self.wanted = [ours.from_outcomes(judge(case).values()) for case in self.cases]
        plain = cases(self.count, seed=2, known=True)
        self.known = [ready(each) for each in plain]
        self.wanted_known = [ours.from_outcomes(judge(Case.model_validate(each)).values()) for each in plain]

    @property
    def names(self) -> list[str]:
        """The rules in the order of the codes."""
        return [rule.name for rule in self.rules]

    @property
    def texts(self) -> list[str]:
        """The cases as JSON."""
        return [json.dumps(each) for each in self.plain]

    def checked(self, label: str, decide: Callable[[Any], Any], inputs: Sequence[Any]) -> Timed:
        """A contestant whose verdicts were found equal to those of the reference walk."""
        check_equal(label, self.names, self.wanted[: len(inputs)], [decide(each) for each in inputs])
        return Loop(decide, inputs)

    def checked_known(self, label: str, decide: Callable[[Any], Any], inputs: Sequence[Any]) -> Timed:
        """The same of one that knows only true and false."""
        wanted = [[code == 2 for code in each] for each in self.wanted_known[: len(inputs)]]
        check_equal(label, self.names, wanted, [decide(each) for each in inputs])
        return Loop(decide, inputs)


def one_case(forty: Forty, rounds: int, seconds: float, progress: Progress) -> Contest:
    """The table of single cases and columns; raises `WrongVerdictError` where a contestant decides otherwise."""
    contest = Contest("one case and columns")
    _add_ours(contest, forty)
    _add_hand_written(contest, forty)
    node: list[Node] = []
    for engine in ENGINES:
        progress.say(f"checking {engine.label}")
        contest.add(engine.key, engine.label, lambda engine=engine: _engine(engine, forty))  # type: ignore[misc]
        if engine.key in contest.timed:
            contest.rows[engine.key].label = engine.label.replace(engine.package, f"{engine.package} {engine.version}")
    for engine in (each for each in ENGINES if each.key in PLAIN):
        label = f"{engine.package}, two-valued, everything known"
        contest.add(f"{engine.key}-known", label, lambda engine=engine: _plain(engine, forty))  # type: ignore[misc]
    batch = "datalogic-py, in batches of parsed data"
    contest.add("datalogic-batch", batch, lambda: _datalogic_batch(forty))
    progress.say("checking json-logic-engine")
    contest.add(Node.key, Node.label, lambda: _node(forty, node))
    _add_columns(contest, forty)
    try:
        contest.run(rounds, seconds, progress)
    finally:
        for each in node:
            contest.rows[Node.key].label = Node.label.replace(Node.key, f"{Node.key} {each.version}")
            each.close()
    return contest


def _add_ours(contest: Contest, forty: Forty) -> None:
    rulebook = forty.rulebook

    contest.add(
        "ours",
        "**ours**: verdicts of a case already read",
        lambda: forty.checked("ours", ours.codes(rulebook), forty.cases),
    )
    contest.add(
        "ours-outcomes", "ours: outcomes by rule and subject", lambda: Loop(ours.outcomes(rulebook), forty.cases)
    )
    contest.add(
        "ours-indexed", "ours, by the index", lambda: forty.checked("index", ours.indexed(rulebook), forty.cases)
    )
    texts = forty.texts
    contest.add(
        "ours-actions",
        "**ours**: JSON in, cited actions with reasons out",
        lambda: Loop(ours.actions(rulebook), texts),
    )
    contest.add("ours-full", "ours: JSON in, everything out", lambda: Loop(ours.everything(rulebook), texts, block=4))
    contest.add("read", "ours: JSON in, a validated case out", lambda: Loop(Case.from_json, texts))
    contest.add("validate", "`json.loads` and pydantic's validation alone", lambda: Loop(ours.validated, texts))
    contest.add(
        "walk",
        "ours: the reference walk, the judge",
        lambda: Loop(ours.reference(rulebook), forty.cases, block=4),
    )


def _add_hand_written(contest: Contest, forty: Forty) -> None:
    contest.add(
        "hand",
        "hand-written Python, three-valued",
        lambda: forty.checked("hand", hand_three_valued.verdicts, [with_sets(each) for each in forty.ready]),
    )
    contest.add(
        "hand-known",
        "hand-written Python, two-valued, everything known",
        lambda: forty.checked_known("hand-known", hand_two_valued.verdicts, [with_sets(each) for each in forty.known]),
    )


def _engine(engine: Engine, forty: Forty) -> Timed:
    inputs = [engine.shape(each) for each in forty.ready[: SLOW.get(engine.key)]]
    checked = forty.checked(engine.label, engine.build(forty.rules), inputs)
    if engine.key in SLOW:
        checked.block = 1  # type: ignore[attr-defined]
    return checked


def _plain(engine: Engine, forty: Forty) -> Timed:
    rules = [RuleFormulas(each.name, Verdict(if_all_is_known(each.verdict.true), FALSE)) for each in forty.rules]
    decide, inputs = engine.build(rules), [engine.shape(each) for each in forty.known]
    wanted = [
        [max(1, code) for code in each] for each in forty.wanted_known
    ]  # without a second formula 1 stands for no
    check_equal(f"{engine.label}, everything known", forty.names, wanted, [decide(each) for each in inputs])
    return Loop(decide, inputs)


def _datalogic_batch(forty: Forty) -> Timed:
    decide, handles = datalogic_batch(forty.rules, forty.ready)
    found = [json.loads(each) for each in decide(handles)]  # type: ignore[arg-type]
    check_equal("datalogic-py in batches", forty.names, forty.wanted, found)
    return Loop(decide, [handles], len(handles), block=1)


def _node(forty: Forty, started: list[Node]) -> Timed:
    node = Node(forty.rules, forty.ready)
    started.append(node)
    check_equal(Node.label, forty.names, forty.wanted, node.verdicts)
    return node


# --- columns

CHUNK = 16_384
"""So many cases are in one call by columns."""


def _add_columns(contest: Contest, forty: Forty) -> None:
    def hand_numpy() -> Timed:
        from benchmarks.peers import hand_numpy
        from benchmarks.peers.columns import columns

        wanted = [[code == 2 for code in each] for each in forty.wanted_known]
        given = hand_numpy.verdicts(columns(forty.known)).T.tolist()
        check_equal("hand-written numpy", forty.names, wanted, given)
        return Loop(hand_numpy.verdicts, [columns(_repeated(forty.known))], CHUNK, block=1)

    contest.add("hand-numpy", "hand-written numpy, two-valued, everything known", hand_numpy)
    for key, label, make in (
        ("columns", "**ours**: columns ready", ours.columns),
        ("arrow", "**ours**: columns from Arrow", ours.from_arrow),
    ):
        contest.add(key, label, lambda make=make, label=label: _by_columns(forty, make, label))  # type: ignore[misc]


def _by_columns(forty: Forty, make: Callable[..., tuple[Callable[[Any], Any], Any]], label: str) -> Timed:
    run, batch = make(forty.rulebook, forty.cases)
    found = [[int(code) for code in codes] for codes in zip(*run(batch), strict=True)]
    check_equal(label, forty.names, forty.wanted, found)
    run, batch = make(forty.rulebook, _repeated(forty.cases))
    return Loop(run, [batch], CHUNK, block=1)


def _repeated(values: Sequence[Any]) -> list[Any]:
    return (list(values) * (CHUNK // len(values) + 1))[:CHUNK]
