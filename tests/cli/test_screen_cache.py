"""`screen --cache` keeps checked packs, as every other command does, and says the same."""

from pathlib import Path

from tests.cli.calling import Caller
from tests.interop.tables import DAY


def test_promise_3_the_cache_is_used_and_changes_nothing(call: Caller, tmp_path: Path) -> None:
    cases = call.write("cases.jsonl", '{"child": {"id": "a", "stage": "born"}}\n')
    cache, plain, kept = tmp_path / "cache", tmp_path / "plain.jsonl", tmp_path / "kept.jsonl"
    assert call("screen", cases, "-o", str(plain), "--as-of", DAY, "--jobs", "1").code == 0
    for _ in range(2):
        options = ("--as-of", DAY, "--jobs", "1", "--cache", str(cache))
        assert call("screen", cases, "-o", str(kept), *options).code == 0
        assert [each.suffix for each in cache.rglob("*") if each.is_file()] == [".json"]
        assert kept.read_bytes() == plain.read_bytes()
