"""Which cases test which rule, and what a call may name."""

from pathlib import Path

import pytest

from safeguard_rules.errors import CallError, PackError
from safeguard_rules.packs.coverage import Coverage
from safeguard_rules.packs.plugins import activate
from safeguard_rules.testing.covering import cover
from tests.packs.accounted import CASES, covered, write, write_here
from tests.packs_in_text import no_bundled_packs

OUTCOMES = ("applies", "does_not_apply", "undetermined")


def cases_of(coverage: Coverage, rule: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(case.pack, case.file, case.title, case.outcomes) for case in coverage.rule(rule).cases]


def test_the_cases_that_expect_something_of_a_rule_test_it(tmp_path: Path) -> None:
    coverage = covered(tmp_path)
    assert cases_of(coverage, "tiny:report") == [
        ("tiny", "tiny.cases.yaml", "a cold baby", ("applies",)),
        ("tiny", "tiny.cases.yaml", "a warm baby", ("does_not_apply",)),
        ("tiny", "tiny.cases.yaml", "too early", ("not_in_force",)),
    ]
    rule = coverage.rule("tiny:many-worries")
    assert [rule.count(outcome) for outcome in OUTCOMES] == [0, 1, 1]
    assert coverage.rule("tiny:leaflet").cases == ()


def test_a_case_that_nobody_has_reviewed_tests_nothing(tmp_path: Path) -> None:
    cases = CASES.replace("as_of: 2026-03-02", "as_of: 2026-03-02\n    reviewed: false", 1)
    coverage = cover([write(tmp_path, cases=cases)], plugins=no_bundled_packs())
    assert [case.title for case in coverage.rule("tiny:report").cases] == ["a warm baby", "too early"]


def test_cases_beside_a_locality_count_too(tmp_path: Path) -> None:
    coverage = covered(tmp_path, local=True)
    assert cases_of(coverage, "here:here-too") == [("here", "here.cases.yaml", "a cold baby here", ("applies",))]
    assert ("here", "here.cases.yaml", "a cold baby here", ("applies",)) in cases_of(coverage, "tiny:report")
    assert coverage.localities == ("here",)


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("{report: applies", "{reprot: applies", "did you mean `report`"),
        ("as_of: 2026-03-02", "as_of: 2026-03-02\n    locality: nowhere", "nowhere"),
    ],
)
def test_a_name_in_a_case_that_means_nothing_is_an_error_at_its_place(
    tmp_path: Path, right: str, wrong: str, says: str
) -> None:
    home = write(tmp_path, cases=CASES.replace(right, wrong, 1))
    with pytest.raises(PackError, match=says) as caught:
        cover([home], plugins=no_bundled_packs())
    assert caught.value.issues[0].place.text.name.endswith("tiny.cases.yaml")


def test_a_pack_or_locality_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="there is no pack `nope`"):
        cover(["nope"], plugins=no_bundled_packs())
    with pytest.raises(CallError, match="there is no locality `nope`"):
        cover([write(tmp_path)], ["nope"], plugins=no_bundled_packs())


def test_named_packs_come_without_localities_unless_these_are_named_too(tmp_path: Path) -> None:
    assert cover([write(tmp_path)], plugins=no_bundled_packs()).localities == ()


def test_a_locality_may_build_on_more_than_the_packs_that_are_named() -> None:
    coverage = cover(["guidance"], ["wiltshire"])
    assert (coverage.packs, coverage.localities) == (("guidance",), ("wiltshire",))


def test_a_folder_of_ones_own_stands_beside_the_bundled_packs(tmp_path: Path) -> None:
    coverage = cover([write(tmp_path), "guidance"])
    assert coverage.packs == ("guidance", "tiny")


def test_everything_bundled_is_the_default() -> None:
    coverage = cover(plugins=activate())
    assert {"guidance", "non-mobile-injury"} <= set(coverage.packs)
    assert {"stoke-on-trent", "wiltshire"} <= set(coverage.localities)
    assert all(source.whole for source in coverage.sources)


def test_the_locality_of_a_file_is_found(tmp_path: Path) -> None:
    place = write_here(tmp_path)
    assert cover([write(tmp_path)], [place], plugins=no_bundled_packs()).localities == ("here",)
