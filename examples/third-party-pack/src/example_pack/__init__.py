"""An example of a rule pack from somebody else: one source, one rule, its cases."""

from importlib.resources import files
from importlib.resources.abc import Traversable

from safeguard_rules.packs.hookspecs import hookimpl


@hookimpl
def safeguard_rules_packs() -> list[Traversable]:
    """The folder of each pack that this plug-in brings."""
    return [files("example_pack").joinpath("gp_registration")]
