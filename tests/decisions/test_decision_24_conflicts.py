"""Decision 24: what is wanted and not wanted, or must never go together, is a conflict with both sides shown."""

from pathlib import Path

import pytest

from tests.packs_in_text import action, assumed, definition, evaluate, load, names, recommended, rule, text_of

PRECAUTION = definition("p", "{child.disabled: true}", more=assumed("true"))


@pytest.mark.parametrize(
    ("wants", "does_not_want", "certain"),
    [("always", "always", True), ("always", "p", False), ("p", "always", False), ("p", "p", False)],
)
def test_decision_24_certain_only_if_both_sides_are(
    tmp_path: Path, wants: str, does_not_want: str, certain: bool
) -> None:
    wanted, unwanted = rule("a", wants, "{should: act}"), rule("b", does_not_want, "{should_not: act}")
    found = evaluate(load(tmp_path, PRECAUTION, wanted, unwanted))
    assert [(each.negative, each.positive, each.certain) for each in found.conflicts] == [
        ("tiny:act", "tiny:act", certain)
    ]
    assert [demand.obligation for demand in recommended(found).demands] == ["should_not", "should"]


def test_decision_24_what_is_open_is_no_conflict_but_a_question(tmp_path: Path) -> None:
    book = load(tmp_path, rule("a", "always"), rule("b", "{child.disabled: true}", "{must_not: act}"))
    found = evaluate(book)
    assert found.conflicts == ()
    assert [(each.path, each.demand) for each in found.questions] == [("child.disabled", "must_not")]


def test_decision_24_never_with_is_a_conflict_of_two_actions(tmp_path: Path) -> None:
    pieces = [
        action("b", "never_with: [{action: c, cites: [advice/tip]}]"),
        action("c"),
        rule("r", "always", "{should: b}"),
        rule("s", "{child.disabled: true}", "{should: c}"),
    ]
    book = load(tmp_path, *pieces)
    assert evaluate(book).conflicts == ()
    found = evaluate(book, "child: {id: baby, stage: born, disabled: true}")
    assert [({each.negative, each.positive}, each.certain) for each in found.conflicts] == [
        ({"tiny:b", "tiny:c"}, True)
    ]
    assert [citation.statement for citation in found.conflicts[0].citations] == ["tiny:advice/tip"]
    assert sorted(names(found)) == ["b", "c"]


def test_decision_24_never_with_is_possible_while_one_side_is_a_precaution(tmp_path: Path) -> None:
    pieces = [
        action("b", "never_with: [{action: c, cites: [advice/tip]}]"),
        action("c"),
        rule("r", "always", "{should: b}"),
        rule("s", "p", "{should: c}"),
    ]
    assert [each.certain for each in evaluate(load(tmp_path, PRECAUTION, *pieces)).conflicts] == [False]


def test_decision_24_a_side_is_certain_if_any_of_its_demands_is(tmp_path: Path) -> None:
    """The headline of `b` is a precaution, for `must` comes first; that it should be done is certain."""
    pieces = [
        action("b", "never_with: [{action: c, cites: [advice/tip]}]"),
        action("c", "never_with: [{action: b, cites: [advice/tip]}]"),
        rule("q", "p", "{must: b}"),
        rule("r", "always", "{should: b}"),
        rule("s", "always", "{should: c}"),
    ]
    found = evaluate(load(tmp_path, PRECAUTION, *pieces)).conflicts
    assert [({each.negative, each.positive}, each.certain) for each in found] == [({"tiny:b", "tiny:c"}, True)]


def test_decision_24_the_same_action_about_two_people_is_no_conflict(tmp_path: Path) -> None:
    pieces = [
        action("meet", about="person"),
        rule("r", "{person.identified: true}", "{should: meet}", "for_each: person"),
        rule("s", "{person.identified: false}", "{should_not: meet}", "for_each: person"),
    ]
    found = evaluate(load(tmp_path, *pieces), "people: [{id: a, identified: true}, {id: b, identified: false}]")
    assert len(found.actions) == 2
    assert found.conflicts == ()


def test_decision_24_the_question_that_would_dissolve_a_conflict_comes_first(tmp_path: Path) -> None:
    """2.5 of the second part: both sides are shown, and what would tell which holds is asked before anything."""
    pieces = [
        action("b2"),
        rule("a", "always", "{consider: act}"),
        rule("b", "p", "{should_not: act}"),
        rule("c", "{child.seriously_ill_or_hurt: true}", "{must: b2}"),
    ]
    found = evaluate(load(tmp_path, PRECAUTION, *pieces))
    assert [each.certain for each in found.conflicts] == [False]
    assert [each.path for each in found.questions] == ["child.disabled", "child.seriously_ill_or_hurt"]


def test_decision_24_both_sides_are_in_the_text_the_warning_first(tmp_path: Path) -> None:
    pieces = [action("tell"), rule("a", "always", "{should: tell}"), rule("b", "p", "{should_not: tell}")]
    text = text_of(evaluate(load(tmp_path, PRECAUTION, *pieces)))
    lines = [line for line in text.splitlines() if "do tell" in line.casefold()]
    assert lines
    assert "not" in lines[0].casefold()
