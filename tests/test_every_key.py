"""`examples/every-key/` holds every key and every operator of the language, loads, and its cases pass."""

from collections.abc import Iterator, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest
from pydantic import BaseModel

from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import PackError
from safeguard_rules.language.operators import COUNTING, OPERATORS
from safeguard_rules.language.tree import (
    All,
    Always,
    AnyOf,
    Condition,
    Count,
    FactRef,
    Not,
    ParameterRef,
    Quantifier,
    Test,
    walk,
)
from safeguard_rules.packs.checking import meanings
from safeguard_rules.packs.hookspecs import hookimpl
from safeguard_rules.packs.loading import load
from safeguard_rules.packs.models import LocalityFile, PackFile, RulesFile, SourceFile
from safeguard_rules.packs.plugins import Plugins, activate
from safeguard_rules.reading.files import read_node, read_text
from safeguard_rules.reading.nodes import Node
from safeguard_rules.source import Issue, draw
from safeguard_rules.testing.case_files import CasesFile
from safeguard_rules.testing.runner import CaseRunner
from safeguard_rules.values.special import NOT_YET
from tests.language_keys import Key, fields, keys_in, keys_of_language

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "examples" / "every-key"
CALENDAR = FOLDER / "calendar"
LOCALITY = FOLDER / "localities" / "sampleshire.yaml"
FILES = sorted(FOLDER.rglob("*.yaml"))


class EveryKey:
    """The folder as a plug-in would give it."""

    @hookimpl
    def safeguard_rules_packs(self) -> Sequence[Traversable]:
        return [FOLDER]

    @hookimpl
    def safeguard_rules_localities(self) -> Sequence[Traversable]:
        return [LOCALITY]


class Calendar:
    """The pack with bank holidays, which cannot stand beside another with bank holidays."""

    @hookimpl
    def safeguard_rules_packs(self) -> Sequence[Traversable]:
        return [CALENDAR]


@pytest.fixture(scope="module")
def plugins() -> Plugins:
    return activate(objects={"every-key": EveryKey()})


@pytest.fixture(scope="module")
def rulebook(plugins: Plugins) -> Rulebook:
    return Rulebook(load(["every-key"], "sampleshire", plugins))


@pytest.fixture(scope="module")
def conditions(plugins: Plugins) -> tuple[Condition, ...]:
    """Every node of every condition of the pack, without the locality."""
    content = load(["every-key"], None, plugins).content
    whole = [form.when for rule in content.rules.values() for form in rule.forms]
    for definition in content.definitions.values():
        for form in meanings(definition):
            whole.append(form.when)
            if form.assumption is not None and form.assumption.ask_unless is not None:
                whole.append(form.assumption.ask_unless)
    return tuple(node for condition in whole for node in walk(condition))


def tree(path: Path) -> Node:
    issues: list[Issue] = []
    text = read_text(path, issues, path.relative_to(ROOT).as_posix())
    node = read_node(text, issues) if text is not None else None
    assert node is not None, draw(issues)
    return node


def model_of(path: Path) -> type[BaseModel]:
    if path.name.endswith(".cases.yaml"):
        return CasesFile
    if path.name.endswith(".rules.yaml"):
        return RulesFile
    by_folder: dict[str, type[BaseModel]] = {"sources": SourceFile, "localities": LocalityFile}
    return by_folder.get(path.parent.name, PackFile)


def used_keys() -> Iterator[Key]:
    for path in FILES:
        yield from keys_in(tree(path), model_of(path))


def operand_shapes(tests: Sequence[Test | Count]) -> set[object]:
    """What kinds of right-hand side there are."""
    found: set[object] = set()
    for test in tests:
        operand = test.operand
        if operand is NOT_YET or operand == ():
            found.add(operand)
        elif isinstance(operand, tuple):
            found.add((tuple, type(operand[0])))
        else:
            found.add(type(operand))
    return found


def test_every_key_of_the_language_is_used() -> None:
    assert sorted(keys_of_language() - set(used_keys())) == []


def test_keys_are_told_apart_by_the_mapping_that_they_stand_in() -> None:
    assert {("WithinFile", "from"), ("Dated", "from"), ("WaiverFile", "from")} <= keys_of_language()
    assert fields(PackFile)["rules"][0] == ("DeclaringFile", "rules")


@pytest.mark.parametrize("left_out", ["pack.yaml", "sampleshire.yaml", "every-key.cases.yaml", "example-guidance.yaml"])
def test_a_file_that_is_left_out_is_missed(left_out: str) -> None:
    used = {key for path in FILES if path.name != left_out for key in keys_in(tree(path), model_of(path))}
    assert keys_of_language() - used


def test_every_operator_is_used(conditions: tuple[Condition, ...]) -> None:
    tested = {node.operator.name for node in conditions if isinstance(node, Test)}
    counted = {node.operator.name for node in conditions if isinstance(node, Count)}
    assert sorted(set(OPERATORS) - tested) == []
    assert sorted(set(COUNTING) - counted) == []


def test_every_way_of_combining_is_used(conditions: tuple[Condition, ...]) -> None:
    assert {type(node) for node in conditions} >= {All, AnyOf, Not, Quantifier, Count, Always, Test}
    assert {node.every for node in conditions if isinstance(node, Quantifier)} == {True, False}
    assert {node.others for node in conditions if isinstance(node, Quantifier)} == {True, False}
    assert {node.value for node in conditions if isinstance(node, Always)} == {True, False}


def test_every_kind_of_right_hand_side_is_used(conditions: tuple[Condition, ...]) -> None:
    found = operand_shapes([node for node in conditions if isinstance(node, Test | Count)])
    expected = {str, bool, (), NOT_YET, FactRef, ParameterRef, (tuple, str), (tuple, ParameterRef)}
    assert found >= expected


def test_the_pack_and_the_locality_load_without_a_warning(rulebook: Rulebook) -> None:
    assert draw(rulebook.warnings) == ""
    assert rulebook.locality == "sampleshire"
    assert rulebook.content.locality is not None
    assert len(rulebook.content.locality.waivers) == 4
    assert rulebook.content.locality.inactive == ()


def test_every_kind_of_action_is_used(rulebook: Rulebook) -> None:
    own = {action.kind for action in rulebook.content.actions.values() if action.pack == "every-key"}
    assert own == {"protect", "record", "ask", "advise", "signpost"}


def test_the_pack_with_bank_holidays_loads_alone_and_not_beside_another_list() -> None:
    plugins = activate(objects={"calendar": Calendar()})
    alone = Rulebook(load(["example-calendar"], None, plugins))
    assert draw(alone.warnings) == ""
    assert alone.content.bank_holidays is not None
    run = CaseRunner(plugins).run("example-calendar")
    assert run.passed, str(run)
    assert len(run.results) == 2
    with pytest.raises(PackError, match="a rulebook has one list of bank holidays"):
        load(["guidance", "example-calendar"], None, plugins)


@pytest.mark.parametrize("name", ["every-key", "sampleshire"])
def test_its_cases_pass_and_show_every_outcome_of_every_rule(name: str, plugins: Plugins) -> None:
    run = CaseRunner(plugins).run(name)
    assert run.passed, str(run)
    assert run.results
