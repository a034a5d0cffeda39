"""Recommended actions for safeguarding babies, each with the guidance it comes from.

Hand over a case, get recommended actions with their citations, what is still to be found out, and why:

    from safeguard_rules import Case, Rulebook

    rulebook = Rulebook.load(locality="wiltshire")
    evaluation = rulebook.evaluate(Case.read("examples/cheek.yaml"), as_of="2026-03-02")
    for action in evaluation.actions:
        print(action.obligation, action.do)

People decide: nothing here scores, predicts or decides.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from safeguard_rules.case.case import Case
    from safeguard_rules.case.family import Family
    from safeguard_rules.case.reading import CaseFile, read_case_file
    from safeguard_rules.case.stories import Story
    from safeguard_rules.engine.evaluation import Evaluation
    from safeguard_rules.engine.families import FamilyAction, FamilyEvaluation
    from safeguard_rules.engine.rulebook import Rulebook
    from safeguard_rules.engine.timelines import Timeline
    from safeguard_rules.engine.writing import evaluation_schema, read_document
    from safeguard_rules.errors import CallError, CaseError, PackError, PluginError, SafeguardRulesError
    from safeguard_rules.results import (
        Assumed,
        Cause,
        Change,
        Changes,
        Citation,
        Clause,
        Conflict,
        ContactDetails,
        ContactMoment,
        Demand,
        Elsewhere,
        EvaluationDocument,
        EvaluationRecord,
        Explanation,
        Finding,
        Findings,
        Meaning,
        NextChange,
        NotInForce,
        PackRecord,
        Part,
        PluginRecord,
        Problem,
        Question,
        Reason,
        RecommendedAction,
        Strength,
        Subject,
        TimelineDocument,
        WaiverNotice,
        Within,
    )

__all__ = [
    "Assumed",
    "CallError",
    "Case",
    "CaseError",
    "CaseFile",
    "Cause",
    "Change",
    "Changes",
    "Citation",
    "Clause",
    "Conflict",
    "ContactDetails",
    "ContactMoment",
    "Demand",
    "Elsewhere",
    "Evaluation",
    "EvaluationDocument",
    "EvaluationRecord",
    "Explanation",
    "Family",
    "FamilyAction",
    "FamilyEvaluation",
    "Finding",
    "Findings",
    "Meaning",
    "NextChange",
    "NotInForce",
    "PackError",
    "PackRecord",
    "Part",
    "PluginError",
    "PluginRecord",
    "Problem",
    "Question",
    "Reason",
    "RecommendedAction",
    "Rulebook",
    "SafeguardRulesError",
    "Story",
    "Strength",
    "Subject",
    "Timeline",
    "TimelineDocument",
    "WaiverNotice",
    "Within",
    "evaluation_schema",
    "read_case_file",
    "read_document",
]

# A name is imported when it is first asked for, so that whoever only loads packs does not wait for what evaluates.
_HOMES = {
    "Case": "case.case",
    "Family": "case.family",
    "CaseFile": "case.reading",
    "read_case_file": "case.reading",
    "Story": "case.stories",
    "Evaluation": "engine.evaluation",
    "FamilyAction": "engine.families",
    "FamilyEvaluation": "engine.families",
    "Rulebook": "engine.rulebook",
    "Timeline": "engine.timelines",
    "evaluation_schema": "engine.writing",
    "read_document": "engine.writing",
    "CallError": "errors",
    "CaseError": "errors",
    "PackError": "errors",
    "PluginError": "errors",
    "SafeguardRulesError": "errors",
}
_HOME_OF_ALL_OTHERS = "results"


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module `{__name__}` has no attribute `{name}`")
    found = getattr(import_module(f"{__name__}.{_HOMES.get(name, _HOME_OF_ALL_OTHERS)}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
