"""Cases with one part less, and cases cut down to what something needs."""

from safeguard_rules import Case
from safeguard_rules.testing.smaller_cases import cut_down, size, without_one_part

CASE = Case.from_yaml("""
child: {id: baby, stage: born, movements: [sits, crawls]}
people: [{id: mother, relation: mother}]
incidents: [{id: fight, by: mother}]
""")


def test_every_part_is_left_out_once_and_what_would_not_fit_is_passed_over() -> None:
    found = list(without_one_part(CASE))
    assert len({each.digest() for each in found}) == len(found)
    assert any(each.child is None for each in found)
    assert any(each.child is not None and each.child.movements == ("crawls",) for each in found)
    # The mother cannot go while the incident names her.
    assert all(each.people or each.incidents is None or each.incidents[0].by is None for each in found)
    assert all(size(each) < size(CASE) for each in found)


def test_a_case_is_cut_down_to_what_is_needed_and_no_further() -> None:
    def has_a_mother(case: Case) -> bool:
        return any(person.relation == "mother" for person in case.people or ())

    smallest = cut_down(CASE, has_a_mother)
    assert smallest == Case.from_yaml("people: [{id: mother, relation: mother}]")
    assert not any(has_a_mother(each) for each in without_one_part(smallest))


def test_a_case_that_needs_everything_stays() -> None:
    assert cut_down(CASE, lambda case: case.digest() == CASE.digest()) is CASE
