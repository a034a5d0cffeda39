"""Files to named texts, and texts to nodes by the ending of their name."""

from importlib.resources.abc import Traversable
from pathlib import Path, PurePath

from safeguard_rules import messages
from safeguard_rules.reading.json_reader import read_json
from safeguard_rules.reading.nodes import Node
from safeguard_rules.reading.sizes import LARGEST_FILE
from safeguard_rules.reading.yaml_reader import read_yaml
from safeguard_rules.source import Issue, Text


def read_text(source: Path | Traversable, issues: list[Issue], name: str | None = None) -> Text | None:
    """The text of a file in UTF-8 without a byte order mark, or None with an issue.

    `name` is the name shown; without one it is the path as given, with forward slashes.
    """
    shown = name or (source.as_posix() if isinstance(source, PurePath) else str(source))
    place = Text(shown, "").whole()
    try:
        with source.open("rb") as file:
            found = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        issues.append(messages.no_such_file().at(place))
    except OSError:
        issues.append(messages.file_not_readable().at(place))
    else:
        return _decoded(shown, found, issues)
    return None


def read_node(text: Text, issues: list[Issue]) -> Node | None:
    """The tree of a text, YAML or JSON by the ending of its name; refusals are added to `issues`.

    None if no tree could be made. A tree that is given along with issues may only be used to find more of them.
    """
    suffix = PurePath(text.name).suffix.lower()
    if suffix in {".yaml", ".yml"}:
        return read_yaml(text, issues)
    if suffix == ".json":
        return read_json(text, issues)
    issues.append(messages.unknown_suffix().at(text.whole()))
    return None


def _decoded(name: str, found: bytes, issues: list[Issue]) -> Text | None:
    if len(found) > LARGEST_FILE:
        issues.append(messages.file_too_large(LARGEST_FILE).at(Text(name, "").whole()))
        return None
    try:
        return Text(name, found.decode("utf-8"))
    except UnicodeDecodeError as error:
        text = Text(name, found.decode("utf-8", errors="replace"))
        before = Text(name, found[: error.start].decode("utf-8")).content
        issues.append(messages.not_utf8().at(text.place(len(before))))
        return None
