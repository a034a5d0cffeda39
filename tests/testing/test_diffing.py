"""Two states of packs tried on cases: those beside them, made ones, and the smallest that shows a change."""

from pathlib import Path

import pytest

from safeguard_rules import Case
from safeguard_rules.engine.action_changes import TriedCase
from safeguard_rules.errors import PackError
from safeguard_rules.packs.differing import Side
from safeguard_rules.testing.diffing import aimed_cases, books_for, diff_cases, made_cases, own_cases
from tests.packs_in_text import no_bundled_packs, rule, write_locality, write_pack

HURT = "{child.seriously_ill_or_hurt: true}"
CASES = """\
language: 1
cases:
  - title: ill
    as_of: 2026-03-02
    given: {child: {id: baby, stage: born, seriously_ill_or_hurt: true, disabled: true}, concerns: [{id: a}]}
    expect: {findings: {r: applies}}
  - title: here
    as_of: 2026-03-02
    locality: here
    given: {child: {id: baby, stage: born, seriously_ill_or_hurt: true}}
    expect: {findings: {r: applies}}
"""


def side(folder: Path, then: str, cases: str = CASES, *, area: bool = True) -> Side:
    folder.mkdir()
    home = write_pack(folder, rule("r", HURT, then))
    (home / "r.cases.yaml").write_text(cases)
    areas = [write_locality(folder, "contacts: {}\n")] if area else []
    if area:
        (folder / "here.cases.yaml").write_text(CASES.split("  - title: here")[0].replace("title: ill", "title: local"))
    return Side.of(folder.name, [home], areas, no_bundled_packs())


def test_the_cases_of_both_sides_are_tried_once_each_in_their_area(tmp_path: Path) -> None:
    changed = CASES.replace("disabled: true", "disabled: false")
    found = own_cases([side(tmp_path / "a", "{must: act}"), side(tmp_path / "b", "{should: act}", changed)])
    assert [(each.title, each.area) for each in found] == [
        ("ill", None),
        ("here", "here"),
        ("local", "here"),
        ("ill", None),
    ]


def test_cases_that_are_wrong_are_told_all_at_once(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="unknown key `stag`") as error:
        own_cases([side(tmp_path / "a", "{must: act}", CASES.replace("stage:", "stag:"))])
    assert len(error.value.issues) == 2


def test_made_cases_lack_one_part_are_new_and_come_from_each_in_turn(tmp_path: Path) -> None:
    cases = own_cases([side(tmp_path / "a", "{must: act}")])
    made = made_cases(cases, 1000)
    assert {each.origin for each in made} == {"made"}
    assert [each.title for each in made[:3]] == ["ill", "here", "local"]
    digests = [(each.case.digest(), each.area) for each in (*cases, *made)]
    assert len(set(digests)) == len(digests)
    assert made_cases(cases, 2) == made[:2]
    assert made_cases(cases, 0) == ()


def test_aimed_cases_are_made_for_both_sides_and_are_always_the_same(tmp_path: Path) -> None:
    one, other = side(tmp_path / "a", "{must: act}"), side(tmp_path / "b", "{must: act}")
    books = books_for(one, other, ())
    aimed = aimed_cases(books, 20)
    assert [each.case.digest() for each in aimed] == [each.case.digest() for each in aimed_cases(books, 20)]
    assert len({each.case.digest() for each in aimed}) == len(aimed) > 5
    assert {(each.origin, each.area) for each in aimed} == {("aimed", None)}
    assert aimed_cases(books, 0) == ()


def test_an_area_that_one_side_lacks_is_left_out(tmp_path: Path) -> None:
    one, other = side(tmp_path / "a", "{must: act}"), side(tmp_path / "b", "{must: act}", area=False)
    cases = own_cases([one])
    books = books_for(one, other, cases)
    assert list(books) == [None]
    found, _ = diff_cases(books, cases)
    assert (found.tried["beside the packs"], found.not_tried) == (1, 2)


def test_each_change_comes_with_the_smallest_case_that_shows_it(tmp_path: Path) -> None:
    one, other = side(tmp_path / "a", "{must: act}"), side(tmp_path / "b", "{should: act}")
    cases = own_cases([one, other])
    found, (told,) = diff_cases(books_for(one, other, cases), (*cases, *made_cases(cases, 50)))
    assert found.loses
    assert (told.cut_from.title, told.cut_from.origin) == ("here", "beside the packs")
    assert told.smallest == "as_of: 2026-03-02\nchild: {id: baby, seriously_ill_or_hurt: true}\n"
    smallest = Case.from_yaml(told.smallest.partition("\n")[2])
    again = TriedCase(smallest, told.cut_from.as_of, told.cut_from.area, None, "given", "again")
    (seen,) = diff_cases(books_for(one, other, [again]), [again])[0].changes
    assert seen.change == told.seen.change
