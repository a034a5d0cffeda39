"""Demands: one obligation for one action, with its time, whom it is about, and the statements that carry it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safeguard_rules import messages
from safeguard_rules.language.times import WORDS, parse_time
from safeguard_rules.language.tree import FactRef
from safeguard_rules.packs.citing import Span, may_carry_must, strongest
from safeguard_rules.packs.content import OBLIGATIONS, DemandForm, Statement, Within
from safeguard_rules.packs.draft import PackDraft, Path
from safeguard_rules.packs.files import Part
from safeguard_rules.packs.models import DemandFile, WithinFile
from safeguard_rules.packs.terms import Force, Obligation
from safeguard_rules.source import Place
from safeguard_rules.vocabulary.facts import Kind


@dataclass(frozen=True, slots=True)
class DemandContext:
    """Where a demand stands: its file, its rule's record, areas, citations and roles."""

    part: Part
    for_each: str | None
    areas: tuple[str, ...]
    cites: tuple[Statement, ...]
    addressed: tuple[str, ...]
    span: Span
    carried_by: str | None = None


def demand_form(file: DemandFile, path: Path, context: DemandContext, pack: PackDraft) -> DemandForm | None:
    """One demand of a rule, or one that a locality carries a rule further with; None with an issue."""
    part = context.part
    named = _obligations(file)
    if len(named) != 1:
        message = messages.one_obligation([word for word, _ in named], OBLIGATIONS)
        pack.draft.complain(message, part.place(*path))
        return None
    obligation, written = named[0]
    pack.check_roles(file.addressed, part, (*path, "for"))
    name = pack.find("action", written, part.place(*path, obligation))
    cited = pack.cites(part, file.cites, (*path, "cites"), context.span) or context.cites
    within = _within(file.within, path, context, pack) if file.within is not None else None
    about = _about(file, written, name, path, context, pack)
    _check_must(obligation, cited, part.place(*path, obligation), context.areas, pack)
    if name is None or not cited:
        return None
    return DemandForm(
        obligation=obligation,
        action=name,
        within=within,
        how=file.how,
        about=about,
        addressed=file.addressed or context.addressed,
        cites=cited,
        force=_force(obligation, cited, context.areas),
        carried_by=context.carried_by,
    )


def _obligations(file: DemandFile) -> list[tuple[Obligation, str]]:
    """The obligations that a demand names, with their actions as written."""
    return [(word, written) for word in OBLIGATIONS if (written := getattr(file, word)) is not None]


# --- time


def _within(file: WithinFile, path: Path, context: DemandContext, pack: PackDraft) -> Within | None:
    part, path = context.part, (*path, "within")
    cited = pack.cites(part, file.cites, (*path, "cites"), context.span)
    proposals = [statement.force == "proposal" for statement in cited]
    if cited and file.basis == "proposed" and not any(proposals):
        pack.draft.complain(messages.proposed_without_proposal(), part.place(*path, "basis"))
    if cited and file.basis == "sourced" and all(proposals):
        pack.draft.complain(messages.sourced_by_proposal(), part.place(*path, "basis"))
    counted_from = _counted_from(file, path, context, pack)
    time = parse_time(file.time)
    if time is None:
        pack.draft.complain(messages.wrong_time(file.time, WORDS), part.value_place(*path, "time"))
        return None
    return Within(time.text, time.length, file.basis, counted_from, cited)


def _counted_from(file: WithinFile, path: Path, context: DemandContext, pack: PackDraft) -> FactRef | None:
    if file.counted_from is None:
        return None
    place = context.part.value_place(*path, "from")
    ref = pack.fact(file.counted_from, place, context.for_each)
    if ref is not None and ref.fact.kind is not Kind.DATE:
        pack.draft.complain(messages.time_from_no_date(file.counted_from), place)
        return None
    return ref


# --- whom it is about


def _about(
    file: DemandFile, written: str, name: str | None, path: Path, context: DemandContext, pack: PackDraft
) -> FactRef | None:
    """The reference that says whom the action is about; None where it needs none, or with an issue."""
    action = pack.draft.actions.get(name) if name is not None else None
    if action is None:
        return None
    if file.about is None:
        if action.about not in ("child", context.for_each):
            message = messages.about_needs_subject(written, action.about, context.for_each)
            pack.draft.complain(message, context.part.place(*path))
        return None
    place = context.part.value_place(*path, "about")
    ref = pack.fact(file.about, place, context.for_each)
    if ref is not None and (ref.fact.kind is not Kind.REFERENCE or ref.fact.refers_to != action.about):
        pack.draft.complain(messages.about_wrong_reference(file.about, written, action.about), place)
    return ref


# --- what carries it


def _check_must(
    obligation: Obligation, cited: Sequence[Statement], place: Place, areas: Sequence[str], pack: PackDraft
) -> None:
    if obligation not in ("must", "must_not") or not cited:
        return
    carrying = [statement for statement in cited if may_carry_must(statement, areas)]
    if not carrying:
        reasons = tuple(dict.fromkeys(_why_no_must(statement, areas) for statement in cited))
        pack.draft.complain(messages.must_not_carried(obligation, reasons), place)
    elif all(statement.known == "second-hand" for statement in carrying):
        pack.draft.complain(messages.must_second_hand(obligation), place)


def _why_no_must(statement: Statement, areas: Sequence[str]) -> str:
    written = f"{statement.source}/{statement.id}"
    if statement.force == "proposal":
        return messages.is_a_proposal(written)
    if statement.obliges != "must":
        return messages.does_not_oblige(written)
    if statement.known == "unverified":
        return messages.is_not_verified(written)
    return messages.is_policy_of(written, statement.area or "", areas)


def _force(obligation: Obligation, cited: Sequence[Statement], areas: Sequence[str]) -> Force:
    carrying = [statement for statement in cited if may_carry_must(statement, areas)]
    return strongest(carrying if obligation in ("must", "must_not") and carrying else cited)
