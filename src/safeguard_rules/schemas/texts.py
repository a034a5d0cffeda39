"""What the keys of files mean that their models name without a word of explanation, for the hover of an editor.

What a model says of a key itself goes before; a test asks that each key has a text here or there, and none two.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_HEAD = {
    "title": "Its name for people.",
    "version": "The author's version; a result also carries a digest of the contents.",
    "status": "`draft`, `reviewed` or `withdrawn`. A draft is shown as one; what is withdrawn does not load.",
    "reviewed": "Who reviewed it, and when; `safeguard-rules sign-off` writes it.",
    "uses": "The packs whose names and sources it refers to.",
    "assume_born": "What lets its rules for born children go on while nobody has said whether the child is born.",
}
_DECLARED = {
    "actions": "What people are recommended to do, or not to do, by name.",
    "parameters": "Thresholds, each with a name and a citation: a condition holds no bare number or length of time.",
    "definitions": "Named conditions, from which rules are built, which localities change and results print.",
    "rules": "When something is recommended, and what, by name. A rule only ever adds.",
    "ask_with_care": "What to mind when asking for certain facts, by any name.",
}
_OBLIGATIONS = {
    "must": "An action that must be taken: only if a statement cited itself obliges, a local policy in its area.",
    "should": "An action that should be taken.",
    "consider": "An action to consider.",
    "must_not": "An action that must not be taken: only if a statement cited itself obliges.",
    "should_not": "An action that should not be taken.",
}
_EXPECTED = {word: f"Actions that come out with at least one `{word}`." for word in _OBLIGATIONS}

TEXTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "PackFile": {
            **_HEAD,
            **_DECLARED,
            "pack": "The pack's id: small letters and digits, with hyphens between them.",
            "about": "What it covers, and what it leaves out.",
            "rows_left_out": "Rows of the pack's table of rules that it does not carry, each with the reason.",
        },
        "RulesFile": _DECLARED,
        "LocalityFile": {
            **_HEAD,
            **_DECLARED,
            "locality": "The locality's id, which is also the name of its file.",
            "contacts": "Whom to contact, by the key that actions name.",
            "carries": "One more demand, or a list of them, for a shared rule.",
            "adopts": "Which form of a shared definition holds here: a variant, or that the local form is not known.",
            "widens": "What is added to a definition that is never used under `not`.",
            "narrows": "What a definition that is used only under `not` asks for besides.",
            "moves": "Another value for a shared parameter, in the direction that asks for more.",
            "waivers": "What asks for less: dated, cited, decided by somebody, and shown in every result.",
        },
        "ActionFile": {
            "never_with": "Actions that must not be recommended at the same time; if both come out, both are shown.",
            "kind": "`protect` if left out. A `signpost` is shown in addition and never instead.",
        },
        "NeverWithFile": {"action": "The other action."},
        "DefinitionFile": {
            "when": "The condition: a definition's name, facts with their tests, or one operator.",
            "while_unknown": "What to go by while nobody knows; without it the rule stays open and asks.",
            "variants": "Other forms, by name; a locality can adopt one.",
        },
        "WhileUnknownFile": {
            "value": "What it is taken as: the finding then applies as a precaution, and still asks.",
            "as": "`exception`: it would stop a rule if it were so. The finding then applies unless it is so.",
        },
        "VariantFile": {
            "reads": "What this form says in plain English, as a phrase without a full stop.",
            "when": "The condition of this form.",
        },
        "RuleFile": {
            "title": "What the rule is called in results.",
            "stage": "The stages of the child in which it holds; `born` if left out.",
            "never_assume": "`child.stage`: while nobody has said whether the child is born, it stays open and asks.",
            "when": "The condition: a definition's name, facts with their tests, or one operator.",
            "then": "What is recommended: a list of demands.",
            "because": "One plain sentence for a practitioner.",
        },
        "DemandFile": {
            **_OBLIGATIONS,
            "within": "In what time, and whether a source says so.",
            "cites": "The statements that this demand rests on; those of the rule if left out.",
        },
        "WithinFile": {
            "time": "A length of time (`24 hours`, `2 working days`), or words such as `at once` and `same day`.",
            "basis": "`sourced` if a source states the time, `proposed` if the pack does.",
        },
        "AskWithCareFile": {
            "facts": "The facts, or lists, that must be asked for with care.",
            "say": "What is printed with the question.",
        },
        "SourceFile": {
            "source": "The source's id.",
            "title": "What the document is called.",
            "publisher": "Who published it.",
            "url": "Where it can be read, or `null`.",
            "published": "When it was published, as it says itself.",
            "force": "How binding it is: printed with every demand.",
            "known": "How well its authors know it; `second-hand` is told by another document.",
            "note": "Anything that a reviewer should know.",
            "withdrawn": "Why the whole source no longer counts; nothing can cite it any more.",
            "statements": "Every statement that it makes about the subject, by id, also those that no rule carries.",
        },
        "StatementFile": {
            "says": "What it says, in your own words; never copied.",
            "obliges": "Whether the source itself obliges: a `must` needs a statement that does.",
            "known": "How well this statement is known, where that is better or worse than its source.",
            "left_to_people": "Why no rule can carry it; nothing can cite it, and the reason is shown.",
            "not_yet": "Why no rule carries it so far; nothing can cite it.",
            "withdrawn": "Why it no longer counts; nothing can cite it.",
        },
        "ContactFile": {
            "name": "What the contact is called there.",
            "url": "Its page, or `null`.",
        },
        "AdoptsFile": {
            "variant": "The form of the definition that holds here; it asks for at least as much.",
            "not_known": "Why the local form is not known; the shared form holds, and every result says so.",
        },
        "WidensFile": {
            "or_if": "The condition that is added.",
            "reads": "What it says in plain English, as a phrase without a full stop.",
        },
        "NarrowsFile": {
            "and_only_if": "The condition that is asked for besides.",
            "reads": "What it says in plain English, as a phrase without a full stop.",
        },
        "LocalParameterFile": {"value": "The value that holds here."},
        "WaiverFile": {
            "waives": "The definition or parameter that is weakened.",
            "instead": "What holds instead, in words.",
            "adopts": "The variant that holds instead.",
            "value": "The value that holds instead.",
            "or_if": "A condition that also does, instead of what is asked for.",
            "and_only_if": "A condition without which nothing is asked for.",
            "from": "The first day of the waiver.",
            "to": "The last day of the waiver; after it the shared form is back.",
            "decided_by": "Who decided it.",
            "because": "Why.",
        },
        "CasesFile": {"cases": "Made-up children with what is expected of the rules. Never a real case."},
        "CaseEntry": {
            "title": "What the case is; no two in a file have the same.",
            "as_of": "The day, or the moment, for which it is evaluated.",
            "locality": "With which locality it is evaluated.",
            "role": "Who asks.",
            "given": "The case itself, as in a case file.",
            "expect": "What should come out; what is not named is not looked at.",
        },
        "Expectation": {
            "findings": "By rule: one word for all its findings, or for each outcome exactly its subjects.",
            "actions": "Actions that come out, by obligation.",
            "no_questions": "Paths that are not asked for.",
            "contacts": "By the key of a contact of the locality, what its hours say of the moment.",
        },
        "FindingExpectation": {
            "applies": "Exactly the subjects for which it applies: ids of records, `child`, `?`, or `none`.",
            "undetermined": "Exactly the subjects for which it stays open.",
            "does_not_apply": "Exactly the subjects for which it does not apply.",
            "rests_on_carer": "Whether it rests on a carer's word alone.",
        },
        "ActionsExpectation": _EXPECTED,
        "ContactExpectation": {"state": "What the hours of the contact say of the moment."},
    }
)
"""By model and key."""
