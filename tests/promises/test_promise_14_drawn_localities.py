"""Promise 14 over localities that nobody wrote: what loads never weakens, and a wrong check would be found out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import Phase, settings

from safeguard_rules import Rulebook
from safeguard_rules.packs.tightening import Polarity
from safeguard_rules.testing import localities_only_tighten
from safeguard_rules.testing.dice import Seeded
from tests.promises.local_changes import LocalChange, draw_change
from tests.testing.books import bundled

CHANGES = tuple(dict.fromkeys(draw_change(Seeded(seed)) for seed in range(14)))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[LocalChange, Rulebook | None]:
    folder = tmp_path_factory.mktemp("localities")
    return {change: change.load(folder) for change in CHANGES}


def lowered(local: Rulebook, examples: int) -> str | None:
    """What the property says of a locality, with nothing made smaller; None where it holds."""
    test = settings(max_examples=examples, phases=[Phase.generate])(localities_only_tighten(bundled(), local))
    try:
        test()
    except AssertionError as error:
        return str(error)
    return None


def test_promise_14_the_changes_are_of_every_kind() -> None:
    assert {change.key for change in CHANGES} >= {"widens", "narrows", "moves"}


def test_promise_14_what_loads_without_a_waiver_never_weakens(loaded: dict[LocalChange, Rulebook | None]) -> None:
    books = {change: local for change, local in loaded.items() if local is not None}
    assert len(CHANGES) / 4 < len(books) < len(CHANGES), "some changes ask for more, and some for less"
    assert [(change, said) for change, local in books.items() if (said := lowered(local, 30)) is not None] == []


def test_promise_14_a_check_that_looks_the_wrong_way_is_found_out(
    loaded: dict[LocalChange, Rulebook | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the directions turned round, what weakens loads: most of it shows in the cases."""
    right, right_way = Polarity.definition, Polarity.parameter
    monkeypatch.setattr(Polarity, "definition", lambda self, name: -right(self, name))
    monkeypatch.setattr(Polarity, "parameter", lambda self, name: -right_way(self, name))
    refused = [change for change, local in loaded.items() if local is None]
    wrongly = {change: local for change in refused if (local := change.load(tmp_path)) is not None}
    assert len(wrongly) > 3
    found = [change for change, local in wrongly.items() if lowered(local, 80) is not None]
    assert len(found) > len(wrongly) / 2, [change for change in wrongly if change not in found]
