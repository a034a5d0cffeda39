"""Conditions built from one line of text, outside any pack."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from safeguard_rules import messages
from safeguard_rules.language.elaborate import Elaborator
from safeguard_rules.language.finding import DefinitionName, Frame, ParameterName
from safeguard_rules.language.tree import Condition, ParameterValue
from safeguard_rules.messages import Message
from safeguard_rules.reading.yaml_reader import read_yaml
from safeguard_rules.source import Issue, Text
from safeguard_rules.values.dates import When
from safeguard_rules.values.durations import Duration
from safeguard_rules.vocabulary.facts import Vocabulary

STANDARD = Vocabulary.standard()
DEFINITIONS = {"young": "child", "fresh": "injury", "known_man": "person"}
PARAMETERS: Mapping[str, ParameterValue] = {
    "six_weeks": Duration.parse("6 weeks"),
    "five_months": Duration.parse("5 months"),
    "few": 3,
    "many": 9,
    "new_law": When.parse("2024-01-01"),
}


@dataclass(frozen=True)
class Known:
    """Names that are looked up in two mappings."""

    definitions: Mapping[str, str] = field(default_factory=lambda: DEFINITIONS)
    parameters: Mapping[str, ParameterValue] = field(default_factory=lambda: PARAMETERS)

    def definition(self, written: str) -> DefinitionName | Message:
        """The definition `p:<name>`."""
        if written not in self.definitions:
            return messages.unknown_name("definition", written, sorted(self.definitions), ())
        return DefinitionName(f"p:{written}", self.definitions[written])

    def parameter(self, written: str) -> ParameterName | Message:
        """The parameter `p:<name>`."""
        if written not in self.parameters:
            return messages.unknown_name("parameter", written, sorted(self.parameters), ())
        return ParameterName(f"p:{written}", (self.parameters[written],))


def build(
    text: str, each: str | None = None, vocabulary: Vocabulary = STANDARD
) -> tuple[Condition | None, list[Issue]]:
    """The condition that a line says in a rule for each record of a list, and what is wrong with it."""
    issues: list[Issue] = []
    node = read_yaml(Text("c.yaml", f"when: {text}\n"), issues)
    assert node is not None
    assert issues == []
    when = node.get("when")  # type: ignore[union-attr]
    assert when is not None
    return Elaborator(vocabulary, Known(), issues).condition(when, "p:r.when", Frame(each)), sorted(issues)


def condition(text: str, each: str | None = None, vocabulary: Vocabulary = STANDARD) -> Condition:
    """A condition with which nothing is wrong."""
    found, issues = build(text, each, vocabulary)
    assert issues == []
    assert found is not None
    return found
