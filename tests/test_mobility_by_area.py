"""What `not independently mobile` comes to for a small set of babies, by every form of it that areas have.

The table is the executable specification of the guidance's own (its section on mobility), in both directions in which
a form may differ from the shared one. `docs/mobility.md` shows it, and is held to it.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from safeguard_rules import Case, Finding, Rulebook
from safeguard_rules.packs.content import NATIONAL
from safeguard_rules.packs.tightening import Polarity, tightens

DEFINITION = "non-mobile-injury:not_independently_mobile"
PAGE = Path(__file__).parents[1] / "docs" / "mobility.md"
AS_OF = "2026-03-02"

FORMS = (
    NATIONAL,
    "bristol_not_crawling",
    "hertfordshire",
    "rolling_counts",
    "rotherham",
    "south_devon",
    "surrey",
    "west_sussex",
)
HEADS = {NATIONAL: "shared form"}
WORDS = {"yes": "yes", "no": "no", "granted": "taken for granted", "caution": "as a precaution"}
"""Not mobile; mobile; not known, and too young for anybody to ask; not known, and gone by until somebody has asked."""


@dataclass(frozen=True)
class Baby:
    """A baby of the table, with what each form says in the order of `FORMS`."""

    told: str
    born_on: str
    movements: str | None
    said: str

    @property
    def expected(self) -> tuple[str, ...]:
        return tuple(WORDS[word] for word in self.said.split())

    def case(self) -> Case:
        moves = f", movements: [{self.movements}]" if self.movements is not None else ""
        return Case.from_yaml(
            f"child: {{id: baby, stage: born, born_on: {self.born_on}{moves}}}\n"
            "injuries: [{id: arm, kind: bruise, noticed_on: 2026-03-02, recorded_as: not_recorded}]\n"
        )


# fmt: off
# Columns: shared, Bristol, Hertfordshire, Durham with Leicestershire, Rotherham, South Devon, Surrey, West Sussex.
BABIES = (
    Baby("does not move, three months", "2025-12-02", "",            "yes yes yes yes yes yes yes yes"),
    Baby("rolls, four months", "2025-11-02", "rolls_both_ways",      "yes yes yes yes yes yes yes yes"),
    Baby("crawls, five and a half months", "2025-09-16", "crawls",   "no  no  yes yes yes yes yes no "),
    Baby("crawls, six months to the day", "2025-09-02", "crawls",    "no  no  yes no  no  yes no  no "),
    Baby("rolls, seven months", "2025-08-02", "rolls_both_ways",     "yes yes yes no  yes yes yes yes"),
    Baby("crawls, eight months", "2025-07-02", "crawls",             "no  no  no  no  no  yes no  no "),
    Baby("shuffles, eight months", "2025-07-02", "bottom_shuffles",  "no  yes no  yes no  yes no  yes"),
    Baby("pulls to stand, nine months", "2025-06-02", "pulls_to_stand", "yes yes yes yes no no yes yes"),
    Baby("cruises, ten months", "2025-05-02", "cruises",             "no  yes no  no  no  no  no  no "),
    Baby("walks, twelve months", "2025-03-02", "walks",              "no  no  no  no  no  no  no  no "),
    Baby("not known, four months", "2025-11-02", None,  "granted granted yes yes yes granted yes granted"),
    Baby("not known, eight months", "2025-07-02", None, "caution " * 8),
)
# fmt: on
YES, NO = WORDS["yes"], WORDS["no"]
CELLS = [(baby, form) for baby in BABIES for form in FORMS]

HEAD = """
language: 1
locality: somewhere
title: A made-up area
version: 0.1.0
status: draft
uses: [guidance, non-mobile-injury]
contacts: {front_door: {name: A made-up front door, checked_on: null, cites: [pack-proposals/report-everywhere]}}
"""
ADOPTS = "adopts: {{not_independently_mobile: {{variant: {form}, cites: [{source}/definition]}}}}\n"
WAIVES = """
waivers:
  - waives: not_independently_mobile
    instead: the area's own form
    adopts: {form}
    from: 2026-01-01
    to: 2026-12-31
    decided_by: nobody
    because: It is made up.
    cites: [{source}/definition]
"""


@cache
def shared() -> Rulebook:
    return Rulebook.load(["non-mobile-injury"])


@cache
def freely() -> frozenset[str]:
    """The variants that a locality may adopt without a waiver."""
    content = shared().content
    definition = content.definitions[DEFINITION]
    direction = Polarity(content.rules.values(), content.definitions).definition(DEFINITION)
    return frozenset(n for n, form in definition.variants.items() if tightens(definition.forms, form.when, direction))


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[Baby, str], Finding]:
    """The report rule's finding for each baby in an area that adopts each form, or waives the shared one for it."""
    found = {}
    for form in FORMS:
        book = (
            shared()
            if form == NATIONAL
            else Rulebook.load(["non-mobile-injury"], locality=area(form, tmp_path_factory))
        )
        for baby in BABIES:
            finding = book.evaluate(baby.case(), as_of=AS_OF).findings.about("report-injury", "arm")
            assert finding is not None
            found[baby, form] = finding
    return found


def area(form: str, folders: pytest.TempPathFactory) -> Path:
    """The file of a locality with this form."""
    variant = shared().content.definitions[DEFINITION].variants[form]
    written = ADOPTS if form in freely() else WAIVES
    file = folders.mktemp(form) / "somewhere.yaml"
    file.write_text(HEAD.lstrip() + written.format(form=form, source=variant.cites[0].source), encoding="utf-8")
    return file


def came_out(finding: Finding) -> str:
    if finding.outcome == "does_not_apply":
        return NO
    if not finding.assumed:
        return YES
    (assumed,) = finding.assumed
    return WORDS["granted" if assumed.taken_for_granted else "caution"]


Found = dict[tuple[Baby, str], Finding]


@pytest.mark.parametrize(("baby", "form"), CELLS, ids=lambda each: each.told if isinstance(each, Baby) else each)
def test_what_each_form_says_of_each_baby(baby: Baby, form: str, findings: Found) -> None:
    finding = findings[baby, form]
    assert came_out(finding) == baby.expected[FORMS.index(form)]
    assert {(each.form, each.definition) for each in finding.clauses} >= {(form, DEFINITION)}


@pytest.mark.parametrize(("baby", "form"), CELLS, ids=lambda each: each.told if isinstance(each, Baby) else each)
def test_each_finding_says_which_other_forms_would_have_given_another_answer(
    baby: Baby, form: str, findings: Found
) -> None:
    """The same as evaluating in each of the other areas: nothing more and nothing less."""
    here = findings[baby, form]
    there = {other: findings[baby, other] for other in FORMS}
    expected = {
        other: (each.outcome, each.certainty)
        for other, each in there.items()
        if (each.outcome, each.certainty) != (here.outcome, here.certainty)
    }
    assert {each.form: (each.outcome, each.certainty) for each in here.elsewhere} == expected
    assert all(each.definition == DEFINITION and each.citations for each in here.elsewhere)


def test_the_table_has_every_form_that_the_pack_offers() -> None:
    assert sorted(FORMS[1:]) == sorted(shared().content.definitions[DEFINITION].variants)
    assert {len(baby.expected) for baby in BABIES} == {len(FORMS)}


@pytest.mark.parametrize("form", FORMS[1:])
def test_what_needs_a_waiver_is_what_asks_for_less_of_some_baby(form: str) -> None:
    """The check at load goes by structure; the table shows the babies behind it, in each direction."""
    pairs = {(baby.expected[0], baby.expected[FORMS.index(form)]) for baby in BABIES}
    assert ((YES, NO) in pairs) is (form not in freely())
    assert (NO, YES) in pairs


ROWS = {
    "Surrey": "surrey",
    "Rotherham": "rotherham",
    "Leicestershire and Rutland": "rolling_counts",
    "Durham": "rolling_counts",
    "South Devon and Torbay": "south_devon",
    "West Sussex": "west_sussex",
    "Wigan": "west_sussex",
    "Hertfordshire": "hertfordshire",
    "Bristol and South Gloucestershire": "bristol_not_crawling",
}
WITHOUT_A_FORM = {
    "guidance:nice-cg89/definition-2025": None,
    "guidance:pan-bsw-bruising/definition": "wiltshire",
    "guidance:scottish-borders-bruising/definition": "scottish-borders",
}


def test_every_area_of_the_guidance_has_its_form_or_the_reason_why_not() -> None:
    definition = shared().content.definitions[DEFINITION]
    used_by = {area.title: name for name, form in definition.variants.items() for area in form.used_by}
    assert used_by == ROWS
    assert {each.statement.name: each.statement.area for each in definition.no_form_from} == WITHOUT_A_FORM
    assert all(each.why for each in definition.no_form_from)
    assert definition.forms[0].cites[0].name == "guidance:panel-bruising-2022/definition"


def documented() -> str:
    """The table as the page shows it: a row for each baby, a column for each form."""
    lines = ["| the baby | " + " | ".join(HEADS.get(form, f"`{form}`") for form in FORMS) + " |"]
    lines.append("| --- " * (len(FORMS) + 1) + "|")
    lines += [f"| {baby.told} | {' | '.join(baby.expected)} |" for baby in BABIES]
    return "\n".join(lines) + "\n"


def test_the_page_shows_this_table() -> None:
    assert documented() in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMS[1:])
def test_the_page_names_the_areas_of_each_form(form: str) -> None:
    variant = shared().content.definitions[DEFINITION].variants[form]
    titles = "; ".join(each.title for each in variant.used_by)
    takes = "freely" if form in freely() else "with a waiver"
    assert f"| `{form}` | {titles} | {variant.reads} | {takes} |" in PAGE.read_text(encoding="utf-8")
