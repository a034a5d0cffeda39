"""Words that are too long, and reasons that give none."""

from pathlib import Path

import pytest

from safeguard_rules.packs.linting.wording import LONGEST_DO, LONGEST_TITLE
from tests.packs.linting.linted import codes
from tests.packs_in_text import section

RULE = """
r:
  title: {title}
  when: {{child.disabled: true}}
  then: [{{should: act}}]
  because: {because}
  cites: [law/duty]
"""


@pytest.mark.parametrize(("more", "found"), [(0, []), (1, ["too-long"])])
def test_a_title_is_too_long_by_one_character(more: int, found: list[str], tmp_path: Path) -> None:
    text = RULE.format(title="x" * (LONGEST_TITLE + more), because="Two see more.")
    assert codes(tmp_path, section("rules", text)) == found


@pytest.mark.parametrize(("more", "found"), [(0, []), (1, ["too-long"])])
def test_an_action_is_too_long_by_one_character(more: int, found: list[str], tmp_path: Path) -> None:
    words = f"ring: {{do: {'x' * (LONGEST_DO + more)}, cites: [law/duty]}}"
    text = RULE.format(title="Ring", because="Two see more.").replace(
        "[{should: act}]", "[{should: act}, {should: ring}]"
    )
    assert codes(tmp_path, section("actions", words), section("rules", text)) == found


@pytest.mark.parametrize(
    ("because", "found"),
    [
        ("Talk over the mark.", True),
        ("Because marks are to talk over.", True),
        ("Two see more.", False),
        ("A mark that two talk over is seen better.", False),
    ],
)
def test_a_reason_has_a_word_that_the_title_has_not(because: str, found: bool, tmp_path: Path) -> None:
    text = RULE.format(title="Talk over a mark", because=because)
    assert codes(tmp_path, section("rules", text)) == (["because-repeats-title"] if found else [])
