from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reaffirm import packs, pipeline
from reaffirm.extract.card import card
from reaffirm.extract.meetings import contradictions, tellings
from reaffirm.formats import confinement
from reaffirm.language.names import mentions
from reaffirm.language.times import anchored, times
from reaffirm.model import UNKNOWN, Field

if TYPE_CHECKING:
    from reaffirm.model import Document
    from reaffirm.packs import MeetingWord
    from reaffirm.readings import Telling

KNOWLEDGE = packs.load(Path(__file__).parents[2] / "examples" / "pack")
LORE = KNOWLEDGE.meetings


def read(
    text: str, *, published: str | None = None, genre: str = "news report", day: str | None = None
) -> tuple[Document, tuple[Telling, ...]]:
    """A document of some text with the card that is said, and the meetings that it tells."""
    source = confinement.read(text.encode(), "text.txt")
    document = pipeline.identify(text.encode(), source, KNOWLEDGE)
    filled, _ = card(document, KNOWLEDGE)
    relation = {"joint statement": "output", "gist": "transcript"}.get(genre, "comment")
    filled = replace(
        filled,
        genre=Field(genre, "stated"), relation=Field(relation, "inferred"), published=Field(published, "stated") if published else UNKNOWN,
        event_dates=(Field(day, "stated"),) if day else (),
    )  # fmt: skip
    document = replace(document, card=filled)
    found = anchored(times(document, KNOWLEDGE), filled)
    return document, tellings(document, mentions(document, KNOWLEDGE), found, KNOWLEDGE)


def told(text: str, **about: str) -> list[Telling]:
    return list(read(text, **about)[1])


def brief(rows: list[Telling]) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [(r.status, r.date, r.states) for r in rows]


BOTH = ("Saoren", "Velmara")


@pytest.mark.parametrize("entry", LORE, ids=lambda e: e.id)
def test_every_entry_finds_its_examples_and_not_its_counterexamples(entry: MeetingWord) -> None:
    forms = "|".join(map(re.escape, sorted(entry.forms, key=len, reverse=True)))
    pattern = entry.pattern or re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", re.IGNORECASE)
    assert entry.examples
    assert entry.counterexamples
    before = " " if entry.role == "behind" else ""  # what stands behind a noun
    assert [e for e in entry.examples if not pattern.search(before + e)] == []
    assert [e for e in entry.counterexamples if pattern.search(before + e)] == []


def test_a_clause_tells_a_meeting_with_day_place_and_persons() -> None:
    text = "Foreign Secretary Elna Marsten met with Minister of Foreign Affairs Lise Ondaro in Hanaru on 3 May 2033."
    (row,) = told(text, published="2033-05-04")
    assert (row.status, row.date, row.place, row.states) == ("held", "2033-05-03", "Hanaru", BOTH)
    assert row.participants == ("Elna Marsten", "Lise Ondaro")
    assert row.evidence[0].exact.endswith("in Hanaru on 3 May 2033")


@pytest.mark.parametrize(
    ("sentence", "status", "date"),
    [
        ("Talks between Velmara and Drevonia took place in Port Amary on 2 June 2033.", "held", "2033-06-02"),
        ("Talks between Velmara and Drevonia will be held in Port Amary on 2 July 2033.", "planned", "2033-07-02"),
        ("Talks between Velmara and Drevonia, scheduled for July 2033, were called off.", "called off", "2033-07"),
        ("Velmara and Drevonia are to meet in Port Amary in July 2033.", "planned", "2033-07"),
        ("Officials of Velmara and Drevonia held talks on Monday.", "held", "2033-06-06"),
        ("Velmara and Drevonia will hold a summit in Port Amary before the end of 2033.", "planned", "2033-06-10/2033-12-31"),
        ("Last month's summit between Velmara and Drevonia changed little.", "held", "2033-05"),
    ],
)
def test_the_words_around_tell_status_and_date(sentence: str, status: str, date: str) -> None:
    rows = told(f"A note on the week\n\n{sentence}\n", published="2033-06-10", genre="analysis")
    assert brief(rows) == [(status, date, ("Drevonia", "Velmara"))]


@pytest.mark.parametrize(
    "sentence",
    [
        "It is important that Velmara and Drevonia engage in dialogue at many levels.",
        "Velmara should talk to Drevonia before it is too late.",
        "The reform met with applause in Velmara and Drevonia.",
        "The fleets of Velmara and Drevonia met their targets on 3 May 2033.",
        "Any meeting between Velmara and Drevonia would be welcome.",
        "Velmara has proposed a meeting with Drevonia.",
        "Summits of Velmara and Drevonia are rare.",
        "A statement of the Straits Security Dialogue framework names Velmara and Drevonia.",
        "Velmara and Drevonia will meet every spring.",
        "The ministers met on Monday.",
    ],
)
def test_what_is_no_consultation_makes_no_row(sentence: str) -> None:
    assert told(f"A note on the week\n\nThe harbour is quiet. {sentence}\n", published="2033-06-10", genre="other") == []


OWN = (
    "Joint Statement of the Third Velmara-Saoren Straits Security Dialogue\n\n"
    "The foreign and defence ministers of Velmara and Saoren met in Hanaru on 14 March 2033. {}\n"
)


def own(sentence: str, **about: str) -> list[Telling]:
    return told(OWN.format(sentence), **({"genre": "joint statement", "day": "2033-03-14"} | about))


def test_definite_phrases_go_back_to_the_meeting_of_the_text() -> None:
    (row,) = own("The talks lasted two days. At the meeting, the ministers spoke of fish.")
    assert [e.exact for e in row.evidence][-2:] == ["The talks", "the meeting"]
    assert (row.edition, row.forum, row.kind, row.rule) == (3, "straits-security-dialogue", "ministerial meeting", "telling.own")


def test_the_next_meeting_hangs_on_this_one() -> None:
    first, second = own("They agreed to hold the next meeting in Ostrel before the end of 2033.")
    assert (second.status, second.date, second.place) == ("planned", "2033-03-14/2033-12-31", "Ostrel")
    assert second.order == (first.id, "next")


def test_a_press_conference_is_a_meeting_of_its_own() -> None:
    first, second = own("A joint press conference after the talks drew a crowd. The press conference was short.")
    assert (second.kind, second.date, second.order) == ("press conference", "2033-03-14", (first.id, "after"))
    assert [e.exact for e in second.evidence] == ["A joint press conference", "The press conference"]


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("It was the first meeting of the two countries since 2029.", "2029"),
        ("The talks were the first since May last year.", "2032-05"),
        ("It was the first time in two and a half years for the ministers to meet in Hanaru.", "2030-09~"),
        ("It was the first meeting in three years.", "2030~"),
        ("Two years after the first, little is left.", "2031~"),
        ("It was the first time since 2029 that a ferry sailed.", None),
        ("It was the first meeting since the ministers took office.", None),
    ],
)
def test_first_since_tells_an_earlier_meeting(sentence: str, date: str | None) -> None:
    rows = [r for r in own(sentence, published="2033-03-15", genre="editorial") if r.rule != "telling.own"]
    assert [r.date for r in rows] == ([date] if date else [])
    assert all(r.states == BOTH and r.status == "held" and r.order for r in rows)


def test_nothing_is_dated_without_an_anchor() -> None:
    said = "It was the first time in seven years for them to meet in Hanaru. The next round is due within the year."
    rows = told(OWN.replace(" on 14 March 2033", "").format(said), genre="editorial")
    assert [(r.status, r.date) for r in rows] == [("held", None), ("held", None), ("planned", None)]


def test_an_undated_meeting_was_held_before_the_text_appeared() -> None:
    (row,) = told("Velmara and Saoren held the third Straits Security Dialogue.\n", published="2033-03-20", genre="editorial")
    assert row.date == "../2033-03-20"


def test_meetings_by_their_number_are_different_meetings() -> None:
    rows = own(
        "The second Straits Security Dialogue, which was held online on 20 February 2032, dealt with cables. "
        "The fourth will take place in 2034."
    )
    expected = [(2, "held", "2032-02-20", "online"), (4, "planned", "2034", None)]
    assert [(r.edition, r.status, r.date, r.format) for r in rows[1:]] == expected


def test_letters_that_the_text_defines_name_the_forum() -> None:
    text = "Velmara and Saoren held the third Straits Security Dialogue (StrSD). The 4th StrSD will be held in Ostrel in 2035.\n"
    rows = told(text, published="2033-03-20", genre="news report")
    assert [(r.forum, r.edition, r.date) for r in rows][1:] == [("straits-security-dialogue", 4, "2035")]


def test_officials_are_not_the_ministers() -> None:
    rows = own("Officials of the two countries met in January 2033 and will meet again in May 2033.")
    assert [(r.kind, r.date, r.forum) for r in rows[1:]] == [("talks", "2033-01", None), ("talks", "2033-05", None)]


def test_a_text_against_itself_keeps_one_row_and_tells() -> None:
    text = OWN.format("The third Straits Security Dialogue, held in Ostrel on 16 March 2033, was short.")
    document, rows = read(text, genre="joint statement", day="2033-03-14")
    (row,) = rows
    (problem,) = contradictions(rows, document)
    assert (row.date, row.place, row.certainty) == ("2033-03-14", "Hanaru", "ambiguous")
    assert (problem.kind, problem.severity, problem.evidence) == ("contradiction", "high", row.evidence)
    assert "2033-03-14 against 2033-03-16" in problem.message


def test_headlines_and_furniture_tell_nothing() -> None:
    text = "Velmara and Drevonia met in Port Amary on 3 May 2033\n\nFish is dear this year.\n\nTags: Velmara-Drevonia summit\n"
    assert told(text, published="2033-05-04", genre="editorial") == []


PIECES = st.sampled_from(
    ["Velmara", "Saoren", "the", "first", "third", "meeting", "talks", "met", "with", "in Hanaru", "since", "2031", "on 3 May 2031", "next",
     "will", "be held", "the summit", "after", "(", ")", "“2+2”", ".", ",", "\n\n", "joint press conference", "Straits Security Dialogue",
     "two years", "for the first time in", "and", "of", "the ministers", "again", "was called off", "\u00a0", "–"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_rows_prove_themselves_whatever_the_words(pieces: list[str]) -> None:
    document, rows = read(" ".join(pieces), published="2033-05-04", genre="editorial")
    assert len({r.id for r in rows}) == len(rows)
    for row in rows:
        assert row.evidence
        assert list(row.evidence) == sorted(row.evidence, key=lambda e: (e.start, e.end))
        assert all(document.text[e.start : e.end] == e.exact for e in row.evidence)
        assert row.states == tuple(sorted(row.states))
    assert contradictions(rows, document) == contradictions(rows, document)
