"""Entries in a folder: any damage is seen, nobody else's are read, and nothing that goes wrong is an error."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from safeguard_rules.packs.cache.store import FOLDER, LARGEST_ENTRY, Store

MADE_FROM = {"engine": "1.0", "packs": "0" * 64}
PAYLOAD = b'{"tables":{},"rulebook":["caf\xc3\xa9"]}'


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    store.write("one", MADE_FROM, PAYLOAD)
    return store


def file_of(folder: Path) -> Path:
    return folder / FOLDER / "one.json"


def test_what_was_kept_is_found(store: Store) -> None:
    assert store.read("one", MADE_FROM) == PAYLOAD
    assert store.read("two", MADE_FROM) is None


def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    assert Store(tmp_path / "none").read("one", MADE_FROM) is None
    assert list(tmp_path.iterdir()) == []


def test_every_byte_counts(store: Store, tmp_path: Path) -> None:
    file = file_of(tmp_path)
    right = file.read_bytes()
    believed = []
    for position, byte in enumerate(right):
        file.write_bytes(right[:position] + bytes([byte ^ 1]) + right[position + 1 :])
        if store.read("one", MADE_FROM) is not None:
            believed.append(position)
    assert believed == []
    file.write_bytes(right)
    assert store.read("one", MADE_FROM) == PAYLOAD


def test_a_part_of_an_entry_is_none(store: Store, tmp_path: Path) -> None:
    file = file_of(tmp_path)
    right = file.read_bytes()
    for length in range(len(right)):
        file.write_bytes(right[:length])
        assert store.read("one", MADE_FROM) is None
    for more in (right + b"\n", right + right):
        file.write_bytes(more)
        assert store.read("one", MADE_FROM) is None


@pytest.mark.parametrize("changed", [{"engine": "1.1"}, {"packs": "1" * 64}, {"python": "cpython 3.13"}])
def test_what_was_made_from_anything_else_is_none(store: Store, changed: dict[str, str]) -> None:
    assert store.read("one", {**MADE_FROM, **changed}) is None


def test_what_is_new_takes_the_place_of_what_is_old(store: Store, tmp_path: Path) -> None:
    store.write("one", {**MADE_FROM, "engine": "2.0"}, b"new")
    assert store.read("one", MADE_FROM) is None
    assert store.read("one", {**MADE_FROM, "engine": "2.0"}) == b"new"
    assert [each.name for each in (tmp_path / FOLDER).iterdir()] == ["one.json"]


def test_an_entry_of_any_size_but_a_huge_one_is_read(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert file_of(tmp_path).stat().st_size < LARGEST_ENTRY
    monkeypatch.setattr("safeguard_rules.packs.cache.store.LARGEST_ENTRY", file_of(tmp_path).stat().st_size - 1)
    assert store.read("one", MADE_FROM) is None


def _of_folder(folder: Path) -> None:
    (folder / FOLDER).chmod(0o777)


def _of_file(folder: Path) -> None:
    file_of(folder).chmod(0o666)


@pytest.mark.parametrize("open_up", [_of_folder, _of_file])
def test_what_others_could_have_written_is_not_read(
    open_up: Callable[[Path], None], store: Store, tmp_path: Path
) -> None:
    open_up(tmp_path)
    if hasattr(os, "geteuid"):
        assert store.read("one", MADE_FROM) is None
    else:
        assert store.read("one", MADE_FROM) == PAYLOAD


def test_a_folder_of_somebody_else_is_not_used(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: (tmp_path / FOLDER).stat().st_uid, raising=False)
    assert store.read("one", MADE_FROM) == PAYLOAD
    os_stat = (tmp_path / FOLDER).stat()
    if os_stat.st_uid == 0:  # what the one who runs the machine wrote is read by everybody
        monkeypatch.setattr(os, "geteuid", lambda: 4321, raising=False)
        assert store.read("one", MADE_FROM) == PAYLOAD
        os.chown(tmp_path / FOLDER, 1234, -1)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: os_stat.st_uid + 1, raising=False)
    before = file_of(tmp_path).read_bytes()
    assert store.read("one", MADE_FROM) is None
    store.write("one", MADE_FROM, b"other")
    assert file_of(tmp_path).read_bytes() == before


def test_only_its_owner_can_look_into_the_folder(store: Store, tmp_path: Path) -> None:
    assert store.read("one", MADE_FROM) == PAYLOAD
    if hasattr(os, "geteuid"):
        assert (tmp_path / FOLDER).stat().st_mode & 0o777 == 0o700
        assert file_of(tmp_path).stat().st_mode & 0o777 == 0o600


def test_a_write_that_breaks_off_leaves_what_was_there_and_nothing_else(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    store.write("one", MADE_FROM, b"new")
    assert store.read("one", MADE_FROM) == PAYLOAD
    assert [each.name for each in (tmp_path / FOLDER).iterdir()] == ["one.json"]


def test_a_folder_where_the_entry_should_be_is_no_error(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(mode=0o700)
    file_of(tmp_path).mkdir()
    store = Store(tmp_path)
    store.write("one", MADE_FROM, PAYLOAD)
    assert store.read("one", MADE_FROM) is None
    assert [each.name for each in (tmp_path / FOLDER).iterdir()] == ["one.json"]
