from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linking_meetings import BOTH, sorted_documents, telling

from reaffirm.linking.meetings import contradiction, merged

if TYPE_CHECKING:
    import random

    from reaffirm.readings import Telling

PEOPLE, OTHERS = ("Ada Venn", "Olo Marr"), ("Ivo Tam", "Una Rell")
ALIKE = [
    ("the same day", {"date": "2031-04-12"}, {"date": "2031-04-12", "forum": None, "label": "talks"}, "same-meeting.same-day"),
    ("the same number", {"edition": 3, "date": "2033-03-14"}, {"edition": 3}, "same-meeting.same-edition"),
    ("the same month", {"date": "2031-04-12"}, {"date": "2031-04"}, "same-meeting.same-month"),
    ("a comment within two weeks", {"date": "2031-04-12"}, {"date": "../2031-04-20"}, "same-meeting.soon-after"),
    ("a person of it", {"date": "2031-04-12", "participants": PEOPLE}, {"participants": ("Ada Venn",)}, "same-meeting.same-people"),
    (
        "planned for the same half-year",
        {"status": "planned", "date": "2033-01/2033-06"}, {"status": "planned", "date": "2033-01/2033-06"}, "same-meeting.same-window",
    ),
    (
        "planned for a day and held that day",
        {"status": "planned", "date": "2031-04-12"}, {"status": "held", "date": "2031-04-12"}, "same-meeting.same-day",
    ),
]  # fmt: skip
APART = [
    ("other days", {"date": "2031-04-12"}, {"date": "2031-04-13"}),
    ("other states", {"date": "2031-04-12"}, {"date": "2031-04-12", "states": ("Drevonia", "Velmara")}),
    ("other numbers", {"edition": 3}, {"edition": 4}),
    ("a meeting and the press conference after it", {"date": "2031-04-12"}, {"date": "2031-04-12", "kind": "press conference"}),
    ("a summit and a ministers' meeting", {"date": "2031-04-12", "kind": "summit", "forum": None}, {"date": "2031-04-12", "forum": None}),
    ("an event that is no consultation", {"date": "2031-04-12", "kind": "none"}, {"date": "2031-04-12", "kind": "none"}),
    ("planned for some time, held then", {"status": "planned", "date": "2033"}, {"date": "2033-03-14"}),
    ("a comment a month later", {"date": "2031-04-12"}, {"date": "../2031-05-20"}),
    ("an undated one that names nobody", {"date": "2031-04-12", "participants": PEOPLE}, {}),
    ("other ministers of the same offices", {"date": "2031-04", "participants": PEOPLE}, {"date": "2031-04", "participants": OTHERS}),
    ("the same month, elsewhere", {"date": "2031-04", "place": "Ostrel"}, {"date": "2031-04", "place": "Hanaru"}),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "rule"), [case[1:] for case in ALIKE], ids=[case[0] for case in ALIKE])
def test_tellings_of_one_meeting(one: dict[str, Any], other: dict[str, Any], rule: str) -> None:
    (members,) = merged([telling("D-1", **one), telling("D-2", **other)])
    assert {r for _, r in members} == {rule}


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in APART], ids=[case[0] for case in APART])
def test_tellings_of_two_meetings(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert len(merged([telling("D-1", **one), telling("D-2", **other)])) == 2


def test_two_rows_of_one_document_are_never_joined_by_a_rule() -> None:
    assert len(merged([telling("D-1", 0, date="2031-04-12"), telling("D-1", 50, date="2031-04-12")])) == 2


def test_an_undated_telling_that_fits_two_meetings_belongs_to_neither() -> None:
    dated = [telling(f"D-{n}", date=f"203{n}-04-12", participants=PEOPLE) for n in (1, 2)]
    undated = telling("D-3", participants=PEOPLE)
    assert sorted_documents(merged([*dated, undated])) == [["D-1"], ["D-2"], ["D-3"]]
    assert sorted_documents(merged([dated[0], undated])) == [["D-1", "D-3"]]


def test_the_next_meeting_of_one_meeting_is_one() -> None:
    first, second = (telling(f"D-{n}", date="2031-04-12") for n in (1, 2))
    told: list[tuple[Telling, dict[str, Any]]] = [(first, {"date": "2032"}), (second, {})]
    plans = [telling(t.document, 100, status="planned", order=(t.id, "next"), **when) for t, when in told]
    assert sorted_documents(merged([first, second, *plans])) == [["D-1", "D-2"], ["D-1", "D-2"]]


def test_one_link_more_never_joins_what_contradicts_itself() -> None:
    """The third fits both, by month; the first two are of different days."""
    rows = [telling("D-1", date="2031-04-12"), telling("D-2", date="2031-04-20"), telling("D-3", date="2031-04")]
    groups = merged(rows)
    assert all(contradiction(a, b) is None for group in groups for a, _ in group for b, _ in group)
    assert len(groups) == 2


@pytest.mark.parametrize("same", [True, False])
def test_a_persons_word_beats_the_rules(*, same: bool) -> None:
    one, other = telling("D-1", date="2031-04-12"), telling("D-2", date="2031-04-13" if same else "2031-04-12")
    assert len(merged([one, other])) == (2 if same else 1)
    assert len(merged([one, other], [(one.id, other.id, same)])) == (1 if same else 2)


DATES = st.sampled_from([None, "2031-04-12", "2031-04-13", "2031-04", "../2031-04-20", "2031", "2032"])
ROWS = st.lists(
    st.builds(
        telling,
        st.sampled_from([f"D-{n}" for n in range(6)]),
        st.integers(0, 3),
        date=DATES,
        status=st.sampled_from(["held", "planned", "mentioned"]),
        edition=st.sampled_from([None, None, 1, 2]),
        kind=st.sampled_from(["ministerial meeting", "talks", "press conference", "none"]),
        forum=st.sampled_from(["straits", None]),
        participants=st.sampled_from([BOTH, PEOPLE, ("Ada Venn",)]),
    ),
    max_size=8,
)


@settings(deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_order_of_arrival_changes_nothing_and_no_meeting_contradicts_itself(rows: list[Telling], dice: random.Random) -> None:
    rows = list({row.id: row for row in rows}.values())
    here = merged(rows)
    there = merged(dice.sample(rows, len(rows)))
    assert here == there
    assert sorted(row.id for group in here for row, _ in group) == sorted(row.id for row in rows)
    assert all(contradiction(a, b) is None for group in here for a, _ in group for b, _ in group)
