from __future__ import annotations

import pytest

from reaffirm.language.anchoring import reanchored
from reaffirm.language.times import recognise
from reaffirm.model import UNKNOWN, Block, Card, Document, Field
from reaffirm.packs import load
from reaffirm.text import text_sha256

BOUNDED = Card(earliest=Field("2031-04-16", "inferred"), latest=Field("2031-04-18", "inferred"))


def read(text: str, card: Card) -> tuple[str | None, str | None]:
    """The value and interval of the one expression in a sentence."""
    document = Document("D-1", "0" * 64, text, text_sha256(text), "plain/1", blocks=(Block("paragraph", 0, len(text), ((0, len(text)),)),))
    (when,) = reanchored(recognise(document, load()), card)
    return when.value, when.interval


@pytest.mark.parametrize(("text", "interval"), [
    ("They met last week.", "2031-04-07/2031-04-13"),  # the same week from both days
    ("They will meet this year.", "2031"),
    ("They met in 2029.", "2029"),
    ("They met last month.", "2031-03"),
    ("They met yesterday.", "2031-04-15/2031-04-17"),  # from the earliest reading to the latest
])  # fmt: skip
def test_bounds_settle_what_they_can(text: str, interval: str) -> None:
    assert read(text, BOUNDED)[1] == interval


@pytest.mark.parametrize("card", [Card(), Card(earliest=BOUNDED.earliest), Card(latest=BOUNDED.latest)])
def test_one_bound_settles_nothing(card: Card) -> None:
    assert read("They met last week.", card)[1] is None


def test_a_known_date_beats_bounds() -> None:
    card = Card(published=Field("2033-03-20", "stated"), earliest=BOUNDED.earliest, latest=BOUNDED.latest)
    assert read("They will meet this year.", card) == ("2033", "2033")
    assert Card().published == UNKNOWN
