"""Every contradiction between the sources, and every trap, has a case that shows it and does not only carry its name.

A case names what it shows under `shows`. For each name this table says what such a case expects, all of it in one case.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache

import pytest

from safeguard_rules.testing.case_files import PackCase
from safeguard_rules.testing.runner import CaseRunner
from tests.test_pack_cases import CONTRADICTIONS, LOCALITIES, PACKS, TRAPS

RUNNER = CaseRunner.with_plugins()

SHOWN: dict[str, tuple[str, ...]] = {
    # --- contradictions
    "contradiction-C1": ("report-injury applies", "given rolls_both_ways"),
    "contradiction-C2": ("report-injury applies", "must report-to-social-care", 'given "explanation": "given"'),
    "contradiction-C3": (
        "multi-agency-discussion applies",
        "should report-to-social-care",
        "never says open a section 47",
    ),
    "contradiction-C4": ("review-unsure-mark applies", "should same-day-mark-review"),
    "contradiction-C5": ("health-review applies", "says should: the same day", "never says 5 days"),
    "contradiction-C6": ("report-injury applies", "never says %", "never says per cent"),
    "contradiction-C7": ("share-despite-no-consent applies", "should share-to-protect", "no ask-agreement"),
    "contradiction-C8": ("child-is-victim does_not_apply", "unborn-at-risk applies", "no record-child-as-victim"),
    "contradiction-C9": ("refer-unborn-at-risk applies", "should report-to-social-care", "never says 20 weeks"),
    "contradiction-C10": ("late-or-hidden-pregnancy applies", "should find-out-why-late"),
    "contradiction-C11": ("never-share-a-risky-bed applies", "safer-sharing-where-no-risk does_not_apply"),
    "contradiction-C12": ("safer-sharing-where-no-risk applies", "no share-risky-bed"),
    "contradiction-C13": ("must report-to-social-care", "says 0300 456 0100 (out of hours)", "never says 0845 6070888"),
    "contradiction-C14": ("score-is-not-for-child applies", "decide-for-child applies"),
    "contradiction-C15": ("share-notification applies", "should share-abuse-notification"),
    # --- traps
    "trap-1": ("report-injury does_not_apply", "no report-to-social-care"),
    "trap-2": ("report-injury applies", "assumes not_independently_mobile", "asks child.movements"),
    "trap-3": ("report-injury applies", "must report-to-social-care", "given protective_factors"),
    "trap-4": ("report-injury does_not_apply", "document-recorded-mark applies", "no report-to-social-care"),
    "trap-5": ("share-despite-no-consent applies", "must report-to-social-care"),
    "trap-6": ("should_not tell-family", "no give-parents-leaflet"),
    "trap-7": ("child-is-victim does_not_apply", "unborn-at-risk applies", "should assess-risk-to-unborn"),
    "trap-8": ("not-with-others-there applies", "time-alone-to-ask applies"),
    "trap-9": ("assess-carer applies", "should assess-person", "given assessments"),
    "trap-10": ("assess-carer applies", "assess-father-or-man-who-cares does_not_apply", "somebody-new applies"),
    "trap-11": ("assess-carer applies", 'given "lives_with_child": false'),
    "trap-12": ("news-reopens applies", "should review-risk-assessment", "never says risk is low"),
    "trap-13": ("no-word-in-a-working-day applies",),
    "trap-14": ("no-word-in-a-working-day applies", "should chase-referral", "given done"),
    "trap-15": ("adult-at-high-risk does_not_apply", "decide-for-child applies", "no refer-adult-to-marac"),
    "trap-16": ("danger-now applies", "not-enough-done applies", "says only after: “Call 999 now”"),
    "trap-17": ("suspect-bruise applies", "says for health – “Suspect maltreatment when a bruise"),
    "trap-18": (
        "sleep-advice-for-absent-carer applies",
        "should give-safer-sleep-advice",
        "should advise-absent-carer",
    ),
    "trap-19": ("report-injury applies", "must report-to-social-care", "says local policy", "never says statute"),
    "trap-20": ("report-injury applies", "must report-to-social-care", "given warm_with_carer"),
}
"""What one case of each name expects: outcomes of rules, obligations of actions, actions that are not there, words."""

NAMES = [f"contradiction-C{number}" for number in CONTRADICTIONS] + [f"trap-{number}" for number in TRAPS]


@cache
def labelled() -> dict[str, tuple[PackCase, ...]]:
    """The cases of all packs and localities under each name that they carry; that they pass is another test."""
    found: dict[str, list[PackCase]] = {}
    for pack in (*PACKS, *LOCALITIES):
        for names, _ in RUNNER.read(pack).cases:
            for name in names.case.shows:
                found.setdefault(name, []).append(names.case)
    return {name: tuple(cases) for name, cases in found.items()}


def expected_of(case: PackCase) -> Iterator[str]:
    """What a case expects, in the words of the table above; what it is given comes with `given`."""
    expect = case.expect
    for rule, finding in expect.findings.items():
        if isinstance(finding, str):
            yield f"{rule} {finding}"
            continue
        yield from (
            f"{rule} {word}" for word in ("applies", "undetermined", "does_not_apply") if getattr(finding, word)
        )
        yield from (f"assumes {name}" for name in (*finding.unless, *finding.as_precaution))
    for obligation in ("must", "should", "consider", "must_not", "should_not"):
        yield from (f"{obligation} {action}" for action in getattr(expect.actions, obligation))
    yield from (f"no {action}" for action in expect.no_actions)
    yield from (f"asks {path}" for path in expect.questions)
    yield from (f"says {words}" for words in expect.says)
    yield from (f"never says {words}" for words in expect.never_says)


def given(case: PackCase) -> str:
    """What a case is given, as JSON in which a word can be looked for."""
    return json.dumps(case.case.model_dump(mode="json", exclude_none=True, exclude_defaults=True))


def missing(case: PackCase, wanted: tuple[str, ...]) -> list[str]:
    """What of the table's words the case does not expect, and is not given."""
    found, facts = set(expected_of(case)), given(case)
    return [
        each
        for each in wanted
        if each not in found and not (each.startswith("given ") and each.removeprefix("given ") in facts)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_case_shows_it_and_does_not_only_carry_its_name(name: str) -> None:
    short_of = {case.title: missing(case, SHOWN[name]) for case in labelled().get(name, ())}
    assert [] in short_of.values(), short_of


def test_the_table_names_all_fifteen_contradictions_and_twenty_traps_and_nothing_else() -> None:
    assert list(SHOWN) == NAMES
    assert (len(CONTRADICTIONS), len(TRAPS)) == (15, 20)


def test_a_name_alone_shows_nothing() -> None:
    (case, *_) = labelled()["trap-15"]
    assert missing(case, ("refer-adult-to-marac applies", "given nothing of the kind"))
