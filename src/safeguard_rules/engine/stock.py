"""What a rule says in every case alike, made once for a program: its citations, its reading, what it asks for.

What is made is kept by the identity of what it was made from, and that is kept with it, so that nothing else can take
its place; two threads that make one thing at once make the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from safeguard_rules.language.english import Wording
from safeguard_rules.language.tree import Condition
from safeguard_rules.packs.checking import in_force
from safeguard_rules.packs.content import OBLIGATIONS, Action, DefinitionForm, DemandForm, RuleForm, Statement
from safeguard_rules.packs.content import Within as WithinForm
from safeguard_rules.results import Citation, Within
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.json_text import Line


class Said(NamedTuple):
    """What a form of a rule says whatever the case."""

    reading: str
    citations: tuple[Citation, ...]
    wants: tuple[str, ...]
    cited: Mapping[str, Citation]
    """The same citations by the names of their statements."""


@dataclass(slots=True)
class Other:
    """A program with another form of a definition, how often it was asked for, and whether it is compiled yet."""

    form: DefinitionForm
    program: Any
    asked: int = 0
    compiled: bool = False


class Stock:
    """What the rules of one program say whatever the case."""

    __slots__ = (
        "_actions",
        "_cited",
        "_said",
        "_shown",
        "_wording",
        "clauses",
        "counting",
        "demands",
        "evaluated",
        "others",
        "statements",
        "texts",
        "times",
        "tracers",
    )

    def __init__(self, wording: Wording, actions: Mapping[str, Action]) -> None:
        self._wording = wording
        self._actions = actions
        self._shown: dict[int, tuple[Statement, Citation]] = {}
        self._cited: dict[int, tuple[tuple[Statement, ...], tuple[Citation, ...], bool]] = {}
        self._said: dict[int, tuple[RuleForm, Said]] = {}
        self.statements: dict[tuple[str, Line], str] = {}
        """Statements that were cited as JSON, by name and depth."""
        self.texts: dict[tuple[int, Line], tuple[str, ...]] = {}
        """What rules and actions say in every case as JSON, by the identity of what is `said` and by depth."""
        self.demands: dict[tuple[int, str, Line], tuple[str, ...]] = {}
        """What demands say in every case as JSON, by the identity of their form, their rule and depth."""
        self.times: dict[int, tuple[WithinForm, Within]] = {}
        """How long there is for what is wanted, where no date says from when, by identity."""
        self.tracers: dict[tuple[int, str | None], tuple[Condition, Any]] = {}
        """What makes the traces of a node, by its identity and the definition that it stands in."""
        self.evaluated = 0
        """For how many cases it was asked what is not ruled out; it decides nothing but which way is taken to that."""
        self.counting: dict[int, tuple[RuleForm, bool]] = {}
        """Whether forms of rules count working days, by identity."""
        self.others: dict[tuple[str, int], Other] = {}
        """The same program with another form of a definition, by its name and the identity of the form."""
        self.clauses: dict[tuple[str, str | None, Line], str] = {}
        """Clauses of reasons as JSON, by what they say, where they stand and depth."""

    def again(self, wording: Wording) -> Stock:
        """An empty one for a program that differs in its wording."""
        return Stock(wording, self._actions)

    def said(self, form: RuleForm) -> Said:
        """What a form of a rule says whatever the case."""
        found = self._said.get(id(form))
        if found is None:
            cited = self.cite(form.cites)
            wants = _wants(form.demands, self._actions)
            said = Said(self._wording.of(form.when), cited, wants, {each.statement: each for each in cited})
            # Texts are kept by the identity of this: of two threads that make it at once, both take that of the first.
            found = self._said.setdefault(id(form), (form, said))
        return found[1]

    def cite(self, statements: tuple[Statement, ...], on: AsOf | None = None) -> tuple[Citation, ...]:
        """Statements as the result shows them, each once; with a day, only those whose source said so on it."""
        found = self._cited.get(id(statements))
        if found is None:
            dated = any(each.start is not None or each.end is not None for each in statements)
            shown = dict.fromkeys(self._citation(each) for each in statements)
            found = self._cited[id(statements)] = statements, tuple(shown), dated
        if on is None or not found[2]:
            return found[1]
        return tuple(dict.fromkeys(self._citation(each) for each in in_force(statements, on.day)))

    def _citation(self, statement: Statement) -> Citation:
        found = self._shown.get(id(statement))
        if found is None:
            found = self._shown[id(statement)] = statement, citation(statement)
        return found[1]


def citation(statement: Statement) -> Citation:
    """A statement as the result shows it."""
    return Citation(
        statement.name,
        statement.title,
        statement.publisher,
        statement.at,
        statement.says,
        statement.url,
        statement.force,
        statement.known,
        statement.area,
    )


def cite(statements: Iterable[Statement], on: AsOf | None = None) -> tuple[Citation, ...]:
    """Statements as the result shows them, each once; with a day, only those whose source said so on it."""
    return tuple(
        citation(statement) for statement in dict.fromkeys(statements) if on is None or in_force((statement,), on.day)
    )


def _wants(demands: Iterable[DemandForm], actions: Mapping[str, Action]) -> tuple[str, ...]:
    """What a rule asks for where it applies, the strongest first: how strongly, and what."""
    ordered = sorted(demands, key=lambda demand: (OBLIGATIONS.index(demand.obligation), demand.action))
    return tuple(dict.fromkeys(f"{each.obligation.replace('_', ' ')}: {actions[each.action].do}" for each in ordered))
