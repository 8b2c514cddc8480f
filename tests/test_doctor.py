"""A keeper's symptoms: each is made here, found by its kind, and gone once the advice was followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reaffirm import derivation
from reaffirm.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest_plugins = ["samples"]
NOTE = "Joint note\n\nForeign Minister Elna Marsten said that the talks would go on in spring.\n"
OTHER = "Another note\n\nDefence Minister Ivo Brandl agreed to hold exercises with the neighbours every year.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(NOTE)
    (tmp_path / "in" / "b.txt").write_text(OTHER)
    return tmp_path / "in"


@pytest.fixture
def ledger(tmp_path: Path, folder: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "l.db", create=True) as book:
        book.add([folder])
        yield book


def kinds(book: Ledger) -> list[tuple[str, str]]:
    return [(symptom.kind, symptom.subject) for symptom in book.doctor()]


def test_a_ledger_in_step_has_no_symptom(ledger: Ledger) -> None:
    assert ledger.doctor() == []


def test_a_file_that_failed_is_stuck_until_it_is_read_after_all(ledger: Ledger, folder: Path) -> None:
    (folder / "c.txt").write_bytes(b"\x00\x01binary")
    ledger.add([folder])
    assert kinds(ledger) == [("stuck", "c.txt")]
    assert [(f.name, f.outcome) for f in ledger.retry().filings] == [("c.txt", "failed")]
    (folder / "c.txt").write_text(NOTE.replace("talks", "terms"))
    assert [(f.name, f.outcome) for f in ledger.retry().filings] == [("c.txt", "new")]
    assert ledger.doctor() == []
    assert ledger.retry().filings == []


def test_a_file_that_failed_and_is_gone_says_so(ledger: Ledger, folder: Path) -> None:
    (folder / "c.txt").write_bytes(b"\x00\x01binary")
    ledger.add([folder])
    (folder / "c.txt").unlink()
    (filing,) = ledger.retry().filings
    assert "no longer at" in filing.reason


def test_a_file_below_a_folder_is_retried_under_its_own_name(ledger: Ledger, folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "c.txt").write_bytes(b"\x00\x01binary")
    ledger.add([folder])
    (folder / "sub" / "c.txt").write_text(NOTE.replace("talks", "terms"))
    assert [f.name for f in ledger.retry().filings] == ["sub/c.txt"]
    assert [d.doc for d in ledger.documents()] == ["a.txt", "b.txt", "sub/c.txt"]


def test_a_file_with_other_bytes_is_changed_until_it_is_added_again(ledger: Ledger, folder: Path) -> None:
    (folder / "a.txt").write_text(NOTE.replace("spring", "autumn"))
    assert kinds(ledger) == [("changed", "a.txt")]
    ledger.add([folder])
    assert ledger.doctor() == []
    assert len(ledger.documents()) == 3


def test_a_file_that_is_gone_is_missing(ledger: Ledger, folder: Path) -> None:
    (folder / "a.txt").unlink()
    assert kinds(ledger) == [("missing", "a.txt")]


def test_documents_read_with_other_packs_are_stale(ledger: Ledger, folder: Path, pack: Path) -> None:
    with Ledger(ledger.path, packs=[pack]) as other:
        assert kinds(other) == [("stale", "a.txt")]
        other.add([folder])
        assert other.doctor() == []
    assert kinds(ledger) == [("stale", "a.txt")]


def test_documents_not_compared_yet_are_unlinked(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger(tmp_path / "m.db", create=True) as book:
        with monkeypatch.context() as stopped:
            stopped.setattr(derivation, "derive", lambda *_: 0)
            book.add([folder])
        assert [kind for kind, _ in kinds(book)] == ["unlinked"]
        book.add([folder])
        assert book.doctor() == []


def test_what_a_stopped_program_left_is_named_and_left_alone(ledger: Ledger) -> None:
    left = ledger.path.with_name(".l.db.making-0123456789ab")
    left.write_bytes(b"x")
    assert kinds(ledger) == [("leftover", left.name)]
    assert left.exists()
