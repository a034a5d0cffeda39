"""Decision 2: a count is a range, and a comparison is definite only if the whole range agrees."""

from pathlib import Path

import pytest

from tests.packs_in_text import evaluate, load, outcome, parameter, rule

BRUISE, BITE, SOMETHING = "{id: b%d, kind: bruise}", "{id: c%d, kind: bite}", "{id: d%d}"


def injuries(bruises: int, bites: int, unknown: int, is_open: bool) -> str:
    records = [BRUISE % n for n in range(bruises)] + [BITE % n for n in range(bites)]
    records += [SOMETHING % n for n in range(unknown)]
    return f"injuries: [{', '.join(records)}]\n" + ("incomplete: [injuries]" if is_open else "")


A, U, N = "applies", "undetermined", "does_not_apply"
TABLE = [
    # bruises, bites, unknown, open -> at_least 2, at_most 2, more_than 2, less_than 2, is 2, is_not 2, between 2 and 3
    ((0, 0, 0, False), (N, A, N, A, N, A, N)),
    ((2, 1, 0, False), (A, A, N, N, A, N, A)),
    ((2, 0, 1, False), (A, U, U, N, U, U, A)),
    ((1, 0, 1, False), (U, A, N, U, U, U, U)),
    ((1, 5, 0, True), (U, U, U, U, U, U, U)),
    ((2, 0, 0, True), (A, U, U, N, U, U, U)),
    ((3, 0, 0, True), (A, N, A, N, N, A, U)),
    ((4, 0, 0, True), (A, N, A, N, N, A, N)),
    ((4, 0, 0, False), (A, N, A, N, N, A, N)),
]
TESTS = (
    "{at_least: two}",
    "{at_most: two}",
    "{more_than: two}",
    "{less_than: two}",
    "{is: two}",
    "{is_not: two}",
    "{between: [two, three]}",
)
CELLS = [(given, test, expected) for given, row in TABLE for test, expected in zip(TESTS, row, strict=True)]


@pytest.mark.parametrize(("given", "test", "expected"), CELLS)
def test_decision_02_counts_are_ranges(
    tmp_path: Path, given: tuple[int, int, int, bool], test: str, expected: str
) -> None:
    when = f"{{count: {{of: injury, where: {{injury.kind: bruise}}, is: {test}}}}}"
    book = load(tmp_path, rule("r", when), parameter("two", "2"), parameter("three", "3"))
    assert outcome(evaluate(book, injuries(*given))) == expected


def test_decision_02_an_open_list_is_bounded_where_the_unseen_record_is_ruled_out(tmp_path: Path) -> None:
    where = "{all: [{injury.kind: bruise}, {child.disabled: true}]}"
    when = f"{{count: {{of: injury, where: {where}, is: {{less_than: two}}}}}}"
    book = load(tmp_path, rule("r", when), parameter("two", "2"))
    assert outcome(evaluate(book, "child: {id: baby, stage: born, disabled: false}")) == "applies"
    assert outcome(evaluate(book, "child: {id: baby, stage: born}")) == "undetermined"


def test_decision_02_an_unknown_list_has_no_upper_end(tmp_path: Path) -> None:
    book = load(
        tmp_path,
        rule("many", "{count: {of: injury, is: {at_least: two}}}"),
        rule("none", "{count: {of: injury, is: {at_least: zero}}}"),
        parameter("two", "2"),
        parameter("zero", "0"),
    )
    assert outcome(evaluate(book), "many") == "undetermined"
    assert outcome(evaluate(book), "none") == "applies"
