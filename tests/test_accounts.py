"""Accounts beside a ledger: what is kept of passwords and secrets, and that none of it ever leaves."""

from __future__ import annotations

import sqlite3
import stat
from typing import TYPE_CHECKING

import pytest
from argon2.exceptions import VerificationError

from reaffirm import accounts as module
from reaffirm.accounts import Accounts
from reaffirm.errors import UsageError
from reaffirm.export.forms import FORMS
from reaffirm.ledger import Ledger
from reaffirm.store import accounts as kept

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from samples import Outcome

pytest_plugins = ["samples"]

PASSWORD = "several words apart"  # noqa: S105 - of a test


@pytest.fixture
def held(book: Path) -> Accounts:
    """Accounts with ana, a coder."""
    found = Accounts(book)
    found.add("ana", "coder", PASSWORD)
    return found


def test_only_the_right_password_is_taken(held: Accounts) -> None:
    assert held.check("ana", PASSWORD) == kept.Account("ana", "coder")
    for name, password in (("ana", "several words"), ("ana", ""), ("ana", PASSWORD + " "), ("Ana", PASSWORD), ("ben", PASSWORD)):
        assert held.check(name, password) is None, (name, password)


def test_a_name_without_account_takes_as_long(held: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = []

    class Hasher:
        @staticmethod
        def verify(hashed: str, password: str) -> bool:
            looked_at.append(hashed.split("$")[1:4])
            raise VerificationError(password)

    held.check("ben", PASSWORD)  # makes the hash that no password has
    monkeypatch.setattr(module, "HASHER", Hasher)
    assert (held.check("ana", "wrong"), held.check("ben", "wrong")) == (None, None)
    assert looked_at[0] == looked_at[1]  # the same algorithm, version and costs


@pytest.mark.parametrize(
    ("name", "role", "password", "reason"),
    [
        ("ben", "owner", PASSWORD, "is no role"), ("", "coder", PASSWORD, "is no name"), ("machine", "coder", PASSWORD, "is no name"),
        ("a\nb", "coder", PASSWORD, "is no name"), ("ben", "coder", "too short", "12 to 1024"), ("ben", "coder", "x" * 1025, "12 to 1024"),
        ("ana", "coder", PASSWORD, "an account ana already"),
    ],
)  # fmt: skip
def test_what_is_no_account_is_refused(held: Accounts, name: str, role: str, password: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        held.add(name, role, password)


def test_sessions_and_tokens_end(held: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = held.everybody()[0]
    session, (token, secret) = held.begin(ana), held.add_token("ana", "notebook")
    assert (held.visitor(session), held.bearer(secret)) == (ana, ana)
    assert (held.visitor(secret), held.bearer(session), held.visitor(""), held.bearer("")) == (None, None, None, None)
    held.revoke(token.id)
    assert held.bearer(secret) is None
    held.end(session)
    assert held.visitor(session) is None
    session, (_, secret) = held.begin(ana), held.add_token("ana")
    held.password("ana", "other words, apart")
    assert (held.visitor(session), held.bearer(secret)) == (None, None)
    session = held.begin(ana)
    monkeypatch.setattr(module, "IDLE", -1.0)
    assert held.visitor(session) is None
    monkeypatch.undo()
    session, (_, secret) = held.begin(ana), held.add_token("ana")
    held.remove("ana")
    assert (held.visitor(session), held.bearer(secret), held.everybody()) == (None, None, [])


def test_nothing_that_opens_is_kept_and_the_file_is_its_owners(held: Accounts) -> None:
    session, (_, secret) = held.begin(held.everybody()[0]), held.add_token("ana")
    data = held.path.read_bytes()
    assert [word for word in (PASSWORD, session, secret) if word.encode() in data] == []
    assert b"$argon2id$v=19$m=65536,t=3,p=4$" in data
    assert stat.S_IMODE(held.path.stat().st_mode) == 0o600


def test_no_hash_leaves_with_the_ledger(held: Accounts, pack: Path, tmp_path: Path) -> None:
    held.begin(held.everybody()[0])
    held.add_token("ana")
    with sqlite3.connect(held.path) as connection:
        hashes = [str(row[0]).encode() for sql in ("password FROM account", "secret FROM token", "secret FROM session")
                  for row in connection.execute(f"SELECT {sql}")]  # fmt: skip
    assert len(hashes) == 3
    with Ledger(held.path.with_name("book.db"), packs=[pack]) as ledger:
        for form in FORMS:
            ledger.export(form, tmp_path / "out" / form)
        ledger.backup(tmp_path / "out" / "backup.db")
    written = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len(written) > len(FORMS)
    for path in (*written, tmp_path / "book.db"):
        data = path.read_bytes()
        assert [h for h in hashes if h in data] == [], path.name


def test_the_verbs_keep_accounts(book: Path, run: Callable[..., Outcome], tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text(f"{PASSWORD}\n", encoding="utf-8")
    at = ("--ledger", book)
    assert "there is no account" in run("account", "list", *at).out
    assert run("account", "add", "ana", "--role", "curator", "--password-file", secret, *at).code == 0
    assert run("account", "list", *at, "--json").json() == [{"name": "ana", "role": "curator"}]
    made = run("token", "add", "ana", "--label", "notebook", *at, "--json").json()
    assert isinstance(made, dict)
    listed = run("token", "list", *at)
    assert (made["id"] in listed.out, made["token"] in listed.out) == (True, False)
    assert run("token", "revoke", made["id"], *at).code == 0
    assert run("token", "revoke", made["id"], *at).code == 2
    assert run("account", "password", "ana", "--password-file", secret, *at).code == 0
    assert run("account", "remove", "ana", *at).code == 0
    assert run("account", "remove", "ana", *at).code == 2
    assert run("account", "add", "ana", "--password-file", secret, "--ledger", tmp_path / "nothing.db").code == 3


def test_a_name_that_is_unknown_leaves_no_file_that_cannot_be_read(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "l.db")
    with pytest.raises(UsageError, match="no account"):
        accounts.remove("ana")
    assert (accounts.everybody(), accounts.tokens(), accounts.bearer("x")) == ([], [], None)
