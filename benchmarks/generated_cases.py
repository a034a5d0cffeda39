"""What `safeguard-rules generate` makes for each bundled pack, and how many wrongs the cases find out.

python benchmarks/generated_cases.py            # all bundled packs; some minutes, for each wrong is tried three times
python benchmarks/generated_cases.py safe-sleep
"""

from __future__ import annotations

import sys
from time import perf_counter

from safeguard_rules.testing.generating_pack import PackGenerator
from safeguard_rules.testing.mutants import MutantRun, run_mutants
from safeguard_rules.testing.runner import CaseRunner

HEAD = ("pack", "wanted", "found", "cases", "seconds", "own cases", "own", "generated alone", "together")


def main(packs: list[str]) -> None:
    """Prints one row for each pack, with and without boundaries."""
    runner = CaseRunner.with_plugins()
    print("| " + " | ".join(HEAD) + " |\n|" + " --- |" * len(HEAD))
    for pack in packs or [each for each in runner.known() if runner.folder(each) is not None]:
        for boundaries in (False, True):
            print("| " + " | ".join(row(runner, pack, boundaries=boundaries)) + " |", flush=True)


def row(runner: CaseRunner, pack: str, *, boundaries: bool) -> list[str]:
    """What was made for one pack, and what it is worth."""
    start = perf_counter()
    generator = PackGenerator(runner, pack, None, boundaries=boundaries)
    for rule in generator.rules:
        generator.look_for(rule)
    written = generator.written()
    seconds = perf_counter() - start
    own = runner.read(pack).reviewed()
    alone, together = generator.alone(), generator.together()
    assert all(result.passed for result in alone.run().results)
    found = generator.result()
    return [
        f"{pack}{' --boundaries' if boundaries else ''}",
        str(found.wanted),
        str(found.met),
        str(written.new),
        f"{seconds:.1f}",
        str(len(own.cases)),
        *(share(run_mutants(cases)) for cases in (own, alone, together)),
    ]


def share(run: MutantRun) -> str:
    """How many mutants were found out, of how many."""
    return f"{len(run.killed)}/{len(run.killed) + len(run.survivors)} ({run.share:.3f})"


if __name__ == "__main__":
    main(sys.argv[1:])
