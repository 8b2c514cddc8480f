from __future__ import annotations

from typing import Any

import pytest
from linking_meetings import BOTH, telling

from reaffirm.linking.gathering import contradictions, meeting


def test_a_meeting_knows_what_its_tellings_know() -> None:
    rows = [
        telling("D-1", date="2031-04", label="the talks", forum=None, kind="talks", place="Ostrel"),
        telling("D-2", date="2031-04-12", participants=("Ada Venn",), edition=2),
        telling("D-3", date="../2031-04-30", status="mentioned", participants=("Olo Marr", "Ada Venn")),
    ]
    found = meeting([(row, "") for row in rows])
    assert (found.date, found.edition, found.place, found.status) == ("2031-04-12", 2, "Ostrel", "held")
    assert (found.forum, found.label, found.kind) == ("straits", "Straits Dialogue", "ministerial meeting")
    assert (found.participants, found.states) == (("Ada Venn", "Olo Marr"), BOTH)
    assert found.id == min(row.id for row in rows)


def test_where_nobody_is_named_the_states_took_part() -> None:
    assert meeting([(telling("D-1"), "")]).participants == BOTH


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        ({"edition": 3, "date": "2033-03-14"}, {"edition": 3, "date": "2033-03-15"}, "another date: 2033-03-14 and 2033-03-15"),
        ({"edition": 3, "date": "2033-03-14"}, {"edition": 4, "date": "2033-03-14"}, "another number: 3 and 4"),
        ({"place": "Ostrel", "date": "2033-03-14"}, {"place": "Hanaru", "date": "2033-03-14"}, "another place: Ostrel and Hanaru"),
        ({"edition": 3, "date": "2033-03-14"}, {"edition": 3, "date": "2033-03"}, None),
        ({"edition": 3, "date": "2033-03-14"}, {"edition": 4, "date": "2034-03-14"}, None),
        ({"edition": 3, "date": "2033-03-14"}, {"edition": 3, "date": "2033-03-15", "forum": "other"}, None),
        ({"place": "Ostrel", "date": "2033"}, {"place": "Hanaru", "date": "2033"}, None),
    ],
)
def test_contradictions_become_problems(one: dict[str, Any], other: dict[str, Any], message: str | None) -> None:
    found = list(contradictions([telling("D-1", **one), telling("D-2", **other)]))
    assert len(found) == (message is not None)
    assert all(p.message.endswith(str(message)) and {s.document for s in p.evidence} == {"D-1", "D-2"} for p in found)
