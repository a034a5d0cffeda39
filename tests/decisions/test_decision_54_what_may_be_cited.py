"""Decision 54: a citation needs a statement with text, in force, not withdrawn and not left out; drafts say so."""

from pathlib import Path

import pytest

from safeguard_rules.errors import PackError
from safeguard_rules.packs.loading import load
from tests.packs_in_text import definition, no_bundled_packs, parameter, rule, write_pack

SOUND = "at: page 1\n    says: It is to be done."
STATEMENTS = [
    (SOUND, "", None),
    (SOUND + "\n    left_to_people: It is judgement.", "", "closed-statement"),
    (SOUND + "\n    not_yet: Nobody has encoded it.", "", "closed-statement"),
    (SOUND + "\n    withdrawn: Taken back.", "", "closed-statement"),
    (SOUND, "withdrawn: Taken back.\n", "closed-statement"),
    ('at: page 1\n    says: ""', "", "empty-statement"),
    ("at: page 1\n    says: ' '", "", "empty-statement"),
]
THEN = "{should: act, cites: [tested/it]}"
PIECES = (rule("r", "always", THEN),)


def pack(folder: Path, statement: str, source: str = "", pieces: tuple[object, ...] = PIECES) -> Path:
    home = write_pack(folder, *pieces)  # type: ignore[arg-type]
    head = "language: 1\nsource: tested\ntitle: A source\npublisher: A board\nforce: statute\nknown: read in full\n"
    register = f"{head}{source}statements:\n  it:\n    {statement}\n"
    (home / "sources" / "tested.yaml").write_text(register, encoding="utf-8")
    return home


def codes(home: Path) -> list[str]:
    try:
        load([home], None, no_bundled_packs())
    except PackError as error:
        return [issue.code for issue in error.issues]
    return []


@pytest.mark.parametrize(("statement", "source", "code"), STATEMENTS)
def test_decision_54_a_statement_that_can_be_cited(
    statement: str, source: str, code: str | None, tmp_path: Path
) -> None:
    assert codes(pack(tmp_path, statement, source))[:1] == ([code] if code else [])


def test_decision_54_what_nobody_cites_may_be_closed(tmp_path: Path) -> None:
    home = pack(tmp_path, STATEMENTS[1][0], pieces=(rule("r", "always"),))
    assert codes(home) == []


SPANS = [
    ("from: 2024-01-01\n    to: 2025-12-31", "from: 2024-01-01\nto: 2025-12-31", True),
    ("from: 2024-01-01\n    to: 2025-12-31", "from: 2024-06-01\nto: 2024-06-30", True),
    ("from: 2024-01-01", "from: 2024-01-01", True),
    ("to: 2025-12-31", "to: 2025-12-31", True),
    ("from: 2024-01-01", "from: 2023-12-31", False),
    ("from: 2024-01-01", "", False),
    ("to: 2025-12-31", "", False),
    ("to: 2025-12-31", "to: 2026-01-01", False),
]


@pytest.mark.parametrize(("statement", "more", "loads"), SPANS)
def test_decision_54_it_is_in_force_on_every_day_of_the_rule(
    statement: str, more: str, loads: bool, tmp_path: Path
) -> None:
    home = pack(tmp_path, f"{SOUND}\n    {statement}", pieces=(rule("r", "always", THEN, more=more),))
    assert codes(home) == ([] if loads else ["statement-not-in-force"])


@pytest.mark.parametrize(("statement", "loads"), [("from: 2024-01-01", True), ("to: 2025-12-31", False)])
def test_decision_54_what_has_no_days_of_its_own_follows_the_rules_that_read_it(
    statement: str, loads: bool, tmp_path: Path
) -> None:
    home = pack(tmp_path, f"{SOUND}\n    {statement}", pieces=(parameter("p", "3"), definition("d", "always")))
    text = (home / "pack.yaml").read_text(encoding="utf-8").replace("law/duty", "tested/it")
    (home / "pack.yaml").write_text(text, encoding="utf-8")
    assert (codes(home) == []) is loads


def test_decision_54_each_action_and_rule_says_its_packs_status(tmp_path: Path) -> None:
    home = write_pack(tmp_path, rule("r", "always"))
    drafted = load([home], None, no_bundled_packs())
    review = f"status: reviewed\nreviewed: {{by: a lead, day: 2026-03-01, meaning: '{drafted.stamps[0].meaning}'}}"
    text = (home / "pack.yaml").read_text(encoding="utf-8").replace("status: draft", review)
    (home / "pack.yaml").write_text(text, encoding="utf-8")
    for loaded, status in ((drafted, "draft"), (load([home], None, no_bundled_packs()), "reviewed")):
        content = loaded.content
        assert (content.actions["tiny:act"].status, content.rules["tiny:r"].status) == (status, status)


def test_decision_54_a_withdrawn_pack_does_not_load(tmp_path: Path) -> None:
    home = write_pack(tmp_path, rule("r", "always"))
    text = (home / "pack.yaml").read_text(encoding="utf-8").replace("status: draft", "status: withdrawn")
    (home / "pack.yaml").write_text(text, encoding="utf-8")
    assert codes(home) == ["pack-withdrawn"]
