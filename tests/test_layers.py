"""A module imports only from the rooms above it, and no folder imports in a circle."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
PACKAGE = "safeguard_rules"

ROOMS = (
    "source",
    "messages",
    "errors",
    "values",
    "reading",
    "case",
    "vocabulary",
    "language",
    "packs",
    "results",
    "engine",
    "reports",
    "interop",
    "testing",
    "schemas",
    "cli",
)

# Who may know of a library that one room was made to hide. Everybody may know the others.
KEPT_TO = {
    "click": {"cli"},
    "rich": {"cli"},
    "pluggy": {"packs"},
    "yaml": {"reading"},
    "jinja2": {"reports"},
    "numpy": {"engine", "interop"},
    "pyarrow": {"engine", "interop"},
    "hypothesis": {"testing"},
    "pytest": {"testing"},
}

# What the engine promises never to read (promise 10), and what would make two runs differ (promise 11).
CLOCKS_AND_DICE = {"random", "secrets", "time", "uuid", "zoneinfo"}


@dataclass(frozen=True, slots=True)
class Import:
    """One module that another one imports, and the line that does."""

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the library: its dotted name and what it imports."""

    name: str
    path: Path
    imports: tuple[Import, ...]

    @property
    def room(self) -> str:
        """The first word after the package: `source` or `values`; empty for the package itself."""
        return self.name.partition(".")[2].partition(".")[0]

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"


def module_name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(tree: ast.AST, names: frozenset[str]) -> Iterator[Import]:
    """Every import of a tree, wherever it stands; `from a import b` is `a.b` where that is a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            stem = "." * node.level + (node.module or "")
            for alias in node.names:
                longer = f"{stem}.{alias.name}"
                yield Import(longer if longer in names else stem, node.lineno)


def modules_under(root: Path) -> tuple[Module, ...]:
    paths = sorted((root / PACKAGE).rglob("*.py"))
    names = frozenset(module_name(path, root) for path in paths)
    return tuple(
        Module(
            name=module_name(path, root),
            path=path,
            imports=tuple(imports_of(ast.parse(path.read_text(encoding="utf-8")), names)),
        )
        for path in paths
    )


def is_ours(name: str) -> bool:
    return name == PACKAGE or name.startswith(f"{PACKAGE}.")


def broken_layers(modules: tuple[Module, ...]) -> list[str]:
    """Each import that does not go up, as a sentence."""
    found = []
    for module in modules:
        if module.name == PACKAGE:
            continue
        for imported in module.imports:
            where = f"{module.name}:{imported.line}"
            room = imported.name.partition(".")[2].partition(".")[0]
            if imported.name.startswith("."):
                found.append(f"{where} imports by a relative name, {imported.name}")
            elif imported.name == PACKAGE:
                found.append(f"{where} imports the front door; import the module that has the name")
            elif is_ours(imported.name) and ROOMS.index(room) > ROOMS.index(module.room):
                found.append(f"{where} imports {imported.name}, which stands below it")
    return found


def circles(modules: tuple[Module, ...]) -> list[str]:
    """One circle of imports per folder that has any."""
    found = []
    for room in ROOMS:
        inside = [module for module in modules if module.room == room]
        names = {module.name for module in inside}
        graph = {m.name: {i.name for i in m.imports} & (names - {m.name}) for m in inside}
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            found.append(" -> ".join(error.args[1]))
    return found


MODULES = modules_under(SOURCE)


def test_every_module_has_a_room() -> None:
    homeless = [m.name for m in MODULES if m.name != PACKAGE and m.room not in ROOMS]
    assert homeless == []


def test_a_module_imports_only_from_rooms_above_it() -> None:
    assert broken_layers(MODULES) == []


def test_no_folder_imports_in_a_circle() -> None:
    assert circles(MODULES) == []


def test_an_init_inside_the_package_holds_only_a_docstring() -> None:
    """All but the testing kit's, which is a promised surface like the front door."""
    too_much = []
    for module in MODULES:
        if module.is_package and module.name not in (PACKAGE, f"{PACKAGE}.testing"):
            body = ast.parse(module.path.read_text(encoding="utf-8")).body
            if len(body) != 1 or ast.get_docstring(ast.Module(body, [])) is None:
                too_much.append(module.name)
    assert too_much == []


def test_only_declared_libraries_are_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [entry for extra in project["optional-dependencies"].values() for entry in extra]
    declared = {entry.partition(">")[0].strip().lower() for entry in (*project["dependencies"], *extras)}
    allowed = {"yaml" if name == "pyyaml" else name for name in declared}
    allowed |= {"annotated_types", "pydantic_core", "typing_extensions"}  # parts of pydantic
    allowed |= {"hypothesis", "pytest"}  # an extra that safeguard_rules.testing asks for
    strangers = [
        f"{module.name}:{imported.line} imports {imported.name}"
        for module in MODULES
        for imported in module.imports
        if not is_ours(imported.name)
        and (top := imported.name.partition(".")[0]) not in allowed
        and top not in sys.stdlib_module_names
    ]
    assert strangers == []


def test_a_library_that_one_room_hides_is_known_only_there() -> None:
    leaks = [
        f"{module.name}:{imported.line} imports {imported.name}"
        for module in MODULES
        for imported in module.imports
        if module.room not in KEPT_TO.get(imported.name.partition(".")[0], {module.room})
    ]
    assert leaks == []


def test_only_the_engine_s_columns_know_arrow_and_numpy() -> None:
    known = {
        module.name
        for module in MODULES
        if module.room == "engine" and {"numpy", "pyarrow"} & {i.name.partition(".")[0] for i in module.imports}
    }
    assert {name for name in known if not name.startswith(f"{PACKAGE}.engine.columns.")} == set()
    assert known != set()


def test_the_engine_knows_nothing_of_plug_ins() -> None:
    plug_ins = {f"{PACKAGE}.packs.hookspecs", f"{PACKAGE}.packs.plugins"}
    known = [m.name for m in MODULES if m.room == "engine" and plug_ins & {i.name for i in m.imports}]
    assert known == []


def test_promise_10_nothing_above_the_command_line_can_read_a_clock_or_throw_dice() -> None:
    found = []
    for module in MODULES:
        if module.room in {"testing", "cli"}:
            continue
        found += [f"{module.name}:{i.line} imports {i.name}" for i in module.imports if i.name in CLOCKS_AND_DICE]
        for node in ast.walk(ast.parse(module.path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}:
                found.append(f"{module.name}:{node.lineno} reads .{node.attr}")
    assert found == []


def test_the_bundled_packs_know_only_the_hooks() -> None:
    tree = ast.parse((ROOT / "rulepacks" / "__init__.py").read_text(encoding="utf-8"))
    hookspecs = f"{PACKAGE}.packs.hookspecs"
    ours = {i.name for i in imports_of(tree, frozenset({hookspecs})) if is_ours(i.name)}
    assert ours <= {hookspecs}
    assert sorted(path.name for path in (ROOT / "rulepacks").rglob("*.py")) == ["__init__.py"]


# --- the tests above can fail


def house(tmp_path: Path, files: dict[str, str]) -> tuple[Module, ...]:
    for name, text in files.items():
        path = tmp_path / PACKAGE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return modules_under(tmp_path)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("from safeguard_rules.engine import walk", "safeguard_rules.engine, which stands below it"),
        ("import safeguard_rules.cli.main", "safeguard_rules.cli.main, which stands below it"),
        ("from safeguard_rules import Rulebook", "the front door"),
        ("from .dates import When", "a relative name"),
        ("def late():\n    from safeguard_rules.results import Evaluation", "which stands below it"),
    ],
)
def test_a_wrong_import_is_found(tmp_path: Path, text: str, complaint: str) -> None:
    (found,) = broken_layers(house(tmp_path, {"case/models.py": text}))
    assert found.startswith("safeguard_rules.case.models:")
    assert complaint in found


def test_an_import_of_the_same_folder_or_of_one_above_is_right(tmp_path: Path) -> None:
    text = "from safeguard_rules.case.fields import fact\nfrom safeguard_rules.values import dates\n"
    assert broken_layers(house(tmp_path, {"case/models.py": text, "values/dates.py": ""})) == []


def test_a_circle_is_found(tmp_path: Path) -> None:
    one = "from safeguard_rules.case.two import x"
    two = "from safeguard_rules.case import one"
    assert len(circles(house(tmp_path, {"case/one.py": one, "case/two.py": two}))) == 1
