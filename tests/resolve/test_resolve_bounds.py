from __future__ import annotations

from typing import Any

import pytest

from reaffirm.model import UNKNOWN, Card, Document, Field, Span, When, row_id
from reaffirm.readings import Telling
from reaffirm.resolve.bounds import bounded, unbounded


def document(published: str | None = None) -> Document:
    card = Card(published=Field(published, "stated") if published else UNKNOWN)
    return Document("D-own", "0" * 64, "text", "0" * 64, "plain/1", card=card)


def telling(home: str, start: int, status: str, date: str | None, when: Span | None = None) -> Telling:
    span = Span(home, start, start + 5, "talks")
    told: dict[str, Any] = {"kind": "talks", "forum": None, "label": "talks", "status": status, "date": date, "when": when}
    return Telling(row_id("meeting", home, (span,)), home, (span,), **told)


OWN, OTHER = telling("D-own", 0, "held", None), telling("D-other", 40, "held", "2031-04-12")
SOON = Span("D-own", 60, 71, "on April 20")
YEARLESS = When(SOON, SOON, "DATE", "XXXX-04-20")


def edges(card: Card) -> tuple[str | None, str | None]:
    return card.earliest.value, card.latest.value


def test_a_held_meeting_that_another_document_dates_is_the_earliest_day() -> None:
    card = bounded(document(), [OWN], {OWN.id: [OTHER]}, ())
    assert edges(card) == ("2031-04-12", None)
    assert card.earliest.basis == "inferred"
    assert {span.document for span in card.earliest.evidence if isinstance(span, Span)} == {"D-own", "D-other"}


@pytest.mark.parametrize(
    ("planned", "latest"),
    [
        (telling("D-own", 50, "planned", "2031-04-18"), "2031-04-18"),
        (telling("D-own", 50, "planned", None, SOON), "2031-04-20"),
        (telling("D-own", 50, "planned", "2031"), None),
        (telling("D-own", 50, "planned", "2031-04-01"), None),
        (telling("D-own", 50, "mentioned", "2031-04-18"), None),
    ],
)
def test_a_meeting_still_to_come_is_the_latest_day(planned: Telling, latest: str | None) -> None:
    card = bounded(document(), [OWN, planned], {OWN.id: [OTHER]}, [YEARLESS])
    assert card.latest.value == latest


def test_a_day_without_a_year_that_has_passed_is_next_years() -> None:
    late = telling("D-other", 40, "held", "2031-05-02")
    card = bounded(document(), [OWN, telling("D-own", 50, "planned", None, SOON)], {OWN.id: [late]}, [YEARLESS])
    assert edges(card) == ("2031-05-02", "2032-04-20")


@pytest.mark.parametrize(
    ("published", "fellows"),
    [("2031-04-13", {OWN.id: [OTHER]}), (None, {}), (None, {OWN.id: [telling("D-other", 40, "held", "2031-04")]})],
)
def test_nothing_is_bounded_without_need_or_reason(published: str | None, fellows: dict[str, list[Telling]]) -> None:
    assert edges(bounded(document(published), [OWN], fellows, ())) == (None, None)


def test_bounds_are_taken_off_again() -> None:
    card = bounded(document(), [OWN], {OWN.id: [OTHER]}, ())
    assert unbounded(card) == document().card
