"""Working out what became of every statement of every source: what carries it, or why nothing does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from safeguard_rules.packs.carriage import DIRECT, Use, all_uses
from safeguard_rules.packs.content import Content, Rule
from safeguard_rules.packs.coverage import (
    Carriage,
    Carrier,
    CarryingRule,
    CasesOf,
    Coverage,
    SourceAccount,
    StatementAccount,
    counts_of,
    known_of,
)
from safeguard_rules.packs.files import PackFiles, SourcePart
from safeguard_rules.packs.loaded import Loaded
from safeguard_rules.packs.models import SourceFile, StatementFile
from safeguard_rules.packs.names import short
from safeguard_rules.reading.nodes import MapNode


def account(loaded: Loaded, local: Sequence[Content], cases: CasesOf, named: Collection[str] | None = None) -> Coverage:
    """The account of some packs with localities over them.

    `loaded` are the packs without a locality, `local` their content under each locality. Sources of packs that
    are not among `named` (None: all are) are listed only as far as something cites them.
    """
    packs = [files for files, _ in loaded.files if files.kind == "pack"]
    named = named if named is not None else [files.id for files in packs]
    uses = all_uses(loaded.content, local, loaded.vocabulary)
    rules = {name: rule for content in (*local, loaded.content) for name, rule in content.rules.items()}
    signposts = frozenset(name for name, rule in rules.items() if _only_signposts(rule, (loaded.content, *local)))
    sources = [_source(part, files, uses, signposts, cases, named) for files in packs for part in files.sources]
    sources = [source for source in sources if source.whole or source.statements]
    sources.sort(key=lambda source: (source.source, source.pack))
    statements = [each for source in sources for each in source.statements]
    carrying = sorted({carrier.rule for each in statements for carrier in each.carriers})
    return Coverage(
        tuple(sorted(files.id for files in packs if files.id in named)),
        tuple(sorted(content.locality.id for content in local if content.locality is not None)),
        counts_of(statements, cases),
        known_of(sources),
        tuple(sources),
        tuple(
            CarryingRule(name, rules[name].forms[-1].title, rules[name].pack, cases.get(name, ())) for name in carrying
        ),
    )


def _source(
    part: SourcePart,
    files: PackFiles,
    uses: Mapping[str, tuple[Use, ...]],
    signposts: frozenset[str],
    cases: CasesOf,
    named: Collection[str],
) -> SourceAccount:
    source, whole = part.model, files.id in named
    found = [
        _statement(id_, source, uses.get(f"{files.id}:{source.source}/{id_}", ()), signposts) for id_ in _in_order(part)
    ]
    listed = tuple(each for each in found if whole or each.carriers)
    return SourceAccount(
        source.source,
        files.id,
        source.title,
        source.publisher,
        source.url,
        source.published,
        source.force,
        source.known,
        source.area,
        source.note,
        source.withdrawn,
        whole,
        counts_of(listed, cases),
        listed,
    )


def _in_order(part: SourcePart) -> tuple[str, ...]:
    """The ids of a register's statements as its author put them, which is mostly the order of the document."""
    written = part.root.get("statements")
    return tuple(written.entries) if isinstance(written, MapNode) else ()


def _statement(id_: str, source: SourceFile, uses: Sequence[Use], signposts: frozenset[str]) -> StatementAccount:
    file = source.statements[id_]
    live = tuple(use for use in uses if use.rules)
    idle = tuple(use for use in uses if not use.rules)
    carriage, why = _carriage(file, source, live, idle, signposts)
    return StatementAccount(
        id_,
        file.at,
        file.says,
        file.obliges,
        file.known or source.known,
        _day(file.start),
        _day(file.end),
        carriage,
        why,
        live,
        idle,
        _carriers(live),
    )


def _day(bound: date | None) -> str | None:
    return bound.isoformat() if bound is not None else None


def _carriage(
    file: StatementFile, source: SourceFile, live: Sequence[Use], idle: Sequence[Use], signposts: frozenset[str]
) -> tuple[Carriage, str | None]:
    if source.withdrawn or file.withdrawn:
        return "withdrawn", source.withdrawn or file.withdrawn
    if file.left_to_people:
        return "left to people", file.left_to_people
    if file.not_yet:
        return "not yet", file.not_yet
    if live:
        only = all(use.signpost or (use.kind not in DIRECT and signposts.issuperset(use.rules)) for use in live)
        return ("signposted" if only else "carried"), None
    if idle:
        told = ", ".join(dict.fromkeys(f"{use.kind} {short(use.name)}" for use in idle))
        return "not accounted for", f"Cited, but no rule leads to what cites it: {told}."
    return "not accounted for", "Nothing cites it, and it says neither left_to_people nor not_yet."


def _carriers(uses: Iterable[Use]) -> tuple[Carrier, ...]:
    """The rules that carry a statement: those that do so themselves first."""
    itself: set[str] = set()
    through: dict[str, dict[str, None]] = {}
    for use in uses:
        for rule in use.rules:
            if use.kind in DIRECT:
                itself.add(rule)
            else:
                through.setdefault(rule, {})[f"{use.kind} {short(use.name)}"] = None
    found = [Carrier(rule, ()) for rule in sorted(itself)]
    return (*found, *(Carrier(rule, tuple(through[rule])) for rule in sorted(through) if rule not in itself))


def _only_signposts(rule: Rule, contents: Sequence[Content]) -> bool:
    actions = {name: action for content in contents for name, action in content.actions.items()}
    return all(actions[demand.action].kind == "signpost" for form in rule.forms for demand in form.demands)
