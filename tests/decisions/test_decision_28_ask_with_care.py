"""Decision 28: what to mind is printed with the question, with any must_not that concerns asking."""

from pathlib import Path

from safeguard_rules import Rulebook
from tests.packs_in_text import action, evaluate, load, question, rule, section, text_of

CARE = """
    asking:
      facts: [incidents, incident.kinds]
      say: Ask only in private
      action: ask
      cites: [advice/tip]
"""


def book(tmp_path: Path, wanted: str = "must_not") -> Rulebook:
    return load(
        tmp_path,
        action("ask"),
        section("ask_with_care", CARE),
        rule("r", "{some: {of: incident, where: {incident.kinds: {includes: choking}}}}"),
        rule("s", "{child.disabled: true}", f"{{{wanted}: ask}}"),
    )


def test_decision_28_the_note_is_printed_with_the_question(tmp_path: Path) -> None:
    found = evaluate(book(tmp_path), "incidents: [{id: a}]\nincomplete: [incidents]")
    assert question(found, "incidents").care == ("Ask only in private",)
    assert question(found, "incidents[a].kinds").care == ("Ask only in private",)
    assert question(found, "child.disabled").care == ()
    assert "Ask only in private" in text_of(found)


def test_decision_28_a_must_not_that_concerns_asking_is_printed_with_it(tmp_path: Path) -> None:
    found = evaluate(book(tmp_path), "child: {id: baby, stage: born, disabled: true}")
    care = question(found, "incidents").care
    assert care[0] == "Ask only in private"
    assert len(care) == 2
    assert "Do ask" in care[1]
    assert "not" in care[1].casefold()


def test_decision_28_a_demand_to_ask_is_no_warning(tmp_path: Path) -> None:
    found = evaluate(book(tmp_path, "should"), "child: {id: baby, stage: born, disabled: true}")
    assert question(found, "incidents").care == ("Ask only in private",)
