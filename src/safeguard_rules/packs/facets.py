"""What everything in a pack says, part by part: what two states of it are compared by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from safeguard_rules.language.english import Wording, reading
from safeguard_rules.language.tree import Condition
from safeguard_rules.packs.content import (
    Action,
    Content,
    Definition,
    DefinitionForm,
    DemandForm,
    Parameter,
    Rule,
    Within,
)
from safeguard_rules.packs.differences import SAME, UNCLEAR, WORDING, Effect
from safeguard_rules.packs.digests import plain_of
from safeguard_rules.packs.effects import (
    Directions,
    Judge,
    of_areas,
    of_condition,
    of_obligation,
    of_presence,
    of_sets,
    of_span,
    of_within,
)
from safeguard_rules.packs.files import PackFiles
from safeguard_rules.packs.models import FileModel, LocalityFile, PackFile, SourceFile, StatementFile
from safeguard_rules.packs.names import pack_of
from safeguard_rules.packs.tightening import shape
from safeguard_rules.reading.nodes import MapNode
from safeguard_rules.vocabulary.facts import Vocabulary


@dataclass(frozen=True, slots=True)
class Facet:
    """One part of a thing: what is compared, how it reads, and what a change of it does."""

    value: object
    says: str
    effect: Effect | Judge
    compared: object = None
    """What tells whether two are the same, where that is not the value itself."""

    def same_as(self, other: Facet) -> bool:
        """Whether nothing changed."""
        return self._key() == other._key()

    def _key(self) -> object:
        return self.value if self.compared is None else self.compared


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a pack has, with its parts; `whole` is how it reads in short.

    `owner` is the thing that it is a part of: where that came or went, it is not told on its own.
    """

    sort: str
    name: str
    whole: str
    facets: Mapping[str, Facet]
    comes: Effect = SAME
    """What it does that the thing comes; that it goes does the opposite."""
    owner: str = ""
    musts: int = 0
    """How many demands of it say `must` or `must_not`."""

    @property
    def key(self) -> tuple[str, str]:
        """What the same thing on the other side has too."""
        return (self.sort, self.name)


@dataclass(frozen=True)
class Facets:
    """Tells what one side of a comparison says: its content, the words for it, and the directions of both sides."""

    content: Content
    vocabulary: Vocabulary
    directions: Directions
    wording: Wording = field(init=False)

    def __post_init__(self) -> None:
        definitions = {name: (each.of, each.forms[-1].reads) for name, each in self.content.definitions.items()}
        parameters = {name: each.forms[-1].value for name, each in self.content.parameters.items()}
        object.__setattr__(self, "wording", Wording(self.vocabulary, definitions, parameters))

    def of(self, files: PackFiles) -> Iterator[Thing]:
        """Everything in a pack or locality, in the order in which it is told."""
        content, id_ = self.content, files.id
        yield _head(files)
        for rule in content.rules.values():
            if rule.pack == id_:
                yield from self._rule(rule)
            yield from self._carried(rule, id_)
        for name, definition in content.definitions.items():
            yield from self._definition(definition) if pack_of(name) == id_ else ()
        for name, parameter in content.parameters.items():
            yield from self._parameter(parameter) if pack_of(name) == id_ else ()
        yield from (self._action(each) for each in content.actions.values() if each.pack == id_)
        for part in files.parts:
            yield from (
                _written("what to mind when asking", name, each) for name, each in part.model.ask_with_care.items()
            )
        if isinstance(files.header, LocalityFile):
            yield from self._local(files)
        for source in files.sources:
            yield _source(source.model)
            yield from (_statement(source.model.source, id_, each) for id_, each in source.model.statements.items())

    # --- rules

    def _rule(self, rule: Rule) -> Iterator[Thing]:
        for i, form in enumerate(rule.forms):
            name = _numbered(rule.name, i)
            demands = [demand for demand in form.demands if demand.carried_by is None]
            facets = {
                "title": _words(form.title),
                "condition": self._condition(form.when, of_condition),
                "for each": Facet(form.for_each, form.for_each or "the child", UNCLEAR),
                "stages": Facet(sorted(form.stages), _list(sorted(form.stages)), of_sets),
                "areas": Facet(form.areas, _list(form.areas, "all areas"), of_areas),
                "days": _span(form.start, form.end),
                "never assumes the stage": Facet(form.never_assume, _yes(form.never_assume), UNCLEAR),
                "because": _words(form.because),
                "cites": _cites(form.cites),
            }
            musts = sum(demand.obligation in ("must", "must_not") for demand in demands)
            yield Thing("rule", name, form.title, facets, "asks for more", musts=musts)
            yield from self._demands(name, demands, name)

    def _carried(self, rule: Rule, locality: str) -> Iterator[Thing]:
        """What a locality adds to a shared rule."""
        if rule.pack != locality:
            found = [each for form in rule.forms[-1:] for each in form.demands if each.carried_by == locality]
            yield from self._demands(_short(rule.name), found, "")

    def _demands(self, rule: str, demands: Iterable[DemandForm], owner: str) -> Iterator[Thing]:
        seen: dict[str, int] = {}
        for demand in demands:
            about = f" about {demand.about.written}" if demand.about is not None else ""
            name = f"{rule}: {_short(demand.action)}{about}"
            seen[name] = seen.get(name, 0) + 1
            number = f" ({seen[name]})" if seen[name] > 1 else ""
            yield self._demand(f"{name}{number}", demand, owner)

    def _demand(self, name: str, demand: DemandForm, owner: str) -> Thing:
        within = demand.within
        obligation = demand.obligation.replace("_", " ")
        do = self.content.actions[demand.action].do
        facets = {
            "obligation": Facet(demand.obligation, f"{obligation}: {do}", of_obligation),
            "time": Facet(_time(within), _time_says(within), of_within),
            "how": Facet(demand.how, demand.how or "in any way", UNCLEAR),
            "addressed to": Facet(demand.addressed, _list(demand.addressed, "everybody"), SAME),
            "cites": _cites(demand.cites),
        }
        musts = int(demand.obligation in ("must", "must_not"))
        whole = f"{obligation}: {do}{f', {within.text}' if within is not None else ''}"
        return Thing("demand", name, whole, facets, "asks for more", owner and f"rule {owner}", musts)

    # --- definitions, parameters, actions

    def _condition(self, when: Condition, judge: Judge | Effect) -> Facet:
        return Facet(when, reading(when, self.wording), judge, shape(when))

    def _definition(self, definition: Definition) -> Iterator[Thing]:
        judge = self.directions.of_definition(definition.name)
        for i, form in enumerate(definition.shared):
            facets = self._form(form, judge)
            facets["of"] = Facet(definition.of, definition.of, UNCLEAR)
            yield Thing("definition", _numbered(definition.name, i), form.reads, facets, UNCLEAR)
        for variant, form in definition.variants.items():
            # A form that an area may adopt changes nothing until it does, and then the area's own change is told.
            yield Thing(
                "form of a definition", f"{_short(definition.name)}: {variant}", form.reads, self._form(form, SAME)
            )

    def _form(self, form: DefinitionForm, judge: Judge | Effect) -> dict[str, Facet]:
        unknown = form.assumption
        taken = (unknown.value, unknown.exception) if unknown is not None else None
        says = "nothing is assumed" if taken is None else f"taken as {'so' if taken[0] else 'not so'}"
        return {
            "reads": _words(form.reads),
            "condition": self._condition(form.when, judge),
            "days": Facet((form.start, form.end), _dates(form.start, form.end), UNCLEAR),
            "while unknown": Facet(taken, says + (", as an exception" if taken and taken[1] else ""), UNCLEAR),
            "nobody is asked where": self._unasked(unknown.ask_unless if unknown is not None else None),
            "cites": _cites(form.cites),
        }

    def _unasked(self, when: Condition | None) -> Facet:
        return Facet(None, "nowhere", SAME, "nowhere") if when is None else self._condition(when, SAME)

    def _parameter(self, parameter: Parameter) -> Iterator[Thing]:
        judge = self.directions.of_parameter(parameter.name)
        for i, form in enumerate(parameter.forms):
            facets = {
                "value": Facet(form.value, str(form.value), judge),
                "days": Facet((form.start, form.end), _dates(form.start, form.end), UNCLEAR),
                "cites": _cites(form.cites),
            }
            yield Thing("parameter", _numbered(parameter.name, i), str(form.value), facets, UNCLEAR)

    def _action(self, action: Action) -> Thing:
        never = sorted(_short(name) for name in action.never_with)
        facets = {
            "do": Facet(action.do, action.do, UNCLEAR),
            "details": _words(action.details or "none"),
            "about": Facet(action.about, action.about, UNCLEAR),
            "kind": Facet(action.kind, action.kind, SAME),
            "repeated at each contact": Facet(action.repeats, _yes(action.repeats), SAME),
            "contact": Facet(action.contact, action.contact or "none", SAME),
            "after": Facet(action.after, _list([_short(name) for name in action.after], "nothing"), SAME),
            "never with": Facet(never, _list(never, "nothing"), SAME),
            "cites": _cites(action.cites),
        }
        return Thing("action", _short(action.name), action.do, facets)

    # --- localities

    def _local(self, files: PackFiles) -> Iterator[Thing]:
        """What only a locality has, as it is written."""
        header = files.header
        assert isinstance(header, LocalityFile)
        yield from (_written("contact", key, each) for key, each in header.contacts.items())
        for key in ("adopts", "widens", "narrows", "moves"):
            for name in getattr(header, key):
                yield self._changed_meaning(files, key, name)
        for i, waiver in enumerate(header.waivers):
            facets = {"all of it": _plain(files, "waivers", i)}
            yield Thing("waiver", waiver.waives, waiver.instead, facets, "asks for less")

    def _changed_meaning(self, files: PackFiles, key: str, name: str) -> Thing:
        """A meaning or threshold that the locality has its own form of; it can only ask for more."""
        written = _plain(files, key, name)
        return Thing(key, name, written.says, {"all of it": written}, UNCLEAR if key == "adopts" else "asks for more")


def _head(files: PackFiles) -> Thing:
    header = files.header
    facets = {
        "title": _words(header.title),
        "about": _words((header.about if isinstance(header, PackFile) else None) or "nothing"),
        "version": Facet(header.version, header.version, SAME),
        "status": Facet(files.status, files.status, SAME),
        "to be reviewed by": Facet(header.review_by, str(header.review_by or "no day"), SAME),
        "expires on": Facet(header.expires_on, str(header.expires_on or "no day"), SAME),
        "uses": Facet(header.uses, _list(header.uses), SAME),
        "goes on as if born": Facet(bool(header.assume_born), _yes(bool(header.assume_born)), of_presence),
    }
    return Thing(files.kind, files.id, header.title, facets)


def _source(source: SourceFile) -> Thing:
    keys = ("publisher", "published", "url", "force", "known", "area", "note", "withdrawn")
    facets = {key: _field(source, key, SAME) for key in keys}
    return Thing("source", source.source, source.title, {"title": _words(source.title), **facets})


def _statement(source: str, id_: str, statement: StatementFile) -> Thing:
    keys = ("at", "obliges", "known", "left_to_people", "not_yet", "withdrawn")
    facets = {key: _field(statement, key, SAME) for key in keys}
    days = Facet((statement.start, statement.end), _dates(statement.start, statement.end), SAME)
    facets = {"says": _words(statement.says), **facets, "days": days}
    return Thing("statement", f"{source}/{id_}", statement.says, facets, owner=f"source {source}")


def _written(sort: str, name: str, model: FileModel) -> Thing:
    """A thing that is told as its keys stand in the file."""
    facets = {key: _field(model, key, SAME) for key in type(model).model_fields}
    whole = str(getattr(model, "name", None) or getattr(model, "say", ""))
    return Thing(sort, name, whole, facets)


def _field(model: FileModel, key: str, effect: Effect) -> Facet:
    value: Any = getattr(model, key)
    if isinstance(value, Mapping):
        says = "; ".join(f"{name} {_list(each)}" for name, each in value.items())
    elif isinstance(value, tuple):
        says = _list(value)
    else:
        says = "none" if value is None else str(value)
    return Facet(value, says, effect)


def _plain(files: PackFiles, *path: str | int) -> Facet:
    node = files.main.node(*path)
    plain = plain_of(node) if node is not None else None
    return Facet(plain, _told(plain), UNCLEAR)


def _told(plain: Any) -> str:
    """A plain value in one line."""
    if isinstance(plain, Mapping):
        return "; ".join(f"{key} {_told(value)}" for key, value in plain.items())
    if isinstance(plain, list):
        return _list([_told(each) for each in plain])
    return str(plain)


def _time(within: Within | None) -> tuple[str | None, str | None, str | None]:
    """A time as written, its basis, and from where it is counted."""
    if within is None:
        return None, None, None
    return within.text, within.basis, within.counted_from.written if within.counted_from is not None else None


def _time_says(within: Within | None) -> str:
    text, basis, counted = _time(within)
    return f"{text}{f' from {counted}' if counted else ''} ({basis})" if text else "no time"


def _words(text: str) -> Facet:
    return Facet(text, text, WORDING)


def _cites(statements: Iterable[Any]) -> Facet:
    names = [each.name.partition(":")[2] for each in statements]
    return Facet(names, _list(names), SAME)


def _span(start: date | None, end: date | None) -> Facet:
    return Facet((start, end), _dates(start, end), of_span)


def _dates(start: date | None, end: date | None) -> str:
    return " ".join([*([f"from {start}"] if start else []), *([f"to {end}"] if end else [])]) or "every day"


def _list(items: Sequence[object], none: str = "none") -> str:
    return ", ".join(map(str, items)) or none


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _numbered(name: str, index: int) -> str:
    """The name without its pack; with a number for each after the first."""
    return f"{_short(name)} ({index + 1})" if index else _short(name)


def _short(name: str) -> str:
    return name.rpartition(":")[2]


def cases_of(nodes: Iterable[object]) -> Mapping[str, object]:
    """The cases in the files beside a pack, as plain values by their titles."""
    found: dict[str, object] = {}
    for node in nodes:
        plain = plain_of(node) if isinstance(node, MapNode) else {}
        for each in plain.get("cases", ()) if isinstance(plain, dict) else ():
            if isinstance(each, dict):
                found[str(each.get("title"))] = each
    return found
