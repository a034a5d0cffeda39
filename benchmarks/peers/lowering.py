"""From our condition tree to plain yes-or-no formulas that any engine can express: when is it certainly true, or false?

No peer knows "unknown". So each rule becomes two formulas, `true` and `false`, with a guard for each fact that may be
unknown; where neither holds, the rule is undetermined. Days are whole numbers, `today` among them; `not_yet` is the day
`NOT_YET`, and a list comes with a flag that says whether it is open. What the forty rules do not use is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from safeguard_rules import Rulebook
from safeguard_rules.language import tree
from safeguard_rules.language.tree import Condition, FactRef, Operand, ParameterRef, ParameterValue, Scope
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.durations import Duration, Unit
from safeguard_rules.values.special import Special
from safeguard_rules.vocabulary.facts import Kind, Vocabulary

NOT_YET = 10_000_000
"""The day that stands for `not_yet`: later than any other."""


@dataclass(frozen=True, slots=True)
class Var:
    """A value of the case (`item` false), under a name such as `child_born_on`, or of a list's record."""

    name: str
    item: bool = False


@dataclass(frozen=True, slots=True)
class Today:
    """The day of the evaluation, and so many days."""

    plus: int = 0


@dataclass(frozen=True, slots=True)
class Const:
    """Always so, or never."""

    value: bool


@dataclass(frozen=True, slots=True)
class Known:
    """Whether a value is known; or, where `yes` is false, that it is not."""

    var: Var
    yes: bool = True


@dataclass(frozen=True, slots=True)
class Yes:
    """That a known truth is true; or false."""

    var: Var
    yes: bool = True


@dataclass(frozen=True, slots=True)
class OneOf:
    """That a known word is one of these; or none."""

    var: Var
    words: tuple[str, ...]
    yes: bool = True


@dataclass(frozen=True, slots=True)
class HasAny:
    """That a known set has one of these words; or none."""

    var: Var
    words: tuple[str, ...]
    yes: bool = True


@dataclass(frozen=True, slots=True)
class Compare:
    """That a known whole number stands so to another: `<`, `<=`, `>`, `>=`, `==` or `!=`."""

    var: Var
    sign: str
    other: int | Today | Var


@dataclass(frozen=True, slots=True)
class Open:
    """That a list is open: records may be missing; or that it is complete."""

    of: str
    yes: bool = True


@dataclass(frozen=True, slots=True)
class Exists:
    """That the body holds of some record of a list."""

    of: str
    body: Formula


@dataclass(frozen=True, slots=True)
class ForAll:
    """That the body holds of each record of a list."""

    of: str
    body: Formula


@dataclass(frozen=True, slots=True)
class AtLeast:
    """That the body holds of so many records of a list; or of fewer."""

    of: str
    body: Formula
    number: int
    yes: bool = True


@dataclass(frozen=True, slots=True)
class And:
    """That all parts hold."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """That some part holds."""

    parts: tuple[Formula, ...]


Formula: TypeAlias = Const | Known | Yes | OneOf | HasAny | Compare | Open | Exists | ForAll | AtLeast | And | Or
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
TRUE, FALSE = Const(True), Const(False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """When a condition is certainly true, and when certainly false."""

    true: Formula
    false: Formula

    def turned(self) -> Verdict:
        """The same of the opposite."""
        return Verdict(self.false, self.true)


@dataclass(frozen=True, slots=True)
class RuleFormulas:
    """A rule with its two formulas."""

    name: str
    verdict: Verdict


class UnsupportedError(Exception):
    """A condition that the translators do not know, because the forty rules have none like it."""


class Lowering:
    """Turns conditions into formulas; `parameters` are the values of thresholds by their full names."""

    def __init__(self, vocabulary: Vocabulary, parameters: dict[str, ParameterValue]) -> None:
        self.vocabulary = vocabulary
        self.parameters = parameters

    def verdict(self, condition: Condition, unseen: bool = False) -> Verdict:
        """Both formulas; with `unseen` for a record of which nothing is known."""
        match condition:
            case tree.Always(value=value):
                return Verdict(Const(value), Const(not value))
            case tree.All(parts=parts):
                found = [self.verdict(part, unseen) for part in parts]
                return Verdict(every(v.true for v in found), some(v.false for v in found))
            case tree.AnyOf(parts=parts):
                found = [self.verdict(part, unseen) for part in parts]
                return Verdict(some(v.true for v in found), every(v.false for v in found))
            case tree.Not(part=part):
                return self.verdict(part, unseen).turned()
            case tree.Test():
                return self._test(condition, unseen)
            case tree.Quantifier(others=False):
                return self._quantifier(condition)
            case tree.Count(others=False):
                return self._count(condition)
        raise UnsupportedError(condition)

    def _quantifier(self, condition: tree.Quantifier) -> Verdict:
        body, unseen = self.verdict(condition.where), self.verdict(condition.where, True)
        of = self.vocabulary.kinds[condition.of].name
        if condition.every:
            return Verdict(every((ForAll(of, body.true), _closed_or(of, unseen.true))), Exists(of, body.false))
        return Verdict(Exists(of, body.true), every((ForAll(of, body.false), _closed_or(of, unseen.false))))

    def _count(self, condition: tree.Count) -> Verdict:
        """A count lies between the records of which it is true and those of which it is not false."""
        of = self.vocabulary.kinds[condition.of].name
        body, unseen = self.verdict(condition.where), self.verdict(condition.where, True)
        bounded, possible = _closed_or(of, unseen.false), opposite(body.false)

        def at_least(number: int) -> Verdict:
            if number <= 0:
                return Verdict(TRUE, FALSE)
            if number == 1:  # every engine is quicker at looking for one than at counting
                return Verdict(Exists(of, body.true), every((ForAll(of, body.false), bounded)))
            return Verdict(AtLeast(of, body.true, number), every((AtLeast(of, possible, number, False), bounded)))

        def within(low: int, high: int) -> Verdict:
            least, most = at_least(low), at_least(high + 1).turned()
            return Verdict(every((least.true, most.true)), some((least.false, most.false)))

        operand = condition.operand
        low, *rest = [self._number(each) for each in (operand if isinstance(operand, tuple) else (operand,))]
        match condition.operator.name:
            case "at_least":
                return at_least(low)
            case "more_than":
                return at_least(low + 1)
            case "at_most":
                return at_least(low + 1).turned()
            case "less_than":
                return at_least(low).turned()
            case "is":
                return within(low, low)
            case "between":
                return within(low, rest[0])
        raise UnsupportedError(condition)

    # --- tests

    def _test(self, test: tree.Test, unseen: bool) -> Verdict:
        ref = test.ref
        if unseen and (ref.scope is Scope.ITEM or _reads_item(test.operand)):
            return Verdict(FALSE, FALSE)
        guards = [Known(_var(ref))]
        if isinstance(test.operand, FactRef):
            guards.append(Known(_var(test.operand)))
        holds = self._known_test(test)
        return Verdict(every((*guards, holds)), every((*guards, opposite(holds))))

    def _known_test(self, test: tree.Test) -> Formula:
        """The test of a value that is known."""
        var, kind, name, operand = _var(test.ref), test.ref.fact.kind, test.operator.name, test.operand
        if operand is Special.NOT_YET:
            return Compare(var, {"is": "==", "is_not": "!="}[name], NOT_YET)
        if kind is Kind.BOOLEAN and isinstance(operand, bool):
            return Yes(var, operand is (name == "is"))
        if kind is Kind.WORD:
            words = operand if isinstance(operand, tuple) else (operand,)
            return OneOf(var, words, name in ("is", "one_of"))  # type: ignore[arg-type]
        if kind is Kind.WORDS:
            return _of_words(var, name, operand)
        if kind is Kind.DATE:
            return self._of_date(test, var)
        return self._of_amount(test, var)

    def _of_date(self, test: tree.Test, var: Var) -> Formula:
        fact, name, operand = test.ref.fact, test.operator.name, test.operand
        real = Compare(var, "<", NOT_YET) if fact.may_be_not_yet else TRUE
        if isinstance(operand, FactRef) and name in ("before", "after"):
            sign = "<" if name == "before" else ">"
            return every((Compare(var, sign, _var(operand)), real if name == "after" else TRUE))
        days = self._number(operand)
        match name:
            case "more_than_ago":
                return Compare(var, "<", Today(-days))
            case "within_last":
                # A date that cannot lie ahead is not asked whether it does.
                ahead = TRUE if fact.past and not fact.may_be_not_yet else Compare(var, "<=", Today())
                return every((Compare(var, ">=", Today(-days)), ahead))
            case "within_next":
                return every((Compare(var, ">=", Today()), Compare(var, "<=", Today(days))))
        raise UnsupportedError(test)

    def _of_amount(self, test: tree.Test, var: Var) -> Formula:
        """A whole number, a length of time as entered in days, or an age, which is tested by the day of birth."""
        operand = test.operand
        amounts = [self._number(each) for each in (operand if isinstance(operand, tuple) else (operand,))]
        names = ("at_least", "at_most") if test.operator.name == "between" else (test.operator.name,)
        signs = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<", "is": "==", "is_not": "!="}
        if not test.ref.fact.derived:
            return every(Compare(var, signs[name], n) for name, n in zip(names, amounts, strict=True))
        # The older, the earlier the day of birth.
        turned = {">=": "<=", "<=": ">=", ">": "<", "<": ">"}
        return every(Compare(var, turned[signs[name]], Today(-n)) for name, n in zip(names, amounts, strict=True))

    def _number(self, operand: Operand) -> int:
        if not isinstance(operand, ParameterRef):
            raise UnsupportedError(operand)
        value = self.parameters[operand.name]
        if isinstance(value, int):
            return value
        if isinstance(value, Duration) and value.unit in (Unit.DAYS, Unit.WEEKS):
            return value.amount * (7 if value.unit is Unit.WEEKS else 1)
        raise UnsupportedError(operand)


def _reads_item(operand: Operand) -> bool:
    return isinstance(operand, FactRef) and operand.scope is Scope.ITEM


def _var(ref: FactRef) -> Var:
    if ref.scope is Scope.ITEM:
        return Var(ref.fact.name, item=True)
    path = {"child.age": "child.born_on"}.get(ref.fact.path, ref.fact.path)
    return Var(path.replace(".", "_"))


def _of_words(var: Var, name: str, operand: Operand) -> Formula:
    words = operand if isinstance(operand, tuple) else (operand,)
    match name:
        case "includes" | "includes_any":
            return HasAny(var, words)  # type: ignore[arg-type]
        case "none_of":
            return HasAny(var, words, False)  # type: ignore[arg-type]
        case "includes_all":
            return every(HasAny(var, (word,)) for word in words)  # type: ignore[arg-type]
    raise UnsupportedError(name)


def _closed_or(of: str, unseen: Formula) -> Formula:
    return some((Open(of, False), unseen))


# --- putting formulas together


def every(parts: Sequence[Formula] | Iterator[Formula]) -> Formula:
    """All of them, without what says nothing."""
    kept = dict.fromkeys(each for part in parts for each in (part.parts if isinstance(part, And) else (part,)))
    if FALSE in kept:
        return FALSE
    left = tuple(part for part in kept if part != TRUE)
    return left[0] if len(left) == 1 else And(left) if left else TRUE


def some(parts: Sequence[Formula] | Iterator[Formula]) -> Formula:
    """Any of them, without what says nothing."""
    kept = dict.fromkeys(each for part in parts for each in (part.parts if isinstance(part, Or) else (part,)))
    if TRUE in kept:
        return TRUE
    left = tuple(part for part in kept if part != FALSE)
    return left[0] if len(left) == 1 else Or(left) if left else FALSE


def opposite(formula: Formula) -> Formula:
    """The formula that holds where this one does not."""
    match formula:
        case Const(value=value):
            return Const(not value)
        case And(parts=parts):
            return some(opposite(part) for part in parts)
        case Or(parts=parts):
            return every(opposite(part) for part in parts)
        case Compare(sign=sign):
            return replace(formula, sign=_OPPOSITE[sign])
        case Exists(of=of, body=body):
            return ForAll(of, opposite(body))
        case ForAll(of=of, body=body):
            return Exists(of, opposite(body))
        case _:
            return replace(formula, yes=not formula.yes)


def without_needless_guards(formula: Formula) -> Formula:
    """The formula without guards beside a test that is false of what is not known anyway; for evaluating only.

    No engine says that null is a word or true. The opposite of what comes out would not be right.
    """
    match formula:
        case And(parts=parts):
            safe = [part.var for part in parts if isinstance(part, Yes | OneOf | Compare) and _is_safe(part)]
            return every(
                without_needless_guards(part) for part in parts if not (isinstance(part, Known) and part.var in safe)
            )
        case Or(parts=parts):
            return some(without_needless_guards(part) for part in parts)
        case Exists(body=body) | ForAll(body=body) | AtLeast(body=body):
            return replace(formula, body=without_needless_guards(body))
        case _:
            return formula


def _is_safe(test: Yes | OneOf | Compare) -> bool:
    return (
        isinstance(test, Yes)
        or (isinstance(test, OneOf) and test.yes)
        or (isinstance(test, Compare) and test.sign == "==")
    )


def if_all_is_known(formula: Formula) -> Formula:
    """The formula for cases in which nothing is unknown and no list is open: what a two-valued engine evaluates."""
    match formula:
        case Known(yes=yes):
            return Const(yes)
        case Open(yes=yes):
            return Const(not yes)
        case And(parts=parts):
            return every(if_all_is_known(part) for part in parts)
        case Or(parts=parts):
            return some(if_all_is_known(part) for part in parts)
        case Exists(body=body) | ForAll(body=body) | AtLeast(body=body):
            return replace(formula, body=if_all_is_known(body))
        case _:
            return formula


def rules_of(rulebook: Rulebook, as_of: date) -> list[RuleFormulas]:
    """All rules of a rulebook as formulas, in the order in which it gives outcomes; raises `UnsupportedError`."""
    program = rulebook.program(AsOf.of(as_of))
    lowering = Lowering(rulebook.vocabulary, dict(program.thresholds))
    found = [(each.rule.name, lowering.verdict(each.form.when)) for each in program.rules]
    return [
        RuleFormulas(name, Verdict(without_needless_guards(both.true), without_needless_guards(both.false)))
        for name, both in found
    ]
