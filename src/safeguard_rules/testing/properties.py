"""Properties of a rulebook, ready to use: each gives a test, so that one line in a test file is enough.

    test_a_baby_who_bruises_is_reported = always(rulebook, "report-to-social-care", when="...")

A test that fails says which rule or action broke the property, and shows the smallest case that was found as a file.
They take the settings of Hypothesis that are in force, and `settings(max_examples=500)(test)` changes them for one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import timedelta
from typing import Any, TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from safeguard_rules.case.case import Case
from safeguard_rules.engine.program import readers
from safeguard_rules.engine.rulebook import Day, Rulebook, day_of
from safeguard_rules.errors import CallError
from safeguard_rules.messages import Message
from safeguard_rules.results import Obligation, Outcome
from safeguard_rules.testing.comparing_outcomes import (
    applied,
    certain_outcomes,
    flipped,
    lowered,
    must_rules,
    names_of,
    outcomes,
    silently_lost,
)
from safeguard_rules.testing.dice import Seeded
from safeguard_rules.testing.knowing import Learning, know_less, steps_back
from safeguard_rules.testing.made_cases import Maker
from safeguard_rules.testing.premises import one_name
from safeguard_rules.testing.rewriting import in_another_order, with_irrelevant_facts, with_one_more
from safeguard_rules.testing.situation import DAY, Situation
from safeguard_rules.testing.strategies import SEEDS, Draw, cases_matching, cases_where_and, situations, thin
from safeguard_rules.values.dates import AsOf

Property: TypeAlias = Callable[[], None]
"""A test without arguments."""

WORRIES = ("injury", "incident", "concern")
"""The lists of which one more record is one more risk, whatever it says."""


def always(
    rulebook: Rulebook, action: str, when: str, *, obligation: Obligation | None = None, as_of: Day = DAY
) -> Property:
    """Wherever a condition is true, an action is recommended, with this obligation if one is named.

    `when` is a condition about the child, written as in a pack; `action` a full or short name. Raises `CallError` for
    names that are not there, and for a condition that is never true.
    """
    name, day = _action(rulebook, action), day_of(as_of)

    def check(situation: Situation) -> None:
        asked = f"`{name}` is always recommended" + (f" as `{obligation}`" if obligation else "")
        met = any(obligation in (None, each) for _, each in applied(rulebook, situation.case, day, name))
        _hold(met, f"{asked} when `{when}`; here it is not", situation)

    return _test(_on(day, _where(rulebook, when, name, "does_not_apply", day)), check)


def never(rulebook: Rulebook, action: str, when: str, *, as_of: Day = DAY) -> Property:
    """Wherever a condition is true, an action is not recommended. Arguments as for `always`."""
    name, day = _action(rulebook, action), day_of(as_of)

    def check(situation: Situation) -> None:
        rules = sorted({rule for rule, _ in applied(rulebook, situation.case, day, name)})
        _hold(not rules, f"`{name}` is never recommended when `{when}`; here {', '.join(rules)} asks for it", situation)

    return _test(_on(day, _where(rulebook, when, name, "applies", day)), check)


def at_least_a_question(rulebook: Rulebook, action: str, when: str, *, as_of: Day = DAY) -> Property:
    """Wherever a condition is true, an action is recommended, or something is asked that could lead to it."""
    name, day = _action(rulebook, action), day_of(as_of)

    def check(situation: Situation) -> None:
        met = bool(applied(rulebook, situation.case, day, name)) or any(
            name in question.actions for question in situation.evaluate(rulebook).questions
        )
        _hold(met, f"when `{when}`, `{name}` is neither recommended nor asked about", situation)

    return _test(_on(day, _where(rulebook, when, name, "does_not_apply", day)), check)


def never_both(rulebook: Rulebook, one: str, other: str) -> Property:
    """Two actions are never recommended together for the same child or record."""
    names = _action(rulebook, one), _action(rulebook, other)

    def check(situation: Situation) -> None:
        if not all(applied(rulebook, situation.case, situation.as_of, name) for name in names):
            return
        actions = situation.evaluate(rulebook).actions
        about = [{each.about for each in actions if each.action == name and not each.negative} for name in names]
        both = sorted(map(str, about[0] & about[1]))
        said = f"`{names[0]}` and `{names[1]}` are both recommended, about {', '.join(both)}"
        _hold(not both, said, situation)

    return _test(_leading_to(rulebook, names), check)


# --- no must vanishes silently


def no_must_is_lost_by_forgetting(rulebook: Rulebook) -> Property:
    """With one fact, record or list forgotten, a rule with a `must` that applied still applies, or asks.

    A recommendation may weaken to a question or come as a precaution; it is never silently ruled out.
    """
    rules = must_rules(rulebook)

    def check(given_: tuple[Situation, int]) -> None:
        situation, seed = given_
        steps = steps_back(situation.case, rulebook.vocabulary)
        if steps:
            step = Seeded(seed).pick(steps)
            before = outcomes(rulebook, situation.case, situation.as_of)
            after = outcomes(rulebook, know_less(situation.case, step), situation.as_of)
            _not_lost(silently_lost(before, after, rules), f"when {step}", situation)

    return _test(st.tuples(_with_a_must(rulebook), SEEDS), check)


def no_must_is_lost_by_one_more(rulebook: Rulebook, kinds: Collection[str] = WORRIES) -> Property:
    """With one more record in a list, a rule with a `must` that applied still applies, or asks.

    `kinds` are the singulars of the lists, by default those of worries: injuries, incidents and concerns. The record is
    a new one, or a copy of one that is there.
    """
    rules = must_rules(rulebook)
    unknown = [kind for kind in kinds if kind not in rulebook.vocabulary.kinds]
    if unknown:
        raise CallError(f"there is no list of `{unknown[0]}`; expected one of {', '.join(rulebook.vocabulary.kinds)}")

    def check(given_: tuple[Situation, int]) -> None:
        situation, seed = given_
        maker = Maker(rulebook, situation.as_of)
        before = outcomes(rulebook, situation.case, situation.as_of)
        more, path = with_one_more(maker, Seeded(seed), situation.case, tuple(kinds))
        after = outcomes(rulebook, more, situation.as_of)
        _not_lost(silently_lost(before, after, rules), f"with {path} as well", Situation(more, situation.as_of))

    return _test(st.tuples(_with_a_must(rulebook), SEEDS), check)


def no_must_is_lost_overnight(rulebook: Rulebook, reviewed: Collection[str] = ()) -> Property:
    """With the same facts on the next day, a rule with a `must` that applied still applies, or asks.

    A rule may be meant to end with an age or a length of time: such rules, by full or short name, are `reviewed`.
    """
    known = {_rule(rulebook, each) for each in reviewed}
    rules = frozenset(must_rules(rulebook) - known)

    def check(situation: Situation) -> None:
        tomorrow = AsOf.of(situation.as_of.day + timedelta(days=1))
        before = outcomes(rulebook, situation.case, situation.as_of)
        after = outcomes(rulebook, situation.case, tomorrow)
        _not_lost(silently_lost(before, after, rules), f"on the next day, {tomorrow}", situation)

    return _test(_with_a_must(rulebook), check)


# --- what never matters, and what is always so


def order_does_not_matter(rulebook: Rulebook) -> Property:
    """Records, words and keys in another order, and words said twice, change nothing that is recommended or asked."""

    def check(given_: tuple[Situation, int]) -> None:
        situation, seed = given_
        other = in_another_order(Seeded(seed), situation.case)
        _same(rulebook, situation, other, "in another order, or with words said twice")

    return _test(st.tuples(situations(rulebook), SEEDS), check)


def irrelevant_facts_do_not_matter(rulebook: Rulebook) -> Property:
    """Labels, strengths, and facts that no rule reads change nothing that is recommended or asked."""

    def check(given_: tuple[Situation, int]) -> None:
        situation, seed = given_
        maker = Maker(rulebook, situation.as_of)
        other = with_irrelevant_facts(maker, Seeded(seed), situation.case)
        _same(rulebook, situation, other, "with facts that no rule reads")

    return _test(st.tuples(situations(rulebook), SEEDS), check)


def answering_removes_the_question(rulebook: Rulebook) -> Property:
    """What becomes known is not asked for again, whatever the answer."""

    def check(given_: tuple[Situation, int]) -> None:
        situation, seed = given_
        asked = situation.evaluate(rulebook).questions
        maker, dice = Maker(rulebook, situation.as_of), Seeded(seed)
        learning = Learning(dice, situation.case, rulebook.vocabulary, maker.points)
        answered = learning.answer(dice.pick([each.path for each in asked])) if asked else None
        if answered is not None:
            path, case = answered
            again = {each.path for each in rulebook.evaluate(case, as_of=situation.as_of).questions}
            _hold(path not in again, f"`{path}` is answered, and asked for again", Situation(case, situation.as_of))

    return _test(st.tuples(situations(rulebook), SEEDS), check)


def every_action_is_cited(rulebook: Rulebook) -> Property:
    """Every recommended action, each of its demands and every assumption behind it cites a statement."""

    def check(situation: Situation) -> None:
        for action in situation.evaluate(rulebook).actions:
            bare = [demand.rule for demand in action.demands if not demand.citations]
            bare += [each.name for demand in action.demands for each in demand.assumed if not each.citations]
            said = f"`{action.action}` comes without a citation: {', '.join(bare) or 'its own'}"
            _hold(bool(action.citations) and not bare, said, situation)

    return _test(situations(rulebook), check)


def replay_is_equal(rulebook: Rulebook) -> Property:
    """The same case on the same day gives the same bytes, also after it was written out and read again."""

    def check(situation: Situation) -> None:
        again = Case.from_json(situation.case.model_dump_json())
        first = situation.evaluate(rulebook).to_json()
        second = rulebook.evaluate(again, as_of=situation.as_of).to_json()
        _hold(first == second, "evaluated twice, it gives two answers", situation)

    return _test(situations(rulebook), check)


def certain_answers_never_flip(rulebook: Rulebook) -> Property:
    """What is certain without any assumption stays so when everything else becomes known."""

    def check(given_: tuple[Situation, int]) -> None:
        situation, seed = given_
        points = Maker(rulebook, situation.as_of).points
        whole = Learning(Seeded(seed), situation.case, rulebook.vocabulary, points).everything()
        if whole is not None:
            before = certain_outcomes(rulebook, situation.case, situation.as_of)
            after = certain_outcomes(rulebook, whole, situation.as_of)
            for (rule, subject), truth, now in flipped(before, after):
                said = f"`{rule}` ({subject}) is certainly `{names_of(truth)}`, and `{names_of(now)}` when all is known"
                _hold(False, said, situation)

    return _test(st.tuples(situations(rulebook), SEEDS), check)


def localities_only_tighten(national: Rulebook, local: Rulebook) -> Property:
    """Each finding of the shared packs is there with a locality as well, with an outcome that is no lower.

    The order is `does_not_apply`, `undetermined`, `applies`; and every demand of what applies is in the local result.
    """
    demanded = _demands(national)
    kept = _demands(local)
    if lost := sorted(set(demanded) - set(kept)):
        raise CallError(f"{local.locality} leaves out a demand of the shared packs: {' '.join(lost[0])}")

    def check(situation: Situation) -> None:
        shared = outcomes(national, situation.case, situation.as_of)
        here = outcomes(local, situation.case, situation.as_of)
        for (rule, subject), was, now in lowered(shared, here):
            said = f"{local.locality} lowers `{rule}` ({subject}) from `{was}` to `{now or 'nothing'}`"
            _hold(False, said, situation)

    return _test(st.one_of(_at_what_changed(national, local), situations(local)), check)


# --- within


def _test(strategy: st.SearchStrategy[Any], check: Callable[[Any], None]) -> Property:
    @given(strategy)
    def holds(example: Any) -> None:
        check(example)

    return holds


def _where(rulebook: Rulebook, when: str, action: str, outcome: Outcome, as_of: AsOf) -> st.SearchStrategy[Case]:
    """Cases for a premise, most of them towards an outcome of the rules that ask for an action."""
    return cases_where_and(rulebook, when, _asking(rulebook, (action,), as_of), outcome, as_of)


def _asking(rulebook: Rulebook, names: Collection[str], as_of: AsOf) -> list[str]:
    found = rulebook.program(as_of).rules
    return [each.rule.name for each in found if any(demand.action in names for demand in each.form.demands)]


def _on(as_of: AsOf, strategy: st.SearchStrategy[Case]) -> st.SearchStrategy[Situation]:
    """Cases on one day; drawn and not mapped, so that Hypothesis prints them as a file."""

    @st.composite
    def situation(draw: Draw) -> Situation:
        return Situation(draw(strategy), as_of)

    return situation()


def _hold(holds: bool, said: str, situation: Situation) -> None:
    if not holds:
        raise AssertionError(f"{said}\n{situation}")


def _not_lost(lost: Iterable[tuple[str, str]], how: str, situation: Situation) -> None:
    for rule, subject in lost:
        said = f"`{rule}` ({subject}) applies, and {how} it is ruled out without a question"
        _hold(False, said, situation)


def _same(rulebook: Rulebook, situation: Situation, other: Case, how: str) -> None:
    one, two = (_told(rulebook, case, situation.as_of) for case in (situation.case, other))
    for name, said in one.items():
        told = f"{how}, the {name} are others: {said} and {two[name]}"
        _hold(said == two[name], told, situation)


def _told(rulebook: Rulebook, case: Case, as_of: AsOf) -> dict[str, list[Any]]:
    evaluation = rulebook.evaluate(case, as_of=as_of)
    return {
        "outcomes": sorted(evaluation.outcomes().items()),
        "actions": [(a.action, a.about.id, a.obligation, a.certainty, len(a.demands)) for a in evaluation.actions],
        "questions": [question.path for question in evaluation.questions],
        "conflicts": [(each.negative, each.positive, each.certain) for each in evaluation.conflicts],
    }


def _with_a_must(rulebook: Rulebook) -> st.SearchStrategy[Situation]:
    """Cases in which some rule with a `must` applies, with whatever else is known."""
    found = []
    for rule in sorted(must_rules(rulebook)):
        try:
            found.append(cases_matching(rulebook, rule, "applies"))
        except CallError:
            continue  # it speaks on other days, or in another area
    return _on(DAY, st.one_of(found)) if found else situations(rulebook)


def _at_what_changed(national: Rulebook, local: Rulebook) -> st.SearchStrategy[Situation]:
    """Cases in which rules come to something that read what the locality changes; any cases where there are none."""
    maker, program = Maker(national, DAY), national.program(DAY)
    shared, here = national.content, local.content
    changed = [name for name, each in shared.definitions.items() if each != here.definitions.get(name)]
    changed += [name for name, each in shared.parameters.items() if each != here.parameters.get(name)]
    speaking = {active.rule.name for active in program.rules}
    rules = sorted({rule for name in changed for rule in readers(program, name)} & speaking)

    @st.composite
    def aimed(draw: Draw) -> Situation:
        outcome = draw(st.sampled_from(("applies", "undetermined")))
        tree = maker.towards(Seeded(draw(SEEDS)), draw(st.sampled_from(rules)), outcome)
        return Situation(Case.model_validate(thin(draw, tree, local.vocabulary)), DAY)

    return aimed() if rules else situations(local)


def _leading_to(rulebook: Rulebook, names: Collection[str]) -> st.SearchStrategy[Situation]:
    """Cases in which some rule that asks for one of these actions applies, and any others."""
    maker, rules = Maker(rulebook, DAY), _asking(rulebook, names, DAY)

    @st.composite
    def aimed(draw: Draw) -> Situation:
        tree = maker.towards_all(Seeded(draw(SEEDS)), rules)
        return Situation(Case.model_validate(thin(draw, tree, rulebook.vocabulary)), DAY)

    return st.one_of(aimed(), situations(rulebook)) if rules else situations(rulebook)


def _demands(rulebook: Rulebook) -> dict[tuple[str, str, str], None]:
    found: dict[tuple[str, str, str], None] = {}
    for name, rule in rulebook.content.rules.items():
        for form in rule.forms:
            found.update(dict.fromkeys((name, demand.obligation, demand.action) for demand in form.demands))
    return found


def _action(rulebook: Rulebook, written: str) -> str:
    return _named(one_name("action", written, list(rulebook.content.actions)))


def _rule(rulebook: Rulebook, written: str) -> str:
    return _named(one_name("rule", written, list(rulebook.content.rules)))


def _named(found: str | Message) -> str:
    if isinstance(found, Message):
        raise CallError(found.text + (f"; {found.help}" if found.help else ""))
    return found
