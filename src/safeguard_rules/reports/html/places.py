"""Where each page lies among the others. Names hold nothing but small letters, digits, `-`, `_` and `.`."""

from __future__ import annotations

from safeguard_rules.packs.content import Statement
from safeguard_rules.packs.names import pack_of, short

INDEX = "index.html"
SEARCH = "search.html"
READING = "reading-these-pages.html"
SOURCES = "sources.html"


def pack_path(pack: str) -> str:
    """The page of a pack."""
    return f"packs/{pack}.html"


def locality_path(locality: str) -> str:
    """The page of a locality."""
    return f"localities/{locality}.html"


def rule_path(name: str) -> str:
    """The page of a rule, by its full name."""
    return f"rules/{pack_of(name)}/{short(name)}.html"


def definition_path(name: str) -> str:
    """The page of a definition, by its full name."""
    return f"definitions/{pack_of(name)}/{short(name)}.html"


def actions_path(pack: str) -> str:
    """The page with the actions of a pack."""
    return f"actions/{pack}.html"


def action_path(name: str) -> str:
    """Where an action stands, by its full name."""
    return f"{actions_path(pack_of(name))}#{action_anchor(name)}"


def action_anchor(name: str) -> str:
    """The place of an action on its page."""
    return f"action-{short(name)}"


def threshold_path(name: str, *, of_locality: bool) -> str:
    """Where a threshold stands on the page of its pack or locality, by its full name."""
    page = (locality_path if of_locality else pack_path)(pack_of(name))
    return f"{page}#{threshold_anchor(name)}"


def threshold_anchor(name: str) -> str:
    """The place of a threshold on its page."""
    return f"threshold-{short(name)}"


def source_path(pack: str, source: str) -> str:
    """The page of a source, by the pack that holds it and its id."""
    return f"sources/{pack}/{source}.html"


def statement_path(statement: Statement) -> str:
    """Where a statement stands on the page of its source."""
    return f"{source_path(statement.pack, statement.source)}#{statement_anchor(statement.id)}"


def statement_anchor(id_: str) -> str:
    """The place of a statement on the page of its source."""
    return f"statement-{id_}"
