"""A day of a story held against what is expected of it: every miss at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from safeguard_rules.case.stories import Story
from safeguard_rules.engine.timelines import ChildsDay
from safeguard_rules.messages import quote
from safeguard_rules.packs.names import short
from safeguard_rules.results import Change, RecommendedAction
from safeguard_rules.testing.judging import Miss
from safeguard_rules.testing.story_expecting import KINDS, DayExpectation, NamedAction


@dataclass(frozen=True, slots=True)
class DayJudge:
    """Holds one day against what is expected of it; `steps` are all since the day before, the day's own last."""

    story: Story
    named: Mapping[str, NamedAction]
    number: int
    steps: Sequence[ChildsDay]
    expect: DayExpectation

    def misses(self) -> Iterator[Miss]:
        """Everything that came out another way than expected."""
        yield from self._on_the_day()
        yield from self._since()
        yield from self._questions()

    def _on_the_day(self) -> Iterator[Miss]:
        for place, named in self._all("recommended"):
            if not self._actions(named):
                yield self._miss(("recommended", place), f"{quote(named.written)} recommended", "it is not")
        for place, named in self._all("absent"):
            if self._actions(named):
                yield self._miss(
                    ("absent", place), f"{quote(named.written)} not recommended", _demands(self._actions(named))
                )
        if self.expect.only is not None:
            wanted = {named.action for _, named in self._all("only")}
            got = {action.action for action in self._now()}
            if wanted != got:
                yield self._miss(("only",), _listed(wanted), _listed(got))

    def _since(self) -> Iterator[Miss]:
        for kind in KINDS:
            for place, named in self._all(kind):
                if kind not in {change.kind for change in self._changes(named)}:
                    yield self._miss((kind, place), f"{quote(named.written)} {kind}", self._got(named))
        for place, named in self._all("by_time"):
            causes = [cause for change in self._changes(named) for cause in change.causes]
            if not any(cause.step == "time" and cause.kind for cause in causes):
                yield self._miss(("by_time", place), f"{quote(named.written)} changed by time", self._got(named))
        for place, named in self._all("on_carers_word"):
            steps = [(step, change) for step in self.steps for change in step.changes or () if named.is_change(change)]
            if not any(step.on_carers_word(change) for step, change in steps):
                yield self._miss(("on_carers_word", place), f"{quote(named.written)} gone on a word", self._got(named))
        for place, named in self._all("still"):
            before = any(map(named.is_action, self._before()))
            if not (before and self._actions(named)):
                got = "it is not recommended" if before else "it was not recommended before"
                yield self._miss(("still", place), f"{quote(named.written)} recommended as before", got)
        for key in ("done", "again"):
            for place, named in self._all(key):
                if not any(named.is_action(action) for step in self.steps for action in getattr(step, key)()):
                    yield self._miss((key, place), f"{quote(named.written)} {key}", _demands(self._actions(named)))
        changed = [change for step in self.steps for change in step.changes or ()]
        if self.expect.nothing and changed:
            told = ", ".join(f"{short(each.name)} {each.kind}" for each in changed)
            yield self._miss(("nothing",), "no action changed", told)

    def _questions(self) -> Iterator[Miss]:
        asked = {question.path for step in self._today() for question in step.evaluation.questions}
        for place, path in enumerate(self.expect.questions):
            if path not in asked:
                yield self._miss(("questions", place), f"a question for {quote(path)}", "none")
        for place, path in enumerate(self.expect.no_questions):
            if path in asked:
                yield self._miss(("no_questions", place), f"no question for {quote(path)}", "one")

    # --- what there is

    def _all(self, key: str) -> Iterator[tuple[int, NamedAction]]:
        for place, written in enumerate(getattr(self.expect, key) or ()):
            yield place, self.named[written]

    def _today(self) -> Iterator[ChildsDay]:
        latest = {step.child: step for step in self.steps}
        yield from latest.values()

    def _now(self) -> list[RecommendedAction]:
        return [action for step in self._today() for action in step.evaluation.actions]

    def _before(self) -> list[RecommendedAction]:
        first = {step.child: step for step in reversed(self.steps)}
        return [action for step in first.values() if step.before is not None for action in step.before.actions]

    def _actions(self, named: NamedAction) -> list[RecommendedAction]:
        return [action for action in self._now() if named.is_action(action)]

    def _changes(self, named: NamedAction) -> list[Change]:
        return [change for step in self.steps for change in step.changes or () if named.is_change(change)]

    def _got(self, named: NamedAction) -> str:
        changes = [f"{change.kind} {change.says}".strip() for change in self._changes(named)]
        return "; ".join(changes) or f"no change: {_demands(self._actions(named))}"

    def _miss(self, where: tuple[str | int, ...], expected: str, got: str) -> Miss:
        place = self.story.place("days", self.number, "expect", *where)
        day = self.story.days[self.number].as_of
        return Miss(place, f"{day}: {where[0]}", expected, got)


def _demands(actions: Sequence[RecommendedAction]) -> str:
    told = [
        f"{demand.obligation} about {action.about} ({short(demand.rule)}, {demand.certainty})"
        for action in actions
        for demand in action.demands
    ]
    return ", ".join(dict.fromkeys(told)) or "it is not recommended"


def _listed(names: set[str]) -> str:
    return ", ".join(quote(short(name)) for name in sorted(names)) or "nothing"
