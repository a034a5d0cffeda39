"""What can be named: by short names and full ones, also where a pack has errors."""

from pathlib import Path

from safeguard_rules.schemas.known import Named, offers, written
from safeguard_rules.schemas.pieces import Offer
from tests.packs_in_text import definition, rule, write_pack
from tests.schemas.holding import EVERY_KEY, RULEPACKS, content, known


def test_a_name_is_offered_short_and_in_full_where_two_packs_have_it() -> None:
    named = (Named("a", "x", "of a"), Named("b", "x", "of b"), Named("b", "y", "y"))
    assert offers(named) == (Offer("a:x", "of a"), Offer("b:x", "of b"), Offer("y", "y"))
    assert written(named) == ("a:x", "b:x", "b:y", "x", "y")


def test_names_come_with_what_they_mean() -> None:
    found = known(EVERY_KEY)
    actions = {each.name: each for each in found.actions}
    assert actions["talk-it-over"].means.startswith("Talk it over with the front door.")
    definitions = {each.name: each for each in found.definitions}
    assert definitions["regular_visitor"].of == "person"
    assert [each.name for each in definitions["regular_visitor"].variants] == ["living_there"]
    parameters = {each.name: each for each in found.parameters}
    assert (parameters["young"].holds, parameters["young"].means) == (("length",), "3 months, then 6 months")


def test_the_packs_that_a_pack_uses_are_known_with_it() -> None:
    assert "guidance" in {each.pack for each in known(EVERY_KEY).actions}
    assert "every-key" not in {each.pack for each in known().actions}


def test_what_can_not_be_cited_is_not_named() -> None:
    names = {each.name for each in known().statements}
    closed = []
    for path in sorted(RULEPACKS.glob("*/sources/*.yaml")):
        source = content(path)
        for id_, statement in source["statements"].items():
            if statement.keys() & {"left_to_people", "not_yet", "withdrawn"}:
                closed.append(f"{source['source']}/{id_}")
    assert len(closed) > 50
    assert names.isdisjoint(closed)
    assert "southampton-bruising/emergency-first" in names


def test_a_pack_with_errors_is_known_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    broken = definition("d", "{child.disabled: true}", more="raeds: what it says")
    found = known(write_pack(tmp_path, broken, rule("r", "d")))
    assert [each.name for each in found.definitions if each.pack == "tiny"] == ["d"]
    assert [each.name for each in found.rules if each.pack == "tiny"] == ["r"]
