"""Conditions as pictures: as they are written, and with what each part comes to in a case."""

from collections.abc import Iterator

from safeguard_rules.reports.html.documented import Documented
from safeguard_rules.reports.html.models import CaseShown, Picture
from safeguard_rules.reports.html.rule_pages import rule_page


def lines(picture: Picture, depth: int = 0) -> Iterator[str]:
    """A picture as an indented text: what each part says, and what it comes to."""
    value = f" = {picture.value}{'!' if picture.decided else ''}" if picture.value else ""
    yield f"{'  ' * depth}{picture.says.text}{value}"
    for part in picture.parts:
        yield from lines(part, depth + 1)


def shown(told: Documented, rule: str, outcome: str) -> CaseShown:
    return next(case for case in told.shown[rule] if case.outcome == outcome)


def test_a_condition_is_drawn_with_the_meanings_of_its_definitions(told: Documented) -> None:
    picture = rule_page(told.rules["tiny:marks"], told).picture
    assert list(lines(picture)) == [
        "All of these",
        "  It is not so that",
        "    The injury: the mark was recorded",
        "      Whether the mark matches that record in place, size and look: yes",
        "  The kind of injury: bruise or burn or scald",
    ]
    assert picture.parts[0].parts[0].says.to == "definitions/tiny/recorded.html"
    assert [part.group for part in (picture, picture.parts[0], picture.parts[0].parts[0])] == [True, True, False]


def test_a_list_says_what_is_counted_and_nothing_below_where_all_are(told: Documented) -> None:
    assert list(lines(rule_page(told.rules["tiny:many"], told).picture)) == ["The number of concerns: 3 or more"]


def test_in_a_case_every_part_says_what_it_comes_to_and_what_decided(told: Documented) -> None:
    case = shown(told, "tiny:marks", "applies")
    assert case.title == "a cold baby with two marks"
    assert case.says == "It applies to the mark on the arm."
    assert case.where == "A case of tiny, on 2 March 2026, in no area."
    assert list(lines(case.picture)) == [
        "All of these = true!",
        "  It is not so that = true!",
        "    The injury: the mark was recorded = false!",
        "      Whether the mark matches that record in place, size and look: yes = false!",
        "  The kind of injury: bruise or burn or scald = true!",
    ]
    assert case.picture.parts[1].facts == ("the kind of injury (the mark on the arm): bruise",)


def test_what_was_assumed_is_said_where_it_was(told: Documented) -> None:
    case = shown(told, "tiny:report", "applies")
    assert case.says == "It applies."
    unknown = shown(told, "tiny:marks", "undetermined")
    assert unknown.says == "It is not known whether it applies to any other injury."
    assert next(lines(unknown.picture)) == "All of these = unknown!"


def test_a_list_shows_each_record_and_that_there_may_be_more(told: Documented) -> None:
    case = shown(told, "tiny:many", "undetermined")
    assert list(lines(case.picture)) == [
        "The number of concerns: 3 or more = unknown!",
        "  The first worry = true",
        "  Any other, for there may be more = true",
    ]


def test_a_rule_without_a_subject_says_that_there_is_none(told: Documented) -> None:
    case = shown(told, "tiny:report", "does_not_apply")
    assert case.title == "a warm baby without a mark"
    assert case.says == "It does not apply."


def test_a_rule_that_no_case_names_is_drawn_in_none(told: Documented) -> None:
    assert told.shown["tiny:later"] == ()
