"""What can be named in a file: all that the chosen packs declare, whether or not everything in them is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from safeguard_rules.messages import Message
from safeguard_rules.packs.choosing import Chosen, closure
from safeguard_rules.packs.files import PackFiles, Part, SourcePart, read_locality
from safeguard_rules.packs.models import ActionFile, DefinitionFile, LocalityFile, ParameterFile, RuleFile
from safeguard_rules.packs.parameters import parameter_value
from safeguard_rules.packs.plugins import Plugins
from safeguard_rules.reading.nodes import Scalar
from safeguard_rules.reports.words import sentence
from safeguard_rules.schemas.pieces import Offer
from safeguard_rules.values.durations import Duration

Threshold = Literal["number", "length", "date"]
ANY_THRESHOLD: tuple[Threshold, ...] = ("number", "length", "date")


@dataclass(frozen=True, slots=True)
class Named:
    """Something that a pack declares: of which record a definition is, with its variants; what a parameter holds."""

    pack: str
    name: str
    means: str
    of: str = "child"
    variants: tuple[Offer, ...] = ()
    holds: tuple[Threshold, ...] = ()

    @property
    def full(self) -> str:
        """Its full name, which is always right."""
        return f"{self.pack}:{self.name}"


@dataclass(frozen=True, slots=True)
class Known:
    """All names of the chosen packs and of those that they use, by what they name; each sorted by name."""

    actions: tuple[Named, ...]
    definitions: tuple[Named, ...]
    parameters: tuple[Named, ...]
    rules: tuple[Named, ...]
    statements: tuple[Named, ...]
    contacts: tuple[Offer, ...]
    packs: tuple[Offer, ...]
    areas: tuple[Offer, ...]


def known_in(found: Sequence[Chosen], plugins: Plugins) -> Known:
    """What the packs that were chosen, those that they use, and the localities that were chosen declare."""
    packs: dict[str, PackFiles] = {}
    local: dict[str, PackFiles] = {}
    for each in found:
        used = closure([files.id for files in each.background], each.readable)
        packs.update({files.id: files for files, _ in each.packs} | {id_: each.readable[id_] for id_ in used})
        local.update({each.local[0].id: each.local[0]} if each.local is not None else {})
    readable = {id_: files for each in found for id_, files in each.readable.items()}
    everything = [*packs.values(), *local.values()]
    areas = {files.id: files for files in _localities(plugins)} | local
    return Known(
        actions=_sorted(_actions(everything)),
        definitions=_sorted(_definitions(everything)),
        parameters=_sorted(_parameters(everything)),
        rules=_sorted(_rules(everything)),
        statements=_sorted(_statements(everything)),
        contacts=_contacts(everything, areas.values()),
        packs=tuple(Offer(id_, files.header.title) for id_, files in sorted(readable.items())),
        areas=tuple(Offer(id_, files.header.title) for id_, files in sorted(areas.items())),
    )


def offers(named: Iterable[Named]) -> tuple[Offer, ...]:
    """What to offer: the short name, and the full one where two packs have the same."""
    kept = tuple(named)
    count: dict[str, int] = {}
    for each in kept:
        count[each.name] = count.get(each.name, 0) + 1
    return tuple(Offer(each.name if count[each.name] == 1 else each.full, each.means) for each in kept)


def written(named: Iterable[Named]) -> tuple[str, ...]:
    """All that may be written: short names and full ones."""
    return tuple(sorted({name for each in named for name in (each.name, each.full)}))


def _sorted(named: Iterable[Named]) -> tuple[Named, ...]:
    return tuple(sorted(named, key=lambda each: (each.name, each.pack)))


def _localities(plugins: Plugins) -> list[PackFiles]:
    found = [read_locality(file, file.name, []) for _, file in plugins.localities]
    return [files for files in found if files is not None]


# --- by what they name


def _names(part: Part, key: str, sound: Mapping[str, object]) -> tuple[str, ...]:
    """The names under a key, with those of entries that could not be read: they are declared all the same."""
    return (*sound, *part.broken.get(key, ()))


def _actions(packs: Iterable[PackFiles]) -> Iterator[Named]:
    for files, part in _parts(packs):
        for name in _names(part, "actions", part.model.actions):
            yield Named(files.id, name, _action_text(part.model.actions.get(name)))


def _action_text(action: ActionFile | None) -> str:
    if action is None:
        return ""
    return f"{action.do}.\n\n{action.details}" if action.details else f"{action.do}."


def _definitions(packs: Iterable[PackFiles]) -> Iterator[Named]:
    for files, part in _parts(packs):
        for name in _names(part, "definitions", part.model.definitions):
            forms = part.model.definitions.get(name, ())
            yield Named(files.id, name, _reading(forms), _kind_of(part, name, forms), _variants(forms))


def _reading(forms: tuple[DefinitionFile, ...]) -> str:
    return f"The {forms[0].of.replace('_', ' ')} {forms[0].reads}." if forms else ""


def _kind_of(part: Part, name: str, forms: tuple[DefinitionFile, ...]) -> str:
    if forms:
        return forms[0].of
    node = part.node("definitions", name, "of") or part.node("definitions", name, 0, "of")
    return node.text if isinstance(node, Scalar) else "child"


def _variants(forms: tuple[DefinitionFile, ...]) -> tuple[Offer, ...]:
    found = {name: variant.reads for form in forms for name, variant in form.variants.items()}
    return tuple(Offer(name, f"{reads}.") for name, reads in sorted(found.items()))


def _parameters(packs: Iterable[PackFiles]) -> Iterator[Named]:
    for files, part in _parts(packs):
        for name in _names(part, "parameters", part.model.parameters):
            yield _parameter(files.id, name, part.model.parameters.get(name, ()))


def _parameter(pack: str, name: str, forms: tuple[ParameterFile, ...]) -> Named:
    values = [form.value.text for form in forms if isinstance(form.value, Scalar)]
    held = tuple(dict.fromkeys(kind for form in forms for kind in _threshold(form)))
    return Named(pack, name, ", then ".join(values), holds=held or ANY_THRESHOLD)


def _threshold(form: ParameterFile) -> tuple[Threshold, ...]:
    match parameter_value(form.value):
        case Message():
            return ANY_THRESHOLD
        case int():
            return ("number",)
        case Duration():
            return ("length",)
        case _:
            return ("date",)


def _rules(packs: Iterable[PackFiles]) -> Iterator[Named]:
    for files, part in _parts(packs):
        for name in _names(part, "rules", part.model.rules):
            yield Named(files.id, name, _rule_text(part.model.rules.get(name, ())))


def _rule_text(forms: tuple[RuleFile, ...]) -> str:
    return f"{forms[0].title}.\n\n{forms[0].because}" if forms else ""


def _statements(packs: Iterable[PackFiles]) -> Iterator[Named]:
    """The statements that can be cited."""
    for files in packs:
        for source in files.sources:
            if source.model.withdrawn is None:
                yield from _statements_of(files.id, source)


def _statements_of(pack: str, source: SourcePart) -> Iterator[Named]:
    head = source.model
    for id_, each in head.statements.items():
        if each.left_to_people is None and each.not_yet is None and each.withdrawn is None:
            how = each.known or head.known
            obliges = f"; obliges: {each.obliges}" if each.obliges else ""
            where = f"{head.title} ({head.publisher}), {each.at}."
            means = f"{each.says}\n\n{where} {sentence(head.force + ', ' + how + obliges)}"
            yield Named(pack, f"{head.source}/{id_}", means)
    for id_ in source.broken:
        yield Named(pack, f"{head.source}/{id_}", "")


def _contacts(packs: Iterable[PackFiles], areas: Iterable[PackFiles]) -> tuple[Offer, ...]:
    """The contacts that actions ask for and localities have, each with the names that it has."""
    asked = [action.contact for _, part in _parts(packs) for action in part.model.actions.values()]
    found: dict[str, dict[str, None]] = {key: {} for key in asked if key is not None}
    for files in areas:
        header = files.header
        if isinstance(header, LocalityFile):
            for key, contact in header.contacts.items():
                found.setdefault(key, {})[f"{contact.name} ({header.title})"] = None
    return tuple(Offer(key, ", ".join(names)) for key, names in sorted(found.items()))


def _parts(packs: Iterable[PackFiles]) -> Iterator[tuple[PackFiles, Part]]:
    for files in packs:
        for part in files.parts:
            yield files, part
