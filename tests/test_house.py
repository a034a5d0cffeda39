"""House rules that a machine can hold: names, docstrings, sizes, and no trace of anybody's machine."""

import ast
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path

import pytest

import safeguard_rules

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "safeguard_rules"
MODULES = sorted(SOURCE.rglob("*.py"))

FILE_LINES = 300
FUNCTION_LINES = 40

# Files that are one idea and longer than the limit, each with its reason.
LONG_FILES = {
    "messages.py": "one small function for each wording, all in one file on purpose",
    "results.py": "the catalogue of what comes back, one small class for each, read as a whole",
}

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Function = ast.FunctionDef | ast.AsyncFunctionDef


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def shown(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def docstring_lines(tree: ast.AST) -> set[int]:
    """The lines that docstrings take."""
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | Definition) and ast.get_docstring(node) is not None:
            first = node.body[0]
            lines.update(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return lines


def code_lines(text: str, tree: ast.AST, first: int = 1, last: int | None = None) -> int:
    """How many of these lines are code: no blank lines, comments or docstrings."""
    without = docstring_lines(tree)
    lines = enumerate(text.splitlines()[first - 1 : last], start=first)
    return sum(1 for n, line in lines if n not in without and line.strip() and not line.strip().startswith("#"))


def public_definitions(tree: ast.Module) -> Iterator[tuple[str, Definition]]:
    """Public classes and functions of a module and the public methods of public classes, with their names."""
    for node in tree.body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield node.name, node
            if isinstance(node, ast.ClassDef):
                for member in node.body:
                    if isinstance(member, Function) and not member.name.startswith("_"):
                        yield f"{node.name}.{member.name}", member


def explained_elsewhere(node: Definition) -> bool:
    """Setters, overloads and overrides, whose docstring stands at another definition."""
    marks = {"overload", "override", "setter"}
    return any(
        (isinstance(mark, ast.Name) and mark.id in marks) or (isinstance(mark, ast.Attribute) and mark.attr in marks)
        for mark in node.decorator_list
    )


def is_a_wording(path: Path, node: Definition) -> bool:
    """One of the wordings in messages.py: the sentence that it returns says what it is for."""
    if shown(path) != "messages.py" or isinstance(node, ast.ClassDef) or node.returns is None:
        return False
    return ast.unparse(node.returns) == "Message"


def tree_files() -> list[Path]:
    """Every file that belongs to the project: what .gitignore does not name, a folder at a time."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    ignored = [".git", *(line.rstrip("/") for line in lines)]
    found: list[Path] = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if not any(fnmatch(name, pattern) for pattern in ignored)]
        found += [Path(folder, name) for name in files if name != ".git"]  # a linked checkout has a file there
    return sorted(found)


def test_the_public_names_are_exactly_the_sorted_all() -> None:
    tree = parse(SOURCE / "__init__.py")
    imported: list[str] = []
    promised: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            inner = [each for each in node.body if isinstance(each, ast.ImportFrom)]
            imported += [alias.asname or alias.name for each in inner for alias in each.names]
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            promised = ast.literal_eval(node.value)
    assert promised == sorted(set(promised))
    assert [name for name in promised if name not in imported and name != "__version__"] == []
    assert [name for name in imported if name not in promised and not name.startswith("_")] == []


def test_each_public_name_is_imported_when_asked_for_as_a_type_checker_sees_it() -> None:
    tree = parse(SOURCE / "__init__.py")
    (block,) = [each for each in tree.body if isinstance(each, ast.If)]
    seen = {alias.name: each.module for each in block.body if isinstance(each, ast.ImportFrom) for alias in each.names}
    assert set(seen) == set(safeguard_rules.__all__)
    for name, module in seen.items():
        assert getattr(safeguard_rules, name) is getattr(import_module(str(module)), name)
    assert set(safeguard_rules.__all__) <= set(dir(safeguard_rules))
    with pytest.raises(AttributeError, match="module `safeguard_rules` has no attribute `Rulebok`"):
        _ = safeguard_rules.Rulebok


def test_loading_imports_nothing_that_only_evaluates_or_reports() -> None:
    """What a program that starts often waits for; the names are those of rooms and libraries."""
    program = "import sys, safeguard_rules; safeguard_rules.Rulebook.load(cache=sys.argv[1]); print(*sys.modules)"
    for room in ("first", "again"):
        with tempfile.TemporaryDirectory() as cache:
            for _ in range(1 if room == "first" else 2):
                call = [sys.executable, "-c", program, cache]
                loaded = set(subprocess.run(call, capture_output=True, text=True, check=True).stdout.split())
        waited_for = {name.removeprefix("safeguard_rules.").partition(".")[0] for name in loaded}
        assert not waited_for & {"reports", "testing", "cli", "results", "click", "rich", "hypothesis", "pytest"}
        assert ("yaml" in loaded) is (room == "first")
        assert "safeguard_rules.engine.evaluation" not in loaded


def test_everything_public_has_a_docstring() -> None:
    bare = []
    for path in MODULES:
        tree = parse(path)
        if ast.get_docstring(tree) is None:
            bare.append(shown(path))
        bare += [
            f"{shown(path)}: {name}"
            for name, node in public_definitions(tree)
            if ast.get_docstring(node) is None and not explained_elsewhere(node) and not is_a_wording(path, node)
        ]
    assert not bare, "\n".join(bare)


def test_no_file_is_over_the_limit() -> None:
    sizes = {shown(path): code_lines(path.read_text(encoding="utf-8"), parse(path)) for path in MODULES}
    over = {name: size for name, size in sizes.items() if size > FILE_LINES and name not in LONG_FILES}
    assert over == {}
    assert [name for name in LONG_FILES if name in sizes and sizes[name] == 0] == []


def test_no_function_is_over_the_limit() -> None:
    over = []
    for path in MODULES:
        text, tree = path.read_text(encoding="utf-8"), parse(path)
        for node in ast.walk(tree):
            if isinstance(node, Function):
                size = code_lines(text, tree, node.lineno, node.end_lineno)
                if size > FUNCTION_LINES:
                    over.append(f"{shown(path)}:{node.lineno} {node.name} has {size} lines")
    assert over == []


def test_no_module_bears_a_name_that_the_standard_library_owns() -> None:
    taken = [shown(path) for path in MODULES if path.stem in sys.stdlib_module_names and path.stem != "__init__"]
    assert taken == []


def test_no_module_is_called_by_a_word_that_says_nothing() -> None:
    empty_words = {"common", "data", "helpers", "info", "manager2", "misc", "util", "utils"}
    assert [shown(path) for path in MODULES if path.stem in empty_words] == []


def test_both_packages_say_that_they_are_typed() -> None:
    assert (SOURCE / "py.typed").is_file()
    assert (ROOT / "rulepacks" / "py.typed").is_file()


def test_every_folder_of_code_is_declared() -> None:
    setup = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    folders = {path.parent.relative_to(SOURCE.parent) for path in SOURCE.rglob("__init__.py")}
    expected = {".".join(folder.parts) for folder in folders} | {"safeguard_rulepacks"}
    assert set(setup["packages"]) == expected
    assert {path.parent for path in MODULES} == {SOURCE.parent / folder for folder in folders}


MACHINE_PATH = re.compile(r"(?<![\w.\-/])(?:/(?:work|root|home|Users)/\w|[A-Za-z]:\\(?:Users|home)\\)")


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    found = []
    for path in tree_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if MACHINE_PATH.search(line):
                found.append(f"{path.relative_to(ROOT).as_posix()}:{number}: {line.strip()[:80]}")
    assert found == []


def test_no_file_is_kept_that_a_program_made() -> None:
    made = {".pyc", ".pyo", ".whl", ".egg", ".orig", ".rej"}
    kept = [path for path in tree_files() if path.suffix in made or path.name == ".DS_Store"]
    assert kept == []


# --- the tests above can fail


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("open('" + "/home" + "/somebody/case.yaml')", True),
        ("see " + "/root" + "/notes", True),
        ("C:" + "\\Users\\somebody", True),
        ("https://example.org/work/home/page", False),
        ("docs/home/index.md", False),
    ],
)
def test_a_machine_path_is_known_when_seen(line: str, is_one: bool) -> None:
    assert (MACHINE_PATH.search(line) is not None) is is_one


def test_blank_lines_comments_and_docstrings_are_no_code() -> None:
    text = '"""What it is.\n\nMore.\n"""\n\n# why\nx = 1\n\n\ndef f():\n    """Say."""\n    return x\n'
    assert code_lines(text, ast.parse(text)) == 3


def test_what_lacks_a_docstring_is_found() -> None:
    text = "class A:\n    def f(self): ...\n    def _g(self): ...\ndef h(): ...\ndef _i(): ...\n"
    assert [name for name, _ in public_definitions(ast.parse(text))] == ["A", "A.f", "h"]
