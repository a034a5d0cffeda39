"""Which packs and which locality are read."""

from dataclasses import replace
from pathlib import Path

import pytest

from safeguard_rules.errors import CallError, PackError
from safeguard_rules.packs.choosing import choose, closure
from safeguard_rules.packs.loading import load
from safeguard_rules.packs.plugins import Plugins
from safeguard_rules.packs.whereabouts import locality_ids, shown_name
from tests.packs_in_text import no_bundled_packs, pack_text, write_locality, write_pack


def homes(folder: Path, uses: dict[str, str]) -> list[Path]:
    found = []
    for name, used in uses.items():
        home = write_pack(folder, name=name)
        (home / "pack.yaml").write_text(pack_text((), name) + (f"uses: [{used}]\n" if used else ""), encoding="utf-8")
        found.append(home)
    return found


def given(*folders: Path) -> Plugins:
    return replace(no_bundled_packs(), packs=tuple(("tests", folder) for folder in folders))


def test_a_pack_comes_with_all_that_it_uses(tmp_path: Path) -> None:
    plugins = given(*homes(tmp_path, {"a": "b", "b": "c", "c": "", "d": ""}))
    assert [files.id for files, _ in choose(["a"], None, plugins).packs] == ["a", "b", "c"]
    assert [files.id for files, _ in choose(None, None, plugins).packs] == ["a", "b", "c", "d"]
    assert tuple(choose(["d"], None, plugins).readable) == ("a", "b", "c", "d")


def test_a_folder_may_use_what_plug_ins_give(tmp_path: Path) -> None:
    mine, used = homes(tmp_path, {"mine": "used", "used": ""})
    assert [files.id for files, _ in choose([mine], None, given(used)).packs] == ["mine", "used"]


def test_what_a_locality_uses_beside_the_rulebook_is_in_the_background(tmp_path: Path) -> None:
    one, two = homes(tmp_path, {"tiny": "", "two": ""})
    file = write_locality(tmp_path, "contacts: {}\n")
    file.write_text(file.read_text(encoding="utf-8").replace("[tiny]", "[tiny, two]"), encoding="utf-8")
    chosen = choose(["tiny"], file, given(one, two))
    assert [files.id for files in chosen.background] == ["two"]
    assert chosen.areas == ("here",)


def test_calls_for_what_is_not_there(tmp_path: Path) -> None:
    plugins = given(*homes(tmp_path, {"tiny": ""}))
    with pytest.raises(CallError, match=r"there is no pack `tinny`; did you mean `tiny`\?"):
        choose(["tinny"], None, plugins)
    with pytest.raises(CallError, match="there is no locality `nowhere`"):
        choose(None, "nowhere", plugins)
    with pytest.raises(CallError, match=r"there is no file `nowhere\.yaml`"):
        choose(None, "nowhere.yaml", plugins)


def test_a_locality_is_called_as_its_file(tmp_path: Path) -> None:
    file = write_locality(tmp_path, "contacts: {}\n").rename(tmp_path / "elsewhere.yaml")
    plugins = replace(given(write_pack(tmp_path)), localities=(("tests", file),))
    assert locality_ids(plugins) == ("elsewhere",)
    with pytest.raises(PackError) as raised:
        load(None, "elsewhere", plugins)
    assert [issue.code for issue in raised.value.issues] == ["locality-misnamed"]
    twice = replace(plugins, localities=(("one", file), ("two", file)))
    with pytest.raises(CallError, match="more than one plug-in gives the locality `elsewhere`"):
        load(None, "elsewhere", twice)


def test_the_closure_of_unknown_packs_is_empty() -> None:
    assert closure(["nothing"], {}) == ()


def test_names_in_messages_are_relative_to_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = write_pack(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert shown_name(home) == "tiny"
    assert shown_name(Path("tiny")) == "tiny"
    monkeypatch.chdir(home)
    assert shown_name(Path()) == "."
    assert [part.root.place.text.name for part in choose([Path()], None, given()).packs[0][0].parts] == ["pack.yaml"]
