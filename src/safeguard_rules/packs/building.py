"""From read files to checked content: parameters, definitions, actions and rules, every name and type looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from safeguard_rules import messages
from safeguard_rules.language.elaborate import (
    DefinitionName,
    Elaborator,
    Frame,
    ParameterName,
    readable_facts,
    readable_kinds,
)
from safeguard_rules.language.roles import ADDRESSES
from safeguard_rules.language.times import WORDS, parse_time
from safeguard_rules.language.tree import Condition, FactRef, ParameterValue
from safeguard_rules.messages import Message
from safeguard_rules.packs.citing import Register, may_carry_must, strongest
from safeguard_rules.packs.content import (
    Action,
    AskWithCare,
    Assumption,
    Definition,
    DefinitionForm,
    DemandForm,
    Parameter,
    ParameterForm,
    Rule,
    RuleForm,
    Statement,
    Within,
)
from safeguard_rules.packs.files import PackFiles, Part
from safeguard_rules.packs.models import ActionFile, DefinitionFile, DemandFile, ParameterFile, RuleFile, WithinFile
from safeguard_rules.packs.names import Directory, Sort
from safeguard_rules.reading.nodes import ListNode, MapNode, Node, Scalar
from safeguard_rules.source import Issue, Place
from safeguard_rules.values.dates import When
from safeguard_rules.values.durations import Duration
from safeguard_rules.vocabulary.facts import Kind, Vocabulary

_ID = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*$")
_SORTS: tuple[tuple[Sort, str], ...] = (
    ("parameter", "parameters"),
    ("definition", "definitions"),
    ("action", "actions"),
    ("rule", "rules"),
)
_OBLIGATIONS = ("must", "should", "consider", "must_not", "should_not")


@dataclass(slots=True)
class Draft:
    """The content as it grows, shared by the steps of building."""

    vocabulary: Vocabulary
    directory: Directory
    register: Register
    issues: list[Issue]
    areas: tuple[str, ...]
    """The localities that are known."""
    parameters: dict[str, Parameter] = field(default_factory=dict)
    definitions: dict[str, Definition] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    ask_with_care: list[AskWithCare] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    """Of which record each definition is, known before any is elaborated."""
    places: dict[tuple[Sort, str], Place] = field(default_factory=dict)
    """Where each name is declared, by sort and full name."""

    def complain(self, message: Message, place: Place) -> None:
        """Adds an issue."""
        self.issues.append(message.at(place))


@dataclass(frozen=True, slots=True)
class PackNames:
    """How one pack's conditions look names up."""

    draft: Draft
    pack: str

    def definition(self, written: str) -> DefinitionName | Message:
        """The definition of this name, or what to say."""
        found = self.draft.directory.find("definition", self.pack, written)
        return found if isinstance(found, Message) else DefinitionName(found, self.draft.kinds.get(found, "child"))

    def parameter(self, written: str) -> ParameterName | Message:
        """The parameter of this name, or what to say."""
        found = self.draft.directory.find("parameter", self.pack, written)
        if isinstance(found, Message):
            return found
        parameter = self.draft.parameters.get(found)
        return ParameterName(found, tuple(form.value for form in parameter.forms) if parameter else ())


def declare(
    packs: Iterable[PackFiles], directory: Directory, places: dict[tuple[Sort, str], Place], issues: list[Issue]
) -> None:
    """Enters the names that packs declare; a name that is declared twice or badly formed is an issue."""
    for pack in packs:
        directory.uses[pack.id] = pack.uses
        for sort, key in _SORTS:
            seen: dict[str, Place] = {}
            for part in pack.parts:
                for name in getattr(part.model, key):
                    place = _key_place(part, key, name)
                    if name in seen:
                        issues.append(messages.declared_twice(sort, name, seen[name]).at(place))
                    elif not _ID.match(name) or name in ("always", "never", "other"):
                        issues.append(messages.bad_name(name).at(place))
                    seen.setdefault(name, place)
            directory.declare(sort, pack.id, seen)
            places.update({(sort, f"{pack.id}:{name}"): place for name, place in seen.items()})


def build_pack(pack: PackFiles, draft: Draft) -> None:
    """Builds one pack's definitions, actions and rules into the draft; its parameters must be there already."""
    builder = _Builder(pack, draft, Elaborator(draft.vocabulary, PackNames(draft, pack.id), draft.issues))
    for part in pack.parts:
        builder.definitions(part)
        builder.actions(part)
    for part in pack.parts:
        builder.ask_with_care(part)


def build_rules(pack: PackFiles, draft: Draft) -> None:
    """Builds one pack's rules into the draft; the actions of every pack must be there already."""
    builder = _Builder(pack, draft, Elaborator(draft.vocabulary, PackNames(draft, pack.id), draft.issues))
    for part in pack.parts:
        builder.rules(part)


def build_parameters(pack: PackFiles, draft: Draft) -> None:
    """Builds one pack's parameters, and notes of which records its definitions are."""
    for part in pack.parts:
        for name, files in part.model.parameters.items():
            forms = [
                form
                for i, file in enumerate(files)
                if (form := parameter_form(file, part, ("parameters", name, i), pack.id, draft)) is not None
            ]
            if len(forms) == len(files):
                draft.parameters[f"{pack.id}:{name}"] = Parameter(f"{pack.id}:{name}", tuple(forms))
        for name, definitions in part.model.definitions.items():
            draft.kinds[f"{pack.id}:{name}"] = definitions[0].of


def parameter_form(
    file: ParameterFile, part: Part, path: tuple[str | int, ...], pack: str, draft: Draft
) -> ParameterForm | None:
    """One dated value of a parameter, or None with an issue."""
    value = parameter_value(file.value)
    if isinstance(value, Message):
        draft.complain(value, file.value.place)
        return None
    return ParameterForm(value, cites(draft, pack, part, file.cites, (*path, "cites")), file.start, file.end)


def parameter_value(node: Node) -> ParameterValue | Message:
    """What a threshold's value says: a whole number, a length of time or a day; or what to say about it."""
    if not isinstance(node, Scalar):
        return messages.wrong_parameter_value("a list" if isinstance(node, ListNode) else "a mapping")
    if re.fullmatch(r"0|[1-9][0-9]{0,8}", node.text) and node.plain:
        return int(node.text)
    for parse in (Duration.parse, When.parse):
        try:
            value = parse(node.text)
        except ValueError:
            continue
        if isinstance(value, Duration) or value.exact:
            return value
    return messages.wrong_parameter_value(node.text)


def cites(
    draft: Draft, pack: str, part: Part, written: Sequence[str], path: tuple[str | int, ...]
) -> tuple[Statement, ...]:
    """The statements that a `cites` list names."""
    places = [part.place(*path, i) for i in range(len(written))]
    return draft.register.cite_all(pack, written, places, draft.issues)


@dataclass(slots=True)
class _Builder:
    """Builds the parts of one pack."""

    pack: PackFiles
    draft: Draft
    elaborator: Elaborator

    def full(self, name: str) -> str:
        return f"{self.pack.id}:{name}"

    # --- definitions

    def definitions(self, part: Part) -> None:
        for name, files in part.model.definitions.items():
            self._definition(name, files, part)

    def _definition(self, name: str, files: Sequence[DefinitionFile], part: Part) -> None:
        of = files[0].of
        if of != "child" and of not in readable_kinds(self.draft.vocabulary):
            kinds = ("child", *readable_kinds(self.draft.vocabulary))
            self.draft.complain(messages.unknown_list(of, kinds, None), part.place("definitions", name, 0, "of"))
            return
        forms, variants = [], {}
        for i, file in enumerate(files):
            if file.of != of:
                self.draft.complain(messages.definition_of_changes(of), part.place("definitions", name, i, "of"))
            forms.append(self._form(name, of, file, part, i))
            for variant in file.variants:
                if variant in variants:
                    self.draft.complain(
                        messages.declared_twice("variant", variant, None),
                        part.place("definitions", name, i, "variants", variant),
                    )
                variants[variant] = self._variant(name, of, variant, file, part, i)
        self.draft.definitions[self.full(name)] = Definition(
            self.full(name),
            of,
            tuple(form for form in forms if form is not None),
            {key: form for key, form in variants.items() if form is not None},
        )

    def _form(self, name: str, of: str, file: DefinitionFile, part: Part, i: int) -> DefinitionForm | None:
        path = ("definitions", name, i)
        id_ = self.full(name) if i == 0 else f"{self.full(name)}[{i}]"
        when = self._condition(file.when, f"{id_}.when", of)
        cited = cites(self.draft, self.pack.id, part, file.cites, (*path, "cites"))
        assumption = self._assumption(file, part, path, id_, of)
        if when is None:
            return None
        return DefinitionForm(file.reads, when, cited, file.start, file.end, "national", assumption)

    def _variant(
        self, name: str, of: str, variant: str, file: DefinitionFile, part: Part, i: int
    ) -> DefinitionForm | None:
        form = file.variants[variant]
        when = self._condition(form.when, f"{self.full(name)}.variants.{variant}.when", of)
        cited = cites(
            self.draft, self.pack.id, part, form.cites, ("definitions", name, i, "variants", variant, "cites")
        )
        return None if when is None else DefinitionForm(form.reads, when, cited, form=variant)

    def _assumption(
        self, file: DefinitionFile, part: Part, path: tuple[str | int, ...], id_: str, of: str
    ) -> Assumption | None:
        unknown = file.while_unknown
        if unknown is None:
            return None
        cited = cites(self.draft, self.pack.id, part, unknown.cites, (*path, "while_unknown", "cites"))
        unless = None
        if unknown.ask_unless is not None:
            unless = self._condition(unknown.ask_unless, f"{id_}.while_unknown.ask_unless", of)
        return Assumption(
            unknown.value, unknown.taken_as == "exception", unless, cited, part.place(*path, "while_unknown")
        )

    def _condition(self, node: Node, id_: str, of: str | None) -> Condition | None:
        return self.elaborator.condition(node, id_, Frame(None if of == "child" else of))

    # --- actions

    def actions(self, part: Part) -> None:
        for name, file in part.model.actions.items():
            action = self._action(name, file, part)
            if action is not None:
                self.draft.actions[action.name] = action

    def _action(self, name: str, file: ActionFile, part: Part) -> Action | None:
        path = ("actions", name)
        kinds = ("child", *readable_kinds(self.draft.vocabulary))
        if file.about not in kinds:
            self.draft.complain(messages.unknown_list(file.about, kinds, None), part.place(*path, "about"))
            return None
        after = [self.find("action", each, part.place(*path, "after", i)) for i, each in enumerate(file.after)]
        never: dict[str, tuple[Statement, ...]] = {}
        for i, each in enumerate(file.never_with):
            other = self.find("action", each.action, part.place(*path, "never_with", i, "action"))
            cited = cites(self.draft, self.pack.id, part, each.cites, (*path, "never_with", i, "cites"))
            if other is not None:
                never[other] = cited
        return Action(
            self.full(name),
            self.pack.id,
            self.pack.header.status,
            file.do,
            file.about,
            file.contact,
            tuple(each for each in after if each is not None),
            never,
            file.kind,
            file.repeat is not None,
            cites(self.draft, self.pack.id, part, file.cites, (*path, "cites")),
        )

    def find(self, sort: Sort, written: str, place: Place) -> str | None:
        """The full name of what is named at a place, or None with an issue."""
        found = self.draft.directory.find(sort, self.pack.id, written)
        if isinstance(found, Message):
            self.draft.complain(found, place)
            return None
        return found

    # --- ask with care

    def ask_with_care(self, part: Part) -> None:
        lists = {kind.name for kind in self.draft.vocabulary.kinds.values()}
        known = (*readable_facts(self.draft.vocabulary), *lists)
        for name, file in part.model.ask_with_care.items():
            path = ("ask_with_care", name)
            for i, fact in enumerate(file.facts):
                if fact not in known:
                    self.draft.complain(messages.unknown_fact(fact, known, ()), part.place(*path, "facts", i))
            action = self.find("action", file.action, part.place(*path, "action")) if file.action else None
            cited = cites(self.draft, self.pack.id, part, file.cites, (*path, "cites"))
            self.draft.ask_with_care.append(AskWithCare(self.full(name), file.facts, file.say, action, cited))

    # --- rules

    def rules(self, part: Part) -> None:
        for name, files in part.model.rules.items():
            forms = [self._rule_form(name, file, part, i) for i, file in enumerate(files)]
            self.draft.rules[self.full(name)] = Rule(
                self.full(name),
                self.pack.id,
                self.pack.header.status,
                tuple(form for form in forms if form is not None),
            )

    def _rule_form(self, name: str, file: RuleFile, part: Part, i: int) -> RuleForm | None:
        path = ("rules", name, i)
        if file.for_each is not None and file.for_each not in readable_kinds(self.draft.vocabulary):
            message = messages.unknown_list(file.for_each, readable_kinds(self.draft.vocabulary), None)
            self.draft.complain(message, part.place(*path, "for_each"))
            return None
        areas = self._areas(file, part, path)
        self._roles(file.addressed, part, (*path, "for"))
        id_ = self.full(name) if i == 0 else f"{self.full(name)}[{i}]"
        when = self._condition(file.when, f"{id_}.when", file.for_each)
        cited = cites(self.draft, self.pack.id, part, file.cites, (*path, "cites"))
        context = DemandContext(part, file.for_each, areas, cited, file.addressed)
        demands = [self.demand(each, (*path, "then", n), context) for n, each in enumerate(file.then)]
        if when is None:
            return None
        return RuleForm(
            file.title,
            file.for_each,
            frozenset(file.stage),
            areas,
            bool(file.never_assume),
            when,
            tuple(demand for demand in demands if demand is not None),
            file.because,
            cited,
            file.rows,
            part.place(*path, "when"),
            file.start,
            file.end,
        )

    def _areas(self, file: RuleFile, part: Part, path: tuple[str | int, ...]) -> tuple[str, ...]:
        for i, area in enumerate(file.areas):
            if area not in self.draft.areas:
                self.draft.complain(messages.unknown_locality(area, self.draft.areas), part.place(*path, "in", i))
        return (self.pack.id,) if self.pack.kind == "locality" else file.areas

    def _roles(self, roles: Sequence[str], part: Part, path: tuple[str | int, ...]) -> None:
        for i, role in enumerate(roles):
            if role not in ADDRESSES:
                self.draft.complain(messages.not_a_word(role, "for", ADDRESSES), part.place(*path, i))

    # --- demands

    def demand(self, file: DemandFile, path: tuple[str | int, ...], context: DemandContext) -> DemandForm | None:
        """One demand of a rule, or one that a locality carries a rule further with."""
        part = context.part
        named = [(word, written) for word in _OBLIGATIONS if (written := getattr(file, word)) is not None]
        if len(named) != 1:
            self.draft.complain(messages.one_obligation([word for word, _ in named], _OBLIGATIONS), part.place(*path))
            return None
        obligation, written = named[0]
        self._roles(file.addressed, part, (*path, "for"))
        name = self.find("action", written, part.place(*path, obligation))
        cited = cites(self.draft, self.pack.id, part, file.cites, (*path, "cites")) or context.cites
        within = self._within(file.within, part, (*path, "within"), context.for_each) if file.within else None
        about = self._about(file, name, path, context)
        self._check_must(obligation, cited, part.place(*path, obligation), context.areas)
        if name is None or about is False or not cited:
            return None
        return DemandForm(
            obligation,  # type: ignore[arg-type]
            name,
            within,
            file.how,
            about or None,
            file.addressed or context.addressed,
            cited,
            _force(obligation, cited, context.areas),
            context.carried_by,
        )

    def _within(self, file: WithinFile, part: Part, path: tuple[str | int, ...], for_each: str | None) -> Within | None:
        time = parse_time(file.time)
        if time is None:
            self.draft.complain(messages.wrong_time(file.time, WORDS), part.place(*path, "time"))
            return None
        cited = cites(self.draft, self.pack.id, part, file.cites, (*path, "cites"))
        proposals = [statement.force == "proposal" for statement in cited]
        if cited and file.basis == "proposed" and not any(proposals):
            self.draft.complain(messages.proposed_without_proposal(), part.place(*path, "basis"))
        if cited and file.basis == "sourced" and all(proposals):
            self.draft.complain(messages.sourced_by_proposal(), part.place(*path, "basis"))
        return Within(time.text, time.length, file.basis, self._counted_from(file, part, path, for_each), cited)

    def _counted_from(
        self, file: WithinFile, part: Part, path: tuple[str | int, ...], for_each: str | None
    ) -> FactRef | None:
        if file.counted_from is None:
            return None
        place = part.place(*path, "from")
        ref = self.elaborator.fact(
            Scalar(file.counted_from, True, _value_place(part, path, "from", place)), Frame(for_each)
        )
        if ref is not None and ref.fact.kind is not Kind.DATE:
            self.draft.complain(messages.time_from_no_date(file.counted_from), place)
            return None
        return ref

    def _about(
        self, file: DemandFile, name: str | None, path: tuple[str | int, ...], context: DemandContext
    ) -> FactRef | None | bool:
        """The reference that says whom the action is about; None where it needs none; False with an issue."""
        action = self.draft.actions.get(name) if name is not None else None
        if action is None:
            return False
        if file.about is None:
            if action.about in ("child", context.for_each):
                return None
            place = context.part.place(*path)
            self.draft.complain(messages.about_needs_subject(file_action(file), action.about, context.for_each), place)
            return False
        place = _value_place(context.part, path, "about", context.part.place(*path, "about"))
        ref = self.elaborator.fact(Scalar(file.about, True, place), Frame(context.for_each))
        if ref is None:
            return False
        if ref.fact.kind is not Kind.REFERENCE or ref.fact.refers_to != action.about:
            self.draft.complain(messages.about_wrong_reference(file.about, action.about), place)
            return False
        return ref

    def _check_must(self, obligation: str, cited: Sequence[Statement], place: Place, areas: Sequence[str]) -> None:
        if obligation not in ("must", "must_not") or not cited:
            return
        carrying = [statement for statement in cited if may_carry_must(statement, areas)]
        if not carrying:
            self.draft.complain(
                messages.must_not_carried(obligation, [s.name for s in cited], _why_no_must(cited, areas)), place
            )
        elif all(statement.known == "second-hand" for statement in carrying):
            self.draft.complain(messages.must_second_hand(obligation), place)


@dataclass(frozen=True, slots=True)
class DemandContext:
    """Where a demand stands: its file, its rule's record, areas, citations and roles."""

    part: Part
    for_each: str | None
    areas: tuple[str, ...]
    cites: tuple[Statement, ...]
    addressed: tuple[str, ...]
    carried_by: str | None = None


def carried_demand(
    file: DemandFile, path: tuple[str | int, ...], context: DemandContext, pack: PackFiles, draft: Draft
) -> DemandForm | None:
    """The demand that a locality carries a shared rule further with, or None with an issue."""
    builder = _Builder(pack, draft, Elaborator(draft.vocabulary, PackNames(draft, pack.id), draft.issues))
    return builder.demand(file, path, context)


def file_action(file: DemandFile) -> str:
    """The action that a demand names, as written."""
    return next(written for word in _OBLIGATIONS if (written := getattr(file, word)) is not None)


def _force(obligation: str, cited: Sequence[Statement], areas: Sequence[str]) -> Any:
    carrying = [statement for statement in cited if may_carry_must(statement, areas)]
    return strongest(carrying if obligation in ("must", "must_not") and carrying else cited)


def _why_no_must(cited: Sequence[Statement], areas: Sequence[str]) -> str:
    if all(statement.force == "proposal" for statement in cited):
        return "they are proposals"
    if all(statement.known == "unverified" for statement in cited):
        return "they are not verified"
    if any(statement.area is not None and tuple(areas) != (statement.area,) for statement in cited):
        return "none obliges here, and another area's policy carries no `must`"
    return "none of them says `obliges: must`"


def _key_place(part: Part, key: str, name: str) -> Place:
    node = part.node(key)
    if isinstance(node, MapNode) and name in node.entries:
        return node.entries[name].key.place
    return part.place(key, name)


def _value_place(part: Part, path: Sequence[str | int], key: str, default: Place) -> Place:
    node = part.node(*path, key)
    return node.place if node is not None else default
