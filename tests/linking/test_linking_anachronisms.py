"""Events named before they happened, and the words by which they were only feared or planned."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linking_accounts import account
from linking_meetings import telling

from reaffirm import packs
from reaffirm.days import bounds
from reaffirm.linking.anachronisms import _ominous, dating, doubted, foretold, named, older
from reaffirm.linking.gathering import meeting
from reaffirm.model import Field, Span
from reaffirm.occurrences import Event, Omen

if TYPE_CHECKING:
    from reaffirm.readings import Meeting

PACKS = packs.load()
RAMMING = Event("ramming", "the ramming of the Tessel", "2033-02-02", "made", ("ramming of the Tessel", "Tessel affair"))
FLOOD = Event("flood", "the flood of Marn", "2033-05", "made", ("flood of Marn",), also="2031-10-01", note="a lesser flood")
MADE = replace(PACKS, events=(RAMMING, FLOOD), fingerprint="made")


def names(text: str, *events: Event) -> list[str]:
    return [event.id for event, _, _ in named(text, [(0, len(text))], events, MADE)]


# The shipped pack


@pytest.mark.parametrize("event", PACKS.events, ids=lambda event: event.id)
def test_events_are_named_in_their_examples_and_no_other_is(event: Event) -> None:
    assert event.examples
    assert event.counterexamples
    assert event.needs or not event.pattern
    assert [word for word in event.needs if word != word.lower()] == []
    assert [e for e in event.examples if names(e, *PACKS.events) != [event.id]] == []
    assert [c for c in event.counterexamples if names(c, event)] == []
    assert bounds(event.first)
    assert bool(event.also) == bool(event.note)
    assert not event.also or event.also < event.first


@pytest.mark.parametrize("omen", PACKS.omens, ids=lambda omen: omen.id)
def test_omens_make_their_examples_unreal(omen: Omen) -> None:
    alone = replace(PACKS, omens=(omen,), fingerprint=omen.id)

    def unreal(sentence: str) -> bool:
        if omen.where == "open":
            return doubted(sentence, alone)
        text = sentence.replace("<", "").replace(">", "")
        return _ominous(text, (sentence.index("<"), sentence.index(">") - 1), (0, len(text)), alone)

    assert omen.examples
    assert [e for e in omen.examples if not unreal(e)] == []
    assert [c for c in omen.counterexamples if unreal(c)] == []


def test_the_event_of_the_sample_pack_is_named_in_its_examples() -> None:
    invented = packs.load(Path(__file__).parents[2] / "examples/pack")
    event = invented.events[-1]
    assert event.source == "invented"
    assert [names(e, event) for e in event.examples] == [[event.id]]
    assert [names(c, event) for c in event.counterexamples] == [[], []]


# Names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They condemned the ramming of\nthe Tessel.", ["ramming"]),
        ("RAMMING OF THE TESSEL CONDEMNED", ["ramming"]),  # a heading
        ("The Ramming Of The Tessel was told.", ["ramming"]),
        ("the tessel affair", []),  # a name's capital is missing
        ("They spoke of a possible ramming of the Tessel.", []),
        ("They spoke of a possible ramming of the Tessel. The ramming of the Tessel was condemned.", ["ramming"]),
        ("The pre-ramming of the Tessel.", []),
        ("If the port is shut, ships wait; the ramming of the Tessel was condemned.", ["ramming"]),
    ],
)
def test_a_name_counts_where_it_is_told_as_real(text: str, found: list[str]) -> None:
    assert names(text, RAMMING) == found


@given(st.text(alphabet="abc .,;\n", max_size=60), st.text(alphabet="abc .,;\n", max_size=60))
def test_offsets_are_those_of_the_text(before: str, behind: str) -> None:
    text = f"{before} the ramming of the Tessel {behind}"
    for _, start, end in named(text, [(0, len(text))], [RAMMING], MADE):
        assert text[start:end] == "ramming of the Tessel"


# Documents


def test_an_older_text_that_names_an_event_is_queried_with_both_places() -> None:
    evidence = Span("D-a", 0, 11, "1 May 2032:")
    old = account("a", "1 May 2032: The ramming of the Tessel was condemned.", published=Field("2032-05-01", "stated", (evidence,)))
    (problem,) = older(old, MADE)
    assert (problem.kind, problem.severity) == ("anachronism", "high")
    assert [span.exact for span in problem.evidence] == ["ramming of the Tessel", "1 May 2032:"]
    assert "2033-02-02" in problem.message
    assert "published: 2032-05-01, stated" in problem.message


@pytest.mark.parametrize("day", ["2033-02-02", "2033-02", "2033", "2032/2034", "2034-01-01"])
def test_a_text_that_may_be_of_that_day_or_later_is_not(day: str) -> None:
    assert list(older(account("a", "The ramming of the Tessel was condemned.", day=None, published=Field(day, "stated")), MADE)) == []


def test_an_undated_text_is_older_only_where_something_bounds_it() -> None:
    text = "The ramming of the Tessel was condemned."
    assert list(older(account("a", text), MADE)) == []
    assert list(older(account("a", text, latest=Field("2032-12-31", "inferred")), MADE))
    comment = account("a", text, event_dates=(Field("2032-12-31", "stated"),))
    assert dating(comment) is None  # a comment may be of long after the meeting
    assert list(older(account("a", text, "output", event_dates=(Field("2032-12-31", "stated"),)), MADE))


@pytest.mark.parametrize(("day", "severity", "told"), [("2030-01-01", "high", False), ("2032-01-01", "medium", True)])
def test_words_that_meant_something_else_before_prove_less(day: str, severity: str, told: bool) -> None:  # noqa: FBT001 - a case
    (problem,) = older(account("a", "The flood of Marn is not forgotten.", day=day), MADE)
    assert problem.severity == severity
    assert ("a lesser flood" in problem.message) is told


# Meetings

WORDS = "The two governments condemned the ramming of the Tessel."


def held(day: str | None, *documents: str) -> Meeting:
    return meeting([(telling(f"D-{name}", 900, date=day, states=("Marn", "Ruvia")), "") for name in documents])


def told(text: str = WORDS, parties: tuple[str, ...] = ("Marn", "Ruvia"), day: str | None = None, **fields: object) -> list[str]:
    here = account("a", text, "comment", day, {"words": text.split("condemned ")[1].rstrip("."), "parties": parties, **fields})
    other = account("b", "The talks of January.", "output")
    talks = held("2033-01-14", "a", "b")
    here = replace(here, place=replace(here.place, meeting=talks.id))
    found = foretold(here, talks, MADE, {a.document.id: a for a in (here, other)})
    return [f"{p.severity} {' | '.join(s.document for s in p.evidence)}" for p in found]


def test_talk_of_an_event_at_an_earlier_meeting_is_flagged_with_the_words_that_date_it() -> None:
    assert told() == ["medium D-a | D-b"]
    assert told(day="2034-01-01") == ["medium D-a | D-b"]


def test_it_is_not_where_the_whole_text_is_older_or_one_party_speaks_or_the_writer() -> None:
    assert told(day="2032-01-01") == []  # that is the other problem
    assert told(parties=("Marn",)) == []
    assert told(directness="authorial") == []
    assert told(factuality="hearsay") == []
    assert told("The two governments condemned the threat of a ramming of the Tessel.") == []


def test_a_meeting_without_a_day_or_of_that_day_is_not_too_early() -> None:
    here = account("a", WORDS, "comment", None, {"words": "the ramming of the Tessel", "parties": ("Marn", "Ruvia")})
    for day, count in ((None, 0), ("2033-02-02", 0), ("2033", 0), ("2033-02-01", 1)):
        talks = held(day, "a")
        mine = replace(here, place=replace(here.place, meeting=talks.id))
        assert len(list(foretold(mine, talks, MADE, {"D-a": mine}))) == count


@pytest.mark.parametrize("wrong", [{"first": "soon"}, {"first": ""}, {"source": ""}, {"forms": ()}, {"also": "once"}])
def test_an_event_without_day_source_or_words_is_refused(wrong: dict[str, object]) -> None:
    fields = {"id": "x", "name": "x", "first": "2031", "source": "made", "forms": ("x",), **wrong}
    with pytest.raises(ValueError, match=r"is no date|needs a source"):
        Event(**fields)  # type: ignore[arg-type]
