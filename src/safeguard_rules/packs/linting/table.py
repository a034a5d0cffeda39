"""The table of lints: one entry each, with its name, how much it weighs, what it is about and how it is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from safeguard_rules.packs.files import PackFiles, read_locality
from safeguard_rules.packs.linting.accepting import Linted, acceptances, sorted_out
from safeguard_rules.packs.linting.assuming import applies_to_everybody, idle_assumption, never_asked
from safeguard_rules.packs.linting.conditions import (
    complementary_tests,
    list_left_open,
    part_says_nothing,
    true_of_nothing,
)
from safeguard_rules.packs.linting.demands import contact_not_checked, proposed_time, weaker_than_source
from safeguard_rules.packs.linting.doubles import same_definition, same_rule, same_title, same_wording
from safeguard_rules.packs.linting.names import unused
from safeguard_rules.packs.linting.subject import LintSubject, words_of
from safeguard_rules.packs.linting.wording import because_repeats_title, too_long
from safeguard_rules.packs.loaded import Loaded
from safeguard_rules.packs.models import LintCode
from safeguard_rules.source import Issue, Severity

Finder = Callable[[LintSubject], Iterator[Issue]]


@dataclass(frozen=True, slots=True)
class Lint:
    """One lint: its name, what it is about and why that matters, in a sentence each, and its severity.

    `find` is None for what the loader says already, and for what is seen only after all others have been looked for.
    """

    code: LintCode
    about: str
    why: str
    find: Finder | None = None
    severity: Severity = "warning"


_ALL = (
    Lint(
        "accepts-nothing",
        "An `accept` answers a lint that does not occur here.",
        "What was once accepted may come back later for a worse reason, and would then be passed over.",
    ),
    Lint(
        "applies-to-everybody",
        "A rule applies to a child of whom nothing is known, although it is no standing advice.",
        "What everybody is told about every child tells nothing about this one, and crowds out what does.",
        applies_to_everybody,
    ),
    Lint(
        "because-repeats-title",
        "A `because` only repeats the title.",
        "It is what a practitioner says when asked why; repeating the title is no answer.",
        because_repeats_title,
    ),
    Lint(
        "complementary-tests",
        "Tests of one fact cancel each other: together they are never false, or never true.",
        "Under `any` they are unknown while the fact is, so the rule asks for an answer that cannot matter.",
        complementary_tests,
    ),
    Lint(
        "contact-not-checked",
        "Nobody has checked a contact of the locality.",
        "Every result says so, until somebody has opened the page and written down the day.",
        contact_not_checked,
        "note",
    ),
    Lint(
        "idle-assumption",
        "What is assumed while nobody knows can never make a rule apply.",
        "A reader takes it for a precaution, and there is none.",
        idle_assumption,
    ),
    Lint(
        "list-left-open",
        "A rule can apply only where a case says that it names everybody.",
        "People are the one list that stays open until somebody says that all are recorded, and few cases say it.",
        list_left_open,
    ),
    Lint(
        "must-second-hand",
        "A `must` rests on second-hand knowledge of its source only.",
        "Nobody should be told what they owe on the word of somebody who has not read it.",
    ),
    Lint(
        "never-asked",
        "A definition is always taken for granted, so nobody is ever asked about it.",
        "A precaution that nobody can put an end to is a rule without its condition.",
        never_asked,
    ),
    Lint(
        "part-says-nothing",
        "A part of an `all` or `any` changes nothing.",
        "Either it is too much to read, or something else was meant.",
        part_says_nothing,
    ),
    Lint(
        "proposed-time",
        "A time is proposed by the pack, and stated by no source.",
        "Whoever reviews the pack decides these times, and wants them in one list.",
        proposed_time,
        "note",
    ),
    Lint(
        "same-definition",
        "Two definitions mean the same.",
        "A locality that changes one of them leaves the other as it is.",
        same_definition,
    ),
    Lint(
        "same-rule",
        "Two rules ask for the same under the same condition.",
        "Whoever changes one of them believes that the matter is settled.",
        same_rule,
    ),
    Lint(
        "same-title",
        "Two rules have the same title.",
        "Where only titles are shown nobody can tell which of them is meant.",
        same_title,
    ),
    Lint(
        "same-wording",
        "Two actions of different packs have the same words.",
        "Both are recommended, and two lines for one telephone call make two calls.",
        same_wording,
    ),
    Lint(
        "too-long",
        "An action or a title is too long to be read in a hurry.",
        "It is read between two visits; whatever takes a second look is left for later.",
        too_long,
    ),
    Lint(
        "true-of-nothing",
        "A rule can apply because a list is empty.",
        "`every` is true of no records at all, which is seldom what the guidance means.",
        true_of_nothing,
    ),
    Lint(
        "unused",
        "A definition, action or parameter is declared and never used.",
        "A reader believes that it is in force, and a reviewer spends time on it.",
        unused,
    ),
    Lint(
        "weaker-than-source",
        "A rule only asks to consider something, although the law that it cites obliges.",
        "Either the rule says less than the law, or it cites the wrong statement.",
        weaker_than_source,
    ),
)

LINTS: Mapping[LintCode, Lint] = MappingProxyType({lint.code: lint for lint in _ALL})
"""Every lint by its name."""


def lint(loaded: Loaded, packs: Iterable[str] | None = None) -> Linted:
    """What a colleague would ask about some packs, or the locality, of a rulebook, and what the loader warned of.

    `packs` are ids, the locality's among them; None means all.
    """
    files = {each.id: each for each, _ in loaded.files}
    own = frozenset(files if packs is None else packs) & files.keys()
    subject = LintSubject(loaded, own, words_of(_outside(loaded)))
    found = [issue for each in _ALL if each.find is not None for issue in each.find(subject)]
    looked_for = {each.code for each in _ALL if each.find is not None}
    warned = [each for each in loaded.warnings if each.code not in looked_for and subject.is_own(each.place)]
    return sorted_out([*warned, *found], acceptances(files[id_] for id_ in sorted(own)))


def _outside(loaded: Loaded) -> Iterator[PackFiles]:
    """The packs and localities that there are besides the rulebook's: they may use what it declares."""
    inside = {files.id for files, _ in loaded.files}
    yield from (files for id_, files in loaded.readable.items() if id_ not in inside)
    for _, file in loaded.plugins.localities:
        locality = read_locality(file, file.name, [])
        if locality is not None and locality.id not in inside:
            yield locality
