"""`new`: skeletons that check at once, beside what is there, all of it or nothing."""

from pathlib import Path

import pytest

from tests.cli.calling import Caller


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def commands(told: str) -> list[list[str]]:
    """The commands that are told as the next ones."""
    lines = [line.split(". ", 1)[1] for line in told.splitlines() if line.startswith("  ")]
    return [line.split()[1:] for line in lines if line.startswith("safeguard-rules ")]


@pytest.mark.parametrize(
    "words",
    [
        ("pack", "mine"),
        ("pack", "mine", "--title", "Mine: all of it", "-o", "packs/mine"),
        ("locality", "exampleshire"),
        ("locality", "exampleshire", "--title", "The County of Example", "-o", "areas"),
    ],
)
def test_what_it_says_is_next_works_at_once(call: Caller, words: tuple[str, ...]) -> None:
    answer = call("new", *words)
    assert (answer.code, answer.err) == (0, "")
    assert [each[0] for each in commands(answer.out)] == ["check", "test"]
    for each in commands(answer.out):
        assert call(*each).code == 0


def test_a_rule_and_a_source_come_into_a_pack_without_touching_the_rest(call: Caller, here: Path) -> None:
    call("new", "pack", "mine")
    before = tree(here)
    for words in (("rule", "mine", "second"), ("source", "mine", "a.policy-2026")):
        answer = call("new", *words)
        assert answer.code == 0
        assert [call(*each).code for each in commands(answer.out)] == [0, 0]
    after = tree(here)
    assert {name: after[name] for name in before} == before
    assert sorted(after.keys() - before.keys()) == [
        "mine/second.cases.yaml",
        "mine/second.rules.yaml",
        "mine/sources/a.policy-2026.yaml",
        "mine/sources/second-placeholder.yaml",
    ]


def test_a_rule_may_cite_what_is_there(call: Caller, here: Path) -> None:
    call("new", "pack", "mine")
    answer = call("new", "rule", "mine", "second", "--cites", "example-placeholder/placeholder")
    assert answer.code == 0
    assert "cites: [example-placeholder/placeholder]" in (here / "mine" / "second.rules.yaml").read_text()
    assert not (here / "mine" / "sources" / "second-placeholder.yaml").exists()


def test_what_it_writes_is_the_same_every_time(call: Caller, here: Path) -> None:
    call("new", "pack", "mine", "-o", "one")
    call("new", "pack", "mine", "-o", "two")
    assert tree(here / "one") == tree(here / "two")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("pack", "Mine"), 2, "`Mine` cannot be a name; use small letters, digits, `-` or `_`, starting with a letter"),
        (("pack", "mine"), 2, "the folder `mine` is not empty; nothing was written"),
        (("pack", "safe-sleep"), 2, "there is a bundled pack `safe-sleep` already; nothing was written"),
        (("pack", "other", "--title", " "), 2, "--title: expected a name for people, got nothing"),
        (("rule", "none", "second"), 2, "there is no pack in `none`: no `pack.yaml`"),
        (("rule", "mine", "example"), 2, "`mine` has `example` among its rules already; nothing was written"),
        (("rule", "mine", "a b"), 2, "`a b` cannot be a name"),
        (("source", "mine", "example-placeholder"), 2, "`mine` has a source `example-placeholder` already"),
        (("source", "mine", "-x"), 2, "No such option"),
        (("source", "mine", "A"), 2, "`A` cannot be an id; use small letters, digits, `-`, `_` and `.`"),
        (("locality", "wiltshire"), 2, "there is a bundled locality `wiltshire` already; nothing was written"),
        (("rule", "mine", "second", "--cites", "nothing/here"), 4, "there is no source `nothing`"),
    ],
)
def test_what_is_refused_leaves_everything_as_it_was(
    call: Caller, here: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    call("new", "pack", "mine")
    before = tree(here)
    answer = call("new", *words)
    assert answer.code == code
    assert said in answer.err
    assert tree(here) == before


def test_a_file_that_is_there_is_not_written_over(call: Caller, here: Path) -> None:
    call("new", "pack", "mine")
    (here / "mine" / "second.cases.yaml").write_text("language: 1\n")
    before = tree(here)
    answer = call("new", "rule", "mine", "second")
    assert answer.err == "error: there is a file `mine/second.cases.yaml` already; nothing was written\n"
    assert tree(here) == before


def test_a_pack_that_is_wrong_is_mended_first(call: Caller, here: Path) -> None:
    call("new", "pack", "mine")
    main = here / "mine" / "pack.yaml"
    main.write_text(main.read_text().replace("title:", "titel:"))
    before = tree(here)
    answer = call("new", "rule", "mine", "second")
    assert answer.code == 4
    assert "unknown key `titel`" in answer.err
    assert tree(here) == before


def test_what_the_files_would_break_is_told_and_taken_back(call: Caller, here: Path) -> None:
    call("new", "pack", "mine")
    main = here / "mine" / "pack.yaml"
    main.write_text(main.read_text().replace("uses: [guidance]", "uses: [guidence]"))
    before = tree(here)
    answer = call("new", "source", "mine", "policy")
    assert answer.err.startswith("nothing was written, for there would be errors:\n")
    assert "did you mean `guidance`?" in answer.err
    assert tree(here) == before


def test_folders_that_were_made_for_nothing_are_taken_away(call: Caller, here: Path) -> None:
    (here / "exampleshire-sources").mkdir()
    (here / "exampleshire-sources" / "stray.yaml").write_text("a: b\n")
    answer = call("new", "locality", "exampleshire")
    assert answer.code == 4
    assert sorted(tree(here)) == ["exampleshire-sources/stray.yaml"]
    assert not (here / "exampleshire-sources" / "sources").exists()
