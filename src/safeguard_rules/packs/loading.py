"""From names and paths to checked content: the packs in force, the locality over them, every issue at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from safeguard_rules import messages
from safeguard_rules.errors import PackError, PluginError
from safeguard_rules.packs.bank_holidays import build_bank_holidays
from safeguard_rules.packs.building import build_pack
from safeguard_rules.packs.checking import check, check_again
from safeguard_rules.packs.choosing import Chosen, Shelf, choose
from safeguard_rules.packs.citing import register
from safeguard_rules.packs.content import Content, LocalityContent
from safeguard_rules.packs.draft import Draft, declare
from safeguard_rules.packs.files import PackFiles
from safeguard_rules.packs.graph import cycles
from safeguard_rules.packs.grounds import check_grounds
from safeguard_rules.packs.loaded import Loaded, Origin
from safeguard_rules.packs.local_draft import LocalDraft
from safeguard_rules.packs.localities import apply
from safeguard_rules.packs.names import Directory
from safeguard_rules.packs.parameters import build_parameters
from safeguard_rules.packs.plugins import Plugins, activate
from safeguard_rules.packs.rules import build_rules
from safeguard_rules.packs.shelf_life import check_shelf_life
from safeguard_rules.packs.signing import with_sign_offs
from safeguard_rules.packs.waivers import with_waivers
from safeguard_rules.source import Issue, Place
from safeguard_rules.vocabulary.facts import Vocabulary


def load(
    packs: Sequence[str | Path] | None,
    locality: str | Path | None,
    plugins: Plugins | Shelf | Sequence[str] = (),
) -> Loaded:
    """Reads, builds and checks packs and a locality.

    `packs` are ids of packs that plug-ins give, or folders; None means all that plug-ins give. Raises CallError for a
    pack or locality that is not there, PackError with all issues of all files.
    """
    shelf = plugins if isinstance(plugins, Plugins | Shelf) else activate(plugins)
    active = shelf.plugins if isinstance(shelf, Shelf) else shelf
    chosen = choose(packs, locality, shelf)
    return load_chosen(chosen, active, Vocabulary.extended(active.extensions, active.derived))


def load_chosen(chosen: Chosen, plugins: Plugins, vocabulary: Vocabulary) -> Loaded:
    """Builds and checks what was read already; raises PackError with all issues of all files."""
    issues = list(chosen.issues)
    chosen = with_sign_offs(chosen, issues)
    everything = [files for files, _ in (*chosen.packs, *([chosen.local] if chosen.local else []))]
    _check_uses(everything, tuple(chosen.readable), issues)
    if not chosen.whole or any(issue.code in _STOPPING for issue in issues):
        _stop_on(issues)
    check_shelf_life(everything, issues)
    draft = _draft(everything, chosen, vocabulary, issues)
    locality = apply(LocalDraft(chosen.local[0], draft, _unloaded(chosen))) if chosen.local is not None else None
    if check(everything, draft):
        check_grounds(draft)
    _check_derived(chosen, plugins, draft)
    content = _content(draft, locality)
    unwaived = None
    if locality is not None and locality.waivers:
        unwaived, content = content, _waived(content, locality)
        check_again(draft, content.definitions, content.parameters, _waived_at(chosen, locality))
    _stop_on(issues)
    return Loaded(content, unwaived, vocabulary, plugins, Origin(lambda: chosen), tuple(sorted(set(issues))))


def _check_derived(chosen: Chosen, plugins: Plugins, draft: Draft) -> None:
    """Derived facts are cited like rules: where a pack is there, the statement must be."""
    packs = {files.id: files for files, _ in chosen.packs}
    plugged_in = {derivation.path for derivation in plugins.derived}
    for derivation in draft.vocabulary.derivations:
        for cited in derivation.cites:
            pack = cited.partition(":")[0]
            if cited in draft.register.statements:
                continue
            if derivation.path in plugged_in:
                raise PluginError(f"the derived fact `{derivation.path}` cites `{cited}`, which no pack in force has")
            if pack in packs:
                draft.complain(messages.derived_not_cited(derivation.path, cited), packs[pack].main.place("pack"))


def _draft(everything: Sequence[PackFiles], chosen: Chosen, vocabulary: Vocabulary, issues: list[Issue]) -> Draft:
    directory = Directory()
    sources = register([*(files for files, _ in chosen.packs), *chosen.background], directory, issues)
    draft = Draft(vocabulary, directory, sources, issues, chosen.areas)
    declare(everything, directory, draft.places, issues)
    for step in (build_bank_holidays, build_parameters, build_pack, build_rules):
        for files in everything:
            step(files, draft)
    return draft


def _unloaded(chosen: Chosen) -> Directory:
    """The names of packs that the locality uses and that are not in the rulebook."""
    unloaded = Directory()
    declare(chosen.background, unloaded, {}, [])
    if chosen.local is not None:
        unloaded.uses[chosen.local[0].id] = tuple(files.id for files in chosen.background)
    return unloaded


def _content(draft: Draft, locality: LocalityContent | None) -> Content:
    return Content(
        dict(sorted(draft.rules.items())),
        dict(sorted(draft.definitions.items())),
        dict(sorted(draft.parameters.items())),
        dict(sorted(draft.actions.items())),
        tuple(sorted(draft.ask_with_care, key=lambda each: each.name)),
        dict(sorted(draft.register.statements.items())),
        locality,
        tuple(sorted({area for rule in draft.rules.values() for form in rule.forms for area in form.areas})),
        draft.bank_holidays,
    )


def _waived(content: Content, locality: LocalityContent) -> Content:
    definitions, parameters = with_waivers(content.definitions, content.parameters, locality.waivers)
    return replace(content, definitions=definitions, parameters=parameters)


def _waived_at(chosen: Chosen, locality: LocalityContent) -> Mapping[str, Place]:
    if chosen.local is None:
        return {}
    main = chosen.local[0].main
    return {waiver.waives: main.place("waivers", i, "waives") for i, waiver in enumerate(locality.waivers)}


_STOPPING = ("unknown-pack", "pack-cycle")
"""Slips after which every name of another pack would be called unknown: they are told alone."""


def _check_uses(packs: Sequence[PackFiles], known: Sequence[str], issues: list[Issue]) -> None:
    for pack in packs:
        for i, used in enumerate(pack.uses):
            if used not in known:
                others = [each for each in known if each != pack.id]
                issues.append(messages.unknown_pack(used, others).at(pack.main.value_place("uses", i)))
    by_id = {pack.id: pack for pack in packs}
    for circle in cycles({pack.id: pack.uses for pack in packs}):
        issues.append(messages.packs_in_a_circle(circle).at(by_id[circle[0]].main.place("uses")))
    for pack in packs:
        if pack.header.status == "withdrawn":
            issues.append(messages.pack_withdrawn(pack.id).at(pack.main.place("status")))


def _stop_on(issues: Sequence[Issue]) -> None:
    if any(issue.severity == "error" for issue in issues):
        raise PackError(issues)
