from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from effort import bounded
from reaffirm import formats, packs, pipeline
from reaffirm.extract import dating
from reaffirm.extract.card import card
from reaffirm.extract.genre import authority
from reaffirm.model import UNKNOWN, Basis, Block, Card, Document, Field, Genre, MetaField, PackEntry, Problem
from reaffirm.text import prove

SAMPLE = packs.load(Path(__file__).parents[2] / "examples/pack")
BODY = (
    "The envoys of both river states met in the old harbour and spoke for two hours about the drifting mines and the price of salt. "
    "Neither side would say what became of the plan."
)


def made(text: str, *metadata: tuple[str, str], name: str = "x.txt") -> tuple[Document, Card, tuple[Problem, ...]]:
    """The document of a text with further metadata, its card and the problems of what stays unknown."""
    data = text.encode()
    document = pipeline.identify(data, formats.read(data, name), SAMPLE, tuple(MetaField(*pair) for pair in metadata))
    return (document, *card(document, SAMPLE))


def shown(field: Field) -> tuple[str | None, Basis]:
    return field.value, field.basis


HEADER = (
    "[Title] {title}\n[Place] Ostrel\n[Date] March 15, 2033\n[Source] Ministry of Defence of Velmara\n[Notes] {notes}\n[Full text]\n" + BODY
)
PAGE = """<html lang="en"><head><title>Salt talks | Courier</title><link rel="canonical" href="https://www.ostrelcourier.example/2033/03/16/salt">
<meta property="og:site_name" content="Courier Online"><meta property="og:title" content="Salt talks open">
<meta property="article:published_time" content="2033-03-15T23:30:00+09:00"><meta name="author" content="Ana Quill">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Salt talks", "datePublished": "2033-03-16T06:30:00+08:00",
"author": {"@type": "Person", "name": "Odo Brask"}, "publisher": {"@type": "Organization", "name": "The Ostrel Courier"}}</script></head>
<body><article><h1>Salt talks open</h1><p>BODY</p></article></body></html>""".replace("BODY", BODY)


# A table beats the page, the page beats the words, words beat the voice


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("title", "Salt"), ("genre", "analysis"), ("publisher", "Salt Press"), ("author", "Ilse Brandt"), ("published", "2033-03-20"),
        ("url", "https://salt.example/"), ("language", "en"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "text", [PAGE, HEADER.format(title="Salt", notes="Provisional translation"), BODY, f"Salt talks\n\nBy Odo Brask\n\n{BODY}"]
)
def test_what_a_person_says_in_a_table_beats_everything(field: str, given: str, text: str) -> None:
    _, found, problems = made(text, (f"table:{field}", f" {given} "), name="x.html" if text == PAGE else "x.txt")
    assert getattr(found, field) == Field(given, "metadata", (MetaField(f"meta:{field}", f" {given} "),))
    assert not [p for p in problems if p.message.startswith(field)]


def test_an_empty_cell_of_a_table_says_nothing() -> None:
    _, found, _ = made(BODY, ("table:title", " "), ("table:genre", ""), ("table:published", ""))
    assert found.title == found.published == UNKNOWN


def test_a_page_that_says_all_of_itself() -> None:
    document, found, problems = made(PAGE, name="x.html")
    assert shown(found.title) == ("Salt talks open", "stated")
    assert shown(found.publisher) == ("The Ostrel Courier", "metadata")
    assert shown(found.author) == ("Odo Brask", "metadata")
    assert shown(found.published) == ("2033-03-16", "metadata")
    assert shown(found.url) == ("https://www.ostrelcourier.example/2033/03/16/salt", "metadata")
    assert shown(found.language) == ("en", "inferred")
    assert [p for p in problems if not p.message.startswith("genre")] == []
    evidence = [e for f in (found.publisher, found.author, found.published, found.url) for e in f.evidence]
    assert all(e in document.metadata for e in evidence)


@pytest.mark.parametrize(
    ("metadata", "field", "value"),
    [
        ([("jsonld:NewsArticle.datePublished", "2033-03-16"), ("meta:article:published_time", "2033-03-15")], "published", "2033-03-16"),
        ([("meta:article:published_time", "2033-03-15T23:30:00+09:00")], "published", "2033-03-15"),
        ([("meta:dc.date.issued", "2033-03")], "published", "2033-03"),
        ([("jsonld:NewsArticle.datePublished", "soon"), ("meta:date", "March 14, 2033")], "published", "2033-03-14"),
        ([("htmldate:date", "2033-03-13")], "published", "2033-03-13"),
        ([("jsonld:NewsArticle.publisher", "Salt Press"), ("meta:og:site_name", "Salt")], "publisher", "Salt Press"),
        ([("meta:og:site_name", "Salt")], "publisher", "Salt"),
        ([("jsonld:Article.author", "Odo Brask"), ("meta:author", "Ana Quill")], "author", "Odo Brask"),
        ([("meta:author", "https://salt.example/odo")], "author", None),
        ([("meta:og:url", "https://salt.example/1"), ("link:canonical", "https://salt.example/2")], "url", "https://salt.example/2"),
        ([("meta:og:title", "Salt talks"), ("html:title", "Salt talks | Salt")], "title", "Salt talks"),
        ([("html:title", "Salt talks | Salt")], "title", "Salt talks | Salt"),
    ],
)
def test_the_order_of_what_a_page_says(metadata: list[tuple[str, str]], field: str, value: str | None) -> None:
    _, found, _ = made(BODY, *metadata)
    assert shown(getattr(found, field)) == (value, "metadata" if value else "unknown")


def test_a_database_header() -> None:
    _, found, _ = made(HEADER.format(title="Joint Statement on the Salt Trade", notes="Provisional translation"))
    assert shown(found.title) == ("Joint Statement on the Salt Trade", "stated")
    assert shown(found.genre) == ("joint statement", "stated")
    assert shown(found.publisher) == ("Ministry of Defence of Velmara", "metadata")
    assert found.published.value == "2033-03-15"
    assert shown(found.translation)[0] == "true"
    assert shown(found.relation) == ("output", "inferred")
    assert shown(found.authority) == ("official text", "inferred")


@pytest.mark.parametrize(
    ("note", "field", "value"),
    [
        ("The original article appeared in the Hanaru Herald on March 15, 2033.", "publisher", "the Hanaru Herald"),
        ("This column first appeared in The Salt Gazette on 15 March 2033.", "publisher", "The Salt Gazette"),
        ("The original article appeared in the Hanaru Herald on March 15, 2033.", "published", "2033-03-15"),
        ("Issued at Ostrel on March 15, 2033", "published", "2033-03-15"),
        ("This is a provisional translation.", "translation", "true"),
        ("Translated from the original.", "translation", "true"),
        ("The original Saorenese article can be read in the archive.", "translation", "true"),
    ],
)
def test_what_a_note_says(note: str, field: str, value: str) -> None:
    document, found, _ = made(f"Salt talks\n\n{BODY}\n\n{BODY}\n\n{note}")
    assert shown(getattr(found, field)) == (value, "stated")
    prove(document.text, [e for e in getattr(found, field).evidence if hasattr(e, "exact")])


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Odo Brask", "Odo Brask"),
        ("by Odo Brask and Ana Quill", "Odo Brask and Ana Quill"),
        ("By Odo Brask, Salt correspondent", "Odo Brask"),
        ("BY ODO BRASK | Salt Press", "ODO BRASK"),
        ("By 12 March the port had closed.", None),
    ],
)
def test_a_byline(line: str, author: str | None) -> None:
    _, found, _ = made(f"Salt talks\n\n{line}\n\n{BODY}")
    assert found.author.value == author


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://www.hanaruherald.example/2033/salt", "The Hanaru Herald"),
        ("https://archive.hanaruherald.example/salt", "The Hanaru Herald"),
        ("https://nothanaruherald.example/salt", None),
        ("https://elsewhere.example/?from=hanaruherald.example", None),
    ],
)
def test_a_domain_tells_the_publisher(url: str, publisher: str | None) -> None:
    _, found, _ = made(BODY, ("link:canonical", url))
    assert shown(found.publisher) == (publisher, "inferred" if publisher else "unknown")


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("The Hanaru Herald", "The Hanaru Herald"),
        ("HANARU HERALD", "The Hanaru Herald"),
        ("Ministry of Salt and Fisheries", "Ministry of Salt and Fisheries"),
    ],
)
def test_a_masthead_tells_the_publisher(line: str, publisher: str) -> None:
    _, found, _ = made(f"{line}\n\nSalt talks open in the harbour\n\n{BODY}")
    assert shown(found.publisher) == (publisher, "inferred")


def test_what_is_unknown_is_a_problem_each() -> None:
    text = "Too short."
    document = Document("D-0", "", text, "", "test", blocks=(Block("paragraph", 0, len(text), ((0, len(text)),)),))
    found, problems = card(document, SAMPLE)
    assert all(getattr(found, f.name) in {UNKNOWN, ()} for f in fields(found) if f.name != "event_dates")
    assert [(p.message.partition(":")[0], p.severity, p.kind) for p in problems] == [
        ("title", "low", "unknown"), ("genre", "medium", "unknown"), ("publisher", "low", "unknown"), ("author", "low", "unknown"),
        ("language", "low", "unknown"), ("published", "medium", "unknown"),
    ]  # fmt: skip
    assert len({p.id for p in problems}) == len(problems)
    assert all("--metadata" in p.resolution for p in problems)


def test_no_document_at_all_has_a_card() -> None:
    assert card(Document("D-0", "", "", "", "test"), SAMPLE)[0] == Card()


def test_the_language_is_told_from_the_body() -> None:
    _, found, _ = made(
        "Die Gesandten der beiden Staaten trafen sich im alten Hafen und sprachen zwei Stunden lang über die treibenden Minen."
    )
    assert shown(found.language) == ("de", "inferred")


def test_evidence_of_a_card_stands_in_the_text_and_never_in_furniture() -> None:
    for text in (BODY, f"Gist of the talks\n\nMarch 15, 2033\n\nBy Odo Brask\n\n{BODY}\n\nShare this page\n\nProvisional translation"):
        document, found, _ = made(text)
        spans = [e for f in fields(found) if f.name != "event_dates" for e in getattr(found, f.name).evidence if hasattr(e, "exact")]
        prove(document.text, spans)
        furniture = [b for b in document.blocks if b.kind == "furniture"]
        assert not [s for s in spans for b in furniture if b.start < s.end and s.start < b.end]


# Genre


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Joint Statement of the Salt Council\n\n{BODY}", ("joint statement", "stated")),
        (f"Final Communiqué of the Salt Summit\n\n{BODY}", ("communique", "stated")),
        (f"Fact Sheet: The Salt Pact\n\n{BODY}", ("fact sheet", "stated")),
        (f"Gist of the Salt Talks\n\n{BODY}", ("gist", "stated")),
        (f"Editorial: Salt for all\n\n{BODY}", ("editorial", "stated")),
        (f"EDITORIAL\n\nSalt for all\n\n{BODY}", ("editorial", "stated")),
        (f"Remarks by Minister Odo Brask at the Salt Fair\n\n{BODY}", ("remarks", "stated")),
        (f"Transcript of the salt briefing\n\n{BODY}", ("press-conference transcript", "stated")),
        (f"Treaty on the Salt Trade\n\n{BODY}", ("other", "stated")),
        (f"What the salt pact means\n\n{BODY}", ("analysis", "inferred")),
        (f"OSTREL, March 15 — {BODY}", ("news report", "inferred")),
        # the voice
        ("The port must open. Both states should dredge the canal. It is essential to act. The rain fell.", ("editorial", "inferred")),
        (
            "The envoy said that the port was shut. The guild said it would sue. The mayor told reporters that he knew.",
            ("news report", "inferred"),
        ),
        (
            "The first reason is the salt. However, the canal is dry for most of the year. It may serve other ends in time.",
            ("analysis", "inferred"),
        ),
        ("The rain fell on the harbour. The boats lay still. Nobody came to the yard that week.", (None, "unknown")),
        ("Rain.", (None, "unknown")),
        ("", (None, "unknown")),
    ],
)
def test_genre(text: str, expected: tuple[str | None, str]) -> None:
    _, found, _ = made(text)
    assert shown(found.genre) == expected


def test_turns_tell_a_transcript() -> None:
    said = "We have agreed to open three ports before the winter comes."
    _, found, _ = made(f"MINISTER BRASK: {said}\n\nMINISTER QUILL: {said}\n\nMINISTER BRASK: {said}\n\nMINISTER QUILL: {said}")
    assert found.genre.value == "press-conference transcript"


def test_words_that_state_a_genre_beat_the_voice_and_those_of_a_pack_name_their_entry() -> None:
    _, found, _ = made("Gist of the Salt Talks\n\nThe port must open. Both states should dredge the canal. It is essential to act.")
    assert found.genre.value == "gist"
    assert [e for e in found.genre.evidence if isinstance(e, PackEntry)] == [PackEntry("genres", "title-gist")]


@pytest.mark.parametrize("genre", get_args(Genre))
def test_every_genre_has_an_authority(genre: str) -> None:
    assert authority(Field(genre, "stated"), SAMPLE).value in {"official text", "official paraphrase", "press", "opinion"}


def test_an_unknown_genre_has_none() -> None:
    assert authority(UNKNOWN, SAMPLE) == UNKNOWN


# Dating


def dated(text: str, *metadata: tuple[str, str]) -> tuple[tuple[str | None, str], list[tuple[str | None, str]]]:
    _, found, _ = made(text, *metadata)
    return shown(found.published), [shown(f) for f in found.event_dates]


@pytest.mark.parametrize(
    ("text", "published", "events"),
    [
        # a line near the title, a note, a URL
        (f"Salt talks\n\nMarch 15, 2033\n\n{BODY}", ("2033-03-15", "stated"), []),
        (f"Salt talks\n\nOstrel, 15 March 2033\n\n{BODY}", ("2033-03-15", "stated"), []),
        (f"Salt talks\n\nPublished: 2033-03-15\n\n{BODY}", ("2033-03-15", "stated"), []),
        (f"Salt talks\n\n{BODY}", (None, "unknown"), []),
        # a date within the text is none of publication
        (f"Salt talks\n\nThe mines were laid in March 2031. {BODY}", (None, "unknown"), []),
        # the event
        (f"Salt talks\n\nThe envoys met on March 14, 2033. {BODY}", (None, "unknown"), [("2033-03-14", "stated")]),
        (f"Salt talks\n\nMarch 15, 2033\n\nThe envoys met on March 14. {BODY}", ("2033-03-15", "stated"), [("2033-03-14", "stated")]),
        (f"Salt talks\n\nMarch 15, 2033\n\nThe envoys met on December 30. {BODY}", ("2033-03-15", "stated"), [("2032-12-30", "stated")]),
        (f"Salt talks\n\nMarch 15, 2033\n\nThe envoys met on Monday. {BODY}", ("2033-03-15", "stated"), [("2033-03-14", "inferred")]),
        (f"Salt talks\n\nThe envoys will meet on March 14, 2033 at the next meeting. {BODY}", (None, "unknown"), []),
        # a record of something spoken dates its event, not itself
        (f"Gist of the Salt Talks\n\nMarch 15, 2033\n\n{BODY}", (None, "unknown"), [("2033-03-15", "stated")]),
        # a news report was written on the day of its dateline
        (f"Salt talks\n\nOSTREL, March 15, 2033 - The envoys spoke. {BODY}", ("2033-03-15", "stated"), []),
        (f"Salt talks\n\nIn OSTREL, March 15, 2033 was a wet day. {BODY}", (None, "unknown"), []),
        # a joint statement was issued at its event
        ("Joint Statement on Salt\n\nMarch 15, 2033\n\nWe welcome the pact.", ("2033-03-15", "stated"), [("2033-03-15", "stated")]),
    ],
)  # fmt: skip
def test_publication_and_event_are_two_dates(text: str, published: tuple[str | None, str], events: list[tuple[str | None, str]]) -> None:
    assert dated(text) == (published, events)


def test_an_address_dates_a_text() -> None:
    assert dated(BODY, ("link:canonical", "https://salt.example/2033/03/15/talks"))[0] == ("2033-03-15", "metadata")
    assert dated(BODY, ("link:canonical", "https://salt.example/2033/03/15/2031/01/01/talks"))[0] == (None, "unknown")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/2033/03/15/talks", "2033-03-15"), ("/2033/3/5/talks", "2033-03-05"), ("/news/20330315-talks.html", "2033-03-15"),
        ("/t20330315_4711.html", "2033-03-15"), ("/a/2033-03-15/talks", "2033-03-15"), ("/2033/03/15/20330315.html", "2033-03-15"),
        # a number that is no day, part of a longer one, in the query, two days
        ("/article/20338815/talks", None), ("/a/203303151.html", None), ("/talks?on=20330315", None), ("/20330315/20330316", None),
        ("/2033/03/talks", None), ("/2033/02/30/talks", None), ("/talks", None),
    ],
)  # fmt: skip
def test_the_day_in_an_address(path: str, value: str | None) -> None:
    assert dated(BODY, ("link:canonical", f"https://salt.example{path}"))[0] == (value, "metadata" if value else "unknown")


@pytest.mark.parametrize(
    ("metadata", "value"),
    [
        ([("time:head", "2033-03-15T09:00"), ("time:datetime", "2031-01-01")], "2033-03-15"),
        ([("time:datetime", "2031-01-01")], None),
        # published, then updated, in either order
        ([("time:head", "2033-03-17"), ("time:head", "15 March 2033")], "2033-03-15"),
        ([("time:head", "2033-03-17"), ("itemprop:datePublished", "2033-03-15")], "2033-03-15"),
        ([("time:head", "9:30"), ("link:canonical", "https://salt.example/2033/03/15/talks")], "2033-03-15"),
    ],
)
def test_a_time_above_the_text_dates_it(metadata: list[tuple[str, str]], value: str | None) -> None:
    assert dated(BODY, *metadata)[0] == (value, "metadata" if value else "unknown")


def test_a_guess_comes_last() -> None:
    guess = ("htmldate:date", "2031-01-01")
    assert dated(BODY, guess)[0] == ("2031-01-01", "metadata")
    assert dated(f"Salt talks\n\n15 March 2033\n\n{BODY}", guess)[0] == ("2033-03-15", "stated")
    assert dated(BODY, guess, ("link:canonical", "https://salt.example/2033/03/15/talks"))[0] == ("2033-03-15", "metadata")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("By Odo Brask in Ostrel 15 March 2033", "2033-03-15"),
        ("By Odo Brask | 15 March 2033", "2033-03-15"),
        ("Submitted by the editor on 15 March 2033", "2033-03-15"),
        ("Created 15 March 2033", "2033-03-15"),
        ("By the treaty that entered into force on 15 March 2033", None),
        ("Last modified: 15 March 2033", None),
    ],
)
def test_a_line_that_names_writer_and_day(line: str, value: str | None) -> None:
    assert dated(f"Salt talks\n\n{line}\n\n{BODY}")[0] == (value, "stated" if value else "unknown")


@pytest.mark.parametrize(
    ("text", "metadata", "said"),
    [
        (BODY, [("meta:date", "2033-03-15"), ("link:canonical", "https://salt.example/2033/03/16/talks")], []),
        (
            BODY,
            [("meta:date", "2033-03-15"), ("link:canonical", "https://salt.example/2033/06/16/talks")],
            ["published: 2033-03-15 was taken, but by its address it is of 2033-06-16"],
        ),
        (
            f"Salt talks\n\nPublished: 2033-06-01\n\n{BODY}",
            [("meta:date", "2033-03-15")],
            ["published: 2033-03-15 was taken, but by its words it is of 2033-06-01"],
        ),
        (
            BODY,
            [("jsonld:Report.datePublished", "2033-03-15"), ("meta:date", "2032-01-01"), ("jsonld:Report.dateModified", "2034-01-01")],
            ["published: 2033-03-15 was taken, but by its metadata it is of 2032-01-01"],
        ),
        (BODY, [("link:canonical", "https://salt.example/2033/06/16/talks")], []),
        (BODY, [], []),
    ],
)
def test_dates_that_contradict_each_other_are_told(text: str, metadata: list[tuple[str, str]], said: list[str]) -> None:
    document, found, _ = made(text, *metadata)
    assert list(dating.doubts(document, found)) == said


def test_an_event_long_before_publication_is_not_that_of_the_text() -> None:
    assert dated(f"Salt talks\n\nMarch 15, 2033\n\nThe envoys had met on May 2, 2019. {BODY}")[1] == []


@pytest.mark.parametrize(
    "words",
    [
        "after the summit of May 2, 2019",
        "for the first time since their talks of May 2, 2019",
        "again. They last met in May 2019",
        "again after their summit in May 2019",
        "again, building on their May 2019 meeting",
        "following the summit held in May 2019",
    ],
)
def test_a_date_of_an_earlier_event_is_not_that_of_the_text(words: str) -> None:
    assert dated(f"Salt talks\n\nThe envoys met {words}. {BODY}")[1] == []


@pytest.mark.parametrize(
    "text",
    [
        f"Salt talks\n\n{BODY}\n\nThe joint statement issued on 14 May 2019 remains a dead letter.",
        f"Salt talks\n\nAfter the summit, February 2015\n\n{BODY}",
    ],
)
def test_a_date_of_something_else_is_no_date_of_publication(text: str) -> None:
    assert dated(text)[0] == (None, "unknown")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("18.06.2031", "2031-06-18"),
        ("Date: 18/06/2031", "2031-06-18"),
        ("(June 18, 2031)", "2031-06-18"),
        ("Ostrel, June 18, 2031 –", "2031-06-18"),
        ("18 June 2031 | Ostrel", "2031-06-18"),
        ("For immediate release, June 18, 2031", "2031-06-18"),
        ("2031年6月18日", "2031-06-18"),
        ("2031-06-18", "2031-06-18"),
        ("06/07/2031", None),  # the sixth of July, or the seventh of June
    ],
)
def test_a_line_that_is_a_date_dates_the_text(line: str, day: str | None) -> None:
    _, found, _ = made(f"Salt talks\n{line}\n\n{BODY}")
    assert (found.title.value, found.published.value) == ("Salt talks", day)


@pytest.mark.parametrize(
    ("head", "title", "genre"),
    [
        ("The Ostrel Lantern\nOPINION\n\nEDITORIAL\nKeep the salt dry\n\nJune 18, 2031 | 12:00 am", "Keep the salt dry", "editorial"),
        ("Salt Currents\nAnalysis & debate\n\nFewer mines, more salt\nBy Odo Brask\n18 June 2031", "Fewer mines, more salt", "analysis"),
        ("The Lantern\nComment\n\nThe salt talks of the harbour were a bitter wake\nBy Odo Brask",
         "The salt talks of the harbour were a bitter wake", "editorial"),
        ("Prime Minister’s Office, Harbour Square\nPress release\n\nPM visits the salt works\n\nPublished 18 June 2031",
         "PM visits the salt works", "other"),
        ("Government of Velmara\nDepartment of Salt\nYou are here: Home / Media\n\nFact sheet: what the salt pact means\n",
         "Fact sheet: what the salt pact means", "fact sheet"),
        # no letterhead: the label belongs to the text, or nothing below can be its title
        ("JOINT STATEMENT\nSECOND MEETING OF THE SALT MINISTERS\nOstrel, 18 June 2031",
         "SECOND MEETING OF THE SALT MINISTERS", "joint statement"),
        ("Third Meeting of the Salt Ministers of Both Shores\nJoint Statement\n\nOstrel, 18 June 2031",
         "Third Meeting of the Salt Ministers of Both Shores", "joint statement"),
        ("Ministry of Salt\nJoint statement on salt and on mines\n\nOstrel", "Joint statement on salt and on mines", "joint statement"),
    ],
)  # fmt: skip
def test_a_letterhead_is_no_title(head: str, title: str, genre: str) -> None:
    document, found, _ = made(f"{head}\n\n{BODY}")
    assert (found.title.value, found.genre.value) == (title, genre)
    above = document.text[: document.text.index(title)]
    assert all(b.kind == "furniture" for b in document.blocks if b.end <= len(above)) or "STATEMENT" in above


@pytest.mark.parametrize(
    ("head", "title", "genre", "published"),
    [
        ("Chair’s Statement of the First Reef Summit\nTessel, Ruvia, 21 August 2031", "Chair’s Statement of the First Reef Summit",
         "joint statement", "2031-08-21"),
        ("Third Reef Partnership Leaders’ Meeting\nJoint Leaders’ Statement\nRio de Tessel, 18 October 2033",
         "Third Reef Partnership Leaders’ Meeting", "joint statement", "2033-10-18"),
        ("MINISTRY OF TIDES\nPRESS RELEASE No. 187\nSecond Reef Dialogue of Ministers\nPublished on April 23, 2035, 19h42",
         "Second Reef Dialogue of Ministers", "other", "2035-04-23"),
        ("TESSEL INSTITUTE OF STUDIES\nPolicy Brief 14/2036\n\nAfter the reef: what remains of the agenda?\nby Ana Duarte\nJune 9, 2036",
         "After the reef: what remains of the agenda?", "analysis", "2036-06-09"),
    ],
)  # fmt: skip
def test_lines_above_a_text_are_told_apart(head: str, title: str, genre: str, published: str) -> None:
    _, found, _ = made(f"{head}\n\nThe Ministers agreed to open a harbour by the end of 2038. They welcomed the work on free trade.\n")
    assert (found.title.value, found.genre.value, found.published.value) == (title, genre, published)


@pytest.mark.parametrize("line", ["A" * 190, "A, " * 60, "de " * 60, "Aa " * 60])
def test_a_line_of_capitals_is_looked_at_once(line: str) -> None:
    with bounded(2):
        assert dated(f"Talks\n{line} 14 May 2031 x\n\nThe Ministers agreed to open a harbour.\n")
