"""Another state of packs: the same from a cache and without one, and never what was before."""

import pickle
import shutil
from pathlib import Path

import pytest

from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import CallError, PackError
from safeguard_rules.interop.choice import OtherPacks
from safeguard_rules.packs import loading

PACKS = Path(__file__).parents[2] / "rulepacks"
RULE = "  safer-sleep-for-every-carer:"


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """A folder with two packs of an earlier state, in which one rule had another name, and a locality."""
    for name in ("guidance", "safe_sleep"):
        shutil.copytree(PACKS / name, tmp_path / "before" / name)
    rename(tmp_path / "before", "old-name")
    area = (PACKS / "localities" / "wiltshire.yaml").read_text(encoding="utf-8")
    (tmp_path / "before" / "wiltshire.yaml").write_text(
        area.replace("version: 0.1.0", "version: 0.0.9"), encoding="utf-8"
    )
    return tmp_path / "before"


def rename(folder: Path, name: str) -> None:
    for file in (folder / "safe_sleep").glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(RULE, f"  {name}:"), encoding="utf-8")


def other(folder: Path, cache: Path | None, locality: str | None = None) -> OtherPacks:
    folders = (folder / "guidance", folder / "safe_sleep")
    return OtherPacks(folders, (folder / "wiltshire.yaml",), locality, (), cache)


def told(rulebook: Rulebook) -> object:
    return rulebook.packs, tuple(rulebook.content.rules), rulebook.content.locality, rulebook.warnings


@pytest.mark.parametrize("locality", [None, "wiltshire", "stoke-on-trent"])
def test_promise_3_the_same_comes_from_a_cache_and_without_one(
    before: Path, tmp_path: Path, locality: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = other(before, None, locality).load()
    assert "safe-sleep:old-name" in plain.content.rules
    first = other(before, tmp_path / "cache", locality).load()
    monkeypatch.setattr(loading, "load_chosen", None)  # nothing is read and checked anew
    kept = pickle.loads(pickle.dumps(other(before, tmp_path / "cache", locality))).load()
    assert told(first) == told(kept) == told(plain)
    areas = {stamp.id: stamp.version for stamp in kept.packs if stamp.id == locality}
    assert (
        areas
        == {None: {}, "wiltshire": {"wiltshire": "0.0.9"}, "stoke-on-trent": {"stoke-on-trent": "0.1.0"}}[locality]
    )


def test_a_locality_that_is_nowhere_is_said_the_same_with_a_cache(before: Path, tmp_path: Path) -> None:
    said = []
    for cache in (None, tmp_path / "cache"):
        with pytest.raises(CallError, match="there is no locality `nowhere`") as found:
            other(before, cache, "nowhere").load()
        said.append(str(found.value))
    assert said[0] == said[1]


def test_a_cache_is_no_answer_for_another_state(before: Path, tmp_path: Path) -> None:
    assert "safe-sleep:old-name" in other(before, tmp_path / "cache").load().content.rules
    shutil.copytree(PACKS / "safe_sleep", before / "safe_sleep", dirs_exist_ok=True)
    rename(before, "newer-name")
    rules = other(before, tmp_path / "cache").load().content.rules
    assert "safe-sleep:newer-name" in rules
    assert "safe-sleep:old-name" not in rules
    assert (
        "safe-sleep:safer-sleep-for-every-carer"
        in Rulebook.load(["safe-sleep"], cache=tmp_path / "cache").content.rules
    )


@pytest.mark.parametrize("wrong", ["uses: [guidance, nowhere]\n", "colour: red\n", "pack: twice\n"])
def test_what_is_wrong_is_said_the_same_with_a_cache(before: Path, tmp_path: Path, wrong: str) -> None:
    main = before / "safe_sleep" / "pack.yaml"
    main.write_text(main.read_text(encoding="utf-8") + wrong, encoding="utf-8")
    said = []
    for cache in (None, tmp_path / "cache"):
        with pytest.raises(PackError) as found:
            other(before, cache).load()
        said.append(str(found.value))
    assert said[0] == said[1]
    assert not (tmp_path / "cache").exists()
