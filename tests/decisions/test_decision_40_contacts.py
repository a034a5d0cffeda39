"""Decision 40: a locality has every contact that an action needs; without a locality none is needed."""

from pathlib import Path

from tests.packs.refused import issues
from tests.packs_in_text import action, load, rule

CALL = action("call", "contact: front_door")
CONTACT = """
contacts:
  front_door: {name: Front Door, phone: "01225 000000", checked_on: null, cites: [law/duty]}
"""


def test_decision_40_a_missing_contact_does_not_load(tmp_path: Path) -> None:
    (issue,) = issues(tmp_path, CALL, rule("r", "always"), locality="contacts: {}\n")
    assert issue.message == "the contact `front_door` is missing, which `tiny:call` needs"
    assert issue.place.text.name.endswith("here.yaml")


def test_decision_40_also_for_an_action_that_the_locality_adds(tmp_path: Path) -> None:
    locality = "contacts: {}\nactions:\n  visit: {do: Visit, contact: team, cites: [law/duty]}\n"
    (issue,) = issues(tmp_path, rule("r", "always"), locality=locality)
    assert "`team`" in issue.message


def test_decision_40_a_phone_number_is_kept_as_written(tmp_path: Path) -> None:
    content = load(tmp_path, CALL, locality=CONTACT).content
    assert content.locality is not None
    contact = content.locality.contacts["front_door"]
    assert (contact.phone, contact.checked_on) == ("01225 000000", None)


def test_decision_40_without_a_locality_it_loads(tmp_path: Path) -> None:
    assert load(tmp_path, CALL).content.locality is None
