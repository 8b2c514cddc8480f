from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

TOOLS = Path(__file__).parents[2] / "tools"
sys.path.insert(0, str(TOOLS))

import officepack as offices  # noqa: E402 - a script beside the package
from variants import canonical, family, variants  # noqa: E402

needs_tables = pytest.mark.skipif(not offices.SHARED.is_dir(), reason=f"the tables are not there: {offices.SHARED}")


def row(person: str, start: str, end: str, *, source: str = "gazette", acting: bool = False, state: str = "Velmara") -> offices.Row:
    return offices.Row(state, "Minister of Salt", "trade", person, (), start, end, acting, source)


def terms(rows: list[offices.Row]) -> list[tuple[str, str, str]]:
    return [(r.person, r.start, r.end) for r in rows]


# The committed files


@needs_tables
def test_running_it_gives_the_committed_files_byte_for_byte() -> None:
    for path, text in offices.files().items():
        assert path.read_bytes() == text.encode("utf-8"), f"{path.name} is out of date; run tools/officepack.py"


@needs_tables
def test_no_sourced_row_of_the_tables_is_lost_and_none_is_beaten_by_an_unverified_one() -> None:
    rows, _ = offices.pack()
    proven = [r for r in offices.sourced() if r.source != offices.UNVERIFIED]
    there = {(r.seat, r.person, r.start, r.end) for r in rows}
    assert [r for r in proven if (r.seat, r.person, r.start, r.end) not in there] == []
    own = {(r.seat, r.person, r.start) for r in offices.sourced()}
    loose = [r for r in rows if r.source == offices.UNVERIFIED and (r.seat, r.person, r.start) not in own]
    beside = [(a, b) for a in loose for b in rows if a.seat == b.seat and b.source != a.source]
    assert [(a, b) for a, b in beside if a.days[0] < b.days[1] and b.days[0] < a.days[1]] == []


def test_every_gap_is_listed() -> None:
    text = offices.GAPS.read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.partition("## Gaps")[2].partition("## Rows")[0].splitlines() if re.search(r"\d{4}-", line)]
    assert len(rows) > 10
    assert all(date.fromisoformat(low) < date.fromisoformat(high.rstrip(" |")) for *_, low, high in rows)


# Dates


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2031", "2031-01-01", "2031-12-31"),
        ("2031-02", "2031-02-01", "2031-02-28"),
        ("2032-02", "2032-02-01", "2032-02-29"),
        ("2031-12", "2031-12-01", "2031-12-31"),
        ("2031-04-12", "2031-04-12", "2031-04-12"),
    ],
)
def test_the_days_that_a_date_can_mean(text: str, first: str, last: str) -> None:
    assert (offices.earliest(text).isoformat(), offices.latest(text).isoformat()) == (first, last)


# Overlaps within a table


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # an earlier term ends when the next begins
        (
            [("A", "2001-01-01", "2003-05-05"), ("B", "2003-01-01", "2005-01-01")],
            [("A", "2001-01-01", "2003-01-01"), ("B", "2003-01-01", "2005-01-01")],
        ),
        # two terms of one person that touch are one
        ([("A", "2001-01-01", "2003-05-05"), ("A", "2003-05-01", "2005-01-01")], [("A", "2001-01-01", "2005-01-01")]),
        # a change on one day is no overlap
        (
            [("A", "2001-01-01", "2003-01-01"), ("B", "2003-01-01", "2005-01-01")],
            [("A", "2001-01-01", "2003-01-01"), ("B", "2003-01-01", "2005-01-01")],
        ),
        # a term within another is left out
        ([("A", "2001-01-01", "2009-01-01"), ("B", "2003-01-01", "2005-01-01")], [("A", "2001-01-01", "2009-01-01")]),
    ],
)
def test_terms_of_one_table_do_not_overlap(rows: list[tuple[str, str, str]], expected: list[tuple[str, str, str]]) -> None:
    kept, left = offices.disjoint([row(*r) for r in rows])
    assert terms(kept) == expected
    assert all("lies within" in x.reason for x in left)


spans = st.tuples(st.sampled_from("ABC"), st.integers(2000, 2012), st.integers(1, 12), st.integers(20, 2000))


def made(person: str, year: int, month: int, length: int) -> offices.Row:
    start = date(year, month, 1)
    return row(person, start.isoformat(), date.fromordinal(start.toordinal() + length).isoformat())


@given(st.lists(spans.map(lambda s: made(*s)), max_size=8))
def test_no_day_ever_has_two_holders(rows: list[offices.Row]) -> None:
    kept, _ = offices.disjoint(rows)
    assert [(a, b) for a, b in pairwise(kept) if b.days[0] < a.days[1]] == []


# Layers


@pytest.mark.parametrize(
    ("lower", "expected"),
    [
        (("B", "2000-01-01", "2001-01-01"), [("B", "2000-01-01", "2001-01-01")]),  # before
        (("B", "2002-01-01", "2002-05-01"), []),  # covered
        (("B", "2000-01-01", "2002-05-01"), [("B", "2000-01-01", "2001-06-01")]),  # its end is covered
        (("B", "2002-01-01", "2005-01-01"), [("B", "2003-06-01", "2005-01-01")]),  # its beginning is
        (("B", "2000-01-01", "2005-01-01"), [("B", "2000-01-01", "2001-06-01"), ("B", "2003-06-01", "2005-01-01")]),  # its middle is
        (("B", "2002-01-01", "2003-06-20"), []),  # the rest of a month is a difference between tables
        (("B", "2003-06-02", "2003-06-20"), [("B", "2003-06-02", "2003-06-20")]),  # a whole short term is a term
    ],
)
def test_a_lower_row_holds_only_where_no_upper_row_does(lower: tuple[str, str, str], expected: list[tuple[str, str, str]]) -> None:
    upper = [row("A", "2001-06-01", "2003-06-01")]
    assert terms(offices.layered(upper, [row(*lower)]))[1:] == expected


def test_an_open_row_above_leaves_nothing_behind_it() -> None:
    assert terms(offices.layered([row("A", "2001-06-01", "")], [row("B", "2004-01-01", "")])) == [("A", "2001-06-01", "")]


def test_another_state_is_another_seat() -> None:
    upper, lower = row("A", "2001-01-01", "2009-01-01"), row("B", "2002-01-01", "2003-01-01", state="Saoren")
    assert offices.layered([upper], [lower]) == [upper, lower]


# Gaps


def test_gaps_are_the_days_that_no_row_covers() -> None:
    rows = [row("A", "1999-01-01", "2003-01-01"), row("B", "2003-01-02", "2010-05"), row("C", "2012-01-01", "")]
    found = offices.gaps([replace(r, kind="foreign") for r in rows])  # no head, so no other seat is asked for
    assert [(g.start.isoformat(), g.end.isoformat()) for g in found] == [("2010-05-31", "2012-01-01")]


def test_a_state_with_a_head_and_no_minister_has_a_gap_for_the_minister() -> None:
    found = offices.gaps([replace(row("A", "1999-01-01", ""), kind=kind) for kind in ("head_of_state", "foreign")])
    assert [(g.kind, g.start, g.end) for g in found] == [("defence", offices.FIRST, offices.LAST)]


def test_what_is_known_only_without_a_source_counts_apart() -> None:
    rows = [replace(row("A", "1999-01-01", ""), source=offices.UNVERIFIED)]
    assert (offices.covered(rows, proven=True), offices.covered(rows, proven=False)) == (0.0, 1.0)


# Names


@pytest.mark.parametrize(
    ("name", "order", "expected"),
    [
        ("Pak Il-nam", "first", ("Il-nam Pak", "Pak Il Nam", "Pak Il-Nam", "Pak Ilnam")),
        ("Zhou Min", "first", ("Min Zhou",)),
        ("Andrew Zhou", "first where hyphened", ()),
        ("Zhou Min-li", "first where hyphened", ("Min-li Zhou", "Zhou Min Li", "Zhou Min-Li", "Zhou Minli")),
        ("Tran Van Be", "first and kept", ()),
        ("Zoë Łukić", "", ("Zoe Lukic",)),
        ("Ana J. Duarte", "", ("Ana Duarte",)),
        ("Hugo Lind Jr.", "", ("Hugo Lind",)),
        ("Tariq bin Salim al-Nuri", "", ("Tariq Salim al Nuri", "Tariq Salim al-Nuri", "Tariq bin Salim al Nuri")),
    ],
)
def test_the_forms_in_which_a_name_is_printed(name: str, order: str, expected: tuple[str, ...]) -> None:
    assert variants(name, (), order) == expected


def test_titles_of_nobility_and_remarks_are_no_part_of_a_name() -> None:
    assert [canonical(n) for n in ("Ana Duarte, Baroness Duarte", "Rui Lind (politician)")] == ["Ana Duarte", "Rui Lind"]


@pytest.mark.parametrize(
    ("name", "order", "expected"),
    [
        ("Pak Il-nam", "first", "Pak"),
        ("Andrew Zhou", "first where hyphened", ""),
        ("Zhou Min-li", "first where hyphened", "Zhou"),
        ("Tran Van Be", "first and kept", ""),
        ("Emil von der Aue", "", "von der Aue"),
        ("Jean Le Brun", "", "Le Brun"),
        ("Ana Duarte", "", ""),
        ("De Aue", "", ""),
    ],
)
def test_the_family_name_where_it_is_not_the_last_word(name: str, order: str, expected: str) -> None:
    assert family(name, order) == expected
