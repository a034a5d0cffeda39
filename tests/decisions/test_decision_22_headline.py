"""Decision 22: the headline is the first demand by obligation, certainty, time, force and rule."""

from pathlib import Path

import pytest

from tests.packs_in_text import action, assumed, definition, evaluate, load, names, recommended, rule, text_of

PRECAUTION = definition("p", "{child.disabled: true}", more=assumed("true"))
EXCEPTION = definition("x", "{child.seriously_ill_or_hurt: true}", more=assumed("false", exception=True))


def within(time: str) -> str:
    return f"within: {{time: {time}, basis: proposed, cites: [ours/choice]}}"


FIRST_WINS = {
    "obligation before certainty": (("p", "must: act"), ("always", "should: act")),
    "should before consider": (("p", "should: act"), ("always", f"consider: act, {within('at once')}")),
    "certain before unless": (("always", "should: act"), ("{not: x}", f"should: act, {within('at once')}")),
    "unless before precaution": (("{not: x}", "should: act"), ("p", f"should: act, {within('at once')}")),
    "the shorter time": (
        ("always", f"should: act, {within('4 hours')}"),
        ("always", f"should: act, {within('2 days')}"),
    ),
    "at once before a length": (
        ("always", f"should: act, {within('at once')}"),
        ("always", f"should: act, {within('1 hour')}"),
    ),
    "a time before none": (("always", f"should: act, {within('6 weeks')}"), ("always", "should: act")),
    "the stronger force": (("always", "should: act"), ("always", "should: act, cites: [advice/tip]")),
}


@pytest.mark.parametrize("named", FIRST_WINS)
@pytest.mark.parametrize("swapped", [False, True])
def test_decision_22_the_first_demand_is_the_headline(tmp_path: Path, named: str, swapped: bool) -> None:
    first, second = FIRST_WINS[named]
    wanted = "tiny:b" if swapped else "tiny:a"
    pair = {"b": first, "a": second} if swapped else {"a": first, "b": second}
    rules = [rule(name, when, f"{{{then}}}") for name, (when, then) in pair.items()]
    merged = recommended(evaluate(load(tmp_path, PRECAUTION, EXCEPTION, *rules)))
    assert merged.demands[0].rule == wanted
    head = merged.demands[0]
    assert (merged.obligation, merged.certainty, merged.within) == (head.obligation, head.certainty, head.within)


def test_decision_22_the_name_of_the_rule_comes_last(tmp_path: Path) -> None:
    merged = recommended(evaluate(load(tmp_path, rule("b", "always"), rule("a", "always"))))
    assert [demand.rule for demand in merged.demands] == ["tiny:a", "tiny:b"]


def test_decision_22_incomparable_times_are_all_shown(tmp_path: Path) -> None:
    book = load(
        tmp_path,
        rule("a", "always", f"{{should: act, {within('before the birth')}}}", "stage: [unborn, born]"),
        rule("b", "always", f"{{should: act, {within('6 weeks')}}}"),
        rule("c", "always", f"{{should: act, {within('at the next contact')}}}"),
    )
    found = evaluate(book)
    text = text_of(found)
    for time in ("before the birth", "6 weeks", "at the next contact"):
        assert time in text
    assert {demand.within.time for demand in recommended(found).demands if demand.within} == {
        "before the birth",
        "6 weeks",
        "at the next contact",
    }


def test_decision_22_the_order_of_actions(tmp_path: Path) -> None:
    """Must and must_not, then should and should_not, then consider; what is wanted first at one rank."""
    obligations = ("must", "must_not", "should", "should_not", "consider")
    pieces = [action(f"do_{word}") for word in obligations]
    # rule names that would give the opposite order
    pieces += [rule(f"z{9 - i}", "always", f"{{{word}: do_{word}}}") for i, word in enumerate(obligations)]
    assert names(evaluate(load(tmp_path, *pieces))) == [f"do_{word}" for word in obligations]


def test_decision_22_in_a_conflict_the_negative_side_comes_first(tmp_path: Path) -> None:
    book = load(tmp_path, rule("a", "always", "{should: act}"), rule("b", "always", "{should_not: act}"))
    merged = recommended(evaluate(book))
    assert [demand.obligation for demand in merged.demands] == ["should_not", "should"]
    assert merged.obligation == "should_not"
