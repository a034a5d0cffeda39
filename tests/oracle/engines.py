"""From plain books and cases to the engine: through the elaborator, the compiler and the front door."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from safeguard_rules.case.case import Case
from safeguard_rules.engine.program import Program
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.language.elaborate import Elaborator
from safeguard_rules.language.finding import DefinitionName, Frame, ParameterName
from safeguard_rules.language.tree import Condition, ParameterValue
from safeguard_rules.messages import Message
from safeguard_rules.packs.choosing import Chosen
from safeguard_rules.packs.content import (
    Action,
    Assumption,
    BankHolidays,
    Content,
    Definition,
    DefinitionForm,
    DemandForm,
    Parameter,
    ParameterForm,
    Rule,
    RuleForm,
    Statement,
)
from safeguard_rules.packs.loaded import Loaded, Origin
from safeguard_rules.packs.loading import load
from safeguard_rules.reading.nodes import Entry, ListNode, MapNode, Node, Scalar
from safeguard_rules.source import Issue, Place, Text
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.durations import Duration
from safeguard_rules.values.working_days import WorkingDays
from safeguard_rules.vocabulary.facts import Vocabulary
from safeguard_rules.vocabulary.view import CaseView, view
from tests.oracle.books import Book, Written
from tests.oracle.days import HOLIDAYS, KNOWN
from tests.packs_in_text import no_bundled_packs, write_pack

STANDARD = Vocabulary.standard()
HERE = Place(Text("book", ""), 1, 1)
RULE = "tiny:r"
CITED = (
    Statement(
        pack="tiny",
        source="ours",
        id="choice",
        title="Ours",
        publisher="us",
        at="A choice",
        says="It is so.",
        url=None,
        force="proposal",
        known="read in full",
        area=None,
        obliges=None,
        start=None,
        end=None,
    ),
)


BANK_HOLIDAYS = BankHolidays(
    "tiny", dict.fromkeys(HOLIDAYS, "A holiday"), WorkingDays(*KNOWN, frozenset(HOLIDAYS)), CITED, HERE
)


class _Names:
    """How the conditions of a book look names up."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.values = {name: _threshold(value) for name, value in book.parameters.items()}

    def definition(self, written: str) -> DefinitionName | Message:
        return DefinitionName(f"tiny:{written}", self.book.definitions[written].of)

    def parameter(self, written: str) -> ParameterName | Message:
        return ParameterName(f"tiny:{written}", (self.values[written],))


def content_of(book: Book) -> Content:
    """A book as checked packs hold it; what the language refuses fails here."""
    names, issues = _Names(book), list[Issue]()
    elaborator = Elaborator(STANDARD, names, issues)

    def condition(written: Written, id_: str, subject: str | None) -> Condition:
        made = elaborator.condition(node_of(written), id_, Frame(subject))
        assert made is not None, [issue.message for issue in issues]
        return made

    definitions = {}
    for name, each in book.definitions.items():
        kind = None if each.of == "child" else each.of
        assumption = None
        if each.value is not None:
            unless = condition(each.ask_unless, f"tiny:{name}.unless", kind) if each.ask_unless is not None else None
            assumption = Assumption(each.value, each.exception, unless, CITED, HERE)
        form = DefinitionForm(f"{name} holds", condition(each.when, f"tiny:{name}.when", kind), CITED, None, None)
        full = f"tiny:{name}"
        definitions[full] = Definition(
            full, each.of, (DefinitionForm(form.reads, form.when, CITED, assumption=assumption),)
        )
    when = condition(book.rule.when, f"{RULE}.when", book.rule.for_each)
    parameters = {
        f"tiny:{name}": Parameter(f"tiny:{name}", (ParameterForm(value, CITED),))
        for name, value in names.values.items()
    }
    rule = Rule(RULE, "tiny", "draft", (_rule_form(book, when),), CITED)
    action = Action(
        name="tiny:act",
        pack="tiny",
        status="draft",
        do="Do it",
        details=None,
        about="child",
        contact=None,
        after=(),
        never_with={},
        kind="protect",
        repeats=False,
        cites=CITED,
    )
    return Content({RULE: rule}, definitions, parameters, {"tiny:act": action}, (), {}, None, (), BANK_HOLIDAYS)


def _rule_form(book: Book, when: Condition) -> RuleForm:
    demand = DemandForm(
        obligation="should",
        action="tiny:act",
        within=None,
        how=None,
        about=None,
        addressed=(),
        cites=CITED,
        force="proposal",
    )
    return RuleForm(
        title="A rule",
        for_each=book.rule.for_each,
        stages=frozenset(book.rule.stages),
        areas=(),
        never_assume=book.rule.never_assume,
        when=when,
        demands=(demand,),
        because="There is a reason.",
        cites=CITED,
        rows=(),
        place=HERE,
    )


def _nothing() -> Chosen:
    return Chosen((), (), None, {}, (), (), True)


def rulebook_of(book: Book) -> Rulebook:
    """The rulebook of a book, compiled."""
    return Rulebook(Loaded(content_of(book), None, STANDARD, no_bundled_packs(), Origin(_nothing)))


def program_of(rulebook: Rulebook, as_of: str) -> Program:
    """What is in force on a day."""
    return rulebook.program(AsOf.of(as_of))


def case_of(written: Mapping[str, Any]) -> Case:
    """A case from plain values."""
    return Case.model_validate(written)


def view_of(case: Case, as_of: str, removed: frozenset[str] = frozenset()) -> CaseView:
    """What the rules see of a case on a day."""
    return view(case, AsOf.of(as_of), STANDARD, removed)


def node_of(written: Any) -> Node:
    """A plain value as the readers give it."""
    if isinstance(written, Mapping):
        return MapNode({key: Entry(Scalar(key, True, HERE), node_of(each)) for key, each in written.items()}, HERE)
    if isinstance(written, list):
        return ListNode(tuple(node_of(each) for each in written), HERE)
    if isinstance(written, bool):
        return Scalar("true" if written else "false", True, HERE)
    return Scalar(str(written), True, HERE)


@lru_cache(maxsize=256)
def _threshold(value: int | str) -> ParameterValue:
    if isinstance(value, int):
        return value
    return When.parse(value) if value[:4].isdigit() and "-" in value else Duration.parse(value)


# --- as a real pack


def load_book(folder: Path, book: Book) -> Rulebook:
    """A book written as a pack, read and checked again from its files."""
    home = write_pack(folder)
    (home / "pack.yaml").write_text(pack_text(book), encoding="utf-8")
    return Rulebook(load([home], None, no_bundled_packs()))


def pack_text(book: Book) -> str:
    """A book as the text of a `pack.yaml`."""
    cites = ["ours/choice"]
    definitions = {}
    for name, each in book.definitions.items():
        written: dict[str, Any] = {"of": each.of, "reads": f"{name} holds", "when": each.when, "cites": cites}
        if each.value is not None:
            unknown: dict[str, Any] = {"value": each.value, "cites": cites}
            if each.exception:
                unknown["as"] = "exception"
            if each.ask_unless is not None:
                unknown["ask_unless"] = each.ask_unless
            written["while_unknown"] = unknown
        definitions[name] = written
    rule: dict[str, Any] = {"title": "A rule", "when": book.rule.when, "then": [{"should": "act"}]}
    rule |= {"because": "There is a reason.", "cites": cites, "stage": list(book.rule.stages)}
    if book.rule.for_each is not None:
        rule["for_each"] = book.rule.for_each
    if book.rule.never_assume:
        rule["never_assume"] = ["child.stage"]
    pack = {
        "language": 1,
        "pack": "tiny",
        "title": "A tiny pack",
        "version": "0.1.0",
        "status": "draft",
        "assume_born": {"cites": cites},
        "bank_holidays": {
            "from": KNOWN[0],
            "to": KNOWN[1],
            "days": dict.fromkeys(HOLIDAYS, "A holiday"),
            "cites": cites,
        },
        "actions": {"act": {"do": "Do it", "about": "child", "cites": cites}},
        "parameters": {name: {"value": value, "cites": cites} for name, value in book.parameters.items()},
        "definitions": definitions,
        "rules": {"r": rule},
    }
    return yaml.dump(pack, Dumper=_Plain, sort_keys=False, allow_unicode=True)


class _Plain(yaml.SafeDumper):
    """Writes no anchors: the language refuses them."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True
