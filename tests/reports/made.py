"""Small results made by hand, for tests of reports."""

from dataclasses import replace
from typing import Any

from safeguard_rules.reports.context import Context, Telling
from safeguard_rules.reports.lines import plain
from safeguard_rules.reports.notes import Notes
from safeguard_rules.results import (
    Assumed,
    Citation,
    ContactDetails,
    ContactMoment,
    Demand,
    EvaluationDocument,
    EvaluationRecord,
    Finding,
    PackRecord,
    Question,
    Reason,
    RecommendedAction,
    Subject,
    Within,
)

CHILD = Subject("child", "baby", "the baby")
PARTNER = Subject("person", "partner", "mother's partner")
FATHER = Subject("person", "father", "the father")
CHEEK = Subject("injury", "cheek", "bruise on the cheek")

FRONT_DOOR = ContactDetails(
    "front_door", "Front Door", "0300 456 0108", "weekdays 09:00 to 17:00", "0300 456 0100", None, None, None, ()
)


def front_door(state: Any = "closed", **given: Any) -> ContactDetails:
    """The front door at a moment; without more, on a Sunday night."""
    fields: dict[str, Any] = {"phone": None, "clock": "Sunday 02:00", "opens_next": None, "bank_holiday": None}
    return replace(FRONT_DOOR, moment=ContactMoment(state, **(fields | given)))


def citation(statement: str = "guidance:page/one", **given: Any) -> Citation:
    source = statement.partition("/")[0]
    fields: dict[str, Any] = {
        "source": f"Page {source}",
        "publisher": "A publisher",
        "at": f"Section {statement.rpartition('/')[2]}",
        "says": "Something.",
        "url": None,
        "force": "national guidance",
        "known": "read in full",
        "area": None,
    }
    return Citation(statement, **(fields | given))


def within(time: str = "at once", basis: Any = "sourced", **given: Any) -> Within:
    fields: dict[str, Any] = {"counted_from": None, "due": None, "overdue": None, "citations": ()}
    return Within(time, basis, **(fields | given))


def assumed(name: str = "pack:already_recorded", **given: Any) -> Assumed:
    fields: dict[str, Any] = {
        "reads": "was recorded before",
        "value": False,
        "exception": True,
        "taken_for_granted": False,
        "citations": (citation("guidance:page/assumed"),),
    }
    return Assumed(name, **(fields | given))


def demand(obligation: Any = "should", **given: Any) -> Demand:
    fields: dict[str, Any] = {
        "action": "pack:report",
        "obligation": obligation,
        "rule": "pack:a-rule",
        "title": "A rule",
        "subject": CHILD,
        "certainty": "certain",
        "assumed": (),
        "within": None,
        "how": None,
        "force": "national guidance",
        "addressed": (),
        "for_you": True,
        "because": "It helps.",
        "citations": (citation(),),
        "carried_by": None,
        "rests_on_carer": False,
    }
    return Demand(**(fields | given))


def action(name: str = "pack:report", do: str = "Report it", *demands: Demand, **given: Any) -> RecommendedAction:
    asked = demands or (demand(),)
    head = asked[0]
    fields: dict[str, Any] = {
        "details": None,
        "kind": "protect",
        "about": CHILD,
        "obligation": head.obligation,
        "certainty": head.certainty,
        "within": head.within,
        "demands": asked,
        "contact": None,
        "contact_key": None,
        "after": (),
        "repeats": False,
        "standing": "to_do",
        "done_on": None,
        "for_you": head.for_you,
        "draft": False,
        "rests_on_carer": False,
        "citations": tuple(dict.fromkeys(c for each in asked for c in each.citations)),
    }
    return RecommendedAction(name, do, **(fields | given))


def reason(path: str = "injuries[cheek].kind", says: str = "the kind of injury: bruise", **given: Any) -> Reason:
    fields: dict[str, Any] = {"known_by": None, "clause": "a clause", "definition": None, "form": None}
    return Reason(path, says, **(fields | given))


def finding(rule: str = "pack:a-rule", outcome: Any = "applies", **given: Any) -> Finding:
    fields: dict[str, Any] = {
        "title": "A rule",
        "subject": CHILD,
        "certainty": "certain",
        "assumed": (),
        "why": (reason(),),
        "open": (),
        "reading": "always",
        "because": "it helps",
        "rests_on_carer": False,
        "carer_paths": (),
        "citations": (citation(),),
    }
    made = fields | given
    return Finding(rule=rule, outcome=outcome, **made)


def question(path: str = "injuries", text: str = "Is there any injury?", **given: Any) -> Question:
    fields: dict[str, Any] = {
        "topic": "injuries",
        "demand": "must",
        "actions": ("pack:report",),
        "rules": ("pack:a-rule",),
        "settles": ("applies",),
        "already_a_precaution": False,
        "only_adds_reasons": False,
        "is_list": "[" not in path,
        "why_unknown": None,
        "accounts": (),
        "care": (),
        "citations": (citation(),),
    }
    return Question(path, text, **(fields | given))


def record(**given: Any) -> EvaluationRecord:
    fields: dict[str, Any] = {
        "engine": "0.1.0",
        "form": "canonical-1",
        "as_of": "2026-03-02",
        "locality": None,
        "role": None,
        "packs": (PackRecord("pack", "pack", "0.1.0", "reviewed", "sha256:1", "sha256:2"),),
        "plugins": (),
        "case": "sha256:3",
        "replayable": True,
        "why_not_replayable": None,
    }
    return EvaluationRecord(**(fields | given))


def document(**given: Any) -> EvaluationDocument:
    fields: dict[str, Any] = {
        "record": record(),
        "actions": (),
        "questions": (),
        "conflicts": (),
        "strengths": (),
        "problems": (),
        "waivers": (),
        "meanings": (),
        "findings": (),
        "not_in_force": (),
    }
    return EvaluationDocument(**(fields | given))


def telling(everything: bool = False, **given: Any) -> Telling:
    made = document(**given)
    return Telling(made, Context(everything=everything), Notes(made.record.locality))


def text(part: Any, **given: Any) -> str:
    """What one part of a report prints for a document."""
    return plain(part(telling(**given)))
