"""A family: what is shared, what differs, and the case of each child."""

from textwrap import dedent

import pytest

from safeguard_rules.case.case import Case
from safeguard_rules.case.family import Family
from safeguard_rules.case.paths import is_complete
from safeguard_rules.errors import CaseError

FAMILY = """\
as_of: 2026-03-02
children:
  - child: {id: baby, stage: born}
    plan: no_plan
    injuries: [{id: cheek, kind: bruise}]
    people: [{id: midwife, relation: other}]
    done: [{action: report, about: cheek}]
    evidence:
      people[mother].sees_child: {basis: observed}
      people[mother]: {basis: recorded}
  - child: {id: brother, stage: born}
    injuries: []
    concerns: [{id: school}]
people:
  - id: mother
    history: []
    for_children:
      baby: {relation: mother, sees_child: regularly}
      brother: {relation: parents_partner}
incidents:
  - id: april
    by: mother
    kinds: [threats]
    for_children:
      brother: {effect_on_child: [saw], incomplete: [effect_on_child]}
contacts:
  - id: visit
    present: [mother]
    for_children:
      baby: {seen: awake, cues: []}
concerns: [{id: neighbour}]
vulnerabilities: [poverty]
done: [{action: share, about: april}, {action: see, about: brother}, {action: tell, about: baby}]
evidence:
  people[mother]: {basis: told_by_other}
  incidents[april].kinds: {basis: observed}
"""


def both() -> tuple[Case, Case]:
    baby, brother = Family.from_yaml(FAMILY).cases()
    return baby, brother


def test_there_is_a_case_for_each_child_in_their_order() -> None:
    baby, brother = both()
    assert baby.child is not None
    assert brother.child is not None
    assert (baby.child.id, brother.child.id) == ("baby", "brother")
    assert (baby.plan, brother.plan) == ("no_plan", None)
    assert baby.vulnerabilities == brother.vulnerabilities == ("poverty",)


def test_what_differs_is_put_into_the_shared_entries() -> None:
    baby, brother = both()
    assert baby.people is not None
    assert brother.people is not None
    assert [person.id for person in baby.people] == ["mother", "midwife"]
    assert [person.id for person in brother.people] == ["mother"]
    assert (baby.people[0].relation, baby.people[0].sees_child) == ("mother", "regularly")
    assert (brother.people[0].relation, brother.people[0].sees_child) == ("parents_partner", None)
    assert brother.people[0].history == ()
    assert baby.incidents is not None
    assert brother.incidents is not None
    assert baby.incidents[0].effect_on_child is None
    assert brother.incidents[0].effect_on_child == ("saw",)
    assert brother.incidents[0].incomplete == ("effect_on_child",)
    assert baby.contacts is not None
    assert (baby.contacts[0].seen, baby.contacts[0].cues) == ("awake", ())


def test_a_childs_own_list_is_joined_to_the_shared_one() -> None:
    baby, brother = both()
    assert baby.injuries is not None
    assert [injury.id for injury in baby.injuries] == ["cheek"]
    assert brother.injuries == ()
    assert baby.concerns is not None
    assert brother.concerns is not None
    assert [concern.id for concern in baby.concerns] == ["neighbour"]
    assert [concern.id for concern in brother.concerns] == ["neighbour", "school"]
    assert baby.sleeps is None


def test_done_goes_to_the_child_it_is_about() -> None:
    baby, brother = both()
    assert [done.action for done in baby.done or ()] == ["share", "tell", "report"]
    assert [done.action for done in brother.done or ()] == ["share", "see"]


def test_evidence_is_joined_by_path() -> None:
    baby, brother = both()
    assert [found.basis for found in baby.evidence["people[mother]"]] == ["told_by_other", "recorded"]
    assert list(brother.evidence) == ["incidents[april].kinds", "people[mother]"]


@pytest.mark.parametrize(
    ("top", "child", "complete"),
    [
        ("moves: []", "{child: {id: baby}}", True),
        ("moves: []", "{child: {id: baby}, moves: []}", True),
        ("", "{child: {id: baby}, moves: []}", True),
        ("", "{child: {id: baby}}", False),
        ("moves: []\nincomplete: [moves]", "{child: {id: baby}, moves: []}", False),
        ("moves: []", "{child: {id: baby}, moves: [], incomplete: [moves]}", False),
    ],
)
def test_decision_5_a_joined_list_is_complete_if_both_parts_are(top: str, child: str, complete: bool) -> None:
    family = Family.from_yaml(f"children: [{child}]\n{top}\n")
    assert is_complete(family.cases()[0], "moves") is complete


def test_each_case_is_a_case_like_any_other() -> None:
    for case in both():
        assert type(case) is Case
        assert Case.model_validate(case.model_dump()) == case
        assert Case.model_validate_json(case.model_dump_json()).digest() == case.digest()


def test_a_family_goes_through_json_and_back() -> None:
    family = Family.from_yaml(FAMILY)
    assert Family.model_validate_json(family.model_dump_json()) == family
    assert Family.from_json(family.model_dump_json(exclude_none=True)) == family
    assert "for_children" in str(Family.model_json_schema())


def refused(text: str) -> str:
    with pytest.raises(CaseError) as caught:
        Family.from_yaml(dedent(text))
    return str(caught.value)


def test_everything_wrong_comes_at_once_at_its_line_and_once() -> None:
    assert refused(
        """\
        children:
          - child: {id: baby}
            injuries: [{id: cheek}, {id: cheek}]
          - child: {id: brother}
            vulnerabilities: []
            incidents: [{id: may, by: fathr}]
        people:
          - id: father
            relation: father
            for_children:
              baby: {relation: father}
              sister: {sees_child: never}
        incidents:
          - {id: april, by: mother}
          - id: june
            for_children: {brother: {incomplete: [effect_on_child]}}
        vulnerabilities: [poverty]
        incomplete: [moves]
        sleeps: [{id: cot}]
        """
    ) == dedent(
        """\
        family.yaml:3:34: two entries of `injuries` have the id `cheek`
          3 |     injuries: [{id: cheek}, {id: cheek}]
            |                                  ^^^^^
        family.yaml:5:22: `vulnerabilities` is given for everybody and once more for `brother`
          5 |     vulnerabilities: []
            |                      ^
          help: give it in one place: here if it is the same for all children, else for each child
        family.yaml:6:31: there is no `fathr` in `people`
          6 |     incidents: [{id: may, by: fathr}]
            |                               ^^^^^
          help: did you mean `father`?
        family.yaml:11:24: `relation` is given for everybody and once more for `baby`
          11 |       baby: {relation: father}
             |                        ^^^^^^
          help: give it in one place: here if it is the same for all children, else for each child
        family.yaml:12:7: no child of this family has the id `sister`
          12 |       sister: {sees_child: never}
             |       ^^^^^^
          help: expected `baby` or `brother`
        family.yaml:14:21: there is no `mother` in `people`
          14 |   - {id: april, by: mother}
             |                     ^^^^^^
          help: did you mean `father`?
        family.yaml:16:43: `effect_on_child` is called incomplete and is not given
          16 |     for_children: {brother: {incomplete: [effect_on_child]}}
             |                                           ^^^^^^^^^^^^^^^
          help: leave it out here: what is not given is unknown already
        family.yaml:18:14: `moves` is called incomplete and is not given
          18 | incomplete: [moves]
             |              ^^^^^
          help: leave it out here: what is not given is unknown already
        family.yaml:19:9: what stands under `sleeps` is about one child
          19 | sleeps: [{id: cot}]
             |         ^
          help: move it under that child; `[]` can stand here if there is none for any child"""
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("children: []", "a family needs at least one child under `children`"),
        ("children: [{child: {id: a}}, {child: {id: a}}]", "two children have the id `a`"),
        ("children: [{plan: no_plan}]", "the key `child` is missing here"),
        ("children: [{child: {id: a}, for_children: {}}]", "unknown key `for_children`"),
        (
            "children: [{child: {id: a}}]\npeople: [{id: m, for_children: {a: {sees_child: never}}}]\n"
            "evidence: {'people[m].sees_child': {basis: observed}}",
            "`people[m].sees_child` differs from child to child",
        ),
        (
            "children: [{child: {id: a, disabled: true}}]\nevidence: {child.disabled: {basis: observed}}",
            "`child.disabled` has evidence but is not known",
        ),
        (
            "children: [{child: {id: a}, extra: {x: {y: 1}}}]\nextra: {x: {y: 1}}",
            "`extra.x.y` is given for everybody and once more for `a`",
        ),
        ("children: [{child: {id: a}}]\ndone: [{action: x, about: b}]", "no entry of this case has the id `b`"),
    ],
)
def test_a_wrong_family_is_refused(text: str, said: str) -> None:
    assert said in refused(text)


def test_a_family_made_in_python_is_checked_and_says_which_child() -> None:
    children = [{"child": {"id": "a"}, "injuries": [{"id": "x"}, {"id": "x"}]}]
    with pytest.raises(ValueError, match=r"children\[a\] injuries\[x\]: two entries"):
        Family.model_validate({"children": children})


def test_what_was_done_in_a_family_says_for_which_child() -> None:
    with pytest.raises(CaseError, match="it is not said for which child this was done"):
        Family.from_yaml("children: [{child: {id: ann}}, {child: {id: tom}}]\ndone: [{action: report}]\n")
    one = Family.from_yaml("children: [{child: {id: ann}}]\ndone: [{action: report}]\n")
    assert one.cases()[0].done
