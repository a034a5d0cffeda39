"""Packs of 40, 400, 4,000 and 10,000 rules: one case at a time, everybody in one process, in turns for each size."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import ours
from benchmarks.contest import Contest
from benchmarks.making_cases import AS_OF, cases
from benchmarks.making_packs import write_pack
from benchmarks.measuring import Figure, Loop, Progress, Timed, check_equal
from benchmarks.peers.engines import ENGINES, Node
from benchmarks.peers.lowering import rules_of
from benchmarks.peers.ready import ready
from safeguard_rules import Case, Rulebook

SIZES = (40, 400, 4_000, 10_000)
KEEPING = ("ours", "index")
"""Who keeps what it has worked out of facts; they are measured once they have seen the cases."""
CHECKED = 20
"""So many cases are checked: at 10,000 rules these are 200,000 verdicts of each."""


def many_rules(
    count: int, sizes: Sequence[int], rounds: int, seconds: float, progress: Progress
) -> tuple[list[Contest], dict[str, float]]:
    """A table for each size, and the seconds that building took, by `<key>-<size>`."""
    built: dict[str, float] = {}
    return [_with(size, count, rounds, seconds, progress, built) for size in sizes], built


def _with(size: int, count: int, rounds: int, seconds: float, progress: Progress, built: dict[str, float]) -> Contest:
    progress.say(f"{size} rules: loading")
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        rulebook = Rulebook.load([write_pack(Path(folder) / "pack", size)])
        built[f"ours-{size}"] = time.perf_counter() - start
    plain = cases(count)
    asked, given = [Case.model_validate(each) for each in plain], [ready(each) for each in plain]
    judge = ours.reference(rulebook)
    wanted = [ours.from_outcomes(judge(case).values()) for case in asked[:CHECKED]]
    rules = rules_of(rulebook, AS_OF)
    names = [rule.name for rule in rules]
    contest = Contest(f"{size} rules")

    def checked(key: str, make: Callable[[], Callable[[Any], Any]], inputs: Sequence[Any]) -> Timed:
        progress.say(f"{size} rules: building and checking {key}")
        start = time.perf_counter()
        decide = make()
        built.setdefault(f"{key}-{size}", time.perf_counter() - start)
        check_equal(f"{key} of {size} rules", names, wanted, [decide(each) for each in inputs[:CHECKED]])
        if key in KEEPING:
            for each in inputs:
                decide(each)
        return Loop(decide, inputs, block=1 if size > 400 else 8)

    contest.add(f"ours-{size}", "**ours**", lambda: checked("ours", lambda: ours.codes(rulebook), asked))
    contest.add(
        f"indexed-{size}", "ours, by the index", lambda: checked("index", lambda: ours.indexed(rulebook), asked)
    )
    for engine in ENGINES:
        if engine.key in ("zen-decision", "datalogic-text") or size > engine.most_rules:
            continue
        inputs = [engine.shape(each) for each in given]
        make = lambda engine=engine, inputs=inputs: checked(engine.key, lambda: engine.build(rules), inputs)  # noqa: E731
        contest.add(f"{engine.key}-{size}", engine.package, make)
    node: list[Node] = []
    contest.add(f"{Node.key}-{size}", "json-logic-engine", lambda: _node(node, rules, given, names, wanted))
    try:
        contest.run(rounds, seconds, progress)
    finally:
        for each in node:
            each.close()
    return contest


def _node(started: list[Node], rules: Any, given: Any, names: list[str], wanted: list[list[int]]) -> Timed:
    node = Node(rules, given)
    started.append(node)
    check_equal(Node.label, names, wanted, node.verdicts[:CHECKED])
    return node


def figures(contests: Sequence[Contest]) -> dict[str, Figure]:
    """The figures of all sizes."""
    return {key: figure for contest in contests for key, figure in contest.figures.items()}
