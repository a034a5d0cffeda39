"""The state machine over a case that learns and forgets: it finds an engine that forgets wrongly, in few steps."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from safeguard_rules import Case
from safeguard_rules.errors import CallError
from safeguard_rules.testing import DAY, Reassessment
from safeguard_rules.vocabulary.view import CaseView
from tests.packs_in_text import load, rule
from tests.testing.books import by_the_view

SOME = rule("r", "{some: {of: injury}}", then="{must: act}")
NONE = rule("r", "{not: {some: {of: injury}}}", then="{must: act}")
FEW = settings(max_examples=40, stateful_step_count=8, phases=[Phase.generate])
UNTIL_FOUND = settings(FEW, max_examples=400)
"""It ends with the first find, mostly within ten examples; forty were too few one time in some hundreds."""


def test_a_good_rulebook_passes(tmp_path: Path) -> None:
    run_state_machine_as_test(Reassessment(load(tmp_path, SOME)), settings=FEW)


def test_forgetting_that_rules_out_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Reassessment(load(tmp_path, SOME), start="r")
    by_the_view(monkeypatch)
    monkeypatch.setattr(CaseView, "is_open", lambda *_: False)
    with pytest.raises(AssertionError, match=r"`tiny:r` \(child\) applied, and is ruled out when injuries.*forgotten"):
        run_state_machine_as_test(machine, settings=UNTIL_FOUND)


def test_an_answer_that_flips_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Reassessment(load(tmp_path, NONE), start="r")
    by_the_view(monkeypatch)
    monkeypatch.setattr(CaseView, "is_open", lambda *_: False)
    with pytest.raises(AssertionError, match=r"`tiny:r` \(child\) was certain, and flipped"):
        run_state_machine_as_test(machine, settings=UNTIL_FOUND)


def test_steps_change_the_case_and_the_day(tmp_path: Path) -> None:
    machine = Reassessment(load(tmp_path, SOME))()
    machine.start_at(Case.from_yaml("{child: {id: baby, stage: born}, injuries: [{id: a, kind: bruise}]}"))
    machine.wait(7)
    assert machine.situation.as_of.text == "2026-03-09"
    before = machine.situation.case
    machine.forget(3)
    assert machine.situation.case != before
    for seed in range(5):
        machine.learn(seed)
    assert "as_of: 2026-03-09" in str(machine)


def test_there_has_to_be_somewhere_to_start(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "never", then="{must: act}"))
    with pytest.raises(CallError, match="no rule applies in any case that was tried on 2026-03-02"):
        Reassessment(book)
    with pytest.raises(CallError, match="there is no rule `q` in force"):
        Reassessment(book, start="q", as_of=DAY)
