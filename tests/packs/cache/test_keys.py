"""What makes an entry this one and no other: files by their paths, what was asked for, facts, and the library."""

from dataclasses import replace
from pathlib import Path

import pytest

from safeguard_rules import CallError
from safeguard_rules.packs.cache import keys
from safeguard_rules.packs.copies import FileCopy
from safeguard_rules.packs.plugins import PluginStamp
from safeguard_rules.packs.whereabouts import CopyingFinder
from safeguard_rules.vocabulary.facts import Vocabulary
from tests.packs_in_text import no_bundled_packs, rule, write_locality, write_pack

STANDARD = Vocabulary.standard()
PLAIN = no_bundled_packs()


def source(home: Path, locality: Path | None = None) -> str | None:
    return keys.source_of([home], locality, PLAIN, STANDARD, CopyingFinder())


def test_the_source_is_that_of_the_files_and_not_of_where_they_lie(tmp_path: Path) -> None:
    homes = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        homes.append(write_pack(tmp_path / folder, rule("r", "always")))
    assert source(homes[0]) == source(homes[1]) is not None


def test_each_file_counts_with_its_path(tmp_path: Path) -> None:
    home = write_pack(tmp_path, rule("r", "always"))
    digests = [source(home)]
    (home / "sources" / "law.yaml").rename(home / "sources" / "laws.yaml")
    digests.append(source(home))
    (home / "a.rules.yaml").write_text("language: 1\n")
    digests.append(source(home))
    (home / "a.rules.yaml").rename(home / "b.rules.yaml")
    digests.append(source(home))
    (home / "b.rules.yaml").write_text("language: 1 \n")
    digests.append(source(home))
    digests.append(source(home, write_locality(tmp_path, "contacts: {}\n")))
    (home / "notes.txt").write_text("not read")
    assert source(home) == digests[4]
    assert len(set(digests)) == len(digests) == 6


def test_what_was_asked_for_counts(tmp_path: Path) -> None:
    home = write_pack(tmp_path, rule("r", "always"))
    given = replace(PLAIN, packs=(("tests", home),))
    found = [
        keys.source_of(packs, None, given, STANDARD, CopyingFinder())
        for packs in (None, ["tiny"], [home], ["other"], [])
    ]
    assert len(set(found)) == len(found)


def test_plug_ins_count_with_their_files(tmp_path: Path) -> None:
    home = write_pack(tmp_path, rule("r", "always"))
    stamps = [(), (PluginStamp("a", "a", "1", "sha256:1", True),), (PluginStamp("a", "a", "1", "sha256:2", True),)]
    found = [keys.source_of([home], None, replace(PLAIN, stamps=stamp), STANDARD, CopyingFinder()) for stamp in stamps]
    assert len(set(found)) == len(found)


def test_a_file_that_cannot_be_read_has_no_source(tmp_path: Path) -> None:
    home = write_pack(tmp_path, rule("r", "always"))
    finder = CopyingFinder()
    copy = finder.found(home).copy
    assert copy is not None
    copy.entries["b.rules.yaml"] = FileCopy("b.rules.yaml", PermissionError())  # type: ignore[attr-defined]
    assert keys.source_of([home], None, PLAIN, STANDARD, finder) is None


def test_what_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="there is no folder"):
        source(tmp_path / "none")


def test_a_name_is_that_of_what_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = [
        keys.name_of([tmp_path / "a"], None, PLAIN, "1"),
        keys.name_of([tmp_path / "b"], None, PLAIN, "1"),
        keys.name_of(["a"], None, PLAIN, "1"),
        keys.name_of(None, None, PLAIN, "1"),
        keys.name_of(None, "here", PLAIN, "1"),
        keys.name_of(None, tmp_path / "here.yaml", PLAIN, "1"),
        keys.name_of(None, None, PLAIN, "2"),
    ]
    assert len(set(names)) == len(names)
    assert keys.name_of(["./a"], None, PLAIN, "1") == names[0]


def test_the_library_is_known_by_its_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "made"
    (package / "packs").mkdir(parents=True)
    (package / "engine").mkdir()
    for name in ("source.py", "packs/loading.py", "engine/walking.py"):
        (package / name).write_text("x = 1\n")
    monkeypatch.setattr("importlib.resources.files", lambda _: package)
    before = keys.library()
    (package / "engine" / "walking.py").write_text("x = 2\n")
    assert keys.library() == before
    (package / "packs" / "loading.py").write_text("x = 2\n")
    assert keys.library()["source"] != before["source"]
    assert {name for name, value in keys.library().items() if value != before[name]} == {"source"}


def test_every_room_that_reads_packs_counts() -> None:
    below = Path(keys.__file__).parents[2]
    for room in keys.ROOMS:
        assert (below / room).is_dir() or (below / f"{room}.py").is_file()
