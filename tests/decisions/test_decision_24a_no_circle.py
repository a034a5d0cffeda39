"""Decision 24a: actions that come after each other in a circle are a load error."""

from pathlib import Path

from tests.packs.refused import issues
from tests.packs_in_text import action, load


def test_decision_24a_a_circle_does_not_load(tmp_path: Path) -> None:
    circle = (action("one", "after: [two]"), action("two", "after: [three]"), action("three", "after: [one]"))
    (issue,) = issues(tmp_path / "three", *circle)
    assert issue.code == "cycle"
    assert "`tiny:one` -> `tiny:two` -> `tiny:three` -> `tiny:one`" in issue.message
    (alone,) = issues(tmp_path / "one", action("one", "after: [one]"))
    assert "`tiny:one` -> `tiny:one`" in alone.message


def test_decision_24a_a_diamond_does(tmp_path: Path) -> None:
    load(
        tmp_path,
        action("first"),
        action("left", "after: [first]"),
        action("right", "after: [first]"),
        action("last", "after: [left, right]"),
    )
