"""The page of a locality: contacts with when they were checked, what it asks for further, and waivers."""

from safeguard_rules.reports.html.documented import Documented
from safeguard_rules.reports.html.locality_pages import locality_page
from safeguard_rules.testing.documenting import documented
from tests.reports.html.made import DAY


def test_a_contact_says_when_somebody_checked_it_or_that_nobody_did(told: Documented) -> None:
    (here,) = locality_page("here", told).contacts
    assert here.name == "The nurse"
    assert dict(here.facts)["Telephone"] == "01632 960 000"
    assert dict(here.facts)["Checked"] == "by nobody: look it up before you rely on it"
    (there,) = locality_page("there", told).contacts
    assert dict(there.facts)["Checked"] == "on 1 February 2026"


def test_it_tells_what_it_carries_further_and_its_own_rules(told: Documented) -> None:
    page = locality_page("here", told)
    assert [(rule.text, [each.do.text for each in demands]) for rule, demands in page.carried] == [
        ("Tell of a cold baby", ["Do act"])
    ]
    assert [each.rule.to for each in page.rules] == ["rules/here/here-too.html"]
    assert locality_page("there", told).carried == ()


def test_it_tells_its_meanings_and_thresholds(told: Documented) -> None:
    found = {each.name.text: each.says for each in locality_page("here", told).meanings}
    assert found == {"Cold": "The form “worried”: there is a worry.", "Enough": "1"}


def test_a_waiver_says_what_instead_for_how_long_why_and_who_decided(told: Documented) -> None:
    (waiver,) = locality_page("there", told).waivers
    assert waiver.says == "Enough: Five worries, for a trial."
    assert waiver.dates == "from 1 January 2026 to 31 December 2026"
    assert (waiver.because, waiver.decided_by) == ("Too many were called.", "the board of There")
    assert locality_page("here", told).waivers == ()


def test_what_it_says_of_packs_that_are_not_there_is_not_dropped(told: Documented) -> None:
    assert locality_page("here", told).left_aside == ()
    alone = documented(["safe-sleep"], ["wiltshire"], as_of=DAY)
    assert "non-mobile-injury:report-injury" in locality_page("wiltshire", alone).left_aside
