"""The forty rules as a person would write them in Python for speed, where everything is known: true or false.

Straight-line code over a flat dictionary (`ready.with_sets`). It has no place for what is not known.
It is the work of the forty rules and nothing else: another pack needs another such file. The benchmarks hold its
verdicts to those of the library before anything is timed.
"""

from __future__ import annotations

from benchmarks.peers.lowering import NOT_YET
from benchmarks.peers.ready import Ready

BRUISE_OR_PETECHIAE = frozenset({"bruise", "petechiae"})
INJURY_1 = frozenset({"implausible", "accounts_differ", "account_changed"})
INJURY_2 = frozenset({"fracture", "burn_or_scald", "head_injury", "eye_bleed"})
INJURY_3 = frozenset({"bite", "mouth_bleeding", "swelling"})
PHYSICAL_OR_CHOKING = frozenset({"physical", "choking"})
SAW_OR_HEARD = frozenset({"saw", "heard"})
CONTROLLING_OR_ECONOMIC = frozenset({"controlling", "economic"})
PHYSICAL_OR_SEXUAL = frozenset({"physical", "sexual"})
CONTENT_OR_ALERT = frozenset({"content", "alert"})
NOT_SOUGHT_OR_AWAITED = frozenset({"not_sought", "awaited"})
PERSON_4 = frozenset({"violence", "child_injured", "child_removed"})
VIOLENCE_OR_SUBSTANCE_MISUSE = frozenset({"violence", "substance_misuse"})
MOTHER_OR_PARENTS_PARTNER = frozenset({"mother", "parents_partner"})
RECEIVED_OR_NOT_NEEDED = frozenset({"received", "not_needed"})
PERSON_5 = frozenset({"lodger", "friend", "other"})
DOMESTIC_ABUSE_OR_CHILD_INJURED = frozenset({"domestic_abuse", "child_injured"})
CONTACT_6 = frozenset({"silent", "still", "watchful"})
AWAKE_OR_ASLEEP = frozenset({"awake", "asleep"})
REFUSED_OR_PASSED_TO_EARLY_HELP = frozenset({"refused", "passed_to_early_help"})
AWAITED_OR_MORE_ENQUIRIES_BY_REFERRER = frozenset({"awaited", "more_enquiries_by_referrer"})
CHILD_7 = frozenset({"crawls", "bottom_shuffles", "cruises", "walks"})
NO_PLAN_OR_EARLY_HELP = frozenset({"no_plan", "early_help"})
CRAWLS_OR_WALKS = frozenset({"crawls", "walks"})
CHILD_PROTECTION_OR_LOOKED_AFTER = frozenset({"child_protection", "looked_after"})
ISOLATION = frozenset({"isolation"})
CASE_8 = frozenset({"no_support", "young_parent", "poverty"})
CLOSED_OR_NEVER_OPEN = frozenset({"closed", "never_open"})
NEGLECT_OR_PREVIOUS_CONCEALED_PREGNANCY = frozenset({"neglect", "previous_concealed_pregnancy"})
CASE_9 = frozenset({"crowded_home", "no_settled_home", "frequent_moves"})
CASE_10 = frozenset({"young_parent", "avoids_services", "not_registered_with_gp", "learning_difficulty"})


def verdicts(case: Ready) -> list[bool]:
    """Whether each of the forty rules applies, in their order."""
    today = case["today"]
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

    born_on = case["child_born_on"]
    movements = case["child_movements"]
    plan = case["case_plan"]
    seriously_ill_or_hurt = case["child_seriously_ill_or_hurt"]
    birth_weight = case["child_birth_weight"]
    gestation_at_birth = case["child_gestation_at_birth"]
    disabled = case["child_disabled"]
    status = case["case_status"]
    concealed = case["pregnancy_concealed"]
    support_needs = case["case_support_needs"]
    vulnerabilities = case["case_vulnerabilities"]
    closed_on = case["case_closed_on"]
    booked_on = case["pregnancy_booked_on"]

    # --- injuries
    injury_1 = injury_2 = injury_3 = injury_5 = injury_6 = injury_7 = False
    injury_9 = False
    injury_8 = True
    for each in case["injuries"]:
        kind = each["kind"]
        noticed_on = each["noticed_on"]
        explanation = each["explanation"]
        explanation_problems = each["explanation_problems"]
        medical_cause = each["medical_cause"]
        matches_record = each["matches_record"]
        if kind in BRUISE_OR_PETECHIAE and noticed_on >= ago_14:
            injury_1 = True
        if explanation == "none_given":
            injury_2 = True
        if not INJURY_1.isdisjoint(explanation_problems):
            injury_3 = True
        if kind in INJURY_2 and not medical_cause:
            injury_5 = True
        if noticed_on < ago_7 and not matches_record:
            injury_6 = True
        if kind in INJURY_3 and explanation == "given":
            injury_7 = True
        if not (matches_record or medical_cause):
            injury_8 = False
        if noticed_on < closed_on:
            injury_9 = True
    injury_4 = len(case["injuries"]) >= 3

    # --- incidents
    incident_1 = incident_2 = incident_4 = incident_5 = incident_7 = incident_8 = False
    incident_11 = incident_12 = False
    incident_6 = True
    incident_3_number = incident_9_number = incident_10_number = 0
    for each in case["incidents"]:
        kinds = each["kinds"]
        happened_on = each["happened_on"]
        escalating = each["escalating"]
        dash_yes_answers = each["dash_yes_answers"]
        effect_on_child = each["effect_on_child"]
        notified_on = each["notified_on"]
        if not PHYSICAL_OR_CHOKING.isdisjoint(kinds) and happened_on >= ago_90:
            incident_1 = True
        if escalating and happened_on >= ago_28:
            incident_2 = True
        if happened_on >= ago_90:
            incident_3_number += 1
        if dash_yes_answers >= 10:
            incident_4 = True
        if 5 <= dash_yes_answers <= 13:
            incident_5 = True
        if not (SAW_OR_HEARD.isdisjoint(effect_on_child)):
            incident_6 = False
        if notified_on == NOT_YET and happened_on < ago_3:
            incident_7 = True
        if happened_on < born_on:
            incident_8 = True
        if not CONTROLLING_OR_ECONOMIC.isdisjoint(kinds):
            incident_9_number += 1
        if not PHYSICAL_OR_SEXUAL.isdisjoint(kinds):
            incident_10_number += 1
        if "stalking" in kinds or (escalating and effect_on_child >= SAW_OR_HEARD):
            incident_11 = True
        if notified_on < ago_14 and not escalating:
            incident_12 = True
    incident_3 = incident_3_number >= 2
    incident_9 = incident_9_number >= 1
    incident_10 = incident_10_number <= 0

    # --- people
    person_1 = person_2 = person_3 = person_5 = person_7 = person_10 = False
    person_4 = person_8 = True
    person_6_number = person_9_number = 0
    for each in case["people"]:
        identified = each["identified"]
        lives_with_child = each["lives_with_child"]
        police_information = each["police_information"]
        joined_on = each["joined_on"]
        sees_child = each["sees_child"]
        history = each["history"]
        signs_of_abuse = each["signs_of_abuse"]
        relation = each["relation"]
        if not identified and lives_with_child:
            person_1 = True
        if lives_with_child and police_information in NOT_SOUGHT_OR_AWAITED:
            person_2 = True
        if joined_on > born_on and sees_child == "regularly":
            person_3 = True
        if not (PERSON_4.isdisjoint(history)):
            person_4 = False
        if history >= VIOLENCE_OR_SUBSTANCE_MISUSE and sees_child != "never":
            person_5 = True
        if lives_with_child:
            person_6_number += 1
        if signs_of_abuse and relation in MOTHER_OR_PARENTS_PARTNER:
            person_7 = True
        if police_information not in RECEIVED_OR_NOT_NEEDED:
            person_8 = False
        if joined_on >= ago_56:
            person_9_number += 1
        if relation in PERSON_5 and (not DOMESTIC_ABUSE_OR_CHILD_INJURED.isdisjoint(history) or signs_of_abuse):
            person_10 = True
    person_6 = person_6_number >= 4
    person_9 = person_9_number >= 1

    # --- contacts
    contact_1 = contact_4 = contact_5 = contact_6 = False
    contact_2 = True
    contact_3_number = 0
    for each in case["contacts"]:
        seen = each["seen"]
        happens_on = each["happens_on"]
        cues = each["cues"]
        observation_recorded = each["observation_recorded"]
        if seen == "awake" and ago_14 <= happens_on <= today and not CONTENT_OR_ALERT.isdisjoint(cues):
            contact_1 = True
        if not (observation_recorded):
            contact_2 = False
        if seen == "not_seen" and ago_56 <= happens_on <= today:
            contact_3_number += 1
        if not CONTACT_6.isdisjoint(cues):
            contact_4 = True
        if today <= happens_on <= ahead_7:
            contact_5 = True
        if happens_on > closed_on and seen in AWAKE_OR_ASLEEP:
            contact_6 = True
    contact_3 = contact_3_number >= 2

    # --- referrals
    referral_1 = referral_2 = False
    referral_3 = True
    referral_4_number = referral_5_number = 0
    for each in case["referrals"]:
        acknowledged_on = each["acknowledged_on"]
        sent_on = each["sent_on"]
        response = each["response"]
        outcome_recorded = each["outcome_recorded"]
        if acknowledged_on == NOT_YET and sent_on < ago_3:
            referral_1 = True
        if response in REFUSED_OR_PASSED_TO_EARLY_HELP and not outcome_recorded:
            referral_2 = True
        if not (outcome_recorded or response == "awaited"):
            referral_3 = False
        if response in AWAITED_OR_MORE_ENQUIRIES_BY_REFERRER:
            referral_4_number += 1
        if sent_on >= ago_21:
            referral_5_number += 1
    referral_4 = referral_4_number >= 2
    referral_5 = 1 <= referral_5_number <= 3

    return [
        born_on > ago_182 and injury_1,  # young and a recent bruise
        CHILD_7.isdisjoint(movements) and injury_2,  # no explanation, and no movement seen
        injury_3 and plan in NO_PLAN_OR_EARLY_HELP,  # an explanation that does not fit
        injury_4 or injury_5,  # two injuries or more, or one grave
        injury_6 and plan in NO_PLAN_OR_EARLY_HELP,  # an injury that has waited
        seriously_ill_or_hurt and (birth_weight < 2500 or gestation_at_birth < 259),  # ill or hurt at a low weight
        not CRAWLS_OR_WALKS.isdisjoint(movements) and injury_7 and not disabled,  # marks on a child who may have moved
        injury_8 and plan in CHILD_PROTECTION_OR_LOOKED_AFTER,  # every injury recorded, and a plan
        status == "closed" and injury_9,  # an injury from before the closing
        168 <= gestation_at_birth <= 238 and injury_1,  # early birth and a recent mark
        incident_1 and plan not in CHILD_PROTECTION_OR_LOOKED_AFTER,  # physical abuse of late
        incident_2 and bool(disabled),  # abuse that gets worse
        incident_3 and status != "closed",  # several incidents in a quarter
        incident_4 or (incident_5 and concealed),  # many answers on the checklist
        incident_6 and plan != "looked_after",  # abuse that reaches nobody
        incident_7 and ISOLATION.isdisjoint(support_needs),  # no notice of an incident
        incident_8 and born_on >= ago_42 and not CASE_8.isdisjoint(vulnerabilities),  # abuse before the birth
        incident_9 and incident_10,  # control and little else
        status in CLOSED_OR_NEVER_OPEN and incident_11,  # stalking while the case is closed
        incident_12 and not contact_1,  # late notice
        person_1,  # somebody unknown in the home
        person_2
        and (
            plan == "child_protection" or not NEGLECT_OR_PREVIOUS_CONCEALED_PREGNANCY.isdisjoint(vulnerabilities)
        ),  # police information not sought
        person_3 and born_on > ago_364,  # joined since the birth
        person_4 and plan == "looked_after",  # nobody with such a past
        person_5,  # two things from one past
        person_6 and (not CASE_9.isdisjoint(vulnerabilities) or "bonding" in support_needs),  # a crowded home
        person_7 and bool(concealed),  # signs of abuse of a parent
        person_8 and not person_1 and status == "open",  # police information for all
        person_9 and born_on > ago_84,  # new people of late
        person_10,  # lodger or friend with a past
        contact_1 and contact_2,  # seen awake of late, and well
        contact_3,  # not seen twice
        contact_4 and (not disabled or seriously_ill_or_hurt),  # still or silent
        contact_5 and not contact_2,  # a visit ahead, and nothing written
        contact_6 and closed_on < ago_28,  # seen again after the closing
        (booked_on == NOT_YET or concealed) and not CASE_10.isdisjoint(vulnerabilities),  # no booking, and hidden
        referral_1 and plan != "looked_after",  # a referral that nobody answered
        referral_2,  # refused and not written down
        referral_3 and referral_4,  # all written down, many awaited
        referral_5
        and (birth_weight <= 2800 or ago_120 <= booked_on <= today),  # referred of late, small and booked late
    ]
