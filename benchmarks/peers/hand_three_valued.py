"""The forty rules as a person would write them in Python for speed, with unknowns: 0 no, 1 not known, 2 yes.

Straight-line code over a flat dictionary (`ready.with_sets`): each list is gone through once, each test is made once.
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


def verdicts(case: Ready) -> list[int]:
    """The codes of the forty rules, in their order."""
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
    born_on_1 = 1 if born_on is None else 2 if born_on > ago_182 else 0
    movements_1 = 1 if movements is None else 2 if CHILD_7.isdisjoint(movements) else 0
    plan_1 = 1 if plan is None else 2 if plan in NO_PLAN_OR_EARLY_HELP else 0
    seriously_ill_or_hurt_1 = 1 if seriously_ill_or_hurt is None else 2 if seriously_ill_or_hurt else 0
    birth_weight_1 = 1 if birth_weight is None else 2 if birth_weight < 2500 else 0
    gestation_at_birth_1 = 1 if gestation_at_birth is None else 2 if gestation_at_birth < 259 else 0
    movements_2 = 1 if movements is None else 2 if not CRAWLS_OR_WALKS.isdisjoint(movements) else 0
    disabled_1 = 1 if disabled is None else 2 if disabled else 0
    plan_2 = 1 if plan is None else 2 if plan in CHILD_PROTECTION_OR_LOOKED_AFTER else 0
    status_1 = 1 if status is None else 2 if status == "closed" else 0
    gestation_at_birth_2 = 1 if gestation_at_birth is None else 2 if 168 <= gestation_at_birth <= 238 else 0
    plan_3 = 1 if plan is None else 2 if plan not in CHILD_PROTECTION_OR_LOOKED_AFTER else 0
    disabled_2 = 1 if disabled is None else 0 if disabled else 2
    status_2 = 1 if status is None else 2 if status != "closed" else 0
    concealed_1 = 1 if concealed is None else 2 if concealed else 0
    plan_4 = 1 if plan is None else 2 if plan != "looked_after" else 0
    support_needs_1 = 1 if support_needs is None else 2 if ISOLATION.isdisjoint(support_needs) else 0
    born_on_2 = 1 if born_on is None else 2 if born_on >= ago_42 else 0
    vulnerabilities_1 = 1 if vulnerabilities is None else 2 if not CASE_8.isdisjoint(vulnerabilities) else 0
    status_3 = 1 if status is None else 2 if status in CLOSED_OR_NEVER_OPEN else 0
    plan_5 = 1 if plan is None else 2 if plan == "child_protection" else 0
    vulnerabilities_2 = (
        1
        if vulnerabilities is None
        else 2
        if not NEGLECT_OR_PREVIOUS_CONCEALED_PREGNANCY.isdisjoint(vulnerabilities)
        else 0
    )
    born_on_3 = 1 if born_on is None else 2 if born_on > ago_364 else 0
    plan_6 = 1 if plan is None else 2 if plan == "looked_after" else 0
    vulnerabilities_3 = 1 if vulnerabilities is None else 2 if not CASE_9.isdisjoint(vulnerabilities) else 0
    support_needs_2 = 1 if support_needs is None else 2 if "bonding" in support_needs else 0
    concealed_2 = 1 if concealed is None else 0 if concealed else 2
    status_4 = 1 if status is None else 2 if status == "open" else 0
    born_on_4 = 1 if born_on is None else 2 if born_on > ago_84 else 0
    closed_on_1 = 1 if closed_on is None else 2 if closed_on < ago_28 else 0
    booked_on_1 = 1 if booked_on is None else 2 if booked_on == NOT_YET else 0
    vulnerabilities_4 = 1 if vulnerabilities is None else 2 if not CASE_10.isdisjoint(vulnerabilities) else 0
    birth_weight_2 = 1 if birth_weight is None else 2 if birth_weight <= 2800 else 0
    booked_on_2 = 1 if booked_on is None else 2 if ago_120 <= booked_on <= today else 0

    # --- injuries
    injury_1 = injury_2 = injury_3 = injury_5 = injury_6 = injury_7 = 0
    injury_9 = 0
    injury_8 = 2
    for each in case["injuries"]:
        kind = each["kind"]
        noticed_on = each["noticed_on"]
        explanation = each["explanation"]
        explanation_problems = each["explanation_problems"]
        medical_cause = each["medical_cause"]
        matches_record = each["matches_record"]
        if kind in BRUISE_OR_PETECHIAE and noticed_on is not None and noticed_on >= ago_14:
            injury_1 = 2
        elif (
            injury_1 == 0
            and (kind is None or kind in BRUISE_OR_PETECHIAE)
            and (noticed_on is None or noticed_on >= ago_14)
        ):
            injury_1 = 1
        if explanation == "none_given":
            injury_2 = 2
        elif injury_2 == 0 and (explanation is None or explanation == "none_given"):
            injury_2 = 1
        if explanation_problems is not None and not INJURY_1.isdisjoint(explanation_problems):
            injury_3 = 2
        elif injury_3 == 0 and (explanation_problems is None or not INJURY_1.isdisjoint(explanation_problems)):
            injury_3 = 1
        if kind in INJURY_2 and medical_cause is False:
            injury_5 = 2
        elif injury_5 == 0 and (kind is None or kind in INJURY_2) and medical_cause is not True:
            injury_5 = 1
        if noticed_on is not None and noticed_on < ago_7 and matches_record is False:
            injury_6 = 2
        elif injury_6 == 0 and (noticed_on is None or noticed_on < ago_7) and matches_record is not True:
            injury_6 = 1
        if kind in INJURY_3 and explanation == "given":
            injury_7 = 2
        elif injury_7 == 0 and (kind is None or kind in INJURY_3) and (explanation is None or explanation == "given"):
            injury_7 = 1
        if not (matches_record is not False or medical_cause is not False):
            injury_8 = 0
        elif injury_8 == 2 and not (matches_record is True or medical_cause is True):
            injury_8 = 1
        if noticed_on is not None and closed_on is not None and noticed_on < closed_on:
            injury_9 = 2
        elif injury_9 == 0 and (noticed_on is None or closed_on is None or noticed_on < closed_on):
            injury_9 = 1
    is_open = case["injuries_open"]
    if is_open:
        injury_1 = injury_1 or 1
        injury_2 = injury_2 or 1
        injury_3 = injury_3 or 1
        injury_5 = injury_5 or 1
        injury_6 = injury_6 or 1
        injury_7 = injury_7 or 1
        injury_9 = injury_9 or 1
        injury_8 = injury_8 and 1
    injury_4_sure = injury_4_perhaps = len(case["injuries"])
    injury_4 = 2 if injury_4_sure >= 3 else 1 if is_open or injury_4_perhaps >= 3 else 0

    # --- incidents
    incident_1 = incident_2 = incident_4 = incident_5 = incident_7 = incident_8 = 0
    incident_11 = incident_12 = 0
    incident_6 = 2
    incident_3_sure = incident_3_perhaps = 0
    incident_9_sure = incident_9_perhaps = 0
    incident_10_sure = incident_10_perhaps = 0
    for each in case["incidents"]:
        kinds = each["kinds"]
        happened_on = each["happened_on"]
        escalating = each["escalating"]
        dash_yes_answers = each["dash_yes_answers"]
        effect_on_child = each["effect_on_child"]
        notified_on = each["notified_on"]
        if (
            kinds is not None
            and not PHYSICAL_OR_CHOKING.isdisjoint(kinds)
            and happened_on is not None
            and happened_on >= ago_90
        ):
            incident_1 = 2
        elif (
            incident_1 == 0
            and (kinds is None or not PHYSICAL_OR_CHOKING.isdisjoint(kinds))
            and (happened_on is None or happened_on >= ago_90)
        ):
            incident_1 = 1
        if escalating is True and happened_on is not None and happened_on >= ago_28:
            incident_2 = 2
        elif incident_2 == 0 and escalating is not False and (happened_on is None or happened_on >= ago_28):
            incident_2 = 1
        if happened_on is not None and happened_on >= ago_90:
            incident_3_sure += 1
            incident_3_perhaps += 1
        elif happened_on is None or happened_on >= ago_90:
            incident_3_perhaps += 1
        if dash_yes_answers is not None and dash_yes_answers >= 10:
            incident_4 = 2
        elif incident_4 == 0 and (dash_yes_answers is None or dash_yes_answers >= 10):
            incident_4 = 1
        if dash_yes_answers is not None and 5 <= dash_yes_answers <= 13:
            incident_5 = 2
        elif incident_5 == 0 and (dash_yes_answers is None or 5 <= dash_yes_answers <= 13):
            incident_5 = 1
        if not (effect_on_child is None or SAW_OR_HEARD.isdisjoint(effect_on_child)):
            incident_6 = 0
        elif incident_6 == 2 and not (effect_on_child is not None and SAW_OR_HEARD.isdisjoint(effect_on_child)):
            incident_6 = 1
        if notified_on is not None and notified_on == NOT_YET and happened_on is not None and happened_on < ago_3:
            incident_7 = 2
        elif (
            incident_7 == 0
            and (notified_on is None or notified_on == NOT_YET)
            and (happened_on is None or happened_on < ago_3)
        ):
            incident_7 = 1
        if happened_on is not None and born_on is not None and happened_on < born_on:
            incident_8 = 2
        elif incident_8 == 0 and (happened_on is None or born_on is None or happened_on < born_on):
            incident_8 = 1
        if kinds is not None and not CONTROLLING_OR_ECONOMIC.isdisjoint(kinds):
            incident_9_sure += 1
            incident_9_perhaps += 1
        elif kinds is None or not CONTROLLING_OR_ECONOMIC.isdisjoint(kinds):
            incident_9_perhaps += 1
        if kinds is not None and not PHYSICAL_OR_SEXUAL.isdisjoint(kinds):
            incident_10_sure += 1
            incident_10_perhaps += 1
        elif kinds is None or not PHYSICAL_OR_SEXUAL.isdisjoint(kinds):
            incident_10_perhaps += 1
        if (kinds is not None and "stalking" in kinds) or (
            escalating is True and effect_on_child is not None and effect_on_child >= SAW_OR_HEARD
        ):
            incident_11 = 2
        elif incident_11 == 0 and (
            (kinds is None or "stalking" in kinds)
            or (escalating is not False and (effect_on_child is None or effect_on_child >= SAW_OR_HEARD))
        ):
            incident_11 = 1
        if notified_on is not None and notified_on < ago_14 and escalating is False:
            incident_12 = 2
        elif incident_12 == 0 and (notified_on is None or notified_on < ago_14) and escalating is not True:
            incident_12 = 1
    is_open = case["incidents_open"]
    if is_open:
        incident_1 = incident_1 or 1
        incident_2 = incident_2 or 1
        incident_4 = incident_4 or 1
        incident_5 = incident_5 or 1
        incident_7 = incident_7 or 1
        incident_8 = incident_8 or 1
        incident_11 = incident_11 or 1
        incident_12 = incident_12 or 1
        incident_6 = incident_6 and 1
    incident_3 = 2 if incident_3_sure >= 2 else 1 if is_open or incident_3_perhaps >= 2 else 0
    incident_9 = 2 if incident_9_sure >= 1 else 1 if is_open or incident_9_perhaps >= 1 else 0
    incident_10 = 0 if incident_10_sure > 0 else 1 if is_open or incident_10_perhaps > 0 else 2

    # --- people
    person_1 = person_2 = person_3 = person_5 = person_7 = person_10 = 0
    person_4 = person_8 = 2
    person_6_sure = person_6_perhaps = 0
    person_9_sure = person_9_perhaps = 0
    for each in case["people"]:
        identified = each["identified"]
        lives_with_child = each["lives_with_child"]
        police_information = each["police_information"]
        joined_on = each["joined_on"]
        sees_child = each["sees_child"]
        history = each["history"]
        signs_of_abuse = each["signs_of_abuse"]
        relation = each["relation"]
        if identified is False and lives_with_child is True:
            person_1 = 2
        elif person_1 == 0 and identified is not True and lives_with_child is not False:
            person_1 = 1
        if lives_with_child is True and police_information in NOT_SOUGHT_OR_AWAITED:
            person_2 = 2
        elif (
            person_2 == 0
            and lives_with_child is not False
            and (police_information is None or police_information in NOT_SOUGHT_OR_AWAITED)
        ):
            person_2 = 1
        if joined_on is not None and born_on is not None and joined_on > born_on and sees_child == "regularly":
            person_3 = 2
        elif (
            person_3 == 0
            and (joined_on is None or born_on is None or joined_on > born_on)
            and (sees_child is None or sees_child == "regularly")
        ):
            person_3 = 1
        if not (history is None or PERSON_4.isdisjoint(history)):
            person_4 = 0
        elif person_4 == 2 and not (history is not None and PERSON_4.isdisjoint(history)):
            person_4 = 1
        if (
            history is not None
            and history >= VIOLENCE_OR_SUBSTANCE_MISUSE
            and sees_child is not None
            and sees_child != "never"
        ):
            person_5 = 2
        elif person_5 == 0 and (history is None or history >= VIOLENCE_OR_SUBSTANCE_MISUSE) and sees_child != "never":
            person_5 = 1
        if lives_with_child is True:
            person_6_sure += 1
            person_6_perhaps += 1
        elif lives_with_child is not False:
            person_6_perhaps += 1
        if signs_of_abuse is True and relation in MOTHER_OR_PARENTS_PARTNER:
            person_7 = 2
        elif (
            person_7 == 0
            and signs_of_abuse is not False
            and (relation is None or relation in MOTHER_OR_PARENTS_PARTNER)
        ):
            person_7 = 1
        if not (police_information is None or police_information in RECEIVED_OR_NOT_NEEDED):
            person_8 = 0
        elif person_8 == 2 and police_information not in RECEIVED_OR_NOT_NEEDED:
            person_8 = 1
        if joined_on is not None and joined_on >= ago_56:
            person_9_sure += 1
            person_9_perhaps += 1
        elif joined_on is None or joined_on >= ago_56:
            person_9_perhaps += 1
        if relation in PERSON_5 and (
            (history is not None and not DOMESTIC_ABUSE_OR_CHILD_INJURED.isdisjoint(history)) or signs_of_abuse is True
        ):
            person_10 = 2
        elif (
            person_10 == 0
            and (relation is None or relation in PERSON_5)
            and (
                (history is None or not DOMESTIC_ABUSE_OR_CHILD_INJURED.isdisjoint(history))
                or signs_of_abuse is not False
            )
        ):
            person_10 = 1
    is_open = case["people_open"]
    if is_open:
        person_1 = person_1 or 1
        person_2 = person_2 or 1
        person_3 = person_3 or 1
        person_5 = person_5 or 1
        person_7 = person_7 or 1
        person_10 = person_10 or 1
        person_4 = person_4 and 1
        person_8 = person_8 and 1
    person_6 = 2 if person_6_sure >= 4 else 1 if is_open or person_6_perhaps >= 4 else 0
    person_9 = 2 if person_9_sure >= 1 else 1 if is_open or person_9_perhaps >= 1 else 0

    # --- contacts
    contact_1 = contact_4 = contact_5 = contact_6 = 0
    contact_2 = 2
    contact_3_sure = contact_3_perhaps = 0
    for each in case["contacts"]:
        seen = each["seen"]
        happens_on = each["happens_on"]
        cues = each["cues"]
        observation_recorded = each["observation_recorded"]
        if (
            seen == "awake"
            and happens_on is not None
            and ago_14 <= happens_on <= today
            and cues is not None
            and not CONTENT_OR_ALERT.isdisjoint(cues)
        ):
            contact_1 = 2
        elif (
            contact_1 == 0
            and (seen is None or seen == "awake")
            and (happens_on is None or ago_14 <= happens_on <= today)
            and (cues is None or not CONTENT_OR_ALERT.isdisjoint(cues))
        ):
            contact_1 = 1
        if not (observation_recorded is not False):
            contact_2 = 0
        elif contact_2 == 2 and observation_recorded is not True:
            contact_2 = 1
        if seen == "not_seen" and happens_on is not None and ago_56 <= happens_on <= today:
            contact_3_sure += 1
            contact_3_perhaps += 1
        elif (seen is None or seen == "not_seen") and (happens_on is None or ago_56 <= happens_on <= today):
            contact_3_perhaps += 1
        if cues is not None and not CONTACT_6.isdisjoint(cues):
            contact_4 = 2
        elif contact_4 == 0 and (cues is None or not CONTACT_6.isdisjoint(cues)):
            contact_4 = 1
        if happens_on is not None and today <= happens_on <= ahead_7:
            contact_5 = 2
        elif contact_5 == 0 and (happens_on is None or today <= happens_on <= ahead_7):
            contact_5 = 1
        if happens_on is not None and closed_on is not None and happens_on > closed_on and seen in AWAKE_OR_ASLEEP:
            contact_6 = 2
        elif (
            contact_6 == 0
            and (happens_on is None or closed_on is None or happens_on > closed_on)
            and (seen is None or seen in AWAKE_OR_ASLEEP)
        ):
            contact_6 = 1
    is_open = case["contacts_open"]
    if is_open:
        contact_1 = contact_1 or 1
        contact_4 = contact_4 or 1
        contact_5 = contact_5 or 1
        contact_6 = contact_6 or 1
        contact_2 = contact_2 and 1
    contact_3 = 2 if contact_3_sure >= 2 else 1 if is_open or contact_3_perhaps >= 2 else 0

    # --- referrals
    referral_1 = referral_2 = 0
    referral_3 = 2
    referral_4_sure = referral_4_perhaps = 0
    referral_5_sure = referral_5_perhaps = 0
    for each in case["referrals"]:
        acknowledged_on = each["acknowledged_on"]
        sent_on = each["sent_on"]
        response = each["response"]
        outcome_recorded = each["outcome_recorded"]
        if acknowledged_on is not None and acknowledged_on == NOT_YET and sent_on is not None and sent_on < ago_3:
            referral_1 = 2
        elif (
            referral_1 == 0
            and (acknowledged_on is None or acknowledged_on == NOT_YET)
            and (sent_on is None or sent_on < ago_3)
        ):
            referral_1 = 1
        if response in REFUSED_OR_PASSED_TO_EARLY_HELP and outcome_recorded is False:
            referral_2 = 2
        elif (
            referral_2 == 0
            and (response is None or response in REFUSED_OR_PASSED_TO_EARLY_HELP)
            and outcome_recorded is not True
        ):
            referral_2 = 1
        if not (outcome_recorded is not False or (response is None or response == "awaited")):
            referral_3 = 0
        elif referral_3 == 2 and not (outcome_recorded is True or response == "awaited"):
            referral_3 = 1
        if response in AWAITED_OR_MORE_ENQUIRIES_BY_REFERRER:
            referral_4_sure += 1
            referral_4_perhaps += 1
        elif response is None or response in AWAITED_OR_MORE_ENQUIRIES_BY_REFERRER:
            referral_4_perhaps += 1
        if sent_on is not None and sent_on >= ago_21:
            referral_5_sure += 1
            referral_5_perhaps += 1
        elif sent_on is None or sent_on >= ago_21:
            referral_5_perhaps += 1
    is_open = case["referrals_open"]
    if is_open:
        referral_1 = referral_1 or 1
        referral_2 = referral_2 or 1
        referral_3 = referral_3 and 1
    referral_4 = 2 if referral_4_sure >= 2 else 1 if is_open or referral_4_perhaps >= 2 else 0
    referral_5 = (
        0
        if referral_5_sure > 3 or (referral_5_perhaps < 1 and not is_open)
        else 1
        if is_open or referral_5_sure < 1 or referral_5_perhaps > 3
        else 2
    )

    return [
        born_on_1 if born_on_1 < injury_1 else injury_1,  # young and a recent bruise
        movements_1 if movements_1 < injury_2 else injury_2,  # no explanation, and no movement seen
        injury_3 if injury_3 < plan_1 else plan_1,  # an explanation that does not fit
        injury_4 if injury_4 > injury_5 else injury_5,  # two injuries or more, or one grave
        injury_6 if injury_6 < plan_1 else plan_1,  # an injury that has waited
        min(
            seriously_ill_or_hurt_1, (birth_weight_1 if birth_weight_1 > gestation_at_birth_1 else gestation_at_birth_1)
        ),  # ill or hurt at a low weight
        min(movements_2, injury_7, 2 - disabled_1),  # marks on a child who may have moved
        injury_8 if injury_8 < plan_2 else plan_2,  # every injury recorded, and a plan
        status_1 if status_1 < injury_9 else injury_9,  # an injury from before the closing
        gestation_at_birth_2 if gestation_at_birth_2 < injury_1 else injury_1,  # early birth and a recent mark
        incident_1 if incident_1 < plan_3 else plan_3,  # physical abuse of late
        min(incident_2, 2 - disabled_2),  # abuse that gets worse
        incident_3 if incident_3 < status_2 else status_2,  # several incidents in a quarter
        max(incident_4, (incident_5 if incident_5 < concealed_1 else concealed_1)),  # many answers on the checklist
        incident_6 if incident_6 < plan_4 else plan_4,  # abuse that reaches nobody
        incident_7 if incident_7 < support_needs_1 else support_needs_1,  # no notice of an incident
        min(incident_8, born_on_2, vulnerabilities_1),  # abuse before the birth
        incident_9 if incident_9 < incident_10 else incident_10,  # control and little else
        status_3 if status_3 < incident_11 else incident_11,  # stalking while the case is closed
        min(incident_12, 2 - contact_1),  # late notice
        person_1,  # somebody unknown in the home
        min(person_2, (plan_5 if plan_5 > vulnerabilities_2 else vulnerabilities_2)),  # police information not sought
        person_3 if person_3 < born_on_3 else born_on_3,  # joined since the birth
        person_4 if person_4 < plan_6 else plan_6,  # nobody with such a past
        person_5,  # two things from one past
        min(
            person_6, (vulnerabilities_3 if vulnerabilities_3 > support_needs_2 else support_needs_2)
        ),  # a crowded home
        min(person_7, 2 - concealed_2),  # signs of abuse of a parent
        min(person_8, 2 - person_1, status_4),  # police information for all
        person_9 if person_9 < born_on_4 else born_on_4,  # new people of late
        person_10,  # lodger or friend with a past
        contact_1 if contact_1 < contact_2 else contact_2,  # seen awake of late, and well
        contact_3,  # not seen twice
        min(
            contact_4, (disabled_2 if disabled_2 > seriously_ill_or_hurt_1 else seriously_ill_or_hurt_1)
        ),  # still or silent
        min(contact_5, 2 - contact_2),  # a visit ahead, and nothing written
        contact_6 if contact_6 < closed_on_1 else closed_on_1,  # seen again after the closing
        min((booked_on_1 if booked_on_1 > concealed_1 else concealed_1), vulnerabilities_4),  # no booking, and hidden
        referral_1 if referral_1 < plan_4 else plan_4,  # a referral that nobody answered
        referral_2,  # refused and not written down
        referral_3 if referral_3 < referral_4 else referral_4,  # all written down, many awaited
        min(
            referral_5, (birth_weight_2 if birth_weight_2 > booked_on_2 else booked_on_2)
        ),  # referred of late, small and booked late
    ]
