"""Meetings, mentions, times, threads and cards: each measure on rows small enough to count by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from review_folders import (
    CARD,
    DOC,
    END,
    LIMA,
    MEET,
    OTHER,
    PORT,
    ROAD,
    TALKS,
    TARIFFS,
    THEM,
    act,
    but,
    card,
    count,
    demand,
    mention,
    scored,
    span,
    statement,
    thread,
    time,
)

from reaffirm.review import scoring

if TYPE_CHECKING:
    from pathlib import Path

    from reaffirm.review.rows import Row


@pytest.mark.parametrize(
    ("pred", "found"),
    [
        (LIMA, 1),
        (but(LIMA, date="2021-03"), 1),  # dates overlap
        (but(LIMA, date="2021-04"), 0),
        (but(LIMA, date=None), 1),  # unknown date, common evidence
        (but(LIMA, date=None, evidence=[span("called them a success", DOC)]), 0),
        (but(LIMA, participants=["Ana Ruiz"], forum=None), 1),  # as states, half in common
        (but(LIMA, participants=["Chile"], forum="talks"), 1),  # forum F = 2/3
        (but(LIMA, participants=["Chile"], forum="summit"), 0),
        (but(LIMA, kind="none"), 0),
    ],
)
def test_meetings_found(tmp_path: Path, pred: Row, found: int) -> None:
    tally = scored(tmp_path, {"meetings": [LIMA]}, {"meetings": [pred]})
    assert count(tally, "meetings", "found") == (found, 1, int(pred.get("kind") != "none"))


def test_fields_of_matched_meetings(tmp_path: Path) -> None:
    gold = but(LIMA, evidence=[TALKS, THEM], date_accept=["2021-03"], participants_external=["Ana Ruiz"])
    pred = but(LIMA, date="2021-03", status="planned", participants=["Ghana"], participants_external=["Peru"])
    tally = scored(tmp_path, {"meetings": [gold]}, {"meetings": [pred]})
    figures = {m: count(tally, "meetings", m)[0] for m in ("date", "status", "participants", "documents merged")}
    assert figures == {"date": 1, "status": 0, "participants": 1, "documents merged": 0}


def test_merged_and_split_meetings(tmp_path: Path) -> None:
    one, two = but(LIMA, evidence=[TALKS]), but(LIMA, id="n", evidence=[span("called them a success", DOC)])
    both = but(LIMA, evidence=[TALKS, span("called them a success", DOC)])
    merged = scored(tmp_path / "merged", {"meetings": [one, two]}, {"meetings": [both]})
    split = scored(tmp_path / "split", {"meetings": [both]}, {"meetings": [one, two]})
    measures = ("wrong merges (count)", "splits (count)")
    assert [count(merged, "meetings", m) for m in measures] == [(1, 2, 1), (0, 2, 1)]
    assert [count(split, "meetings", m) for m in measures] == [(0, 1, 2), (1, 1, 2)]


def test_an_event_that_is_no_consultation_is_left_out(tmp_path: Path) -> None:
    tally = scored(tmp_path, {"meetings": [but(LIMA, kind="none", status="called for")]}, {"meetings": [LIMA]})
    assert count(tally, "meetings", "found") == (0, 0, 0)
    assert ("meetings", "status") not in tally.cells


@pytest.mark.parametrize(
    ("pred", "span_figures", "named"),
    [
        (mention("Minister Ruiz"), (1, 1, 1), (1, 1, 1)),
        (mention("Minister Ruiz", names=["Ben Osei"]), (1, 1, 1), (0, 1, 1)),
        (mention("Ruiz"), (0, 1, 1), None),  # the span must be the same
        (mention("Minister Ruiz", kind="office"), (0, 1, 0), (1, 1, 1)),
    ],
)
def test_mentions(tmp_path: Path, pred: Row, span_figures: tuple[int, ...], named: tuple[int, ...] | None) -> None:
    tally = scored(tmp_path, {"mentions": [mention("Minister Ruiz")]}, {"mentions": [pred]})
    assert count(tally, "mentions", "person: span") == span_figures
    assert (count(tally, "mentions", "name") if named else None) == named


def test_offices_are_compared_by_their_words(tmp_path: Path) -> None:
    gold, pred = (mention("Ana Ruiz", office=o) for o in ("Minister of National Defense (Peru)", "Defence Minister (Peru)"))
    assert count(scored(tmp_path, {"mentions": [gold]}, {"mentions": [pred]}), "mentions", "office") == (1, 1, 1)


def test_classes_not_marked_in_full_are_not_held_against_anyone(tmp_path: Path) -> None:
    gold = {"documents": [card(incomplete=["evaluation", "state"])], "demands": [demand(ROAD)]}
    pred = {"demands": [demand(ROAD), demand("a success", **{"class": "evaluation"})], "mentions": [mention("Lima", kind="state")]}
    tally = scored(tmp_path, gold, pred)
    assert {key for key in tally.cells if key[0] in {"demands", "mentions"}} == {
        ("demands", f"demand: {m}") for m in ("found", "exact", "holder")
    }


@pytest.mark.parametrize(
    ("pred", "strict", "relaxed", "value"),
    [
        (END, 1, 1, 1),
        (time("by the end of May"), 1, 1, 1),  # the leading preposition does not count
        (time("May", value="2021-05-31"), 0, 1, 1),
        (time("the end of May", value="2022-05"), 1, 1, 0),
        (time("Tuesday"), 0, 0, 0),
    ],
)
def test_time_expressions(tmp_path: Path, pred: Row, strict: int, relaxed: int, value: int) -> None:
    tally = scored(tmp_path, {"timex": [END]}, {"timex": [pred]})
    assert [count(tally, "timex", m)[0] for m in ("strict", "relaxed", "value")] == [strict, relaxed, value]


@pytest.mark.parametrize(
    ("interval", "anchor", "right"),
    [("2021-05-01/2021-05-31", "publication", (1, 1)), ("2021-05-31", "event", (1, 0)), (None, None, (0, 0))],
)
def test_interval_and_anchor_of_matched(tmp_path: Path, interval: str | None, anchor: str | None, right: tuple[int, int]) -> None:
    tally = scored(tmp_path, {"timex": [END]}, {"timex": [but(END, interval=interval, anchor=anchor)]})
    assert (count(tally, "timex", "interval")[0], count(tally, "timex", "anchor")[0]) == right


@pytest.mark.parametrize(
    ("gold", "pred", "links", "status"),
    [
        (thread((DOC, ["s"], "introduced"), (OTHER, ["u"], "weakened")), ["s", "u"], (1, 1, 1), (1, 2, 2)),
        (thread((DOC, ["s"], "introduced"), (OTHER, ["u"], "weakened")), ["s", "x"], (0, 1, 0), (1, 1, 1)),  # x matches nothing
        (thread((DOC, ["s"], "introduced"), (OTHER, ["u"], "weakened")), ["c", "u"], (1, 1, 1), (1, 2, 2)),  # c is a reading of s
        (thread((DOC, ["s", "n"], "introduced"), (OTHER, ["u"], "weakened")), ["n", "u"], (1, 1, 1), (1, 2, 2)),  # s contains n
        (thread((DOC, ["s", "o"], "introduced"), (OTHER, ["u"], "weakened")), ["s", "u"], (1, 1, 1), (1, 2, 2)),  # o is optional
        (thread((DOC, ["n"], "introduced"), (OTHER, ["u"], "weakened")), ["s", "u"], (0, 1, 1), (0, 1, 1)),
        (thread((DOC, ["s"], "introduced"), (OTHER, ["u"], "weakened"), topic=True), ["s", "u"], (0, 0, 0), None),
    ],
)
def test_threads(tmp_path: Path, gold: Row, pred: list[str], links: tuple[int, ...], status: tuple[int, ...] | None) -> None:
    said = [
        statement(PORT, id="s"),
        statement(ROAD, id="n", nested_in="s"),
        statement(TARIFFS, id="o", optional=True),
        statement(MEET, id="u", doc=OTHER),
    ]
    files = {"statements": said, "commitments": [act(PORT, id="c", statement="s")]}
    drawn = thread((DOC, [pred[0]], "introduced"), (OTHER, [pred[1]], "introduced"))
    tally = scored(tmp_path, {**files, "threads": [gold]}, {**files, "threads": [drawn]})
    assert count(tally, "threads", "links") == links
    assert (count(tally, "threads", "step status") if status else None) == status


def test_links_of_topics_are_counted_apart_and_false_links_listed(tmp_path: Path) -> None:
    said = [statement(PORT, id="s"), statement(ROAD, id="r"), statement(MEET, id="u", doc=OTHER)]
    topic = thread((DOC, ["s"], "introduced"), (OTHER, ["u"], "weakened"), topic=True)
    drawn = thread((DOC, ["s", "r"], "introduced"), (OTHER, ["u"], "weakened"))
    tally = scored(tmp_path, {"statements": said, "threads": [topic]}, {"statements": said, "threads": [drawn]})
    assert count(tally, "threads", "links") == (0, 0, 1)
    assert count(tally, "threads", "links within topics (apart)") == (1, 1, 1)
    assert scoring.listing(tally, "false", "threads") == [{"link": [[DOC, "r"], [OTHER, "u"]]}]


@pytest.mark.parametrize(
    ("change", "measure", "expected"),
    [
        ({}, "kind", (1, 1, 1)),
        ({"kind": "gist"}, "kind", (0, 1, 1)),
        ({"title": {"text": "“Share this page”"}}, "title", (1, 1, 1)),
        ({"title": None}, "title", (0, 1, 1)),
        ({"published": "2021-05-02"}, "published", (0, 1, 1)),
        ({"published": "2021-05-02"}, "invented publication date (count)", (0, 1, 1)),
        ({"published_latest": "2021-05-01/2021-05-31"}, "published_latest", (1, 1, 1)),
        ({"event_dates": []}, "event dates", (0, 1, 1)),
        ({"event_dates": ["2021-04-30"]}, "event dates", (1, 1, 1)),
    ],
)
def test_document_cards(tmp_path: Path, change: dict[str, object], measure: str, expected: tuple[int, ...]) -> None:
    tally = scored(tmp_path, {"documents": [CARD]}, {"documents": [but(CARD, **change)]})
    assert count(tally, "documents", measure) == expected


def test_a_missing_card_is_wrong_and_an_undated_one_may_stay_so(tmp_path: Path) -> None:
    gold = [CARD, card(OTHER, kind="gist", published=None, published_accept=["2021"])]
    pred = [card(OTHER, kind="gist", published="2021")]
    tally = scored(tmp_path, {"documents": gold}, {"documents": pred})
    assert count(tally, "documents", "kind", "doc: a.txt") == (0, 1, 1)
    assert count(tally, "documents", "published", "kind: gist") == (1, 1, 1)
    assert count(tally, "documents", "invented publication date (count)") == (0, 2, 2)


def test_an_invented_publication_date(tmp_path: Path) -> None:
    tally = scored(tmp_path, {"documents": [card(published=None)]}, {"documents": [card(published="2021")]})
    assert count(tally, "documents", "invented publication date (count)") == (1, 1, 1)


@pytest.mark.parametrize(
    ("gold", "pred", "right", "body"),
    [
        ([{"text": "• Tag\n\n- Other", "start": 0, "end": 14}], [{"text": "Tag", "start": 2, "end": 5}], (1, 2, 1), 0),
        ([{"text": "Tag", "start": 2, "end": 5}], [{"text": "Tag", "start": 9, "end": 12}], (0, 1, 1), 1),
        ([{"text": "Tag", "start": None, "end": None}], [{"text": "Tag", "start": 9, "end": 12}], (1, 1, 1), 0),
    ],
)
def test_furniture_goes_line_by_line(tmp_path: Path, gold: list[Row], pred: list[Row], right: tuple[int, ...], body: int) -> None:
    tally = scored(tmp_path, {"documents": [card(furniture=gold)]}, {"documents": [card(furniture=pred)]})
    assert count(tally, "documents", "furniture lines") == right
    assert count(tally, "documents", "body lines marked as furniture (count)")[0] == body
