"""Every lint is on its page, with an example that gives exactly it and one that gives nothing."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from safeguard_rules.packs.linting.table import LINTS, lint
from safeguard_rules.packs.loading import load
from safeguard_rules.packs.models import LintCode
from safeguard_rules.source import Issue, draw
from tests.packs_in_text import no_bundled_packs

ROOT = Path(__file__).parents[1]
SHARED = ROOT / "tests" / "packs" / "linting" / "shared"
PAGE = (ROOT / "docs" / "lints.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^This (gives it|does not):\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEAD = "language: 1\n{kind}: example\ntitle: An example\nversion: 0.1.0\nstatus: draft\nuses: [shared]\n"


def sections() -> Iterator[tuple[str, str]]:
    """The name and the text of each section about a lint."""
    for part in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]:
        name, _, text = part.partition("\n")
        if name.startswith("`"):
            yield name.strip("`"), text


SECTIONS = dict(sections())


def issues_of(text: str, folder: Path) -> tuple[Issue, ...]:
    """What a lint says of an example, whichever kind of file it stands in."""
    kind = "locality" if text.startswith("contacts:") else "pack"
    written = HEAD.format(kind=kind) + text
    if kind == "pack":
        (folder / "pack.yaml").write_text(written, encoding="utf-8")
        return lint(load([SHARED, folder], None, no_bundled_packs()), ["example"]).open
    (folder / "example.yaml").write_text(written, encoding="utf-8")
    return lint(load([SHARED], folder / "example.yaml", no_bundled_packs()), ["example"]).open


def test_every_lint_has_its_section_and_there_is_no_other() -> None:
    assert list(SECTIONS) == list(LINTS) == sorted(get_args(LintCode))


@pytest.mark.parametrize("code", LINTS)
def test_its_section_says_what_it_is_and_why(code: LintCode) -> None:
    told = LINTS[code]
    assert f"\nA {told.severity}. {told.about} {told.why}\n" in SECTIONS[code]
    assert f"| [`{code}`](#{code}) | {told.severity} | {told.about} |" in PAGE


@pytest.mark.parametrize("code", LINTS)
def test_the_bad_example_gives_exactly_it(code: LintCode, tmp_path: Path) -> None:
    bad = dict(BLOCK.findall(SECTIONS[code]))["gives it"]
    found = issues_of(bad, tmp_path)
    assert [(issue.code, issue.severity) for issue in found] == [(code, LINTS[code].severity)], draw(found)
    assert found[0].place.line > HEAD.count("\n")


@pytest.mark.parametrize("code", LINTS)
def test_the_good_example_gives_nothing(code: LintCode, tmp_path: Path) -> None:
    good = dict(BLOCK.findall(SECTIONS[code]))["does not"]
    found = issues_of(good, tmp_path)
    assert draw(found) == ""


def test_the_shared_pack_of_the_examples_is_what_the_page_says() -> None:
    content = load([SHARED], None, no_bundled_packs()).content
    assert sorted(content.actions) == ["shared:keep-notes", "shared:meet", "shared:ring", "shared:talk"]
    assert sorted(content.statements) == [
        f"shared:{name}" for name in ("advice/tip", "law/duty", "ours/choice", "told/duty")
    ]
