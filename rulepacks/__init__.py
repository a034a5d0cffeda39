"""The bundled rule packs and localities, offered through the same hooks as anybody's."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable

from safeguard_rules.packs.hookspecs import hookimpl


@hookimpl
def safeguard_rules_packs() -> Sequence[Traversable]:
    """The folders of the bundled packs."""
    return [
        folder for folder in files(__name__).iterdir() if folder.is_dir() and folder.joinpath("pack.yaml").is_file()
    ]


@hookimpl
def safeguard_rules_localities() -> Sequence[Traversable]:
    """The files of the bundled localities."""
    folder = files(__name__).joinpath("localities")
    return [file for file in folder.iterdir() if file.name.endswith(".yaml") and not file.name.endswith(".cases.yaml")]
