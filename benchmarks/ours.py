"""The library as a contestant: everything that the benchmarks call of it beyond its front door stands in this file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from benchmarks.making_cases import AS_OF
from safeguard_rules import Case, Rulebook
from safeguard_rules.engine.columns.caseload import Caseload
from safeguard_rules.engine.columns.chunks import Chunk
from safeguard_rules.engine.columns.one_by_one import OneByOne
from safeguard_rules.engine.columns.rows import cases_to_batch
from safeguard_rules.engine.elsewhere import Walked
from safeguard_rules.engine.fused.verdicts import Verdicts
from safeguard_rules.engine.indexing.indexed import Indexed
from safeguard_rules.engine.outcomes import Runs
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.view import view

CODES = {"does_not_apply": 0, "undetermined": 1, "applies": 2}
DAY = AsOf.of(AS_OF)


def from_outcomes(outcomes: Iterable[str]) -> list[int]:
    """Outcomes as codes: 0 does not apply, 1 undetermined, 2 applies."""
    return [CODES[outcome] for outcome in outcomes]


def reference(rulebook: Rulebook, day: AsOf = DAY) -> Callable[[Case], Mapping[tuple[str, str], str]]:
    """The reference walk: the outcomes by rule and subject."""
    program = rulebook.program(day)
    walked = replace(program, rules=tuple(replace(each, holds=Walked(each.form)) for each in program.rules))
    return lambda case: Runs(walked, view(case, day, rulebook.vocabulary)).outcomes()


def outcomes(rulebook: Rulebook, day: AsOf = DAY) -> Callable[[Case], Any]:
    """The outcomes by rule and subject, which take no reasons."""
    return lambda case: rulebook.evaluate(case, as_of=day).outcomes()


def codes(rulebook: Rulebook, day: AsOf = DAY) -> Callable[[Case], Any]:
    """The quickest way to the verdicts of a case: a code for each finding, by functions or by the index."""
    return lambda case: rulebook.codes(case, as_of=day)


def functions(rulebook: Rulebook) -> Callable[[Case], Any]:
    """The verdicts by functions, however many rules there are."""
    program = rulebook.program(DAY)
    made = Verdicts(program, rulebook.vocabulary, program.rules)
    return lambda case: made.codes(case, DAY)


def indexed(rulebook: Rulebook) -> Callable[[Case], Any]:
    """The verdicts by the index over facts, however few rules there are."""
    program = rulebook.program(DAY)
    made = Indexed(program, rulebook.vocabulary, program.rules)
    return lambda case: made.codes(case, DAY)


def actions(rulebook: Rulebook, day: AsOf = DAY) -> Callable[[str], str]:
    """JSON in to cited JSON out: actions, with reasons for findings that apply or are undetermined."""
    return lambda text: rulebook.evaluate(Case.from_json(text), as_of=day).to_json("actions", indent=False)


def everything(rulebook: Rulebook, day: AsOf = DAY) -> Callable[[str], str]:
    """JSON in to the full JSON out."""
    return lambda text: rulebook.evaluate(Case.from_json(text), as_of=day).to_json(indent=False)


def validated(text: str) -> Case:
    """The baseline of reading: the standard library's parser, then the models of a case."""
    return Case.model_validate(json.loads(text))


def columns(rulebook: Rulebook, cases: Sequence[Case]) -> tuple[Callable[[Any], Any], Any]:
    """Verdicts by columns that are ready: what to run, and the columns; the codes come rule by rule."""
    caseload, batch = _caseload(rulebook, cases)
    chunk = Chunk(batch, rulebook.vocabulary, DAY, OneByOne(batch, rulebook, DAY).ask)
    caseload.run(chunk)  # a chunk keeps the columns that it has read
    return lambda given: [rule.codes for rule in caseload.run(given)], chunk


def from_arrow(rulebook: Rulebook, cases: Sequence[Case]) -> tuple[Callable[[Any], Any], Any]:
    """Verdicts from a record batch of Arrow, its rows checked: what to run, and the batch."""
    caseload, batch = _caseload(rulebook, cases)
    return lambda given: [rule.codes for rule in caseload.codes(given).rules], batch


def _caseload(rulebook: Rulebook, cases: Sequence[Case]) -> tuple[Caseload, Any]:
    return Caseload(rulebook, DAY), cases_to_batch(cases)
