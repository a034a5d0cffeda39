"""Rules: when something should be recommended, in which stages and areas, and what."""

from __future__ import annotations

from safeguard_rules import messages
from safeguard_rules.language.readable import readable_kinds
from safeguard_rules.packs.citing import Span
from safeguard_rules.packs.content import Rule, RuleForm
from safeguard_rules.packs.demands import DemandContext, demand_form
from safeguard_rules.packs.draft import Draft, PackDraft, Path
from safeguard_rules.packs.files import PackFiles, Part
from safeguard_rules.packs.models import RuleFile


def build_rules(files: PackFiles, draft: Draft) -> None:
    """Builds one pack's rules into the draft; the actions of every pack must be there already."""
    pack = PackDraft(files, draft)
    for part in files.parts:
        for name, written in part.model.rules.items():
            forms = [_form(name, file, part, i, pack) for i, file in enumerate(written)]
            draft.rules[pack.full(name)] = Rule(
                pack.full(name), pack.id, files.status, tuple(form for form in forms if form is not None)
            )


def _form(name: str, file: RuleFile, part: Part, i: int, pack: PackDraft) -> RuleForm | None:
    path = ("rules", name, i)
    if file.for_each is not None and not _is_list(file.for_each, part, path, pack):
        return None
    areas = _areas(file, part, path, pack)
    pack.check_roles(file.addressed, part, (*path, "for"))
    id_ = pack.full(name) if i == 0 else f"{pack.full(name)}[{i}]"
    when = pack.condition(file.when, f"{id_}.when", file.for_each)
    span = Span(file.start, file.end)
    cited = pack.cites(part, file.cites, (*path, "cites"), span)
    context = DemandContext(part, file.for_each, areas, cited, file.addressed, span)
    demands = [demand_form(each, (*path, "then", n), context, pack) for n, each in enumerate(file.then)]
    if when is None:
        return None
    return RuleForm(
        title=file.title,
        for_each=file.for_each,
        stages=frozenset(file.stage),
        areas=areas,
        never_assume=bool(file.never_assume),
        when=when,
        demands=tuple(demand for demand in demands if demand is not None),
        because=file.because,
        cites=cited,
        rows=file.rows,
        place=part.place(*path, "when"),
        start=file.start,
        end=file.end,
    )


def _is_list(written: str, part: Part, path: Path, pack: PackDraft) -> bool:
    kinds = readable_kinds(pack.draft.vocabulary)
    if written not in kinds:
        list_named = pack.draft.vocabulary.kind_named(written)
        singular = list_named.singular if list_named is not None else None
        pack.draft.complain(messages.unknown_list(written, kinds, singular), part.place(*path, "for_each"))
    return written in kinds


def _areas(file: RuleFile, part: Part, path: Path, pack: PackDraft) -> tuple[str, ...]:
    for i, area in enumerate(file.areas):
        if area not in pack.draft.areas:
            message = messages.unknown_locality(area, pack.draft.areas)
            pack.draft.complain(message, part.place(*path, "in", i))
    return (pack.id,) if pack.files.kind == "locality" else file.areas
