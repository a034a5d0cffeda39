"""What a plug-in can offer: five typed hooks.

A plug-in is a module (or object) registered under the entry-point group `safeguard_rules`. Installed is not active:
only the plug-ins that the caller names are imported. Hooks are called while a rulebook loads, but for
`safeguard_rules_evaluated`. Their order never changes a result: answers are sorted by name, two of one name are an
error, and so are wrappers, misspelt hooks and empty answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Any

import pluggy
from pydantic import BaseModel

from safeguard_rules.vocabulary.derived import PluginDerivation

PROJECT = "safeguard_rules"
"""The entry-point group and the prefix of every hook."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a function of a plug-in as the answer to the hook of its name."""


@hookspec
def safeguard_rules_packs() -> Sequence[Traversable]:
    """Called when a rulebook loads. Returns the folders of the plug-in's packs, each with a `pack.yaml`."""
    raise NotImplementedError


@hookspec
def safeguard_rules_localities() -> Sequence[Traversable]:
    """Called when a rulebook loads. Returns the plug-in's locality files, `<id>.yaml`."""
    raise NotImplementedError


@hookspec
def safeguard_rules_case_extensions() -> Mapping[str, type[BaseModel]]:
    """Called when a rulebook loads. Returns typed namespaces: a name and the model of `extra.<name>` in a case."""
    raise NotImplementedError


@hookspec
def safeguard_rules_derived_facts() -> Sequence[PluginDerivation]:
    """Called when a rulebook loads. Returns derived facts: pure functions of the inputs that they declare."""
    raise NotImplementedError


@hookspec
def safeguard_rules_evaluated(evaluation: Any) -> None:
    """Called after each evaluation, for audit sinks. `evaluation` is the final, frozen `Evaluation`.

    Nothing that a sink does changes the result; what it raises is raised as a `PluginError` with its name.
    """
    raise NotImplementedError
