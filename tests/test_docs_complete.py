"""Nothing that is promised is left out of the documents: names, hooks, commands, keys, operators, words, facts."""

import inspect
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import safeguard_rules
from safeguard_rules import testing
from safeguard_rules.cli.exits import Exit
from safeguard_rules.cli.main import program
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import PackError
from safeguard_rules.language.finding import COMBINING
from safeguard_rules.language.operators import WRITTEN
from safeguard_rules.language.roles import GROUPS, ROLES
from safeguard_rules.language.times import WORDS
from safeguard_rules.packs import hookspecs
from safeguard_rules.packs.hookspecs import PROJECT
from safeguard_rules.reports.words import sentence
from safeguard_rules.testing.covering import cover
from safeguard_rules.vocabulary.facts import Vocabulary
from tests.language_keys import keys_of_language, words_of_language
from tools.coverage_page import pages
from tools.vocabulary_page import PAGE, page

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PACK = ROOT / "examples" / "third-party-pack" / "src" / "example_pack" / "gp_registration"
HOOKS = sorted(name for name in vars(hookspecs) if name.startswith(f"{PROJECT}_"))
BLOCK = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def text_of(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def coded(text: str) -> set[str]:
    """Every word that stands in a code span of a text, alone or as a part."""
    spans = re.findall(r"`([^`\n]+)`", BLOCK.sub("", text))
    return {word for span in spans for word in (span, *re.findall(r"[\w.-]+", span))}


def commands(group: click.Group, *before: str) -> Iterator[tuple[str, click.Command]]:
    """Every command that can be given, with the words that give it."""
    here = click.Context(group)
    for name in group.list_commands(here):
        command = group.get_command(here, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, *before, name)
        else:
            yield " ".join(["safeguard-rules", *before, name]), command


# --- the library


def test_every_exported_name_is_on_the_page_for_developers() -> None:
    said = BLOCK.sub("", text_of("using-the-library.md"))
    assert [name for name in safeguard_rules.__all__ if not re.search(rf"\b{name}s?\b", said)] == []


def test_every_name_of_the_testing_kit_is_on_the_page_for_testers() -> None:
    assert sorted(set(testing.__all__) - coded(text_of("testing-your-packs.md"))) == []


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_is_documented_with_its_arguments(hook: str) -> None:
    arguments = ", ".join(inspect.signature(getattr(hookspecs, hook)).parameters)
    assert f"### `{hook}({arguments})`" in text_of("plug-ins.md")


def test_no_hook_is_documented_that_there_is_not() -> None:
    assert sorted(re.findall(r"^### `(\w+)\(", text_of("plug-ins.md"), re.MULTILINE)) == HOOKS


@pytest.mark.parametrize(("call", "command"), list(commands(program)), ids=lambda given: str(given))
def test_every_command_is_documented_with_its_arguments(call: str, command: click.Command) -> None:
    arguments = [str(each.metavar) for each in command.params if isinstance(each, click.Argument)]
    written = " ".join([call, *(each.replace("[", "").replace("]", "") for each in arguments)])
    assert f"`{written}`" in text_of("using-the-library.md")


def test_every_exit_code_is_told() -> None:
    (told,) = re.findall(r"^It ends with .*$", text_of("using-the-library.md"), re.MULTILINE)
    assert [int(number) for number in re.findall(r"\d", told)] == [int(code) for code in Exit]


# --- the language


def test_every_key_of_the_language_is_on_its_page() -> None:
    assert sorted({key for _, key in keys_of_language()} - coded(text_of("language.md"))) == []


def test_every_operator_is_on_its_page() -> None:
    assert sorted({*WRITTEN, *COMBINING, "always", "never", "of", "where", "other", "fact"} - words()) == []


def test_every_word_of_a_closed_list_is_on_its_page() -> None:
    expected = {*words_of_language(), *WORDS, *ROLES, *GROUPS}
    assert sorted(expected - coded(text_of("language.md"))) == []


def words() -> set[str]:
    """The words in code spans of the language's page, those before a dot or a colon as well."""
    return {part for word in coded(text_of("language.md")) for part in (word, *word.split("."))}


def test_a_key_that_is_left_out_would_be_missed() -> None:
    without = text_of("language.md").replace("decided_by", "")
    assert "decided_by" not in coded(without)


def test_the_examples_on_the_page_of_the_language_stand_in_the_pack() -> None:
    names = {path.stem for path in (ROOT / "examples" / "every-key").rglob("*.yaml")}
    pack = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "examples" / "every-key").rglob("*.yaml")))
    yaml = "\n".join(match["text"] for match in BLOCK.finditer(text_of("language.md")) if match["language"] == "yaml")
    cited = set(re.findall(r"\b(example-[a-z-]+/[a-z0-9-]+)", yaml))
    missing = [cite for cite in sorted(cited) if cite.partition("/")[0] not in names or cite not in pack]
    assert cited
    assert missing == []


# --- the vocabulary


def test_the_page_of_the_vocabulary_is_current() -> None:
    """If this fails: `python tools/vocabulary_page.py`."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_page_of_the_vocabulary_has_every_fact_with_its_phrase_words_and_question() -> None:
    found = page()
    for fact in Vocabulary.standard().facts.values():
        entry = found.partition(f"- **`{fact.path}`** (")[2].partition("\n- **")[0]
        assert entry.startswith(f"{fact.phrase})"), fact.path
        assert fact.derived or fact.name == "id" or fact.question in entry, fact.path
        assert all(f"`{word}`" in entry for word in fact.words), fact.path


# --- the coverage


@pytest.mark.parametrize("name", ["coverage.md", "coverage-of-sources.md"])
def test_the_pages_of_the_coverage_are_current(name: str) -> None:
    """If this fails: `python tools/coverage_page.py`, and look at what changed."""
    assert text_of(name) == pages()[DOCS / name]


def test_the_pages_of_the_coverage_have_every_statement() -> None:
    found = "\n".join(pages().values())
    for source in cover().sources:
        for statement in source.statements:
            assert sentence(statement.says).replace("*", "\\*") in found, f"{source.source}/{statement.id}"


# --- the walk through a pack


def test_what_writing_packs_shows_is_what_the_example_pack_says() -> None:
    found = "\n".join(path.read_text(encoding="utf-8") for path in sorted(PACK.rglob("*.yaml")))
    for match in BLOCK.finditer(text_of("writing-packs.md")):
        if match["language"] == "yaml":
            for line in match["text"].splitlines():
                assert line.startswith("# ") or line in found.splitlines(), line


def test_the_slip_that_writing_packs_shows_is_drawn_like_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = next(m["text"] for m in BLOCK.finditer(text_of("writing-packs.md")) if "did you mean" in m["text"])
    shutil.copytree(PACK, tmp_path / "my_pack")
    file = tmp_path / "my_pack" / "pack.yaml"
    file.write_text(file.read_text("utf-8").replace("vulnerabilities:", "vulnerabilites:"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PackError) as error:
        Rulebook.load([Path("my_pack")])
    assert str(error.value).strip() == shown.strip()
