"""Slips in localities that a schema refuses: what is changed is named by what the packs declare."""

import pytest

from tests.schemas.holding import EVERY_KEY, complaints, in_text, schema

SAMPLESHIRE = EVERY_KEY / "localities" / "sampleshire.yaml"
AREA = """\
language: 1
locality: here
title: Here
version: 0.1.0
status: draft
uses: [every-key]
"""
CITES = "cites: [example-local-policy/contacts]"


def told(text: str) -> list[str]:
    return complaints("locality", in_text(AREA + text), EVERY_KEY, localities=(SAMPLESHIRE,))


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("", True),
        (f"moves: {{young: {{value: 7 months, {CITES}}}}}", True),
        (f"moves: {{'every-key:young': {{value: 7 months, {CITES}}}}}", True),
        (f"moves: {{yung: {{value: 7 months, {CITES}}}}}", False),
        (f"moves: {{young: {{value: soon, {CITES}}}}}", False),
        (f"adopts: {{regular_visitor: {{variant: living_there, {CITES}}}}}", True),
        (f"adopts: {{regular_visitor: {{variant: living_here, {CITES}}}}}", False),
        (f"widens: {{regular_visitor: {{or_if: {{person.sex: male}}, reads: is a man, {CITES}}}}}", True),
        (f"widens: {{regular_visitor: {{or_if: {{injury.kind: bruise}}, reads: is a man, {CITES}}}}}", False),
        (f"carries: {{talk-about-mark: {{consider: talk-it-over, {CITES}}}}}", True),
        (f"carries: {{talk-about-marks: {{consider: talk-it-over, {CITES}}}}}", False),
        (f"contacts: {{front_door: {{name: Door, phone: 01632 960001, {CITES}}}}}", True),
        (f"contacts: {{front_door: {{nam: Door, {CITES}}}}}", False),
        ("waivers: [{waives: regular_visitor, instead: x}]", False),
    ],
)
def test_what_a_locality_takes(text: str, right: bool) -> None:
    assert (told(text) == []) is right


def test_the_contacts_that_actions_ask_for_are_offered_with_their_names() -> None:
    contacts = schema("locality", EVERY_KEY, localities=(SAMPLESHIRE,))["properties"]["contacts"]["properties"]
    assert "Sampleshire Front Door" in contacts["front_door"]["description"]
