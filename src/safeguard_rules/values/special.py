"""The two values that are neither a fact's own nor unknown: `not_yet` and `not_applicable`."""

from enum import Enum
from typing import Final


class Special(Enum):
    """A value that says why there is no other; compared by identity, copied and pickled to itself.

    `Special("not_yet")` is `NOT_YET`; another word raises `ValueError`. Unknown is `None`, not one of these.
    """

    NOT_YET = "not_yet"
    NOT_APPLICABLE = "not_applicable"

    @property
    def word(self) -> str:
        """The word that stands for it in a case and in a rule."""
        return self.value

    def __str__(self) -> str:
        return self.value


NOT_YET: Final = Special.NOT_YET
NOT_APPLICABLE: Final = Special.NOT_APPLICABLE
