"""Formulas written out for engines whose rules are texts: zen, CEL, rule-engine, and Python itself for tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.peers.lowering import (
    And,
    AtLeast,
    Compare,
    Const,
    Exists,
    ForAll,
    Formula,
    HasAny,
    Known,
    OneOf,
    Open,
    Or,
    RuleFormulas,
    Today,
    Var,
    Yes,
    opposite,
)

Quantified = Callable[[str, str], str]


@dataclass(frozen=True)
class Syntax:
    """How an engine writes what formulas are made of; `item` is how a record's field is read."""

    both: str
    either: str
    equal: str
    unequal: str
    null: str
    true: str
    false: str
    item: str
    exists: Quantified
    for_all: Quantified
    number: Quantified
    has_any: Callable[[str, str], str]
    has_none: Callable[[str, str], str]
    not_in: Callable[[str, str], str]
    case: str = "{}"
    quote: str = "'{}'"
    lists: str = "{}"

    def write(self, formula: Formula) -> str:
        """The formula as a text of the engine."""
        match formula:
            case Const(value=value):
                return self.true if value else self.false
            case And(parts=parts):
                return "(" + f" {self.both} ".join(self.write(part) for part in parts) + ")"
            case Or(parts=parts):
                return "(" + f" {self.either} ".join(self.write(part) for part in parts) + ")"
            case Known(var=var, yes=yes):
                return f"{self._var(var)} {self.unequal if yes else self.equal} {self.null}"
            case Yes(var=var, yes=yes):
                return f"{self._var(var)} {self.equal} {self.true if yes else self.false}"
            case Open(of=of, yes=yes):
                return f"{self._var(Var(of + '_open'))} {self.equal} {self.true if yes else self.false}"
            case Compare(var=var, sign=sign, other=other):
                written = {"==": self.equal, "!=": self.unequal}.get(sign, sign)
                return f"{self._var(var)} {written} {self._amount(other)}"
            case Exists(of=of, body=body):
                return self.exists(self._list(of), self.write(body))
            case ForAll(of=of, body=body):
                return self.for_all(self._list(of), self.write(body))
            case AtLeast(of=of, body=body, number=number, yes=yes):
                return f"{self.number(self._list(of), self.write(body))} {'>=' if yes else '<'} {number}"
            case _:
                return self._words(formula)

    def _words(self, formula: OneOf | HasAny) -> str:
        name, words = self._var(formula.var), [self.quote.format(word) for word in formula.words]
        listed = "[" + ", ".join(words) + "]"
        if isinstance(formula, HasAny):
            return (self.has_any if formula.yes else self.has_none)(name, listed)
        if len(words) == 1:
            return f"{name} {self.equal if formula.yes else self.unequal} {words[0]}"
        return f"{name} in {listed}" if formula.yes else self.not_in(name, listed)

    def _var(self, var: Var) -> str:
        return (self.item if var.item else self.case).format(var.name)

    def _list(self, of: str) -> str:
        return self.lists.format(of)

    def _amount(self, other: int | Today | Var) -> str:
        if isinstance(other, Var):
            return self._var(other)
        if isinstance(other, int):
            return str(other)
        today = self._var(Var("today"))
        return f"{today} {'-' if other.plus < 0 else '+'} {abs(other.plus)}" if other.plus else today


ZEN = Syntax(
    *("and", "or", "==", "!=", "null", "true", "false", "#.{}"),
    exists=lambda of, body: f"some({of}, {body})",
    for_all=lambda of, body: f"all({of}, {body})",
    number=lambda of, body: f"count({of}, {body})",
    has_any=lambda name, words: f"some({name}, # in {words})",
    has_none=lambda name, words: f"none({name}, # in {words})",
    not_in=lambda name, words: f"{name} not in {words}",
)
CEL = Syntax(
    *("&&", "||", "==", "!=", "null", "true", "false", "i.{}"),
    exists=lambda of, body: f"{of}.exists(i, {body})",
    for_all=lambda of, body: f"{of}.all(i, {body})",
    number=lambda of, body: f"{of}.filter(i, {body}).size()",
    has_any=lambda name, words: f"{name}.exists(w, w in {words})",
    has_none=lambda name, words: f"!{name}.exists(w, w in {words})",
    not_in=lambda name, words: f"!({name} in {words})",
)
PYTHON = Syntax(
    *("and", "or", "==", "!=", "None", "True", "False", "i['{}']"),
    exists=lambda of, body: f"any({body} for i in {of})",
    for_all=lambda of, body: f"all({body} for i in {of})",
    number=lambda of, body: f"sum({body} for i in {of})",
    has_any=lambda name, words: f"any(w in {words} for w in {name})",
    has_none=lambda name, words: f"(not any(w in {words} for w in {name}))",
    not_in=lambda name, words: f"{name} not in {words}",
    case="case['{}']",
    lists="case['{}']",
)


def one_list(syntax: Syntax, rules: Sequence[RuleFormulas], choice: str) -> str:
    """One expression that gives the codes of all rules; `choice` chooses by `{false}` and `{true}` between 0, 2, 1."""
    codes = [
        choice.format(false=syntax.write(rule.verdict.false), true=syntax.write(rule.verdict.true)) for rule in rules
    ]
    return "[" + ", ".join(codes) + "]"


def conditional(condition: str, then: str, otherwise: str) -> str:
    """`condition ? then : otherwise`."""
    return f"({condition} ? {then} : {otherwise})"


CHOICE = conditional("{false}", "0", conditional("{true}", "2", "1"))
PYTHON_CHOICE = "(0 if {false} else 2 if {true} else 1)"

__all__ = ["CEL", "CHOICE", "PYTHON", "PYTHON_CHOICE", "ZEN", "Syntax", "one_list", "opposite"]
