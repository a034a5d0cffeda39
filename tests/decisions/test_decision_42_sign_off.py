"""Decision 42: a sign-off is of a meaning; once that has changed, the pack is a draft again."""

from pathlib import Path

import pytest

from safeguard_rules.errors import PackError
from safeguard_rules.packs.loaded import Loaded
from safeguard_rules.packs.loading import load
from tests.packs_in_text import Piece, action, definition, no_bundled_packs, rule, write_locality, write_pack

MEANT = (definition("d", "{child.disabled: true}"), rule("r", "d"))
SHARED = (action("ring"),)


def signed(home: Path, meaning: str, name: str = "pack.yaml") -> None:
    main = home / name
    review = f"status: reviewed\nreviewed: {{by: a lead, day: 2026-03-01, meaning: '{meaning}'}}\n"
    main.write_text(main.read_text().replace("status: draft\n", review))


def reload(*homes: Path, locality: Path | None = None) -> Loaded:
    return load(homes, locality, no_bundled_packs())


def meaning(loaded: Loaded, id_: str) -> str:
    return next(stamp.meaning for stamp in loaded.stamps if stamp.id == id_)


def status(loaded: Loaded, id_: str = "tiny") -> str:
    stamped = next(stamp.status for stamp in loaded.stamps if stamp.id == id_)
    assert all(rule.status == stamped for rule in loaded.content.rules.values() if rule.pack == id_)
    return str(stamped)


def pack(folder: Path, *pieces: Piece) -> Path:
    home = write_pack(folder, *pieces)
    signed(home, meaning(reload(home), "tiny"))
    return home


def test_decision_42_what_was_reviewed_counts_as_reviewed(tmp_path: Path) -> None:
    loaded = reload(pack(tmp_path, *MEANT))
    assert (status(loaded), loaded.warnings) == ("reviewed", ())


def test_decision_42_a_changed_comment_or_version_keeps_the_review(tmp_path: Path) -> None:
    home = pack(tmp_path, *MEANT)
    main = home / "pack.yaml"
    main.write_text("# a note\n" + main.read_text().replace("version: 0.1.0", "version: 0.1.1"))
    (home / "more.cases.yaml").write_text("cases: []\n")
    assert status(reload(home)) == "reviewed"


def test_decision_42_a_changed_meaning_makes_it_a_draft_again(tmp_path: Path) -> None:
    home = pack(tmp_path, *MEANT)
    main = home / "pack.yaml"
    main.write_text(main.read_text().replace("child.disabled: true", "child.disabled: false"))
    loaded = reload(home)
    assert status(loaded) == "draft"
    assert [(issue.code, issue.severity) for issue in loaded.warnings] == [("meaning-changed", "warning")]
    assert "a lead reviewed on 2026-03-01" in loaded.warnings[0].message


def test_decision_42_so_does_a_changed_pack_that_it_uses(tmp_path: Path) -> None:
    shared = write_pack(tmp_path, *SHARED, name="shared")
    home = write_pack(tmp_path, *MEANT)
    main = home / "pack.yaml"
    main.write_text(main.read_text().replace("status: draft\n", "status: draft\nuses: [shared]\n"))
    signed(home, meaning(reload(home, shared), "tiny"))
    assert status(reload(home, shared)) == "reviewed"
    (shared / "pack.yaml").write_text((shared / "pack.yaml").read_text().replace("Do ring", "Do not ring"))
    assert status(reload(home, shared)) == "draft"
    assert status(reload(home, shared), "shared") == "draft"


def test_decision_42_a_locality_is_reviewed_in_the_same_way_whichever_packs_are_loaded(tmp_path: Path) -> None:
    home = write_pack(tmp_path, *MEANT)
    other = write_pack(tmp_path, *SHARED, name="shared")
    text = "carries:\n  tiny:r: {should: act, cites: [tiny:law/duty]}\n"
    local = write_locality(tmp_path, text)
    signed(local.parent, meaning(reload(home, locality=local), "here"), local.name)
    for homes in ((home,), (home, other)):
        assert status(reload(*homes, locality=local), "here") == "reviewed"
    local.write_text(local.read_text().replace("should: act", "consider: act"))
    assert status(reload(home, locality=local), "here") == "draft"


@pytest.mark.parametrize(
    ("review", "code"),
    [
        ("status: reviewed\n", "not-reviewed"),
        ("status: reviewed\nreviewed: {by: a lead, day: 2026-03-01, meaning: abc}\n", "not-a-meaning"),
        ("status: reviewed\nreviewed: {by: a lead, day: 2026-03-01}\n", "missing-key"),
    ],
)
def test_decision_42_a_review_says_who_when_and_what(review: str, code: str, tmp_path: Path) -> None:
    home = write_pack(tmp_path, *MEANT)
    main = home / "pack.yaml"
    main.write_text(main.read_text().replace("status: draft\n", review))
    with pytest.raises(PackError) as raised:
        reload(home)
    assert [issue.code for issue in raised.value.issues] == [code]
