"""What the command line answers to a shell: one number for each way in which a call can end."""

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes, the same for every command."""

    WORKED = 0
    NO = 1
    """The answer is no: a check found something, a statement is not accounted for, or something was lost."""
    WRONG_CALL = 2
    INVALID_CASE = 3
    INVALID_PACK = 4
    COULD_NOT_RUN = 5


EXIT_CODES = """\b
Exit codes: 0 worked; 1 the answer is no; 2 wrong call;
3 invalid case; 4 invalid pack; 5 could not run."""
"""How `--help` tells them."""
