"""Files to texts, and texts to nodes by the ending of their name."""

import zipfile
from pathlib import Path

import pytest

from safeguard_rules.reading.files import read_node, read_text
from safeguard_rules.reading.sizes import LARGEST_FILE
from safeguard_rules.source import Issue, Text, draw


def written(folder: Path, found: bytes) -> Path:
    path = folder / "case.yaml"
    path.write_bytes(found)
    return path


def test_a_file_is_read_as_utf8_without_a_byte_order_mark(tmp_path: Path) -> None:
    issues: list[Issue] = []
    text = read_text(written(tmp_path, "\ufeffa: é\r\n".encode()), issues, "case.yaml")

    assert issues == []
    assert text == Text("case.yaml", "a: é\r\n")


def test_the_name_shown_is_the_path_with_forward_slashes(tmp_path: Path) -> None:
    text = read_text(written(tmp_path, b"a: b"), [])

    assert text is not None
    assert text.name == (tmp_path / "case.yaml").as_posix()


def test_a_file_inside_a_zip_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "packs.zip", "w") as archive:
        archive.writestr("x/pack.yaml", "a: b")
    with zipfile.ZipFile(tmp_path / "packs.zip") as archive:
        text = read_text(zipfile.Path(archive, "x/pack.yaml"), [], "x/pack.yaml")

    assert text == Text("x/pack.yaml", "a: b")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            b"a: b\nc\xe9: d\n",
            "f.yaml:2:2: the text is not in UTF-8 from here on\n  2 | c\ufffd: d\n    |  ^\n"
            "  help: save the file with the encoding UTF-8",
        ),
        (
            "a: b".encode("utf-16"),
            "f.yaml:1:1: the text is not in UTF-8 from here on\n"
            "  1 | \ufffd\ufffda\ufffd:\ufffd \ufffdb\ufffd\n    | ^\n"
            "  help: save the file with the encoding UTF-8",
        ),
        (
            b"a" * (LARGEST_FILE + 1),
            "f.yaml: the file is larger than 1,000,000 bytes\n  help: split it into several files",
        ),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, found: bytes, expected: str) -> None:
    issues: list[Issue] = []

    assert read_text(written(tmp_path, found), issues, "f.yaml") is None
    assert draw(issues) == expected


def test_a_file_of_just_the_largest_size_is_read(tmp_path: Path) -> None:
    assert read_text(written(tmp_path, b"#" * LARGEST_FILE), []) is not None


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    issues: list[Issue] = []

    assert read_text(tmp_path / "absent.yaml", issues, "absent.yaml") is None
    assert read_text(tmp_path, issues, "folder") is None
    assert [issue.code for issue in issues] == ["no-such-file", "file-not-readable"]


@pytest.mark.parametrize(
    ("name", "content", "codes"),
    [
        ("a.yaml", "a: b", []),
        ("a.YML", "a: b", []),
        ("a.json", '{"a":\t1}', []),
        ("a.json", "a: b", ["not-json"]),
        ("a.yaml", '{"a":\t1}', ["tab"]),
        ("a.txt", "a: b", ["unknown-file-type"]),
        ("a", "a: b", ["unknown-file-type"]),
    ],
)
def test_the_ending_of_the_name_says_what_it_is(name: str, content: str, codes: list[str]) -> None:
    issues: list[Issue] = []
    read_node(Text(name, content), issues)

    assert [issue.code for issue in issues] == codes
