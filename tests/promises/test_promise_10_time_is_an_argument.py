"""Promise 10: the engine never reads the clock; it can say when the answer would change by itself."""

import ast
from datetime import date
from pathlib import Path

import pytest

from safeguard_rules.values.dates import AsOf
from tests.examples import EXAMPLES, Example

SOURCE = Path(__file__).parents[2] / "src" / "safeguard_rules"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if path.relative_to(SOURCE).parts[0] != "cli")
CLOCKS = {"today", "now", "utcnow", "fromtimestamp", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_promise_10_nothing_but_the_command_line_reads_a_clock(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert not called & CLOCKS
    assert not imported & {"time", "random", "secrets", "uuid", "zoneinfo"}


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_10_it_says_when_the_answer_changes_by_itself(example: Example) -> None:
    """On the day before, all is as it was; on the day itself, what it announced has come."""
    for evaluation in example.evaluations():
        coming = evaluation.next_change()
        if coming.on is None:
            assert coming.changes is None
            continue
        on = AsOf.of(coming.on)
        assert on.day > evaluation.as_of.day
        then = example.rulebook().evaluate(evaluation.case, as_of=on, role=evaluation.role)
        day_before = date.fromordinal(on.day.toordinal() - 1)
        still = example.rulebook().evaluate(evaluation.case, as_of=day_before, role=evaluation.role)
        assert coming.changes is not None
        assert [each.name for each in then.changes_since(evaluation)] == [each.name for each in coming.changes]
        assert len(still.changes_since(evaluation)) == 0


def test_promise_10_some_example_changes_by_itself() -> None:
    days = [evaluation.next_change().on for example in EXAMPLES for evaluation in example.evaluations()]
    assert any(days)
