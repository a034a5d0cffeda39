"""The whole text of an evaluation: its order, its header, and words that it never says."""

import re

import pytest

from safeguard_rules.reports.as_text import evaluation_text, family_text
from safeguard_rules.reports.context import Context, Setting
from safeguard_rules.reports.family import ChildsEvaluation
from safeguard_rules.results import (
    EvaluationDocument,
    NotInForce,
    PackRecord,
    PluginRecord,
    Problem,
    Strength,
    WaiverNotice,
)
from tests.reports.made import PARTNER, action, document, finding, question, record

HEADINGS = [
    "What to do now",
    "What to find out",
    "Each action, and who says so",
    "Why",
    "Already done",
    "Strengths, which cancel nothing above",
    "Waivers of this area",
    "To look at again in the record",
    "Everything else",
    "What was used",
    "Sources",
]

FULL = document(
    record=record(
        role="midwife",
        packs=(
            PackRecord("pack", "pack", "0.1.0", "draft", "", ""),
            PackRecord("w", "locality", "0.2", "reviewed", "", ""),
        ),
        plugins=(PluginRecord("audit", "some-audit", "1.0", None),),
        replayable=False,
        why_not_replayable="no digest",
        locality="w",
    ),
    actions=(action(), action("a:done", "Tell the family", standing="done", done_on="2026-03-01")),
    questions=(question(),),
    findings=(finding(), finding("pack:b", "undetermined", title="B", open=("injuries",))),
    strengths=(Strength("warm", "Warm and prompt.", "Seen on 2 March.", None),),
    waivers=(
        WaiverNotice("a:b_c", "the wider form", "2026-01-01", "2026-12-31", "in_force", "a body", "why not", (), ()),
    ),
    problems=(
        Problem("date-ahead", "child.born_on", "the date of birth lies ahead"),
        Problem("contact-not-checked", "front_door", "nobody has checked the contact Front Door"),
    ),
    not_in_force=(NotInForce("pack:c", "C", "other_area", "for elsewhere"),),
)


def headings(text: str) -> list[str]:
    return [row for row in text.splitlines() if row in HEADINGS]


def test_the_parts_stand_in_the_order_in_which_somebody_needs_them() -> None:
    assert headings(evaluation_text(FULL)) == HEADINGS


def test_the_header_says_who_when_where_and_who_asks() -> None:
    printed = evaluation_text(FULL, Context("the baby", "Wiltshire"))
    assert printed.splitlines()[:2] == [
        "The baby, 2 March 2026, in Wiltshire, asked by: midwife",
        "The packs pack are drafts that no safeguarding lead has reviewed. Recommendations only: a person decides.",
    ]
    assert evaluation_text(document()).splitlines()[:2] == [
        "The child, 2 March 2026, no area given",
        "Recommendations only: a person decides.",
    ]


def test_what_was_used_says_where_each_setting_came_from() -> None:
    printed = evaluation_text(FULL, Context(settings=(Setting("date", "2 March 2026", "the case file"),)))
    assert (
        "What was used\n"
        "  - date: 2 March 2026, from the case file\n"
        "  - packs: pack 0.1.0 (draft) and w 0.2 (reviewed, locality)\n"
        "  - plug-ins: audit (some-audit 1.0)\n"
        "  - engine: safeguard-rules 0.1.0; cannot be replayed: no digest\n"
    ) in printed


def test_strengths_waivers_and_problems_are_told_in_full() -> None:
    printed = " ".join(evaluation_text(FULL).split())
    assert "- Warm and prompt (Seen on 2 March; nobody has verified this)" in printed
    assert (
        "- b c: the wider form; from 1 January 2026 to 31 December 2026, in force; decided by a body: why not. "
        "It changed nothing here"
    ) in printed
    assert "- child.born_on: the date of birth lies ahead" in printed
    assert "- nobody has checked the contact Front Door" in printed


def test_everything_is_listed_when_asked_for() -> None:
    printed = evaluation_text(FULL, Context(everything=True))
    assert "Not decided" in printed
    assert "Not in force\n  - C: for elsewhere" in printed
    assert "Everything else" not in printed


@pytest.mark.parametrize("given", [document(), document(findings=(finding(outcome="does_not_apply"),)), FULL])
def test_no_text_reads_as_all_clear_or_as_a_score(given: EvaluationDocument) -> None:
    printed = evaluation_text(given).lower()
    assert not re.search(
        r"no concern|all clear|all is well|no risk|low risk|nothing to worry|is safe\b(?!\.)|per cent|%|score", printed
    )


def test_the_same_result_gives_the_same_text() -> None:
    assert evaluation_text(FULL) == evaluation_text(FULL)


# --- a family


class Shared:
    """One action over a family, made by hand."""

    def __init__(self, given: object, *children: str) -> None:
        self.action = given
        self.children = children


def family(*actions: Shared) -> str:
    children = [
        ChildsEvaluation(child, document(questions=(question(),)), Context(label))
        for child, label in (("tom", "Tom"), ("ann", None))
    ]
    return family_text(children, actions)  # type: ignore[arg-type]


def test_a_family_has_one_list_of_actions_and_then_each_child() -> None:
    printed = family(Shared(action(), "tom"))
    assert printed.startswith("Tom and ann, 2 March 2026")
    assert printed.count("What to do now") == 1
    assert printed.count("What to find out") == 2
    assert printed.count("What was used") == 1
    assert printed.index("\nTom\n") < printed.index("\nAnn\n")


def test_an_action_of_a_family_says_which_child_it_is_about() -> None:
    printed = family(
        Shared(action("a:one", "Report it"), "tom"),
        Shared(action("a:two", "Assess this person", about=PARTNER), "tom", "ann"),
        Shared(action("a:three", "Ask this person", about=PARTNER), "ann"),
    )
    assert "Report it (Tom); " in printed
    assert "Assess this person (mother's partner); " in printed
    assert "Ask this person (mother's partner, for ann); " in printed
