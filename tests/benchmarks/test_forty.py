"""The forty rules, the cases and the larger packs that the benchmarks are made of."""

import json
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.making_cases import AS_OF, UNKNOWN, UNKNOWN_LIST, Plain, cases
from benchmarks.making_packs import FORTY, RULES_PER_FILE, write_pack
from safeguard_rules import Case, Rulebook
from safeguard_rules.language.tree import Count, Quantifier, Test, walk
from safeguard_rules.values.dates import AsOf


@pytest.fixture(scope="module")
def forty() -> Rulebook:
    return Rulebook.load([FORTY])


def test_the_forty_load_without_a_warning_and_say_that_they_are_no_guidance(forty: Rulebook) -> None:
    assert forty.warnings == ()
    assert len(forty.content.rules) == 40
    forms = [form for rule in forty.content.rules.values() for form in rule.forms]
    assert all(form.title.startswith("EXAMPLE") for form in forms)
    assert {statement.force for form in forms for statement in form.cites} == {"proposal"}
    assert all(action.do.startswith("EXAMPLE") for action in forty.content.actions.values())


def test_the_forty_have_the_shape_that_their_page_says(forty: Rulebook) -> None:
    nodes = [node for each in forty.program(AsOf.of(AS_OF)).rules for node in walk(each.form.when)]
    tests = {(each.ref.fact.path, each.operator.name, str(each.operand)) for each in nodes if isinstance(each, Test)}
    quantified = {_shape(each) for each in nodes if isinstance(each, Quantifier | Count)}
    facts = {each.ref.fact.path for each in nodes if isinstance(each, Test)}
    lists = {each.of for each in nodes if isinstance(each, Quantifier | Count)}
    page = (FORTY / "README.md").read_text(encoding="utf-8")
    assert f"{len(facts)} facts" in page
    assert f"{len(tests)} distinct tests and {len(quantified)} distinct quantifiers" in page
    assert len(lists) == 5


def _shape(node: Quantifier | Count) -> tuple[str, ...]:
    body = [
        f"{each.ref.fact.path} {each.operator.name} {each.operand}"
        for each in walk(node.where)
        if isinstance(each, Test)
    ]
    how = str(node.every) if isinstance(node, Quantifier) else f"{node.operator.name} {node.operand}"
    return (type(node).__name__, node.of, how, *body)


def test_outcomes_are_spread_as_they_are_in_practice(forty: Rulebook) -> None:
    found = Counter[str]()
    reached: dict[tuple[str, str], set[str]] = {}
    for case in cases(300):
        outcomes = forty.evaluate(Case.model_validate(case), as_of=AS_OF).outcomes()
        found.update(outcomes.values())
        for key, outcome in outcomes.items():
            reached.setdefault(key, set()).add(outcome)
    assert 0.08 < found["applies"] / found.total() < 0.2
    assert 0.1 < found["undetermined"] / found.total() < 0.25
    assert [key for key, outcomes in reached.items() if len(outcomes) < 3] == []


# --- cases


def test_the_same_seed_gives_the_same_cases_and_another_one_others() -> None:
    assert cases(20, seed=5) == cases(20, seed=5)
    assert cases(5, seed=5, first=10) == cases(20, seed=5)[10:15]
    assert cases(20, seed=5) != cases(20, seed=6)


def test_cases_are_as_long_and_as_unknown_as_they_are_said_to_be() -> None:
    made = cases(500)
    size = sum(len(json.dumps(case)) for case in made) / len(made)
    assert 1_800 < size < 2_000
    unknown = sum("born_on" not in case["child"] for case in made) / len(made)
    assert abs(unknown - UNKNOWN) < 0.05
    assert abs(sum("injuries" not in case for case in made) / len(made) - UNKNOWN_LIST) < 0.04


def test_in_known_cases_nothing_is_open(forty: Rulebook) -> None:
    for case in cases(100, known=True):
        assert "undetermined" not in forty.evaluate(Case.model_validate(case), as_of=AS_OF).outcomes().values()


@pytest.mark.parametrize(("days", "name"), [(14, "noticed_on"), (7, "noticed_on")])
def test_dates_lie_on_thresholds_and_on_both_sides(days: int, name: str) -> None:
    ages = {(AS_OF - Case.model_validate(case).injuries[0].noticed_on.first).days for case in cases(800) if _has(case)}  # type: ignore[index,union-attr]
    assert {days - 1, days, days + 1} <= ages, name


def _has(case: Plain) -> bool:
    return bool(case.get("injuries")) and "noticed_on" in case["injuries"][0]


# --- larger packs


def test_a_larger_pack_starts_with_the_forty_and_is_split_over_files(tmp_path: Path, forty: Rulebook) -> None:
    size = RULES_PER_FILE + 40
    folder = write_pack(tmp_path / "pack", size, seed=3)
    assert len(list(folder.glob("*.rules.yaml"))) == 2
    made = Rulebook.load([folder])
    assert len(made.content.rules) == size
    case = Case.model_validate(cases(1)[0])
    ours = list(forty.evaluate(case, as_of=AS_OF).outcomes().values())
    theirs = list(made.evaluate(case, as_of=AS_OF).outcomes().values())
    assert theirs[:40] == ours


def test_changed_rules_differ_and_the_same_seed_gives_the_same_pack(tmp_path: Path) -> None:
    one, same, other = (write_pack(tmp_path / name, 120, seed) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert _text(one) == _text(same) != _text(other)
    rules = Rulebook.load([one]).content.rules.values()
    conditions = {str([str(node) for node in walk(rule.forms[0].when) if isinstance(node, Test)]) for rule in rules}
    assert len(conditions) > 100


def _text(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml")))
