"""Problems between documents, from the texts to the command line and the export."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reaffirm.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reaffirm.chronology import Queried
    from samples import Outcome

    Run = Callable[..., Outcome]

pytest_plugins = ["samples"]
BETWEEN = {"anachronism", "hardened report", "attribution", "untraceable quote"}
HERALD = """EDITORIAL: What the softer words are worth

Saoren and Velmara held their second 2+2 meeting on Feb. 20. The joint statement disappoints.

Ostrel is said to have asked for softer words on export controls because it fears for its shipyards.

The article appeared in The Hanaru Herald on Feb. 22, 2032.
"""
COURIER = """The Ostrel Courier
Opinion | Editorial

Our View: Shipyards and words
March 3, 2032

Saoren and Velmara held their second 2+2 meeting in February. Ostrel asked for softer words on export controls because it fears
for its shipyards.
"""
EDITORIAL = """EDITORIAL: A meeting of words

Saoren and Velmara held their Straits Security Dialogue on January 14, 2033. The two governments condemned {} and agreed to meet again.
"""
STATEMENT = """Joint Statement of the Straits Security Dialogue

14 November 2032

The Ministers condemned {}. They agreed to meet again.
"""
RAMMING = "the ramming of the survey ship Anori"


def ledger(folder: Path, pack: Path, **texts: str) -> Ledger:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    book = Ledger(folder / "l.db", create=True, packs=[pack])
    book.add([folder / f"{name}.txt" for name in texts])
    return book


def between(book: Ledger, document: str | None = None) -> list[Queried]:
    return [found for found in book.problems(document) if found.problem.kind in BETWEEN]


def test_of_one_document_all_but_hardened_reports_is_found_from_those_of_its_meetings(tmp_path: Path, pack: Path, sample: Path) -> None:
    told = {"told": EDITORIAL.format(RAMMING), "old": STATEMENT.format(RAMMING), "herald": HERALD, "courier": COURIER}
    with ledger(tmp_path, pack, **told) as made, Ledger(sample, packs=[pack]) as book:
        for one in (made, book):
            for filed in one.documents():
                whole = one.between(filed.doc)
                assert one.between(filed.doc, across=False) == [q for q in whole if q.problem.kind != "hardened report"]
        assert {q.problem.kind for q in book.between("09-meridian-wire-report.html", across=False)} >= {"attribution"}


def test_a_report_that_hardens_is_shown_of_either_document(tmp_path: Path, pack: Path, run: Run) -> None:
    with ledger(tmp_path, pack, herald=HERALD, courier=COURIER) as book:
        (found,) = between(book)
        assert found.docs == ("courier.txt", "herald.txt")
        assert found.places == ("courier.txt", "herald.txt")
        assert found in book.problems("herald.txt")
        assert found in book.problems("courier.txt")
        assert book.verify() == []
    shown = run("problems", "--ledger", tmp_path / "l.db").out
    assert f"medium  hardened report: {found.problem.message}  [{found.problem.id}]" in shown
    assert "    herald.txt [" in shown


def test_a_text_that_is_older_than_what_it_names(tmp_path: Path, pack: Path) -> None:
    with ledger(tmp_path, pack, old=STATEMENT.format(RAMMING)) as book:
        (found,) = between(book)
        assert (found.problem.kind, found.problem.severity) == ("anachronism", "high")
        assert [span.exact for span in found.problem.evidence] == ["ramming of the survey ship Anori", "14 November 2032"]


@pytest.mark.parametrize("feared", ["the threat of a ramming of the Anori", "any ramming of the Anori", "a possible ramming of the Anori"])
def test_what_was_feared_is_no_anachronism(tmp_path: Path, pack: Path, feared: str) -> None:
    with ledger(tmp_path, pack, old=STATEMENT.format(feared), told=EDITORIAL.format(feared)) as book:
        assert between(book) == []


def test_a_meeting_that_is_told_to_have_spoken_of_what_came_after_it(tmp_path: Path, pack: Path) -> None:
    with ledger(tmp_path, pack, told=EDITORIAL.format(RAMMING)) as book:
        (found,) = between(book)
        assert (found.problem.kind, found.problem.severity) == ("anachronism", "medium")
        assert "either the text is of later than 2033-02-02, or it speaks of what was feared" in found.problem.message
        assert [span.exact for span in found.problem.evidence] == ["ramming of the survey ship Anori", "January 14, 2033"]


def test_a_date_that_a_person_gives_makes_it_one_and_undoing_it_takes_it_back(tmp_path: Path, pack: Path) -> None:
    text = f"EDITORIAL: On the sea\n\nThe harbour master condemned {RAMMING}.\n"
    with ledger(tmp_path, pack, undated=text) as book:
        assert between(book) == []
        book.date("undated.txt", "2032-11", who="Ana")
        (found,) = between(book)
        assert "judged" in found.problem.message
        book.undo(book.documents()[0].id, who="Ana")
        assert between(book) == []


def test_events_are_those_of_the_packs_that_are_given(tmp_path: Path, pack: Path, run: Run) -> None:
    with ledger(tmp_path, pack, old=STATEMENT.format(RAMMING)):
        pass
    path = tmp_path / "l.db"
    assert "anachronism" not in run("problems", "--ledger", path).out
    assert "anachronism" in run("problems", "--packs", pack, "--ledger", path).out
    for folder, options in (("without", ()), ("with", ("--packs", pack))):
        assert run("export", "jsonl", tmp_path / folder, "--ledger", path, *options).code == 0
    kinds = [{json.loads(line)["kind"] for line in (tmp_path / f / "problems.jsonl").read_text().splitlines()} for f in ("without", "with")]
    assert kinds[1] - kinds[0] == {"anachronism"}


def test_the_sample_has_two_speakers_for_one_sentence_and_nothing_else_between_documents(sample: Path, pack: Path) -> None:
    with Ledger(sample, packs=[pack]) as book:
        (found,) = between(book)
    assert found.problem.kind == "attribution"
    assert found.docs == ("08-2033-03-press-conference-transcript.txt", "09-meridian-wire-report.html")
    assert found.problem.message.endswith("transcript.txt to Lise Ondaro; 09-meridian-wire-report.html to Elna Marsten")
