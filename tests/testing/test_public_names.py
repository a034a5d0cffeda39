"""What `safeguard_rules.testing` promises, and what it says where the extra is not installed."""

from __future__ import annotations

import ast
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

from safeguard_rules import testing

SOURCE = Path(str(testing.__file__))
WITHOUT = """
import sys
sys.modules["hypothesis"] = None
import safeguard_rules, safeguard_rules.testing.runner
try:
    from safeguard_rules.testing import cases
except ImportError as error:
    print(error)
"""


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_public_names_are_exactly_the_sorted_all() -> None:
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"))
    imported = [
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("safeguard_rules")
        for alias in node.names
    ]
    assert testing.__all__ == sorted(set(testing.__all__))
    assert sorted(imported) == testing.__all__


@pytest.mark.parametrize("name", testing.__all__)
def test_every_name_is_there_and_says_what_it_is(name: str) -> None:
    assert getattr(testing, name).__doc__


def test_no_name_is_that_of_a_module() -> None:
    """Importing the module would put it in the name's place."""
    modules = {module.name for module in pkgutil.iter_modules([str(SOURCE.parent)])}
    assert modules & set(testing.__all__) == set()


def test_another_name_is_told() -> None:
    with pytest.raises(AttributeError, match="has no `case`"):
        testing.case  # noqa: B018 - looking is the test
    assert set(testing.__all__) <= set(dir(testing))


def test_without_the_extra_one_clear_error_names_it() -> None:
    told = "`cases` needs the extra `testing`, which is not installed: pip install 'safeguard-rules[testing]'"
    assert run(WITHOUT) == told


def test_the_library_itself_never_imports_hypothesis() -> None:
    code = "import sys, safeguard_rules, safeguard_rules.cli.main; print('hypothesis' in sys.modules)"
    assert run(code) == "False"
