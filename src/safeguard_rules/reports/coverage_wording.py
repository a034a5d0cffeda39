"""How the account of all statements reads: the words that its text and its Markdown share."""

from __future__ import annotations

from collections.abc import Iterator

from safeguard_rules.packs.carriage import DIRECT, Use
from safeguard_rules.packs.coverage import (
    CASE_OUTCOMES,
    Carrier,
    CarryingRule,
    Counts,
    Coverage,
    KnownCounts,
    SourceAccount,
    StatementAccount,
)
from safeguard_rules.reports.words import count, day, listing, place_name, sentence, words

_OUTCOMES = {
    "applies": "applies",
    "does_not_apply": "does not apply",
    "undetermined": "not known",
    "not_in_force": "not in force",
}
_USES = {
    "rule": "the rule",
    "demand": "a demand",
    "time": "a time",
    "action": "the action",
    "never_with": "what must not come together with",
    "definition": "the definition",
    "variant": "another form of a definition:",
    "while_unknown": "what is assumed while it is unknown:",
    "parameter": "the threshold",
    "bank_holidays": "the bank holidays that working days are counted by",
    "derived fact": "the fact worked out as",
    "ask_with_care": "what to mind in asking:",
    "assume_born": "what rules assume of the stage",
    "contact": "the contact",
    "adopts": "the meaning that an area has for",
    "waiver": "the waiver of",
}


def what_became(counts: Counts) -> str:
    """The counts of statements in one sentence: what became of them, also where there is none."""
    unaccounted = "none" if not counts.not_accounted_for else str(counts.not_accounted_for)
    parts = [
        f"{counts.carried} carried by rules",
        f"{counts.signposted} signposted",
        f"{counts.left_to_people} left to people",
        f"{counts.not_yet} not yet",
        *([f"{counts.withdrawn} withdrawn"] if counts.withdrawn else []),
        f"{unaccounted} unaccounted for",
    ]
    return f"{count(counts.statements, 'statement')}: {', '.join(parts)}"


def how_known(known: KnownCounts) -> str:
    """How well statements are known, in one sentence."""
    parts = (
        (known.read_in_full, "read in full"),
        (known.read_in_part, "from items read in part"),
        (known.second_hand, "second-hand"),
        (known.unverified, "unverified"),
        (known.proposals, "proposed by the packs themselves"),
    )
    return f"How well they are known: {', '.join(f'{number} {what}' for number, what in parts if number) or 'none'}"


def over(coverage: Coverage) -> str:
    """Which packs and localities the account is of."""
    areas = listing(map(place_name, coverage.localities)) or "none"
    return f"Packs: {listing(coverage.packs)}. Localities over them: {areas}."


def known_of_source(source: SourceAccount) -> str:
    """How well a source is known; what a pack proposes itself is called that."""
    return "proposal" if source.force == "proposal" else source.known


def about_source(source: SourceAccount) -> str:
    """Publisher, force, area, date and how well it is known."""
    parts = [source.publisher, source.force]
    if source.area is not None:
        parts.append(f"for {place_name(source.area)}")
    if source.published is not None:
        parts.append(source.published)
    return "; ".join([*parts, source.known])


def where(source: SourceAccount, statement: StatementAccount) -> str:
    """Where a statement stands, what it obliges to, since when, and how well it is known if unlike its source."""
    parts = [statement.at]
    if statement.obliges is not None:
        parts.append(statement.obliges)
    if statement.start is not None:
        parts.append(f"from {day(statement.start)}")
    if statement.end is not None:
        parts.append(f"to {day(statement.end)}")
    if statement.known != source.known:
        parts.append(statement.known)
    return "; ".join(parts)


def tested(rule: CarryingRule) -> str:
    """How many cases test a rule, by outcome."""
    if not rule.cases:
        return "no case"
    outcomes = ", ".join(f"{_OUTCOMES[outcome]} {rule.count(outcome)}" for outcome in CASE_OUTCOMES)
    return f"{count(len(rule.cases), 'case')}: {outcomes}"


def outcomes_of(outcomes: tuple[str, ...]) -> str:
    """The outcomes that a case expects of a rule."""
    return listing(said for outcome, said in _OUTCOMES.items() if outcome in outcomes) or "on whose word"


def direct(statement: StatementAccount) -> tuple[Carrier, ...]:
    """The rules that carry a statement themselves."""
    return tuple(carrier for carrier in statement.carriers if not carrier.through)


def between(statement: StatementAccount) -> tuple[Use, ...]:
    """What stands between a statement and rules: definitions, thresholds, contacts and the like."""
    return tuple(use for use in statement.uses if use.kind not in DIRECT)


def used_as(use: Use, coverage: Coverage) -> str:
    """What a use is, in words, with the locality that says so, if one does."""
    area = f" ({place_name(use.pack)})" if use.pack in coverage.localities else ""
    name = f" {words(use.name)}" if use.kind not in ("assume_born", "bank_holidays") else ""
    return f"{_USES[use.kind]}{name}{area}"


def in_localities(statement: StatementAccount, coverage: Coverage) -> tuple[tuple[str, str], ...]:
    """What localities alone ask for that rests on a statement, each with the locality: its own demands and actions."""
    local = [use for use in statement.uses if use.kind in DIRECT and use.pack in coverage.localities]
    demanded = {use.name for use in local if use.kind == "demand"}
    found = (
        use for use in local if use.kind in ("demand", "time") or (use.kind == "action" and use.name not in demanded)
    )
    return tuple(dict.fromkeys((place_name(use.pack), use.says) for use in found))


def to_judgement(statement: StatementAccount) -> Iterator[str]:
    """What the actions that rest on a statement leave to whoever takes them."""
    for use in statement.uses:
        if use.kind == "action" and use.details is not None:
            yield f"{sentence(use.says)} {use.details}"


def totals(coverage: Coverage) -> tuple[str, ...]:
    """The sums over all sources, in sentences."""
    return (
        sentence(what_became(coverage.counts)),
        sentence(how_known(coverage.known)),
        f"{count(coverage.counts.cases, 'case')} beside the packs test the rules that carry them.",
        over(coverage),
    )
