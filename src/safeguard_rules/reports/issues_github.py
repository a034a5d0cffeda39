"""Issues as workflow commands of GitHub Actions: each becomes an annotation beside its line.

The commands are read line by line: a message keeps its line ends only as `%0A`, and in the values of properties colons
and commas are written as `%3A` and `%2C` (GitHub, Workflow commands; `@actions/core`, command.ts).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from safeguard_rules.source import Issue, Severity

_COMMANDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


def issues_github(issues: Iterable[Issue]) -> str:
    """One line for each issue, sorted by place; an issue about a whole file has no line."""
    return "".join(f"{_command(issue)}\n" for issue in sorted(set(issues)))


def _command(issue: Issue) -> str:
    place = issue.place
    properties: dict[str, object] = {"file": place.text.name}
    if place.line:
        properties |= {"line": place.line, "endLine": place.line, "col": place.column}
        properties["endColumn"] = place.column + max(1, place.width)
    properties["title"] = issue.code
    told = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    message = issue.message if issue.help is None else f"{issue.message}\nhelp: {issue.help}"
    return f"::{_COMMANDS[issue.severity]} {told}::{_message(message)}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
