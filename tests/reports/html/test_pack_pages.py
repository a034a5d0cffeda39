"""The pages of packs and of their actions: review, rules, and what must not be done said as that."""

from pathlib import Path

from safeguard_rules.reports.html.documented import Documented
from safeguard_rules.reports.html.models import ActionShown
from safeguard_rules.reports.html.pack_pages import actions_page, pack_page
from safeguard_rules.reports.html.site_pages import search_page
from safeguard_rules.testing.documenting import documented
from tests.packs_in_text import no_bundled_packs
from tests.reports.html.made import DAY, write_small


def action(told: Documented, anchor: str) -> ActionShown:
    page = actions_page("tiny", told)
    assert page is not None
    return next(each for each in page.actions if each.anchor == anchor)


def test_a_pack_says_that_nobody_has_reviewed_it(told: Documented) -> None:
    page = pack_page("tiny", told)
    assert page.head.draft == "A qualified safeguarding lead has not reviewed this."
    assert dict(page.facts)["Status"] == "draft"
    assert dict(page.facts)["Reviewed"] == "by nobody yet"


def test_a_pack_that_was_reviewed_and_has_changed_is_a_draft_again(tmp_path: Path) -> None:
    home, *_ = write_small(tmp_path)
    file = home / "pack.yaml"
    other = f"sha256:canonical-1:{'0' * 64}"
    reviewed = f'status: reviewed\nreviewed: {{by: a designated nurse, day: 2026-02-01, meaning: "{other}"}}'
    file.write_text(file.read_text(encoding="utf-8").replace("status: draft", reviewed), encoding="utf-8")
    page = pack_page("tiny", documented([home], as_of=DAY, plugins=no_bundled_packs()))
    assert dict(page.facts)["Reviewed"] == "by a designated nurse on 1 February 2026; it has changed since"
    assert page.head.draft == "It means something else than what was reviewed, and nobody has reviewed that."


def test_its_rules_definitions_thresholds_and_sources_are_listed(told: Documented) -> None:
    page = pack_page("tiny", told)
    assert [each.rule.text for each in page.rules] == [
        "Next year",
        "Many worries",
        "Look at every mark",
        "Tell of a cold baby",
    ]
    assert [each.name.text for each in page.definitions] == ["Cold", "Recorded"]
    assert [each.name for each in page.thresholds] == ["Enough"]
    assert [each.text for each in page.sources] == ["Advice of a charity", "A statute", "What this pack proposes"]


def test_what_is_only_asked_not_to_be_done_never_reads_as_something_to_do(told: Documented) -> None:
    assert action(told, "action-hush").do == "Do not tell the neighbours"
    assert action(told, "action-tell").do == "Tell the nurse"
    found = [entry.link.text for entry in search_page(told).groups["Actions"]]
    assert found == ["Do act", "Do not tell the neighbours", "Tell the nurse"]


def test_an_action_says_what_it_comes_after_and_who_asks_for_it(told: Documented) -> None:
    tell = action(told, "action-tell")
    assert tell.details == "In person."
    assert dict(tell.facts)["After"] == "do act"
    assert [link.to for link in tell.rules] == ["rules/here/here-too.html", "rules/tiny/report.html"]
    assert dict(action(told, "action-hush").facts)["Never with"] == "tell the nurse"


def test_a_locality_without_actions_has_no_page_of_them(told: Documented) -> None:
    assert actions_page("here", told) is None
