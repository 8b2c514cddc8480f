"""Accounts of a ledger that is shared: passwords, sessions and tokens, of which only hashes are kept, beside the ledger.

A password is hashed with Argon2id (RFC 9106, its second recommended parameters). Secrets of sessions and tokens are 256 random bits, so
that SHA-256 is enough for them.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
import time
from functools import cache
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from reaffirm.errors import UsageError
from reaffirm.judging import now
from reaffirm.review.opinions import MACHINE
from reaffirm.rights import ROLES
from reaffirm.store import accounts as kept
from reaffirm.store.accounts import Account, Token

if TYPE_CHECKING:
    from pathlib import Path

NAME = re.compile(r"[\w][\w .@'-]{0,63}")
SHORTEST, LONGEST = 12, 1024  # code points of a password
IDLE, OLDEST = 12 * 3600.0, 7 * 24 * 3600.0  # seconds after which a session is over
PREFIX = "reaffirm_"  # by which tools that look for secrets know a token
HASHING = threading.BoundedSemaphore(2)  # each takes 64 MB
HASHER = PasswordHasher()


class Accounts:
    """The accounts of one ledger."""

    def __init__(self, ledger: Path) -> None:
        self.path = kept.place(ledger)

    def everybody(self) -> list[Account]:
        """All accounts by name."""
        return kept.accounts(self.path)

    def add(self, name: str, role: str, password: str) -> Account:
        """The new account; a `UsageError` for a name that is taken or none, an unknown role, or a password that is too short."""
        known = next((one for one in ROLES if one == role), None)
        if known is None:
            message = f"{role!r} is no role; choose one of: {', '.join(ROLES)}"
            raise UsageError(message)
        if not NAME.fullmatch(name) or name.casefold() == MACHINE:
            message = f"{name!r} is no name for an account; use letters, digits, blanks and . _ @ ' - (not {MACHINE!r}), at most 64"
            raise UsageError(message)
        account = Account(name, known)
        kept.add(self.path, account, _hashed(password), now())
        return account

    def password(self, name: str, password: str) -> None:
        """Nothing; changes a password, which ends all sessions of the account and revokes its tokens."""
        kept.change(self.path, name, _hashed(password))

    def remove(self, name: str) -> None:
        """Nothing; removes an account; its judgements stay."""
        kept.remove(self.path, name)

    def check(self, name: str, password: str) -> Account | None:
        """The account, when the password is its; None takes as long where there is no such account."""
        found = kept.password(self.path, name)
        hashed = found[1] if found else _nobody()
        try:
            with HASHING:
                HASHER.verify(hashed, password[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return None
        if found and HASHER.check_needs_rehash(hashed):
            kept.rehash(self.path, name, HASHER.hash(password))
        return found[0] if found else None

    def begin(self, account: Account) -> str:
        """The secret of a new session of an account."""
        secret = secrets.token_urlsafe(32)
        kept.begin(self.path, account.name, _digest(secret), time.time())
        return secret

    def visitor(self, secret: str) -> Account | None:
        """The account of a session that is not over."""
        return kept.visitor(self.path, _digest(secret), time.time(), IDLE, OLDEST)

    def end(self, secret: str) -> None:
        """Nothing; ends a session."""
        kept.end(self.path, _digest(secret))

    def add_token(self, name: str, label: str = "") -> tuple[Token, str]:
        """A new token of an account and its secret, which nobody can read again."""
        secret = PREFIX + secrets.token_urlsafe(32)
        token = Token(f"T-{secrets.token_hex(6)}", name, label, now())
        kept.add_token(self.path, token, _digest(secret))
        return token, secret

    def tokens(self) -> list[Token]:
        """All tokens, without their secrets."""
        return kept.tokens(self.path)

    def revoke(self, token: str) -> None:
        """Nothing; revokes a token by its id."""
        kept.revoke(self.path, token)

    def bearer(self, secret: str) -> Account | None:
        """The account of a token."""
        return kept.bearer(self.path, _digest(secret))


def _hashed(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        message = f"a password has {SHORTEST} to {LONGEST} characters; several words that do not belong together are easy to keep in mind"
        raise UsageError(message)
    with HASHING:
        return HASHER.hash(password)


@cache
def _nobody() -> str:
    """A hash that no password has, for names without account."""
    return HASHER.hash(secrets.token_urlsafe(32))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
