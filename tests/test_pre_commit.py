"""The hooks for other repositories: pre-commit can read them, and their entries run on the files that they name."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
PACK = ROOT / "examples" / "third-party-pack" / "src" / "example_pack" / "gp_registration"

REQUIRED = {"id", "name", "entry", "language"}
"""What a hook has to say (pre-commit, Creating new hooks)."""

KNOWN = REQUIRED | {"description", "files", "pass_filenames", "require_serial"}


def run(hook: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A hook's entry, from the scripts of this environment, as pre-commit calls it from the root of a repository."""
    program, *words = shlex.split(HOOKS[hook]["entry"])
    script = Path(sys.executable).parent / program
    return subprocess.run(
        [script, *words, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=600
    )


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_says_what_it_has_to_and_nothing_unknown(hook: str) -> None:
    assert REQUIRED <= set(HOOKS[hook]) <= KNOWN
    assert HOOKS[hook]["language"] == "python"
    assert re.compile(HOOKS[hook]["files"]).groups == 4


def test_the_page_of_lints_names_every_hook() -> None:
    page = (ROOT / "docs" / "lints.md").read_text(encoding="utf-8")
    assert re.findall(r"- id: (\S+)", page) == list(HOOKS)


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("pack.yaml", True),
        ("packs/mine/pack.yaml", True),
        ("packs/mine/topic.rules.yaml", True),
        ("packs/mine/topic.cases.yaml", True),
        ("packs/mine/sources/clinic.yaml", True),
        ("localities/wiltshire.yaml", True),
        ("backpack.yaml", False),
        ("packs/mine/README.md", False),
        (".github/workflows/check.yaml", False),
        ("rules.yaml", False),
    ],
)
def test_which_files_call_a_hook(path: str, meant: bool) -> None:
    assert [bool(re.search(hook["files"], path)) for hook in HOOKS.values()] == [meant, meant]


def test_every_file_of_the_bundled_packs_calls_the_hook() -> None:
    files = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "rulepacks").rglob("*.yaml"))]
    assert files
    assert [path for path in files if not re.search(HOOKS["safeguard-rules-check"]["files"], path)] == []


def test_checking_works_on_changed_files_of_a_pack_and_of_a_locality() -> None:
    changed = [path.relative_to(ROOT).as_posix() for path in sorted(PACK.rglob("*.yaml"))]
    changed += ["rulepacks/localities/wiltshire.cases.yaml", "rulepacks/localities/wiltshire.yaml"]
    done = run("safeguard-rules-check", "--strict", "--as-of", "2026-11-22", *changed)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("checked 1 pack and 1 locality: no errors")


def test_checking_fails_on_a_broken_file(tmp_path: Path) -> None:
    shutil.copytree(PACK, tmp_path / "mine")
    file = tmp_path / "mine" / "pack.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("vulnerabilities:", "vulnerabilites:"), encoding="utf-8")
    done = run("safeguard-rules-check", str(file))
    assert done.returncode == 1
    assert "did you mean" in done.stdout


def test_the_cases_of_a_folder_are_run() -> None:
    done = run("safeguard-rules-test", PACK.relative_to(ROOT).as_posix())
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 of 3 cases passed" in done.stdout
