"""What became of every statement of a tiny pack."""

from pathlib import Path

import pytest

from safeguard_rules.packs.accounting import account
from safeguard_rules.packs.coverage import Carrier
from safeguard_rules.packs.loading import load
from tests.packs.accounted import covered, statement, write
from tests.packs_in_text import no_bundled_packs

ORDER = "zebra told meaning form unknown number leaflet for-mothers phone idle nobody background later old"


@pytest.mark.parametrize(
    ("id_", "carriage", "why"),
    [
        ("zebra", "carried", None),
        ("told", "carried", None),
        ("meaning", "carried", None),
        ("number", "carried", None),
        ("leaflet", "signposted", None),
        ("for-mothers", "signposted", None),
        ("background", "left to people", "Background."),
        ("later", "not yet", "There is no fact for it."),
        ("old", "withdrawn", "The page has changed."),
        ("idle", "not accounted for", "Cited, but no rule leads to what cites it: action sing."),
        ("nobody", "not accounted for", "Nothing cites it, and it says neither left_to_people nor not_yet."),
        ("phone", "not accounted for", "Nothing cites it, and it says neither left_to_people nor not_yet."),
    ],
)
def test_what_became_of_a_statement_and_why(tmp_path: Path, id_: str, carriage: str, why: str | None) -> None:
    found = statement(covered(tmp_path), id_)
    assert (found.carriage, found.why) == (carriage, why)


def test_a_statement_that_only_a_locality_carries_is_carried_by_that_locality(tmp_path: Path) -> None:
    found = statement(covered(tmp_path, local=True), "phone")
    assert found.carriage == "carried"
    assert [(use.kind, use.pack) for use in found.uses] == [("contact", "here")]
    assert found.carriers == (
        Carrier("here:here-too", ("contact nurse",)),
        Carrier("tiny:report", ("contact nurse",)),
    )


def test_a_rule_that_carries_a_statement_itself_is_told_from_one_that_does_through_a_definition(tmp_path: Path) -> None:
    coverage = covered(tmp_path)
    assert statement(coverage, "zebra").carriers == (Carrier("tiny:report", ()),)
    assert statement(coverage, "told").carriers == (Carrier("tiny:report", ()),)
    assert statement(coverage, "meaning").carriers == (Carrier("tiny:report", ("definition cold",)),)


def test_a_statement_keeps_its_own_days_and_how_well_it_is_known(tmp_path: Path) -> None:
    coverage = covered(tmp_path)
    zebra = statement(coverage, "zebra")
    assert (zebra.start, zebra.end, zebra.obliges, zebra.known) == ("2026-01-01", "2027-12-31", "must", "read in part")
    assert statement(coverage, "told").known == "read in full"


def test_statements_stand_as_the_register_has_them(tmp_path: Path) -> None:
    source = next(source for source in covered(tmp_path).sources if source.source == "policy")
    assert [each.id for each in source.statements] == ORDER.split()


def test_what_is_there_is_counted_and_proposals_are_counted_apart(tmp_path: Path) -> None:
    coverage = covered(tmp_path)
    counts = coverage.counts
    assert counts.statements == 17
    assert (counts.carried, counts.signposted, counts.left_to_people) == (8, 3, 1)
    assert (counts.not_yet, counts.withdrawn, counts.not_accounted_for) == (1, 1, 3)
    known = coverage.known
    assert (known.read_in_full, known.read_in_part, known.proposals) == (3, 13, 1)
    assert [each.id for _, each in coverage.unaccounted] == ["phone", "idle", "nobody"]


def test_of_a_pack_that_is_only_used_no_more_is_listed_than_what_is_cited(tmp_path: Path) -> None:
    loaded = load([write(tmp_path)], None, no_bundled_packs())
    coverage = account(loaded, (), {}, named=())
    policy = next(source for source in coverage.sources if source.source == "policy")
    assert not policy.whole
    assert {"nobody", "idle", "background"}.isdisjoint(each.id for each in policy.statements)
    assert coverage.unaccounted == ()
