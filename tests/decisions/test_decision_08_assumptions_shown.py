"""Decision 8: only the assumptions that decided are listed, each cited; questions come from the plain evaluation."""

from pathlib import Path

from tests.packs_in_text import asked, assumed, definition, evaluate, finding, load, rule

SICK = definition("sick", "{child.seriously_ill_or_hurt: true}", more=assumed("true"))
DISABLED = definition("disabled", "{child.disabled: true}", more=assumed("false"))


def test_decision_08_only_what_decided_is_listed(tmp_path: Path) -> None:
    found = finding(evaluate(load(tmp_path, rule("r", "{any: [sick, disabled]}"), SICK, DISABLED)))
    assert [(each.name, each.value) for each in found.assumed] == [("tiny:sick", True)]
    assert [citation.statement for citation in found.assumed[0].citations] == ["tiny:ours/choice"]
    assert found.assumed[0].citations[0].force == "proposal"


def test_decision_08_every_part_that_decided_is_listed(tmp_path: Path) -> None:
    found = finding(evaluate(load(tmp_path, rule("r", "{all: [sick, {not: disabled}]}"), SICK, DISABLED)))
    assert [(each.name, each.value) for each in found.assumed] == [("tiny:disabled", False), ("tiny:sick", True)]


def test_decision_08_questions_come_from_the_plain_evaluation(tmp_path: Path) -> None:
    found = evaluate(load(tmp_path, rule("r", "{any: [sick, disabled]}"), SICK, DISABLED))
    assert asked(found) == ["child.disabled", "child.seriously_ill_or_hurt"]


def test_decision_08_nothing_is_listed_where_nothing_was_assumed(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{any: [sick, disabled]}"), SICK, DISABLED)
    found = finding(evaluate(book, "child: {id: baby, stage: born, disabled: true}"))
    assert (found.outcome, found.certainty, found.assumed) == ("applies", "certain", ())
