"""Printing: bytes into a pipe, colours on a terminal that wants them."""

import io
import sys

import pytest

from safeguard_rules.cli.printing import print_lines, print_text, with_status
from safeguard_rules.reports.lines import Line, Span, heading

LINES = [*heading("Why"), Line((Span("Report it"), Span(" [1a]", "quiet")), 2, 6, Span("MUST", "must"))]


class Terminal(io.StringIO):
    """A terminal that keeps what was printed."""

    def isatty(self) -> bool:
        return True


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, lines: list[Line], **environment: str) -> str:
    """What the lines print on a terminal."""
    made = Terminal()
    monkeypatch.setattr(sys, "stdout", made)
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in ({"TERM": "xterm-256color", "COLUMNS": "80"} | environment).items():
        monkeypatch.setenv(name, value)
    print_lines(lines)
    return made.getvalue()


def test_a_pipe_gets_plain_utf_8_with_plain_line_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252", newline="\r\n"))
    print_text("“é” ✓\n")
    assert raw.getvalue() == "“é” ✓\n".encode()


def test_a_pipe_gets_no_colours(capsys: pytest.CaptureFixture[str]) -> None:
    print_lines(LINES)
    assert capsys.readouterr().out == "\nWhy\n  MUST  Report it [1a]\n"


def test_a_terminal_gets_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[1;31mMUST" in on_a_terminal(monkeypatch, LINES)


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = on_a_terminal(monkeypatch, LINES, NO_COLOR="1")
    assert "31m" not in printed
    assert "MUST" in printed


def test_what_reads_like_markup_is_printed_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "[bold]not markup[/bold] :smile:"
    assert text in on_a_terminal(monkeypatch, [Line((Span(text),))])


def test_a_narrow_terminal_wraps(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = on_a_terminal(monkeypatch, [Line((Span("word " * 30),), whole=True)], COLUMNS="44")
    assert max(map(len, printed.splitlines())) <= 44


def test_what_is_being_done_is_told_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, told in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        monkeypatch.setenv("TERM", "xterm-256color")
        with with_status("writing pages"):
            pass
        assert ("writing pages" in stream.getvalue()) is told
