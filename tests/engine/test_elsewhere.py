"""The clause that decided, and the other forms by which a finding would have come out another way."""

from pathlib import Path
from typing import Any

import pytest

from safeguard_rules import Clause, Finding, Rulebook, read_document
from safeguard_rules.engine import elsewhere as elsewhere_module
from safeguard_rules.engine import inquiring as inquiring_module
from safeguard_rules.engine.elsewhere import Walked
from tests.engine.test_bundled_rulebook import drawn, rulebook
from tests.packs_in_text import CITED, Piece, assumed, case, definition, evaluate, finding, load, parameter, rule

D = "tiny:d"
VARIANTS = f"""
variants:
  also_young:
    reads: is disabled, or young
    when: {{any: [{{child.disabled: true}}, {{child.age: {{less_than: p}}}}]}}
    {CITED}
  young_and_disabled:
    reads: is disabled and young
    when: {{all: [{{child.disabled: true}}, {{child.age: {{less_than: p}}}}]}}
    {CITED}
"""
YOUNG, OLD = "born_on: 2026-02-01", "born_on: 2025-01-01"
PIECES = (parameter("p", "6 months"), definition("d", "{child.disabled: true}", more=VARIANTS))
ADOPTS = f"contacts: {{}}\nadopts:\n  d: {{variant: also_young, {CITED}}}\n"


def child(*facts: str) -> str:
    return f"child: {{id: baby, stage: born, {', '.join(facts)}}}"


def found(tmp_path: Path, given: str, *pieces: Piece, when: str = "d", locality: str | None = None) -> Finding:
    book = load(tmp_path, *(pieces or PIECES), rule("r", when), locality=locality)
    return finding(evaluate(book, given))


def others(of: Finding) -> dict[str, tuple[str, str]]:
    return {each.form: (each.outcome, each.certainty) for each in of.elsewhere}


def clauses(of: tuple[Clause, ...]) -> list[tuple[str, str]]:
    return [(each.says, each.value) for each in of]


AGE = "the child's age: under 6 months"
DISABLED = "whether the child is known to have a disability: yes"


# --- which clause decided


def test_of_several_clauses_that_each_suffice_every_one_that_holds_is_named(tmp_path: Path) -> None:
    both = found(tmp_path / "a", child(YOUNG, "disabled: true"), locality=ADOPTS)
    young = found(tmp_path / "b", child(YOUNG, "disabled: false"), locality=ADOPTS)
    neither = found(tmp_path / "c", child(OLD, "disabled: false"), locality=ADOPTS)

    assert [value for _, value in clauses(both.clauses)] == ["true", "true"]
    assert clauses(young.clauses) == [(AGE, "true")]
    assert [value for _, value in clauses(neither.clauses)] == ["false", "false"]
    assert {(each.definition, each.form) for each in both.clauses} == {(D, "also_young")}


def test_a_clause_is_named_without_the_not_around_it(tmp_path: Path) -> None:
    negated = definition("d", "{not: {any: [{child.disabled: true}, {child.age: {less_than: p}}]}}", more=VARIANTS)
    holds = found(tmp_path, child(OLD, "disabled: false"), parameter("p", "6 months"), negated)
    assert [value for _, value in clauses(holds.clauses)] == ["false", "false"]
    assert AGE in dict(clauses(holds.clauses))


def test_what_leaves_it_open_is_named_as_not_known(tmp_path: Path) -> None:
    assert [value for _, value in clauses(found(tmp_path, child(OLD)).clauses)] == ["unknown"]


def test_no_clause_is_named_of_what_did_not_decide(tmp_path: Path) -> None:
    ruled_out = found(tmp_path, child(OLD, "disabled: true"), when="{all: [d, {case.status: closed}]}")
    assert ruled_out.outcome == "undetermined"
    assert ruled_out.clauses == ()


def test_a_definition_with_one_form_everywhere_has_no_clauses(tmp_path: Path) -> None:
    assert found(tmp_path, child("disabled: true"), definition("d", "{child.disabled: true}")).clauses == ()


# --- other forms


def test_each_form_that_would_change_the_outcome_is_named_with_its_clause_and_citation(tmp_path: Path) -> None:
    here = found(tmp_path, child(YOUNG, "disabled: false"))
    (other,) = here.elsewhere
    assert here.outcome == "does_not_apply"
    assert (other.definition, other.form, other.outcome, other.reads) == (
        D,
        "also_young",
        "applies",
        "is disabled, or young",
    )
    assert clauses(other.clauses) == [(AGE, "true")]
    assert [each.statement for each in other.citations] == ["tiny:law/duty"]


def test_the_shared_form_is_one_of_the_others_where_a_locality_has_adopted_another(tmp_path: Path) -> None:
    here = found(tmp_path, child(YOUNG, "disabled: false"), locality=ADOPTS)
    assert here.outcome == "applies"
    assert [(each.form, each.outcome) for each in here.elsewhere] == [
        ("national", "does_not_apply"),
        ("young_and_disabled", "does_not_apply"),
    ]


def test_where_a_locality_widens_a_definition_the_shared_form_is_another_too(tmp_path: Path) -> None:
    widens = f"contacts: {{}}\nwidens:\n  d: {{or_if: {{child.age: {{less_than: p}}}}, reads: is young, {CITED}}}\n"
    here = found(tmp_path, child(YOUNG, "disabled: false"), locality=widens)
    assert (here.outcome, {each.form for each in here.clauses}) == ("applies", {"widened"})
    assert others(here) == {
        "national": ("does_not_apply", "certain"),
        "young_and_disabled": ("does_not_apply", "certain"),
    }


def test_where_a_waiver_weakens_it_the_shared_form_is_named_beside_the_waiver(tmp_path: Path) -> None:
    waiver = (
        "contacts: {}\nwaivers:\n  - {waives: d, instead: Less, adopts: young_and_disabled, from: 2026-01-01, "
        f"to: 2026-12-31, decided_by: nobody, because: A test., {CITED}}}\n"
    )
    here = found(tmp_path, child(OLD, "disabled: true"), locality=waiver)
    assert (here.outcome, here.waived_from) == ("does_not_apply", "applies")
    assert others(here) == {"national": ("applies", "certain"), "also_young": ("applies", "certain")}


def test_a_form_that_settles_what_is_unknown_here_is_named(tmp_path: Path) -> None:
    here = found(tmp_path, child(YOUNG))
    assert here.outcome == "undetermined"
    assert others(here) == {"also_young": ("applies", "certain")}


def test_decision_07_what_holds_while_it_is_unknown_stays_by_any_form(tmp_path: Path) -> None:
    taken = definition("d", "{child.disabled: true}", more=assumed("true") + VARIANTS)
    pieces = (parameter("p", "6 months"), taken)
    young, old = found(tmp_path / "a", child(YOUNG), *pieces), found(tmp_path / "b", child(OLD), *pieces)
    assert (young.outcome, young.certainty) == (old.outcome, old.certainty) == ("applies", "as_precaution")
    assert others(young) == {"also_young": ("applies", "certain")}
    assert others(old) == {"young_and_disabled": ("does_not_apply", "certain")}


def test_under_not_and_through_other_definitions(tmp_path: Path) -> None:
    through = definition("outer", "{not: d}")
    here = found(tmp_path, child(YOUNG, "disabled: false"), *PIECES, through, when="outer")
    assert (here.outcome, others(here)) == ("applies", {"also_young": ("does_not_apply", "certain")})
    assert [each.definition for each in here.clauses] == [D]


def test_of_a_definition_of_records_each_record_has_its_own(tmp_path: Path) -> None:
    bruise = definition(
        "bruise",
        "{injury.kind: bruise}",
        "injury",
        f"variants:\n  burns_too: {{reads: is either, when: {{injury.kind: [bruise, burn_or_scald]}}, {CITED}}}",
    )
    book = load(tmp_path, bruise, rule("r", "bruise", more="for_each: injury"))
    evaluation = evaluate(
        book, "injuries: [{id: a, kind: bruise}, {id: b, kind: burn_or_scald}]\nincomplete: [injuries]"
    )
    assert others(finding(evaluation, subject="a")) == {}
    assert others(finding(evaluation, subject="b")) == {"burns_too": ("applies", "certain")}
    assert others(finding(evaluation, subject="?")) == {}


def test_without_an_assumption_of_its_own_a_form_may_differ_in_what_it_assumes(tmp_path: Path) -> None:
    """Both forms are unknown here, and one of them is made of a definition that is taken as so."""
    pieces = (
        definition("taken", "{case.status: closed}", more=assumed("true")),
        definition(
            "d",
            "{child.disabled: true}",
            more=f"variants:\n  other: {{reads: is taken, when: taken, {CITED}}}",
        ),
    )
    here = found(tmp_path, "", *pieces)
    assert (here.outcome, others(here)) == ("undetermined", {"other": ("applies", "as_precaution")})


@pytest.mark.parametrize(("as_of", "expected"), [("2025-06-01", {}), ("2026-03-02", {"national": "does_not_apply"})])
def test_the_shared_form_is_that_of_the_day(as_of: str, expected: dict[str, str], tmp_path: Path) -> None:
    dated = Piece(
        "definitions",
        "d:\n"
        f"  - {{of: child, reads: until 2025, when: always, to: 2025-12-31, {CITED}}}\n"
        f"  - {{of: child, reads: since 2026, when: {{child.disabled: true}}, from: 2026-01-01, {CITED},\n"
        f"     variants: {{all_of_them: {{reads: is there, when: always, {CITED}}}}}}}",
    )
    book = load(
        tmp_path,
        dated,
        rule("r", "d"),
        locality=f"contacts: {{}}\nadopts:\n  d: {{variant: all_of_them, {CITED}}}\n",
    )
    here = finding(evaluate(book, child("disabled: false"), as_of))
    assert here.outcome == "applies"
    assert {each.form: each.outcome for each in here.elsewhere} == expected


def test_an_unknown_stage_is_gone_on_with_by_any_form(tmp_path: Path) -> None:
    here = found(tmp_path, "child: {id: baby, disabled: false, born_on: 2026-02-01}", when="{not: d}")
    assert (here.outcome, others(here)) == ("applies", {"also_young": ("does_not_apply", "certain")})


# --- when it is made, and how it is written


def test_decision_45_actions_and_questions_do_not_wait_for_other_forms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("computed before it was asked for")

    book = load(tmp_path, *PIECES, rule("r", "d"))
    monkeypatch.setattr(inquiring_module, "elsewhere", fail)
    evaluation = book.evaluate(case(child("disabled: true")), as_of="2026-03-02")
    assert evaluation.actions
    assert evaluation.questions == ()
    with pytest.raises(AssertionError, match="before it was asked for"):
        evaluation.findings[0].elsewhere  # noqa: B018


def test_explain_has_the_same_finding(tmp_path: Path) -> None:
    evaluation = evaluate(load(tmp_path, *PIECES, rule("r", "d")), child(YOUNG, "disabled: false"))
    (explanation,) = evaluation.explain("r")
    assert explanation.finding == finding(evaluation)
    assert explanation.finding.elsewhere


def test_it_is_written_and_read_back(tmp_path: Path) -> None:
    evaluation = evaluate(load(tmp_path, *PIECES, rule("r", "d")), child(YOUNG, "disabled: false"))
    read = read_document(evaluation.to_json())
    assert read == evaluation.document()
    assert read.findings[0].elsewhere == finding(evaluation).elsewhere != ()


def test_promise_05_no_form_of_another_area_takes_an_action_back(tmp_path: Path) -> None:
    """With the other forms left out of the pack the actions are the same."""
    given = child(OLD, "disabled: true")
    with_forms = load(tmp_path / "a", *PIECES, rule("r", "d"))
    without = load(
        tmp_path / "b", parameter("p", "6 months"), definition("d", "{child.disabled: true}"), rule("r", "d")
    )
    assert finding(evaluate(with_forms, given)).elsewhere
    assert evaluate(with_forms, given).actions == evaluate(without, given).actions


def test_promise_08_every_deciding_clause_of_the_bundled_packs_is_a_part_of_the_explanation() -> None:
    book = Rulebook.load(locality="wiltshire")
    given = "child: {id: b, stage: born, born_on: 2025-09-20, movements: [crawls]}\ninjuries: [{id: a, kind: bruise}]"
    evaluation = evaluate(book, given)
    (explanation,) = evaluation.explain("report-injury", "a")
    parts = [explanation.steps]
    read = set()
    while parts:
        part = parts.pop()
        read.add((part.reads, part.value))
        parts += part.parts
    assert explanation.finding.clauses
    assert {(each.says, each.value) for each in explanation.finding.clauses} <= read


# --- walked at first, then compiled


def come_to() -> list[Any]:
    """What other meanings come to, by a rulebook that has kept nothing."""
    book = Rulebook(rulebook(None).loaded)
    evaluations = [book.evaluate(case, as_of=as_of) for case, as_of in drawn(20, 8400)]
    return [each._inquiry._elsewhere for each in evaluations]


def test_other_meanings_come_to_the_same_walked_and_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere_module, "WALKED_FIRST", 10**9)
    walked = come_to()
    monkeypatch.setattr(elsewhere_module, "WALKED_FIRST", 0)
    assert come_to() == walked
    assert sum(map(len, walked)) > 10


def test_other_meanings_are_walked_at_first_and_then_compiled() -> None:
    book = Rulebook(rulebook(None).loaded)
    case, as_of = next(iter(drawn(1, 8400)))
    found = []
    for _ in range(elsewhere_module.WALKED_FIRST + 1):
        evaluation = book.evaluate(case, as_of=as_of)
        assert evaluation._inquiry._elsewhere is not None
        others = evaluation.program.stock.others.values()
        found.append({isinstance(rule.holds, Walked) for other in others for rule in other.program.rules})
    assert found == [{True}, {True}, {False}]
