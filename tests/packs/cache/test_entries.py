"""What is kept of a rulebook, read back: the same or nothing, whoever wrote it."""

import ast
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from safeguard_rules.packs import cache as package
from safeguard_rules.packs.cache.entries import Kept, Texts, read, written
from safeguard_rules.packs.copies import FileCopy, FolderCopy
from safeguard_rules.packs.opening import open_packs
from safeguard_rules.packs.whereabouts import CopyingFinder, Found
from safeguard_rules.source import Issue, Place, Text
from safeguard_rules.vocabulary.facts import Vocabulary
from tests.packs_in_text import action, definition, no_bundled_packs, parameter, rule, write_pack

VOCABULARY = Vocabulary.standard()
PIECES = (
    parameter("young", "5 months"),
    definition("d", "{child.age: {less_than: young}}"),
    action("ring", "repeat: each contact"),
    rule("r", "{all: [d, {some: {of: injury, where: {injury.kind: bruise}}}]}", "{must: ring}", "from: 2026-01-01"),
)
WRONG: tuple[Any, ...] = (None, True, -1, 10**6, 0.5, "", "x", [], [[]], {}, [0], [99, []])


@pytest.fixture(scope="module")
def entry(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, CopyingFinder, Kept]:
    """An entry of a tiny pack, with what it was read from."""
    home = write_pack(tmp_path_factory.mktemp("tiny"), *PIECES)
    loaded = open_packs([home], None, no_bundled_packs())
    finder = CopyingFinder()
    finder.found(home)
    kept = Kept(loaded.content, loaded.unwaived, loaded.warnings, loaded.origin.stamped)
    payload = written(kept, Texts(finder.kept), VOCABULARY)
    assert payload is not None
    return payload, finder, kept


def test_an_entry_is_read_back(entry: tuple[bytes, CopyingFinder, Kept]) -> None:
    payload, finder, kept = entry
    again = read(payload, Texts(finder.kept), VOCABULARY)
    assert again == kept
    assert repr(again) == repr(kept)


def test_the_same_is_written_again(entry: tuple[bytes, CopyingFinder, Kept]) -> None:
    payload, finder, _ = entry
    again = read(payload, Texts(finder.kept), VOCABULARY)
    assert again is not None
    assert written(again, Texts(finder.kept), VOCABULARY) == payload


def places(tree: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all values in JSON."""
    yield at
    steps = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, value in steps:
        yield from places(value, (*at, step))


def replaced(tree: Any, at: tuple[Any, ...], value: Any) -> Any:
    """JSON with another value at a path."""
    if not at:
        return value
    if isinstance(tree, dict):
        return {key: replaced(each, at[1:], value) if key == at[0] else each for key, each in tree.items()}
    return [replaced(each, at[1:], value) if i == at[0] else each for i, each in enumerate(tree)]


def test_a_forged_entry_makes_a_rulebook_or_nothing(entry: tuple[bytes, CopyingFinder, Kept]) -> None:
    payload, finder, kept = entry
    tree = [json.loads(line) for line in payload.split(b"\n")]
    texts = Texts(finder.kept)
    paths = [*places(tree)]
    refused = 0
    for number, at in enumerate(paths):
        wrong = WRONG[number % len(WRONG)]
        forged = replaced(tree, at, wrong)
        lines = forged if isinstance(forged, list) else [forged]
        found = read(b"\n".join(json.dumps(line).encode() for line in lines), texts, VOCABULARY)
        refused += found is None
        assert found is None or type(found) is Kept
        if found is not None:
            repr(found)
            assert {type(each) for each in found.content.rules.values()} <= {type(kept.content.rules["tiny:r"])}
    assert len(paths) > 200
    assert refused > len(paths) // 2


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff",
        b"null",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"statements": [], "facts": [], "rulebook": []}',
        b"1e999",
        b"NaN",
    ],
    ids=lambda payload: repr(payload[:12]),
)
def test_anything_else_is_nothing(payload: bytes, entry: tuple[bytes, CopyingFinder, Kept]) -> None:
    assert read(payload, Texts(entry[1].kept), VOCABULARY) is None


def found_files(*names: str, shown: str = "tiny") -> Found:
    files = {name: FileCopy(name, f"# {name}\n".encode()) for name in names}
    return Found(Path(shown), shown, None, FolderCopy(shown, files))


def test_texts_have_numbers_by_their_place() -> None:
    texts = Texts([found_files("b.yaml", "a.yaml"), found_files("c.yaml", shown=".")])
    assert [texts.text(number).name for number in range(3)] == ["tiny/a.yaml", "tiny/b.yaml", "c.yaml"]
    assert texts.number(Text("tiny/b.yaml", "# b.yaml\n")) == 1
    for wrong in (-1, 3, True, "0", None):
        with pytest.raises(ValueError, match="a file"):
            texts.text(wrong)
    for other in (Text("tiny/b.yaml", "# other\n"), Text("b.yaml", "# b.yaml\n"), None):
        with pytest.raises(ValueError, match="a text of another file"):
            texts.number(other)


def test_two_files_that_are_called_the_same_are_not_kept(entry: tuple[bytes, CopyingFinder, Kept]) -> None:
    _, finder, kept = entry
    assert written(kept, Texts([*finder.kept, *finder.kept]), VOCABULARY) is None


def test_a_place_in_no_file_is_not_kept(entry: tuple[bytes, CopyingFinder, Kept]) -> None:
    _, finder, kept = entry
    issue = Issue(Place(Text("elsewhere.yaml", "x"), 1, 1), "a-code", "a message", severity="warning")
    assert written(replace(kept, warnings=(issue,)), Texts(finder.kept), VOCABULARY) is None
    assert written(kept, Texts([]), VOCABULARY) is None


@cache
def sources() -> tuple[ast.Module, ...]:
    folder = Path(package.__file__).parent
    return tuple(ast.parse(file.read_text(encoding="utf-8")) for file in folder.glob("*.py"))


def test_entries_are_data_and_never_code() -> None:
    names = {
        alias.name
        for tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    called = {node.id for tree in sources() for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert not names & {"pickle", "marshal", "shelve", "dill", "yaml", "importlib"}
    assert not called & {"eval", "exec", "compile", "__import__"}
