"""The program as a whole: help, version, exit codes, and nothing half-written."""

from typing import Any

import click
import pytest

from safeguard_rules.cli.exits import Exit
from safeguard_rules.cli.main import COMMANDS as LINES
from safeguard_rules.cli.main import program
from safeguard_rules.errors import PluginError
from tests.cli.calling import BROKEN, CASE, Caller

COMMANDS = [
    ["evaluate"],
    ["explain"],
    ["compare"],
    ["timeline"],
    ["screen"],
    ["check"],
    ["test"],
    ["generate"],
    ["coverage"],
    ["packs", "list"],
    ["packs", "show"],
    ["new", "pack"],
    ["new", "rule"],
    ["new", "source"],
    ["new", "locality"],
    ["diff"],
    ["docs"],
    ["schema"],
    ["sign-off"],
]
HERE = click.Context(program)
WRITING = [
    ["docs"],
    ["generate"],
    ["schema"],
    ["sign-off"],
    *(command for command in COMMANDS if command[0] == "new"),
]
"""Commands that write a file; the others answer, and do so in more than one form."""


def test_the_commands_are_the_promised_ones() -> None:
    assert program.list_commands(HERE) == sorted({command[0] for command in COMMANDS})


def test_each_line_in_the_list_of_commands_is_what_the_command_says_of_itself() -> None:
    found = {name: program.get_command(HERE, name) for name in program.list_commands(HERE)}
    assert {name: command.short_help for name, command in found.items() if command is not None} == LINES


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples_and_exit_codes(command: list[str], call: Caller) -> None:
    answer = call(*command, "--help")
    assert answer.code == Exit.WORKED
    assert "Examples:\n  safeguard-rules " + " ".join(command) in answer.out.replace("    safe", "  safe").replace(
        "  Examples", "Examples"
    )
    assert "Exit codes: 0 worked" in answer.out
    assert ("[text|json" in answer.out) is (command not in WRITING)


def test_help_and_version_work(call: Caller) -> None:
    assert call("--help").code == Exit.WORKED
    assert call("--version").out.startswith("safeguard-rules, version ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["evaluate"], "Missing argument"),
        (["evalaute", "x"], "No such command"),
        (["evaluate", "x", "--nope"], "No such option"),
        (["evaluate", "nowhere.yaml"], "error: there is no file `nowhere.yaml`"),
        (["packs", "show", "gidance"], "did you mean `guidance`?"),
        (["coverage", "wiltshire-under-1"], "did you mean `wiltshire-under-1s`?"),
        (["coverage", "--only", "nothing"], "not-accounted-for"),
        (["coverage", "--locality", "witshire"], "did you mean `wiltshire`?"),
        (["check", "nowhere"], "error: there is no file or folder `nowhere`"),
    ],
)
def test_a_wrong_call_is_2(arguments: list[str], says: str, call: Caller) -> None:
    answer = call(*arguments)
    assert (answer.code, answer.out) == (Exit.WRONG_CALL, "")
    assert says in answer.err


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--locality", "witshire"], "did you mean `wiltshire`?"),
        (["--as-of", "yesterday"], "--as-of: `yesterday` is not a date"),
        (["--role", "health_visiter"], "did you mean `health_visitor`?"),
        (["--plugin", "nope"], "no plug-in `nope`"),
        (["--packs", "nope"], "`nope`"),
    ],
)
def test_a_setting_that_is_not_there_is_a_wrong_call(options: list[str], says: str, call: Caller) -> None:
    answer = call("evaluate", call.write("case.yaml", CASE), *options)
    assert (answer.code, answer.out) == (Exit.WRONG_CALL, "")
    assert says in answer.err


def test_an_invalid_case_is_3_and_drawn(call: Caller) -> None:
    answer = call("evaluate", call.write("case.yaml", BROKEN))
    assert (answer.code, answer.out) == (Exit.INVALID_CASE, "")
    assert "case.yaml:1:19: unknown key `sage`\n" in answer.err
    assert "  help: did you mean `stage`?" in answer.err


def test_an_invalid_pack_is_4_and_drawn(call: Caller) -> None:
    call.write("mine/pack.yaml", "language: 1\npack: mine\ntitel: Mine\n")
    answer = call("evaluate", call.write("case.yaml", CASE), "--packs", str(call.folder / "mine") + "/")
    assert (answer.code, answer.out) == (Exit.INVALID_PACK, "")
    assert "unknown key `titel`" in answer.err


@pytest.mark.parametrize(
    "error", [PluginError("plug-in `x` broke"), PermissionError(13, "Permission denied", "case.yaml")]
)
def test_what_could_not_run_is_5(error: Exception, call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr("safeguard_rules.cli.evaluate.load_rulebook", break_)
    answer = call("evaluate", call.write("case.yaml", CASE))
    assert (answer.code, answer.out) == (Exit.COULD_NOT_RUN, "")
    assert answer.err.startswith("error: ")


def test_a_bug_keeps_its_traceback(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("safeguard_rules.cli.evaluate.load_rulebook", break_)
    with pytest.raises(ZeroDivisionError):
        call("evaluate", call.write("case.yaml", CASE))
