"""Links and citations on pages: to what stands there, and to nothing that does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from safeguard_rules.packs.content import Statement
from safeguard_rules.packs.names import pack_of
from safeguard_rules.reports.html.documented import Documented
from safeguard_rules.reports.html.models import Cited, Head, Link
from safeguard_rules.reports.html.places import (
    INDEX,
    action_path,
    definition_path,
    locality_path,
    pack_path,
    rule_path,
    source_path,
    statement_path,
    threshold_path,
)
from safeguard_rules.reports.words import sentence, upper_first, words

DRAFT = "A qualified safeguarding lead has not reviewed this."
_OUTDATED = "It means something else than what was reviewed, and nobody has reviewed that."


@dataclass(frozen=True)
class Links:
    """Makes links and citations for some pages."""

    documented: Documented

    def pack(self, id_: str) -> Link:
        """To a pack or a locality."""
        path = locality_path(id_) if id_ in self.documented.localities else pack_path(id_)
        return Link(self.documented.title(id_), path)

    def rule(self, name: str) -> Link:
        """To a rule, by its title on the day."""
        return Link(self.documented.main_form(self.documented.rules[name].forms).title, rule_path(name))

    def definition(self, name: str) -> Link:
        """To a definition, by its name in words."""
        known = name in self.documented.definitions
        return Link(upper_first(words(name)), definition_path(name) if known else None)

    def action(self, name: str) -> Link:
        """To an action, by what it says to do, or not to do."""
        return Link(self.documented.told(name), action_path(name))

    def threshold(self, name: str) -> Link:
        """To a threshold, by its name in words."""
        of_locality = pack_of(name) in self.documented.localities
        return Link(upper_first(words(name)), threshold_path(name, of_locality=of_locality))

    def source(self, pack: str, source: str, title: str) -> Link:
        """To a source."""
        return Link(title, source_path(pack, source))

    def rules(self, names: Iterable[str]) -> tuple[Link, ...]:
        """To several rules, each once, in the order of their names."""
        return tuple(self.rule(name) for name in sorted(set(names)) if name in self.documented.rules)

    def cited(self, statements: Iterable[Statement]) -> tuple[Cited, ...]:
        """Statements as citations, each once."""
        return tuple(self._cited(each) for each in dict.fromkeys(statements))

    def _cited(self, statement: Statement) -> Cited:
        there = (statement.pack, statement.source, statement.id) in self.documented.statements
        source = Link(statement.title, statement_path(statement) if there else None)
        return Cited(sentence(statement.says), source, statement.at, statement.force, statement.known)

    # --- the head of a page

    def head(self, path: str, title: str, caption: str, *way: Link, of: str | None = None) -> Head:
        """The head of a page; `of` is the pack or locality that it is a part of, whose status it shares."""
        return Head(path, title, caption, (Link("Start", INDEX), *way), self._draft(of) if of is not None else None)

    def _draft(self, id_: str) -> str | None:
        files = self.documented.localities[id_][0] if id_ in self.documented.localities else self.documented.packs[id_]
        if files.outdated:
            return _OUTDATED
        return {"draft": DRAFT, "withdrawn": "It has been withdrawn: do not go by it.", "reviewed": None}[files.status]
