"""Parts of the account: some sources, all others, some fates."""

from pathlib import Path

import pytest

from safeguard_rules.errors import CallError
from safeguard_rules.packs.coverage import Coverage, of_carriages, of_sources, without_sources
from tests.packs.accounted import covered


@pytest.fixture
def coverage(tmp_path: Path) -> Coverage:
    return covered(tmp_path)


def test_some_sources_come_in_the_order_asked_for_with_counts_of_their_own(coverage: Coverage) -> None:
    found = of_sources(coverage, ["policy", "law", "tiny:policy"])
    assert [source.source for source in found.sources] == ["policy", "law"]
    assert found.counts.statements == 15
    assert found.known.proposals == 0
    assert [rule.rule for rule in of_sources(coverage, ["law"]).rules] == ["tiny:many-worries"]


def test_all_others(coverage: Coverage) -> None:
    found = without_sources(coverage, ["policy", "law"])
    assert [source.source for source in found.sources] == ["advice", "ours"]
    assert found.counts.statements == 2


def test_a_misspelt_source_is_told_with_the_right_one(coverage: Coverage) -> None:
    with pytest.raises(CallError, match="there is no source `polcy` in these packs; did you mean `policy`"):
        of_sources(coverage, ["polcy"])
    with pytest.raises(CallError, match="`safeguard-rules coverage` lists all"):
        without_sources(coverage, ["something-else-altogether"])


def test_some_fates_leave_the_counts_of_all(coverage: Coverage) -> None:
    found = of_carriages(coverage, ["not yet", "withdrawn"])
    assert [(source.source, [each.id for each in source.statements]) for source in found.sources] == [
        ("policy", ["later", "old"])
    ]
    assert found.rules == ()
    assert found.counts == coverage.counts
