from __future__ import annotations

import pytest
from resolve_scenes import PACKS

from reaffirm.packs import MEMBERSHIP, Forum
from reaffirm.resolve.membership import members

LEAGUE = Forum("league", "League", ("League",), ("Velmara", "Saoren"), ("Saoren 2031-04-12/", "Drevonia /2033-01-31"))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (None, ("Velmara", "Saoren")),
        ("2030-01-01", ("Velmara", "Drevonia")),
        ("2031-04-11", ("Velmara", "Drevonia")),
        ("2031-04-12", ("Velmara", "Saoren", "Drevonia")),
        ("2031", ("Velmara", "Saoren", "Drevonia")),
        ("2033-01-31", ("Velmara", "Saoren", "Drevonia")),
        ("2033-02", ("Velmara", "Saoren")),
        ("2033-02-01/2033-02-03", ("Velmara", "Saoren")),
    ],
)
def test_the_members_of_a_day(day: str | None, expected: tuple[str, ...]) -> None:
    assert members(LEAGUE, day) == expected


@pytest.mark.parametrize("term", ["Saoren", "Saoren 2031", "Saoren 12.4.2031/", "/2031"])
def test_a_term_must_be_a_state_with_an_interval(term: str) -> None:
    with pytest.raises(ValueError, match="is not written like"):
        Forum("league", "League", ("League",), ("Saoren",), (term,))


def test_the_states_of_terms_are_states_of_the_pack() -> None:
    states = {s.name for s in PACKS.states}
    found = {m["state"] for f in PACKS.forums for m in map(MEMBERSHIP.fullmatch, f.terms) if m}
    assert found
    assert found <= states
