"""What pages are made of: the packs with and without each locality, the account of statements, cases, and the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar

from safeguard_rules.engine.program import Program
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.packs.carriage import Citing
from safeguard_rules.packs.checking import in_force
from safeguard_rules.packs.content import Action, Definition, LocalityContent, PackStamp, Parameter, Rule
from safeguard_rules.packs.coverage import Coverage
from safeguard_rules.packs.files import PackFiles
from safeguard_rules.packs.names import pack_of
from safeguard_rules.packs.terms import NEGATIVE
from safeguard_rules.reports.html.models import CaseShown
from safeguard_rules.reports.words import day as day_words
from safeguard_rules.reports.words import told_to
from safeguard_rules.values.dates import AsOf

Named = TypeVar("Named", Rule, Definition, Action, Parameter)


class Spanned(Protocol):
    """Something that holds over a span of days."""

    @property
    def start(self) -> date | None:
        """The first day; None is no bound."""

    @property
    def end(self) -> date | None:
        """The last day; None is no bound."""


Form = TypeVar("Form", bound=Spanned)


@dataclass(frozen=True)
class Documented:
    """Everything that pages tell.

    `shared` are the packs without a locality, `local` the same packs under each locality, in the order of their ids.
    `shown` are the cases to be drawn, by the full name of the rule. `day` is the day whose forms are told first.
    """

    shared: Rulebook
    local: tuple[Rulebook, ...]
    coverage: Coverage
    shown: Mapping[str, tuple[CaseShown, ...]]
    day: AsOf

    # --- packs and localities

    @cached_property
    def packs(self) -> Mapping[str, PackFiles]:
        """The files of each pack, by id."""
        return {files.id: files for files, _ in sorted(self.shared.loaded.files, key=lambda each: each[0].id)}

    @cached_property
    def localities(self) -> Mapping[str, tuple[PackFiles, Rulebook, LocalityContent]]:
        """The file of each locality, what is in force there, and what it says itself, by id."""
        found = {}
        for book in self.local:
            content = book.content.locality
            files = next(files for files, _ in book.loaded.files if files.kind == "locality")
            assert content is not None
            found[files.id] = (files, book, content)
        return found

    def stamp(self, id_: str) -> PackStamp:
        """Version, status and digests of a pack or locality."""
        return next(stamp for stamp in self.book_of(id_).packs if stamp.id == id_)

    def book_of(self, id_: str) -> Rulebook:
        """The rulebook that holds a pack, or a locality."""
        return self.localities[id_][1] if id_ in self.localities else self.shared

    def title(self, id_: str) -> str:
        """What a pack or locality is called."""
        files = self.localities[id_][0] if id_ in self.localities else self.packs[id_]
        return files.header.title

    # --- what they hold

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """All rules by full name, those of localities too, in the order of their names."""
        return self._all({id_: book.content.rules for id_, book in self._books()})

    @cached_property
    def definitions(self) -> Mapping[str, Definition]:
        """All definitions by full name, as the packs mean them."""
        return self._all({id_: book.content.definitions for id_, book in self._books()})

    @cached_property
    def actions(self) -> Mapping[str, Action]:
        """All actions by full name."""
        return self._all({id_: book.content.actions for id_, book in self._books()})

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """All thresholds by full name, as the packs have them."""
        return self._all({id_: book.content.parameters for id_, book in self._books()})

    @cached_property
    def statements(self) -> frozenset[tuple[str, str, str]]:
        """The pack, source and id of every statement that has a place on the pages."""
        sources = self.coverage.sources
        return frozenset((source.pack, source.source, each.id) for source in sources for each in source.statements)

    def users(self, kind: str, name: str) -> tuple[str, ...]:
        """The rules that read a definition (`definition`) or threshold (`parameter`), or ask for an action, sorted."""
        return tuple(sorted(self._users.get((kind, name), ())))

    def told(self, name: str) -> str:
        """What an action says to do; `Do not ...` where rules ask for nothing but not to do it."""
        return told_to(self.actions[name].do, negative=name in self._unwanted)

    @cached_property
    def _unwanted(self) -> frozenset[str]:
        """The actions that rules ask for, and never but not to do."""
        obligations: dict[str, set[bool]] = {}
        for _, book in self._books():
            for rule in book.content.rules.values():
                for demand in (each for form in rule.forms for each in form.demands):
                    obligations.setdefault(demand.action, set()).add(demand.obligation in NEGATIVE)
        return frozenset(name for name, found in obligations.items() if found == {True})

    @cached_property
    def _users(self) -> Mapping[tuple[str, str], set[str]]:
        found: dict[tuple[str, str], set[str]] = {}
        for _, book in self._books():
            for key, rules in Citing(book.content, book.vocabulary).carrying.items():
                found.setdefault(key, set()).update(rules)
        return found

    def _books(self) -> Iterator[tuple[str | None, Rulebook]]:
        yield None, self.shared
        yield from ((id_, book) for id_, (_, book, _) in self.localities.items())

    def _all(self, found: Mapping[str | None, Mapping[str, Named]]) -> Mapping[str, Named]:
        """What the packs hold, and what each locality adds of its own."""
        named = (
            (name, each)
            for id_, of_book in found.items()
            for name, each in of_book.items()
            if id_ is None or pack_of(name) == id_
        )
        return dict(sorted(named))

    # --- days

    def program(self, book: Rulebook, form: Spanned | None = None) -> Program:
        """What is in force in a rulebook on the day, or on a day of a form that is not in force then."""
        if form is None or in_force((form,), self.day.day):
            return book.program(self.day)
        other = form.start if form.start is not None and form.start > self.day.day else form.end
        assert other is not None
        return book.program(AsOf.of(other))

    def main_form(self, forms: tuple[Form, ...]) -> Form:
        """The form of the day; else the next one, else the last."""
        today = in_force(forms, self.day.day)
        if today:
            return today[0]
        ahead = [form for form in forms if form.start is not None and form.start > self.day.day]
        return min(ahead, key=lambda form: form.start or self.day.day) if ahead else forms[-1]

    def is_in_force(self, form: Spanned) -> bool:
        """Whether a form holds on the day."""
        return bool(in_force((form,), self.day.day))


def dates(form: Spanned) -> str:
    """The days of a form in words: `from 1 January 2026 to 31 March 2026`; `on every day` without bounds."""
    start = [f"from {day_words(form.start.isoformat())}"] if form.start is not None else []
    end = [f"to {day_words(form.end.isoformat())}"] if form.end is not None else []
    return " ".join([*start, *end]) or "on every day"
