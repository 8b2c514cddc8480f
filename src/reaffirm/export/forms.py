"""The outside formats by name: which module writes each, what it is for, and whether it is a file or a folder."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from reaffirm.errors import UsageError
from reaffirm.export.book import sound
from reaffirm.export.folders import put, write

if TYPE_CHECKING:
    from pathlib import Path

    from reaffirm.export.book import Book


@dataclass(frozen=True, slots=True)
class Form:
    """One format: its module in this package, what is written, an example of a path, and whether it asks the data packs.

    The module of a folder has `files(book)`, (name, bytes) pairs; that of a file has `data(book)`, its bytes.
    """

    module: str
    what: str
    example: str
    packs: bool = False

    @property
    def folder(self) -> bool:
        """Whether a folder is written."""
        return self.example.endswith("/")


FORMS = {
    "jsonl": Form("jsonl", "the exchange format: JSON Lines files and the canonical texts", "out/"),
    "csv": Form("csvfiles", "CSV files, one a noun, with a codebook; no cell is run as a formula", "tables/"),
    "xlsx": Form("xlsx", "a workbook, one sheet a noun, with a codebook; no cell is run as a formula", "ledger.xlsx"),
    "parquet": Form("parquet", "Parquet files with types, one a noun", "tables/"),
    "webannotation": Form("webannotation", "W3C Web Annotations: each row on the words that prove it", "ledger.jsonld"),
    "graphml": Form("graphml", "a network of actors, issues and commitments as GraphML", "ledger.graphml", packs=True),
    "gexf": Form("gexf", "the same network as GEXF, dynamic: Gephi shows its slices of time", "ledger.gexf", packs=True),
    "ftm": Form("ftm", "FollowTheMoney entities: actors, documents, meetings, offices, and what was said as notes", "ledger.ftm.json"),
    "ics": Form("ics", "due dates and planned meetings as a calendar", "ledger.ics"),
    "atom": Form("atom", "what is new, by the dates of documents and meetings, as an Atom feed", "ledger.atom"),
    "ris": Form("ris", "the documents as citations in RIS", "ledger.ris"),
    "csl": Form("csl", "the documents as citations in CSL-JSON", "ledger.csl.json"),
    "plover": Form("plover", "events after PLOVER, by a pack that you may edit", "events.jsonl", packs=True),
    "refi": Form("refi", "a REFI-QDA project of texts, codes and codings", "ledger.qdpx", packs=True),
}


def export(form: str, book: Book, path: Path, **options: bool) -> int:
    """How many files were written in a format, complete or not at all; an earlier export there is replaced.

    Raises `UsageError` for an unknown format, for a path that holds something else, and where a library is missing.
    """
    if form not in FORMS:
        message = f"{form!r} is no format; formats are {', '.join(FORMS)}"
        raise UsageError(message)
    if options and form != "csv":
        message = f"{', '.join(options)} is for csv alone; leave it out"
        raise UsageError(message)
    module = import_module(f"reaffirm.export.{FORMS[form].module}")
    book = book if form == "jsonl" else sound(book)
    if not FORMS[form].folder:
        return put(path, module.data(book, **options))
    return write(path, (module.written if form == "jsonl" else module.files)(book, **options))
