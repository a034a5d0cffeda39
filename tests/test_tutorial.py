"""The tutorial is followed to the letter: in an empty folder, from top to bottom, with what it shows compared.

- A `yaml` block that begins with a path (`# my-pack/pack.yaml`) is saved under that name, as it stands.
- A `diff` block begins with the file (`--- my-pack/pack.yaml`); its lines with a space or `-` stand in that file
  exactly once, and become those with a space or `+`. Between the two comments `walk:` each edit is a mistake, which is
  taken back after the commands that follow it.
- In a `console` block `rm` and `cp -r` are done here; everything else is as in every document.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.test_documents import FOLLOWED, ROOT, Block, Command, blocks_of, complaint, session

NAMED = re.compile(r"# (?P<path>[\w./-]+\.yaml)\n")
MISTAKES, NO_MISTAKES = (
    "<!-- walk: each edit from here on is taken back after the command -->",
    "<!-- walk: edits stay again -->",
)
MOST_WANTED = 10


@dataclass(frozen=True, slots=True)
class Edit:
    """One `diff` block: the file, the lines that stand there, and the lines that take their place."""

    path: str
    old: str
    new: str

    @classmethod
    def of(cls, block: Block) -> Edit:
        first, *lines = block.text.splitlines(keepends=True)
        assert first.startswith("--- "), f"{block.where}: a diff block begins with `--- ` and a file"
        old = "".join(line[1:] for line in lines if line[0] in " -")
        new = "".join(line[1:] for line in lines if line[0] in " +")
        return cls(first[4:].strip(), old, new)

    def made(self, folder: Path) -> str:
        """Makes the edit; gives the text that was there before."""
        text = (folder / self.path).read_text(encoding="utf-8")
        assert text.count(self.old) == 1, f"{self.path} has these lines {text.count(self.old)} times:\n{self.old}"
        (folder / self.path).write_text(text.replace(self.old, self.new), encoding="utf-8")
        return text

    def line(self, folder: Path) -> int | None:
        """The line on which it differs now; None where lines were only taken out."""
        added = [line for line in self.new.splitlines() if line not in self.old.splitlines()]
        lines = (folder / self.path).read_text(encoding="utf-8").splitlines()
        return lines.index(added[0]) + 1 if added else None


@dataclass(slots=True)
class Walk:
    """Somebody who does what a document says."""

    folder: Path
    document: str
    mistakes: list[Edit] = field(default_factory=list)
    made: Edit | None = None
    before: str = ""

    def follow(self) -> None:
        """Takes every step; fails at the first that does not go as shown."""
        wrong = range(0)
        lines = (ROOT / self.document).read_text(encoding="utf-8").splitlines()
        if MISTAKES in lines:
            wrong = range(lines.index(MISTAKES), lines.index(NO_MISTAKES))
        for block in blocks_of(self.document):
            if block.language != "console" or block.line not in wrong:
                self._take_back()
            if block.language == "yaml":
                self._write(block)
            elif block.language == "diff":
                self._edit(block, is_mistake=block.line in wrong)
            elif block.language == "console":
                for command in session(block):
                    self._run(command, block)
        self._take_back()

    def _write(self, block: Block) -> None:
        named = NAMED.match(block.text)
        assert named is not None, f"{block.where}: say where to save it, in a first line such as `# my-pack/pack.yaml`"
        path = self.folder / named["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")

    def _edit(self, block: Block, *, is_mistake: bool) -> None:
        edit = Edit.of(block)
        before = edit.made(self.folder)
        if is_mistake:
            self.made, self.before = edit, before
            self.mistakes.append(edit)

    def _take_back(self) -> None:
        if self.made is not None:
            (self.folder / self.made.path).write_text(self.before, encoding="utf-8")
            self.made = None

    def _run(self, command: Command, block: Block) -> None:
        match command.words:
            case ["rm", *files]:
                for file in files:
                    (self.folder / file).unlink()
            case ["cp", "-r", old, new]:
                shutil.copytree(self.folder / old, self.folder / new)
            case _:
                assert (complaint(command, block.where, self.folder) or "") == ""
                self._look(command, block)

    def _look(self, command: Command, block: Block) -> None:
        """The message of a mistake leads to its line, or, where it is a case that fails, to what the rule says."""
        if self.made is None:
            return
        shown = "\n".join(command.shown)
        line = self.made.line(self.folder)
        leads = f"{self.made.path}:{line}:" if line is not None else f"{self.made.path}:"
        assert leads in shown or "where the condition is: " in shown, f"{block.where}: nothing leads to {leads}"


@pytest.mark.parametrize("document", FOLLOWED)
def test_it_can_be_followed_to_the_letter(document: str, tmp_path: Path) -> None:
    walk = Walk(tmp_path, document)
    walk.follow()
    assert len(walk.mistakes) == MOST_WANTED


# --- the test above can fail

PAGE = """\
```yaml
# mine/pack.yaml
a: 1
b: 2
```
{edits}
"""
EDIT = "```diff\n--- mine/pack.yaml\n a: 1\n-b: 2\n+b: 3\n```\n"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds a document, `page.md`."""
    monkeypatch.setattr("tests.test_tutorial.ROOT", tmp_path)
    monkeypatch.setattr("tests.test_documents.ROOT", tmp_path)
    return tmp_path


def follow(page: Path, edits: str) -> str:
    (page / "page.md").write_text(PAGE.replace("{edits}", edits))
    (page / "walked").mkdir()
    Walk(page / "walked", "page.md").follow()
    return (page / "walked" / "mine" / "pack.yaml").read_text()


def test_files_are_saved_and_edits_stay(page: Path) -> None:
    assert follow(page, EDIT) == "# mine/pack.yaml\na: 1\nb: 3\n"


def test_a_mistake_is_taken_back(page: Path) -> None:
    assert follow(page, f"{MISTAKES}\n{EDIT}{NO_MISTAKES}\n") == "# mine/pack.yaml\na: 1\nb: 2\n"


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        (EDIT + EDIT, "has these lines 0 times"),
        ("```diff\n-b: 2\n```\n", "begins with `--- "),
        ("```yaml\na: b\n```\n", "say where to save it"),
        ("```console\n$ safeguard-rules check mine\nall is well\n```\n", "printed|ended with"),
        ("```console\n$ curl x\n```\n", "only `safeguard-rules`"),
    ],
)
def test_what_does_not_go_as_shown_is_found(page: Path, edits: str, said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        follow(page, edits)


def test_a_mistake_whose_message_leads_elsewhere_is_found(page: Path) -> None:
    shown = "```console\n$ safeguard-rules packs list\n...\n```\n"
    with pytest.raises(AssertionError, match=r"nothing leads to mine/pack\.yaml:3:"):
        follow(page, f"{MISTAKES}\n{EDIT}\n{shown}{NO_MISTAKES}\n")
