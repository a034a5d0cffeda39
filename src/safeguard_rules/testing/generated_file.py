"""The file of generated cases: what was made, as it stands beside the rules, with all that a person has reviewed kept.

A case is kept, byte for byte, as soon as its line `reviewed: false` is gone: it is the person's then.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from safeguard_rules.engine.evaluation import Evaluation
from safeguard_rules.engine.outcomes import OUTCOMES as OUTCOME_OF
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import CallError
from safeguard_rules.packs.content import OBLIGATIONS
from safeguard_rules.packs.names import Directory, Sort, short
from safeguard_rules.reports.words import count
from safeguard_rules.source import Text
from safeguard_rules.testing.case_files import PackCase
from safeguard_rules.testing.case_text import as_yaml, flow
from safeguard_rules.testing.expecting import OUTCOMES, directory_of
from safeguard_rules.testing.generating import KnownCase, MadeCase, key_of
from safeguard_rules.testing.judging import subject_id
from safeguard_rules.testing.wanting import Shown, Wanted
from safeguard_rules.values.truth import F, T, U

NAME = "generated.cases.yaml"
WIDTH = 110
HEAD = """\
# Made by `safeguard-rules generate`: each case says what the rules do, and nobody has said yet that this is right.
# A case counts when a person has read it and taken its line `reviewed: false` away. From then on it is left alone.
language: 1
cases:
"""
_OUTCOME = {"applies": "applies", "undetermined": "stays open", "does_not_apply": "does not apply"}
_BECAUSE = {T: "because this is so", F: "because this is not so", U: "while this is not known"}


# --- what is kept


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays of a file of generated cases: what a person has reviewed, and what is not made anew.

    `cases` are the texts of these cases, with the comments above each; `alone` is the file with nothing but them, each
    in its line, None where there is none.
    """

    cases: tuple[str, ...] = ()
    alone: Text | None = None


def kept(text: Text, cases: Sequence[PackCase], stays: Callable[[PackCase], bool]) -> Kept:
    """The cases of a file that stay; raises `CallError` where they do not stand in lines of their own."""
    lines = text.content.splitlines(keepends=True)
    starts = [case.node.place.line - 1 for case in cases]
    if any(not lines[start].lstrip().startswith("- ") for start in starts):
        raise CallError(f"`{text.name}` is laid out so that its reviewed cases cannot be kept; write each in its lines")
    begins = [_with_comments(lines, start) for start in starts]
    spans = list(zip(cases, begins, [*begins[1:], len(lines)], strict=True))
    found = tuple(_ended("".join(lines[i:j])) for case, i, j in spans if stays(case))
    left_out = {line for case, i, j in spans if not stays(case) for line in range(i, j)}
    alone = "".join("\n" if n in left_out else line for n, line in enumerate(lines))
    return Kept(found, Text(text.name, alone) if found else None)


def _with_comments(lines: Sequence[str], start: int) -> int:
    """Where a case begins with the comments right above it."""
    while start > 0 and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    return start


def _ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


# --- what is written


@dataclass(frozen=True, slots=True)
class Writing:
    """Writes the cases of one pack."""

    pack: str
    rulebooks: Mapping[str | None, Rulebook]

    def file(self, made: Iterable[MadeCase], kept: Kept, known: Sequence[KnownCase] = ()) -> tuple[str, int]:
        """The whole file, kept cases first, and how many new ones are in it.

        What some case in `known` expects already of the same facts is not said again.
        """
        new = list(self._cases(made, known))
        return HEAD + "".join([*kept.cases, *new]), len(new)

    def _cases(self, made: Iterable[MadeCase], known: Sequence[KnownCase]) -> Iterator[str]:
        taken = {each.title for each in known}
        reviewed: dict[str, frozenset[str]] = {}
        for one in known:
            key = key_of(one.case, one.as_of, one.area)
            reviewed[key] = reviewed.get(key, frozenset()) | one.rules
        directories = {area: directory_of(self.pack, rulebook) for area, rulebook in self.rulebooks.items()}
        for each in made:
            new = [shown for shown in each.shows if shown.wanted.rule not in reviewed.get(each.key, ())]
            if new:
                title = _free(told(new), taken)
                taken.add(title)
                yield self._case(replace(each, shows=new), title, directories[each.area])

    def _case(self, made: MadeCase, title: str, directory: Directory) -> str:
        evaluation = self.rulebooks[made.area].evaluate(made.case, as_of=made.as_of)
        names = CaseNames(self.pack, directory)
        _, *others = dict.fromkeys(_how(shown) for shown in made.shows)
        lines = [
            *(line for each in others for line in _comment(each)),
            *_title(title),
            "    reviewed: false",
            f"    as_of: {flow(str(made.as_of))}",
            *([f"    locality: {flow(made.area)}"] if made.area is not None else []),
            *_given(as_yaml(made.case)),
            "    expect:",
            *_expected(expectation(evaluation, made.rules, names)),
        ]
        return "\n".join(lines) + "\n"


def told(shown: Sequence[Shown]) -> str:
    """What a case shows first, as a title: the rules that come out so, and why."""
    how = _how(shown[0])
    rules = list(dict.fromkeys(short(each.wanted.rule) for each in shown if _how(each) == how))
    others = f" and {count(len(rules) - 1, 'other rule')}" if len(rules) > 1 else ""
    return f"{rules[0]}{others}: {how}"


def wanted_in_words(wanted: Wanted) -> str:
    """What was looked for, with the place of the part that should decide."""
    place = "" if wanted.node is None else f"{wanted.node.place.text.name}:{wanted.node.place.line}: "
    if wanted.node is None or wanted.exactly is not None or wanted.goal is None:
        return f"{place}{short(wanted.rule)} {wanted.says}"
    return f"{place}{short(wanted.rule)} {_OUTCOME[OUTCOME_OF[wanted.goal]]} because of: {wanted.says}"


def _how(shown: Shown) -> str:
    wanted, outcome = shown.wanted, _OUTCOME[shown.outcome]
    whole = wanted.node is None or wanted.exactly is not None
    return f"{outcome} {wanted.says if whole else f'{_BECAUSE[shown.value]}: {wanted.says}'}"


def _free(title: str, taken: set[str]) -> str:
    numbered = (f"{title} ({n})" for n in range(2, len(taken) + 3))
    return title if title not in taken else next(each for each in numbered if each not in taken)


def _title(title: str) -> Iterator[str]:
    line = f"  - title: {flow(title)}"
    if len(line) <= WIDTH:
        yield line
    else:
        yield "  - title: >-"
        yield from textwrap.wrap(title, WIDTH, initial_indent="      ", subsequent_indent="      ", **_WORDS)


def _comment(text: str) -> Iterator[str]:
    yield from textwrap.wrap(f"also: {text}", WIDTH, initial_indent="  # ", subsequent_indent="  #   ", **_WORDS)


_WORDS: Mapping[str, Any] = {"break_long_words": False, "break_on_hyphens": False}


def _given(case: str) -> Iterator[str]:
    if case == "{}\n":
        yield "    given: {}"
    else:
        yield "    given:"
        yield from (f"      {line}" for line in case.splitlines())


# --- what is expected


@dataclass(frozen=True, slots=True)
class CaseNames:
    """Names as a case of the pack may write them: short ones where they are enough."""

    pack: str
    directory: Directory

    def written(self, sort: Sort, name: str) -> str:
        """A full name, or the short one where it means the same."""
        return short(name) if self.directory.find(sort, self.pack, short(name)) == name else name


def expectation(evaluation: Evaluation, rules: Sequence[str], names: CaseNames) -> dict[str, Any]:
    """What came out of some rules, as it is expected from now on: outcomes by subject, and what these rules demand."""
    found: dict[str, Any] = {
        "findings": {names.written("rule", rule): _findings(evaluation, rule, names) for rule in rules}
    }
    actions: dict[str, list[str]] = {}
    for obligation in OBLIGATIONS:
        wanted = {
            names.written("action", each.action)
            for each in evaluation.actions
            if any(demand.obligation == obligation and demand.rule in rules for demand in each.demands)
        }
        if wanted:
            actions[obligation] = sorted(wanted)
    if actions:
        found["actions"] = actions
    recommended = {each.action for each in evaluation.actions}
    absent = {names.written("action", each) for each in _demanded(evaluation, rules) if each not in recommended}
    return found | ({"no_actions": sorted(absent)} if absent else {})


def is_missed(expected: Mapping[str, Any], evaluation: Evaluation, rules: Sequence[str], names: CaseNames) -> bool:
    """Whether what was expected of some rules would fail with another evaluation; more demands do not matter to it."""
    demands = {
        (demand.obligation, names.written("action", each.action))
        for each in evaluation.actions
        for demand in each.demands
    }
    wanted = {(obligation, each) for obligation, found in expected.get("actions", {}).items() for each in found}
    unwanted = {each for _, each in demands} & set(expected.get("no_actions", ()))
    same = expected["findings"] == expectation(evaluation, rules, names)["findings"]
    return not same or not wanted <= demands or bool(unwanted)


def _demanded(evaluation: Evaluation, rules: Sequence[str]) -> Iterator[str]:
    for active in evaluation.program.rules:
        if active.rule.name in rules:
            yield from (demand.action for demand in active.form.demands)


def _findings(evaluation: Evaluation, rule: str, names: CaseNames) -> Any:
    findings = evaluation.findings.about(rule)
    by_outcome = {
        outcome: [subject_id(each) for each in findings if each.outcome == outcome]
        for outcome in OUTCOMES
        if any(each.outcome == outcome for each in findings)
    }
    assumed = [
        each
        for finding in findings
        if finding.outcome == "applies"
        for each in finding.assumed
        if not each.taken_for_granted
    ]
    told: dict[str, Any] = dict(by_outcome)
    for key, exception in (("unless", True), ("as_precaution", False)):
        written = {_assumed(each.name, names) for each in assumed if each.exception is exception}
        if written:
            told[key] = sorted(written)
    return next(iter(by_outcome)) if len(told) == 1 else told


def _assumed(name: str, names: CaseNames) -> str:
    return name if ":" not in name else names.written("definition", name)


def _expected(expected: Mapping[str, Any], margin: str = "      ") -> Iterator[str]:
    for key, value in expected.items():
        line = f"{margin}{flow(key)}: {flow(value)}"
        if len(line) <= WIDTH:
            yield line
        elif isinstance(value, Mapping):
            yield f"{margin}{flow(key)}:"
            yield from _expected(value, f"{margin}  ")
        else:
            yield f"{margin}{flow(key)}:"
            yield from (f"{margin}  - {flow(each)}" for each in value)
