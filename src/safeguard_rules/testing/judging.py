"""What is expected of a case held against what came out: every miss at its place, with the facts that decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from safeguard_rules.engine.evaluation import Evaluation
from safeguard_rules.messages import quote
from safeguard_rules.packs.names import short
from safeguard_rules.reports.as_text import evaluation_text
from safeguard_rules.results import Finding, RecommendedAction
from safeguard_rules.source import Place
from safeguard_rules.testing.case_files import FindingExpectation, Shorthand
from safeguard_rules.testing.expecting import OBLIGATIONS, OUTCOMES, Names

WIDTH = 1000
"""Wide enough that no phrase is broken over two lines."""


@dataclass(frozen=True, slots=True)
class Miss:
    """An expectation that was not met: where it stands, what it says, what came out, and the facts that decided it."""

    place: Place
    expectation: str
    expected: str
    got: str
    conditions: tuple[str, ...] = ()
    """The conditions that came out so, in plain English."""
    because: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [
            f"{self.place.text.name}:{self.place.line}: {self.expectation}",
            f"  expected {self.expected}",
            f"  got {self.got}",
            *(f"  where the condition is: {each}" for each in self.conditions),
        ]
        return "\n".join([*lines, *(f"  because {each}" for each in self.because)])


@dataclass(frozen=True, slots=True)
class Reached:
    """An outcome of a rule that a case expected and got."""

    rule: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Judge:
    """Holds one case's expectations against its evaluation; the names were looked up before."""

    names: Names
    evaluation: Evaluation

    def misses(self) -> tuple[Miss, ...]:
        """Everything that came out another way than expected, in the order of the file."""
        found = [*self.quick_misses(), *self.text_misses()]
        return tuple(sorted(found, key=lambda miss: (miss.place.order, miss.expectation)))

    def quick_misses(self) -> Iterator[Miss]:
        """The same but for what the text says, one by one."""
        yield from self._findings()
        yield from self._actions()
        yield from self._contacts()
        yield from self._questions()
        yield from self._problems()

    def outcomes_missed(self) -> bool:
        """Whether some rule comes to something else: a quick look, without reasons and assumptions."""
        got: dict[str, dict[str, set[str]]] = {}
        for (rule, subject), outcome in self.evaluation.outcomes().items():
            got.setdefault(rule, {}).setdefault(outcome, set()).add(_id_in(subject))
        for written, expected in self.names.case.expect.findings.items():
            rule = self.names.meant[("rule", written)]
            outcomes = got.get(rule, {})
            if not isinstance(expected, FindingExpectation):
                if set(outcomes) - {expected}:
                    return True
                continue
            for named in OUTCOMES:
                subjects = getattr(expected, named)
                if subjects is not None and outcomes.get(named, set()) != set(subjects):
                    return True
        return False

    def reached(self) -> tuple[Reached, ...]:
        """The outcomes that were expected and came out."""
        found: list[Reached] = []
        for written, expected in self.names.case.expect.findings.items():
            rule = self.names.meant[("rule", written)]
            got = {finding.outcome for finding in self.evaluation.findings.about(rule)}
            found.extend(Reached(rule, outcome) for outcome in _outcomes_named(expected) if outcome in got)
        return tuple(found)

    # --- findings

    def _findings(self) -> Iterator[Miss]:
        for written, expected in self.names.case.expect.findings.items():
            rule = self.names.meant[("rule", written)]
            findings = self.evaluation.findings.about(rule)
            where = ("findings", written)
            resting = next((each for each in self.evaluation.not_in_force if each.rule == rule), None)
            if expected == "not_in_force":
                if resting is None:
                    yield self._miss(where, "that the rule is not in force", "it is", findings)
            elif not findings:
                why = f"it is not in force: {resting.says}" if resting is not None else "it has no finding here"
                yield self._miss(where, "this rule to be evaluated", f"that it never was: {why}")
            elif isinstance(expected, FindingExpectation):
                yield from self._outcomes(where, expected, findings)
            else:
                other = [finding for finding in findings if finding.outcome != expected]
                if other:
                    yield self._miss(where, f"{expected} for everybody", _told(other), other)
                elif expected == "applies":
                    yield from self._assumed(where, FindingExpectation(), findings)

    def _outcomes(
        self, where: tuple[str, str], expected: FindingExpectation, findings: Sequence[Finding]
    ) -> Iterator[Miss]:
        for outcome in OUTCOMES:
            subjects: tuple[str, ...] | None = getattr(expected, outcome)
            if subjects is None:
                continue
            with_it = {subject_id(each): each for each in findings if each.outcome == outcome}
            if set(with_it) != set(subjects):
                wrong = [each for each in findings if (each.outcome == outcome) != (subject_id(each) in subjects)]
                yield self._miss((*where, outcome), _listed(subjects), _listed(with_it), wrong)
        if expected.applies is not None:
            yield from self._assumed(where, expected, [each for each in findings if each.outcome == "applies"])
        if expected.rests_on_carer is not None:
            wrong = [each for each in findings if each.rests_on_carer != expected.rests_on_carer]
            if wrong:
                said = {True: "that it rests on a carer's word", False: "that it does not rest on a carer's word alone"}
                told = said[not expected.rests_on_carer]
                yield self._miss((*where, "rests_on_carer"), said[expected.rests_on_carer], told, wrong)

    def _assumed(
        self, where: tuple[str, ...], expected: FindingExpectation, findings: Sequence[Finding]
    ) -> Iterator[Miss]:
        for key, exception in (("unless", True), ("as_precaution", False)):
            written: tuple[str, ...] = getattr(expected, key)
            wanted = {self.names.meant.get(("definition", name), name) for name in written}
            got = {
                each.name
                for finding in findings
                for each in finding.assumed
                if each.exception is exception and not each.taken_for_granted
            }
            if wanted != got:
                place = (*where, key) if written else where
                yield self._miss(place, f"{key} {_listed(wanted)}", f"{key} {_listed(got)}", findings)

    # --- actions

    def _actions(self) -> Iterator[Miss]:
        expect = self.names.case.expect
        for obligation in OBLIGATIONS:
            for i, written in enumerate(getattr(expect.actions, obligation)):
                got = self._recommended(written)
                if not any(demand.obligation == obligation for action in got for demand in action.demands):
                    yield self._miss(("actions", obligation, i), f"{obligation} {quote(written)}", _demands(got))
        for i, written in enumerate(expect.no_actions):
            got = self._recommended(written)
            if got:
                rules = {(demand.rule, demand.subject) for action in got for demand in action.demands}
                behind = [each for each in self.evaluation.findings if (each.rule, each.subject) in rules]
                yield self._miss(("no_actions", i), f"nothing about {quote(written)}", _demands(got), behind)
        if expect.conflicts is not None:
            wanted = {self.names.meant[("action", written)] for written in expect.conflicts}
            found = {name for each in self.evaluation.conflicts for name in (each.negative, each.positive)}
            if wanted != found:
                yield self._miss(("conflicts",), _listed(wanted), _listed(found))

    def _recommended(self, written: str) -> list[RecommendedAction]:
        name = self.names.meant[("action", written)]
        return [action for action in self.evaluation.actions if action.action == name]

    def _contacts(self) -> Iterator[Miss]:
        shown = {each.contact.key: each.contact.moment for each in self.evaluation.actions if each.contact is not None}
        for key, expected in self.names.case.expect.contacts.items():
            where = ("contacts", key)
            moment = shown.get(key)
            if moment is None:
                got = "a contact whose hours nobody has given" if key in shown else "no action with this contact"
                yield self._miss(where, expected.state, got)
            elif moment.state != expected.state:
                yield self._miss((*where, "state"), expected.state, f"{moment.state} ({moment.clock})")
            elif "phone" in expected.model_fields_set and moment.phone != expected.phone:
                wanted = quote(expected.phone) if expected.phone else "no number"
                yield self._miss((*where, "phone"), wanted, quote(moment.phone) if moment.phone else "no number")

    # --- questions and the rest

    def _questions(self) -> Iterator[Miss]:
        expect = self.names.case.expect
        asked = {question.path: question for question in self.evaluation.questions}
        for i, path in enumerate(expect.questions):
            if path not in asked:
                yield self._miss(("questions", i), f"a question for {quote(path)}", f"questions for {_listed(asked)}")
        for i, path in enumerate(expect.no_questions):
            if path in asked:
                rules = _listed(asked[path].rules)
                yield self._miss(("no_questions", i), f"no question for {quote(path)}", f"one, for {rules}")

    def _problems(self) -> Iterator[Miss]:
        codes = [problem.code for problem in self.evaluation.problems]
        for i, code in enumerate(self.names.case.expect.problems):
            if code not in codes:
                yield self._miss(("problems", i), f"the problem {quote(code)}", _listed(codes))

    def text_misses(self) -> Iterator[Miss]:
        """What the text for people says another way than expected."""
        expect = self.names.case.expect
        if not expect.says and not expect.never_says:
            return
        text = plain_text(self.evaluation)
        for key, wanted in (("says", True), ("never_says", False)):
            for i, words in enumerate(getattr(expect, key)):
                if (_folded(words) in text) != wanted:
                    got = "a text without it" if wanted else f"… {_around(text, _folded(words))} …"
                    yield self._miss((key, i), f"{'' if wanted else 'never '}{quote(words)}", got)

    def _miss(self, where: tuple[str | int, ...], expected: str, got: str, findings: Iterable[Finding] = ()) -> Miss:
        found = tuple(findings)
        conditions = dict.fromkeys(each.reading for each in found)
        because = dict.fromkeys(f"{each.subject}: {reason.says}" for each in found for reason in each.why)
        name = ".".join(str(step) for step in where if not isinstance(step, int))
        place = self.names.case.place("expect", *where)
        return Miss(place, name, expected, got, tuple(conditions), tuple(because))


def subject_id(finding: Finding) -> str:
    """How an expectation names the subject of a finding."""
    if finding.subject.kind == "child":
        return "child"
    return "none" if finding.subject.id is None else finding.subject.id


def _id_in(path: str) -> str:
    """The id in the path of a record: `cheek` in `injuries[cheek]`; `child` and `none` are their own."""
    return path.partition("[")[2].removesuffix("]") or path


def plain_text(evaluation: Evaluation) -> str:
    """The text for people, in small letters and with single spaces."""
    return _folded(evaluation_text(evaluation.document(), width=WIDTH))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _around(text: str, words: str) -> str:
    start = text.index(words)
    return text[max(0, start - 40) : start + len(words) + 40]


def _outcomes_named(expected: Shorthand | FindingExpectation) -> tuple[str, ...]:
    if isinstance(expected, FindingExpectation):
        return tuple(outcome for outcome in OUTCOMES if getattr(expected, outcome))
    return (expected,)


def _told(findings: Iterable[Finding]) -> str:
    return "; ".join(f"{finding.outcome} for {subject_id(finding)}" for finding in findings)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(quote(word) for word in sorted(words)) or "nothing"


def _demands(actions: Sequence[RecommendedAction]) -> str:
    told = [
        f"{demand.obligation} ({short(demand.rule)}, {demand.certainty})"
        for action in actions
        for demand in action.demands
    ]
    return ", ".join(dict.fromkeys(told)) or "nothing"
