"""The five rules of the bundled pack `lived-experience` as a person would write them in Python for speed.

They speak of each contact and each assessment, and where a contact may have been before the birth, or may have been
written down, they go on: that is what the pack says to go by. Days are whole numbers, as in `ready`.
"""

from __future__ import annotations

from benchmarks.peers.lowering import NOT_YET
from benchmarks.peers.ready import Ready

CUES = frozenset({"silent", "still", "watchful", "unusual"})
PARENT = frozenset({"parent_account"})

Verdicts = tuple[int, tuple[int, ...], int, tuple[int, ...], tuple[int, ...]]


def verdicts(case: Ready) -> Verdicts:
    """0 no, 1 not known, 2 yes: of the child, of each contact, of the child, of each assessment, of each contact."""
    disabled, born_on, contacts = case["child_disabled"], case["child_born_on"], case["contacts"]
    watch, cues = [], []
    for contact in contacts:
        day, noticed = contact["happens_on"], contact["cues"]
        if day is not None and born_on is not None and day < born_on:
            watch.append(0)
            cues.append(0)
        else:
            watch.append(0 if contact["observation_recorded"] else 2)
            cues.append(1 if noticed is None else 0 if CUES.isdisjoint(noticed) else 2)
    if case["contacts_open"]:
        watch.append(1)
        cues.append(1)
    return (
        1 if disabled is None else 2 if disabled else 0,
        tuple(watch),
        _unseen_since_worry(case),
        _on_a_parents_word(case),
        tuple(cues),
    )


def _unseen_since_worry(case: Ready) -> int:
    worries = [each["raised_on"] for each in case["concerns"]]
    worries += [each["noticed_on"] for each in case["injuries"]]
    worries += [each["happened_on"] for each in case["incidents"]]
    all_listed = not (case["concerns_open"] or case["injuries_open"] or case["incidents_open"])
    if not worries:
        return 0 if all_listed else 1
    latest_known = all_listed and None not in worries
    perhaps = case["contacts_open"]
    for contact in case["contacts"]:
        if contact["seen"] is not None and contact["seen"] != "awake":
            continue
        day = contact["happens_on"]
        if day is not None and any(worry is not None and day < worry for worry in worries):
            continue
        if latest_known and day is not None and contact["seen"] == "awake":
            return 0
        perhaps = True
    return 1 if perhaps or not latest_known else 2


def _on_a_parents_word(case: Ready) -> tuple[int, ...]:
    latest = max((each["finished_on"] for each in case["assessments"] if each["finished_on"] != NOT_YET), default=None)
    found = []
    for each in case["assessments"]:
        if each["finished_on"] not in (NOT_YET, latest):
            found.append(0)
        else:
            rests_on = each["rests_on"]
            found.append(1 if rests_on is None else 2 if rests_on <= PARENT else 0)
    if case["assessments_open"]:
        found.append(1)
    return tuple(found)
