"""Reading a pack's folder: what is wrong in one entry does not hide what is wrong in another."""

from pathlib import Path

from safeguard_rules.packs.files import case_files, read_locality, read_pack
from safeguard_rules.source import Issue
from tests.packs_in_text import definition, rule, write_locality, write_pack


def test_a_sound_pack(tmp_path: Path) -> None:
    issues: list[Issue] = []
    files = read_pack(write_pack(tmp_path, rule("r", "always")), "tiny", issues)
    assert issues == []
    assert files is not None
    assert (files.id, files.kind, files.uses, files.whole) == ("tiny", "pack", (), True)
    assert [part.model.source for part in files.sources] == ["advice", "law", "ours"]
    assert files.main.broken == {}


def test_entries_that_are_wrong_are_left_out_and_named(tmp_path: Path) -> None:
    home = write_pack(tmp_path, rule("r", "always"), definition("d", "always"), definition("e", "always"))
    text = (home / "pack.yaml").read_text(encoding="utf-8").replace("  e:\n    of: child", "  e:\n    off: child")
    (home / "pack.yaml").write_text(text, encoding="utf-8")
    law = (home / "sources" / "law.yaml").read_text(encoding="utf-8").replace("says:", "sais:")
    (home / "sources" / "law.yaml").write_text(law, encoding="utf-8")
    issues: list[Issue] = []
    files = read_pack(home, "tiny", issues)
    assert [(issue.place.text.name, issue.code) for issue in sorted(issues)] == [
        ("tiny/pack.yaml", "unknown-key"),
        ("tiny/sources/law.yaml", "unknown-key"),
    ]
    assert files is not None
    assert files.whole
    assert list(files.main.model.definitions) == ["d"]
    assert files.main.broken["definitions"] == ("e",)
    assert [part.broken for part in files.sources] == [(), ("duty",), ()]


def test_without_a_head_there_is_no_pack(tmp_path: Path) -> None:
    home = write_pack(tmp_path, rule("r", "always"))
    text = (home / "pack.yaml").read_text(encoding="utf-8").replace("version: 0.1.0\n", "")
    (home / "pack.yaml").write_text(text, encoding="utf-8")
    issues: list[Issue] = []
    assert read_pack(home, "tiny", issues) is None
    assert [issue.code for issue in issues] == ["missing-key"]


def test_a_file_that_cannot_be_read_makes_the_pack_less_than_whole(tmp_path: Path) -> None:
    home = write_pack(tmp_path, rule("r", "always"))
    (home / "more.rules.yaml").write_text("language: 1\nrules: [\n", encoding="utf-8")
    issues: list[Issue] = []
    files = read_pack(home, "tiny", issues)
    assert files is not None
    assert not files.whole


def test_files_whose_names_mean_nothing_are_told(tmp_path: Path) -> None:
    home = write_pack(tmp_path, rule("r", "always"))
    for name in ("injury.rule.yaml", "notes.txt", "pack.yml", "r.cases.yaml"):
        (home / name).write_text("language: 1\n", encoding="utf-8")
    issues: list[Issue] = []
    read_pack(home, "tiny", issues)
    assert [(issue.code, issue.place.text.name) for issue in sorted(issues)] == [
        ("stray-file", "tiny/injury.rule.yaml"),
        ("stray-file", "tiny/pack.yml"),
    ]
    assert [file.name for file in case_files(home)] == ["r.cases.yaml"]


def test_a_locality(tmp_path: Path) -> None:
    issues: list[Issue] = []
    files = read_locality(write_locality(tmp_path, "contacts: {}\n"), "here.yaml", issues)
    assert files is not None
    assert (files.id, files.kind, files.uses, files.sources) == ("here", "locality", ("tiny",), ())


def test_places_of_keys_and_values(tmp_path: Path) -> None:
    files = read_pack(write_pack(tmp_path, rule("r", "always")), "tiny", [])
    assert files is not None
    main = files.main
    line = main.place("rules", "r", 0, "when").line
    assert main.value_place("rules", "r", 0, "when").column > main.place("rules", "r").column
    assert main.value_place("rules", "r", 0, "nothing").line < line
    assert main.telling_place("rules", "r") < main.value_place("rules", "r")
    assert main.telling_place("title") == main.place("title")
    assert main.node("rules", "r", "then", 0, "should") is not None
    assert main.node("rules", "r", "then", 5) is None
    assert main.node("nothing", "at", "all") is None
