"""How much is read: errors, never cuts (decisions 51, 57)."""

LARGEST_FILE = 1_000_000
"""Bytes of UTF-8 in one file."""

DEEPEST = 40
"""Levels of lists and mappings, one in another."""

LONGEST_LIST = 500
"""Records in one list of a case."""

MOST_ALIKE = 20
"""So many issues are told about one kind of character in one text."""

MOST_DIGITS = 15
"""Digits of a whole number."""
