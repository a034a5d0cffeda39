"""The pytest plug-in: every case of a `*.cases.yaml` that stands beside a pack or locality is a test.

It is found through pytest's own entry points once the library is installed, and does nothing in a repository without
such files. Options: `--safeguard-plugin NAME`, `--require-reviewed`, `--rules-coverage`, `--rules-min-mutation SHARE`;
the ini key `safeguard_plugins` names plug-ins for good. Packs are read when the first such file is met.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from safeguard_rules.testing.runner import CaseResult, CaseRunner, CaseSet

CASES = ".cases.yaml"
MAIN = "pack.yaml"
MARK = "safeguard_case"
_SHOWN = "safeguard_rules"
_OUTCOMES = ("applies", "undetermined", "does_not_apply")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options, in a group of their own."""
    group = parser.getgroup("safeguard-rules", "cases of rule packs (safeguard-rules)")
    group.addoption(
        "--safeguard-plugin", action="append", default=[], metavar="NAME", help="a plug-in to activate; repeatable"
    )
    group.addoption("--require-reviewed", action="store_true", help="fail generated cases that nobody has reviewed")
    group.addoption(
        "--rules-coverage", action="store_true", help="fail unless every rule applies, does not, and stays open"
    )
    group.addoption(
        "--rules-min-mutation",
        type=float,
        metavar="SHARE",
        help="do small wrongs to each pack, and fail unless its cases notice this share of them, from 0 to 1",
    )
    parser.addini("safeguard_plugins", "plug-ins to activate for the cases of rule packs", type="args", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Names the marker, and starts to count."""
    config.addinivalue_line("markers", f"{MARK}: a case of a rule pack, from a {CASES} file")
    share = config.getoption("--rules-min-mutation")
    if share is not None and not 0 <= share <= 1:
        raise pytest.UsageError(f"--rules-min-mutation: expected a share from 0 to 1, got {share}")
    config.stash[_PACKS] = _Packs(config)
    config.pluginmanager.register(_Summary(config), "safeguard-rules-summary")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A `*.cases.yaml` beside a `pack.yaml`, or beside the locality of its name."""
    if not file_path.name.endswith(CASES) or _home(file_path) is None:
        return None
    return CasesFile.from_parent(parent, path=file_path)


def _home(file: Path) -> Path | None:
    """The pack's folder or the locality's file that a file of cases belongs to."""
    if (file.parent / MAIN).is_file():
        return file.parent
    locality = file.with_name(file.name.removesuffix(CASES) + ".yaml")
    return locality if locality.is_file() else None


class _Packs:
    """The cases of each pack that is met, read once."""

    def __init__(self, config: pytest.Config) -> None:
        self._names = (*config.getini("safeguard_plugins"), *config.getoption("--safeguard-plugin"))
        self._runner: CaseRunner | None = None
        self._read: dict[Path, CaseSet] = {}

    def of(self, home: Path) -> CaseSet:
        """The cases of a pack's folder or a locality's file; raises PackError, CallError, PluginError."""
        from safeguard_rules.testing.runner import CaseRunner

        if self._runner is None:
            self._runner = CaseRunner.with_plugins(self._names)
        if home not in self._read:
            self._read[home] = self._runner.read(self._runner.shelf.named(home))
        return self._read[home]


_PACKS = pytest.StashKey[_Packs]()


class CasesFile(pytest.File):
    """One file of cases; each case is an item, and a file that cannot be read is one collection error."""

    def collect(self) -> Iterator[pytest.Item]:
        """The cases of this file, in its order."""
        from safeguard_rules.errors import CallError, PackError, PluginError

        home = _home(self.path)
        assert home is not None
        try:
            cases = self.config.stash[_PACKS].of(home)
        except (PackError, CallError, PluginError) as error:
            raise self.CollectError(str(error)) from None
        for number, (names, _) in enumerate(cases.cases):
            place = names.case.place("title")
            if Path(place.text.name).name == self.path.name:
                yield CaseItem.from_parent(self, name=names.case.title, cases=cases, number=number)


class CaseMissedError(Exception):
    """What was expected and what came out."""


class CaseItem(pytest.Item):
    """One case; `-k` finds it by its title, by the rules it names and by what it `shows`."""

    def __init__(self, *, cases: CaseSet, number: int, **given: Any) -> None:
        super().__init__(**given)
        self.cases, self.number = cases, number
        case = cases.cases[number][0].case
        self.line = case.place("title").line
        self.add_marker(MARK)
        self.extra_keyword_matches.update((cases.pack, *case.expect.findings, *case.shows))

    def runtest(self) -> None:
        """Evaluates the case; raises `CaseMissedError` with everything that came out another way than expected."""
        result = self.cases.result(self.number)
        self.user_properties.append((_SHOWN, _told(self.path, result)))
        if result.misses:
            raise CaseMissedError("\n".join(str(miss) for miss in result.misses))
        if not result.reviewed and self.config.getoption("--require-reviewed"):
            raise CaseMissedError(f"{result.file}:{result.line}: generated, and nobody has reviewed it")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The misses as they are; anything else with its traceback."""
        if isinstance(excinfo.value, CaseMissedError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """Where the case stands."""
        return self.path, self.line - 1, self.name


def _told(file: Path, result: CaseResult) -> dict[str, Any]:
    """What a case showed, in a form that a worker can send to whoever counts."""
    reached = [[each.rule, each.outcome] for each in result.reached] if result.reviewed and result.passed else []
    return {"home": str(_home(file)), "reviewed": result.reviewed, "reached": reached}


class _Summary:
    """Counts what the cases showed, of all workers, and says it at the end."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._ran = self._waiting = 0
        self._homes: set[str] = set()
        self._reached: set[tuple[str, str]] = set()
        self._wrong: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Takes in what one case showed."""
        if report.when != "call":
            return
        for name, told in report.user_properties:
            if name == _SHOWN and isinstance(told, dict):
                self._ran += 1
                self._waiting += not told["reviewed"]
                self._homes.add(told["home"])
                self._reached.update((rule, outcome) for rule, outcome in told["reached"])

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Holds what was asked for; workers leave that to whoever started them."""
        if hasattr(session.config, "workerinput") or not self._ran:
            return
        self._wrong = [*self._not_shown(), *self._not_noticed()]
        if self._wrong and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """One line, and one more for each thing that is missing."""
        if not self._ran:
            return
        rules = self._rules()
        whole = sum(all((rule, outcome) in self._reached for outcome in _OUTCOMES) for rule in rules)
        line = f"rules: {whole}/{len(rules)} exercised in all three outcomes"
        waiting = f"; {self._waiting} generated cases await sign-off" if self._waiting else ""
        terminalreporter.write_line(line + waiting)
        for wrong in self._wrong:
            terminalreporter.write_line(wrong, red=True)

    def _rules(self) -> tuple[str, ...]:
        """The rules of the packs whose cases ran."""
        return tuple(sorted({rule.rule for cases in self._sets() for rule in cases.summed(()).coverage}))

    def _sets(self) -> Iterator[CaseSet]:
        """The packs whose cases ran, here or in workers."""
        return (self._config.stash[_PACKS].of(Path(home)) for home in sorted(self._homes))

    def _not_shown(self) -> Iterator[str]:
        if self._config.getoption("--rules-coverage"):
            for rule in self._rules():
                missing = [outcome for outcome in _OUTCOMES if (rule, outcome) not in self._reached]
                if missing:
                    yield f"{rule}: no case shows {' or '.join(missing)}"

    def _not_noticed(self) -> Iterator[str]:
        from safeguard_rules.errors import CallError
        from safeguard_rules.testing.mutants import run_mutants

        least = self._config.getoption("--rules-min-mutation")
        for cases in self._sets() if least is not None else ():
            try:
                run = run_mutants(cases.reviewed())
            except CallError as error:
                yield f"{cases.pack}: {error}"
                continue
            if run.share < least:
                yield str(run)
