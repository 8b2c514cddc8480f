"""Meetings that several documents tell, the bounds that they give, and what people say of them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from reaffirm.errors import UsageError
from reaffirm.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from reaffirm.chronology import Convened
    from samples import Outcome

    Run = Callable[..., Outcome]

pytest_plugins = ["samples"]
STATEMENT = """Joint Statement of the Straits Security Dialogue

14 March 2033

Foreign Secretary Elna Marsten of Velmara and Minister of Foreign Affairs Lise Ondaro of Saoren met in Port Ambel on 14 March 2033.

The Ministers agreed to hold the next meeting of the Straits Security Dialogue by the end of 2033.
"""
COMMENT = """Editorial: The Straits Security Dialogue must not stand still

Velmara and Saoren held their Straits Security Dialogue in Port Ambel. Foreign Secretary Elna Marsten called it a success.

The foreign ministers of Velmara and Drevonia will hold talks in Ostrel on March 20. Last month nobody expected that.
"""
TEXTS = {"statement.txt": STATEMENT, "comment.txt": COMMENT}


def ledger(folder: Path, pack: Path, names: Iterable[str]) -> Ledger:
    book = Ledger(folder / "l.db", create=True, packs=[pack])
    for name in names:
        (folder / name).write_text(TEXTS[name])
        book.add([folder / name])
    return book


def of(found: Iterable[Convened], date: str) -> Convened:
    return next(item for item in found if item.meeting.date == date)


@pytest.mark.parametrize("order", list(itertools.permutations(TEXTS)))
def test_two_documents_tell_one_meeting_and_bound_the_undated_one(tmp_path: Path, pack: Path, order: tuple[str, ...]) -> None:
    with ledger(tmp_path, pack, order) as book:
        held = of(book.meetings(forum="straits"), "2033-03-14")
        assert set(held.docs) == {"comment.txt", "statement.txt"}
        assert held.meeting.participants == ("Elna Marsten", "Lise Ondaro")
        card = book.card("comment.txt")
        assert [card[name][0].value for name in ("published", "earliest", "latest")] == [None, "2033-03-14", "2033-03-20"]
        assert of(book.meetings(actor="Drevonia"), "2033-03-20").meeting.status == "planned"
        assert book.verify() == []


def test_without_the_other_document_nothing_is_bounded(tmp_path: Path, pack: Path) -> None:
    with ledger(tmp_path, pack, ["comment.txt"]) as book:
        card = book.card("comment.txt")
        assert [card[name][0].value for name in ("published", "earliest", "latest")] == [None, None, None]
        assert {item.meeting.date for item in book.meetings()} == {None}


def test_a_date_that_a_person_gives_beats_the_bounds(tmp_path: Path, pack: Path) -> None:
    with ledger(tmp_path, pack, TEXTS) as book:
        before = [item.meeting for item in book.meetings()]
        book.date("comment.txt", "2034-03-01", who="Ana")
        assert book.card("comment.txt")["earliest"][0].value is None
        assert of(book.meetings(actor="Drevonia"), "2034-03-20")
        book.undo(book.documents()[0].id, who="Ana")
        assert [item.meeting for item in book.meetings()] == before
        assert book.verify() == []


def test_people_keep_tellings_apart_and_join_them_again(tmp_path: Path, pack: Path) -> None:
    with ledger(tmp_path, pack, TEXTS) as book:
        one, other = (telling.id for telling in of(book.meetings(), "2033-03-14").meeting.tellings)
        book.same_meeting(one, other, same=False, who="Ana")
        assert book.meeting(one).meeting.id != book.meeting(other).meeting.id
        book.undo(min(one, other), who="Ana")
        assert book.meeting(one).meeting.id == book.meeting(other).meeting.id == min(one, other)
        assert book.verify() == []


def test_a_person_may_join_what_no_rule_would(tmp_path: Path, pack: Path) -> None:
    with ledger(tmp_path, pack, TEXTS) as book:
        held, planned = (of(book.meetings(), day).meeting.id for day in ("2033-03-14", "2033-03-20"))
        with pytest.raises(UsageError, match="the same row"):
            book.same_meeting(held, held)
        book.same_meeting(held, planned, who="Ana")
        assert book.meeting(held).meeting.id == book.meeting(planned).meeting.id
        book.undo(min(held, planned), who="Ana")
        assert book.meeting(held).meeting.id != book.meeting(planned).meeting.id
        assert book.verify() == []


def test_the_chain_of_a_forum_and_what_is_asked_for(tmp_path: Path, pack: Path) -> None:
    with ledger(tmp_path, pack, TEXTS) as book:
        held = of(book.meetings(), "2033-03-14")
        follower = book.meeting(held.after or "")
        assert (follower.meeting.status, follower.before) == ("planned", held.meeting.id)
        assert [item.meeting.id for item in book.meetings(status="held", since="2033-03", until="2033-03-15")] == [held.meeting.id]
        assert book.meetings(actor="nobody of that name") == []
        with pytest.raises(UsageError, match="is no date"):
            book.meetings(since="last week")


def test_meetings_on_the_command_line(tmp_path: Path, pack: Path, run: Run) -> None:
    with ledger(tmp_path, pack, TEXTS) as book:
        key = of(book.meetings(), "2033-03-14").meeting.id
    listed = run("meetings", "--forum", "dialogue", "--ledger", tmp_path / "l.db")
    assert "2033-03-14  Straits Security Dialogue" in listed.out
    shown = run("meeting", key[:6], "--ledger", tmp_path / "l.db")
    assert shown.code == 0
    assert "same-meeting." in shown.out
    assert "'their Straits Security Dialogue'" in shown.out


def test_documents_that_contradict_each_other_are_queried(tmp_path: Path, pack: Path, run: Run) -> None:
    other = STATEMENT.replace("14 March 2033", "15 March 2033").replace("Joint Statement of the", "Joint Statement of the Third")
    (tmp_path / "one.txt").write_text(STATEMENT.replace("Joint Statement of the", "Joint Statement of the Third"))
    (tmp_path / "other.txt").write_text(other)
    with Ledger(tmp_path / "l.db", create=True, packs=[pack]) as book:
        book.add([tmp_path / "one.txt", tmp_path / "other.txt"])
        found = next(q for q in book.problems() if q.problem.kind == "contradiction")
        assert found.docs == ("one.txt", "other.txt")
        assert "another date: 2033-03-14 and 2033-03-15" in found.problem.message
        assert found.problem.id in {q.problem.id for q in book.problems("one.txt")}
        book.export(tmp_path / "out")
    assert found.problem.id in (tmp_path / "out/problems.jsonl").read_text()
    assert "contradiction" in run("problems", "--ledger", tmp_path / "l.db").out
