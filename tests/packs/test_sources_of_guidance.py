"""Every section of the guidance has its registers: for sections 1 to 10, which sources carry each of them.

The table is by numbers of sections, as the guidance of the domain counts them. A register that goes, or that comes
without a section, fails. What the registers say is checked by the loader, and by who reviews the packs.
"""

from __future__ import annotations

import re
from functools import cache

import pytest

from safeguard_rules.packs.files import read_pack
from safeguard_rules.packs.models import SourceFile, StatementFile
from safeguard_rules.packs.plugins import activate
from safeguard_rules.packs.whereabouts import shown_name
from safeguard_rules.source import Issue

SECTIONS = {
    "1": "wiltshire-under-1s wiltshire-under-1s-earlier wiltshire-bruising-notice wiltshire-contacts "
    "wiltshire-health-visiting wiltshire-pre-birth wiltshire-vulnerability-resource panel-annual-2022-23",
    "1a": "pan-bsw-bruising swindon-bruising-briefing swindon-escalation swindon-unborn-protocol cornwall-bruising",
    "2": "stoke-thematic-review stoke-contacts stoke-escalation staffordshire-adults-escalation "
    "staffordshire-consent staffordshire-unborn",
    "3.1": "panel-invisible-men-2021 rcgp-toolkit york-engaging-fathers london-pre-birth",
    "3.2": "out-of-routine-2020 rotherham-sudi north-yorkshire-sudi",
    "3.3": "panel-bruising-2022 rcpch-bruising-2020",
    "3.4": "panel-domestic-abuse-2022",
    "3.5": "panel-annual-2022-23 panel-annual-fourth panel-annual-2023-24",
    "4.1": "working-together-2023 working-together-2018 keeping-children-safe-in-education children-act-1989 "
    "kent-medway-unborn sussex-referrals nottinghamshire-strategy-discussion cambridgeshire-conferences "
    "tees-assessment-time norfolk-information-sharing bedford-information-sharing guernsey-assessment-framework "
    "great-yarmouth-policy childrens-wellbeing-and-schools-bill",
    "4.2": "dfe-information-sharing-2024 dfe-information-sharing-2018 coventry-information-sharing "
    "leicestershire-information-sharing hertfordshire-information-sharing older-consent-pages",
    "4.3": "uk-gdpr data-protection-act-2018 data-use-and-access-act-2025 hansard-2017-12",
    "4.4": "gmc-protecting-children",
    "5.1": "domestic-abuse-act-2021 hansard-2021-03-08 domestic-abuse-statutory-guidance-2022 "
    "leicestershire-domestic-abuse tonbridge-solihull-domestic-abuse",
    "5.2": "safelives-dash dash-score-pages nice-qs116 nice-ph50 nice-cg110 operation-encompass-2025 "
    "police-disclosure-pages",
    "6.1": "nice-cg89",
    "6.2": "nice-ng76",
    "6.3": "nice-ng38 rcr-skeletal-survey-2018",
    "6.4": "rcpch-bruising-2020 tayside-bruising-summary us-bruising-study",
    "7": "lullaby-trust humber-safer-sleep sudi-risk-factors icon baby-steps wiltshire-baby-steps five-to-thrive "
    "dadpad first-1001-days",
    "8": "who-motor-milestones rolling-and-standing-pages panel-bruising-2022 nice-cg89 wiltshire-under-1s "
    "surrey-bruising rotherham-bruising leicestershire-rutland-bruising durham-bruising scottish-borders-bruising "
    "south-devon-formulary west-sussex-bruising wigan-bruising hertfordshire-bruising bristol-bruising",
    "9": "wolverhampton-unborn tees-pre-birth cambridgeshire-pre-birth nice-cg110 leeds-vulnerable-parents "
    "leeds-moved-family devon-infant-b devon-baby-f sussex-concealed-pregnancy doncaster-late-booking "
    "hertfordshire-concealed-pregnancy london-pre-birth walsall-unborn solihull-unborn bath-unborn "
    "kent-medway-unborn protective-factors-general",
    "10": "wiltshire-under-1s wigan-bruising southampton-bruising devon-flowchart scottish-borders-bruising "
    "brighton-bruising bristol-bruising south-gloucestershire-review bury-seven-minute-briefing bedford-bruising "
    "rotherham-bruising bedfordshire-0-19 sussex-bruising tees-bruising bradford-bruising west-sussex-bruising "
    "buckinghamshire-bruising uh-sussex-leaflet leeds-hospitals-bruising hertfordshire-bruising "
    "voice-of-the-infant york-observation-tool south-west-escalation london-professional-conflict "
    "cumbria-escalation leeds-resolution gloucestershire-escalation hips-procedures",
}
"""The registers that carry each subsection of the guidance, by its number."""

CONTRADICTIONS_AND_RULES = (
    "birmingham-2020-21-01 brighton-baby-c cumbria-review devon-review norfolk-ab1-ab2 norfolk-child-v "
    "northamptonshire-child-i nottinghamshire-medicals newcastle-contacts london-referrals nspcc-infants "
    "north-yorkshire-resolution shropshire-escalation gov-uk-bank-holidays banking-act-1971"
)
"""Registers that only the later sections name: contradictions, traps (bank holidays), rows of the table of rules, and
the stories."""


@cache
def registers() -> dict[str, SourceFile]:
    """Every register of the bundled packs that is about a document, by its id."""
    issues: list[Issue] = []
    packs = [read_pack(folder, shown_name(folder), issues) for _, folder in activate().packs]
    assert issues == []
    found = [part.model for pack in packs if pack is not None for part in pack.sources]
    return {each.source: each for each in found if each.force != "proposal"}


def statements() -> list[tuple[str, SourceFile, StatementFile]]:
    return [
        (f"{source}/{id_}", register, statement)
        for source, register in registers().items()
        for id_, statement in register.statements.items()
    ]


@pytest.mark.parametrize("section", SECTIONS)
def test_the_sources_of_a_section_have_registers_with_statements(section: str) -> None:
    missing = [each for each in SECTIONS[section].split() if each not in registers()]
    empty = [each for each in SECTIONS[section].split() if each in registers() and not registers()[each].statements]
    assert (missing, empty) == ([], [])


def test_every_register_belongs_to_a_section() -> None:
    told = {each for line in (*SECTIONS.values(), CONTRADICTIONS_AND_RULES) for each in line.split()}
    assert told == set(registers())


def test_no_section_names_a_register_twice() -> None:
    for line in (*SECTIONS.values(), CONTRADICTIONS_AND_RULES):
        assert len(line.split()) == len(set(line.split()))


def test_what_is_not_verified_names_no_paragraph() -> None:
    unverified = [
        (name, statement.at)
        for name, register, statement in statements()
        if (statement.known or register.known) == "unverified"
    ]
    assert unverified
    assert [each for each in unverified if re.search(r"\d", each[1])] == []


def test_what_is_closed_says_why_in_a_sentence() -> None:
    closed = [
        (name, why)
        for name, _, statement in statements()
        for why in (statement.left_to_people, statement.not_yet, statement.withdrawn)
        if why is not None
    ]
    assert closed
    assert [name for name, why in closed if len(why.split()) < 2 or not why.endswith(".")] == []


def test_every_statement_is_a_sentence() -> None:
    assert [name for name, _, statement in statements() if not statement.says.strip().endswith(".")] == []
