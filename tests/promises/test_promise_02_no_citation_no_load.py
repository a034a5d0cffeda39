"""Promise 2: what cites nothing, or a statement that is not there, does not load; a proposal is shown as one.

Over all bundled packs: `tests/packs/test_removals.py`.
"""

import re
from pathlib import Path

import pytest

from safeguard_rules.errors import PackError
from safeguard_rules.packs.loading import load
from tests.packs_in_text import (
    action,
    assumed,
    definition,
    evaluate,
    no_bundled_packs,
    parameter,
    recommended,
    rule,
    text_of,
    write_pack,
)
from tests.packs_in_text import load as load_tiny

PIECES = (
    parameter("p", "6 weeks"),
    definition("d", "{child.age: {less_than: p}}", more=assumed("true")),
    action("other", "never_with: [{action: act, cites: [law/duty]}]"),
    rule("r", "d", "{should: act, within: {time: at once, basis: proposed, cites: [ours/choice]}}"),
)
CITES = re.compile(r"(, )?cites: \[[^]]*\]")


def pack(folder: Path) -> tuple[Path, str]:
    home = write_pack(folder, *PIECES)
    return home, (home / "pack.yaml").read_text(encoding="utf-8")


def codes(home: Path, text: str) -> set[str]:
    (home / "pack.yaml").write_text(text, encoding="utf-8")
    try:
        load([home], None, no_bundled_packs())
    except PackError as error:
        return {issue.code for issue in error.issues}
    return set()


def test_promise_02_each_list_of_citations_is_needed(tmp_path: Path) -> None:
    home, text = pack(tmp_path)
    assert codes(home, text) == set()
    lists = list(CITES.finditer(text))
    assert len(lists) == 9
    for cites in lists:
        without = text[: cites.start()] + text[cites.end() :]
        assert codes(home, without), text[cites.start() - 60 : cites.end()]
        empty = text[: cites.start()] + cites[0].split("[")[0] + "[]" + text[cites.end() :]
        assert "too-few" in codes(home, empty)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [("law/none", "unknown-statement"), ("lore/duty", "unknown-source"), ("law", "citation"), ("", "citation")],
)
def test_promise_02_each_citation_is_of_a_statement_that_is_there(wrong: str, code: str, tmp_path: Path) -> None:
    home, text = pack(tmp_path)
    for cites in CITES.finditer(text):
        changed = text[: cites.start()] + cites[0].split("[")[0] + f"['{wrong}']" + text[cites.end() :]
        assert code in codes(home, changed)


def test_promise_02_a_proposal_is_shown_as_that(tmp_path: Path) -> None:
    book = load_tiny(tmp_path, rule("r", "always", "{should: act, cites: [ours/choice]}"))
    evaluation = evaluate(book)
    (demand,) = recommended(evaluation).demands
    assert [citation.force for citation in demand.citations] == ["proposal"]
    assert "propos" in text_of(evaluation)
