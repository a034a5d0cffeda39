"""Case files: all that is wrong at its line, with the nearest right word; and the header apart."""

from pathlib import Path
from textwrap import dedent

import pytest

from safeguard_rules.case.case import Case
from safeguard_rules.case.family import Family
from safeguard_rules.case.header import Header
from safeguard_rules.case.reading import read_case_file, read_case_text
from safeguard_rules.errors import CaseError
from safeguard_rules.source import Text
from safeguard_rules.values.dates import AsOf

CHEEK = """\
as_of: 2026-03-02
locality: wiltshire
role: health_visitor
child: {id: baby, stage: born, born_on: 2026-01-19, movements: []}
injuries:
  - id: cheek
    kind: bruise
    label: small bruise on the left cheek
evidence:
  injuries[cheek]: {basis: observed, by: health visitor, known_on: 2026-03-02T10:15Z}
  child.disabled:
    - why: not_asked
extra:
  housing: {damp: true, rooms: 2, flat: "2", word: on}
"""
CHEEK_JSON = """\
{"as_of": "2026-03-02", "child": {"id": "baby", "birth_weight": 3100, "disabled": false},
 "injuries": [], "evidence": {"injuries": {"basis": "recorded"}}}
"""


def refused(text: str, name: str = "case.yaml") -> str:
    with pytest.raises(CaseError) as caught:
        read_case_text(Text(name, dedent(text)))
    return str(caught.value)


def test_a_case_is_read_from_yaml() -> None:
    case = Case.from_yaml(CHEEK)
    assert case.injuries is not None
    assert case.injuries[0].kind == "bruise"
    assert case.child is not None
    assert case.child.movements == ()
    assert str(case.evidence["injuries[cheek]"][0].known_on) == "2026-03-02T10:15Z"
    assert case.extra["housing"] == {"damp": True, "rooms": 2, "flat": "2", "word": "on"}
    assert type(case) is Case


def test_a_case_is_read_from_json() -> None:
    case = Case.from_json(CHEEK_JSON)
    assert case.injuries == ()
    assert case.child is not None
    assert (case.child.birth_weight, case.child.disabled) == (3100, False)


def test_a_read_case_is_like_one_made_in_python() -> None:
    case = Case.from_yaml(CHEEK)
    assert case == Case.model_validate(case.model_dump())
    assert case == Case.model_validate_json(case.model_dump_json())
    assert Case.from_yaml("{}") == Case()


def test_a_case_file_has_a_header_apart_from_the_case(tmp_path: Path) -> None:
    file = tmp_path / "cheek.yaml"
    file.write_text(CHEEK, encoding="utf-8")
    read = read_case_file(file)
    assert read.header == Header(AsOf.of("2026-03-02"), "wiltshire", "health_visitor")
    assert read.case == Case.read(file) == Case.read(str(file))


def test_a_case_file_may_be_json(tmp_path: Path) -> None:
    file = tmp_path / "cheek.json"
    file.write_text(CHEEK_JSON, encoding="utf-8")
    assert read_case_file(file).header == Header(AsOf.of("2026-03-02"))
    assert Case.read(file) == Case.from_json(CHEEK_JSON)


def test_everything_wrong_comes_at_once_at_its_line() -> None:
    assert (
        refused(
            """\
        as_of: 2026-03
        rol: midwife
        child: {id: baby, stage: borne, movements: [crawl], birth_weight: "3100", disabled: no}
        injuries: {id: cheek}
        """
        )
        == dedent(
            """\
        case.yaml:1:8: `2026-03` is not a whole day such as 2026-03-02
          1 | as_of: 2026-03
            |        ^^^^^^^
        case.yaml:2:1: unknown key `rol`
          2 | rol: midwife
            | ^^^
          help: did you mean `role`?
        case.yaml:3:26: `borne` is not a word of `stage`
          3 | child: {id: baby, stage: borne, movements: [crawl], birth_weight: "3100", disabled: no}
            |                          ^^^^^
          help: did you mean `born`?
        case.yaml:3:45: `crawl` is not a word of `movements`
          3 | child: {id: baby, stage: borne, movements: [crawl], birth_weight: "3100", disabled: no}
            |                                             ^^^^^
          help: did you mean `crawls`?
        case.yaml:3:67: expected a whole number, got the text `3100`
          3 | child: {id: baby, stage: borne, movements: [crawl], birth_weight: "3100", disabled: no}
            |                                                                   ^^^^^^
          help: write it without quotes: 3100
        case.yaml:3:85: expected `true` or `false`, got `no`
          3 | child: {id: baby, stage: borne, movements: [crawl], birth_weight: "3100", disabled: no}
            |                                                                                     ^^
          help: write true or false
        case.yaml:4:11: expected a list, got a mapping
          4 | injuries: {id: cheek}
            |           ^"""
        ).rstrip()
    )


def test_what_does_not_fit_together_has_its_place_too() -> None:
    assert refused(
        """\
        child: {id: baby, disabled: true}
        people:
          - id: mother
          - id: mother
        contacts: [{id: visit, present: [mother, mothr]}]
        incomplete: [injuries]
        evidence:
          child.disabled:
            why: declined
        """
    ) == dedent(
        """\
        case.yaml:4:9: two entries of `people` have the id `mother`
          4 |   - id: mother
            |         ^^^^^^
        case.yaml:5:42: there is no `mothr` in `people`
          5 | contacts: [{id: visit, present: [mother, mothr]}]
            |                                          ^^^^^
          help: did you mean `mother`?
        case.yaml:6:14: `injuries` is called incomplete and is not given
          6 | incomplete: [injuries]
            |              ^^^^^^^^
          help: leave it out here: what is not given is unknown already
        case.yaml:8:3: `child.disabled` is known, but its evidence says `declined`
          8 |   child.disabled:
            |   ^^^^^^^^^^^^^^
          help: leave out either the value or the `why`"""
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "expected a mapping, got a list"),
        ("", "the file is empty"),
        ("child: {stage: born}", "the key `id` is missing here"),
        ("plan: &x no_plan", "the anchor `&x` is not allowed"),
        ("plan: no_plan\nplan: early_help", "the key `plan` occurs twice"),
        ("role: nobody", "`nobody` is not a word of `role`"),
        ("closed_on: not_yet", "`not_yet` cannot stand here"),
        ("pregnancy: {booked_on: notyet}", "`notyet` is not a date"),
        ("extra: {housing: {rooms: 1.5}}", "1.5"),
        ("extra: {housing: {rooms: {a: 1}}}", "expected true, false, null, a whole number, text, or a list of these"),
    ],
)
def test_a_wrong_case_is_refused(text: str, said: str) -> None:
    assert said in refused(text)


def test_json_is_read_as_strictly() -> None:
    said = refused('{"plan": "no_plan",\n "plan": NaN, "child": {"id": "b", "disabled": "true"}}', "case.json")
    assert "case.json:2:2: the key `plan` occurs twice" in said
    assert "NaN" in said


def test_decision_51_a_long_list_is_refused() -> None:
    text = "injuries:\n" + "".join(f"  - id: i{number}\n" for number in range(501))
    assert "expected at most 500 items in the list, got 501" in refused(text)


def test_the_two_kinds_of_file_are_told_apart() -> None:
    family = "children: [{child: {id: baby}}]"
    read = read_case_text(Text("family.yaml", family))
    assert isinstance(read.case, Family)
    with pytest.raises(CaseError, match="this file holds a family"):
        Case.from_yaml(family)
    with pytest.raises(CaseError, match="this file holds one case"):
        Family.from_yaml("child: {id: baby}")


def test_a_file_that_is_not_there_is_an_error_of_the_case(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="there is no such file"):
        Case.read(tmp_path / "nothing.yaml")
    (tmp_path / "case.txt").write_text("{}", encoding="utf-8")
    with pytest.raises(CaseError, match=r"ends in `\.yaml`"):
        Case.read(tmp_path / "case.txt")
