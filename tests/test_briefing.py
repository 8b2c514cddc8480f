"""A brief tells what the ledger knows of a meeting, forum, actor or issue, and nothing else: each sentence with the words that prove it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reaffirm import briefing
from reaffirm.errors import ReaffirmError, UsageError
from reaffirm.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reaffirm.brief import Brief, Note, Subject
    from samples import Outcome

    Run = Callable[..., Outcome]

pytest_plugins = ["samples"]
GOLD = [json.loads(line) for line in (Path(__file__).parents[1] / "examples/gold/threads.jsonl").read_text(encoding="utf-8").splitlines()]
FOURTH = "11-2034-01-22-joint-statement.txt"
SECTIONS = {
    "strengthened": {"Stronger"}, "weakened": {"Weaker"}, "reaffirmed": {"Said again"}, "delayed": {"Put off"},
    "carried out": {"Carried out"}, "introduced": {"New", "Agreed", "Positions", "Who asks what"},
}  # fmt: skip
SUBJECTS: tuple[tuple[Subject, str | None], ...] = (
    ("meeting", None), ("forum", "Dialogue"), ("actor", "Velmara"), ("actor", "Marsten"), ("issue", "cables"),
)  # fmt: skip


@pytest.fixture
def ledger(sample: Path) -> Iterator[Ledger]:
    with Ledger(sample, read_only=True) as found:
        yield found


def last(ledger: Ledger) -> str:
    """The last meeting that was held."""
    return ledger.meetings(status="held")[-1].meeting.id


@pytest.fixture
def brief(ledger: Ledger) -> Brief:
    return ledger.brief("meeting", last(ledger))


def told(brief: Brief, title: str) -> tuple[Note, ...]:
    return tuple(note for section in brief.sections if section.title == title for each in section.sentences for note in each.notes)


def cites(notes: tuple[Note, ...], wording: dict[str, Any], doc: str) -> bool:
    """Whether a note has words that share a place with these of the gold."""
    spans = (span for note in notes if note.origin.doc == doc for span in note.words)
    return any(span.start < wording["end"] and wording["start"] < span.end for span in spans)


# What was planted for the last meeting


def planted() -> Iterator[Any]:
    """The gold's steps at the last meeting, as (thread, statuses that will do, wording)."""
    for thread in GOLD:
        for step in thread["steps"]:
            if step["doc"] == FOURTH:
                yield pytest.param({step["status"], *step["status_accept"]}, step["wording"], id=thread["id"])


@pytest.mark.parametrize(("statuses", "wording"), list(planted()))
def test_each_planted_change_of_the_last_meeting_is_told(statuses: set[str], wording: list[dict[str, Any]], brief: Brief) -> None:
    notes = tuple(note for status in statuses for title in SECTIONS[status] for note in told(brief, title))
    assert any(cites(notes, words, FOURTH) for words in wording)


def test_the_change_of_wording_of_which_the_ledger_makes_no_step_stands_in_the_table(brief: Brief) -> None:
    (step,) = [step for thread in GOLD if thread["id"] == "T-02" for step in thread["steps"] if step["doc"] == FOURTH]
    (change,) = [each for each in brief.changes if each.after and cites((each.after,), step["wording"][0], FOURTH)]
    assert change.verdict == "worded otherwise"
    assert "noted the exchange of views between officials" in change.was


def silent(*, done: bool) -> list[dict[str, Any]]:
    """The gold's threads that the last statement does not mention and that had ended before it, or had not."""
    found = [thread for thread in GOLD if FOURTH in {gap["doc"] for gap in thread["silent"]}]
    return [thread for thread in found if any(step["status"] == "carried out" for step in thread["steps"]) is done]


@pytest.mark.parametrize("thread", silent(done=False), ids=lambda thread: str(thread["id"]))
def test_each_planted_silence_is_told_with_its_receipt(thread: dict[str, Any], brief: Brief) -> None:
    sentences = [each for section in brief.sections if section.title in {"No longer said", "Late"} for each in section.sentences]
    places = [(step["doc"], words) for step in thread["steps"] for words in step["wording"] if words["start"] is not None]
    found = [each for each in sentences if any(cites(each.notes, words, doc) for doc, words in places)]
    assert len(found) == 1
    assert [note.origin.doc for note in found[0].notes if "searched: " in note.why] == [FOURTH]


@pytest.mark.parametrize("thread", silent(done=True), ids=lambda thread: str(thread["id"]))
def test_what_was_done_before_needs_no_mention(thread: dict[str, Any], brief: Brief) -> None:
    every = told(brief, "No longer said") + told(brief, "Late") + told(brief, "Still open")
    notes = tuple(replace(note, words=note.words[-1:]) for note in every)  # without what words that point back stand after
    cited = [words["text"] for step in thread["steps"] for words in step["wording"] if words["start"] and cites(notes, words, step["doc"])]
    assert cited == []


def test_late_is_what_was_due_and_is_not_told_to_be_done(brief: Brief) -> None:
    late = [sentence.text for section in brief.sections if section.title == "Late" for sentence in section.sentences]
    (scholars,) = [text for text in late if "first scholars" in text]
    assert scholars.startswith("Saoren and Velmara agreed “to receive the first scholars in the autumn of 2032” (12 April 2031, strong)")
    assert scholars.endswith("; due 30 November 2032: 420 days late; not mentioned in the text of 22 January 2034.")
    assert [text for text in late if "study" in text and "publish" in text] == []


def test_what_was_only_intended_is_not_called_late(brief: Brief) -> None:
    late = [sentence.text for section in brief.sections if section.title == "Late" for sentence in section.sentences]
    (hangar,) = [text for text in late if "hangar" in text]
    assert hangar.startswith("Saoren: “intend to begin work on a second hangar this summer” (14 March 2033, medium)")
    assert hangar.endswith("; due 31 August 2033: meant, not promised; its day passed 146 days ago.")
    assert [" days late" in text for text in late] == sorted((" days late" in text for text in late), reverse=True)


def test_what_was_put_off_since_is_not_late_in_the_brief_of_the_earlier_meeting(ledger: Ledger) -> None:
    second = next(each.meeting.id for each in ledger.meetings(status="held") if each.meeting.edition == 2)
    found = ledger.brief("meeting", second)
    agreed = [each.text for section in found.sections if section.title == "Agreed" for each in section.sentences]
    (study,) = [text for text in agreed if "joint study" in text]
    assert study.endswith("; due 31 December 2032; on 22 January 2034 it was put off: “to publish the study by the end of April 2034”.")
    late = [each.text for section in found.sections if section.title == "Late" for each in section.sentences]
    assert [text for text in late if "joint study" in text] == []


@pytest.mark.parametrize(("subject", "name"), SUBJECTS)
def test_a_promised_act_is_told_in_one_part_alone(subject: Subject, name: str | None, ledger: Ledger) -> None:
    found = ledger.brief(subject, name or last(ledger))
    parts = ("Agreed", "Promised", "Late", "No longer said", "Still open")
    rows = [sentence.notes[0].row for s in found.sections if s.title in parts for sentence in s.sentences]
    assert sorted(rows) == sorted(set(rows))


def test_what_is_told_to_be_new_is_marked_where_it_stands_and_not_told_again(brief: Brief) -> None:
    texts = {s.title: [sentence.text for sentence in s.sentences] for s in brief.sections}
    assert any("“to hold the next meeting in Hanaru in the first quarter of 2035” (strong, new)" in text for text in texts["Agreed"])
    assert texts["Who asks what"][0].endswith("asked Drevonia: “halt the work” (“demanded”, new).")
    assert texts["New"][0] == "“The Ministers expressed grave concern about the construction of an airstrip by Drevonia on Harrow Reef.”"
    assert [text for text in texts["New"] if "Hanaru" in text or "halt" in text] == []


def test_words_that_point_back_are_told_with_what_stands_before_them(brief: Brief) -> None:
    texts = [sentence.text for section in brief.sections for sentence in section.sentences]
    (runway,) = [text for text in texts if "lengthen the runway there" in text]
    assert "there”, said after “The Velmaran side conveyed its intention to send more patrol aircraft to Port Selwick in Saoren.”" in runway
    (again,) = [text for text in texts if "to repeat it every year" in text]
    assert "year”, said after “The Ministers welcomed the exercise for the repair of cables held in August 2033 and”" in again


def test_demands_of_parties_and_of_writers_are_not_mixed(brief: Brief) -> None:
    (section,) = [section for section in brief.sections if section.title == "Who asks what"]
    writers = [sentence.text.startswith("The writer of “") for sentence in section.sentences]
    assert writers == sorted(writers)
    parliament = section.sentences[1].text
    assert parliament.endswith("asked Velmaran Parliament: “Parliament must debate the patrols before the first ship sails”.")


# Nothing is told that is not proved


@pytest.mark.parametrize(("subject", "name"), SUBJECTS)
def test_every_sentence_has_rows_whose_words_stand_where_the_note_says(subject: Subject, name: str | None, ledger: Ledger) -> None:
    found = ledger.brief(subject, name or last(ledger))
    assert found.sections
    assert [sentence.text for section in found.sections for sentence in section.sentences if not sentence.notes] == []
    assert [change for change in found.changes if not (change.before and change.after)] == []
    texts = {origin.document: ledger.opened(origin.document).entry.document.text for origin in found.origins}
    for note in found.notes():
        assert known(ledger, note.row), note
        assert note.words or "searched: " in note.why
        assert [span for span in note.words if texts[span.document][span.start : span.end] != span.exact] == []
        assert {span.document for span in note.words} <= {note.origin.document}


def known(ledger: Ledger, row: str) -> bool:
    try:
        return bool(ledger.meeting(row) if row.startswith("M-") else ledger.explain(row))
    except ReaffirmError:
        return False


@pytest.mark.parametrize(("subject", "name"), SUBJECTS)
def test_what_a_sentence_quotes_stands_in_its_notes(subject: Subject, name: str | None, ledger: Ledger) -> None:
    found = ledger.brief(subject, name or last(ledger))
    for section in found.sections:
        for sentence in section.sentences:
            proof = " ".join(f"{' … '.join(s.exact for s in n.words)} {n.origin.title} {n.why}" for n in sentence.notes)
            bare = re.sub(r"\s+|[“”‘’\"]", " ", proof)
            for words in re.findall(r"“([^“”]+)”", sentence.text):
                assert " ".join(re.sub(r"[‘’]", " ", words.removesuffix(" …")).split()) in " ".join(bare.split()), sentence.text


# As of a day


def test_a_brief_as_of_a_day_knows_no_later_text(ledger: Ledger) -> None:
    second = next(each.meeting.id for each in ledger.meetings(status="held") if each.meeting.edition == 2)
    early, later = ledger.brief("meeting", second, "2032-03"), ledger.brief("meeting", second)
    assert (early.as_of, later.as_of) == ("2032-03-31", "2034-01-24")
    assert max(origin.day or "" for origin in early.origins) <= "2032-03-31"
    assert "Late" not in {section.title for section in early.sections}
    assert [each.text for s in later.sections if s.title == "Late" for each in s.sentences if "May 2032" in each.text] != []


def test_of_a_meeting_that_texts_only_mention_nothing_is_told_but_that(ledger: Ledger) -> None:
    talks = next(each.meeting.id for each in ledger.meetings(status="held") if each.meeting.label == "Saoren-Velmara talks")
    found = ledger.brief("meeting", talks)
    assert [section.title for section in found.sections] == ["The meeting"]
    assert found.sections[0].sentences[0].text == "Saoren-Velmara talks: held (September 2031), with Saoren and Velmara."
    assert found.changes == ()


def test_a_meeting_that_was_planned_is_told_also_when_its_days_have_passed(ledger: Ledger) -> None:
    third = next(each.meeting.id for each in ledger.meetings(status="planned") if each.meeting.date == "2033-01/2033-06")
    texts = [sentence.text for sentence in ledger.brief("meeting", third).sections[0].sentences]
    assert texts[0] == "Straits Security Dialogue: planned in Hanaru (January 2033 to June 2033), with Saoren and Velmara."


def test_without_an_official_text_the_brief_says_whose_word_it_is(tmp_path: Path, corpus: Path, pack: Path) -> None:
    with Ledger(tmp_path / "press.db", create=True, packs=[pack]) as book:
        book.add([corpus / "09-meridian-wire-report.html"])
        found = book.brief("actor", "Velmara")
    assert "No text that parties put out is there" in found.basis
    assert {origin.authority for origin in found.origins} == {"press"}
    assert "New" not in {section.title for section in found.sections}


def test_a_forum_whose_last_meeting_only_others_tell_has_their_word_for_it(tmp_path: Path, corpus: Path, pack: Path) -> None:
    with Ledger(tmp_path / "press.db", create=True, packs=[pack]) as book:
        book.add([corpus / name for name in ("01-2031-04-12-joint-statement.txt", "09-meridian-wire-report.html")])
        found = book.brief("forum", "Dialogue")
    assert "No text that parties put out is there" in found.basis
    assert {note.origin.doc for note in told(found, "Agreed")} == {"09-meridian-wire-report.html"}


def test_a_brief_is_a_pure_function_of_its_material(ledger: Ledger) -> None:
    material = briefing.gather(ledger.store, "forum", "Dialogue")
    assert briefing.compose(material) == briefing.compose(material) == ledger.brief("forum", "Dialogue")


@pytest.mark.parametrize(
    ("subject", "name", "as_of", "message"),
    [
        ("actor", "Nobody", None, "no commitment and no demand of that actor"),
        ("forum", "Nothing", None, "no text tells of a meeting of 'Nothing'"),
        ("issue", "cables", "soon", "'soon' is no day"),
        ("issue", "cables", "2033/..", "is no day"),
        ("actor", "Velmara", "2030", "up to 2030-12-31"),
    ],
)
def test_what_is_not_there_is_said_with_what_to_do(subject: Subject, name: str, as_of: str | None, message: str, ledger: Ledger) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        ledger.brief(subject, name, as_of)


def test_what_people_reject_is_not_told_and_what_they_correct_is_said(book: Path) -> None:
    with Ledger(book) as ledger:
        halt = next(note.row for note in told(ledger.brief("meeting", last(ledger)), "Who asks what"))
        plan = next(note.row for note in told(ledger.brief("meeting", last(ledger)), "Agreed") if "joint plan" in note.words[-1].exact)
        ledger.judge(halt, "rejected", who="Runa")
        ledger.judge(plan, "corrected", "band=medium", who="Runa")
        found = ledger.brief("meeting", last(ledger))
    assert halt not in {note.row for note in told(found, "Who asks what")}
    assert any("corrected to band = medium" in each.text for section in found.sections for each in section.sentences)


# The verb


def test_the_verb_prints_markdown_and_writes_what_the_name_says(run: Run, sample: Path, tmp_path: Path) -> None:
    printed = run("brief", "--issue", "cables", "--ledger", sample)
    assert (printed.code, printed.out.startswith("# cables\n")) == (0, True)
    done = run("brief", "--issue", "cables", "--ledger", sample, "--out", tmp_path / "b.md")
    assert (done.code, done.out) == (0, f"written to {tmp_path / 'b.md'}\n")
    assert (tmp_path / "b.md").read_text(encoding="utf-8") == printed.out
    assert run("brief", "--issue", "cables", "--ledger", sample, "--json").json()["title"] == "cables"  # type: ignore[index]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--issue", "a", "--forum", "b"), "name one subject"),
        ((), "name one subject"),
        (("--issue", "a", "--out", "b.txt"), "ends in none of"),
    ],
)
def test_wrong_arguments_are_refused(arguments: tuple[str, ...], said: str, run: Run, sample: Path) -> None:
    done = run("brief", *arguments, "--ledger", sample)
    assert done.code == 2
    assert said in done.err
