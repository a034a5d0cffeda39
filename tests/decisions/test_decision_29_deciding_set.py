"""Decision 29: the deciding set is every part with the deciding value, or all parts, or what is left open."""

from pathlib import Path

import pytest

from tests.packs_in_text import assumed, definition, evaluate, finding, load, parameter, rule

S, D, W = "child.seriously_ill_or_hurt", "child.disabled", "child.birth_weight"
SICK, DISABLED, LIGHT = f"{{{S}: true}}", f"{{{D}: true}}", f"{{{W}: {{less_than: light}}}}"
PARAMETERS = [parameter("light", "2500"), parameter("two", "2"), parameter("half", "6 months")]
TRUE_TRUE = "seriously_ill_or_hurt: true, disabled: true, birth_weight: 3000"
FALSE_FALSE = "seriously_ill_or_hurt: false, disabled: false, birth_weight: 3000"


def why(tmp_path: Path, when: str, child: str = "", rest: str = "") -> list[str]:
    book = load(tmp_path, rule("r", when), *PARAMETERS)
    given = ", ".join(filter(None, ["id: baby", "stage: born", child]))
    return [reason.path for reason in finding(evaluate(book, f"child: {{{given}}}\n{rest}")).why]


@pytest.mark.parametrize(
    ("when", "child", "expected"),
    [
        (f"{{any: [{SICK}, {DISABLED}, {LIGHT}]}}", TRUE_TRUE, [D, S]),  # T of any: every true part
        (f"{{any: [{LIGHT}, {DISABLED}, {SICK}]}}", TRUE_TRUE, [D, S]),
        (f"{{any: [{SICK}, {DISABLED}]}}", FALSE_FALSE, [D, S]),  # F of any: all parts
        (f"{{all: [{SICK}, {DISABLED}]}}", TRUE_TRUE, [D, S]),  # T of all: all parts
        (f"{{all: [{SICK}, {DISABLED}, {{not: {LIGHT}}}]}}", FALSE_FALSE, [D, S]),  # F of all: every false part
        (f"{{not: {{all: [{SICK}, {DISABLED}]}}}}", FALSE_FALSE, [D, S]),
        (f"{{any: [{SICK}, {DISABLED}]}}", "disabled: false", [S]),  # open: the residual
        (f"{{all: [{SICK}, {DISABLED}]}}", "disabled: true", [S]),
        (f"{{all: [{SICK}, {DISABLED}]}}", "", [D, S]),
    ],
)
def test_decision_29_all_any_and_not(tmp_path: Path, when: str, child: str, expected: list[str]) -> None:
    assert why(tmp_path, when, child) == expected


BRUISES = "injuries: [{id: a, kind: bruise}, {id: b, kind: bruise}, {id: c, kind: bite}]"
BITES = "injuries: [{id: a, kind: bite}, {id: b, kind: bite}]"
OPEN = "\nincomplete: [injuries]"
IS_BRUISE = "{injury.kind: bruise}"


@pytest.mark.parametrize(
    ("when", "rest", "expected"),
    [
        (f"{{some: {{of: injury, where: {IS_BRUISE}}}}}", BRUISES, ["injuries[a].kind", "injuries[b].kind"]),
        (
            f"{{some: {{of: injury, where: {IS_BRUISE}}}}}",
            BITES,
            ["injuries", "injuries[a].kind", "injuries[b].kind"],  # the closed list is a part of it
        ),
        (f"{{some: {{of: injury, where: {IS_BRUISE}}}}}", "injuries: []", ["injuries"]),
        (f"{{some: {{of: injury, where: {IS_BRUISE}}}}}", BITES + OPEN, ["injuries"]),
        (f"{{every: {{of: injury, where: {IS_BRUISE}}}}}", BRUISES, ["injuries[c].kind"]),
        (
            f"{{every: {{of: injury, where: {IS_BRUISE}}}}}",
            "injuries: [{id: a, kind: bruise}]",
            ["injuries", "injuries[a].kind"],
        ),
        # an open list whose unseen body decides gives that body's parts, and not the list
        (f"{{some: {{of: injury, where: {{all: [{IS_BRUISE}, {DISABLED}]}}}}}}", "", [D]),
        (
            f"{{count: {{of: injury, where: {IS_BRUISE}, is: {{at_least: two}}}}}}",
            BRUISES,
            ["injuries", "injuries[a].kind", "injuries[b].kind", "injuries[c].kind"],
        ),
        (
            f"{{count: {{of: injury, where: {IS_BRUISE}, is: {{at_least: two}}}}}}",
            BRUISES + OPEN,
            ["injuries[a].kind", "injuries[b].kind", "injuries[c].kind"],
        ),
        (
            f"{{count: {{of: injury, where: {IS_BRUISE}, is: {{at_least: two}}}}}}",
            "injuries: [{id: a, kind: bruise}, {id: b, kind: bruise}, {id: c}]",
            ["injuries", "injuries[a].kind", "injuries[b].kind"],  # c is undetermined
        ),
    ],
)
def test_decision_29_lists(tmp_path: Path, when: str, rest: str, expected: list[str]) -> None:
    assert why(tmp_path, when, "disabled: false", rest) == expected


@pytest.mark.parametrize(
    ("when", "more", "expected"),
    [
        ("{some: {of: injury}}", "", ["injuries[a]", "injuries[b]"]),
        ("{every: {of: injury, where: never}}", "", ["injuries[a]", "injuries[b]"]),
        ("{count: {of: injury, is: {at_least: two}}}", "", ["injuries", "injuries[a]", "injuries[b]"]),
        ("always", "for_each: injury", ["injuries[a]"]),
    ],
)
def test_decision_29_where_nothing_is_asked_of_a_record_its_being_there_decides(
    tmp_path: Path, when: str, more: str, expected: list[str]
) -> None:
    book = load(tmp_path, rule("r", when, more=more), *PARAMETERS)
    first = evaluate(book, "injuries: [{id: a, label: a bruise}, {id: b}]").findings[0]
    assert [reason.path for reason in first.why] == expected
    assert "there is a bruise" in [reason.says for reason in first.why]


def test_decision_29_a_derived_fact_gives_what_it_read_and_what_is_unknown_of_it(tmp_path: Path) -> None:
    when = "{some: {of: person, where: {person.joined_after_latest_assessment: true}}}"
    people = "people: [{id: aunt, joined_on: 2026-02-01}]\n"
    known = people + "assessments: [{id: a, finished_on: 2026-01-10}]"
    assert why(tmp_path / "1", when, "", known) == [
        "assessments",
        "assessments[a].finished_on",
        "people[aunt].joined_on",
    ]
    open_list = known + "\nincomplete: [assessments]\nall_regular_people_recorded: true"
    assert why(tmp_path / "2", when, "", open_list) == ["assessments"]


def test_decision_29_the_stage_is_a_reason_only_where_it_decided(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", DISABLED))
    reasons = {
        given: [each.path for each in finding(evaluate(book, f"child: {{id: baby, {given}}}")).why]
        for given in ("stage: born, disabled: true", "stage: unborn, disabled: true", "stage: unborn")
    }
    assert list(reasons.values()) == [[D], ["child.stage"], ["child.stage"]]
    never = load(tmp_path / "2", rule("r", DISABLED, more="never_assume: [child.stage]"))
    only = finding(evaluate(never, "child: {id: baby, disabled: true}"))
    assert (only.outcome, "child.stage" in [each.path for each in only.why]) == ("undetermined", True)


def test_decision_29_the_order_of_parts_never_shows(tmp_path: Path) -> None:
    one = why(tmp_path / "1", f"{{any: [{SICK}, {DISABLED}, {LIGHT}]}}", TRUE_TRUE)
    other = why(tmp_path / "2", f"{{any: [{LIGHT}, {SICK}, {DISABLED}]}}", TRUE_TRUE)
    assert one == other


def test_decision_29_a_definition_is_named_with_what_decided_in_it(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "d"), definition("d", DISABLED, more=assumed("true")))
    reason = finding(evaluate(book, "child: {id: baby, stage: born, disabled: true}")).why[0]
    assert (reason.path, reason.definition, reason.form) == (D, "tiny:d", "national")
