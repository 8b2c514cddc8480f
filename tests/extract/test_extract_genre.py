"""A title that a person's table gives is read like a printed one."""

from __future__ import annotations

import pytest

from reaffirm import formats, packs, pipeline
from reaffirm.extract.genre import genre
from reaffirm.model import Field, MetaField

PACKS = packs.load()
BODY = (
    "The ferries must run in winter. The council should pay for them. It is important that the towns act now. "
    "Nobody ought to wait for the ice. Tolls must fall before the spring."
)


def read(*metadata: tuple[str, str]) -> Field:
    data = BODY.encode()
    document = pipeline.identify(data, formats.read(data, "x.txt"), PACKS, tuple(MetaField(*pair) for pair in metadata))
    return genre(document, PACKS)


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ((), "editorial"),  # by its voice
        ((("table:title", "Statement by Ilse Brandt at the harbour assembly"),), "remarks"),
        ((("table:title", "Ferries in winter"),), "editorial"),
        ((("table:title", "Statement by Ilse Brandt at the harbour assembly"), ("table:genre", "analysis")), "analysis"),
    ],
)
def test_the_title_of_a_table_states_the_genre(metadata: tuple[tuple[str, str], ...], expected: str) -> None:
    assert read(*metadata).value == expected


def test_the_title_of_a_table_is_the_evidence() -> None:
    title = MetaField("table:title", "Statement by Ilse Brandt at the harbour assembly")
    assert title in read(("table:title", title.value)).evidence
