"""Decision 49: `uses` is direct and without circles; a short name is looked up in the own pack, then in those used."""

from dataclasses import replace
from pathlib import Path

import pytest

from safeguard_rules.errors import CallError, PackError
from safeguard_rules.packs.loaded import Loaded
from safeguard_rules.packs.loading import load
from safeguard_rules.source import Issue
from tests.packs_in_text import definition, no_bundled_packs, pack_text, rule, write_pack

HAS_D = (definition("d", "{child.disabled: true}"),)


def pack(folder: Path, name: str, *pieces: object, uses: str = "") -> Path:
    home = write_pack(folder, *pieces, name=name)  # type: ignore[arg-type]
    text = pack_text(tuple(pieces), name)  # type: ignore[arg-type]
    text = text.replace("{should: act}", f"{{should: {name}:act}}").replace("law/", f"{name}:law/")
    text = text.replace("ours/", f"{name}:ours/") + (f"uses: [{uses}]\n" if uses else "")
    (home / "pack.yaml").write_text(text, encoding="utf-8")
    return home


def loads(*homes: Path) -> Loaded:
    return load(homes, None, no_bundled_packs())


def refused(*homes: Path) -> list[Issue]:
    with pytest.raises(PackError) as raised:
        loads(*homes)
    return [issue for issue in raised.value.issues if issue.severity == "error"]


def read_by(loaded: Loaded, name: str) -> str:
    (form,) = loaded.content.rules[name].forms
    return str(getattr(form.when, "definition"))  # noqa: B009


def test_decision_49_the_own_pack_comes_first(tmp_path: Path) -> None:
    one = pack(tmp_path, "one", *HAS_D)
    two = pack(tmp_path, "two", *HAS_D, rule("r", "d"), rule("s", "one:d"), rule("t", "two:d"), uses="one")
    loaded = loads(one, two)
    assert [read_by(loaded, f"two:{name}") for name in "rst"] == ["two:d", "one:d", "two:d"]


def test_decision_49_then_the_one_used_that_has_it(tmp_path: Path) -> None:
    one, three = pack(tmp_path, "one", *HAS_D), pack(tmp_path, "three")
    two = pack(tmp_path, "two", rule("r", "d"), uses="one, three")
    assert read_by(loads(one, two, three), "two:r") == "one:d"


def test_decision_49_in_two_of_them_is_an_error_that_lists_both(tmp_path: Path) -> None:
    one, three = pack(tmp_path, "one", *HAS_D), pack(tmp_path, "three", *HAS_D)
    two = pack(tmp_path, "two", rule("r", "d"), uses="one, three")
    (issue,) = refused(one, two, three)
    assert (issue.code, issue.help) == ("ambiguous-name", "write `one:d` or `three:d`")


def test_decision_49_uses_is_direct(tmp_path: Path) -> None:
    one = pack(tmp_path, "one", *HAS_D)
    two = pack(tmp_path, "two", uses="one")
    three = pack(tmp_path, "three", rule("r", "d"), rule("s", "one:d"), uses="two")
    assert [issue.code for issue in refused(one, two, three)] == ["unknown-definition", "pack-not-used"]


def test_decision_49_a_circle_does_not_load(tmp_path: Path) -> None:
    one, two = pack(tmp_path, "one", uses="two"), pack(tmp_path, "two", uses="one")
    (issue,) = refused(one, two)
    assert issue.code == "pack-cycle"


def test_decision_49_what_is_used_is_loaded_with_it_if_it_is_named_or_bundled(tmp_path: Path) -> None:
    two = pack(tmp_path, "two", uses="one")
    (issue,) = refused(two)
    assert issue.code == "unknown-pack"


def test_decision_49_a_call_for_a_pack_or_locality_that_is_not_there() -> None:
    with pytest.raises(CallError, match="there is no pack `tiny`"):
        load(["tiny"], None, no_bundled_packs())
    with pytest.raises(CallError, match="there is no locality `here`"):
        load([], "here", no_bundled_packs())
    with pytest.raises(CallError, match="there is no folder `no/such`"):
        load(["no/such"], None, no_bundled_packs())


def locality(folder: Path, text: str) -> Path:
    file = folder / "here.yaml"
    head = "language: 1\nlocality: here\ntitle: Here\nversion: 0.1.0\nstatus: draft\n"
    file.write_text(head + text, encoding="utf-8")
    return file


def test_decision_49_what_a_locality_says_of_others_is_inactive(tmp_path: Path) -> None:
    one, two = pack(tmp_path, "one", *HAS_D, rule("r", "d")), pack(tmp_path, "two", *HAS_D, rule("s", "d"))
    plugins = replace(no_bundled_packs(), packs=(("tests", one), ("tests", two)))
    file = locality(
        tmp_path,
        """
uses: [one, two]
contacts: {}
carries:
  one:r: {should: one:act, cites: [one:law/duty]}
  two:s: {should: one:act, cites: [two:law/duty]}
widens:
  two:d: {or_if: always, reads: is so, cites: [two:law/duty]}
""",
    )
    content = load(["one"], file, plugins).content
    assert content.locality is not None
    assert content.locality.inactive == ("two:d", "two:s")
    assert sorted(content.rules) == ["one:r"]
    assert len(content.rules["one:r"].forms[0].demands) == 2


def test_decision_49_a_locality_names_what_it_uses(tmp_path: Path) -> None:
    one = pack(tmp_path, "one", *HAS_D, rule("r", "d"))
    file = locality(tmp_path, "contacts: {}\ncarries:\n  one:r: {should: one:act, cites: [one:law/duty]}\n")
    with pytest.raises(PackError) as raised:
        load([one], file, no_bundled_packs())
    assert {issue.code for issue in raised.value.issues} == {"pack-not-used"}
