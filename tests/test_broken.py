"""Broken packs, localities and cases, each with its whole expected text.

A folder of `tests/broken` holds a `pack.yaml`, or folders with one each, or a `locality.yaml`, or a case, family or
story file, and `expected.txt`. Packs and localities are loaded with `tests/packs/base`, which they use, and without
our own packs. `UPDATE_EXPECTED=1 pytest tests/test_broken.py` writes the expected texts anew: then read each as its
author.
"""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from safeguard_rules.case.reading import read_case_file
from safeguard_rules.errors import CaseError, PackError
from safeguard_rules.packs.loading import load
from safeguard_rules.packs.plugins import Plugins, activate
from safeguard_rules.testing.stories import StoryRunner

HERE = Path(__file__).parent
BROKEN = HERE / "broken"
BASE = HERE / "packs" / "base"
FOLDERS = sorted(folder.name for folder in BROKEN.iterdir() if folder.is_dir())


@pytest.fixture(scope="module")
def no_plugins() -> Plugins:
    """Without our own packs, whose names would stand among the suggestions."""
    return replace(activate(), packs=(), localities=())


def what_is_wrong(plugins: Plugins) -> str:
    """All issues of the folder that is the working directory, as drawn."""
    cases = [Path(name) for name in ("case.yaml", "case.json", "family.yaml") if Path(name).is_file()]
    locality = Path("locality.yaml")
    packs = [BASE, *sorted(path.parent for path in (*Path().glob("pack.yaml"), *Path().glob("*/pack.yaml")))]
    story = Path("case.story.yaml")
    try:
        if story.is_file():
            StoryRunner().read(story)
        elif cases:
            read_case_file(cases[0])
        else:
            load(packs, locality if locality.is_file() else None, plugins)
    except (PackError, CaseError) as error:
        return f"{error}\n"
    return ""


@pytest.mark.parametrize("name", FOLDERS)
def test_what_is_said_of_a_broken_folder(name: str, no_plugins: Plugins, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BROKEN / name)
    said = what_is_wrong(no_plugins)
    expected = BROKEN / name / "expected.txt"
    if os.environ.get("UPDATE_EXPECTED"):
        expected.write_text(said, encoding="utf-8", newline="\n")
    assert said == expected.read_text(encoding="utf-8")
    assert said, "nothing is wrong with it"


def test_there_are_more_than_fifty_and_the_pack_they_use_is_sound(no_plugins: Plugins) -> None:
    assert len(FOLDERS) > 55
    assert load([BASE], None, no_plugins).warnings == ()


def test_issues_of_several_files_come_sorted_by_place(no_plugins: Plugins, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BROKEN / "everything_at_once")
    with pytest.raises(PackError) as raised:
        load([BASE, Path()], None, no_plugins)
    orders = [issue.order for issue in raised.value.issues]
    assert orders == sorted(orders)
    assert len({issue.place.text.name for issue in raised.value.issues}) == 4
