"""What pages are made of: which cases rules are drawn in, and which packs are told."""

from pathlib import Path

from safeguard_rules.testing.documenting import documented
from tests.packs_in_text import TODAY, no_bundled_packs, rule, write_pack
from tests.reports.html.made import DAY, small

BORN = "child: {id: baby, stage: born}"
CASE = """\
  - title: {title}
    as_of: {day}
    given: {{{given}}}
    expect: {{findings: {findings}}}
"""


def case(title: str, findings: str, more: str = "") -> str:
    text = CASE.format(title=title, day=TODAY, given=BORN, findings=findings)
    return text.replace("    as_of", f"{more}    as_of") if more else text


def drawn(folder: Path, **files: str) -> dict[str, list[str]]:
    """The titles of the cases in which the rules `a` and `b`, of another file each, are drawn."""
    home = write_pack(folder)
    for name in ("a", "b"):
        text = f"language: 1\nrules:\n  {rule(name, 'always').text.replace(chr(10), chr(10) + '  ')}\n"
        (home / f"{name}.rules.yaml").write_text(text, encoding="utf-8")
    for name, cases in files.items():
        (home / f"{name}.cases.yaml").write_text(f"language: 1\ncases:\n{cases}", encoding="utf-8")
    found = documented([home], as_of=DAY, plugins=no_bundled_packs())
    return {rule.partition(":")[2]: [each.title for each in shown] for rule, shown in found.shown.items()}


def test_a_rule_is_drawn_in_a_case_of_the_file_that_goes_with_its_own(tmp_path: Path) -> None:
    both = "{a: applies, b: applies}"
    found = drawn(tmp_path, a=case("one", both), b=case("two", both))
    assert found == {"a": ["one"], "b": ["two"]}


def test_a_case_that_is_about_fewer_rules_goes_before(tmp_path: Path) -> None:
    cases = case("about b", "{b: applies, a: applies}") + case("about a", "{a: applies}")
    assert drawn(tmp_path, c=cases) == {"a": ["about a"], "b": ["about b"]}


def test_a_case_that_awaits_its_review_is_not_drawn(tmp_path: Path) -> None:
    cases = case("generated", "{a: applies}", "    reviewed: false\n") + case("read", "{a: applies}")
    assert drawn(tmp_path, c=cases)["a"] == ["read"]


def test_areas_come_in_the_order_of_their_ids(tmp_path: Path) -> None:
    found = small(tmp_path)
    assert list(found.localities) == ["here", "there"]
    assert list(found.packs) == ["tiny"]
    assert list(found.rules) == ["here:here-too", "tiny:later", "tiny:many", "tiny:marks", "tiny:report"]
