"""Copies of folders in memory: they read as what they were made from, and stay so."""

from pathlib import Path

import pytest

from safeguard_rules.packs.copies import FileCopy, FolderCopy, copied, files_in
from safeguard_rules.packs.files import case_files, read_pack
from safeguard_rules.reading.sizes import LARGEST_FILE
from safeguard_rules.source import Issue
from tests.packs_in_text import rule, write_pack


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = write_pack(tmp_path, rule("r", "always"))
    (home / "b.cases.yaml").write_text("cases: []\n")
    (home / "stray.yml").write_text("x: 1\n")
    (home / "notes.txt").write_text("not read\n")
    (home / "other").mkdir()
    (home / "other" / "far.yaml").write_text("x: 1\n")
    return home


def test_a_copy_holds_what_packs_are_read_from(home: Path) -> None:
    copy = copied(home)
    assert [path for path, _ in files_in(copy)] == [
        "b.cases.yaml",
        "pack.yaml",
        "sources/advice.yaml",
        "sources/law.yaml",
        "sources/ours.yaml",
        "stray.yml",
    ]
    assert copy.name == "tiny"
    assert copy.joinpath("pack.yaml").read_text() == (home / "pack.yaml").read_text()
    assert copy.joinpath("sources", "law.yaml").read_bytes() == (home / "sources" / "law.yaml").read_bytes()


def test_a_pack_reads_the_same_from_its_copy_and_after_it_is_gone(home: Path) -> None:
    issues: list[list[Issue]] = [[], [], []]
    there = read_pack(home, "tiny", issues[0])
    copy = copied(home)
    assert read_pack(copy, "tiny", issues[1]) == there
    cases = [file.name for file in case_files(home)]
    (home / "pack.yaml").unlink()
    assert read_pack(copy, "tiny", issues[2]) == there
    assert issues[0] == issues[1] == issues[2] != []
    assert [file.name for file in case_files(copy)] == cases == ["b.cases.yaml"]


def test_what_is_not_there_is_missed_as_in_a_folder(home: Path) -> None:
    (home / "pack.yaml").unlink()
    told: list[list[Issue]] = [[], []]
    assert read_pack(home, "tiny", told[0]) is None
    assert read_pack(copied(home), "tiny", told[1]) is None
    assert told[0] == told[1] != []
    missing = copied(home).joinpath("no.yaml")
    assert not missing.is_file()
    assert not missing.is_dir()
    with pytest.raises(FileNotFoundError):
        missing.read_bytes()
    with pytest.raises(FileNotFoundError):
        missing.joinpath("below").read_text()


def test_a_file_that_cannot_be_read_is_told_when_it_is_read() -> None:
    file = FileCopy("pack.yaml", PermissionError())
    folder = FolderCopy("tiny", {"pack.yaml": file})
    issues: list[Issue] = []
    assert read_pack(folder, "tiny", issues) is None
    assert [issue.code for issue in issues] == ["file-not-readable"]


def test_no_more_is_kept_than_a_reader_takes(tmp_path: Path) -> None:
    (tmp_path / "large.yaml").write_bytes(b"#" * (LARGEST_FILE + 10))
    copy = copied(tmp_path / "large.yaml")
    assert isinstance(copy, FileCopy)
    assert len(copy.read_bytes()) == LARGEST_FILE + 1


def test_folders_are_no_files_and_files_no_folders(home: Path) -> None:
    folder = copied(home)
    file = folder.joinpath("pack.yaml")
    assert (folder.is_dir(), folder.is_file(), file.is_dir(), file.is_file()) == (True, False, False, True)
    assert list(file.iterdir()) == []
    for read in (folder.open, folder.read_bytes, folder.read_text):
        with pytest.raises(IsADirectoryError):
            read()
    with file.open() as text:
        assert text.read().startswith("language: 1")
