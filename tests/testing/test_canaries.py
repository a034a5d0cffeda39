"""Wrongs done on purpose, and a judge that has gone blind."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeguard_rules.testing.canaries import SPOILED, canaries
from safeguard_rules.testing.judging import Judge
from safeguard_rules.testing.runner import CaseSet
from tests.testing.packs import one_case, read


def test_every_kind_of_wrong_is_done_and_noticed(tmp_path: Path) -> None:
    found = canaries(read(tmp_path))
    assert [canary.what for canary in found] == [*(what for what, _ in SPOILED), "a pack with one wrong in it"]
    assert all(canary.caught for canary in found), [str(canary) for canary in found]


def test_what_cannot_be_got_wrong_in_any_case_is_left_out(tmp_path: Path) -> None:
    found = canaries(read(tmp_path, one_case("problems: []")))
    assert [canary.what for canary in found] == [
        "words that are not said",
        "a misspelt rule",
        "a pack with one wrong in it",
    ]
    assert [canary.caught for canary in found] == [True, True, False]


def test_a_blind_judge_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = read(tmp_path)
    monkeypatch.setattr(Judge, "misses", lambda _: ())
    monkeypatch.setattr(CaseSet, "kills", lambda *_: False)
    found = {canary.what: canary.caught for canary in canaries(cases)}
    assert [what for what, caught in found.items() if caught] == ["a misspelt rule"]
    assert len(found) == len(SPOILED) + 1
