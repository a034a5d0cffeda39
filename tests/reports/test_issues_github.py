"""Annotations of GitHub Actions: one line each, escaped so that no text can end a command or start one."""

import pytest

from safeguard_rules.reports.issues_github import issues_github
from safeguard_rules.source import Issue, Place, Severity, Text

PACK = Text("packs/a.yaml", "pack: x\n")


@pytest.mark.parametrize(("severity", "command"), [("error", "error"), ("warning", "warning"), ("note", "notice")])
def test_each_severity_has_its_command(severity: Severity, command: str) -> None:
    found = Issue(Place(PACK, 1, 7, 1), "too-long", "`do` is long", None, severity)
    assert issues_github([found]) == (
        f"::{command} file=packs/a.yaml,line=1,endLine=1,col=7,endColumn=8,title=too-long::`do` is long\n"
    )


def test_an_issue_about_a_whole_file_has_no_line() -> None:
    assert issues_github([Issue(PACK.whole(), "empty-file", "the file is empty")]) == (
        "::error file=packs/a.yaml,title=empty-file::the file is empty\n"
    )


def test_what_would_end_a_command_is_escaped() -> None:
    text = Text("packs/50%, a:b\n::error::/a.yaml", "x\n")
    found = Issue(Place(text, 1, 1, 0), "x", "100% `::error::`\r\nnew", "one, two: three")
    assert issues_github([found]) == (
        "::error file=packs/50%25%2C a%3Ab%0A%3A%3Aerror%3A%3A/a.yaml,line=1,endLine=1,col=1,endColumn=2,title=x"
        "::100%25 `::error::`%0D%0Anew%0Ahelp: one, two: three\n"
    )


def test_issues_come_once_and_sorted_by_place() -> None:
    one, two = Issue(Place(PACK, 1, 7), "b", "second"), Issue(Place(PACK, 1, 1), "a", "first")
    assert [line.rpartition("::")[2] for line in issues_github([one, two, one]).splitlines()] == ["first", "second"]
    assert issues_github([]) == ""
