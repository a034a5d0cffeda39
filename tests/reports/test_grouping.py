"""Grouping: one action about several subjects, and folding that passes nothing by."""

from safeguard_rules.reports.grouping import Entry, folded, grouped
from safeguard_rules.results import Conflict, RecommendedAction
from tests.reports.made import FATHER, PARTNER, action, demand


def named(entries: tuple[Entry, ...]) -> list[list[str]]:
    return [[group.first.action for group in entry.groups] for entry in entries]


def fold(actions: list[RecommendedAction], room: int) -> list[list[str]]:
    entries = [Entry((group,)) for group in grouped(actions)]
    return named(folded(entries, room, lambda _: True, lambda entry: len(entry.groups) < 4))


def test_one_action_about_two_people_is_one_group() -> None:
    found = grouped([action("a:assess", about=PARTNER), action("a:other"), action("a:assess", about=FATHER)])
    assert [[str(subject) for subject in group.subjects] for group in found] == [
        ["mother's partner", "the father"],
        ["the child"],
    ]


def test_different_demands_part_a_group_unless_only_headlines_count() -> None:
    more = action("a:assess", "Assess", demand(), demand(rule="a:second"), about=FATHER)
    actions = [action("a:assess", "Assess", about=PARTNER), more]
    assert len(grouped(actions)) == 2
    assert len(grouped(actions, by_headline=True)) == 1


def test_an_action_in_a_conflict_stands_alone_with_it() -> None:
    conflict = Conflict(FATHER, "a:assess", "a:assess", True, "both", ())
    found = grouped([action("a:assess", about=PARTNER), action("a:assess", about=FATHER)], [conflict])
    assert [group.conflicts for group in found] == [(), (conflict,)]


def test_the_last_ones_are_folded_first_and_only_as_far_as_needed() -> None:
    actions = [action(f"a:{name}") for name in "abcde"]
    assert fold(actions, 5) == [["a:a"], ["a:b"], ["a:c"], ["a:d"], ["a:e"]]
    assert fold(actions, 4) == [["a:a"], ["a:b"], ["a:c"], ["a:d", "a:e"]]
    assert fold(actions, 2) == [["a:a", "a:b"], ["a:c", "a:d", "a:e"]]


def test_obligations_are_never_joined() -> None:
    actions = [action("a:a", "A", demand("must")), action("a:b"), action("a:c", "C", demand("consider"))]
    assert fold(actions, 1) == [["a:a"], ["a:b"], ["a:c"]]


def test_only_neighbours_are_joined() -> None:
    actions = [action("a:first"), action("a:second", "Second", demand("must")), action("a:third")]
    assert fold(actions, 2) == [["a:first"], ["a:second"], ["a:third"]]


def test_both_sides_of_a_conflict_stand_with_it() -> None:
    conflict = Conflict(FATHER, "a:hold", "a:tell", True, "both", ())
    found = grouped([action("a:hold", about=FATHER), action("a:tell", about=FATHER), action("a:hold")], [conflict])
    assert [group.conflicts for group in found] == [(conflict,), (conflict,), ()]
