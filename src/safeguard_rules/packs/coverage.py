"""What became of every statement of every source: what carries it, or why nothing does, and which cases test that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from safeguard_rules.errors import CallError
from safeguard_rules.messages import nearest
from safeguard_rules.packs.carriage import Use
from safeguard_rules.packs.terms import Force, Known

Carriage = Literal["carried", "signposted", "left to people", "not yet", "withdrawn", "not accounted for"]
"""What became of a statement. `signposted`: nothing but signposts carry it."""

CARRIAGES: tuple[Carriage, ...] = Carriage.__args__  # type: ignore[attr-defined]
KNOWN: tuple[Known, ...] = ("read in full", "read in part", "second-hand", "unverified")
CASE_OUTCOMES = ("applies", "does_not_apply", "undetermined")
"""The outcomes that a rule's cases are counted by."""


@dataclass(frozen=True, slots=True)
class TestingCase:
    """A case beside the rules of a pack or locality that expects something of a rule.

    `outcomes` has the outcomes of the rule that the case names, `not_in_force` among them; it is empty if the case
    expects only that the finding rests on what a carer said.
    """

    __test__ = False

    pack: str
    file: str
    title: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CarryingRule:
    """A rule that carries some statement, and the cases that test it."""

    rule: str
    title: str
    pack: str
    cases: tuple[TestingCase, ...]

    def count(self, outcome: str) -> int:
        """How many of its cases expect an outcome."""
        return sum(1 for case in self.cases if outcome in case.outcomes)


@dataclass(frozen=True, slots=True)
class Carrier:
    """That a rule carries a statement: itself if `through` is empty, else only through what is named there."""

    rule: str
    through: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatementAccount:
    """One statement, what became of it, and why.

    `start` and `end` are the first and the last day on which it holds; None is no bound. `uses` is all that cites it
    and that a rule leads to; `idle` is what cites it for nothing, since no rule does.
    `why` is the reason why it is left to people, not yet encoded, withdrawn or not accounted for.
    """

    id: str
    at: str
    says: str
    obliges: str | None
    known: Known
    start: str | None
    end: str | None
    carriage: Carriage
    why: str | None
    uses: tuple[Use, ...]
    idle: tuple[Use, ...]
    carriers: tuple[Carrier, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many statements of a source there are, what became of them, and how many cases test what carries them."""

    statements: int
    carried: int
    signposted: int
    left_to_people: int
    not_yet: int
    withdrawn: int
    not_accounted_for: int
    cases: int


@dataclass(frozen=True, slots=True)
class SourceAccount:
    """One source and its statements, in the order of its register.

    `whole` is false where only those statements are listed that the packs asked for cite of another pack's source.
    """

    source: str
    pack: str
    title: str
    publisher: str
    url: str | None
    published: str | None
    force: Force
    known: Known
    area: str | None
    note: str | None
    withdrawn: str | None
    whole: bool
    counts: Counts
    statements: tuple[StatementAccount, ...]


@dataclass(frozen=True, slots=True)
class KnownCounts:
    """How many statements are known how well; a pack's own proposals are no guidance, and are counted apart."""

    read_in_full: int
    read_in_part: int
    second_hand: int
    unverified: int
    proposals: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The account of all statements of all sources in some packs, over some localities."""

    packs: tuple[str, ...]
    localities: tuple[str, ...]
    counts: Counts
    known: KnownCounts
    sources: tuple[SourceAccount, ...]
    rules: tuple[CarryingRule, ...]

    def rule(self, name: str) -> CarryingRule:
        """A rule that carries something, by its full name."""
        return next(rule for rule in self.rules if rule.rule == name)

    @property
    def unaccounted(self) -> tuple[tuple[SourceAccount, StatementAccount], ...]:
        """The statements of which nobody says what became of them, each with its source."""
        found = ((source, each) for source in self.sources for each in source.statements)
        return tuple((source, each) for source, each in found if each.carriage == "not accounted for")


CasesOf = Mapping[str, tuple[TestingCase, ...]]
"""The cases that test a rule, by the rule's full name."""


def counts_of(statements: Sequence[StatementAccount], cases: CasesOf) -> Counts:
    """How many statements there are, by what became of them, with the cases of the rules that carry them."""
    what = [each.carriage for each in statements]
    rules = {carrier.rule for each in statements for carrier in each.carriers}
    testing = {(case.pack, case.file, case.title) for rule in rules for case in cases.get(rule, ())}
    return Counts(
        statements=len(what),
        carried=what.count("carried"),
        signposted=what.count("signposted"),
        left_to_people=what.count("left to people"),
        not_yet=what.count("not yet"),
        withdrawn=what.count("withdrawn"),
        not_accounted_for=what.count("not accounted for"),
        cases=len(testing),
    )


def known_of(sources: Iterable[SourceAccount]) -> KnownCounts:
    """How many statements of some sources are known how well."""
    found: list[str] = []
    for source in sources:
        found += ["proposal" if source.force == "proposal" else each.known for each in source.statements]
    return KnownCounts(
        read_in_full=found.count("read in full"),
        read_in_part=found.count("read in part"),
        second_hand=found.count("second-hand"),
        unverified=found.count("unverified"),
        proposals=found.count("proposal"),
    )


# --- a part of it


def of_sources(coverage: Coverage, names: Sequence[str]) -> Coverage:
    """The account of some sources alone, in the order given: `source`, or `pack:source`.

    Raises CallError for a source that is not there.
    """
    chosen = [source for name in dict.fromkeys(names) for source in _named(coverage, name)]
    return _with(coverage, tuple(dict.fromkeys(chosen)))


def without_sources(coverage: Coverage, names: Sequence[str]) -> Coverage:
    """The account of all other sources; raises CallError for a source that is not there."""
    left_out = [source for name in names for source in _named(coverage, name)]
    return _with(coverage, tuple(source for source in coverage.sources if source not in left_out))


def of_carriages(coverage: Coverage, carriages: Collection[str]) -> Coverage:
    """The account with those statements alone of which one of these became; counts stay those of all."""
    sources = []
    for source in coverage.sources:
        statements = tuple(each for each in source.statements if each.carriage in carriages)
        if statements:
            sources.append(replace(source, statements=statements))
    return replace(coverage, sources=tuple(sources), rules=_rules(coverage, sources))


def _named(coverage: Coverage, name: str) -> list[SourceAccount]:
    found = [source for source in coverage.sources if name in (source.source, f"{source.pack}:{source.source}")]
    if not found:
        near = nearest(name, [source.source for source in coverage.sources])
        hint = f"did you mean `{near}`?" if near else "`safeguard-rules coverage` lists all that there are"
        raise CallError(f"there is no source `{name}` in these packs; {hint}")
    return found


def _with(coverage: Coverage, sources: tuple[SourceAccount, ...]) -> Coverage:
    cases = {rule.rule: rule.cases for rule in coverage.rules}
    statements = [each for source in sources for each in source.statements]
    return replace(
        coverage,
        counts=counts_of(statements, cases),
        known=known_of(sources),
        sources=sources,
        rules=_rules(coverage, sources),
    )


def _rules(coverage: Coverage, sources: Iterable[SourceAccount]) -> tuple[CarryingRule, ...]:
    """The rules that carry something in these sources."""
    carrying = {carrier.rule for source in sources for each in source.statements for carrier in each.carriers}
    return tuple(rule for rule in coverage.rules if rule.rule in carrying)
