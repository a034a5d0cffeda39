"""Conditions that a tester writes, in the language of the packs, about the child of a case."""

from __future__ import annotations

from dataclasses import dataclass

from safeguard_rules import messages
from safeguard_rules.case.case import Case
from safeguard_rules.engine.compiling import Compiler
from safeguard_rules.engine.outcomes import StageRun
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.engine.running import PLAIN
from safeguard_rules.errors import CallError
from safeguard_rules.language.elaborate import Elaborator
from safeguard_rules.language.finding import DefinitionName, Frame, ParameterName
from safeguard_rules.language.tree import Condition
from safeguard_rules.messages import Message
from safeguard_rules.packs.content import Content
from safeguard_rules.packs.names import Sort, short
from safeguard_rules.reading.nodes import MapNode
from safeguard_rules.reading.yaml_reader import read_yaml
from safeguard_rules.source import Issue, Text
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.truth import T
from safeguard_rules.vocabulary.view import view


@dataclass(frozen=True, slots=True)
class Premise:
    """A condition about the child, as a tester wrote it and as a tree."""

    rulebook: Rulebook
    written: str
    condition: Condition

    def holds(self, case: Case, as_of: AsOf) -> bool:
        """Whether the condition is certainly true in a case on a day, with nothing assumed."""
        program = self.rulebook.program(as_of)
        compiled = Compiler(program.forms, program.thresholds, program.calendar).compile(self.condition)
        run = StageRun(program, view(case, as_of, self.rulebook.vocabulary))
        return compiled(run, None, PLAIN) == T


def premise(rulebook: Rulebook, written: str) -> Premise:
    """Reads a condition such as `{all: [not_independently_mobile, {some: {of: injury}}]}`.

    It may name every definition and parameter of the rulebook. Raises `CallError` with all that is wrong.
    """
    issues: list[Issue] = []
    node = read_yaml(Text("when", f"when: {written.strip()}\n"), issues)
    condition = None
    if isinstance(node, MapNode) and (when := node.get("when")) is not None:
        elaborator = Elaborator(rulebook.vocabulary, _Names(rulebook.content), issues)
        condition = elaborator.condition(when, "premise", Frame(None))
    if condition is None or issues:
        raise CallError("; ".join(issue.message for issue in issues) or f"`{written}` is no condition")
    return Premise(rulebook, written.strip(), condition)


@dataclass(frozen=True, slots=True)
class _Names:
    """Every name of a rulebook; a short one is enough where only one pack has it."""

    content: Content

    def definition(self, written: str) -> DefinitionName | Message:
        """The definition of this name, or what to say."""
        found = self._find("definition", written, list(self.content.definitions))
        return found if isinstance(found, Message) else DefinitionName(found, self.content.definitions[found].of)

    def parameter(self, written: str) -> ParameterName | Message:
        """The parameter of this name, or what to say."""
        found = self._find("parameter", written, list(self.content.parameters))
        if isinstance(found, Message):
            return found
        return ParameterName(found, tuple(form.value for form in self.content.parameters[found].forms))

    def _find(self, sort: Sort, written: str, names: list[str]) -> str | Message:
        return one_name(sort, written, names)


def one_name(sort: Sort, written: str, names: list[str]) -> str | Message:
    """The full name that a full or short one means among these, or what to say where it is none or several."""
    found = [name for name in names if written in (name, short(name))]
    if len(found) == 1:
        return found[0]
    if found:
        return messages.name_in_two_packs(sort, written, found)
    return messages.unknown_name(sort, written, sorted(short(name) for name in names), ())
