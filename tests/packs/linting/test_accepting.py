"""`accept` answers a lint where it stands, and nothing else."""

from pathlib import Path

from safeguard_rules.packs.linting.table import lint
from safeguard_rules.packs.loading import load
from tests.packs.linting.linted import linted
from tests.packs_in_text import action, no_bundled_packs, rule, section, write_pack

D = "{child.disabled: true}"
WHY = "accept: {too-long: It is what everybody calls it.}"
LONG = "Do all of what has to be done, one thing after the other, until nothing is left to do"


def long_action(name: str, more: str = "") -> str:
    return f"{name}:\n  do: {LONG} {name}\n  cites: [law/duty]\n{more and '  ' + more}"


def test_what_is_accepted_is_told_with_its_reason_and_not_as_open(tmp_path: Path) -> None:
    found = linted(tmp_path, section("actions", long_action("a", WHY)), rule("r", D, "{should: a}, {should: act}"))
    assert found.open == ()
    assert [(each.issue.code, each.why) for each in found.accepted] == [("too-long", "It is what everybody calls it.")]


def test_it_answers_for_its_own_entry_only(tmp_path: Path) -> None:
    pieces = (section("actions", long_action("a", WHY)), section("actions", long_action("b")))
    found = linted(tmp_path, *pieces, rule("r", D, "{should: a}, {should: b}, {should: act}"))
    assert [(issue.code, issue.place.line) for issue in found.open] == [
        ("too-long", found.accepted[0].issue.place.line + 4)
    ]


def test_entries_on_one_line_are_told_apart(tmp_path: Path) -> None:
    one = "{do: Ring, cites: [law/duty], accept: {unused: It is for others.}}"
    flow = section("actions", f"a: {one}\nb: {{do: Wait, cites: [law/duty]}}")
    found = linted(tmp_path, flow, rule("r", D))
    assert [issue.message for issue in found.open] == ["no rule recommends the action `b`"]
    assert len(found.accepted) == 1


def test_another_name_answers_nothing_and_is_told(tmp_path: Path) -> None:
    found = linted(tmp_path, action("a", "accept: {same-title: It is the same.}"), rule("r", D))
    assert [issue.code for issue in found.open] == ["unused", "accepts-nothing"]
    assert found.accepted == ()


def test_each_dated_form_may_accept(tmp_path: Path) -> None:
    dated = """
    d:
      - {of: child, reads: holds, when: always, to: 2025-12-31, cites: [law/duty], accept: {unused: It was.}}
      - {of: child, reads: holds, when: always, from: 2026-01-01, cites: [law/duty]}
    """
    found = linted(tmp_path, section("definitions", dated), rule("r", D))
    assert found.open == ()
    assert [each.why for each in found.accepted] == ["It was."]


def test_what_the_loader_warns_of_can_be_accepted_too(tmp_path: Path) -> None:
    home = write_pack(tmp_path, rule("r", D, "{must: act}", "accept: {must-second-hand: Nobody has a copy.}"))
    law = home / "sources" / "law.yaml"
    law.write_text(law.read_text().replace("known: read in full", "known: second-hand"))
    loaded = load([home], None, no_bundled_packs())
    assert [warning.code for warning in loaded.warnings] == ["must-second-hand"]
    assert lint(loaded).open == ()
    assert [each.issue.code for each in lint(loaded).accepted] == ["must-second-hand"]


def test_what_is_no_lint_cannot_be_accepted_away(tmp_path: Path) -> None:
    """Of the loader's own warnings those that are no lint stay: a review that has lapsed is no matter of taste."""
    home = write_pack(tmp_path, rule("r", D))
    main = home / "pack.yaml"
    meaning = f"sha256:canonical-1:{'0' * 64}"
    review = f"status: reviewed\nreviewed: {{by: a lead, day: 2026-03-01, meaning: '{meaning}'}}\n"
    main.write_text(main.read_text().replace("status: draft\n", review))
    assert [issue.code for issue in lint(load([home], None, no_bundled_packs())).open] == ["meaning-changed"]
