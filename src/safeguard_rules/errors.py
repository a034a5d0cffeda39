"""The exceptions, by what the caller can do about them; anything else that is raised is a bug."""

from collections.abc import Iterable

from safeguard_rules.source import Issue, draw


class SafeguardRulesError(Exception):
    """What this library raises on purpose; `str(error)` is what a person should read."""


class _IssuesError(SafeguardRulesError):
    """An error that carries the issues found, sorted by place; `str` draws them."""

    issues: tuple[Issue, ...]

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(sorted(set(issues)))
        super().__init__(self.issues)

    def __str__(self) -> str:
        return draw(self.issues)


class PackError(_IssuesError):
    """A pack or a locality is wrong: fix the pack."""


class CaseError(_IssuesError):
    """A case or family is wrong: fix the case."""


class CallError(SafeguardRulesError):
    """The library was called wrongly: fix the call."""


class PluginError(SafeguardRulesError):
    """A plug-in broke its promise or raised; the message names it."""
