from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import vobject
from export_books import PAYLOADS, TEXTS, sampled, small
from hypothesis import given, settings

from reaffirm.days import LAST_DAY, bounds
from reaffirm.export import ics
from reaffirm.export.escapes import coded, legible

if TYPE_CHECKING:
    from pathlib import Path

    from reaffirm.export.book import Book

pytest_plugins = ["samples"]


def events(book: Book) -> list[Any]:
    """The events as another library reads them."""
    calendar = vobject.readOne(ics.data(book).decode())
    return list(calendar.contents.get("vevent", []))


def row(event: Any) -> dict[str, Any]:  # noqa: ANN401 - the library ships no types
    """The row that an event holds."""
    found: dict[str, Any] = json.loads(event.contents["x-reaffirm-row"][0].value)
    return found


def test_due_dates_and_planned_meetings_are_all_there(sample: Path) -> None:
    book = sampled(sample)
    found = {row(event)["id"]: event for event in events(book)}
    due = {r["id"]: r for r in book.rows["commitments"] if (days := bounds(r["due"])) and days[1] != LAST_DAY}
    meant = [r for r in book.rows["meetings"] if r["status"] == "planned"]
    planned = {r["id"]: r for r in meant if (days := bounds(r["date"])) and days[1] != LAST_DAY}
    assert set(found) == set(due) | set(planned)
    assert due
    assert planned
    for key, held in due.items():
        assert row(found[key]) == held
        assert found[key].dtstart.value == date.fromisoformat((bounds(held["due"]) or ("", ""))[1])
        assert found[key].summary.value == f"Due: {legible(held['action']['text'])}"
    for key, held in planned.items():
        first, last = bounds(held["date"]) or ("", "")
        assert row(found[key]) == held
        assert found[key].dtstart.value == date.fromisoformat(first)
        assert first == last or (found[key].dtend.value - date.fromisoformat(last)).days == 1


def test_no_event_knows_a_clock_and_each_has_its_own_identity(sample: Path) -> None:
    found = events(sampled(sample))
    assert {event.dtstamp.value.year for event in found} == {1970}
    assert len({event.uid.value for event in found}) == len(found)
    assert ics.data(sampled(sample)) == ics.data(sampled(sample))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_is_lost_and_none_is_an_event(payload: str) -> None:
    planned, due = events(small(payload))
    assert row(due) == json.loads(json.dumps(small(payload).rows["commitments"][0]))
    assert row(planned) == json.loads(json.dumps(small(payload).rows["meetings"][0]))
    assert due.summary.value == f"Due: {legible(payload)}".rstrip() or not payload.strip()
    assert coded(payload, "\r\x7f") in due.description.value


@given(TEXTS)
@settings(deadline=None)  # whole exports, on machines under load
def test_any_text_comes_back(text: str) -> None:
    assert [row(event)["id"] for event in events(small(text))] == ["M-1", "C-1"]
