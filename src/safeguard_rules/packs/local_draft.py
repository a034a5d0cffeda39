"""A locality being put over the shared content: where it stands, how its names are looked up, how meanings change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from safeguard_rules import messages
from safeguard_rules.language.tree import All, AnyOf, Condition
from safeguard_rules.messages import Message
from safeguard_rules.packs.content import Definition, DefinitionForm, Statement
from safeguard_rules.packs.draft import Draft, PackDraft
from safeguard_rules.packs.files import PackFiles
from safeguard_rules.packs.models import LocalityFile
from safeguard_rules.packs.names import Directory, Sort
from safeguard_rules.reading.nodes import Node
from safeguard_rules.source import Place

Cited = tuple[Statement, ...]


@dataclass(slots=True)
class LocalDraft:
    """A locality being put over the shared content in `draft`."""

    files: PackFiles
    draft: Draft
    background: Directory
    """The names of packs that the locality uses and that are not in the rulebook."""
    inactive: list[str] = field(default_factory=list)

    @property
    def pack(self) -> PackDraft:
        """The locality as a pack that is built like any other."""
        return PackDraft(self.files, self.draft)

    @property
    def file(self) -> LocalityFile:
        """What the locality's file holds."""
        assert isinstance(self.files.header, LocalityFile)
        return self.files.header

    def place(self, *path: str | int) -> Place:
        """A place in the locality's file: of a value that is one word, else of the key before it."""
        return self.files.main.telling_place(*path)

    def complain(self, message: Message, *path: str | int) -> None:
        """Adds an issue at a path of the locality's file."""
        self.draft.complain(message, self.place(*path))

    def find(self, sort: Sort, written: str, *path: str | int) -> str | None:
        """The full name of something shared; None where it is not in the rulebook (inactive) or wrong (an issue)."""
        found = self.draft.directory.find(sort, self.files.id, written)
        if not isinstance(found, Message):
            return found
        elsewhere = self.background.find(sort, self.files.id, written)
        if isinstance(elsewhere, Message):
            self.complain(found, *path)
        else:
            self.inactive.append(elsewhere)
        return None

    def cites(self, written: Sequence[str], *path: str | int) -> Cited:
        """The statements that a list in the locality's file cites."""
        return self.pack.cites(self.files.main, written, path)

    def condition(self, node: Node, id_: str, of: str) -> Condition | None:
        """A condition of the locality's file."""
        return self.pack.condition(node, id_, of)

    def definition(self, written: str, *path: str | int) -> Definition | None:
        """The shared definition that is named at a path, or None."""
        name = self.find("definition", written, *path)
        return self.draft.definitions.get(name) if name is not None else None

    def variant(self, definition: Definition, name: str, *path: str | int) -> DefinitionForm | None:
        """The variant of a definition that is named at a path, or None with an issue."""
        variant = definition.variants.get(name)
        if variant is None:
            self.complain(messages.unknown_variant(definition.name, name, sorted(definition.variants)), *path)
        return variant


def with_meaning(form: DefinitionForm, meaning: DefinitionForm) -> DefinitionForm:
    """A form with another meaning; what holds while it is unknown stays (semantics, decision 7)."""
    return replace(
        form, reads=meaning.reads, when=meaning.when, cites=meaning.cites, form=meaning.form, used_by=meaning.used_by
    )


def with_added(
    form: DefinitionForm,
    how: type[All] | type[AnyOf],
    added: Condition,
    reads: str,
    cited: Cited,
    label: str,
) -> DefinitionForm:
    """A form with a condition added by `any` or `all`; `label` says what became of it."""
    when = how(f"{added.id}.with", added.place, (form.when, added))
    return replace(form, reads=reads, when=when, cites=(*form.cites, *cited), form=label, used_by=())
