"""Mutants: every wrong is one small change, good cases find out all that matter, and thin ones do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeguard_rules.errors import CallError
from safeguard_rules.language.tree import walk
from safeguard_rules.testing.mutants import mutants, rewritten, run_mutants
from tests.testing.packs import GOOD, one_case, read


def test_the_cases_find_out_every_mutant_of_the_tiny_pack(tmp_path: Path) -> None:
    found = run_mutants(read(tmp_path))

    assert [str(mutant) for mutant in found.survivors] == []
    assert found.share == 1
    assert str(found).startswith("tiny: the cases found out ")


def test_thin_cases_let_mutants_live(tmp_path: Path) -> None:
    found = run_mutants(read(tmp_path, one_case("findings: {each: {undetermined: ['?']}}")))

    assert found.share < 0.5
    assert "survived: tiny:r.when" in str(found)


def test_cases_that_fail_already_show_nothing(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="fails already"):
        run_mutants(read(tmp_path, one_case("findings: {r: applies}")))


def test_every_kind_of_wrong_is_done(tmp_path: Path) -> None:
    done = {mutant.what for mutant in mutants(read(tmp_path))}

    assert {
        "turned round",
        "left out",
        "`all` and `any` swapped",
        "consider in place of `should tiny:look`",
        "without `consider tiny:note`",
        "3 in place of 2",
        "1 in place of 2",
        "nothing is assumed while it is unknown",
    } <= done


def test_a_rule_is_never_left_without_any_demand(tmp_path: Path) -> None:
    cases = read(tmp_path)
    (rulebook,) = cases.rulebooks.values()
    for mutant in mutants(cases):
        content = mutant.change(rulebook.content)
        assert all(form.demands for rule in content.rules.values() for form in rule.forms)


def test_a_mutant_changes_the_content_and_leaves_the_pack_as_it_was(tmp_path: Path) -> None:
    cases = read(tmp_path, GOOD)
    (rulebook,) = cases.rulebooks.values()
    before = rulebook.content

    assert all(mutant.change(before) != before for mutant in mutants(cases))
    assert rulebook.content is before


def test_each_rewriting_touches_one_place(tmp_path: Path) -> None:
    (rulebook,) = read(tmp_path).rulebooks.values()
    when = rulebook.content.rules["tiny:r"].forms[0].when
    ids = {node.id for node in walk(when)}
    found = list(rewritten(when))

    assert {node.id for node, _, _ in found} == ids
    assert all(changed != when for _, _, changed in found)
