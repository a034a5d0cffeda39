"""Acceptance 2: an empty case gives questions; seven lines at most to do now; no fact takes a `must` away unseen."""

from __future__ import annotations

import re

import pytest

from safeguard_rules import Case, Evaluation, Rulebook
from safeguard_rules.case.paths import iter_paths
from safeguard_rules.case.without import without
from safeguard_rules.reports.as_text import evaluation_text
from safeguard_rules.vocabulary.kinds import TOPICS
from tests.examples import EXAMPLES, Example

LOCALITIES = (None, "wiltshire", "stoke-on-trent")
MOST_LINES = 7
SHOWN = 3

# What somebody in a hurry could take for an all clear; each is looked for as a whole phrase.
ALL_CLEAR = (
    r"no concerns?\b",
    r"no (further )?actions? (is |are )?(needed|required|necessary)",
    r"nothing to do",
    r"nothing to worry",
    r"no risks?\b",
    r"low risk",
    r"all clear",
    r"(is|are|child) safe\b",
    r"no problems?\b",
    r"no need to",
    r"fine\b",
    r"\bok(ay)?\b",
    r"no issues?\b",
    r"no cause for",
)
DENIED = re.compile(r"(it )?does not say whether the child is safe", re.IGNORECASE)


def lines_under(text: str, heading: str) -> list[str]:
    """The lines below a heading, up to the next line that does not start with a space."""
    lines = text.splitlines()
    start = next(n for n, line in enumerate(lines) if line.casefold().startswith(heading.casefold()))
    found = []
    for line in lines[start + 1 :]:
        if line and not line.startswith(" "):
            break
        found.append(line)
    return [line for line in found if line.strip()]


def empty(locality: str | None) -> Evaluation:
    return Rulebook.load(locality=locality).evaluate(Case(), as_of="2026-03-02")


# --- the empty case


@pytest.mark.parametrize("locality", LOCALITIES)
def test_acceptance_2_an_empty_case_gives_questions(locality: str | None) -> None:
    found = empty(locality)
    assert found.actions == ()
    assert len(found.questions) > SHOWN
    assert {each.outcome for each in found.findings} == {"undetermined"}


def test_acceptance_2_the_empty_case_is_an_example() -> None:
    example = next(each for each in EXAMPLES if str(each) == "empty")
    assert example.file().case == Case()
    assert example.result().actions == ()


@pytest.mark.parametrize("locality", LOCALITIES)
def test_acceptance_2_three_are_shown_and_the_rest_counted_and_grouped(locality: str | None) -> None:
    found = empty(locality)
    text = evaluation_text(found.document())
    asked = lines_under(text, "What to find out")
    numbered = [line for line in asked if re.match(r"\s+\d+\. ", line)]
    assert len(numbered) == SHOWN
    for line, each in zip(numbered, found.questions, strict=False):
        assert line.split(". ", 1)[1].strip() in each.question
    told = " ".join(line.strip() for line in asked)
    rest = found.questions[SHOWN:]
    assert re.search(rf"\b{len(rest)} more\b", told)
    groups = {topic: sum(each.topic == topic for each in rest) for topic in TOPICS}
    tail = told.split(" more", 1)[1]
    for number in sorted({count for count in groups.values() if count}):
        assert re.search(rf"\b{number} about\b", tail)
    assert len(re.findall(r"\d+ about\b", tail)) == sum(bool(count) for count in groups.values())


@pytest.mark.parametrize("locality", LOCALITIES)
def test_acceptance_2_lists_come_before_fields(locality: str | None) -> None:
    """Nothing is asked about a record that nobody has entered: its list comes first, and alone."""
    found = empty(locality)
    assert not any("[" in each.path for each in found.questions)
    assert {"injuries", "people", "incidents"} <= {each.path for each in found.questions if each.is_list}


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_acceptance_2_lists_come_before_their_fields_in_every_example(example: Example) -> None:
    for evaluation in example.evaluations():
        paths = [each.path for each in evaluation.questions]
        for n, path in enumerate(paths):
            parent = path.partition("[")[0]
            assert parent == path or parent not in paths[n:]


def all_clear_in(text: str) -> list[str]:
    said = DENIED.sub("", " ".join(text.split()))
    return [found.group(0) for phrase in ALL_CLEAR for found in re.finditer(phrase, said, re.IGNORECASE)]


@pytest.mark.parametrize("locality", LOCALITIES)
def test_acceptance_2_never_a_word_that_reads_as_all_clear(locality: str | None) -> None:
    found = empty(locality)
    assert all_clear_in(evaluation_text(found.document())) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_acceptance_2_no_example_leads_with_an_all_clear(example: Example) -> None:
    for evaluation in example.evaluations():
        text = evaluation_text(evaluation.document())
        lead = "\n".join(lines_under(text, "What to do now") + lines_under(text, "What to find out"))
        assert all_clear_in(lead) == []


def test_acceptance_2_a_case_in_which_everything_is_ruled_out_is_no_all_clear_either() -> None:
    known = """
        child: {id: baby, stage: has_died}
        injuries: []
        incidents: []
        people: []
        all_regular_people_recorded: true
        concerns: []
        """
    found = Rulebook.load().evaluate(Case.from_yaml(known), as_of="2026-03-02")
    text = evaluation_text(found.document())
    assert all_clear_in(text) == []
    assert "no assurance" in " ".join(text.split())


def test_acceptance_2_the_words_of_an_all_clear_would_be_noticed() -> None:
    for phrase in ("There are no concerns", "No action needed", "Nothing to do", "the child is safe", "No risk found"):
        assert all_clear_in(phrase)


# --- seven lines


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_acceptance_2_no_example_prints_more_than_seven_lines_under_what_to_do_now(example: Example) -> None:
    for evaluation in example.evaluations():
        for width in (100, 1000):
            text = evaluation_text(evaluation.document(), width=width)
            now = lines_under(text, "What to do now")
            assert now
            # A line that is wrapped on a narrow terminal is indented further; it is one line all the same.
            indent = min(len(line) - len(line.lstrip()) for line in now)
            lines = [line for line in now if len(line) - len(line.lstrip()) == indent]
            assert len(lines) <= MOST_LINES, text
            if width == 1000:
                assert len(now) <= MOST_LINES, text


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_acceptance_2_seven_lines_hide_nothing(example: Example) -> None:
    """Every action that is to do is told somewhere in the text, with all that is in the JSON."""
    for evaluation in example.evaluations():
        text = " ".join(evaluation_text(evaluation.document(), width=1000).split()).casefold()
        for each in evaluation.actions:
            assert each.do.casefold() in text, each.action


# --- no fact takes a `must` away without a word


def musts(evaluation: Evaluation) -> dict[tuple[str, str, str | None], set[str]]:
    """What must be done, or must not, about whom, by which rules."""
    found: dict[tuple[str, str, str | None], set[str]] = {}
    for action in evaluation.actions:
        for demand in action.demands:
            if demand.obligation in ("must", "must_not"):
                key = (demand.obligation, action.action, action.about.id)
                found.setdefault(key, set()).add(demand.rule)
    return found


def in_its_place(poorer: Evaluation, path: str, rules: set[str]) -> bool:
    """Whether the rules behind a `must` are open without a fact, or its path is asked for at that rank."""
    undetermined = {each.rule for each in poorer.findings.undetermined}
    asked = any(
        each.path in (path, path.partition("[")[0]) and each.demand in ("must", "must_not") for each in poorer.questions
    )
    return bool(rules & undetermined) or asked


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_acceptance_2_no_fact_taken_away_makes_a_must_disappear_without_a_word(example: Example) -> None:
    for evaluation in example.evaluations():
        before = musts(evaluation)
        for path in iter_paths(evaluation.case):
            poorer = example.rulebook().evaluate(
                without(evaluation.case, path), as_of=evaluation.as_of, role=evaluation.role
            )
            after = musts(poorer)
            for key, rules in before.items():
                assert key in after or in_its_place(poorer, path, rules), (path, key)


def test_acceptance_2_there_is_a_must_to_lose() -> None:
    assert any(musts(evaluation) for example in EXAMPLES for evaluation in example.evaluations())
