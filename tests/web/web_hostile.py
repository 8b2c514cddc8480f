"""A fixture, a plugin of the modules that name it: a ledger in which what documents, packs and people bring in is hostile."""

from __future__ import annotations

import csv
import shutil
from html import escape
from typing import TYPE_CHECKING, NamedTuple

import pytest

from reaffirm.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT, IMAGE, TEMPLATE, HEADER, LINK = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{1337*1337}}${1337*1337}", "\r\nX-Evil: 1", "javascript:alert(1)//",
)  # fmt: skip
RENAMED = ("Velmara", "Elna Marsten", "Dorun Keshiwa", "The Hanaru Herald", "Saoren", "Straits Security Dialogue")
PAGE = """<!doctype html><html><head><title>{0}</title><meta name="author" content="{0}"><meta property="og:site_name" content="{0}">
<meta name="description" content="{0}"><link rel="canonical" href="javascript:alert(1)">
<meta property="article:published_time" content="{0}">
</head><body><article><h1>Talks {0}</h1><p class="byline">By {0}</p><p>The Foreign Secretary of Velmara, Elna Marsten, said that “{0}
the talks on undersea cables {0} will go on”, and Velmara and Saoren committed to complete {0} by June 2032. The editors urge Velmara to
publish {0}.</p><p>{0} announced on 3 March 2031 that the ministers met in Ostrel.</p></article></body></html>"""


class Hostile(NamedTuple):
    """The ledger and the packs that go with it."""

    ledger: Path
    packs: Path


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory, corpus: Path, pack: Path) -> Hostile:
    folder = tmp_path_factory.mktemp("hostile")
    texts, packs = folder / "texts", folder / "packs"
    shutil.copytree(corpus, texts)
    shutil.copytree(pack, packs)
    for file in packs.rglob("*.csv"):
        _rename(file)
    for n, file in enumerate(sorted(texts.iterdir())):
        if file.suffix == ".txt":
            file.write_text(_laced(file.read_text()))
        file.rename(texts / f"{n:02} <b onx=1>&\"'{{{{1337*1337}}}}{file.suffix}")
    (texts / "99 page.html").write_text(PAGE.format(escape(SCRIPT + IMAGE + TEMPLATE)))
    (texts / "98 <img src=x onerror=alert(1)>.pdf").write_bytes(b"%PDF-1.4 " + SCRIPT.encode())
    table = folder / "table.csv"
    with table.open("x", newline="", encoding="utf-8") as stream:
        rows = [(f.name, SCRIPT + IMAGE, IMAGE + TEMPLATE, LINK + SCRIPT, SCRIPT + HEADER) for f in sorted(texts.iterdir())[::2]]
        csv.writer(stream).writerows([("file", "title", "publisher", "url", "author"), *rows])
    path = folder / "hostile.db"
    with Ledger(path, create=True, packs=[packs]) as ledger:
        report = ledger.add([texts], table=table)
        assert report.count("failed") == 1
        row = ledger.said()[0].statement.id
        ledger.judge(row, "corrected", f"speakers={SCRIPT};{IMAGE}", who=SCRIPT + IMAGE)
        ledger.judge(ledger.commitments()[0].row.id, "accepted", who=LINK + TEMPLATE)
    return Hostile(path, packs)


def _laced(text: str) -> str:
    """A text with payloads inside its sentences, so that they are in what is said, promised and asked."""
    laced = text.replace(" the ", f" {SCRIPT} the ", 12).replace(" will ", f" {IMAGE} will ", 6)
    return f"{laced}\n\n{TEMPLATE} {LINK} {SCRIPT}{HEADER}: {IMAGE}\n"


def _rename(file: Path) -> None:
    """Nothing; some names of a pack are hostile, and what they were is an alias."""
    with file.open(encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    alias = header.index("aliases") if "aliases" in header else None
    first = header.index("person") if "person" in header else 0
    for row in rows:
        old = row[first]
        for n, cell in enumerate(row):
            row[n] = f"{cell} {SCRIPT}{IMAGE}" if cell in RENAMED and n != alias else cell
        if row[first] != old and alias is not None:
            row[alias] = ";".join(filter(None, [old, row[alias]]))
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
