"""Decision 53: a `must` is carried by a statement that obliges, is no proposal, is verified, and holds here."""

from dataclasses import replace
from pathlib import Path

import pytest

from safeguard_rules.errors import PackError
from safeguard_rules.packs.loading import load
from tests.packs_in_text import evaluate, no_bundled_packs, recommended, rule, write_locality, write_pack
from tests.packs_in_text import load as load_tiny

REGISTER = """language: 1
source: tested
title: A source
publisher: A board
url: null
force: {force}
known: {known}
{area}statements:
  it:
    at: page 1
    says: It is to be done.
    {obliges}
"""
MUSTS = [
    ("statute", "read in full", "", "obliges: must", "", True),
    ("local policy", "read in part", "", "obliges: must", "", True),
    ("statute", "read in full", "", "obliges: should", "", False),
    ("statute", "read in full", "", "", "", False),
    ("statute", "unverified", "", "obliges: must", "", False),
    ("proposal", "read in full", "", "obliges: must", "", False),
    ("local policy", "read in full", "here", "obliges: must", "", False),
    ("local policy", "read in full", "here", "obliges: must", "in: [here]", True),
    ("local policy", "read in full", "here", "obliges: must", "in: [there]", False),
    ("local policy", "read in full", "here", "obliges: must", "in: [here, there]", False),
]


def pack(folder: Path, obligation: str, register: str, more: str = "") -> Path:
    piece = rule("r", "always", f"{{{obligation}: act, cites: [tested/it]}}", more=more)
    home = write_pack(folder, piece)
    (home / "sources" / "tested.yaml").write_text(register, encoding="utf-8")
    return home


def register(force: str, known: str, area: str, obliges: str) -> str:
    return REGISTER.format(force=force, known=known, obliges=obliges, area=f"area: {area}\n" if area else "")


@pytest.mark.parametrize("obligation", ["must", "must_not"])
@pytest.mark.parametrize(("force", "known", "area", "obliges", "more", "carried"), MUSTS)
def test_decision_53_a_must_needs_a_carrier(
    obligation: str, force: str, known: str, area: str, obliges: str, more: str, carried: bool, tmp_path: Path
) -> None:
    home = pack(tmp_path, obligation, register(force, known, area, obliges), more)
    there = write_locality(tmp_path, "contacts: {}\n", "there")
    here = write_locality(tmp_path, "contacts: {}\n", "here")
    plugins = replace(no_bundled_packs(), localities=(("tests", here), ("tests", there)))
    if carried:
        load([home], None, plugins)
        return
    with pytest.raises(PackError) as raised:
        load([home], None, plugins)
    assert [issue.code for issue in raised.value.issues] == ["must-not-carried"]


@pytest.mark.parametrize("obligation", ["should", "should_not", "consider"])
def test_decision_53_anything_less_may_rest_on_a_proposal(obligation: str, tmp_path: Path) -> None:
    home = pack(tmp_path, obligation, register("proposal", "read in full", "", ""))
    assert load([home], None, no_bundled_packs()).warnings == ()


def test_decision_53_second_hand_knowledge_is_a_warning(tmp_path: Path) -> None:
    home = pack(tmp_path, "must", register("statute", "second-hand", "", "obliges: must"))
    (warning,) = load([home], None, no_bundled_packs()).warnings
    assert (warning.code, warning.severity) == ("must-second-hand", "warning")


def test_decision_53_a_statement_may_be_known_less_well_than_its_source(tmp_path: Path) -> None:
    home = pack(tmp_path, "must", register("statute", "read in full", "", "obliges: must\n    known: unverified"))
    with pytest.raises(PackError):
        load([home], None, no_bundled_packs())


def test_decision_53_a_proposal_is_shown_as_one(tmp_path: Path) -> None:
    book = load_tiny(tmp_path, rule("r", "always", "{should: act, cites: [ours/choice]}"))
    (demand,) = recommended(evaluate(book)).demands
    assert demand.force == "proposal"
    assert [citation.force for citation in demand.citations] == ["proposal"]


def test_decision_53_the_force_of_a_must_is_that_of_what_carries_it(tmp_path: Path) -> None:
    book = load_tiny(tmp_path, rule("r", "always", "{must: act, cites: [ours/choice, law/duty, advice/tip]}"))
    (demand,) = recommended(evaluate(book)).demands
    assert demand.force == "statute"
