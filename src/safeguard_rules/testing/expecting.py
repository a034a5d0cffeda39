"""The names in what a case expects, held against the rulebook and the case: misspelt ones are errors at their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from safeguard_rules import messages
from safeguard_rules.case.case import Case
from safeguard_rules.case.paths import CasePath, is_complete, parse_path, part_at
from safeguard_rules.case.shape import PARTS, SINGULARS
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.messages import Message
from safeguard_rules.packs.content import Rule
from safeguard_rules.packs.names import Directory, Sort, pack_of, short
from safeguard_rules.source import Issue
from safeguard_rules.testing.case_files import FindingExpectation, PackCase

OUTCOMES = ("applies", "undetermined", "does_not_apply")
OBLIGATIONS = ("must", "should", "consider", "must_not", "should_not")
STAGE = "child.stage"
LISTS = {singular: name for name, singular in SINGULARS.items()}


@dataclass(slots=True)
class Names:
    """What the names in one case mean, and the issues of those that mean nothing.

    `own` is the pack, or the locality, in whose folder the case stands: its names come first.
    """

    own: str
    rulebook: Rulebook
    case: PackCase
    issues: list[Issue] = field(default_factory=list)
    meant: dict[tuple[Sort, str], str] = field(default_factory=dict)
    """The full name of each name that was written, by its sort."""

    def check(self, directory: Directory) -> None:
        """Looks up every name that the case expects something of."""
        expect = self.case.expect
        for written, expected in expect.findings.items():
            rule = self._find(directory, "rule", written, "findings", written)
            if rule is not None and isinstance(expected, FindingExpectation):
                self._finding(directory, self.rulebook.content.rules[rule], written, expected)
        for obligation in OBLIGATIONS:
            self._actions(directory, getattr(expect.actions, obligation), "actions", obligation)
        self._actions(directory, expect.no_actions, "no_actions")
        self._actions(directory, expect.conflicts or (), "conflicts")
        self._contacts()
        for key in ("questions", "no_questions"):
            for i, path in enumerate(getattr(expect, key)):
                if not path_leads_somewhere(self.case.case, path):
                    self._issue(messages.no_such_path(path, paths_in(self.case.case)), key, i)

    def _finding(self, directory: Directory, rule: Rule, written: str, expected: FindingExpectation) -> None:
        where = ("findings", written)
        named: list[str] = []
        subjects = subjects_of(rule, self.case.case)
        for outcome in OUTCOMES:
            for i, subject in enumerate(getattr(expected, outcome) or ()):
                if subject not in subjects:
                    self._issue(messages.no_such_subject(subject, written, subjects), *where, outcome, i)
                elif subject in named:
                    self._issue(messages.subject_expected_twice(subject), *where, outcome, i)
                named.append(subject)
        if all(getattr(expected, key) is None for key in (*OUTCOMES, "rests_on_carer")):
            self._issue(messages.rule_expects_nothing(written), *where)
        for key, assumed in (("unless", expected.unless), ("as_precaution", expected.as_precaution)):
            if assumed and not expected.applies:
                self._issue(messages.assumed_without_applies(key), *where, key)
            for i, name in enumerate(assumed):
                if (key, name) != ("as_precaution", STAGE):
                    self._find(directory, "definition", name, *where, key, i)

    def _contacts(self) -> None:
        locality = self.rulebook.content.locality
        known = tuple(sorted(locality.contacts)) if locality is not None else ()
        for name in self.case.expect.contacts:
            if name not in known:
                self._issue(messages.no_such_contact(name, known), "contacts", name)
        if self.case.expect.contacts and self.case.as_of.instant is None:
            self._issue(messages.contact_without_a_time(self.case.as_of), "contacts")

    def _actions(self, directory: Directory, written: Iterable[str], *where: str) -> None:
        for i, name in enumerate(written):
            self._find(directory, "action", name, *where, i)

    def _find(self, directory: Directory, sort: Sort, written: str, *where: str | int) -> str | None:
        found = directory.find(sort, self.own, written)
        if isinstance(found, Message):
            self._issue(found, *where)
            return None
        self.meant[(sort, written)] = found
        return found

    def _issue(self, message: Message, *where: str | int) -> None:
        self.issues.append(message.at(self.case.place("expect", *where)))


def directory_of(own: str, rulebook: Rulebook) -> Directory:
    """What can be named in the cases of a pack: its own names first, then those of all packs in the rulebook."""
    content = rulebook.content
    directory = Directory()
    packs = {stamp.id for stamp in rulebook.packs}
    directory.uses[own] = tuple(sorted(packs - {own}))
    sorts: Mapping[Sort, Iterable[str]] = {
        "rule": content.rules,
        "action": content.actions,
        "definition": content.definitions,
    }
    for sort, names in sorts.items():
        for name in names:
            directory.declare(sort, pack_of(name), [short(name)])
    return directory


def subjects_of(rule: Rule, case: Case) -> tuple[str, ...]:
    """Whom a rule has findings about in a case, as expectations name them."""
    found: dict[str, None] = {}
    for form in rule.forms:
        if form.for_each is None:
            found["child"] = None
            continue
        name = LISTS[form.for_each]
        records = getattr(case, name) or ()
        found.update(dict.fromkeys(record.id for record in records))
        if not is_complete(case, name):
            found["?"] = None
        elif not records:
            found["none"] = None
    return tuple(found)


def path_leads_somewhere(case: Case, path: str) -> bool:
    """Whether a path is that of a list, of a fact, or of a record or its fact where the record is in the case."""
    parsed = parse_path(path)
    if parsed is None:
        return False
    return parsed.id is None or parsed.part == "extra" or part_at(case, CasePath(parsed.part, parsed.id)) is not None


def paths_in(case: Case) -> tuple[str, ...]:
    """Every path that could be asked for in a case."""
    found = list(SINGULARS)
    for part in ("case", "child", "pregnancy"):
        found.extend(f"{part}.{name}" for name in PARTS[part].facts)
    for name in SINGULARS:
        for record in getattr(case, name) or ():
            found.extend(f"{name}[{record.id}].{fact}" for fact in PARTS[name].facts)
    return tuple(found)
