"""Values and evidence in plain English: what a person reads of a fact and of how it is known."""

from __future__ import annotations

from safeguard_rules.case.evidence import Account, Evidence
from safeguard_rules.language.english import listed, plain
from safeguard_rules.values.dates import When
from safeguard_rules.values.members import Members
from safeguard_rules.values.special import Special
from safeguard_rules.vocabulary.facts import Fact, Kind
from safeguard_rules.vocabulary.records import Value

BASIS_TEXT = {
    "observed": "seen by a practitioner",
    "recorded": "in a record",
    "told_by_carer": "told by a parent or carer",
    "told_by_other": "told by somebody else",
}
WHY_UNKNOWN = {
    "not_asked": "nobody has asked",
    "declined": "asked, and not answered",
    "conflicting": "the accounts conflict",
    "after as_of": "the date given lies ahead",
    "partial": "only roughly known",
}


def value_text(value: Value, fact: Fact) -> str:
    """A value as a person reads it."""
    match value:
        case None:
            return "not known"
        case bool():
            return "yes" if value else "no"
        case Special():
            return plain(value.word)
        case Members():
            certain = listed(sorted(value.certain), "and") if value.certain else "none"
            return f"{certain}, and there may be more" if value.open else certain
        case str() if fact.kind is Kind.WORD:
            return plain(value)
        case When():
            return value.text
        case _:
            return str(value)


def evidence_text(evidence: Evidence) -> str:
    """How something is known, with by whom and when."""
    if evidence.why is not None:
        return ""
    text = BASIS_TEXT.get(evidence.basis or "", "")
    details = [str(each) for each in (evidence.by, evidence.known_on) if each is not None]
    if details:
        text += f" ({', '.join(details)})"
    denials = [f"{d.by or 'a carer'}{f', {d.said_on}' if d.said_on else ''}" for d in evidence.disputed]
    return f"{text}; disputed by {' and '.join(denials)}" if denials else text


def account_text(account: Account) -> str:
    """One of several accounts, with who gave it and when."""
    told = [account.by or BASIS_TEXT.get(account.basis or "", ""), str(account.said_on) if account.said_on else ""]
    return ", ".join(text for text in (f"“{account.value}”", *told) if text)
