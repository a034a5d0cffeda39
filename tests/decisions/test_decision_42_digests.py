"""Decision 42: a pack's digest is over its read tree; its meaning digest leaves out what changes no meaning."""

from pathlib import Path

import pytest

from safeguard_rules.packs.content import PackStamp
from safeguard_rules.packs.loading import load
from tests.packs_in_text import action, definition, no_bundled_packs, pack_text, rule, section, write_pack

PIECES = (
    action("tell"),
    definition("d", "{all: [{child.disabled: true}, {case.plan: child_protection}]}"),
    rule("r", "d"),
)
TEXT = pack_text(PIECES)


def stamp(folder: Path, text: str = TEXT, files: dict[str, str] | None = None, id_: str = "tiny") -> PackStamp:
    home = write_pack(folder, *PIECES)
    for name, content in {"pack.yaml": text, **(files or {})}.items():
        (home / name).write_bytes(content.encode())
    stamps = load([home], None, no_bundled_packs()).stamps
    return next(each for each in stamps if each.id == id_)


def moved_to_another_file() -> tuple[str, dict[str, str]]:
    head, rules = TEXT.split("\nrules:\n")
    return head + "\n", {"r.rules.yaml": f"language: 1\nrules:\n{rules}"}


def keys_in_another_order() -> str:
    lines = TEXT.splitlines(keepends=True)
    title = next(line for line in lines if line.startswith("title:"))
    return "".join([*(line for line in lines if line != title), title])


SAME = {
    "comments": "# a comment\n" + TEXT.replace("status: draft", "status: draft  # for now"),
    "line ends": TEXT.replace("\n", "\r\n"),
    "quotes": TEXT.replace("title: A tiny pack", 'title: "A tiny pack"'),
    "style": TEXT.replace("cites: [law/duty]", "cites:\n    - law/duty", 1),
    "order of keys": keys_in_another_order(),
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_decision_42_what_does_not_count(text: str, tmp_path: Path) -> None:
    assert text != TEXT
    assert stamp(tmp_path / "a", text) == stamp(tmp_path / "b")


def test_decision_42_files_do_not_count(tmp_path: Path) -> None:
    assert stamp(tmp_path / "a", *moved_to_another_file()) == stamp(tmp_path / "b")


COUNTS = {
    "order of conditions": TEXT.replace(
        "[{child.disabled: true}, {case.plan: child_protection}]",
        "[{case.plan: child_protection}, {child.disabled: true}]",
    ),
    "a word": TEXT.replace("Do tell", "Do tell them"),
    "a citation": TEXT.replace("cites: [law/duty]", "cites: [law/duty, advice/tip]", 1),
}


@pytest.mark.parametrize("text", COUNTS.values(), ids=COUNTS)
def test_decision_42_what_counts(text: str, tmp_path: Path) -> None:
    one, other = stamp(tmp_path / "a", text), stamp(tmp_path / "b")
    assert (one.digest == other.digest, one.meaning == other.meaning) == (False, False)


REVIEW = "{by: a lead, day: 2026-03-01, meaning: 'sha256:canonical-1:" + 64 * "0" + "'}"
NO_MEANING = {
    "status": TEXT.replace("status: draft", f"status: reviewed\nreviewed: {REVIEW}"),
    "version": TEXT.replace("version: 0.1.0", "version: 0.2.0"),
    "reviewed": TEXT + f"reviewed: {REVIEW}\n",
    # A departure from the decision's list: what an author answers to a lint changes no result.
    "accepted lints": TEXT.replace("Do tell", "Do tell\n    accept: {unused: It is for others.}"),
}


@pytest.mark.parametrize("text", NO_MEANING.values(), ids=NO_MEANING)
def test_decision_42_what_is_no_meaning(text: str, tmp_path: Path) -> None:
    one, other = stamp(tmp_path / "a", text), stamp(tmp_path / "b")
    assert (one.digest == other.digest, one.meaning == other.meaning) == (False, True)


DATED = pack_text((section("parameters", "p: [{value: 1, cites: [law/duty]}]"),))


def test_decision_42_what_a_dated_form_accepts_is_no_meaning_either(tmp_path: Path) -> None:
    accepting = DATED.replace("{value: 1,", "{value: 1, accept: {unused: It is for others.},")
    one, other = stamp(tmp_path / "a", DATED), stamp(tmp_path / "b", accepting)
    assert (one.digest == other.digest, one.meaning == other.meaning) == (False, True)
    changed = stamp(tmp_path / "c", accepting.replace("value: 1", "value: 2"))
    assert changed.meaning != other.meaning


def test_decision_42_cases_are_in_the_digest_and_not_in_the_meaning(tmp_path: Path) -> None:
    cases = "language: 1\ncases: [{title: one, as_of: 2026-03-02, given: {child: {id: a}}, expect: {}}]\n"
    one, other = stamp(tmp_path / "a", files={"r.cases.yaml": cases}), stamp(tmp_path / "b")
    assert (one.digest == other.digest, one.meaning == other.meaning) == (False, True)


def test_decision_42_a_meaning_takes_in_what_it_uses(tmp_path: Path) -> None:
    def of_user(folder: Path, text: str) -> PackStamp:
        used = write_pack(folder, *PIECES)
        (used / "pack.yaml").write_text(text, encoding="utf-8")
        user = folder / "user"
        user.mkdir()
        head = "language: 1\npack: user\ntitle: A user\nversion: 0.1.0\nstatus: draft\nuses: [tiny]\n"
        (user / "pack.yaml").write_text(head, encoding="utf-8")
        stamps = load([used, user], None, no_bundled_packs()).stamps
        return next(each for each in stamps if each.id == "user")

    shared = of_user(tmp_path / "a", TEXT)
    changed = of_user(tmp_path / "b", COUNTS["a word"])
    reviewed = of_user(tmp_path / "c", NO_MEANING["status"])
    assert (shared.digest == changed.digest, shared.meaning == changed.meaning) == (True, False)
    assert shared.meaning == reviewed.meaning


def test_decision_42_a_digest_says_what_it_is(tmp_path: Path) -> None:
    found = stamp(tmp_path)
    assert found.digest.startswith("sha256:")
    assert found.meaning.startswith("sha256:")
    assert found.digest != found.meaning
