"""`docs`: the folder it writes, what it refuses, and what it says without its extra."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from safeguard_rules.cli.exits import Exit
from tests.cli.calling import Caller
from tests.reports.html.made import write_small

ROOT = Path(__file__).parents[2]


@pytest.fixture
def mine(tmp_path: Path) -> list[str]:
    """The words that name a small pack of one's own with its areas."""
    (tmp_path / "mine").mkdir()
    home, here, there = write_small(tmp_path / "mine")
    return [f"{home}/", "--locality", str(here), "--locality", str(there)]


def test_it_writes_pages_and_says_where(mine: list[str], call: Caller, tmp_path: Path) -> None:
    answer = call("docs", *mine, "-o", str(tmp_path / "pages"), "--as-of", "2026-03-02")
    assert (answer.code, answer.err) == (Exit.WORKED, "")
    folder = (tmp_path / "pages").as_posix()
    pages = len(list((tmp_path / "pages").rglob("*.html")))
    assert answer.out == f"{pages} pages in {folder}: open {folder}/index.html\n"
    rule = (tmp_path / "pages" / "rules" / "tiny" / "report.html").read_text(encoding="utf-8")
    assert "Tell of a cold baby" in rule
    assert "As in force on 2 March 2026." in rule
    assert (tmp_path / "pages" / "localities" / "there.html").is_file()


def test_another_day_tells_another_form(mine: list[str], call: Caller, tmp_path: Path) -> None:
    call("docs", *mine, "-o", str(tmp_path / "pages"), "--as-of", "2025-03-02")
    rule = (tmp_path / "pages" / "rules" / "tiny" / "report.html").read_text(encoding="utf-8")
    assert "</span>Tell of a baby who was cold</h1>" in rule


def test_a_bundled_pack_can_be_named_by_its_folder(call: Caller, tmp_path: Path) -> None:
    pack = ROOT / "rulepacks" / "safe_sleep"
    assert call("docs", f"{pack}/", "-o", str(tmp_path / "pages")).code == Exit.WORKED
    assert (tmp_path / "pages" / "packs" / "safe-sleep.html").is_file()


def test_a_folder_that_is_not_ours_is_refused_before_any_work(mine: list[str], call: Caller, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "thesis.txt").write_text("years of work", encoding="utf-8")
    answer = call("docs", *mine, "-o", str(tmp_path / "pages"))
    assert answer.code == Exit.WRONG_CALL
    assert "has `thesis.txt`, which these pages did not bring" in answer.err
    assert [path.name for path in (tmp_path / "pages").iterdir()] == ["thesis.txt"]


def test_a_pack_that_is_wrong_leaves_earlier_pages(mine: list[str], call: Caller, tmp_path: Path) -> None:
    call("docs", *mine, "-o", str(tmp_path / "pages"), "--as-of", "2026-03-02")
    pack = Path(mine[0]) / "pack.yaml"
    pack.write_text(pack.read_text("utf-8").replace("when: cold", "when: clod"), encoding="utf-8")
    answer = call("docs", *mine, "-o", str(tmp_path / "pages"), "--as-of", "2026-03-02")
    assert answer.code == Exit.INVALID_PACK
    assert "did you mean `cold`?" in answer.err
    assert (tmp_path / "pages" / "rules" / "tiny" / "report.html").is_file()


def test_without_its_extra_it_names_the_extra(
    mine: list[str], call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("safeguard_rules.reports.html.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "jinja2", None)
    answer = call("docs", *mine, "-o", str(tmp_path / "pages"))
    assert answer.code == Exit.COULD_NOT_RUN
    assert answer.err == (
        'error: pages need Jinja2, which is not installed; `pip install "safeguard-rules[docs]"` brings it\n'
    )
    assert not (tmp_path / "pages").exists()


def test_nothing_but_this_command_needs_jinja2() -> None:
    loaded = "import sys, safeguard_rules.cli.main; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0


def test_hash_seeds_change_no_byte(mine: list[str], tmp_path: Path) -> None:
    found = []
    for seed in ("1", "2"):
        folder = tmp_path / f"pages-{seed}"
        words = [*mine, "-o", str(folder), "--as-of", "2026-03-02"]
        start = "import sys; from safeguard_rules.cli.main import run; sys.exit(run(sys.argv[1:]))"
        command = [sys.executable, "-c", start, "docs", *words]
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
        found.append({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()})
    assert found[0] == found[1]
