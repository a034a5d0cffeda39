"""What no text may hold, and texts that are too large: errors, never cuts (decisions 51, 57)."""

import re
from itertools import islice

from safeguard_rules import messages
from safeguard_rules.messages import Message
from safeguard_rules.reading.sizes import LARGEST_FILE, MOST_ALIKE
from safeguard_rules.source import Issue, Text

_LINE_BREAKS = "\r\x85\u2028\u2029"


def too_large(text: Text, issues: list[Issue]) -> bool:
    """Whether a text is over the limit, with an issue if it is."""
    content = text.content
    if len(content) * 4 <= LARGEST_FILE or len(content.encode("utf-8", "surrogatepass")) <= LARGEST_FILE:
        return False
    issues.append(messages.file_too_large(LARGEST_FILE).at(text.whole()))
    return True


def refused_characters(text: Text, refused: re.Pattern[str], issues: list[Issue]) -> bool:
    """Whether a text holds characters that match `refused`, with an issue for each of the first of them."""
    found = list(islice(refused.finditer(text.content), MOST_ALIKE))
    for match in found:
        issues.append(_refusal(match[0]).at(text.place(match.start())))
    return bool(found)


def _refusal(character: str) -> Message:
    if character in _LINE_BREAKS:
        return messages.wrong_line_break(character)
    if "\ud800" <= character <= "\udfff":
        return messages.lone_surrogate()
    return messages.wrong_character(character)
