"""What a lint looks at: the checked content, and where each thing in it was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from safeguard_rules.language.tree import Condition
from safeguard_rules.messages import Message
from safeguard_rules.packs.checking import meanings, reach_of
from safeguard_rules.packs.content import Action, Content, Definition, DemandForm, Parameter, Rule, RuleForm
from safeguard_rules.packs.files import PackFiles, Part
from safeguard_rules.packs.graph import Reach
from safeguard_rules.packs.loaded import Loaded
from safeguard_rules.packs.names import pack_of, short
from safeguard_rules.packs.tightening import Polarity
from safeguard_rules.reading.nodes import ListNode, MapNode, Node, Scalar, key_place
from safeguard_rules.source import Issue, Place

Section = Literal["actions", "parameters", "definitions", "rules"]
"""A key of a pack under which things are declared by name."""

SECTIONS: tuple[Section, ...] = ("actions", "parameters", "definitions", "rules")


@dataclass(frozen=True, eq=False)
class LintSubject:
    """One rulebook's checked content, of which the packs or the locality in `own` are looked at.

    `elsewhere` are the words that stand in packs and localities outside the rulebook: what one of them names is used.
    """

    loaded: Loaded
    own: frozenset[str]
    elsewhere: frozenset[str] = frozenset()

    @property
    def content(self) -> Content:
        """Everything that was loaded, the packs that are not looked at among it."""
        return self.loaded.content

    @cached_property
    def reach(self) -> Reach:
        """What conditions reach through definitions."""
        return reach_of(self.content.definitions)

    @cached_property
    def polarity(self) -> Polarity:
        """In which directions definitions and parameters are used."""
        return Polarity(self.content.rules.values(), self.content.definitions)

    @cached_property
    def files(self) -> Mapping[str, PackFiles]:
        """What was read of each pack and of the locality, by id."""
        return {files.id: files for files, _ in self.loaded.files}

    # --- what is looked at

    def rules(self) -> Iterator[tuple[Rule, int, RuleForm]]:
        """Each form of each own rule, with its number."""
        for rule in self.content.rules.values():
            if pack_of(rule.name) in self.own:
                yield from ((rule, i, form) for i, form in enumerate(rule.forms))

    def demands(self) -> Iterator[tuple[Rule, RuleForm, DemandForm, Place]]:
        """Each demand that an own rule has, or with which an own locality carries a rule further, and its place."""
        for rule in self.content.rules.values():
            for i, form in enumerate(rule.forms):
                yield from self._demands(rule, i, form)

    def definitions(self) -> Iterator[Definition]:
        """The own definitions."""
        return (each for each in self.content.definitions.values() if pack_of(each.name) in self.own)

    def actions(self) -> Iterator[Action]:
        """The own actions."""
        return (each for each in self.content.actions.values() if each.pack in self.own)

    def parameters(self) -> Iterator[Parameter]:
        """The own parameters."""
        return (each for each in self.content.parameters.values() if pack_of(each.name) in self.own)

    def conditions(self) -> Iterator[Condition]:
        """Every own condition, from its top: of rules, of all forms of definitions, of what nobody is asked for."""
        yield from (form.when for _, _, form in self.rules())
        for definition in self.definitions():
            for form in meanings(definition):
                yield form.when
                if form.assumption is not None and form.assumption.ask_unless is not None:
                    yield form.assumption.ask_unless

    # --- where it stands

    def place(self, section: Section, name: str, *path: str | int) -> Place:
        """The place at a path below something declared, by its full name; without a path that of its name."""
        part = self._part(section, name)
        if path:
            return part.value_place(section, short(name), *path)
        entries = part.node(section)
        return key_place(entries, short(name)) if isinstance(entries, MapNode) else part.place(section)

    def is_own(self, place: Place) -> bool:
        """Whether a place lies in a file of what is looked at."""
        texts = (part.root.place.text for id_ in self.own if id_ in self.files for part in self.files[id_].parts)
        return any(place.text is text for text in texts)

    def issue(self, message: Message, section: Section, name: str, *path: str | int) -> Issue:
        """A message about something declared, at its place."""
        return message.at(self.place(section, name, *path))

    def _part(self, section: Section, name: str) -> Part:
        parts = self.files[pack_of(name)].parts
        return next((part for part in parts if short(name) in getattr(part.model, section)), parts[0])

    def _demands(self, rule: Rule, i: int, form: RuleForm) -> Iterator[tuple[Rule, RuleForm, DemandForm, Place]]:
        carried = 0
        for n, demand in enumerate(form.demands):
            if demand.carried_by is None and pack_of(rule.name) in self.own:
                yield rule, form, demand, self.place("rules", rule.name, i, "then", n, demand.obligation)
            elif demand.carried_by in self.own:
                main = self.files[str(demand.carried_by)].main
                written = next((key for key in keys_of(main.node("carries")) if short(key) == short(rule.name)), "")
                yield rule, form, demand, main.value_place("carries", written, carried, demand.obligation)
                carried += 1


def keys_of(node: Node | None) -> tuple[str, ...]:
    """The keys of a mapping, none where there is no mapping."""
    return tuple(node.entries) if isinstance(node, MapNode) else ()


def words_of(packs: Iterable[PackFiles]) -> frozenset[str]:
    """Every text that stands in the rules of packs, as a value or a key: what they name is among it."""
    return frozenset(text for pack in packs for part in pack.parts for text in _texts(part.root))


def _texts(node: Node) -> Iterator[str]:
    match node:
        case Scalar(text=text):
            yield text
        case ListNode(items=items):
            for item in items:
                yield from _texts(item)
        case MapNode(entries=entries):
            yield from entries
            for entry in entries.values():
                yield from _texts(entry.value)
