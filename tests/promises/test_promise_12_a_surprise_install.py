"""Promise 12: what is installed and not named is listed by its metadata, not imported, and changes nothing."""

import sys
from pathlib import Path

import pytest

from safeguard_rules import Case, Rulebook
from safeguard_rules.errors import PackError
from safeguard_rules.packs.hookspecs import PROJECT
from safeguard_rules.packs.plugins import BUNDLED, activate, installed

PLUGIN = """
raise SystemExit("a plug-in that nobody named was imported")
"""


@pytest.fixture
def surprise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A distribution that offers packs under our group, and cannot be imported unnoticed."""
    (tmp_path / "surprise_rules.py").write_text(PLUGIN, encoding="utf-8")
    info = tmp_path / "surprise_rules-9.9.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: surprise-rules\nVersion: 9.9\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[{PROJECT}]\nsurprise = surprise_rules\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return "surprise"


def told() -> str:
    return Rulebook.load().evaluate(Case.from_yaml("{child: {id: baby}}"), as_of="2026-03-02").to_json()


def test_promise_12_the_bytes_stay_the_same(request: pytest.FixtureRequest) -> None:
    before = told()
    name = request.getfixturevalue("surprise")
    assert name in {each.name for each in installed()}
    assert told() == before
    assert "surprise_rules" not in sys.modules


def test_promise_12_the_bundled_packs_are_the_default(surprise: str) -> None:
    plugins = activate()
    assert plugins.stamps == ()
    assert {plugin for plugin, _ in plugins.packs} == {BUNDLED}
    assert surprise not in {plugin for plugin, _ in plugins.localities}


def test_promise_12_naming_it_imports_it(surprise: str) -> None:
    with pytest.raises(SystemExit):
        activate([surprise])


def test_promise_12_two_packs_of_one_name_are_told_and_not_chosen_between(tmp_path: Path) -> None:
    folder = tmp_path / "guidance"
    folder.mkdir()
    text = "language: 1\npack: guidance\ntitle: Not ours\nversion: 9.9.9\nstatus: draft\n"
    (folder / "pack.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PackError, match="the pack `guidance` is there twice"):
        Rulebook.load([folder])
