"""The content as it grows, and what every step of building needs: names declared, citations looked up, places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from safeguard_rules import messages
from safeguard_rules.language.elaborate import Elaborator
from safeguard_rules.language.finding import DefinitionName, Frame, ParameterName
from safeguard_rules.language.roles import ADDRESSES
from safeguard_rules.language.tree import Condition, FactRef
from safeguard_rules.messages import Message
from safeguard_rules.packs.citing import ALWAYS, Register, Span
from safeguard_rules.packs.content import Action, AskWithCare, BankHolidays, Definition, Parameter, Rule, Statement
from safeguard_rules.packs.files import PackFiles, Part
from safeguard_rules.packs.names import Directory, Sort
from safeguard_rules.reading.nodes import MapNode, Node, Scalar
from safeguard_rules.source import Issue, Place
from safeguard_rules.vocabulary.facts import Vocabulary

Path = tuple[str | int, ...]
"""Keys and positions from the top of a file to something in it."""

NAME = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")
"""How names of packs and of what they declare are written."""

RESERVED = ("always", "never", "other")
"""What no definition is called."""

_SORTS: tuple[tuple[Sort, str], ...] = (
    ("parameter", "parameters"),
    ("definition", "definitions"),
    ("action", "actions"),
    ("rule", "rules"),
)


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
    bank_holidays: BankHolidays | None = None
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


@dataclass(frozen=True, slots=True)
class PackDraft:
    """One pack, or locality, being built into the draft."""

    files: PackFiles
    draft: Draft

    @property
    def id(self) -> str:
        """The id of the pack."""
        return self.files.id

    def full(self, name: str) -> str:
        """The full name of something that the pack declares."""
        return f"{self.id}:{name}"

    def find(self, sort: Sort, written: str, place: Place) -> str | None:
        """The full name of what is named at a place, or None with an issue."""
        found = self.draft.directory.find(sort, self.id, written)
        if isinstance(found, Message):
            self.draft.complain(found, place)
            return None
        return found

    def cites(
        self, part: Part, written: Sequence[str], path: Path, span: Span | None = ALWAYS
    ) -> tuple[Statement, ...]:
        """The statements that the list at a path cites, over the days on which what cites them holds."""
        places = [part.place(*path, i) for i in range(len(written))]
        return self.draft.register.cite_all(self.id, written, places, self.draft.issues, span)

    def condition(self, node: Node, id_: str, of: str | None) -> Condition | None:
        """A condition of the child or of one record of a list, or None with an issue."""
        return self._elaborator().condition(node, id_, Frame(None if of == "child" else of))

    def fact(self, written: str, place: Place, of: str | None) -> FactRef | None:
        """The fact that a path outside conditions names, or None with an issue."""
        return self._elaborator().fact(Scalar(written, True, place), Frame(of))

    def check_roles(self, roles: Sequence[str], part: Part, path: Path) -> None:
        """Complains about roles and groups that there are not."""
        for i, role in enumerate(roles):
            if role not in ADDRESSES:
                self.draft.complain(messages.unknown_role(role, ADDRESSES), part.place(*path, i))

    def _elaborator(self) -> Elaborator:
        return Elaborator(self.draft.vocabulary, PackNames(self.draft, self.id), self.draft.issues)


def declare(
    packs: Iterable[PackFiles], directory: Directory, places: dict[tuple[Sort, str], Place], issues: list[Issue]
) -> None:
    """Enters the names that packs declare; a name that is declared twice or badly formed is an issue.

    What could not be read is declared as well, so that nobody complains where it is used.
    """
    for pack in packs:
        directory.uses[pack.id] = pack.uses
        if not NAME.fullmatch(pack.id):
            issues.append(messages.bad_name(pack.id).at(pack.main.place(pack.kind)))
        for sort, key in _SORTS:
            seen: dict[str, Place] = {}
            for part in pack.parts:
                for name in (*getattr(part.model, key), *part.broken.get(key, ())):
                    place = _key_place(part, key, name)
                    if name in seen:
                        issues.append(messages.declared_twice(sort, name, seen[name]).at(place))
                    elif sort == "definition" and name in RESERVED:
                        issues.append(messages.reserved_name(name).at(place))
                    elif not NAME.fullmatch(name):
                        issues.append(messages.bad_name(name).at(place))
                    seen.setdefault(name, place)
            directory.declare(sort, pack.id, seen)
            places.update({(sort, f"{pack.id}:{name}"): place for name, place in seen.items()})


def _key_place(part: Part, key: str, name: str) -> Place:
    node = part.node(key)
    if isinstance(node, MapNode) and name in node.entries:
        return node.entries[name].key.place
    return part.place(key, name)
