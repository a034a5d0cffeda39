"""The forty rules as a person would write them in numpy, where everything is known: true or false, a column at a time.

Words and sets of words are bits of whole numbers, days whole numbers, lists padded to the longest one (`columns`).
It is the work of the forty rules and nothing else: another pack needs another such file. The benchmarks hold its
verdicts to those of the library before anything is timed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.peers.columns import Columns, bits
from benchmarks.peers.lowering import NOT_YET

INJURY_KIND_1 = bits("injury.kind", "bruise", "petechiae")
INJURY_EXPLANATION_1 = bits("injury.explanation", "none_given")
INJURY_EXPLANATION_PROBLEMS_1 = bits("injury.explanation_problems", "implausible", "accounts_differ", "account_changed")
INJURY_KIND_2 = bits("injury.kind", "fracture", "burn_or_scald", "head_injury", "eye_bleed")
INJURY_KIND_3 = bits("injury.kind", "bite", "mouth_bleeding", "swelling")
INJURY_EXPLANATION_3 = bits("injury.explanation", "given")
INCIDENT_KINDS_1 = bits("incident.kinds", "physical", "choking")
INCIDENT_EFFECT_ON_CHILD_1 = bits("incident.effect_on_child", "saw", "heard")
INCIDENT_KINDS_2 = bits("incident.kinds", "controlling", "economic")
INCIDENT_KINDS_3 = bits("incident.kinds", "physical", "sexual")
INCIDENT_KINDS_4 = bits("incident.kinds", "stalking")
PERSON_POLICE_INFORMATION_1 = bits("person.police_information", "not_sought", "awaited")
PERSON_SEES_CHILD_1 = bits("person.sees_child", "regularly")
PERSON_HISTORY_1 = bits("person.history", "violence", "child_injured", "child_removed")
PERSON_HISTORY_2 = bits("person.history", "violence", "substance_misuse")
PERSON_SEES_CHILD_2 = bits("person.sees_child", "never")
PERSON_RELATION_1 = bits("person.relation", "mother", "parents_partner")
PERSON_POLICE_INFORMATION_2 = bits("person.police_information", "received", "not_needed")
PERSON_RELATION_2 = bits("person.relation", "lodger", "friend", "other")
PERSON_HISTORY_3 = bits("person.history", "domestic_abuse", "child_injured")
CONTACT_SEEN_1 = bits("contact.seen", "awake")
CONTACT_CUES_1 = bits("contact.cues", "content", "alert")
CONTACT_SEEN_2 = bits("contact.seen", "not_seen")
CONTACT_CUES_2 = bits("contact.cues", "silent", "still", "watchful")
CONTACT_SEEN_3 = bits("contact.seen", "awake", "asleep")
REFERRAL_RESPONSE_1 = bits("referral.response", "refused", "passed_to_early_help")
REFERRAL_RESPONSE_2 = bits("referral.response", "awaited")
REFERRAL_RESPONSE_3 = bits("referral.response", "awaited", "more_enquiries_by_referrer")
CHILD_MOVEMENTS_1 = bits("child.movements", "crawls", "bottom_shuffles", "cruises", "walks")
CASE_PLAN_1 = bits("case.plan", "no_plan", "early_help")
CHILD_MOVEMENTS_2 = bits("child.movements", "crawls", "walks")
CASE_PLAN_2 = bits("case.plan", "child_protection", "looked_after")
CASE_STATUS_1 = bits("case.status", "closed")
CASE_PLAN_3 = bits("case.plan", "looked_after")
CASE_SUPPORT_NEEDS_1 = bits("case.support_needs", "isolation")
CASE_VULNERABILITIES_1 = bits("case.vulnerabilities", "no_support", "young_parent", "poverty")
CASE_STATUS_2 = bits("case.status", "closed", "never_open")
CASE_PLAN_4 = bits("case.plan", "child_protection")
CASE_VULNERABILITIES_2 = bits("case.vulnerabilities", "neglect", "previous_concealed_pregnancy")
CASE_VULNERABILITIES_3 = bits("case.vulnerabilities", "crowded_home", "no_settled_home", "frequent_moves")
CASE_SUPPORT_NEEDS_2 = bits("case.support_needs", "bonding")
CASE_STATUS_3 = bits("case.status", "open")
CASE_VULNERABILITIES_4 = bits(
    "case.vulnerabilities", "young_parent", "avoids_services", "not_registered_with_gp", "learning_difficulty"
)

any_of = np.logical_or.reduce
all_of = np.logical_and.reduce


def number_of(there: Any) -> Any:
    """How many records of each case's list it is true of."""
    return np.add.reduce(there, axis=0, dtype=np.int8)


def verdicts(c: Columns) -> Any:
    """Whether each of the forty rules applies to each case: an array of 40 rows."""
    out = np.empty((40, len(c.child_disabled)), dtype=np.bool_)
    today = c.today
    ahead_7 = today + 7
    ago_3 = today - 3
    ago_7 = today - 7
    ago_14 = today - 14
    ago_21 = today - 21
    ago_28 = today - 28
    ago_42 = today - 42
    ago_56 = today - 56
    ago_84 = today - 84
    ago_90 = today - 90
    ago_120 = today - 120
    ago_182 = today - 182
    ago_364 = today - 364

    # --- the child and the case
    born_on_1 = c.child_born_on > ago_182
    movements_1 = (c.child_movements & CHILD_MOVEMENTS_1) == 0
    plan_1 = (c.case_plan & CASE_PLAN_1) != 0
    seriously_ill_or_hurt_1 = c.child_seriously_ill_or_hurt
    birth_weight_1 = c.child_birth_weight < 2500
    gestation_at_birth_1 = c.child_gestation_at_birth < 259
    movements_2 = (c.child_movements & CHILD_MOVEMENTS_2) != 0
    disabled_1 = c.child_disabled
    plan_2 = (c.case_plan & CASE_PLAN_2) != 0
    status_1 = (c.case_status & CASE_STATUS_1) != 0
    gestation_at_birth_2 = (c.child_gestation_at_birth >= 168) & (c.child_gestation_at_birth <= 238)
    plan_3 = (c.case_plan & CASE_PLAN_2) == 0
    disabled_2 = ~c.child_disabled
    status_2 = (c.case_status & CASE_STATUS_1) == 0
    concealed_1 = c.pregnancy_concealed
    plan_4 = (c.case_plan & CASE_PLAN_3) == 0
    support_needs_1 = (c.case_support_needs & CASE_SUPPORT_NEEDS_1) == 0
    born_on_2 = c.child_born_on >= ago_42
    vulnerabilities_1 = (c.case_vulnerabilities & CASE_VULNERABILITIES_1) != 0
    status_3 = (c.case_status & CASE_STATUS_2) != 0
    plan_5 = (c.case_plan & CASE_PLAN_4) != 0
    vulnerabilities_2 = (c.case_vulnerabilities & CASE_VULNERABILITIES_2) != 0
    born_on_3 = c.child_born_on > ago_364
    plan_6 = (c.case_plan & CASE_PLAN_3) != 0
    vulnerabilities_3 = (c.case_vulnerabilities & CASE_VULNERABILITIES_3) != 0
    support_needs_2 = (c.case_support_needs & CASE_SUPPORT_NEEDS_2) != 0
    concealed_2 = ~c.pregnancy_concealed
    status_4 = (c.case_status & CASE_STATUS_3) != 0
    born_on_4 = c.child_born_on > ago_84
    closed_on_1 = c.case_closed_on < ago_28
    booked_on_1 = c.pregnancy_booked_on == NOT_YET
    vulnerabilities_4 = (c.case_vulnerabilities & CASE_VULNERABILITIES_4) != 0
    birth_weight_2 = c.child_birth_weight <= 2800
    booked_on_2 = (c.pregnancy_booked_on >= ago_120) & (c.pregnancy_booked_on <= today)

    # --- injuries: a row for each place in the list, False where there is no record
    there = c.injuries
    injury_1 = any_of(there & ((c.injury_kind & INJURY_KIND_1) != 0) & (c.injury_noticed_on >= ago_14))
    injury_2 = any_of(there & ((c.injury_explanation & INJURY_EXPLANATION_1) != 0))
    injury_3 = any_of(there & ((c.injury_explanation_problems & INJURY_EXPLANATION_PROBLEMS_1) != 0))
    injury_4 = number_of(there) >= 3
    injury_5 = any_of(there & ((c.injury_kind & INJURY_KIND_2) != 0) & ~c.injury_medical_cause)
    injury_6 = any_of(there & (c.injury_noticed_on < ago_7) & ~c.injury_matches_record)
    injury_7 = any_of(
        there & ((c.injury_kind & INJURY_KIND_3) != 0) & ((c.injury_explanation & INJURY_EXPLANATION_3) != 0)
    )
    injury_8 = all_of(~there | (c.injury_matches_record | c.injury_medical_cause))
    injury_9 = any_of(there & (c.injury_noticed_on < c.case_closed_on))

    # --- incidents: a row for each place in the list, False where there is no record
    there = c.incidents
    incident_1 = any_of(there & ((c.incident_kinds & INCIDENT_KINDS_1) != 0) & (c.incident_happened_on >= ago_90))
    incident_2 = any_of(there & c.incident_escalating & (c.incident_happened_on >= ago_28))
    incident_3 = number_of(there & (c.incident_happened_on >= ago_90)) >= 2
    incident_4 = any_of(there & (c.incident_dash_yes_answers >= 10))
    incident_5 = any_of(there & (c.incident_dash_yes_answers >= 5) & (c.incident_dash_yes_answers <= 13))
    incident_6 = all_of(~there | ((c.incident_effect_on_child & INCIDENT_EFFECT_ON_CHILD_1) == 0))
    incident_7 = any_of(there & (c.incident_notified_on == NOT_YET) & (c.incident_happened_on < ago_3))
    incident_8 = any_of(there & (c.incident_happened_on < c.child_born_on))
    incident_9 = any_of(there & ((c.incident_kinds & INCIDENT_KINDS_2) != 0))
    incident_10 = number_of(there & ((c.incident_kinds & INCIDENT_KINDS_3) != 0)) <= 0
    incident_11 = any_of(
        there
        & (
            ((c.incident_kinds & INCIDENT_KINDS_4) != 0)
            | c.incident_escalating
            & ((c.incident_effect_on_child & INCIDENT_EFFECT_ON_CHILD_1) == INCIDENT_EFFECT_ON_CHILD_1)
        )
    )
    incident_12 = any_of(there & (c.incident_notified_on < ago_14) & ~c.incident_escalating)

    # --- people: a row for each place in the list, False where there is no record
    there = c.people
    person_1 = any_of(there & ~c.person_identified & c.person_lives_with_child)
    person_2 = any_of(
        there & c.person_lives_with_child & ((c.person_police_information & PERSON_POLICE_INFORMATION_1) != 0)
    )
    person_3 = any_of(
        there & (c.person_joined_on > c.child_born_on) & ((c.person_sees_child & PERSON_SEES_CHILD_1) != 0)
    )
    person_4 = all_of(~there | ((c.person_history & PERSON_HISTORY_1) == 0))
    person_5 = any_of(
        there
        & ((c.person_history & PERSON_HISTORY_2) == PERSON_HISTORY_2)
        & ((c.person_sees_child & PERSON_SEES_CHILD_2) == 0)
    )
    person_6 = number_of(there & c.person_lives_with_child) >= 4
    person_7 = any_of(there & c.person_signs_of_abuse & ((c.person_relation & PERSON_RELATION_1) != 0))
    person_8 = all_of(~there | ((c.person_police_information & PERSON_POLICE_INFORMATION_2) != 0))
    person_9 = any_of(there & (c.person_joined_on >= ago_56))
    person_10 = any_of(
        there
        & ((c.person_relation & PERSON_RELATION_2) != 0)
        & (((c.person_history & PERSON_HISTORY_3) != 0) | c.person_signs_of_abuse)
    )

    # --- contacts: a row for each place in the list, False where there is no record
    there = c.contacts
    contact_1 = any_of(
        there
        & ((c.contact_seen & CONTACT_SEEN_1) != 0)
        & (c.contact_happens_on >= ago_14)
        & (c.contact_happens_on <= today)
        & ((c.contact_cues & CONTACT_CUES_1) != 0)
    )
    contact_2 = all_of(~there | (c.contact_observation_recorded))
    contact_3 = (
        number_of(
            there
            & ((c.contact_seen & CONTACT_SEEN_2) != 0)
            & (c.contact_happens_on >= ago_56)
            & (c.contact_happens_on <= today)
        )
        >= 2
    )
    contact_4 = any_of(there & ((c.contact_cues & CONTACT_CUES_2) != 0))
    contact_5 = any_of(there & (c.contact_happens_on >= today) & (c.contact_happens_on <= ahead_7))
    contact_6 = any_of(there & (c.contact_happens_on > c.case_closed_on) & ((c.contact_seen & CONTACT_SEEN_3) != 0))

    # --- referrals: a row for each place in the list, False where there is no record
    there = c.referrals
    referral_1 = any_of(there & (c.referral_acknowledged_on == NOT_YET) & (c.referral_sent_on < ago_3))
    referral_2 = any_of(there & ((c.referral_response & REFERRAL_RESPONSE_1) != 0) & ~c.referral_outcome_recorded)
    referral_3 = all_of(~there | (c.referral_outcome_recorded | ((c.referral_response & REFERRAL_RESPONSE_2) != 0)))
    referral_4 = number_of(there & ((c.referral_response & REFERRAL_RESPONSE_3) != 0)) >= 2
    number = number_of(there & (c.referral_sent_on >= ago_21))
    referral_5 = (number >= 1) & (number <= 3)

    out[0] = born_on_1 & injury_1  # young and a recent bruise
    out[1] = movements_1 & injury_2  # no explanation, and no movement seen
    out[2] = injury_3 & plan_1  # an explanation that does not fit
    out[3] = injury_4 | injury_5  # two injuries or more, or one grave
    out[4] = injury_6 & plan_1  # an injury that has waited
    out[5] = seriously_ill_or_hurt_1 & (birth_weight_1 | gestation_at_birth_1)  # ill or hurt at a low weight
    out[6] = movements_2 & injury_7 & ~disabled_1  # marks on a child who may have moved
    out[7] = injury_8 & plan_2  # every injury recorded, and a plan
    out[8] = status_1 & injury_9  # an injury from before the closing
    out[9] = gestation_at_birth_2 & injury_1  # early birth and a recent mark
    out[10] = incident_1 & plan_3  # physical abuse of late
    out[11] = incident_2 & ~disabled_2  # abuse that gets worse
    out[12] = incident_3 & status_2  # several incidents in a quarter
    out[13] = incident_4 | (incident_5 & concealed_1)  # many answers on the checklist
    out[14] = incident_6 & plan_4  # abuse that reaches nobody
    out[15] = incident_7 & support_needs_1  # no notice of an incident
    out[16] = incident_8 & born_on_2 & vulnerabilities_1  # abuse before the birth
    out[17] = incident_9 & incident_10  # control and little else
    out[18] = status_3 & incident_11  # stalking while the case is closed
    out[19] = incident_12 & ~contact_1  # late notice
    out[20] = person_1  # somebody unknown in the home
    out[21] = person_2 & (plan_5 | vulnerabilities_2)  # police information not sought
    out[22] = person_3 & born_on_3  # joined since the birth
    out[23] = person_4 & plan_6  # nobody with such a past
    out[24] = person_5  # two things from one past
    out[25] = person_6 & (vulnerabilities_3 | support_needs_2)  # a crowded home
    out[26] = person_7 & ~concealed_2  # signs of abuse of a parent
    out[27] = person_8 & ~person_1 & status_4  # police information for all
    out[28] = person_9 & born_on_4  # new people of late
    out[29] = person_10  # lodger or friend with a past
    out[30] = contact_1 & contact_2  # seen awake of late, and well
    out[31] = contact_3  # not seen twice
    out[32] = contact_4 & (disabled_2 | seriously_ill_or_hurt_1)  # still or silent
    out[33] = contact_5 & ~contact_2  # a visit ahead, and nothing written
    out[34] = contact_6 & closed_on_1  # seen again after the closing
    out[35] = (booked_on_1 | concealed_1) & vulnerabilities_4  # no booking, and hidden
    out[36] = referral_1 & plan_4  # a referral that nobody answered
    out[37] = referral_2  # refused and not written down
    out[38] = referral_3 & referral_4  # all written down, many awaited
    out[39] = referral_5 & (birth_weight_2 | booked_on_2)  # referred of late, small and booked late
    return out
