"""Writing a file whole or not at all."""

from pathlib import Path


def replace_text(path: Path, text: str) -> None:
    """Writes a text in UTF-8, with the line ends that it has, beside the file first: nothing is ever half-written."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8", newline="")
    beside.replace(path)
