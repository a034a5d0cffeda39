"""Notes: a number for each source, a letter for each statement."""

import pytest

from safeguard_rules.reports.lines import plain
from safeguard_rules.reports.notes import Notes, source_titles
from tests.reports.made import citation

ONE, TWO = citation("page/one"), citation("page/two")
OTHER = citation("other/one", known="second-hand")


def test_sources_are_numbered_and_statements_lettered_as_they_are_first_cited() -> None:
    notes = Notes()
    assert notes.marks([TWO, OTHER]) == " [1a, 2a]"
    assert notes.marks([ONE, TWO]) == " [1b, 1a]"
    assert notes.marks([]) == ""


def test_what_the_marks_stand_for_is_listed_source_by_source() -> None:
    notes = Notes()
    notes.marks([TWO, OTHER, ONE])
    assert plain(notes.lines()) == (
        "  [1] Page page (A publisher): national guidance; read in full.\n"
        "      a) Section two; b) Section one\n"
        "  [2] Page other (A publisher): national guidance; second-hand.\n"
        "      a) Section one\n"
    )


def test_statements_at_one_place_stand_together_and_different_knowledge_is_said() -> None:
    notes = Notes()
    notes.marks(
        [citation("p/a", at="Here"), citation("p/b", at="Here"), citation("p/c", at="There", known="unverified")]
    )
    printed = plain(notes.lines())
    assert "a, b) Here (read in full); c) There (unverified)" in printed
    assert "not all of it equally well known" in printed


@pytest.mark.parametrize(
    ("locality", "area", "force", "shown"),
    [
        ("wiltshire", "wiltshire", "local policy", "local policy of Wiltshire"),
        ("wiltshire", "bedford", "local policy", "local policy of another area, Bedford"),
        (None, "bedford", "local policy", "local policy of one area, Bedford"),
        ("wiltshire", None, "statute", "statute"),
        ("wiltshire", None, "proposal", "proposed by the pack's authors"),
    ],
)
def test_another_areas_policy_is_called_that(locality: str | None, area: str | None, force: str, shown: str) -> None:
    assert Notes(locality).force(citation(area=area, force=force)) == shown


def test_there_are_more_letters_than_the_alphabet_has() -> None:
    notes = Notes()
    marks = notes.marks([citation(f"page/{number}") for number in range(28)])
    assert marks.endswith("1z, 1aa, 1ab]")


def test_titles_stand_once_with_all_their_marks() -> None:
    assert source_titles([ONE, OTHER, TWO], Notes()) == "Page page [1a, 1b]; Page other [2a]"
