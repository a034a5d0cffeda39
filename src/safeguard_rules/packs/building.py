"""From read files to checked content: definitions, actions and what to mind when asking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeguard_rules import messages
from safeguard_rules.language.readable import readable_facts, readable_kinds
from safeguard_rules.messages import Message
from safeguard_rules.packs.citing import Closed, Span
from safeguard_rules.packs.content import (
    Action,
    Area,
    AskWithCare,
    Assumption,
    Definition,
    DefinitionForm,
    Statement,
    Unformed,
)
from safeguard_rules.packs.draft import Draft, PackDraft, Path
from safeguard_rules.packs.files import PackFiles, Part
from safeguard_rules.packs.models import ActionFile, DefinitionFile, VariantFile
from safeguard_rules.reading.nodes import MapNode, key_place


def build_pack(files: PackFiles, draft: Draft) -> None:
    """Builds one pack's definitions and actions into the draft; all parameters must be there already."""
    pack = PackDraft(files, draft)
    for part in files.parts:
        for name, forms in part.model.definitions.items():
            _definition(name, forms, part, pack)
        for name, action in part.model.actions.items():
            _action(name, action, part, pack)
    for part in files.parts:
        _ask_with_care(part, pack)


# --- definitions


def _definition(name: str, files: Sequence[DefinitionFile], part: Part, pack: PackDraft) -> None:
    of = files[0].of
    if not _is_kind(of, part, ("definitions", name, 0, "of"), pack):
        return
    forms, variants, unformed = [], {}, list[Unformed]()
    for i, file in enumerate(files):
        path: Path = ("definitions", name, i)
        if file.of != of:
            pack.draft.complain(messages.definition_of_changes(of, file.of), part.place(*path, "of"))
        forms.append(_form(name, of, file, part, i, pack))
        for variant in file.variants:
            if variant in variants:
                message = messages.declared_twice("variant", variant, None)
                pack.draft.complain(message, part.place(*path, "variants", variant))
            variants[variant] = _variant(name, of, file, part, (*path, "variants", variant), pack)
        unformed += _no_form_from(file.no_form_from, part, (*path, "no_form_from"), pack)
    sound = tuple(form for form in forms if form is not None)
    # One that is wrong was told where it stands: nobody complains a second time where it is used.
    if len(sound) == len(forms):
        others = {key: form for key, form in variants.items() if form is not None}
        definition = Definition(pack.full(name), of, sound, others, no_form_from=tuple(unformed))
        pack.draft.definitions[definition.name] = definition


def _form(name: str, of: str, file: DefinitionFile, part: Part, i: int, pack: PackDraft) -> DefinitionForm | None:
    path = ("definitions", name, i)
    id_ = pack.full(name) if i == 0 else f"{pack.full(name)}[{i}]"
    when = pack.condition(file.when, f"{id_}.when", of)
    cited = pack.cites(part, file.cites, (*path, "cites"), Span(file.start, file.end, follows=True))
    assumption = _assumption(file, part, (*path, "while_unknown"), id_, of, pack)
    if when is None:
        return None
    return DefinitionForm(file.reads, when, cited, file.start, file.end, "national", assumption)


def _variant(
    name: str, of: str, file: DefinitionFile, part: Part, path: Path, pack: PackDraft
) -> DefinitionForm | None:
    variant = str(path[-1])
    form = file.variants[variant]
    when = pack.condition(form.when, f"{pack.full(name)}.variants.{variant}.when", of)
    cited = pack.cites(part, form.cites, (*path, "cites"))
    if len(cited) == len(form.cites):
        _check_areas(form, cited, part, path, pack)
    areas = tuple(Area(id_, title) for id_, title in form.used_by.items())
    return None if when is None else DefinitionForm(form.reads, when, cited, form=variant, used_by=areas)


def _check_areas(form: VariantFile, cited: Sequence[Statement], part: Part, path: Path, pack: PackDraft) -> None:
    """Each area that is said to use a form needs a statement of its own policy behind it."""
    own = list(dict.fromkeys(each.area for each in cited if each.area is not None))
    written = part.node(*path, "used_by")
    for area in form.used_by:
        if area not in own and isinstance(written, MapNode):
            pack.draft.complain(messages.area_not_cited(area, own), key_place(written, area))


def _no_form_from(written: Sequence[str], part: Part, path: Path, pack: PackDraft) -> Iterator[Unformed]:
    """The statements of which no form is made: each has to be closed, with its reason, in its register."""
    for i, each in enumerate(written):
        place = part.place(*path, i)
        match pack.draft.register.find(pack.id, each):
            case Message() as message:
                pack.draft.complain(message, place)
            case Closed(statement=statement, why=why):
                yield Unformed(statement, why)
            case Statement():
                pack.draft.complain(messages.form_can_be_made(each), place)


def _assumption(file: DefinitionFile, part: Part, path: Path, id_: str, of: str, pack: PackDraft) -> Assumption | None:
    unknown = file.while_unknown
    if unknown is None:
        return None
    cited = pack.cites(part, unknown.cites, (*path, "cites"))
    unless = None
    if unknown.ask_unless is not None:
        unless = pack.condition(unknown.ask_unless, f"{id_}.while_unknown.ask_unless", of)
    return Assumption(unknown.value, unknown.taken_as == "exception", unless, cited, part.place(*path))


# --- actions


def _action(name: str, file: ActionFile, part: Part, pack: PackDraft) -> None:
    path = ("actions", name)
    cited = pack.cites(part, file.cites, (*path, "cites"), None)
    after = [pack.find("action", each, part.place(*path, "after", i)) for i, each in enumerate(file.after)]
    never = _never_with(file, part, (*path, "never_with"), pack)
    if not _is_kind(file.about, part, (*path, "about"), pack):
        return
    pack.draft.actions[pack.full(name)] = Action(
        name=pack.full(name),
        pack=pack.id,
        status=pack.files.status,
        do=file.do,
        details=file.details,
        about=file.about,
        contact=file.contact,
        after=tuple(each for each in after if each is not None),
        never_with=never,
        kind=file.kind,
        repeats=file.repeat is not None,
        cites=cited,
    )


def _never_with(file: ActionFile, part: Part, path: Path, pack: PackDraft) -> dict[str, tuple[Statement, ...]]:
    never = {}
    for i, each in enumerate(file.never_with):
        other = pack.find("action", each.action, part.place(*path, i, "action"))
        cited = pack.cites(part, each.cites, (*path, i, "cites"))
        if other is not None:
            never[other] = cited
    return never


# --- ask with care


def _ask_with_care(part: Part, pack: PackDraft) -> None:
    vocabulary = pack.draft.vocabulary
    known = (*readable_facts(vocabulary), *(kind.name for kind in vocabulary.kinds.values()))
    for name, file in part.model.ask_with_care.items():
        path = ("ask_with_care", name)
        for i, fact in enumerate(file.facts):
            if fact not in known:
                pack.draft.complain(messages.unknown_fact(fact, known, ()), part.place(*path, "facts", i))
        action = pack.find("action", file.action, part.place(*path, "action")) if file.action else None
        cited = pack.cites(part, file.cites, (*path, "cites"))
        pack.draft.ask_with_care.append(AskWithCare(pack.full(name), file.facts, file.say, action, cited))


def _is_kind(written: str, part: Part, path: Path, pack: PackDraft) -> bool:
    """Whether this is `child` or the singular of a list; else there is an issue."""
    kinds = ("child", *readable_kinds(pack.draft.vocabulary))
    if written not in kinds:
        list_named = pack.draft.vocabulary.kind_named(written)
        singular = list_named.singular if list_named is not None else None
        pack.draft.complain(messages.unknown_list(written, kinds, singular), part.place(*path))
    return written in kinds
