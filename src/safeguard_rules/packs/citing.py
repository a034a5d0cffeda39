"""Statements and citations: nothing is in force that no statement carries (promise 2, semantics 53 and 54)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from safeguard_rules import messages
from safeguard_rules.messages import Message
from safeguard_rules.packs.content import FORCES, Statement
from safeguard_rules.packs.files import PackFiles, SourcePart
from safeguard_rules.packs.models import StatementFile
from safeguard_rules.packs.names import Directory
from safeguard_rules.packs.terms import Force
from safeguard_rules.source import Issue, Place

ID = re.compile(r"[a-z0-9]+([-_.][a-z0-9]+)*")
"""How the ids of sources and statements are written."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which something holds that cites, both included; None is no bound.

    What has no dates of its own `follows` the rules that use it, and so does not hold before them.
    """

    start: date | None = None
    end: date | None = None
    follows: bool = False


ALWAYS = Span(follows=True)


@dataclass(frozen=True, slots=True)
class Closed:
    """A statement that cannot be cited: why, in its register's words, and what is said to whoever cites it."""

    statement: Statement
    why: str
    message: Message


@dataclass(frozen=True, slots=True)
class Register:
    """All statements of a rulebook's packs; those that cannot be cited say why."""

    statements: Mapping[str, Statement]
    closed: Mapping[str, Closed]
    """Full name to the statement there, which cannot be cited."""
    directory: Directory
    broken: frozenset[str]
    """Full names of statements that could not be read: there are issues about them already."""

    def cite(self, pack: str, written: str) -> Statement | Message | None:
        """The statement that a citation written in `pack` means, or what to say; None if it could not be read."""
        found = self.find(pack, written)
        return found.message if isinstance(found, Closed) else found

    def find(self, pack: str, written: str) -> Statement | Closed | Message | None:
        """What is written in `pack` as `source/statement`, whether or not it can be cited; None as for `cite`."""
        source, slash, statement = written.rpartition("/")
        if not slash:
            return messages.citation_without_statement(written)
        found = self.directory.find("source", pack, source)
        if isinstance(found, Message):
            return found
        name = f"{found}/{statement}"
        if name in self.broken:
            return None
        if name in self.closed:
            return self.closed[name]
        if name in self.statements:
            return self.statements[name]
        there = [key.rpartition("/")[2] for key in self.statements if key.rpartition("/")[0] == found]
        return messages.unknown_statement(statement, source, there)

    def cite_all(
        self,
        pack: str,
        written: Sequence[str],
        places: Sequence[Place],
        issues: list[Issue],
        span: Span | None = ALWAYS,
    ) -> tuple[Statement, ...]:
        """The statements of a list of citations that hold over some days, each complaint at its own place.

        Without a span any days will do: the statements take turns, and somebody else looks whether one is left.
        """
        found: list[Statement] = []
        for text, place in zip(written, places, strict=True):
            statement = self.cite(pack, text)
            if statement is None:
                continue
            if isinstance(statement, Message):
                issues.append(statement.at(place))
            elif statement in found:
                issues.append(messages.cited_twice(text).at(place))
            else:
                found.append(statement)
                if span is not None and not _covers(statement, span):
                    message = messages.statement_not_in_force(text, statement.start, statement.end)
                    issues.append(message.at(place))
        return tuple(found)


def _covers(statement: Statement, span: Span) -> bool:
    """Whether a statement is in force on every day of a span."""
    begins = statement.start is None or (span.start is not None and statement.start <= span.start)
    ends = statement.end is None or (span.end is not None and span.end <= statement.end)
    return ends and (begins or span.follows)


def register(packs: Iterable[PackFiles], directory: Directory, issues: list[Issue]) -> Register:
    """The statements of all packs, each source declared in the directory."""
    statements: dict[str, Statement] = {}
    closed: dict[str, Closed] = {}
    broken: set[str] = set()
    for pack in packs:
        seen: dict[str, Place] = {}
        for part in pack.sources:
            source = part.model.source
            if source in seen:
                issues.append(messages.declared_twice("source", source, seen[source]).at(part.place("source")))
                continue
            seen[source] = part.place("source")
            if not ID.fullmatch(source):
                issues.append(messages.bad_name(source).at(part.place("source")))
            broken.update(f"{pack.id}:{source}/{id_}" for id_ in part.broken)
            for id_, file in part.model.statements.items():
                statement = _statement(pack.id, part, id_, file)
                issues.extend(_slips(part, id_, file))
                why_not = _why_not(part, file)
                if why_not is not None:
                    message = messages.statement_closed(f"{source}/{id_}", *why_not)
                    closed[statement.name] = Closed(statement, why_not[1], message)
                elif file.says.strip():
                    statements[statement.name] = statement
                else:
                    broken.add(statement.name)
        directory.declare("source", pack.id, seen)
    return Register(statements, closed, directory, frozenset(broken))


def _slips(part: SourcePart, id_: str, file: StatementFile) -> Iterator[Issue]:
    if not ID.fullmatch(id_):
        yield messages.bad_id(id_).at(part.key_place("statements", id_))
    if not file.says.strip():
        yield messages.empty_statement(id_).at(part.place("statements", id_, "says"))
    if file.start is not None and file.end is not None and file.end < file.start:
        yield messages.ends_before_start(file.start, file.end).at(part.place("statements", id_, "to"))


def _statement(pack: str, part: SourcePart, id_: str, file: StatementFile) -> Statement:
    source = part.model
    return Statement(
        pack=pack,
        source=source.source,
        id=id_,
        title=source.title,
        publisher=source.publisher,
        at=file.at,
        says=file.says,
        url=source.url,
        force=source.force,
        known=file.known or source.known,
        area=source.area,
        obliges=file.obliges,
        start=file.start,
        end=file.end,
    )


def _why_not(part: SourcePart, statement: StatementFile) -> tuple[str, str] | None:
    """What keeps a statement from being cited, and the reason that its register gives."""
    reasons = (
        ("its source is withdrawn", part.model.withdrawn),
        ("it is withdrawn", statement.withdrawn),
        ("it is left to people", statement.left_to_people),
        ("it is not encoded yet", statement.not_yet),
    )
    return next(((what, why) for what, why in reasons if why), None)


def may_carry_must(statement: Statement, areas: Sequence[str]) -> bool:
    """Whether a statement can carry a `must` in these areas (none: everywhere).

    It has to oblige itself, be no proposal and not unverified, and not be the policy of another area.
    """
    if statement.obliges != "must" or statement.force == "proposal" or statement.known == "unverified":
        return False
    return statement.area is None or tuple(areas) == (statement.area,)


def strongest(statements: Iterable[Statement]) -> Force:
    """The strongest force among the statements' sources."""
    return min((statement.force for statement in statements), key=FORCES.index)
