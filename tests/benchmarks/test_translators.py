"""Rules as others get them decide as ours do: formulas, JSONLogic, and what was written by hand."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks import ours
from benchmarks.bundled import PACK, ready_for_pack, widened
from benchmarks.making_cases import AS_OF, cases
from benchmarks.making_packs import FORTY, write_pack
from benchmarks.measuring import WrongVerdictError, check_equal
from benchmarks.ours import from_outcomes
from benchmarks.peers import hand_lived_experience, hand_numpy, hand_three_valued, hand_two_valued, infix
from benchmarks.peers.columns import columns
from benchmarks.peers.engines import ENGINES, Node
from benchmarks.peers.json_logic import logic
from benchmarks.peers.lowering import RuleFormulas, UnsupportedError, if_all_is_known, opposite, rules_of
from benchmarks.peers.ready import Ready, ready, with_outer, with_sets
from safeguard_rules import Case, Rulebook

MANY = 60


@pytest.fixture(scope="module")
def forty() -> Rulebook:
    return Rulebook.load([FORTY])


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return Rulebook.load([write_pack(tmp_path_factory.mktemp("packs") / "changed", 160, seed=11)])


def wanted(rulebook: Rulebook, made: Sequence[Any]) -> list[list[int]]:
    return [
        from_outcomes(rulebook.evaluate(Case.model_validate(case), as_of=AS_OF).outcomes().values()) for case in made
    ]


def open_lists(made: list[Any]) -> list[Any]:
    """Some lists that may have more records than they name."""
    chance = Random(3)
    for case in made:
        given = [name for name in ("injuries", "incidents", "contacts", "referrals") if name in case]
        case["incomplete"] = [name for name in given if chance.random() < 0.3]
        if chance.random() < 0.3:
            case.pop("all_regular_people_recorded", None)
    return made


def as_python(rules: Sequence[RuleFormulas]) -> Callable[[Ready], Sequence[int]]:
    text = infix.one_list(infix.PYTHON, rules, infix.PYTHON_CHOICE)
    return eval(f"lambda case: {text}")  # type: ignore[no-any-return]


def check(rules: Sequence[RuleFormulas], want: list[list[int]], got: list[Any]) -> None:
    check_equal("this", [rule.name for rule in rules], want, got)


# --- formulas


def test_formulas_decide_as_we_do(forty: Rulebook) -> None:
    made = open_lists(cases(MANY, seed=21))
    rules = rules_of(forty, AS_OF)
    check(rules, wanted(forty, made), [as_python(rules)(ready(case)) for case in made])


def test_formulas_of_changed_rules_decide_as_we_do(changed: Rulebook) -> None:
    made = open_lists(cases(MANY, seed=22))
    rules = rules_of(changed, AS_OF)
    check(rules, wanted(changed, made), [as_python(rules)(ready(case)) for case in made])


def test_no_formula_is_true_and_false_at_once_and_the_opposite_of_the_opposite_is_the_same(forty: Rulebook) -> None:
    for rule in rules_of(forty, AS_OF):
        assert opposite(opposite(rule.verdict.true)) == rule.verdict.true
        both = [as_python([rule])(ready(case))[0] for case in cases(10)]
        turned = RuleFormulas(rule.name, rule.verdict.turned())
        assert [2 - code for code in both] == [as_python([turned])(ready(case))[0] for case in cases(10)]


def test_where_all_is_known_one_formula_will_do(forty: Rulebook) -> None:
    made = cases(MANY, seed=23, known=True)
    for rule, codes in zip(rules_of(forty, AS_OF), zip(*wanted(forty, made), strict=True), strict=True):
        holds = eval("lambda case: " + infix.PYTHON.write(if_all_is_known(rule.verdict.true)))
        assert [bool(holds(ready(case))) for case in made] == [code == 2 for code in codes], rule.name


def test_a_condition_that_peers_cannot_express_is_refused() -> None:
    with pytest.raises(UnsupportedError):
        rules_of(Rulebook.load(["safe-sleep"]), AS_OF)


# --- JSONLogic, by a small reading of its specification


def test_json_logic_decides_as_we_do(changed: Rulebook) -> None:
    made = open_lists(cases(20, seed=24))
    rules = rules_of(changed, AS_OF)
    formulas = [(logic(rule.verdict.false), logic(rule.verdict.true)) for rule in rules]
    found = [
        [0 if run(false, case) else 2 if run(true, case) else 1 for false, true in formulas]
        for case in (with_outer(ready(each)) for each in made)
    ]
    check(rules, wanted(changed, made), found)


def run(rule: Any, data: Any) -> Any:
    """What a rule of JSONLogic comes to; inner scopes see their own record and nothing else."""
    if not isinstance(rule, dict):
        return rule
    ((name, given),) = rule.items()
    if name == "var":
        return data if given == "" else data[given]
    if name in ("some", "none", "filter"):
        found = [item for item in run(given[0], data) or [] if run(given[1], item)]
        return found if name == "filter" else bool(found) is (name == "some")
    if name == "reduce":
        total = given[2]
        for item in run(given[0], data):
            total = run(given[1], {"current": item, "accumulator": total})
        return total
    if name in ("and", "or"):
        return (all if name == "and" else any)(run(part, data) for part in given)
    values = [run(part, data) for part in given]
    return OPERATORS[name](*values)


OPERATORS: dict[str, Callable[..., Any]] = {
    "===": lambda a, b: type(a) is type(b) and a == b,
    "!==": lambda a, b: not (type(a) is type(b) and a == b),
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "+": lambda a, b: a + b,
    "in": lambda a, b: a in b,
    "!": lambda a: not a,
}


# --- texts


def test_texts_for_zen_and_cel_are_written_in_their_own_words(forty: Rulebook) -> None:
    rules = rules_of(forty, AS_OF)
    zen, cel = (infix.one_list(syntax, rules[:1], infix.CHOICE) for syntax in (infix.ZEN, infix.CEL))
    assert "some(injuries, (#.kind in ['bruise', 'petechiae'] and #.noticed_on != null and" in zen
    assert "injuries.exists(i, (i.kind in ['bruise', 'petechiae'] && i.noticed_on != null &&" in cel
    assert zen.count("?") == cel.count("?") == 2


# --- written by hand


def test_hand_written_python_with_unknowns_decides_as_we_do(forty: Rulebook) -> None:
    made = open_lists(cases(2 * MANY, seed=25))
    found = [hand_three_valued.verdicts(with_sets(ready(case))) for case in made]
    check(rules_of(forty, AS_OF), wanted(forty, made), found)


def test_hand_written_python_without_unknowns_decides_as_we_do(forty: Rulebook) -> None:
    made = cases(2 * MANY, seed=26, known=True)
    want = [[int(code == 2) for code in codes] for codes in wanted(forty, made)]
    found = [hand_two_valued.verdicts(with_sets(ready(case))) for case in made]
    check(rules_of(forty, AS_OF), want, found)


def test_hand_written_numpy_decides_as_we_do(forty: Rulebook) -> None:
    made = cases(2 * MANY, seed=29, known=True)
    want = [[int(code == 2) for code in codes] for codes in wanted(forty, made)]
    check(rules_of(forty, AS_OF), want, hand_numpy.verdicts(columns([ready(case) for case in made])).T.tolist())


def test_the_hand_written_bundled_pack_decides_as_we_do() -> None:
    rulebook = Rulebook.load([PACK])
    for number, case in enumerate(cases(2 * MANY, seed=27)):
        plain = widened(case, Random(number))
        found = rulebook.codes(Case.model_validate(plain), as_of=AS_OF)
        assert tuple(found) == hand_lived_experience.verdicts(ready_for_pack(plain)), number


def test_columns_and_the_index_are_asked_for_the_same_verdicts(forty: Rulebook) -> None:
    made = [Case.model_validate(case) for case in cases(MANY, seed=30)]
    rules, want = rules_of(forty, AS_OF), wanted(forty, cases(MANY, seed=30))
    for decide in (ours.codes(forty), ours.functions(forty), ours.indexed(forty)):
        check(rules, want, [decide(case) for case in made])
    for make in (ours.columns, ours.from_arrow):
        run_all, given = make(forty, made)
        check(rules, want, list(zip(*run_all(given), strict=True)))
    judge = ours.reference(forty)
    check(rules, want, [from_outcomes(judge(case).values()) for case in made])


def test_a_wrong_verdict_is_named_with_its_rule_and_its_case(forty: Rulebook) -> None:
    made = cases(5, seed=28)
    rules, want = rules_of(forty, AS_OF), wanted(forty, made)
    wrong = [list(codes) for codes in want]
    wrong[3][7] = (wrong[3][7] + 1) % 3
    with pytest.raises(WrongVerdictError, match=r"gives \d for the rule forty:example-08 and case 3, where we give \d"):
        check(rules, want, wrong)


def test_what_is_measured_beside_us_is_pinned_and_the_lock_names_no_host() -> None:
    folder = Path(infix.__file__).parents[1]
    pinned = [line for line in (folder / "requirements.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    assert all(line.count("==") == 1 for line in pinned)
    assert {engine.package for engine in ENGINES} <= {line.partition("==")[0] for line in pinned}
    lock = (folder / "package-lock.json").read_text(encoding="utf-8")
    wanted_version = json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"][Node.key]
    assert json.loads(lock)["packages"][f"node_modules/{Node.key}"]["version"] == wanted_version
    assert "http" not in lock
    assert "resolved" not in lock
