"""Persons whose state only the row they stand in, their office or their counterpart tells."""

from __future__ import annotations

import pytest
from resolve_scenes import PACKS, scene

from reaffirm.language.names import mentions
from reaffirm.resolve.seats import seated

TITLE = "Velmara–Saoren Talks"


def states(*paragraphs: str, title: str = TITLE) -> dict[str, str | None]:
    document = scene(*paragraphs, title=title, genre="joint statement")
    return {m.name: m.state for m in seated(document, mentions(document, PACKS), PACKS) if m.kind == "person"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a row: the state stands behind its last name, or with its first
        (
            "Foreign Minister Ana Duarte and Defence Minister Rui Castell of Drevonia came.",
            {"Ana Duarte": "Drevonia", "Rui Castell": "Drevonia"},
        ),
        (
            "The Foreign Minister of Drevonia, the Hon Ana Duarte MP, and the Defence Minister, Dr Rui Castell, came.",
            {"Ana Duarte": "Drevonia", "Rui Castell": "Drevonia"},
        ),
        # a row of two delegations: the state stands with the first of each, or with the last
        (
            ("The Foreign Minister of Velmara, Ana Duarte, and the Energy Minister, Eva Lund, the Foreign Minister of Saoren, Rui Castell, "
            "and the Minister for Economic Affairs and Climate Action, Bo Imre, met."),
            {"Ana Duarte": "Velmara", "Eva Lund": "Velmara", "Rui Castell": "Saoren", "Bo Imre": "Saoren"},
        ),
        (
            ("Foreign Minister Ana Duarte and Energy Minister Eva Lund of Velmara, and Foreign Minister Rui Castell and Climate Minister "
            "Bo Imre of Saoren came."),
            {"Ana Duarte": "Velmara", "Eva Lund": "Velmara", "Rui Castell": "Saoren", "Bo Imre": "Saoren"},
        ),
        # the other of the two at the table
        (
            "Finance Minister Ana Duarte met Finance Minister Rui Castell of Saoren.",
            {"Ana Duarte": "Velmara", "Rui Castell": "Saoren"},
        ),
        # an office that only one of the two states has
        ("Foreign Secretary Ana Duarte came.", {"Ana Duarte": "Velmara"}),
        ("Premier Rui Castell came.", {"Rui Castell": "Saoren"}),
        # both have it, or neither is known to
        ("President Rui Castell came.", {"Rui Castell": None}),
        ("Trade Minister Rui Castell came.", {"Rui Castell": None}),
        # a former holder sits for nobody
        ("Former Foreign Secretary Ana Duarte came.", {"Ana Duarte": None}),
    ],
)
def test_the_state_of_a_person(text: str, expected: dict[str, str | None]) -> None:
    assert states(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Finance Minister Ana Duarte met Finance Minister Rui Castell of Saoren.",  # two of one office are of two states, but of which?
        "Finance Minister Ana Duarte and Finance Minister Rui Castell of Saoren came.",
        "President Ana Duarte and Prime Minister Rui Castell of Saoren came.",  # so are two heads
    ],
)
def test_nobody_is_seated_opposite_where_more_than_two_states_meet(text: str) -> None:
    assert states(f"{text} The three countries agreed.", title="Velmara, Saoren, Maridel hold talks")["Ana Duarte"] is None


def test_names_that_all_have_a_state_stay_as_they_are() -> None:
    document = scene("Velmaran Foreign Secretary Ana Duarte came.", title=TITLE)
    found = mentions(document, PACKS)
    assert seated(document, found, PACKS) == found
