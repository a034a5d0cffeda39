"""Acceptance B1: no statement of the two founding documents is unaccounted for, and taking one away is noticed."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from safeguard_rules.packs.accounting import account
from safeguard_rules.packs.content import Content, Rule
from safeguard_rules.packs.coverage import Coverage, SourceAccount, StatementAccount, of_sources
from safeguard_rules.packs.files import SourcePart
from safeguard_rules.packs.loaded import Loaded, Origin
from safeguard_rules.reading.nodes import MapNode
from safeguard_rules.testing.covering import cover
from safeguard_rules.values.frozen import FrozenMap
from tests.cli.calling import Caller
from tests.packs.founding import DOCUMENTS, PEOPLE, Accounted, expected_of, left_out
from tests.packs.removing import LOCALITIES, loaded

SOURCES = tuple(DOCUMENTS)
STATEMENTS = [(source, id_) for source in SOURCES for id_, _, _ in expected_of(source)]
LEFT = [(source, id_) for source in SOURCES for id_, _, became in expected_of(source) if became == PEOPLE]
CARRIED = [each for each in STATEMENTS if each not in LEFT]
OUTCOMES = ("applies", "does_not_apply", "undetermined")


@cache
def whole() -> Coverage:
    return cover()


def of(coverage: Coverage, source: str) -> SourceAccount:
    (found,) = of_sources(coverage, [source]).sources
    return found


def statement(coverage: Coverage, source: str, id_: str) -> StatementAccount:
    return next(each for each in of(coverage, source).statements if each.id == id_)


def accounted(source: SourceAccount) -> list[Accounted]:
    return [(each.id, each.at, each.carriage) for each in source.statements]


# --- what must be seen


@pytest.mark.parametrize("source", SOURCES)
def test_acceptance_b1_every_statement_of_the_founding_documents_is_accounted_for(source: str) -> None:
    assert left_out(source, accounted(of(whole(), source))) == []


@pytest.mark.parametrize("source", SOURCES)
def test_acceptance_b1_the_statements_stand_in_the_order_of_the_document(source: str) -> None:
    assert [each.id for each in of(whole(), source).statements] == [id_ for id_, _, _ in expected_of(source)]


def test_acceptance_b1_no_statement_of_any_source_is_unaccounted_for() -> None:
    assert [f"{source.source}/{each.id}: {each.why}" for source, each in whole().unaccounted] == []


@pytest.mark.parametrize(("source", "id_"), CARRIED, ids="/".join)
def test_acceptance_b1_what_is_carried_is_tested_in_all_three_outcomes(source: str, id_: str) -> None:
    rules = [whole().rule(carrier.rule) for carrier in statement(whole(), source, id_).carriers]
    assert all(rule.count(outcome) for rule in rules for outcome in OUTCOMES)


@pytest.mark.parametrize(("source", "id_"), LEFT, ids="/".join)
def test_acceptance_b1_what_is_left_to_people_says_why(source: str, id_: str) -> None:
    assert statement(whole(), source, id_).why


def test_acceptance_b1_the_command_shows_it_and_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = Caller(tmp_path, capsys)
    answer = call("coverage", *SOURCES)
    assert answer.code == 0
    assert answer.out.count("none unaccounted for") == 1
    shown = json.loads(call("coverage", *SOURCES, "--format", "json").out)
    assert shown["counts"]["not_accounted_for"] == 0
    assert shown["counts"]["statements"] == len(STATEMENTS)


# --- taking something away is noticed


@pytest.mark.parametrize(("source", "id_"), STATEMENTS, ids="/".join)
def test_acceptance_b1_a_statement_taken_away_is_missed(source: str, id_: str) -> None:
    shorter = without_statement(loaded(None), source, id_)
    found = accounted(of(account(shorter, (), {}), source))
    assert id_ not in [each for each, _, _ in found]
    assert any(each.startswith(f"{source}/{id_} is gone") for each in left_out(source, found))


@pytest.mark.parametrize(("source", "id_"), CARRIED, ids="/".join)
def test_acceptance_b1_a_statement_is_unaccounted_for_once_the_rules_that_carry_it_are_gone(
    source: str, id_: str
) -> None:
    gone = {carrier.rule for carrier in statement(whole(), source, id_).carriers}
    without = without_rules(gone)
    assert statement(without, source, id_).carriage == "not accounted for"
    told = left_out(source, accounted(of(without, source)))
    assert any(each.startswith(f"{source}/{id_} is not accounted for") for each in told)


@pytest.mark.parametrize(("source", "id_"), LEFT, ids="/".join)
def test_acceptance_b1_a_reason_taken_away_is_missed(source: str, id_: str) -> None:
    without = account(without_reason(loaded(None), source, id_), (), {})
    assert statement(without, source, id_).carriage == "not accounted for"


def without_rules(names: Collection[str]) -> Coverage:
    """The account of everything bundled but for some rules."""
    shared = loaded(None)
    less = [replace(each, rules=_left(each, names)) for each in (shared.content, *map(_content, LOCALITIES))]
    return account(replace(shared, content=less[0]), less[1:], {})


def _content(locality: str) -> Content:
    return loaded(locality).content


def _left(content: Content, names: Collection[str]) -> dict[str, Rule]:
    return {name: rule for name, rule in content.rules.items() if name not in names}


def without_statement(shared: Loaded, source: str, id_: str) -> Loaded:
    """Everything shared, with one statement taken out of its register."""

    def change(part: SourcePart) -> SourcePart:
        written = part.root.entries["statements"]
        assert isinstance(written.value, MapNode)
        kept = {key: entry for key, entry in written.value.entries.items() if key != id_}
        section = replace(written, value=replace(written.value, entries=kept))
        return replace(part, root=replace(part.root, entries={**part.root.entries, "statements": section}))

    return _changed(shared, source, change)


def without_reason(shared: Loaded, source: str, id_: str) -> Loaded:
    """Everything shared, with the reason taken from a statement for which nothing is done."""

    def change(part: SourcePart) -> SourcePart:
        statements = dict(part.model.statements)
        statements[id_] = statements[id_].model_copy(update={"left_to_people": None})
        return replace(part, model=part.model.model_copy(update={"statements": FrozenMap(statements)}))

    return _changed(shared, source, change)


def _changed(shared: Loaded, source: str, change: Callable[[SourcePart], SourcePart]) -> Loaded:
    packs = []
    for pack, found in shared.origin.chosen.packs:
        parts = tuple(change(part) if part.model.source == source else part for part in pack.sources)
        packs.append((replace(pack, sources=parts), found))
    chosen = replace(shared.origin.chosen, packs=tuple(packs))
    return replace(shared, origin=Origin(lambda: chosen))
