"""Verbs that are asked for by an account: with a token in `REAFFIRM_TOKEN`, the role of its account must be enough for the verb.

Without a token whoever may read the ledger's file may do everything with it, as with any file.
"""

from __future__ import annotations

import functools
import os
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

import typer.core

from reaffirm import rights
from reaffirm.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer._click.core import Command, Context

    from reaffirm.store.accounts import Account

TOKEN = "REAFFIRM_TOKEN"  # noqa: S105 - the name of a variable
PERSON = "REAFFIRM_USER"
CODER: ContextVar[str | None] = ContextVar("coder", default=None)  # who asks, where a verb only asks and the person is named


class Verbs(typer.core.TyperGroup):
    """A group of verbs that looks at the token, if there is one, before a verb is run."""

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """The verb, which is refused to an account whose role is not enough."""
        found = super().get_command(ctx, cmd_name)
        if found is not None and found.callback is not None and not isinstance(found, typer.core.TyperGroup):
            name = f"{ctx.info_name} {cmd_name}" if ctx.parent else cmd_name
            found.callback = _checked(name, found.callback)
        return found


def _checked(name: str, callback: Callable[..., object]) -> Callable[..., object]:
    if hasattr(callback, "verb"):
        return callback

    @functools.wraps(callback)
    def allowed(**given: object) -> object:
        token, ledger = os.environ.get(TOKEN), given.get("ledger")
        who = given.get("who") or os.environ.get(PERSON)
        coder = str(who) if who else None
        if token and isinstance(ledger, Path):
            asked = [name, *(option for key, on in given.items() if on and (option := f"{name} --{key}") in rights.OPTIONS)]
            found = next(reversed([insist(verb, token, ledger) for verb in asked]))
            given |= {"who": found.name} if "who" in given else {}
            coder = None if rights.may(found.role, rights.CURATOR) else found.name
        CODER.set(coder if rights.asks(name, given) else None)
        return callback(**given)

    allowed.verb = name  # type: ignore[attr-defined]
    return allowed


def insist(name: str, token: str, ledger: Path) -> Account:
    """A token's account, which may use this verb; a `UsageError` where it may not."""
    from reaffirm.accounts import Accounts  # noqa: PLC0415 - only who has a token needs them

    found = Accounts(ledger).bearer(token)
    if found is None:
        message = f"the token in {TOKEN} is none of this ledger, or was revoked; `reaffirm token add NAME` makes one"
    elif not rights.may(found.role, needed := rights.verb(name)):
        message = f"{found.name} is a {found.role}; `{name}` needs a {needed or 'role that nobody has'}"
    else:
        return found
    raise UsageError(message)
