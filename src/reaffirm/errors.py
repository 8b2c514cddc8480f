"""The one family of exceptions; each message says what to do next.

Raised only when the caller broke a contract (a wrong path, a damaged ledger, an unproved span).
What a *document* did wrong is never an exception but a `Problem` row (design.md, law 7).
The exit codes are those of the command line and are listed in README.md.
"""

from __future__ import annotations


class ReaffirmError(Exception):
    """Anything Reaffirm raises on purpose; `exit_code` is what the command line returns."""

    exit_code = 1


class UsageError(ReaffirmError):
    """The arguments do not fit together, or name something that is not there."""

    exit_code = 2


class LedgerError(ReaffirmError):
    """The ledger is missing, newer than this program, damaged, locked or out of disk space."""

    exit_code = 3

    @property
    def is_busy(self) -> bool:
        """Whether another process is using the ledger at this moment, so that it helps to wait."""
        return str(getattr(self.__cause__, "sqlite_errorname", "")).startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


class PackError(ReaffirmError):
    """A data pack cannot be read or breaks its schema."""

    exit_code = 4


class ProofError(ReaffirmError):
    """A row was offered whose span does not prove itself: a defect of the program, never of a document."""

    exit_code = 5
