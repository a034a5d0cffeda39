"""How all tests run: property tests draw the same examples on every machine and at every time."""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from safeguard_rules.reading import files
from safeguard_rules.reading.nodes import Node
from safeguard_rules.source import Issue, Text

settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=False,
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
)
settings.load_profile("ci")

# Hypothesis also draws what numbers and texts stand in the modules of the project that are loaded: that depends on what
# the same worker ran before. Without them the examples of a test depend on that test alone.
# A release of Hypothesis in which they are called otherwise fails the test of this, and no other.
if hasattr(providers, "_local_constants") and hasattr(providers, "_get_local_constants"):
    _NO_CONSTANTS = providers._local_constants
    providers._get_local_constants = lambda: _NO_CONSTANTS

_READ = files.read_yaml  # type: ignore[attr-defined]
_TREES: dict[Text, Node | None] = {}


def _read_once(text: Text, issues: list[Issue]) -> Node | None:
    """Reads each sound YAML text once for all tests of a worker: the bundled packs are loaded some thousand times."""
    if text not in _TREES:
        before = len(issues)
        tree = _READ(text, issues)
        if len(issues) > before:
            return tree
        _TREES[text] = tree
    return _TREES[text]


files.read_yaml = _read_once  # type: ignore[assignment, attr-defined]

_SCORES: dict[str, tuple[int, int, tuple[str, ...]]] = {}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Takes in the mutation score of a pack, from whichever worker measured it."""
    for name, told in report.user_properties if report.when == "call" else ():
        if name == "mutation_score":
            score: Any = told
            pack, killed, total, survivors = score
            _SCORES[pack] = (killed, total, tuple(survivors))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints the mutation scores of the bundled packs, with what survived."""
    if not _SCORES:
        return
    killed = sum(score[0] for score in _SCORES.values())
    total = sum(score[1] for score in _SCORES.values())
    terminalreporter.section("mutation score of the bundled packs")
    for pack, (found, all_of_it, survivors) in sorted(_SCORES.items()):
        terminalreporter.write_line(f"{pack}: {found} of {all_of_it} mutants found out ({found / all_of_it:.3f})")
        for survivor in survivors:
            terminalreporter.write_line(f"  survived: {survivor}")
    terminalreporter.write_line(f"all together: {killed} of {total} ({killed / total:.3f})")
