"""The documents are held to what they show: commands run, blocks load, links lead somewhere.

- A `console` block is a session from the root of the checkout: lines with `$ ` are commands, what follows is the
  output, where `...` stands for anything. A command ends with exit code 0, unless `$ echo $?` comes next and
  shows another. Only `safeguard-rules` is run.
- A `python` block is run; a `text` block that follows it at once is what it prints.
- A `py` block is a recipe for an engine, and is run on that engine by `make test-engines`; here it is only looked at.
- A `yaml` and a `json` block is read by the library's own strict reader.
- A `sh` block is not run; each `make` target and each file that it names exists.
- The tutorial is followed from top to bottom in an empty folder, by `test_tutorial.py`; it alone has `diff` blocks.
- Everything else (`text`, no language) is only shown.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from safeguard_rules.reading.files import read_node
from safeguard_rules.source import Issue, Text, draw

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])
PROGRAM = "safeguard-rules"
DAY = "2026-11-22"
NAMES = [path.relative_to(ROOT).as_posix() for path in DOCUMENTS]
LANGUAGES = {"", "console", "json", "py", "python", "sh", "text", "yaml"}
FOLLOWED = ("docs/tutorial.md",)
"""Documents whose commands belong together, and are run in an empty folder."""

FENCE = re.compile(r"^(?P<indent> *)```(?P<language>[^\s`]*)\s*$")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a document, with the line on which its text starts."""

    document: str
    line: int
    language: str
    text: str
    output: str | None = None

    @property
    def where(self) -> str:
        return f"{self.document}:{self.line}"


@dataclass(slots=True)
class Command:
    """One command of a session, the output lines shown for it, and the exit code that it ends with."""

    words: list[str]
    shown: list[str] = field(default_factory=list)
    code: int = 0


def blocks(document: str, text: str) -> Iterator[Block]:
    """The fenced blocks of a text; a `text` block right after a `python` block becomes its output."""
    pending: Block | None = None
    for block, follows in _fences(document, text):
        if pending is not None and pending.language == "python" and block.language == "text" and follows:
            yield Block(pending.document, pending.line, "python", pending.text, block.text)
            pending = None
            continue
        if pending is not None:
            yield pending
        pending = block
    if pending is not None:
        yield pending


def _fences(document: str, text: str) -> Iterator[tuple[Block, bool]]:
    """Each block, and whether nothing but blank lines stands between it and the one before."""
    opened: re.Match[str] | None = None
    start, inside, follows = 0, list[str](), False
    for number, line in enumerate(text.splitlines(), start=1):
        fence = FENCE.match(line)
        if opened is None and fence is not None:
            opened, start, inside = fence, number + 1, []
        elif opened is not None and line.strip() == "```":
            yield Block(document, start, opened["language"], "\n".join(inside) + "\n"), follows
            opened, follows = None, True
        elif opened is not None:
            inside.append(line.removeprefix(opened["indent"]))
        elif line.strip():
            follows = False
    if opened is not None:
        raise ValueError(f"{document}:{start}: this block is never closed")


def session(block: Block) -> list[Command]:
    """The commands of a `console` block; `echo $?` says with what the one before it ends."""
    commands: list[Command] = []
    is_code = False
    for line in block.text.replace("\\\n", " ").splitlines():
        if line == "$ echo $?":
            is_code = True
        elif line.startswith("$ "):
            commands.append(Command(shlex.split(line.removeprefix("$ "), comments=True)))
            is_code = False
        elif is_code:
            commands[-1].code = int(line)
        elif commands:
            commands[-1].shown.append(line.rstrip())
        else:
            raise ValueError(f"{block.where}: a console block starts with a command, `$ ...`")
    return commands


def matches(shown: str, printed: str) -> bool:
    """Whether a text is what was shown: a line `...` is any lines, `...` within a line is any part of it."""
    pattern = ""
    for line in shown.rstrip("\n").split("\n"):
        if line.strip() == "...":
            pattern += r"(?:[^\n]*\n)*?"
        else:
            pattern += "[^\n]*?".join(map(re.escape, line.rstrip().split("..."))) + "\n"
    trimmed = "".join(f"{line.rstrip()}\n" for line in printed.rstrip("\n").split("\n"))
    return re.fullmatch(pattern, trimmed) is not None


def run(words: list[str], folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run from the root of the checkout, with the scripts of this environment first on the path."""
    scripts = Path(sys.executable).parent
    ours = ("COLUMNS", "FORCE_COLOR", "PYTEST_", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    changed = {
        "PATH": os.pathsep.join([str(scripts), os.environ.get("PATH", "")]),
        "CI": "true",  # so Hypothesis draws the same each time, waits as long as it takes, and keeps nothing
        "NO_COLOR": "1",
        "PYTHONUTF8": "1",
        "PYTHONWARNINGS": "error",
    }
    return subprocess.run(
        words, cwd=folder, env=kept | changed, capture_output=True, encoding="utf-8", check=False, timeout=600
    )


def blocks_of(name: str, *languages: str) -> list[Block]:
    """The blocks of a document of the checkout in these languages, or all."""
    found = blocks(name, (ROOT / name).read_text(encoding="utf-8"))
    return [block for block in found if not languages or block.language in languages]


def on_a_day(words: list[str]) -> list[str]:
    """A command as it is run: `check` on the day of the documents, for later it warns of bank holidays that end."""
    return [*words, "--as-of", DAY] if words[1:2] == ["check"] and "--as-of" not in words else words


def complaint(command: Command, where: str, folder: Path = ROOT) -> str | None:
    """What is wrong with a shown command, if anything: not ours, another exit code, another output."""
    if command.words[:1] != [PROGRAM]:
        return f"{where}: only `{PROGRAM}` belongs in a console block; put the rest in a sh block"
    done = run(on_a_day(command.words), folder)
    call = shlex.join(command.words)
    if done.returncode != command.code:
        return f"{where}: `{call}` ended with {done.returncode}, not {command.code}\n{done.stdout}{done.stderr}"
    if any(command.shown) and not matches("\n".join(command.shown), done.stdout + done.stderr):
        return f"{where}: `{call}` printed\n{done.stdout}{done.stderr}"
    return None


def targets() -> set[str]:
    """The targets of the Makefile."""
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def anchors(path: Path) -> set[str]:
    """The anchors that the headings of a document give."""
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", NAMES)
def test_every_block_is_in_a_language_that_is_held(name: str) -> None:
    languages = LANGUAGES | {"diff"} if name in FOLLOWED else LANGUAGES
    assert [b.where for b in blocks_of(name) if b.language not in languages] == []


@pytest.mark.parametrize("name", [name for name in NAMES if name not in FOLLOWED])
def test_every_command_shown_runs_and_prints_what_is_shown(name: str) -> None:
    commands = [(command, b.where) for b in blocks_of(name, "console") for command in session(b)]
    found = [complaint(command, where) for command, where in commands]
    assert [each for each in found if each is not None] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_python_block_runs_and_prints_what_is_shown(name: str) -> None:
    for block in blocks_of(name, "python"):
        done = run([sys.executable, "-c", block.text])
        assert done.returncode == 0, f"{block.where}\n{done.stderr}"
        if block.output is not None:
            assert matches(block.output, done.stdout), f"{block.where}\n{done.stdout}"


@pytest.mark.parametrize("name", NAMES)
def test_every_yaml_and_json_block_is_read(name: str) -> None:
    issues: list[Issue] = []
    for block in blocks_of(name, "yaml", "json"):
        read_node(Text(f"{block.where}.{block.language}", block.text), issues)
    assert draw(issues) == ""


@pytest.mark.parametrize("name", NAMES)
def test_every_target_and_file_that_a_shell_block_names_exists(name: str) -> None:
    missing = []
    for block in blocks_of(name, "sh"):
        for line in block.text.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["make"] and not set(words[1:2]) <= targets():
                missing.append(f"{block.where}: {line}")
            for word in (part for each in words for part in each.split("=")[-1].split()):
                if "/" in word and "://" not in word and not (ROOT / word.partition("::")[0]).exists():
                    missing.append(f"{block.where}: {word}")
    assert missing == []


@pytest.mark.parametrize("name", NAMES)
def test_every_link_inside_the_checkout_leads_somewhere(name: str) -> None:
    document = ROOT / name
    broken = []
    for match in LINK.finditer(document.read_text(encoding="utf-8")):
        target, _, anchor = match["target"].partition("#")
        if ":" in target:
            continue
        found = document.parent / target if target else document
        if not found.exists() or (anchor and found.suffix == ".md" and anchor not in anchors(found)):
            broken.append(match["target"])
    assert broken == []


# --- the tests above can fail


def test_blocks_are_found_with_their_lines_and_their_output() -> None:
    text = "a\n```python\nprint(1)\n```\n\n```text\n1\n```\n\n- b\n  ```sh\n  make test\n  ```\n"
    assert list(blocks("x.md", text)) == [
        Block("x.md", 3, "python", "print(1)\n", "1\n"),
        Block("x.md", 12, "sh", "make test\n"),
    ]


def test_words_between_a_python_block_and_a_text_block_part_them() -> None:
    text = "```python\nprint(1)\n```\nsome words\n```text\n2\n```\n"
    assert [(block.language, block.output) for block in blocks("x.md", text)] == [("python", None), ("text", None)]


def test_a_block_that_is_never_closed_is_refused() -> None:
    with pytest.raises(ValueError, match="never closed"):
        list(blocks("x.md", "```yaml\na: b\n"))


def test_a_session_is_commands_with_output_and_exit_code() -> None:
    text = "$ safeguard-rules check \\\n    bad\nsome words\n\n$ echo $?\n4\n$ safeguard-rules packs list # all\n"
    first, second = session(Block("x.md", 1, "console", text))
    assert (first.words, first.shown, first.code) == ([PROGRAM, "check", "bad"], ["some words", ""], 4)
    assert (second.words, second.shown, second.code) == ([PROGRAM, "packs", "list"], [], 0)


def test_a_command_of_another_program_is_refused() -> None:
    assert "only `safeguard-rules`" in str(complaint(Command(["curl", "x"]), "x.md:1"))


def test_a_command_that_ends_otherwise_is_found() -> None:
    assert "ended with" in str(complaint(Command([PROGRAM, "--no-such-option"]), "x.md:1"))


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\nb", "a  \nb\n\n", True),
        ("a\n", "b\n", False),
        ("a\n", "a\nb\n", False),
        ("a\n...\nd\n", "a\nb\nc\nd\n", True),
        ("a\n...\nd\n", "a\nd\n", True),
        ("a\n...\n", "a\nb\n", True),
        ("...\nd\n", "a\nc\n", False),
        ("digest ...\n", "digest 12ab\n", True),
        ("digest ... here\n", "digest 12ab there\n", False),
        ("a...b\n", "a\nb\n", False),
        ("1.5 (x)\n", "1.5 (x)\n", True),
        ("1.5\n", "1x5\n", False),
    ],
)
def test_three_dots_stand_for_anything_and_nothing_else_does(shown: str, printed: str, same: bool) -> None:
    assert matches(shown, printed) is same
