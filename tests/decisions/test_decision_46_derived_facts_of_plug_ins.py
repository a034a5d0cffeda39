"""Decision 46: a plug-in's derived fact sees what it declares, never the day; one that raises ends the evaluation."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from safeguard_rules import Rulebook
from safeguard_rules.errors import PluginError
from safeguard_rules.packs.hookspecs import hookimpl
from safeguard_rules.packs.loading import load
from safeguard_rules.packs.plugins import activate
from safeguard_rules.vocabulary.derived import Inputs, PluginDerivation
from safeguard_rules.vocabulary.facts import Kind
from tests.packs_in_text import asked, evaluate, outcome, parameter, rule, write_pack

DISABLED = "child: {id: baby, stage: born, disabled: true}"


class Needs:
    """A plug-in with one derived fact of the child."""

    def __init__(self, function: Callable[[Inputs], Any], kind: Kind = Kind.BOOLEAN) -> None:
        self.fact = PluginDerivation(
            path="child.needs_more",
            kind=kind,
            phrase="whether the child needs more",
            description="Whether the child needs more.",
            reads=("child.disabled",),
            cites=("tiny:law/duty",),
            function=function,
        )

    @hookimpl
    def safeguard_rules_derived_facts(self) -> list[PluginDerivation]:
        return [self.fact]


def rulebook(folder: Path, plugin: object, when: str = "{child.needs_more: true}") -> Rulebook:
    plugins = replace(activate(objects={"needs": plugin}), packs=(), localities=())
    home = write_pack(folder, parameter("p", "3"), rule("r", when))
    return Rulebook(load([home], None, plugins))


def test_decision_46_it_is_a_fact_like_any_other(tmp_path: Path) -> None:
    book = rulebook(tmp_path, Needs(lambda inputs: inputs.value("child.disabled")))
    assert outcome(evaluate(book, DISABLED)) == "applies"
    nothing = evaluate(book)
    assert outcome(nothing) == "undetermined"
    assert asked(nothing) == ["child.disabled"]


@pytest.mark.parametrize("path", ["child.born_on", "child.age", "case.plan"])
def test_decision_46_it_sees_only_what_it_declares(path: str, tmp_path: Path) -> None:
    book = rulebook(tmp_path, Needs(lambda inputs: inputs.value(path) is None))
    with pytest.raises(PluginError, match=f"`child.needs_more` reads `{path}`, which it does not declare"):
        _ = evaluate(book, DISABLED).actions


def test_decision_46_it_never_sees_the_day() -> None:
    assert [name for name in dir(Inputs) if not name.startswith("_")] == [
        "id",
        "is_open",
        "reasons",
        "records",
        "value",
    ]


def test_decision_46_one_that_raises_ends_the_evaluation(tmp_path: Path) -> None:
    def broken(_: Inputs) -> bool:
        raise ZeroDivisionError("no")

    with pytest.raises(PluginError, match=r"`child\.needs_more` failed: no"):
        _ = evaluate(rulebook(tmp_path, Needs(broken)), DISABLED).actions


@pytest.mark.parametrize(
    ("given", "kind", "test"),
    [("yes", Kind.BOOLEAN, "true"), (1, Kind.BOOLEAN, "true"), (True, Kind.NUMBER, "{at_least: p}")],
)
def test_decision_46_it_gives_what_it_says(given: object, kind: Kind, test: str, tmp_path: Path) -> None:
    book = rulebook(tmp_path, Needs(lambda _: given, kind), f"{{child.needs_more: {test}}}")
    with pytest.raises(PluginError, match=f"gave `{given}`; expected"):
        _ = evaluate(book, DISABLED).actions


def test_decision_46_it_is_cited(tmp_path: Path) -> None:
    plugin = Needs(lambda _: True)
    plugin.fact = replace(plugin.fact, cites=())
    with pytest.raises(PluginError, match="cites no statement"):
        rulebook(tmp_path, plugin)


def test_decision_52_what_a_plug_in_cites_must_be_there(tmp_path: Path) -> None:
    plugin = Needs(lambda _: True)
    plugin.fact = replace(plugin.fact, cites=("tiny:law/dutie",))
    with pytest.raises(PluginError, match="cites `tiny:law/dutie`, which no pack in force has"):
        rulebook(tmp_path, plugin)
