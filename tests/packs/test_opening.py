"""The same rulebook from a cache as without one; and a cache that anything may happen to."""

import os
import re
import threading
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from safeguard_rules import CallError, Family, PackError, Rulebook
from safeguard_rules.case.fields import fact
from safeguard_rules.packs import opening, versions
from safeguard_rules.packs.cache import entries
from safeguard_rules.packs.loaded import Loaded
from safeguard_rules.packs.opening import open_packs
from safeguard_rules.packs.plugins import Plugins, activate
from safeguard_rules.packs.whereabouts import locality_ids
from tests.examples import EXAMPLES, Example
from tests.packs_in_text import (
    definition,
    evaluate,
    no_bundled_packs,
    rule,
    write_locality,
    write_pack,
)

ROOT = Path(__file__).parents[2]
EVERY_KEY = ROOT / "examples" / "every-key"
THIRD_PARTY = ROOT / "examples" / "third-party-pack" / "src" / "example_pack" / "gp_registration"
BUNDLED = activate()
RULES = (definition("d", "{child.disabled: true}"), rule("r", "d"))
WAIVER = """
waivers:
  - waives: d
    instead: It is asked for less.
    and_only_if: {child.seriously_ill_or_hurt: true}
    from: 2026-01-01
    to: 2026-12-31
    cites: [law/duty]
    decided_by: the board
    because: It was tried.
"""


@pytest.fixture
def untouchable(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes reading a pack fail from now on, so that what loads comes from the cache."""

    def refuse(*_: object) -> None:
        raise AssertionError("a pack was read")

    return lambda: monkeypatch.setattr(opening._Cached, "_chosen", refuse)


def whole(content: object) -> str:
    """Content with all its places; sets are written in one order, for equal ones may be told in several."""
    return re.sub(
        r"frozenset\(\{([^}]*)\}\)", lambda found: f"{{{', '.join(sorted(found[1].split(', ')))}}}", repr(content)
    )


def parts(loaded: Loaded) -> tuple[object, ...]:
    """All that a rulebook is made of, with every place."""
    return (
        whole(loaded.content),
        whole(loaded.unwaived),
        loaded.warnings,
        loaded.stamps,
        loaded.shelf_days,
        loaded.content,
        loaded.unwaived,
    )


def texts(loaded: Loaded) -> list[str]:
    """The texts that the places of a rulebook lie in."""
    return [form.place.text.content for each in loaded.content.rules.values() for form in each.forms]


def entry(cache: Path) -> Path:
    """The one entry of a cache."""
    (found,) = (cache / "rulebooks").iterdir()
    return found


def check_same(
    packs: Sequence[str | Path] | None,
    locality: str | Path | None,
    plugins: Plugins,
    cache: Path,
    untouchable: Callable[[], None],
) -> None:
    """Holds what comes from a cache against what is read, and both against what is read without a cache."""
    without = open_packs(packs, locality, plugins)
    cold = open_packs(packs, locality, plugins, cache)
    assert parts(cold) == parts(without)
    untouchable()
    warm = open_packs(packs, locality, plugins, cache)
    assert parts(warm) == parts(without)
    assert texts(warm) == texts(without)


@pytest.mark.parametrize("locality", [None, *locality_ids(BUNDLED)])
def test_bundled_packs_are_the_same(locality: str | None, tmp_path: Path, untouchable: Callable[[], None]) -> None:
    check_same(None, locality, BUNDLED, tmp_path, untouchable)


def test_the_pack_of_somebody_else_is_the_same(tmp_path: Path, untouchable: Callable[[], None]) -> None:
    check_same([THIRD_PARTY], None, BUNDLED, tmp_path, untouchable)


def test_every_key_of_the_language_is_kept(tmp_path: Path, untouchable: Callable[[], None]) -> None:
    check_same([EVERY_KEY], EVERY_KEY / "localities" / "sampleshire.yaml", BUNDLED, tmp_path, untouchable)


def test_a_locality_with_a_waiver_is_the_same(tmp_path: Path, untouchable: Callable[[], None]) -> None:
    home = write_pack(tmp_path, *RULES)
    place = write_locality(tmp_path, WAIVER)
    assert open_packs([home], place, no_bundled_packs()).unwaived is not None
    check_same([home], place, no_bundled_packs(), tmp_path / "cache", untouchable)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_evaluations_have_the_same_bytes(example: Example, kept: Path) -> None:
    file = example.file()
    warm = Rulebook.load(locality=file.header.locality, cache=kept)
    as_of, role = file.header.as_of, file.header.role
    assert as_of is not None
    if isinstance(file.case, Family):
        found = warm.evaluate_family(file.case, as_of=as_of, role=role).to_json()
    else:
        found = warm.evaluate(file.case, as_of=as_of, role=role).to_json()
    assert found == example.result().to_json()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all examples."""
    return tmp_path_factory.mktemp("kept")


def test_what_was_read_is_read_again_from_what_was_kept_of_it(tmp_path: Path) -> None:
    home = write_pack(tmp_path, *RULES)
    cold = open_packs([home], None, BUNDLED, tmp_path / "cache")
    warm = open_packs([home], None, BUNDLED, tmp_path / "cache")
    for file in home.rglob("*.yaml"):
        file.unlink()
    (home / "sources").rmdir()
    home.rmdir()
    assert warm.files == cold.files
    assert dict(warm.readable) == dict(cold.readable)


# --- what makes an entry an old one


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("pack.yaml", "child.disabled: true", "child.disabled: false"),
        ("pack.yaml", "language: 1", "# a note\nlanguage: 1"),
        ("sources/law.yaml", "It has to be done.", "It is to be done."),
        ("tiny.cases.yaml", "cases: []", "cases: [] # none"),
    ],
)
def test_a_changed_file_is_read_anew(name: str, before: str, after: str, tmp_path: Path) -> None:
    home, cache = write_pack(tmp_path, *RULES), tmp_path / "cache"
    (home / "tiny.cases.yaml").write_text("cases: []\n")
    open_packs([home], None, no_bundled_packs(), cache)
    old = entry(cache).read_bytes()
    file = home / name
    assert before in file.read_text()
    file.write_text(file.read_text().replace(before, after))
    changed = open_packs([home], None, no_bundled_packs(), cache)
    assert parts(changed) == parts(open_packs([home], None, no_bundled_packs()))
    assert entry(cache).read_bytes() != old


def test_a_file_that_is_new_or_gone_counts(tmp_path: Path) -> None:
    home, cache = write_pack(tmp_path, *RULES), tmp_path / "cache"
    open_packs([home], None, no_bundled_packs(), cache)
    more = home / "more.rules.yaml"
    more.write_text("language: 1\nparameters:\n  soon: {value: 1 day, cites: [law/duty]}\n")
    assert "tiny:soon" in open_packs([home], None, no_bundled_packs(), cache).content.parameters
    more.unlink()
    assert "tiny:soon" not in open_packs([home], None, no_bundled_packs(), cache).content.parameters


def test_another_version_of_the_library_reads_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, untouchable: Callable[[], None]
) -> None:
    home, cache = write_pack(tmp_path, *RULES), tmp_path / "cache"
    open_packs([home], None, no_bundled_packs(), cache)
    untouchable()
    open_packs([home], None, no_bundled_packs(), cache)
    monkeypatch.setattr(versions, "version", lambda _: "99.0")
    with pytest.raises(AssertionError, match="a pack was read"):
        open_packs([home], None, no_bundled_packs(), cache)


class Visits(BaseModel):
    """What a plug-in adds to a case."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    late: bool | None = fact(
        "Somebody came late.", phrase="whether somebody came late", question="Did somebody come late?", topic="child"
    )


class MoreVisits(Visits):
    """The same, in its next version."""

    early: bool | None = fact(
        "Somebody came early.", phrase="whether somebody came early", question="Was it early?", topic="child"
    )


def test_other_facts_of_plug_ins_are_another_source(tmp_path: Path, untouchable: Callable[[], None]) -> None:
    home, cache = write_pack(tmp_path, *RULES, rule("late", "{extra.visits.late: true}")), tmp_path / "cache"
    plain = no_bundled_packs()
    extended = plain.__class__(plain.manager, (), (), {"visits": Visits}, plain.derived, plain.stamps, plain.sinks)
    more = plain.__class__(plain.manager, (), (), {"visits": MoreVisits}, plain.derived, plain.stamps, plain.sinks)
    open_packs([home], None, extended, cache)
    with pytest.raises(PackError, match=r"extra\.visits"):
        open_packs([home], None, plain, cache)
    assert open_packs([home], None, extended, cache).content.rules
    untouchable()
    assert open_packs([home], None, extended, cache).content.rules
    with pytest.raises(AssertionError, match="a pack was read"):
        open_packs([home], None, more, cache)


def test_a_pack_that_is_wrong_is_wrong_each_time(tmp_path: Path) -> None:
    home, cache = write_pack(tmp_path, *RULES, rule("wrong", "no_such")), tmp_path / "cache"
    told = []
    for _ in range(2):
        with pytest.raises(PackError) as error:
            open_packs([home], None, no_bundled_packs(), cache)
        told.append(str(error.value))
    assert told[0] == told[1]
    assert "no_such" in told[0]
    assert not (cache / "rulebooks").exists()


def test_a_wrong_call_says_the_same_with_a_cache(tmp_path: Path) -> None:
    for packs, locality in ([tmp_path / "none"], None), (["no-such"], None), (None, "wiltshir"), (None, "./no.yaml"):
        told = []
        for cache in (None, tmp_path / "cache"):
            with pytest.raises(CallError) as error:
                open_packs(packs, locality, BUNDLED, cache)
            told.append(str(error.value))
        assert told[0] == told[1]


@pytest.mark.parametrize("cache", ["", " ", 5, b"cache"])
def test_what_is_no_folder_for_a_cache_is_refused(cache: object) -> None:
    with pytest.raises(CallError, match="cache: expected a folder"):
        open_packs(None, None, BUNDLED, cache)  # type: ignore[arg-type]


# --- what may happen to an entry


def test_a_damaged_entry_is_read_past_and_replaced(tmp_path: Path) -> None:
    home, cache = write_pack(tmp_path, *RULES), tmp_path / "cache"
    whole = parts(open_packs([home], None, no_bundled_packs(), cache))
    right = entry(cache).read_bytes()
    for damage in (b"", right[:-1], right + b" ", right.replace(b"disabled", b"enabled!"), b"\xff" + right[1:]):
        assert damage != right
        entry(cache).write_bytes(damage)
        assert parts(open_packs([home], None, no_bundled_packs(), cache)) == whole
        assert entry(cache).read_bytes() == right


def test_an_entry_that_cannot_be_what_it_says_is_read_past_and_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, cache = write_pack(tmp_path, *RULES), tmp_path / "cache"
    monkeypatch.setattr(entries, "written", lambda *_: b'{"statements": [], "facts": [], "rulebook": [1]}')
    whole = parts(open_packs([home], None, no_bundled_packs(), cache))
    monkeypatch.undo()
    sealed = entry(cache).read_bytes()
    assert parts(open_packs([home], None, no_bundled_packs(), cache)) == whole
    assert entry(cache).read_bytes() != sealed


def test_a_place_that_is_no_folder_is_no_error(tmp_path: Path) -> None:
    home, place = write_pack(tmp_path, *RULES), tmp_path / "file"
    place.write_text("mine")
    assert open_packs([home], None, no_bundled_packs(), place).content.rules
    assert place.read_text() == "mine"


def test_an_unwritable_place_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("read-only")

    home = write_pack(tmp_path, *RULES)
    monkeypatch.setattr(Path, "mkdir", refuse)
    assert open_packs([home], None, no_bundled_packs(), tmp_path / "cache").content.rules
    assert not (tmp_path / "cache").exists()


def test_nothing_is_kept_where_nobody_asked_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = write_pack(tmp_path, *RULES)
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    for variable in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "SAFEGUARD_RULES_CACHE"):
        monkeypatch.setenv(variable, str(here))
    evaluate(Rulebook.load([home]))
    assert list(here.iterdir()) == []


def test_many_may_write_at_once(tmp_path: Path) -> None:
    home, cache = write_pack(tmp_path, *RULES), tmp_path / "cache"
    whole = parts(open_packs([home], None, no_bundled_packs()))
    found: list[bool] = []

    def load_often() -> None:
        for _ in range(5):
            found.append(parts(open_packs([home], None, no_bundled_packs(), cache)) == whole)
            entry_now = next((cache / "rulebooks").glob("*.json"))
            entry_now.write_bytes(entry_now.read_bytes()[:40])

    threads = [threading.Thread(target=load_often) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 20
    assert [each.name for each in (cache / "rulebooks").iterdir()] == [next((cache / "rulebooks").glob("*.json")).name]


def test_one_entry_for_what_is_asked_for_however_often_it_changes(tmp_path: Path) -> None:
    home, cache = write_pack(tmp_path, *RULES), tmp_path / "cache"
    for turn in range(3):
        (home / "more.rules.yaml").write_text(f"# {turn}\nlanguage: 1\n")
        open_packs([home], None, no_bundled_packs(), cache)
    assert entry(cache).is_file()


def test_the_name_of_a_place_follows_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, cache = write_pack(tmp_path, *RULES), tmp_path / "cache"
    shown = []
    for here in (tmp_path, home, Path(os.sep)):
        monkeypatch.chdir(here)
        loaded = open_packs([home], None, no_bundled_packs(), cache)
        assert parts(loaded) == parts(open_packs([home], None, no_bundled_packs()))
        shown.append(loaded.content.rules["tiny:r"].forms[0].place.text.name)
    assert shown[:2] == ["tiny/pack.yaml", "pack.yaml"]
    assert shown[2].endswith("/tiny/pack.yaml")


def test_the_version_is_that_of_the_metadata() -> None:
    assert versions.engine_version() == metadata.version("safeguard-rules")
    assert versions.version_of("no-such-distribution") == "unknown"


@pytest.mark.parametrize("packs", ["safe-sleep", Path("safe-sleep")])
def test_one_pack_that_is_in_no_list_is_told_to_be_put_into_one(packs: object) -> None:
    with pytest.raises(CallError, match=r"packs: expected a list of ids or folders.*write \['safe-sleep'\]"):
        open_packs(packs, None, BUNDLED)  # type: ignore[arg-type]
