"""Decision 56: what YAML offers and nobody needs is refused, at its place, in packs as in cases."""

from pathlib import Path

import pytest

from safeguard_rules import Case
from safeguard_rules.errors import CaseError, PackError
from safeguard_rules.packs.loading import load
from tests.packs_in_text import no_bundled_packs, rule, write_pack

TRAPS = {
    "anchor": ("about: &x text\n", "anchor"),
    "alias": ("about: *x\n", "alias"),
    "tag": ("about: !!str text\n", "tag"),
    "bare tag": ("about: ! text\n", "tag"),
    "merge key": ("<<: {about: text}\n", "merge-key"),
    "second document": ("---\nabout: text\n", "second-document"),
    "empty value": ("about:\n", "empty-value"),
    "a key that is a list": ("? [about]\n: text\n", "explicit-key"),
    "double key": ("title: Another\n", "double-key"),
    "depth": ("about: " + "[" * 45 + "]" * 45 + "\n", "too-deep"),
}


def _id(read: Case) -> str | None:
    return read.child.id if read.child is not None else None


@pytest.mark.parametrize(("text", "code"), TRAPS.values(), ids=TRAPS)
def test_decision_56_in_a_pack(text: str, code: str, tmp_path: Path) -> None:
    home = write_pack(tmp_path, rule("r", "always"))
    before = (home / "pack.yaml").read_text(encoding="utf-8")
    (home / "pack.yaml").write_text(before + text, encoding="utf-8")
    with pytest.raises(PackError) as raised:
        load([home], None, no_bundled_packs())
    first = min(issue for issue in raised.value.issues if issue.code == code)
    assert first.place.line == before.count("\n") + 1


@pytest.mark.parametrize(("text", "code"), TRAPS.values(), ids=TRAPS)
def test_decision_56_in_a_case(text: str, code: str) -> None:
    with pytest.raises(CaseError) as raised:
        Case.from_yaml("child: {id: baby}\ntitle: One\n" + text)
    assert code in {issue.code for issue in raised.value.issues}


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "---\n"])
def test_decision_56_an_empty_file(text: str) -> None:
    with pytest.raises(CaseError) as raised:
        Case.from_yaml(text)
    assert len(raised.value.issues) == 1


@pytest.mark.parametrize(("directive", "refused"), [("%YAML 1.2", False), ("%YAML 1.1", True), ("%TAG ! x:", True)])
def test_decision_56_directives(directive: str, refused: bool) -> None:
    text = f"{directive}\n---\nchild: {{id: baby}}\n"
    if not refused:
        assert _id(Case.from_yaml(text)) == "baby"
        return
    with pytest.raises(CaseError) as raised:
        Case.from_yaml(text)
    assert "directive" in {issue.code for issue in raised.value.issues}
