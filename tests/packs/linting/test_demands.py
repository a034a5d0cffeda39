"""Demands: proposed times, also those that a locality adds; the law made weaker; contacts nobody has checked."""

from pathlib import Path

import pytest

from tests.packs.linting.linted import codes, linted
from tests.packs_in_text import action, rule

D = "{child.disabled: true}"
PROPOSED = "within: {time: same day, basis: proposed, cites: [ours/choice]}"
CARRIES = """
carries:
  tiny:r:
    - {should: tiny:act, cites: [tiny:law/duty]}
    - should: tiny:act
      within: {time: same day, basis: proposed, cites: [tiny:ours/choice]}
      cites: [tiny:law/duty]
"""


def test_a_proposed_time_is_a_note_at_its_demand(tmp_path: Path) -> None:
    found = linted(tmp_path, rule("r", D, f"{{must: act}}, {{should: act, {PROPOSED}}}"))
    (note,) = found.open
    assert (note.code, note.severity) == ("proposed-time", "note")
    line = note.place.text.lines()[note.place.line - 1]
    assert line[note.place.column - 1 :].startswith("act, within")


def test_so_is_one_with_which_a_locality_carries_a_rule_further(tmp_path: Path) -> None:
    pieces = (rule("r", D, f"{{should: act, {PROPOSED}}}"), rule("s", "{some: {of: concern}}"))
    (note,) = linted(tmp_path, *pieces, locality=CARRIES).open
    assert note.place.text.name.endswith("here.yaml")
    assert (
        note.place.text.lines()[note.place.line]
        == "      within: {time: same day, basis: proposed, cites: [tiny:ours/choice]}"
    )


@pytest.mark.parametrize(
    ("then", "cites", "found"),
    [
        ("{consider: act}", "law/duty", True),
        ("{consider: act}, {should: ring}", "law/duty", False),
        ("{consider: act}", "advice/tip", False),
        ("{consider: act}", "ours/choice", False),
        ("{consider: act, cites: [law/duty]}", "advice/tip", True),
    ],
)
def test_what_the_law_obliges_is_not_only_considered(then: str, cites: str, found: bool, tmp_path: Path) -> None:
    written = rule("r", D, then)
    pieces = [type(written)(written.section, written.text.replace("  cites: [law/duty]", f"  cites: [{cites}]"))]
    pieces += [action("ring")] if "ring" in then else []
    assert codes(tmp_path, *pieces) == (["weaker-than-source"] if found else [])


@pytest.mark.parametrize(("day", "found"), [("null", ["contact-not-checked"]), ("2026-01-01", [])])
def test_a_contact_that_nobody_has_checked(day: str, found: list[str], tmp_path: Path) -> None:
    contact = f"contacts:\n  door: {{name: The door, checked_on: {day}, cites: [tiny:law/duty]}}\n"
    assert codes(tmp_path, rule("r", D), locality=contact) == found
