"""The versions of this library and of those that it is built on, as their metadata say."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def engine_version() -> str:
    """The version of this library, `unknown` where it is not installed."""
    return version_of("safeguard-rules")


def version_of(distribution: str) -> str:
    """The version of a distribution, `unknown` where it is not installed."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "unknown"
