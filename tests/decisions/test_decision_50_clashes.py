"""Decision 50: equal full names are a load error; the same wording in two packs is a warning."""

from pathlib import Path

import pytest

from safeguard_rules.errors import PackError
from safeguard_rules.packs.loading import load
from tests.packs.refused import codes
from tests.packs_in_text import action, definition, no_bundled_packs, pack_text, rule, section, write_pack


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("rules", "{r: {title: R, when: always, then: [{should: act}], because: so, cites: [law/duty]}}"),
        ("definitions", "{d: {of: child, reads: is d, when: always, cites: [law/duty]}}"),
        ("actions", "{act: {do: Act again, cites: [law/duty]}}"),
        ("parameters", "{p: {value: 3, cites: [law/duty]}}"),
    ],
)
def test_decision_50_the_same_name_in_two_files(key: str, text: str, tmp_path: Path) -> None:
    pieces = (rule("r", "always"), definition("d", "always"), section("parameters", "p: {value: 3, cites: [law/duty]}"))
    home = write_pack(tmp_path, *pieces)
    (home / "more.rules.yaml").write_text(f"language: 1\n{key}: {text}\n", encoding="utf-8")
    with pytest.raises(PackError) as raised:
        load([home], None, no_bundled_packs())
    (issue,) = raised.value.issues
    assert issue.code == "declared-twice"
    assert "already in " in issue.message


def test_decision_50_the_same_pack_from_two_folders(tmp_path: Path) -> None:
    homes = [write_pack(tmp_path / name, rule("r", "always")) for name in ("a", "b")]
    with pytest.raises(PackError) as raised:
        load(homes, None, no_bundled_packs())
    assert [issue.code for issue in raised.value.issues] == ["pack-twice"]


def test_decision_50_the_same_source_in_two_registers(tmp_path: Path) -> None:
    home = write_pack(tmp_path, rule("r", "always"))
    law = (home / "sources" / "law.yaml").read_text(encoding="utf-8")
    (home / "sources" / "again.yaml").write_text(law, encoding="utf-8")
    with pytest.raises(PackError) as raised:
        load([home], None, no_bundled_packs())
    assert [issue.code for issue in raised.value.issues] == ["declared-twice"]


def test_decision_50_the_same_wording_is_a_warning(tmp_path: Path) -> None:
    pieces = (action("tell", "details: One."), rule("r", "always"))
    one, two = write_pack(tmp_path, *pieces, name="one"), write_pack(tmp_path, *pieces, name="two")
    (two / "pack.yaml").write_text(pack_text(pieces, "two").replace("Do act", "Do something else"), encoding="utf-8")
    warnings = load([one, two], None, no_bundled_packs()).warnings
    assert [(each.code, each.severity) for each in warnings] == [("same-wording", "warning")]
    assert "`one:tell`" in warnings[0].message


def test_decision_50_within_one_pack_it_is_the_authors_business(tmp_path: Path) -> None:
    twice = section("actions", "again: {do: Do act, cites: [law/duty]}")
    home = write_pack(tmp_path, twice)
    assert load([home], None, no_bundled_packs()).warnings == ()


def test_decision_50_a_variant_twice(tmp_path: Path) -> None:
    form = """
        d:
          - of: child
            reads: is d
            when: always
            to: 2025-12-31
            cites: [law/duty]
            variants: {v: {reads: is v, when: never, cites: [law/duty]}}
          - of: child
            reads: is d
            when: always
            from: 2026-01-01
            cites: [law/duty]
            variants: {v: {reads: is v, when: never, cites: [law/duty]}}
        """
    assert codes(tmp_path, section("definitions", form)) == ["declared-twice"]
