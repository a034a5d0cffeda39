"""Cases for the rules of a pack: each part of a condition decides in one, and the engine has confirmed each.

What is made says what the pack does. Whether that is right is for a person to say, so all of it is unreviewed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from safeguard_rules.case.canonical import canonical_tree
from safeguard_rules.case.case import Case
from safeguard_rules.engine.program import ActiveRule
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.language.tree import Test
from safeguard_rules.packs.content import Rule, RuleForm
from safeguard_rules.packs.names import pack_of
from safeguard_rules.testing.aiming import Aim, Frame
from safeguard_rules.testing.cut_points import cut_points
from safeguard_rules.testing.dice import Dice, Seeded
from safeguard_rules.testing.drafts import CaseDraft, Facts
from safeguard_rules.testing.filling import Filler
from safeguard_rules.testing.forcing import Bench
from safeguard_rules.testing.made_cases import GOALS, Maker
from safeguard_rules.testing.pointing import Pointer
from safeguard_rules.testing.shrinking import shrunk
from safeguard_rules.testing.situation import DAY
from safeguard_rules.testing.wanting import Shown, Wanted, Wishes
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.truth import T
from safeguard_rules.vocabulary.kinds import STAGES

TRIES = 24
"""How often a case is built towards what is wanted."""

MORE_TRIES = 24
"""How often, after that, cases are made for the outcome alone and looked at."""


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case that a person has reviewed, with the rules of which it expects something, by their full names."""

    title: str
    case: Case
    as_of: AsOf
    area: str | None
    rules: frozenset[str]


@dataclass(slots=True)
class MadeCase:
    """A case that was made, the area it is evaluated in, and all that it shows of what was wanted."""

    case: Case
    as_of: AsOf
    area: str | None
    shows: list[Shown]

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that it shows something of, by their full names."""
        return tuple(dict.fromkeys(shown.wanted.rule for shown in self.shows))

    @property
    def key(self) -> str:
        """What makes it the case that it is."""
        return key_of(self.case, self.as_of, self.area)


def key_of(case: Case, as_of: AsOf, area: str | None) -> str:
    """The same text for the same case on the same day in the same area."""
    return json.dumps([str(as_of), area, canonical_tree(case)], sort_keys=True)


@dataclass(frozen=True, slots=True)
class Generated:
    """What was made for a pack: how much was wanted, how much of it was shown already, and what was not found."""

    pack: str
    wanted: int
    known: int
    cases: tuple[MadeCase, ...]
    not_found: tuple[Wanted, ...]
    no_area: tuple[str, ...]
    """Rules that are bound to areas of which there is no locality here."""

    @property
    def met(self) -> int:
        """How much of what was wanted some case shows."""
        return self.wanted - len(self.not_found)


@dataclass(slots=True)
class Generator:
    """Makes the cases of one pack; `rulebook_in` gives its rulebook in an area, None for an area that is not there."""

    pack: str
    rulebook_in: Callable[[str | None], Rulebook | None]
    boundaries: bool = False
    known: Sequence[KnownCase] = ()
    _found: dict[str, MadeCase] = field(default_factory=dict)
    _not_found: list[Wanted] = field(default_factory=list)
    _wanted: int = 0
    _known: int = 0
    _no_area: list[str] = field(default_factory=list)

    def rules(self) -> tuple[str, ...]:
        """The pack's own rules, by their full names."""
        rulebook = self.rulebook_in(None)
        assert rulebook is not None
        return tuple(name for name in rulebook.content.rules if pack_of(name) == self.pack)

    def look_for(self, rule: str) -> None:
        """Makes the cases of one rule, for each form that it has over time."""
        national = self.rulebook_in(None)
        assert national is not None
        for form in national.content.rules[rule].forms:
            area, rulebook = self._where(form)
            if rulebook is None:
                self._no_area.append(rule)
                continue
            as_of = day_for(form)
            bench = bench_for(rulebook, rulebook.content.rules[rule], as_of)
            if bench is not None:
                self._all_of(bench, area, as_of)

    def result(self) -> Generated:
        """What was made so far."""
        return Generated(
            self.pack,
            self._wanted,
            self._known,
            tuple(self._found.values()),
            tuple(self._not_found),
            tuple(dict.fromkeys(self._no_area)),
        )

    def _where(self, form: RuleForm) -> tuple[str | None, Rulebook | None]:
        for area in form.areas or (None,):
            rulebook = self.rulebook_in(area)
            if rulebook is not None:
                return area, rulebook
        return None, None

    def _all_of(self, bench: Bench, area: str | None, as_of: AsOf) -> None:
        own = list[MadeCase]()
        for wanted in Wishes(bench.rulebook, self.boundaries).of(bench, as_of):
            self._wanted += 1
            if self._is_known(bench, wanted, area):
                self._known += 1
                continue
            if _is_added(bench, wanted, own):
                continue
            found = _Search(bench, wanted).found()
            if found is None:
                self._not_found.append(wanted)
                continue
            case, shown = found
            own.append(self._enter(MadeCase(case, wanted.as_of, area, [shown])))

    def _enter(self, made: MadeCase) -> MadeCase:
        """Keeps a case, or adds to the same one what it shows of another rule."""
        same = self._found.setdefault(made.key, made)
        if same is not made:
            same.shows.extend(made.shows)
        return same

    def _is_known(self, bench: Bench, wanted: Wanted, area: str | None) -> bool:
        return any(
            wanted.rule in each.rules
            and each.area == area
            and bench.rulebook.program(each.as_of) is bench.program
            and wanted.shown_by(bench, each.case, each.as_of) is not None
            for each in self.known
        )


def _is_added(bench: Bench, wanted: Wanted, own: Sequence[MadeCase]) -> bool:
    """Whether a case that was made for the same rule shows this too; then it is noted there."""
    for each in own:
        shown = wanted.shown_by(bench, each.case, each.as_of)
        if shown is not None:
            each.shows.append(shown)
            return True
    return False


def day_for(form: RuleForm) -> AsOf:
    """The day on which a form of a rule is tried: the usual one, else the last or the first on which it holds."""
    if form.end is not None and form.end < DAY.day:
        return AsOf.of(form.end)
    return AsOf.of(form.start) if form.start is not None and form.start > DAY.day else DAY


def bench_for(rulebook: Rulebook, rule: Rule, as_of: AsOf) -> Bench | None:
    """What runs one rule by itself on a day; None where it is not in force."""
    program = rulebook.program(as_of)
    active = next((each for each in program.rules if each.rule.name == rule.name), None)
    return Bench(rulebook, program, active) if active is not None else None


@dataclass(frozen=True, slots=True)
class _Search:
    """Looks for one wanted case."""

    bench: Bench
    wanted: Wanted

    def found(self) -> tuple[Case, Shown] | None:
        """The case, as small as it gets, and what it shows; None where none was found."""
        for strictly in (True, False) if self.wanted.is_strict and self.wanted.node is not None else (True,):
            for tree in self._drafts():
                if self._shown(tree, strictly) is not None:
                    return self._smallest(tree, strictly)
        return None

    def _smallest(self, tree: Facts, strictly: bool) -> tuple[Case, Shown]:
        def shows(less: Facts) -> bool:
            return self._shown(less, strictly) is not None

        small = shrunk(tree, self.bench.rulebook.vocabulary, self.wanted.as_of, shows)
        shown = self._shown(small, strictly)
        assert shown is not None
        return Case.model_validate(small), shown

    def _shown(self, tree: Facts, strictly: bool) -> Shown | None:
        try:
            case = Case.model_validate(tree)
        except ValueError:
            return None  # what was left out does not go alone
        return self.wanted.shown_by(self.bench, case, self.wanted.as_of, strictly=strictly)

    def _drafts(self) -> Iterator[Facts]:
        """Cases built towards what is wanted, then others that come to the outcome at least."""
        start = crc32(f"{self.wanted.rule} {self.wanted.says} {self.wanted.as_of}".encode())
        for attempt in range(TRIES):
            tree = self._draft(Seeded(start + attempt), attempt)
            if tree is not None:
                yield tree
        maker = Maker(self.bench.rulebook, self.wanted.as_of)
        outcomes = [name for name, goal in GOALS.items() if self.wanted.goal in (None, goal)]
        for attempt in range(MORE_TRIES if self.wanted.node is not None else 0):
            outcome = outcomes[attempt % len(outcomes)]
            yield maker.towards(Seeded(start + TRIES + attempt), self.wanted.rule, outcome)

    def _draft(self, dice: Dice, attempt: int) -> Facts | None:
        rulebook, active = self.bench.rulebook, self.bench.active
        draft = CaseDraft(rulebook.vocabulary)
        aim = Aim(Filler(dice, draft, cut_points(rulebook, self.wanted.as_of)), self.bench.program)
        if self.wanted.only != "stage" and not (self._is_about_stage() or attempt % 8 == 7):
            draft.put(draft.tree["child"], "stage", _stage(active, attempt))
        if self.wanted.node is None:
            return draft.written() if self._around(aim, active) else None
        route = self.wanted.routes[attempt // 4 % len(self.wanted.routes)]
        pointer = Pointer(aim, self.wanted, route, bool(attempt & 1), bool(attempt & 2), attempt >= TRIES // 2)
        return draft.written() if pointer.at(active) else None

    def _is_about_stage(self) -> bool:
        return isinstance(self.wanted.node, Test) and self.wanted.node.ref.fact.path == "child.stage"

    def _around(self, aim: Aim, active: ActiveRule) -> bool:
        kind = active.form.for_each
        if self.wanted.only == "stage":
            frame = Frame(aim.draft.add(kind)) if kind is not None else Frame()
            return aim.towards(active.form.when, T, frame)
        assert kind is not None
        return aim.draft.decide(kind, "closed" if self.wanted.only == "none" else "open")


def _stage(active: ActiveRule, attempt: int) -> Any:
    """A stage for which the rule is; mostly the first of them."""
    fitting = [stage for stage in STAGES if stage in active.form.stages]
    born_first = sorted(fitting, key=lambda stage: stage != "born")
    return born_first[attempt // 8 % len(born_first)]
