"""What rests on a statement, and which rules lead to it."""

from pathlib import Path

import pytest

from safeguard_rules.packs.carriage import KINDS, Citing, Use
from safeguard_rules.packs.loading import load
from tests.packs.accounted import write, write_here
from tests.packs_in_text import load as load_tiny
from tests.packs_in_text import no_bundled_packs, rule, section

EVERY_KEY = Path(__file__).parents[2] / "examples" / "every-key"


def uses(folder: Path, statement: str, *, local: bool = False) -> tuple[Use, ...]:
    loaded = load([write(folder)], write_here(folder) if local else None, no_bundled_packs())
    return Citing(loaded.content, loaded.vocabulary).uses().get(f"tiny:{statement}", ())


@pytest.mark.parametrize(
    ("statement", "kind", "name", "rules"),
    [
        ("policy/zebra", "rule", "tiny:report", ["report"]),
        ("policy/told", "action", "tiny:tell", ["report"]),
        ("policy/meaning", "definition", "tiny:cold", ["report"]),
        ("policy/form", "variant", "tiny:cold.worried", ["report"]),
        ("policy/unknown", "while_unknown", "tiny:cold", ["report"]),
        ("policy/number", "parameter", "tiny:enough", ["many-worries"]),
        ("policy/leaflet", "action", "tiny:show-leaflet", ["leaflet"]),
        ("policy/for-mothers", "definition", "tiny:has_mother", ["leaflet"]),
        ("policy/idle", "action", "tiny:sing", []),
    ],
)
def test_what_cites_a_statement_is_found_with_the_rules_that_lead_to_it(
    tmp_path: Path, statement: str, kind: str, name: str, rules: list[str]
) -> None:
    (use,) = uses(tmp_path, statement)
    assert (use.kind, use.name, use.pack) == (kind, name, "tiny")
    assert list(use.rules) == [f"tiny:{rule}" for rule in rules]


def test_a_statement_that_nothing_cites_has_no_use(tmp_path: Path) -> None:
    assert uses(tmp_path, "policy/nobody") == ()


def test_an_action_has_its_details_and_says_if_it_is_a_signpost(tmp_path: Path) -> None:
    (use,) = uses(tmp_path, "policy/told")
    assert (use.details, use.signpost) == ("In person.", False)
    (use,) = uses(tmp_path / "other", "policy/leaflet")
    assert (use.details, use.signpost) == (None, True)


def test_one_statement_may_have_several_uses_sorted_by_kind(tmp_path: Path) -> None:
    found = [(use.kind, use.name, use.rules) for use in uses(tmp_path, "ours/choice")]
    every = ("tiny:leaflet", "tiny:many-worries", "tiny:report")
    assert found == [
        ("time", "tiny:act", ("tiny:many-worries",)),
        *(("assume_born", "assume_born", (rule,)) for rule in every),
    ]


def test_a_locality_has_uses_of_its_own(tmp_path: Path) -> None:
    (contact,) = uses(tmp_path, "policy/phone", local=True)
    assert (contact.kind, contact.pack, contact.rules) == ("contact", "here", ("here:here-too", "tiny:report"))


def test_a_locality_that_carries_a_rule_further_says_so_even_with_the_same_statement(tmp_path: Path) -> None:
    found = [(use.kind, use.pack, use.says) for use in uses(tmp_path, "policy/zebra", local=True)]
    assert found == [("rule", "tiny", "Report a cold baby"), ("demand", "here", "must: Tell the nurse")]


def test_every_kind_of_use_is_met_in_the_example_that_has_every_key() -> None:
    loaded = load(["guidance", EVERY_KEY], EVERY_KEY / "localities" / "sampleshire.yaml", ())
    found = Citing(loaded.content, loaded.vocabulary).uses()
    assert sorted(set(KINDS) - {use.kind for cited in found.values() for use in cited}) == []


@pytest.mark.parametrize(
    ("then", "says"),
    [
        ("{should_not: hush}", "should not: Hush it up"),
        ("{should_not: hush}, {must_not: hush, cites: [law/duty]}", "must not: Hush it up"),
        ("{should_not: hush}, {should: hush}", "Hush it up"),
    ],
)
def test_an_action_that_is_only_asked_not_to_be_done_never_reads_as_something_to_do(
    tmp_path: Path, then: str, says: str
) -> None:
    hush = section("actions", "hush: {do: Hush it up, details: Not even in part., cites: [advice/tip]}")
    book = load_tiny(tmp_path, hush, rule("r", "always", then))
    found = Citing(book.content, book.vocabulary).uses()["tiny:advice/tip"]
    assert [(use.says, use.details) for use in found if use.kind == "action"] == [(says, "Not even in part.")]
