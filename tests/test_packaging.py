"""What a stranger gets: the wheel in a fresh environment, in place, in a zip, and with somebody else's pack.

A fresh environment holds the declared dependencies and nothing else, linked from the environment that runs
the tests; so nothing is downloaded, and a dependency that was forgotten in pyproject.toml is missed here.
"""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "third-party-pack"
LIBRARY = "safeguard-rules"

# Loads the bundled packs and says what came from where.
LOAD = """
import json
from importlib.resources import files
import safeguard_rules, safeguard_rulepacks
safeguard_rules.Rulebook.load()
print(json.dumps({
    "code": safeguard_rules.__file__,
    "packs": str(files(safeguard_rulepacks).joinpath("guidance", "pack.yaml")),
}))
"""

# Evaluates a case with a pack of somebody else, and without.
EVALUATE = """
import json
from datetime import date
from safeguard_rules import Case, Rulebook
case = Case.from_yaml("{child: {id: baby, stage: born}, vulnerabilities: [not_registered_with_gp]}")
def actions(rulebook):
    return sorted({action.do for action in rulebook.evaluate(case, as_of=date(2026, 3, 2)).actions})
print(json.dumps({
    "with": actions(Rulebook.load(plugins=["example-pack"])),
    "without": actions(Rulebook.load()),
}))
"""


def environment() -> dict[str, str]:
    """The variables of this process without those that lead Python or pip elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON", "VIRTUAL_"))}
    return kept | {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints; when it fails, the test fails with all that it said."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment without pip."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.scripts / ("python.exe" if os.name == "nt" else "python")

    @property
    def scripts(self) -> Path:
        return self._path("scripts")

    @property
    def packages(self) -> Path:
        return self._path("purelib")

    def _path(self, name: str) -> Path:
        place = str(self.folder)
        return Path(sysconfig.get_path(name, scheme="venv", vars={"base": place, "platbase": place}))

    def install(self, *arguments: str | Path) -> None:
        """Install with the pip of the environment that runs the tests, from nowhere but the arguments."""
        pip = (sys.executable, "-m", "pip", "--python", self.python, "--quiet", "install", "--no-index")
        run(*pip, *arguments, cwd=self.folder)

    def run(self, text: str, cwd: Path) -> dict[str, object]:
        """What a script prints, as JSON; isolated, so that nothing of the working directory counts."""
        result: dict[str, object] = json.loads(run(self.python, "-I", "-W", "error", "-c", text, cwd=cwd))
        return result


def with_dependencies(name: str) -> dict[str, Distribution]:
    """What a distribution declares that it needs, and what those need in turn."""
    found: dict[str, Distribution] = {}
    waiting = [name]
    while waiting:
        for line in distribution(waiting.pop()).requires or ():
            needed = Requirement(line)
            if needed.name not in found and (needed.marker is None or needed.marker.evaluate({"extra": ""})):
                found[needed.name] = distribution(needed.name)
                waiting.append(needed.name)
    return found


def top_level(dist: Distribution) -> Iterator[Path]:
    """The folders and single files that a distribution put into site-packages."""
    base = Path(str(dist.locate_file("")))
    names = {path.parts[0] for path in dist.files or ()}
    for name in sorted(names - {"..", "__pycache__"}):
        yield base / name


def link(original: Path, place: Path) -> None:
    """Link a file or folder, or copy it where links are not allowed."""
    try:
        place.symlink_to(original, target_is_directory=original.is_dir())
    except OSError:
        if original.is_dir():
            shutil.copytree(original, place)
        else:
            shutil.copy2(original, place)


def fresh(folder: Path, *tools: str) -> Environment:
    """A new environment with the dependencies of the library, and with these tools."""
    venv.create(folder, with_pip=False)
    made = Environment(folder)
    found = with_dependencies(LIBRARY)
    for tool in tools:
        found |= {tool: distribution(tool), **with_dependencies(tool)}
    for dist in found.values():
        for original in top_level(dist):
            link(original, made.packages / original.name)
    return made


def copy_of_the_checkout(folder: Path) -> Path:
    """What a build reads, in a folder of its own, so that nothing that lies about in the checkout gets in."""
    leftovers = shutil.ignore_patterns("__pycache__", "*.egg-info", "build")
    for name in ("src", "rulepacks"):
        shutil.copytree(ROOT / name, folder / name, ignore=leftovers)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy2(ROOT / name, folder / name)
    return folder


def build(folder: Path, out: Path) -> Path:
    """The wheel of a folder, built from its sdist."""
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, folder, cwd=out.parent)
    (wheel,) = out.glob("*.whl")
    return wheel


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    return build(copy_of_the_checkout(folder / "checkout"), folder / "dist")


def test_the_wheel_holds_every_module_every_pack_and_the_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
        notices = [name for name in archive.namelist() if name.endswith(".dist-info/licenses/LICENSE")]
    modules = {path.relative_to(ROOT / "src") for path in (ROOT / "src" / "safeguard_rules").rglob("*.py")}
    packs = ROOT / "rulepacks"
    pack_files = {path.relative_to(packs) for path in packs.rglob("*") if path.suffix in {".yaml", ".py"}}
    pages = ROOT / "src" / "safeguard_rules" / "reports" / "html"
    modules |= {path.relative_to(ROOT / "src") for part in ("assets", "templates") for path in (pages / part).iterdir()}
    expected = {path.as_posix() for path in modules}
    expected |= {f"safeguard_rulepacks/{path.as_posix()}" for path in pack_files}
    expected |= {"safeguard_rules/py.typed", "safeguard_rulepacks/py.typed"}
    assert held == expected
    assert "safeguard_rulepacks/guidance/pack.yaml" in held
    assert len(notices) == 1


def test_the_wheel_works_in_a_fresh_environment_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    made = fresh(tmp_path / "env")
    made.install(wheel)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    found = made.run(LOAD, cwd=elsewhere)
    assert Path(str(found["code"])) == made.packages / "safeguard_rules" / "__init__.py"
    assert Path(str(found["packs"])) == made.packages / "safeguard_rulepacks" / "guidance" / "pack.yaml"
    assert "guidance" in run(made.scripts / "safeguard-rules", "packs", "list", cwd=elsewhere)


def test_an_editable_install_reads_the_packs_of_its_checkout(tmp_path: Path) -> None:
    checkout = copy_of_the_checkout(tmp_path / "checkout")
    made = fresh(tmp_path / "env", "setuptools")
    made.install("--no-build-isolation", "--editable", checkout)
    found = made.run(LOAD, cwd=tmp_path)
    assert Path(str(found["code"])) == checkout / "src" / "safeguard_rules" / "__init__.py"
    assert Path(str(found["packs"])) == checkout / "rulepacks" / "guidance" / "pack.yaml"


def test_a_zip_on_the_path_gives_its_packs_without_being_unpacked(wheel: Path, tmp_path: Path) -> None:
    made = fresh(tmp_path / "env")
    found = made.run(f"import sys; sys.path.insert(0, {str(wheel)!r})\n{LOAD}", cwd=tmp_path)
    assert Path(str(found["code"])).is_relative_to(wheel)
    assert Path(str(found["packs"])).is_relative_to(wheel)


def test_a_pack_of_somebody_else_fires_where_it_is_installed_and_named(wheel: Path, tmp_path: Path) -> None:
    source = tmp_path / "theirs"
    shutil.copytree(EXAMPLE, source, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", "build"))
    theirs = build(source, tmp_path / "dist")
    made = fresh(tmp_path / "env")
    made.install(wheel, theirs)
    found = made.run(EVALUATE, cwd=tmp_path)
    told = "Help the family to register with a family doctor"
    assert told in json.dumps(found["with"])
    assert told not in json.dumps(found["without"])


def test_promise_12_a_pack_that_is_installed_and_not_named_is_not_even_imported(wheel: Path, tmp_path: Path) -> None:
    made = fresh(tmp_path / "env")
    made.install(wheel)
    shutil.copytree(EXAMPLE / "src" / "example_pack", made.packages / "example_pack")
    metadata = made.packages / "example_pack-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: example-pack\nVersion: 1\n", encoding="utf-8")
    entry = "[safeguard_rules]\nexample-pack = example_pack\n"
    (metadata / "entry_points.txt").write_text(entry, encoding="utf-8")
    (made.packages / "example_pack" / "__init__.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    made.run(LOAD, cwd=tmp_path)


def test_the_pack_of_somebody_else_is_tested_in_its_own_folder_with_pytest_alone(wheel: Path, tmp_path: Path) -> None:
    made = fresh(tmp_path / "env", "pytest")
    made.install(wheel)
    theirs = tmp_path / "theirs"
    shutil.copytree(EXAMPLE, theirs, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", "build"))
    printed = run(made.python, "-m", "pytest", "-p", "no:cacheprovider", "--rules-coverage", cwd=theirs)
    assert "rules: 1/1 exercised in all three outcomes" in printed
    assert "3 passed" in printed
