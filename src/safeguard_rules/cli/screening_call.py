"""One call of `screen`: from paths and options to a run, and from its summary to a text."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from safeguard_rules.cli.lock import held
from safeguard_rules.cli.printing import counting, print_error, print_lines, print_text, with_status
from safeguard_rules.cli.screening_run import ScreeningRun
from safeguard_rules.cli.settings import Given, area_title, chosen_cache, day_or_today
from safeguard_rules.cli.targets import pack_or_locality, targets
from safeguard_rules.errors import CallError
from safeguard_rules.interop.choice import OtherPacks
from safeguard_rules.interop.input_columns import check_files, kept_fields
from safeguard_rules.interop.screening import Screening
from safeguard_rules.interop.screening_parts import Parts, described, output_schema
from safeguard_rules.interop.screening_summary import Summary
from safeguard_rules.interop.screening_text import summary_lines
from safeguard_rules.interop.table_files import check_output, count_rows, table_files
from safeguard_rules.values.json_text import as_json


class ScreeningCall:
    """A screening as somebody asked for it; raises CallError where it makes no sense, before anything is written."""

    def __init__(
        self,
        table: Path,
        output: Path,
        given: Given,
        keep: Sequence[str],
        evaluations: bool,
        changed_since: str | None,
    ) -> None:
        self.output, self.parts = output, Parts.of(output)
        check_output(output)
        if table.is_file() and table.resolve() == output.resolve():
            raise CallError(f"`{output.as_posix()}` is the input too; write to another file")
        self.files = table_files(table, (output, self.parts.folder))
        self.parts.check()
        self.keep = ", ".join(dict.fromkeys(keep)) or "not given"
        self.actions = "given" if evaluations else "not given"
        kept = kept_fields(self.files, keep)
        with with_status("loading the packs"):
            self.screening = Screening(
                day_or_today(given.as_of),
                packs=[pack_or_locality(each) for each in given.packs] or None,
                locality=pack_or_locality(given.locality) if given.locality is not None else None,
                plugins=given.plugins,
                cache=chosen_cache(),
                keep=kept,
                since=_other(changed_since, given) if changed_since is not None else None,
                evaluations=evaluations,
            )
        check_files(self.screening, self.files)

    def run(self, jobs: int | None) -> Summary:
        """Screens what is not screened yet, writes the output, and gives what came of it."""
        run = ScreeningRun(self.screening, self.files, self.parts)
        with held(run.parts.lock):
            return self._held(run, jobs)

    def _held(self, run: ScreeningRun, jobs: int | None) -> Summary:
        with with_status("reading what the input is"):
            rows = sum(count_rows(file) for file in self.files)
            run.parts.begin(self._manifest(run))
        most = min(jobs or _cores(), -(-rows // run.parts.rows) or 1)
        try:
            with counting(rows, "screening") as advance:
                count = run.do(most, advance)
        except KeyboardInterrupt:
            print_error("stopped; the same command goes on where it stopped")
            raise
        with with_status("writing the output"):
            return run.parts.assemble(count, self.screening, self.output)

    def tell(self, summary: Summary, form: str) -> None:
        """Prints a summary, for people or for programs."""
        made, output = self.screening.made_with, self.output.as_posix()
        if form == "json":
            print_text(as_json({"output": output, **made, **summary.tree(self.screening.asks)}))
            return
        area = area_title(self.screening.rulebook.content)
        print_lines(summary_lines(summary, self.screening.asks, str(self.screening.as_of), area, output))

    def _manifest(self, run: ScreeningRun) -> dict[str, object]:
        """What must be the same for parts to be of this screening; each part of it has its words if it differs."""
        columns = [f"{field.name}: {field.type}" for field in output_schema(self.screening)]
        stamps, area = dict(self.screening.packs[-1]), self.screening.rulebook.locality
        told = {"area": area or "none", "area_file": stamps.pop(area, None) if area is not None else None}
        asked = {"keep": self.keep, "actions": self.actions}
        made = {**self.screening.made_with, "packs": stamps, **told, **asked}
        return {**made, "rows": run.parts.rows, "input": described(self.files), "columns": columns}


def _cores() -> int:
    """How many processors this process may use, where the system says so, else how many there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _other(written: str, given: Given) -> OtherPacks:
    """The packs and localities in a folder."""
    found = targets((written,))
    packs = tuple(target.path for target in found if target.sort == "pack")
    if not packs:
        raise CallError(f"there is no pack under `{Path(written).as_posix()}`")
    localities = tuple(target.path for target in found if target.sort == "locality")
    return OtherPacks(packs, localities, given.locality, given.plugins, chosen_cache())
