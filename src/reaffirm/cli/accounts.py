"""Verbs for a ledger that is shared: accounts and tokens."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reaffirm.cli.frame import LEDGER, AsJson, LedgerPath, account_app, epilog, open_book, show_found, token_app
from reaffirm.rights import Role  # noqa: TC001 - typer reads the signatures
from reaffirm.show.lines import lines

if TYPE_CHECKING:
    from reaffirm.accounts import Accounts

Name = Annotated[str, typer.Argument(help="The name of the account; judgements are recorded under it.")]
Given = Annotated[Path | None, typer.Option("--password-file", help="A file whose first line is the password, - for standard input.")]


def _accounts(ledger: Path) -> Accounts:
    """The accounts of a ledger that is there."""
    from reaffirm.accounts import Accounts  # noqa: PLC0415 - most verbs hash no password

    open_book(ledger).store.close()
    return Accounts(ledger)


def _password(given: Path | None) -> str:
    if given is None:
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    text = sys.stdin.readline() if str(given) == "-" else given.read_text(encoding="utf-8")
    return text.split("\n", 1)[0].removesuffix("\r")


def _tell(found: object, as_json: bool, *told: str) -> None:
    show_found(found, as_json, lambda console, _found: lines(console, told))


@account_app.command(epilog=epilog("reaffirm account add ana --role coder"))
def add(
    name: Name,
    *,
    ledger: LedgerPath = LEDGER,
    role: Annotated[Role, typer.Option(help="reader, coder (judges too) or curator (adds and settles too).")] = "reader",
    password_file: Given = None,
    as_json: AsJson = False,
) -> None:
    """Add an account; from then on `serve` asks who comes to sign in."""
    found = _accounts(ledger).add(name, role, _password(password_file))
    _tell(found, as_json, f"{found.name} is a {found.role}")


@account_app.command(epilog=epilog("reaffirm account remove cem"))
def remove(name: Name, *, ledger: LedgerPath = LEDGER, as_json: AsJson = False) -> None:
    """Remove an account with its sessions and tokens; what it judged stays."""
    _accounts(ledger).remove(name)
    _tell({"removed": name}, as_json, f"{name} has no account any more")


@account_app.command("list", epilog=epilog("reaffirm account list"))
def everybody(*, ledger: LedgerPath = LEDGER, as_json: AsJson = False) -> None:
    """List the accounts with their roles."""
    found = _accounts(ledger).everybody()
    _tell(found, as_json, *(f"{account.role:8} {account.name}" for account in found), *([] if found else ["there is no account"]))


@account_app.command(epilog=epilog("reaffirm account password ana"))
def password(name: Name, *, ledger: LedgerPath = LEDGER, password_file: Given = None, as_json: AsJson = False) -> None:
    """Change a password; sessions of the account end, its tokens are revoked."""
    _accounts(ledger).password(name, _password(password_file))
    _tell({"changed": name}, as_json, f"{name} has another password; sessions and tokens are over")


@token_app.command("add", epilog=epilog("reaffirm token add ana --label notebook"))
def add_token(
    name: Name,
    *,
    ledger: LedgerPath = LEDGER,
    label: Annotated[str, typer.Option(help="What it is for.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make a token by which a program acts for an account; it is shown this once."""
    token, secret = _accounts(ledger).add_token(name, label)
    told = f"{token.id} for {token.account}; keep it, it cannot be shown again:"
    _tell({"id": token.id, "account": token.account, "label": token.label, "token": secret}, as_json, told, secret)


@token_app.command("list", epilog=epilog("reaffirm token list"))
def tokens(*, ledger: LedgerPath = LEDGER, as_json: AsJson = False) -> None:
    """List the tokens, without what makes them work."""
    found = _accounts(ledger).tokens()
    _tell(found, as_json, *(f"{t.id} {t.account} {t.label} {t.at}" for t in found), *([] if found else ["there is no token"]))


@token_app.command(epilog=epilog("reaffirm token revoke T-3f2a"))
def revoke(
    token: Annotated[str, typer.Argument(help="The id of the token.")], *, ledger: LedgerPath = LEDGER, as_json: AsJson = False
) -> None:
    """Revoke a token."""
    _accounts(ledger).revoke(token)
    _tell({"revoked": token}, as_json, f"{token} works no more")
