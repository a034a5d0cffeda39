"""The plug-in manager: the installed are listed by metadata, the named are imported, and all answers are checked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from importlib.resources.abc import Traversable
from typing import Any

import pluggy
from pydantic import BaseModel

from safeguard_rules.errors import CallError, PluginError
from safeguard_rules.packs import hookspecs
from safeguard_rules.packs.hookspecs import PROJECT
from safeguard_rules.vocabulary.derived import PluginDerivation

BUNDLED = "bundled"
"""The entry point of our own packs, which come through the same hooks as everybody's."""


@dataclass(frozen=True, slots=True)
class Installed:
    """An installed plug-in, as its metadata say; nothing of it was imported."""

    name: str
    distribution: str
    version: str
    module: str


@dataclass(frozen=True, slots=True)
class PluginStamp:
    """What a record says of a plug-in that took part: where it comes from, and the digest of its files."""

    name: str
    distribution: str
    version: str
    digest: str | None
    code: bool
    """Whether it brings code that can change a result (derived facts, case extensions)."""


def installed() -> tuple[Installed, ...]:
    """The installed plug-ins, sorted by name; none of them is imported."""
    found = [
        Installed(point.name, point.dist.name, point.dist.version, point.value)
        for point in metadata.entry_points(group=PROJECT)
        if point.dist is not None
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (each.name, each.distribution)))


@dataclass(frozen=True, slots=True)
class Plugins:
    """The active plug-ins and what they gave, checked and sorted."""

    manager: pluggy.PluginManager
    packs: tuple[tuple[str, Traversable], ...]
    localities: tuple[tuple[str, Traversable], ...]
    extensions: Mapping[str, type[BaseModel]]
    derived: tuple[PluginDerivation, ...]
    stamps: tuple[PluginStamp, ...]
    sinks: tuple[tuple[str, Callable[..., None]], ...]

    def evaluated(self, evaluation: object) -> None:
        """Hands the final evaluation to every sink; raises PluginError with the name of one that breaks."""
        for name, sink in self.sinks:
            try:
                sink(evaluation=evaluation)
            except Exception as error:
                raise PluginError(f"the sink of plug-in `{name}` failed: {error}") from error


def activate(names: Sequence[str] = (), *, objects: Mapping[str, object] | None = None) -> Plugins:
    """Imports the named plug-ins, and our own packs, and collects what they give.

    `objects` registers plug-ins that are no installed distribution (in tests, in a notebook), by name.
    Raises CallError for a name that is not installed, PluginError for one that does not keep to the hooks.
    """
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    points = {point.name: point for point in metadata.entry_points(group=PROJECT)}
    stamps: list[PluginStamp] = []
    for name in dict.fromkeys((BUNDLED, *names)):
        point = points.get(name)
        if point is None:
            raise _not_installed(name, sorted(points))
        module = _import(point)
        _register(manager, module, name)
        if name != BUNDLED:
            stamps.append(_stamp(point, module))
    for name, plugin in sorted((objects or {}).items()):
        _register(manager, plugin, name)
        stamps.append(PluginStamp(name, "", "", None, _brings_code(plugin)))
    _check_hooks(manager)
    return Plugins(
        manager,
        packs=_folders(manager, "safeguard_rules_packs"),
        localities=_folders(manager, "safeguard_rules_localities"),
        extensions=_extensions(manager),
        derived=_derived(manager),
        stamps=tuple(sorted(stamps, key=lambda stamp: stamp.name)),
        sinks=tuple((name, implementation) for name, implementation in _calls(manager, "safeguard_rules_evaluated")),
    )


def _import(point: metadata.EntryPoint) -> object:
    try:
        return point.load()
    except Exception as error:
        raise PluginError(f"plug-in `{point.name}` could not be imported: {error}") from error


def _register(manager: pluggy.PluginManager, plugin: object, name: str) -> None:
    for hook in dir(plugin):
        options = getattr(getattr(plugin, hook, None), f"{PROJECT}_impl", None)
        if options and (options.get("wrapper") or options.get("hookwrapper")):
            raise PluginError(
                f"plug-in `{name}` wraps the hook `{hook}`; answer it instead: a result is never replaced"
            )
    try:
        manager.register(plugin, name)
    except ValueError as error:
        raise PluginError(f"plug-in `{name}` could not be registered: {error}") from error


def _check_hooks(manager: pluggy.PluginManager) -> None:
    try:
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        raise PluginError(f"a plug-in has a hook that does not exist: {error}") from error


def _calls(manager: pluggy.PluginManager, hook: str) -> list[tuple[str, Callable[..., Any]]]:
    """The implementations of a hook with their plug-ins' names, sorted by name."""
    caller = getattr(manager.hook, hook)
    found = [(each.plugin_name, each.function) for each in caller.get_hookimpls()]
    return sorted(found, key=lambda pair: pair[0])


def _answers(manager: pluggy.PluginManager, hook: str) -> list[tuple[str, Any]]:
    answers = []
    for name, function in _calls(manager, hook):
        try:
            answer = function()
        except Exception as error:
            raise PluginError(f"plug-in `{name}` failed in `{hook}`: {error}") from error
        if not answer:
            raise PluginError(f"plug-in `{name}` gives an empty answer to `{hook}`; leave the hook out instead")
        answers.append((name, answer))
    return answers


def _folders(manager: pluggy.PluginManager, hook: str) -> tuple[tuple[str, Traversable], ...]:
    found: list[tuple[str, Traversable]] = []
    for name, answer in _answers(manager, hook):
        for folder in answer:
            if not (hasattr(folder, "joinpath") and hasattr(folder, "read_text")):
                raise PluginError(
                    f"plug-in `{name}` answers `{hook}` with `{folder}`; expected folders or files to read"
                )
            found.append((name, folder))
    return tuple(sorted(found, key=lambda pair: (pair[1].name, pair[0])))


def _extensions(manager: pluggy.PluginManager) -> Mapping[str, type[BaseModel]]:
    found: dict[str, type[BaseModel]] = {}
    for name, answer in _answers(manager, "safeguard_rules_case_extensions"):
        for namespace, model in answer.items():
            if namespace in found:
                raise PluginError(f"two plug-ins extend the case with `extra.{namespace}`; one of them is `{name}`")
            found[namespace] = model
    return dict(sorted(found.items()))


def _derived(manager: pluggy.PluginManager) -> tuple[PluginDerivation, ...]:
    found: dict[str, PluginDerivation] = {}
    for name, answer in _answers(manager, "safeguard_rules_derived_facts"):
        for derivation in answer:
            if derivation.path in found:
                raise PluginError(f"two plug-ins derive `{derivation.path}`; one of them is `{name}`")
            found[derivation.path] = derivation
    return tuple(found[path] for path in sorted(found))


def _brings_code(plugin: object) -> bool:
    return any(hasattr(plugin, f"safeguard_rules_{hook}") for hook in ("case_extensions", "derived_facts"))


def _stamp(point: metadata.EntryPoint, module: object) -> PluginStamp:
    distribution = point.dist
    name, version = (distribution.name, distribution.version) if distribution is not None else ("", "")
    return PluginStamp(point.name, name, version, _files_digest(distribution), _brings_code(module))


def _files_digest(distribution: metadata.Distribution | None) -> str | None:
    """A digest over the distribution's own Python files, or None where they cannot all be read."""
    files = sorted(f for f in (distribution.files or ()) if f.suffix == ".py") if distribution is not None else []
    if not files:
        return None
    digest = hashlib.sha256()
    for file in files:
        try:
            content = file.read_binary()
        except OSError:
            return None
        digest.update(str(file).encode() + b"\0" + hashlib.sha256(content).digest())
    return f"sha256:{digest.hexdigest()}"


def _not_installed(name: str, names: Sequence[str]) -> CallError:
    from safeguard_rules.messages import nearest  # all wordings, of which plug-ins that are there need none

    near = nearest(name, names)
    hint = f"; did you mean `{near}`?" if near else f"; installed are {', '.join(f'`{each}`' for each in names)}"
    return CallError(f"no plug-in `{name}` is installed{hint}")
