"""For testers of rules: Hypothesis strategies, ready-made properties, a state machine for a case that learns.

    from safeguard_rules import Rulebook
    from safeguard_rules.testing import always, cases_matching

    rulebook = Rulebook.load()
    test_danger = always(rulebook, "emergency-care", when="{child.seriously_ill_or_hurt: true}")

This needs the extra `testing`: `pip install "safeguard-rules[testing]"`. The library itself imports nothing of it,
so the names here are looked up when they are asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from safeguard_rules.testing.case_text import as_yaml
    from safeguard_rules.testing.near_missing import NearMiss
    from safeguard_rules.testing.properties import (
        always,
        answering_removes_the_question,
        at_least_a_question,
        certain_answers_never_flip,
        every_action_is_cited,
        irrelevant_facts_do_not_matter,
        localities_only_tighten,
        never,
        never_both,
        no_must_is_lost_by_forgetting,
        no_must_is_lost_by_one_more,
        no_must_is_lost_overnight,
        order_does_not_matter,
        replay_is_equal,
    )
    from safeguard_rules.testing.reassessment import Reassessment
    from safeguard_rules.testing.situation import DAY, Situation
    from safeguard_rules.testing.strategies import (
        cases,
        cases_matching,
        cases_where,
        completions_of,
        evaluation_dates,
        evidence_for,
        families,
        near_misses,
        partial_of,
        situations,
    )

__all__ = [
    "DAY",
    "NearMiss",
    "Reassessment",
    "Situation",
    "always",
    "answering_removes_the_question",
    "as_yaml",
    "at_least_a_question",
    "cases",
    "cases_matching",
    "cases_where",
    "certain_answers_never_flip",
    "completions_of",
    "evaluation_dates",
    "every_action_is_cited",
    "evidence_for",
    "families",
    "irrelevant_facts_do_not_matter",
    "localities_only_tighten",
    "near_misses",
    "never",
    "never_both",
    "no_must_is_lost_by_forgetting",
    "no_must_is_lost_by_one_more",
    "no_must_is_lost_overnight",
    "order_does_not_matter",
    "partial_of",
    "replay_is_equal",
    "situations",
]

_HOMES = ("case_text", "near_missing", "situation", "strategies", "properties", "reassessment")


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"safeguard_rules.testing has no `{name}`")
    try:
        homes = [import_module(f"{__name__}.{home}") for home in _HOMES]
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "hypothesis":
            raise
        said = f"`{name}` needs the extra `testing`, which is not installed: pip install 'safeguard-rules[testing]'"
        raise ImportError(said, name="hypothesis") from None
    return next(getattr(home, name) for home in homes if hasattr(home, name))


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
