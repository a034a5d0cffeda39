"""Folders of pages: whole or not at all, and nobody else's."""

from pathlib import Path

import pytest

from safeguard_rules.cli.publishing import LIST, publish
from safeguard_rules.errors import CallError

FILES = {"a.html": b"a", "b/c.html": b"c"}


def contents(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: content for name, content in sorted(found.items()) if name != LIST}


def test_files_are_written_with_their_folders_and_a_list_of_them(tmp_path: Path) -> None:
    publish(FILES, tmp_path / "pages")
    assert contents(tmp_path / "pages") == FILES
    assert (tmp_path / "pages" / LIST).read_text(encoding="utf-8") == "a.html\nb/c.html\n"
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


def test_what_an_earlier_call_wrote_is_replaced_as_a_whole(tmp_path: Path) -> None:
    publish(FILES, tmp_path / "pages")
    publish({"d.html": b"d"}, tmp_path / "pages")
    assert contents(tmp_path / "pages") == {"d.html": b"d"}
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    publish(FILES, tmp_path / "pages")
    assert contents(tmp_path / "pages") == FILES


def test_a_folder_with_anything_else_is_left_as_it_is(tmp_path: Path) -> None:
    publish(FILES, tmp_path / "pages")
    (tmp_path / "pages" / "b" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(CallError, match=r"has `b/mine\.txt`, which these pages did not bring"):
        publish({"d.html": b"d"}, tmp_path / "pages")
    assert contents(tmp_path / "pages") == FILES | {"b/mine.txt": b"mine"}


def test_a_folder_without_our_list_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"somebody's")
    with pytest.raises(CallError, match=r"has `a\.html`"):
        publish(FILES, tmp_path)
    assert (tmp_path / "a.html").read_bytes() == b"somebody's"


@pytest.mark.parametrize(("name", "message"), [("none/pages", "there is no folder"), ("file", "is no folder")])
def test_there_must_be_a_place_for_it(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(CallError, match=message):
        publish(FILES, tmp_path / name)


def test_if_writing_fails_what_was_there_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(FILES, tmp_path / "pages")
    with pytest.raises(OSError, match=r"a\.html"):
        publish({"a.html": b"new", "a.html/b": b"a file cannot be a folder"}, tmp_path / "pages")
    assert contents(tmp_path / "pages") == FILES
    rename = Path.rename

    def fails_once_the_old_is_away(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError("the disk is full")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails_once_the_old_is_away)
    with pytest.raises(OSError, match="the disk is full"):
        publish({"d.html": b"d"}, tmp_path / "pages")
    assert contents(tmp_path / "pages") == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]
