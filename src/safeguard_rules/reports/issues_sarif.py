"""Issues as SARIF 2.1.0, the form in which code hosts and editors take findings (OASIS, Static Analysis Results).

Columns count characters, as everywhere in this library, which SARIF calls `unicodeCodePoints`. Files below the
folder in which the program was called are named relative to it, others by a `file:` address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from safeguard_rules.packs.linting.accepting import Accepted
from safeguard_rules.packs.linting.table import LINTS
from safeguard_rules.source import Issue, Place
from safeguard_rules.values.json_text import as_json

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_BREAKS = "It cannot be read, or it contradicts itself; until it is put right it is not used."


def issues_sarif(issues: Iterable[Issue], version: str, accepted: Iterable[Accepted] = ()) -> str:
    """One run with every issue, sorted by place, and with those that authors accept as suppressed in their source.

    `version` is that of this library. Every lint is among the rules, and every other code that occurs.
    """
    found: list[tuple[Issue, str | None]] = [(issue, None) for issue in sorted(set(issues))]
    found += [(each.issue, each.why) for each in sorted(set(accepted))]
    codes = sorted({*LINTS, *(issue.code for issue, _ in found)})
    rules = {code: n for n, code in enumerate(codes)}
    driver = {"name": "safeguard-rules", "version": version, "rules": [_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder in which the program was called."}}},
        "results": [_result(issue, rules, why) for issue, why in found],
    }
    return as_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str) -> dict[str, Any]:
    lint = next((each for each in LINTS.values() if each.code == code), None)
    if lint is None:
        about, why, level = "Something to put right in a pack, a locality or a case file.", _BREAKS, "error"
    else:
        about, why, level = lint.about, lint.why, lint.severity
    text = f"{about} {why}"
    page = f"{text} See `{code}` on the page of lints, docs/lints.md." if lint is not None else text
    return {
        "id": code,
        "shortDescription": {"text": about},
        "fullDescription": {"text": text},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": level},
    }


def _result(issue: Issue, rules: Mapping[str, int], why: str | None) -> dict[str, Any]:
    message = issue.message if issue.help is None else f"{issue.message} ({issue.help})"
    result: dict[str, Any] = {
        "ruleId": issue.code,
        "ruleIndex": rules[issue.code],
        "level": issue.severity,
        "message": {"text": message},
        "locations": [{"physicalLocation": _location(issue.place)}],
    }
    if why is not None:
        result["suppressions"] = [{"kind": "inSource", "justification": why}]
    return result


def _location(place: Place) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": _artifact(place.text.name)}
    if place.line:
        end = place.column + max(1, place.width)
        location["region"] = {"startLine": place.line, "startColumn": place.column, "endColumn": end}
    return location


def _artifact(name: str) -> dict[str, str]:
    if name.startswith("/"):
        return {"uri": f"file://{quote(name)}"}
    if name[1:3] == ":/":  # a drive of Windows
        return {"uri": f"file:///{name[:2]}{quote(name[2:])}"}
    return {"uri": quote(name), "uriBaseId": _ROOT}
