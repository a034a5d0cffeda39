"""`screen --cache` keeps checked packs, as every other command does, and says the same."""

import shutil
from pathlib import Path

import pytest

from safeguard_rules.packs import loading
from tests.cli.calling import Caller
from tests.interop.tables import DAY

PACKS = Path(__file__).parents[2] / "rulepacks"
RULE = "  safer-sleep-for-every-carer:"


def test_promise_3_the_cache_is_used_and_changes_nothing(call: Caller, tmp_path: Path) -> None:
    cases = call.write("cases.jsonl", '{"child": {"id": "a", "stage": "born"}}\n')
    cache, plain, kept = tmp_path / "cache", tmp_path / "plain.jsonl", tmp_path / "kept.jsonl"
    assert call("screen", cases, "-o", str(plain), "--as-of", DAY, "--jobs", "1").code == 0
    for _ in range(2):
        options = ("--as-of", DAY, "--jobs", "1", "--cache", str(cache))
        assert call("screen", cases, "-o", str(kept), *options).code == 0
        assert [each.suffix for each in cache.rglob("*") if each.is_file()] == [".json"]
        assert kept.read_bytes() == plain.read_bytes()


def test_promise_3_the_packs_that_are_compared_with_come_from_the_cache_too(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = call.write("cases.jsonl", '{"child": {"id": "a", "stage": "born"}}\n')
    for name in ("guidance", "safe_sleep"):
        shutil.copytree(PACKS / name, tmp_path / "before" / name)
    for file in (tmp_path / "before" / "safe_sleep").glob("*.yaml"):
        file.write_text(file.read_text(encoding="utf-8").replace(RULE, "  old-name:"), encoding="utf-8")
    options = ["--as-of", DAY, "--jobs", "1", "--packs", "safe-sleep", "--changed-since", str(tmp_path / "before")]
    plain, kept = tmp_path / "plain.jsonl", tmp_path / "kept.jsonl"
    assert call("screen", cases, "-o", str(plain), *options).code == 0
    assert "safe-sleep:old-name" in plain.read_text(encoding="utf-8")
    keeping = [*options, "--cache", str(tmp_path / "cache")]
    assert call("screen", cases, "-o", str(kept), *keeping).code == 0
    assert len(list((tmp_path / "cache").rglob("*.json"))) == 2
    monkeypatch.setattr(loading, "load_chosen", None)  # nothing is read and checked anew
    assert call("screen", cases, "-o", str(kept), *keeping).code == 0
    assert kept.read_bytes() == plain.read_bytes()
