"""Decision 48: installed plug-ins are listed by metadata and imported when named; wrappers and silence are refused."""

import sys
from collections.abc import Generator
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Any

import pluggy
import pytest

from safeguard_rules import Rulebook
from safeguard_rules.errors import CallError, PluginError
from safeguard_rules.packs import plugins as plugins_module
from safeguard_rules.packs.hookspecs import PROJECT, hookimpl
from safeguard_rules.packs.loading import load
from safeguard_rules.packs.plugins import activate, installed
from tests.packs_in_text import evaluate, no_bundled_packs, rule, write_pack

wrapper = pluggy.HookimplMarker(PROJECT)(wrapper=True)


@pytest.fixture
def surprise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A distribution that is installed and whose module says when it is imported."""
    (tmp_path / "surprise_pack.py").write_text("raise RuntimeError('imported')\n", encoding="utf-8")
    info = tmp_path / "surprise_pack-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: surprise-pack\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[{PROJECT}]\nsurprise = surprise_pack\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return "surprise"


def test_decision_48_the_installed_are_listed_and_not_imported(surprise: str) -> None:
    found = {each.name: each for each in installed()}
    assert (found[surprise].distribution, found[surprise].version) == ("surprise-pack", "1.0")
    assert "surprise_pack" not in sys.modules


def test_decision_48_only_the_named_are_imported(surprise: str) -> None:
    activate()
    with pytest.raises(PluginError, match="plug-in `surprise` could not be imported: imported"):
        activate([surprise])


def test_decision_48_a_name_that_is_not_installed(surprise: str) -> None:
    assert surprise in {point.name for point in metadata.entry_points(group=PROJECT)}
    with pytest.raises(CallError, match=r"no plug-in `surprize` is installed; did you mean `surprise`\?"):
        activate(["surprize"])


class Wraps:
    """A plug-in that would replace what others answer."""

    @wrapper
    def safeguard_rules_packs(self) -> Generator[None, Any, Any]:
        yield
        return []


class OldWraps:
    """The same in the older manner."""

    @pluggy.HookimplMarker(PROJECT)(hookwrapper=True)
    def safeguard_rules_evaluated(self, evaluation: object) -> Generator[None, Any, None]:
        assert evaluation is not None
        yield


class Empty:
    """A plug-in with nothing to offer."""

    @hookimpl
    def safeguard_rules_packs(self) -> list[Any]:
        return []


class Nothing:
    """A plug-in that forgot to answer."""

    @hookimpl
    def safeguard_rules_derived_facts(self) -> None:
        return None


class Misspelt:
    """A plug-in whose hook does not exist."""

    @hookimpl
    def safeguard_rules_pack(self) -> list[Any]:
        return []


class NoFolders:
    """A plug-in that answers with what cannot be read."""

    @hookimpl
    def safeguard_rules_packs(self) -> list[Any]:
        return [7]


class Raises:
    """A plug-in that breaks."""

    @hookimpl
    def safeguard_rules_localities(self) -> list[Any]:
        raise OSError("no disk")


BREAKS = [
    (Wraps(), "wraps the hook `safeguard_rules_packs`"),
    (OldWraps(), "wraps the hook `safeguard_rules_evaluated`"),
    (Empty(), "gives an empty answer to `safeguard_rules_packs`"),
    (Nothing(), "gives an empty answer to `safeguard_rules_derived_facts`"),
    (Misspelt(), "has a hook that does not exist"),
    (NoFolders(), "answers `safeguard_rules_packs` with `7`"),
    (Raises(), "failed in `safeguard_rules_localities`: no disk"),
]


@pytest.mark.parametrize(("plugin", "said"), BREAKS, ids=lambda value: type(value).__name__)
def test_decision_48_what_breaks_the_hooks_is_refused(plugin: object, said: str) -> None:
    with pytest.raises(PluginError, match=said):
        activate(objects={"mine": plugin})


class Sink:
    """Keeps what it is handed."""

    def __init__(self) -> None:
        self.seen: list[Any] = []

    @hookimpl
    def safeguard_rules_evaluated(self, evaluation: Any) -> None:
        self.seen.append(evaluation)


def test_decision_48_sinks_get_the_final_result(tmp_path: Path) -> None:
    sink = Sink()
    plugins = replace(no_bundled_packs(), sinks=activate(objects={"sink": sink}).sinks)
    evaluation = evaluate(Rulebook(load([write_pack(tmp_path, rule("r", "always"))], None, plugins)))
    assert sink.seen == [evaluation]
    assert sink.seen[0] is evaluation


def test_decision_48_a_sink_that_breaks_is_named(tmp_path: Path) -> None:
    def breaks(**_: object) -> None:
        raise OSError("disk full")

    plugins = replace(no_bundled_packs(), sinks=(("audit", breaks),))
    rulebook = Rulebook(load([write_pack(tmp_path, rule("r", "always"))], None, plugins))
    with pytest.raises(PluginError, match="the sink of plug-in `audit` failed: disk full"):
        evaluate(rulebook)


def test_decision_48_answers_come_sorted_whatever_the_order_of_registering() -> None:
    class Gives:
        def __init__(self, folder: Path) -> None:
            self.folder = folder

        @hookimpl
        def safeguard_rules_packs(self) -> list[Path]:
            return [self.folder]

    one, other = Gives(Path("b")), Gives(Path("a"))
    given = [
        [folder.name for name, folder in activate(objects=objects).packs if name in ("x", "y")]
        for objects in ({"x": one, "y": other}, {"y": other, "x": one})
    ]
    assert given == [["a", "b"], ["a", "b"]]
    assert plugins_module.BUNDLED == "bundled"
