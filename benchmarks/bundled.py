"""All bundled packs on the examples, beside the reference walk; and one of them beside hand-written Python.

Nobody writes a hundred rules with definitions, precautions and localities by hand, so what is written by hand are the
five rules of the bundled pack `lived-experience`, on made-up cases, beside the library with that pack alone.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

from benchmarks import ours
from benchmarks.contest import Contest
from benchmarks.making_cases import ago, cases, words, yes
from benchmarks.measuring import Loop, Progress, Timed, WrongVerdictError, check_equal
from benchmarks.peers.hand_lived_experience import verdicts
from benchmarks.peers.ready import Ready, as_peers_get, ready, with_sets
from safeguard_rules import Case, Rulebook, read_case_file
from safeguard_rules.values.dates import AsOf

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
NAMES = ("cheek", "complete-case", "quiet-case")
PACK = "lived-experience"


def bundled(count: int, rounds: int, seconds: float, progress: Progress) -> Contest:
    """The table; raises `WrongVerdictError` where what was written by hand decides otherwise."""
    contest = Contest("all bundled packs")
    rulebook = Rulebook.load(locality="wiltshire")
    for name in NAMES:
        file = read_case_file(EXAMPLES / f"{name}.yaml")
        assert isinstance(file.case, Case)
        assert file.header.as_of is not None
        _add_example(contest, rulebook, name, file.case, AsOf.of(file.header.as_of))
    _add_one_pack(contest, count)
    contest.run(rounds, seconds, progress)
    return contest


def _add_example(contest: Contest, rulebook: Rulebook, name: str, case: Case, day: AsOf) -> None:
    file = f"all packs, `{name}.yaml`"
    check_equal(
        file,
        [str(key) for key in ours.outcomes(rulebook, day)(case)],
        [ours.from_outcomes(ours.reference(rulebook, day)(case).values())],
        [ours.from_outcomes(ours.outcomes(rulebook, day)(case).values())],
    )
    text = case.model_dump_json(exclude_none=True, exclude_defaults=True)
    contest.add(name, f"{file}: **ours**, verdicts", lambda: Loop(ours.codes(rulebook, day), [case]))
    contest.add(
        f"{name}-outcomes", f"{file}: ours, outcomes by name", lambda: Loop(ours.outcomes(rulebook, day), [case])
    )
    contest.add(f"{name}-walk", f"{file}: the reference walk", lambda: Loop(ours.reference(rulebook, day), [case]))
    contest.add(f"{name}-actions", f"{file}: JSON to cited actions", lambda: Loop(ours.actions(rulebook, day), [text]))
    contest.add(f"{name}-full", f"{file}: JSON to everything", lambda: Loop(ours.everything(rulebook, day), [text]))


# --- one pack beside hand-written Python


def _add_one_pack(contest: Contest, count: int) -> None:
    rulebook = Rulebook.load([PACK])
    plain = [widened(each, Random(number)) for number, each in enumerate(cases(count, seed=3))]
    asked, given = [Case.model_validate(each) for each in plain], [ready_for_pack(each) for each in plain]

    def quick() -> Timed:
        decide = ours.codes(rulebook)
        wanted = [decide(case) for case in asked]
        by_hand = [verdicts(flat) for flat in given]
        for number, (want, got) in enumerate(zip(wanted, by_hand, strict=True)):
            wrong = [each for each in zip(rulebook.content.rules, want, got, strict=True) if each[1] != each[2]]
            if wrong:
                raise WrongVerdictError("hand-written Python", number, wrong)  # type: ignore[arg-type]
        return Loop(decide, asked)

    contest.add("pack", f"`{PACK}` alone, 5 rules: **ours**, verdicts", quick)
    contest.add("pack-hand", f"`{PACK}` alone, 5 rules: hand-written Python", lambda: Loop(verdicts, given))
    contest.add(
        "pack-walk", f"`{PACK}` alone, 5 rules: the reference walk", lambda: Loop(ours.reference(rulebook), asked)
    )


def widened(case: dict[str, Any], chance: Random) -> dict[str, Any]:
    """The case with concerns and assessments, which the forty rules do not read."""
    raised, finished, basis = ago((), 90), ago((), 300), words(2, "parent_account", "observation", "records")
    found = dict(case)
    if chance.random() > 0.1:
        found["concerns"] = [
            {"id": f"concern-{n}", "raised_on": raised(chance)} for n in range(chance.choice((0, 1, 2)))
        ]
    if chance.random() > 0.1:
        days = {finished(chance) for _ in range(chance.choice((0, 1, 2)))} | (
            {"not_yet"} if yes(0.2)(chance) else set()
        )
        found["assessments"] = [
            {
                "id": f"assessment-{n}",
                "finished_on": day,
                **({"rests_on": basis(chance)} if chance.random() > 0.2 else {}),
            }
            for n, day in enumerate(sorted(days))
        ]
    return found


def ready_for_pack(case: dict[str, Any]) -> Ready:
    """The flat dictionary, with the two lists more."""
    found = ready(case)
    for name, fields in (("concerns", ("raised_on",)), ("assessments", ("finished_on", "rests_on"))):
        found[name] = [
            {field: as_peers_get(field, record.get(field)) for field in fields} for record in case.get(name, ())
        ]
        found[f"{name}_open"] = name not in case
    return with_sets(found)
