from __future__ import annotations

import pytest

from reaffirm import packs
from reaffirm.language.times import anchored, times
from reaffirm.model import Block, BlockKind, Card, Document, Field, When

PACKS = packs.load()
DAY = "2033-03-17"  # a Thursday


def read(text: str, published: str | None = DAY, kinds: tuple[BlockKind, ...] = ()) -> tuple[When, ...]:
    blocks, start = [], 0
    for n, part in enumerate(text.split("\n\n")):
        kind: BlockKind = kinds[n] if kinds else "paragraph"
        blocks.append(Block(kind, start, start + len(part), ((start, start + len(part)),)))
        start += len(part) + 2
    card = Card(published=Field(published, "stated") if published else Field(None, "unknown"))
    return times(Document("D-1", "", text, "", "test", blocks=tuple(blocks), card=card), PACKS)


def values(text: str, published: str | None = DAY, kinds: tuple[BlockKind, ...] = ()) -> list[str | None]:
    return [w.value for w in read(text, published, kinds)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on 5 May 2031.\n\nThe next day, they signed.", ["2031-05-05", "2031-05-06"]),
        ("They met on 5 May 2031.\n\nAll agreed.\n\nThe following month they parted.", ["2031-05-05", "2031-06"]),
        ("They met on 5 May 2031.\n\nA.\n\nB.\n\nC.\n\nThe next day, they signed.", ["2031-05-05", "XXXX-XX-XX"]),
        ("On 5 May 2031, as in 1990, they met. The next day they left.", ["2031-05-05", "1990", "2031-05-06"]),
        ("Talks began in September 2029. The following March they broke down.", ["2029-09", "2030-03"]),
        ("They met in the spring of 2031; that summer they parted.", ["2031-SP", "2031-SU"]),
        ("They met on 5 May 2031. The night before, a fire broke out.", ["2031-05-05", "2031-05-04TNI"]),
        ("They met on 5 May 2031. The week before was calm.", ["2031-05-05", "2031-W18"]),
        ("The month before last they met; the week after next they part.", ["2033-01", "2033-W13"]),
    ],
)
def test_what_hangs_on_a_date_finds_the_last_that_is_fine_enough(text: str, expected: list[str]) -> None:
    assert values(text) == expected


def test_a_heading_begins_anew() -> None:
    text = "They met on 5 May 2031.\n\nOther matters\n\nThe next day was calm."
    assert values(text, DAY, ("paragraph", "heading", "paragraph")) == ["2031-05-05", "XXXX-XX-XX"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Exports rose in the fourth quarter from a year earlier.", "2031-Q4"),
        ("Exports rose in the fourth quarter from the third quarter and from a year earlier.", "2031-Q4"),
        ("Exports rose 2 percent in February from a year ago.", "2032-02"),
        ("Profit fell in the second quarter of 2031. The year-ago results were restated.", "2030-Q2"),
        ("Profit fell in the second quarter of 2031.\n\nSales were up from a year earlier.", "2030-Q2"),
        ("He left a year ago.", "2032"),
        ("It was signed in February. He left a year ago.", "2032"),
        ("In 2031 exports rose from a year earlier.", "2030"),
        ("Exports rose from a year earlier.", "2032"),
    ],
)
def test_a_year_ago_in_a_comparison_is_the_like_of_what_is_compared(text: str, expected: str) -> None:
    assert values(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on 3 June 2031 and parted on 5 July.", "2031-07-05"),
        ("They met on 3 December 2031 and parted on 5 January.", "2032-01-05"),
        ("The pact of 3 June 2031 will be renewed on 5 July.", "2033-07-05"),
        ("They met on 3 June 2031. They parted on 5 July.", "2032-07-05"),
        ("The borders of 1967 were discussed on 5 July.", "2032-07-05"),
        ("In 1998 they met; by the end of the year they had agreed.", "1998"),
        ("They met in 1998. By the end of the year they will agree.", "2033"),
    ],
)
def test_a_sentence_shares_the_year_that_it_tells(text: str, expected: str) -> None:
    assert values(text)[-1] == expected


def test_years_after_today_are_counted_from_something_else() -> None:
    assert values("Yet today, seventy years later, they refuse.") == ["2033-03-17", "XXXX"]


def test_dating_a_document_later_tells_the_same() -> None:
    text = "They met in February and last Friday. Exports rose in the fourth quarter from a year earlier. The next day they left."
    undated = read(text, None)
    assert anchored(undated, Card(published=Field(DAY, "judged"))) == read(text)


def test_many_comparisons_take_time_in_proportion() -> None:
    text = "In the first quarter profit rose from a year earlier. " * 400
    assert len(read(text)) == 800
