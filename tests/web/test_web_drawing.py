"""Pictures: the same marks whatever the ledger, nothing outside the frame, everything escaped."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET  # our own output

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reaffirm.store.records import Weight
from reaffirm.web.drawing import LANES, MOST, WIDTH, Scale, bar, strengths, ticks, timeline

DAYS = st.dates().map(lambda d: d.isoformat())


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("2031-04-12", ("2031-04-12", "2031-04-12")),
        ("2031", ("2031-01-01", "2031-12-31")),
        ("2031-04-12/..", ("2031-04-12", "2031-04-12")),
        ("../2031-05-01", ("2031-05-01", "2031-05-01")),
        ("2031-01/2031-06", ("2031-01-01", "2031-06-30")),
        (None, None),
        ("../..", None),
        ("soon", None),
    ],
)
def test_a_mark_lies_between_the_days_of_its_date(edtf: str | None, days: tuple[str, str] | None) -> None:
    assert [(t.first, t.last) for t in ticks([("lane", edtf, "held", "x")])] == ([days] if days else [])


def test_many_marks_become_counts_by_year_and_many_lanes_one() -> None:
    told = [(f"lane {n % 20}", f"20{n % 30:02}-05-01", "held", "x") for n in range(MOST * 3)]
    found = ticks(told)
    assert sum(tick.n for tick in found) == len(told)
    assert len({tick.lane for tick in found}) == LANES
    assert "others" in {tick.lane for tick in found}
    assert {tick.look for tick in found} == {"many"}


@given(st.lists(DAYS, min_size=1, max_size=20))
@example(["1000-01-01", "9999-12-31"])
def test_every_mark_is_inside_the_picture(days: list[str]) -> None:
    drawn = timeline(ticks(("a", day, "held", day) for day in days), "All")
    places = [float(x) for x in re.findall(r' (?:x|cx|x1|x2)="([^"]+)"', drawn)]
    assert all(0 <= x <= WIDTH for x in places)
    assert drawn.count('class="mark is-held"') == len(days)


@given(DAYS, DAYS)
def test_later_is_never_further_left(one: str, other: str) -> None:
    at = Scale([one, other])
    assert (at(one) <= at(other)) == (one <= other) or abs(at(one) - at(other)) < 1


@given(st.text(alphabet=st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc", "Cn"])))
def test_names_are_escaped(name: str) -> None:
    root = ET.fromstring(timeline(ticks([(name, "2031", "held", name)]), name))  # noqa: S314 - our own output
    assert [title.text for title in root.findall("{*}title")] in ([name], [None])
    assert 'style="' not in timeline(ticks([("a", "2031", "held", "b")]), "c")


def test_a_picture_is_named_and_empty_without_anything() -> None:
    drawn = timeline(ticks([("a", "2031", "held", "b")]), "Meetings")
    assert 'role="img"' in drawn
    assert "<title>Meetings</title><desc>" in drawn
    assert (timeline((), "x"), strengths((), "x")) == ("", "")


def test_stronger_stands_higher() -> None:
    weights = [Weight("2031-04-12", 2, 6, 4.5, 1, 1, 0), Weight("2032", 1, 2, 2.0, 0, 0, 1)]
    drawn = strengths(weights, "Strength")
    first, second = (float(y) for y in re.findall(r'cy="([^"]+)" r="6"', drawn))
    assert first < second


def test_a_bar_has_a_box_for_each_step() -> None:
    assert bar(2, 6).count('class="full"') == 2
    assert bar(2, 6).count('class="free"') == 4
