"""A collective in one document is its members in another that tells the same meeting, whatever the order of arrival."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reaffirm.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = ["samples"]
STATEMENT = """Joint Statement of the Foreign Ministers of Velmara and Saoren

14 March 2033

Foreign Secretary Elna Marsten of Velmara and Minister of Foreign Affairs Lise Ondaro of Saoren met in Port Ambel on 14 March 2033.

The Ministers reaffirmed that Article 4 of the Treaty applies to the Orrin Shoals.
"""
REPORT = """Ministers meet in Port Ambel

The foreign ministers of Velmara and Saoren met in Port Ambel on 14 March 2033.

The ministers agreed to meet again before the end of the year.
"""
NAMES = ("Elna Marsten", "Lise Ondaro")


def speakers(book: Ledger) -> tuple[str, ...]:
    (row,) = book.said(document="report.txt", text="meet again")
    assert row.voice is not None
    return row.voice.speakers


@pytest.mark.parametrize("order", [("report.txt", "statement.txt"), ("statement.txt", "report.txt")])
def test_members_named_elsewhere_speak(tmp_path: Path, pack: Path, order: tuple[str, ...]) -> None:
    texts = {"report.txt": REPORT, "statement.txt": STATEMENT}
    with Ledger(tmp_path / "l.db", create=True, packs=[pack]) as book:
        for name in order:
            (tmp_path / name).write_text(texts[name])
            book.add([tmp_path / name])
        assert speakers(book) == NAMES
        (row,) = book.said(document="report.txt", text="meet again")
        assert row.voice is not None
        assert (row.voice.certainty, row.voice.parties) == ("probable", ("Saoren", "Velmara"))
        assert book.verify() == []


def test_alone_the_states_stand_for_them(tmp_path: Path, pack: Path) -> None:
    (tmp_path / "report.txt").write_text(REPORT)
    (tmp_path / "statement.txt").write_text(STATEMENT.replace("14 March 2033", "2 May 2031"))
    with Ledger(tmp_path / "l.db", create=True, packs=[pack]) as book:
        book.add([tmp_path / "report.txt", tmp_path / "statement.txt"])
        assert speakers(book) == ("Saoren", "Velmara")


ONE_SIDE = """Ministers hold talks in Port Ambel

Foreign Secretary Elna Marsten of Velmara told reporters on Monday that Velmara and Saoren would sign an accord after the talks.

Both ministers reaffirmed their commitment to the {group}.
"""


@pytest.mark.parametrize("group", ["accord", "Quad", "Pacific Alliance"])
def test_one_sides_minister_alone_is_not_both_and_a_group_that_is_named_is_no_meeting(tmp_path: Path, pack: Path, group: str) -> None:
    (tmp_path / "note.txt").write_text(ONE_SIDE.format(group=group))
    with Ledger(tmp_path / "l.db", create=True, packs=[pack]) as book:
        book.add([tmp_path / "note.txt"])
        (row,) = book.said(cue="reaffirmed")
        assert row.voice is not None
        assert row.voice.speakers == ("Saoren", "Velmara")
