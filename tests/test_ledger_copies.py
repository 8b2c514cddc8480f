"""Near-copies in a ledger: linked whatever the order of arrival, never merged, unlinked when a text changes."""

from __future__ import annotations

import io
import itertools
import zipfile
from typing import TYPE_CHECKING

import pytest

from reaffirm.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

SENTENCES = [
    f"Foreign Minister Elna Marsten said that the {thing} of {place} would be {done} before the {season} session."
    for thing, place, done, season in zip(
        ["harbour", "railway", "cable", "pipeline", "airfield", "bridge", "canal", "lighthouse", "market", "archive"],
        ["Ostrel", "Hanaru", "Veld", "Tarn", "Meridia", "Corvia", "Lisk", "Norra", "Pell", "Quay"],
        ["reopened", "surveyed", "repaired", "closed", "widened", "rebuilt", "dredged", "lit", "moved", "indexed"],
        ["spring", "summer", "autumn", "winter", "next", "second", "third", "joint", "special", "closing"],
        strict=True,
    )
]
NOTE = "Joint note\n\n" + "\n\n".join(" ".join(SENTENCES[n : n + 2]) for n in range(0, 10, 2)) + "\n"
REPRINT = NOTE.replace("repaired", "mended").replace("Joint note", "News of the day").replace("dredged before", "deepened before")
OTHER = "Other note\n\n" + " ".join(f"The {n}th committee agreed on fish, timber and salt in year {n * 7}." for n in range(40)) + "\n"
TEXTS = {"note.txt": NOTE, "reprint.txt": REPRINT, "other.txt": OTHER}


def put(folder: Path, names: tuple[str, ...] | list[str]) -> list[Path]:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text(TEXTS[name])
    return [folder / name for name in names]


@pytest.mark.parametrize("order", list(itertools.permutations(TEXTS)))
def test_a_reprint_is_linked_with_its_differences_in_any_order(tmp_path: Path, order: tuple[str, ...]) -> None:
    with Ledger(tmp_path / "l.db", create=True) as book:
        found = sum(book.add([path]).copies for path in put(tmp_path / "in", order))
        (link,) = book.copies()
        assert found == 1
        assert {link.first, link.second} == {"note.txt", "reprint.txt"}
        changed = {d.a.exact if d.a else "" for d in link.copy.differences} | {d.b.exact if d.b else "" for d in link.copy.differences}
        assert {"repaired", "mended", "dredged", "deepened"} <= changed
        assert book.copies("other.txt") == []
        assert len(book.documents()) == 3
        assert book.verify() == []


def test_links_are_exported_alike_after_one_run_or_many(tmp_path: Path) -> None:
    paths = put(tmp_path / "in", list(TEXTS))
    with Ledger(tmp_path / "a.db", create=True) as book:
        book.add([tmp_path / "in"])
        book.export(tmp_path / "a")
    with Ledger(tmp_path / "b.db", create=True) as book:
        for path in reversed(paths):
            book.add([path])
        book.export(tmp_path / "b")
    assert (tmp_path / "a" / "copies.jsonl").read_bytes() == (tmp_path / "b" / "copies.jsonl").read_bytes()
    assert b'"reprint"' in (tmp_path / "a" / "copies.jsonl").read_bytes()


# One file of many articles

EXPORT = "".join(
    f"{n} of 3 DOCUMENTS\n\nThe Ostrel Courier\n\nMarch {n}, 2033\n\nHeadline number {n}\n\nLENGTH: 212 words\n\n"
    f"Foreign Minister Elna Marsten said that the {word} would be moved.\n\n\n"
    for n, word in enumerate(("harbour", "market", "archive"), 1)
)


def test_each_article_of_a_file_is_a_document_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "press.txt").write_text(EXPORT)
    with Ledger(tmp_path / "l.db", create=True) as book:
        (filing,) = book.add([tmp_path / "press.txt"]).filings
        assert (filing.outcome, filing.documents) == ("new", 3)
        assert [d.doc for d in book.documents()] == ["press.txt/001", "press.txt/002", "press.txt/003"]
        assert [(f.name, f.outcome) for f in book.add([tmp_path / "press.txt"]).filings] == [("press.txt", "known")]
        assert len({d.sha256 for d in book.documents()}) == 1
        assert [s.quote for s in book.said(document="press.txt/002")] == ["the market would be moved"]
        assert book.verify() == []


def test_a_file_under_a_smaller_name_renames_all_its_articles(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.db", create=True) as book:
        for name in ("b.txt", "a.txt"):
            (tmp_path / name).write_text(EXPORT)
            book.add([tmp_path / name])
        assert [d.doc for d in book.documents()] == ["a.txt/001", "a.txt/002", "a.txt/003"]
        assert book.verify() == []


def test_an_archive_that_failed_in_part_is_retried_as_one(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("good.txt", NOTE)
        file.writestr("bad.txt", b"\0\1")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.zip").write_bytes(held.getvalue())
    with Ledger(tmp_path / "l.db", create=True) as book:
        book.add([tmp_path / "in"])
        assert [(f.name, f.outcome) for f in book.retry().filings] == [("a.zip/good.txt", "known"), ("a.zip/bad.txt", "failed")]
