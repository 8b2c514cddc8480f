from __future__ import annotations

import re
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reaffirm import packs
from reaffirm.language.timepatterns import lexicon
from reaffirm.language.times import anchored, recognise, times
from reaffirm.model import UNKNOWN, Block, BlockKind, Card, Document, Field, When

PACKS = packs.load()
DAY = "2033-03-17"  # a Thursday


def document(text: str, published: str | None = DAY, event: str | None = None, kind: BlockKind = "paragraph") -> Document:
    blocks, start = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block(kind, start, start + len(part), ((start, start + len(part)),)))
        start += len(part) + 2
    events = (Field(event, "stated"),) if event else ()
    card = Card(published=Field(published, "stated") if published else UNKNOWN, event_dates=events)
    return Document("D-1", "", text, "", "test", blocks=tuple(blocks), card=card)


def read(text: str, published: str | None = DAY, event: str | None = None, kind: BlockKind = "paragraph") -> tuple[When, ...]:
    return times(document(text, published, event, kind), PACKS)


def only(text: str, published: str | None = DAY) -> When:
    found = read(text, published)
    assert len(found) == 1, [w.surface.exact for w in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "phrase", "surface", "value", "interval"),
    [
        # absolute
        ("They met on March 16, 2031.", "on March 16, 2031", "March 16, 2031", "2031-03-16", "2031-03-16"),
        ("They met on 16 March 2031.", "on 16 March 2031", "16 March 2031", "2031-03-16", "2031-03-16"),
        ("Signed on Jan. 8, 2032", "on Jan. 8, 2032", "Jan. 8, 2032", "2032-01-08", "2032-01-08"),
        ("the 3rd of May 2031", "the 3rd of May 2031", "the 3rd of May 2031", "2031-05-03", "2031-05-03"),
        ("on 16-18 March 2031", "on 16-18 March 2031", "16-18 March 2031", "2031-03-16/2031-03-18", "2031-03-16/2031-03-18"),
        ("on Monday, March 14, 2033", "on Monday, March 14, 2033", "Monday, March 14, 2033", "2033-03-14", "2033-03-14"),
        ("Dated 2033-03-14.", "2033-03-14", "2033-03-14", "2033-03-14", "2033-03-14"),
        ("the pact of February 2031", "of February 2031", "February 2031", "2031-02", "2031-02"),
        ("the first 2+2 since 2029", "since 2029", "2029", "2029", "2029/.."),
        ("valid until 2040", "until 2040", "2040", "2040", "../2040"),
        ("in the 1990s", "in the 1990s", "the 1990s", "199X", "1990/1999"),
        ("in the nineties", "in the nineties", "the nineties", "199X", "1990/1999"),
        ("in the late 1980s", "in the late 1980s", "the late 1980s", "198X", "1980/1989"),
        ("in the 21st century", "in the 21st century", "the 21st century", "20XX", "2001/2100"),
        ("in the 2031-32 session", "in the 2031-32", "2031-32", "2031/2032", "2031/2032"),
        ("in the first half of 2033", "in the first half of 2033", "the first half of 2033", "2033-H1", "2033-01/2033-06"),
        ("in the third quarter of 2032", "in the third quarter of 2032", "the third quarter of 2032", "2032-Q3", "2032-07/2032-09"),
        ("in the autumn of 2032", "in the autumn of 2032", "the autumn of 2032", "2032-FA", "2032-23"),
        ("on Boxing Day 2031", "on Boxing Day 2031", "Boxing Day 2031", "2031-12-26", "2031-12-26"),
        ("before Thanksgiving Day", "before Thanksgiving Day", "Thanksgiving Day", "2032-11-25", "2032-11-25"),
        # relative to publication
        ("They met last month.", "last month", "last month", "2033-02", "2033-02"),
        ("They will meet on March 18.", "on March 18", "March 18", "2033-03-18", "2033-03-18"),
        ("It will be held on 12 April.", "on 12 April", "12 April", "2033-04-12", "2033-04-12"),
        ("It was held on 12 November.", "on 12 November", "12 November", "2032-11-12", "2032-11-12"),
        ("They met on March 18.", "on March 18", "March 18", "2033-03-18", "2033-03-18"),  # tomorrow, not a year ago
        ("They had met in December.", "in December", "December", "2032-12", "2032-12"),
        ("No talks since March last year.", "since March last year", "March last year", "2032-03", "2032-03/.."),
        ("It came after last week's summit.", "after last week", "last week", "2033-W10", "2033-03-07/2033-03-13"),
        ("cases have risen since mid-February", "since mid-February", "mid-February", "2033-02", "2033-02-15/.."),
        ("He will visit later in the year.", "later in the year", "later in the year", "2033", "2033-03-17/2033"),
        ("It was agreed earlier this month.", "earlier this month", "earlier this month", "2033-03", "2033-03/2033-03-17"),
        ("by the end of the year", "by the end of the year", "the end of the year", "2033", "2033"),
        ("to hold talks within the year", "within the year", "the year", "2033", "2033"),
        ("the first half of this year", "the first half of this year", "the first half of this year", "2033-H1", "2033-01/2033-06"),
        ("next year's first quarter", "next year's first quarter", "next year's first quarter", "2034-Q1", "2034-01/2034-03"),
        ("over the next decade", "over the next decade", "the next decade", "204X", "2040/2049"),
        ("It was signed ten days ago.", "ten days ago", "ten days ago", "2033-03-07", "2033-03-07"),
        ("He left two years ago.", "two years ago", "two years ago", "2031", "2031"),
        ("He left half a century ago.", "half a century ago", "half a century ago", "1983", "1983"),
        ("last Thursday", "last Thursday", "last Thursday", "2033-03-10", "2033-03-10"),
        ("They spoke on Thursday.", "on Thursday", "Thursday", "2033-03-17", "2033-03-17"),
        ("They will speak on Monday.", "on Monday", "Monday", "2033-03-21", "2033-03-21"),
        ("on Monday next week", "on Monday next week", "Monday next week", "2033-03-21", "2033-03-21"),
        ("the day before yesterday", "the day before yesterday", "the day before yesterday", "2033-03-15", "2033-03-15"),
        ("He arrived last summer.", "last summer", "last summer", "2032-SU", "2032-22"),
    ],
)  # fmt: skip
def test_a_date_has_its_extent_its_value_and_its_interval(text: str, phrase: str, surface: str, value: str, interval: str) -> None:
    found = only(text)
    assert (found.phrase.exact, found.surface.exact, found.value, found.interval) == (phrase, surface, value, interval)
    assert found.type == "DATE"


@pytest.mark.parametrize(
    ("text", "surface", "kind", "value", "interval"),
    [
        ("the first visit in seven and a half years", "seven and a half years", "DURATION", "P7Y6M", None),
        ("in the past 20 years", "the past 20 years", "DURATION", "P20Y", None),
        ("a five-year plan", "five-year", "DURATION", "P5Y", None),
        ("in the past year and a half", "the past year and a half", "DURATION", "P1Y6M", None),
        ("for a quarter of a century", "a quarter of a century", "DURATION", "P25Y", None),
        ("for more than a half century", "more than a half century", "DURATION", "P50Y", None),
        ("Not long ago they met.", "Not long ago", "DATE", "PAST_REF", None),
        ("the 1967 borders", "1967", "DATE", "1967", "1967"),
        ("the post-2035 agenda", "2035", "DATE", "2035", "2035"),
        ("twenty-four hours", "twenty-four hours", "DURATION", "PT24H", None),
        ("for half a century", "half a century", "DURATION", "P50Y", None),
        ("a couple of weeks", "a couple of weeks", "DURATION", "P2W", None),
        ("for several months", "several months", "DURATION", "PXM", None),
        ("within 30 days", "30 days", "DURATION", "P30D", "2033-03-17/2033-04-16"),
        ("within a year", "a year", "DURATION", "P1Y", "2033-03-17/2034-03-17"),
        ("every year", "every year", "SET", "P1Y", None),
        ("every other month", "every other month", "SET", "P2M", None),
        ("twice a year", "twice a year", "SET", "P1Y", None),
        ("The panel meets annually.", "annually", "SET", "P1Y", None),
        ("The panel meets monthly.", "monthly", "SET", "P1M", None),
        ("each July", "each July", "SET", "XXXX-07", None),
        ("They meet on Fridays.", "Fridays", "SET", "XXXX-WXX-5", None),
        ("at 3:30 p.m. on March 16, 2033", "3:30 p.m. on March 16, 2033", "TIME", "2033-03-16T15:30", "2033-03-16"),
        ("They met at noon Thursday.", "noon Thursday", "TIME", "2033-03-17T12:00", "2033-03-17"),
        ("on the morning of March 3", "the morning of March 3", "TIME", "2033-03-03TMO", "2033-03-03"),
        ("They spoke last night.", "last night", "TIME", "2033-03-16TNI", "2033-03-16"),
        ("They spoke yesterday evening.", "yesterday evening", "TIME", "2033-03-16TEV", "2033-03-16"),
        ("It currently stands.", "currently", "DATE", "PRESENT_REF", None),
        ("At this timing, they spoke.", "this timing", "DATE", "PRESENT_REF", None),
        ("They met recently.", "recently", "DATE", "PAST_REF", None),
        ("in recent years", "recent years", "DATE", "PAST_REF", None),
        ("in the near future", "the near future", "DATE", "FUTURE_REF", None),
        ("at an early date", "an early date", "DATE", "FUTURE_REF", None),
        ("Going forward, they will.", "Going forward", "DATE", "FUTURE_REF", None),
        ("in the coming years", "the coming years", "DATE", "FUTURE_REF", None),
        ("since taking office", "taking office", "DATE", None, None),
    ],
)
def test_other_types_have_their_extent_and_value(text: str, surface: str, kind: str, value: str | None, interval: str | None) -> None:
    found = only(text)
    assert (found.surface.exact, found.type, found.value, found.interval) == (surface, kind, value, interval)


@pytest.mark.parametrize(
    ("text", "mod"),
    [
        ("by the end of 2031", "END"), ("early next year", "START"), ("mid-2033", "MID"), ("in late May 2033", "END"),
        ("around 2040", "APPROX"),
        ("at least 20 years", "EQUAL_OR_MORE"), ("up to 90 days", "EQUAL_OR_LESS"), ("more than four hours", "MORE_THAN"),
        ("almost two decades", "LESS_THAN"), ("in 2031", None), ("later this year", "END"), ("earlier this year", "START"),
        ("since the beginning of last month", "START"),
    ],
)  # fmt: skip
def test_words_before_modify(text: str, mod: str | None) -> None:
    assert only(text).mod == mod


def test_years_before_the_common_era_stay_unknown() -> None:
    assert only("The wall was built 3,000 years ago.").value == "XXXX"


def test_a_time_of_day_hangs_on_the_day_told_before() -> None:
    found = read("They met on 4 May 2031. At 3 p.m. they left. That evening they dined.")
    assert [w.value for w in found] == ["2031-05-04", "2031-05-04T15:00", "2031-05-04TEV"]
    assert [(w.value, w.rule) for w in read("That evening they dined.")] == [("XXXX-XX-XXTEV", "text unknown: day+0 TEV")]


def test_a_range_shares_its_year() -> None:
    assert [w.value for w in read("from January to March 2032")] == ["2032-01", "2032-03"]
    assert [w.value for w in read("from 3 May to 6 June 2031")] == ["2031-05-03", "2031-06-06"]


# the expressions on which parsers of dates were tried, each with its own day


@pytest.mark.parametrize(
    ("published", "text", "surface", "value", "interval"),
    [
        ("2021-04-09", "Last month the envoys spoke twice.", "Last month", "2021-03", "2021-03"),
        ("2021-04-09", "The note is dated March 16, 2021.", "March 16, 2021", "2021-03-16", "2021-03-16"),
        ("2021-03-17", "The delegation lands on March 18.", "March 18", "2021-03-18", "2021-03-18"),
        ("2022-01-08", "No envoy has come since March last year.", "March last year", "2021-03", "2021-03/.."),
        ("2021-03-17", "Both plan to confer later in the year.", "later in the year", "2021", "2021-03-17/2021"),
        ("2022-01-08", "A draft is due by the end of the year.", "the end of the year", "2022", "2022"),
        ("2022-01-08", "It is planned in the first half of this year.", "the first half of this year", "2022-H1", "2022-01/2022-06"),
        ("2021-03-17", "They praised last week's gathering.", "last week", "2021-W10", "2021-03-08/2021-03-14"),
        ("2021-03-17", "They agreed that a boat would be delivered by the summer.", "the summer", "2021-SU", "2021-22"),
        ("2021-03-17", "It was the first 2+2 since 2019.", "2019", "2019", "2019/.."),
        ("2021-03-17", "No minister had come in seven and a half years.", "seven and a half years", "P7Y6M", None),
        ("2022-01-08", "Sea patrols have grown since mid-February.", "mid-February", "2021-02", "2021-02-15/.."),
        ("2022-01-08", "Outlays have tripled in the past 20 years.", "the past 20 years", "P20Y", None),
        ("2021-03-17", "It is the first trip since taking office.", "taking office", None, None),
        ("2022-01-08", "The paper is to be revised within the year.", "the year", "2022", "2022"),
        ("2022-01-09", "The text bears the date Jan. 8, 2022.", "Jan. 8, 2022", "2022-01-08", "2022-01-08"),
    ],
)  # fmt: skip
def test_expressions_that_parsers_of_dates_stumble_over(
    published: str, text: str, surface: str, value: str | None, interval: str | None
) -> None:
    found = only(text, published)
    assert (found.surface.exact, found.value, found.interval) == (surface, value, interval)


# the ways in which chanceries write dates


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("It was signed on the 24th of March.", "the 24th of March", "2033-03-24"),
        ("The council met on 14-15 May 2031.", "14-15 May 2031", "2031-05-14/2031-05-15"),
        ("They met from 3\u20135 June 2032.", "3\u20135 June 2032", "2032-06-03/2032-06-05"),
        ("They met on 14\u00a0\u2013\u00a015\u00a0May 2032.", "14\u00a0\u2013\u00a015\u00a0May 2032", "2032-05-14/2032-05-15"),
        ("They meet from 3 to 5 June 2034.", "3 to 5 June 2034", "2034-06-03/2034-06-05"),
        ("They met on 5/6 June 2031.", "5/6 June 2031", "2031-06-05/2031-06-06"),
        ("the protocol of 12.IV.2031", "12.IV.2031", "2031-04-12"),
        ("the protocol of 3 XI 2030", "3 XI 2030", "2030-11-03"),
        ("the note of 25/04/2031", "25/04/2031", "2031-04-25"),
        (
            "Done this twelfth day of June, two thousand and thirty-one.",
            "this twelfth day of June, two thousand and thirty-one",
            "2031-06-12",
        ),
        ("in force by the year 2040", "the year 2040", "2040"),
        ("the seal of the year 1066", "the year 1066", "1066"),
        ("the budget of Reiwa 5", "Reiwa 5", "2023"),
        ("the budget of Heisei 5", "Heisei 5", "1993"),
        ("the 2034/35 financial year", "the 2034/35 financial year", "2034"),
        ("in financial year 2034-35", "financial year 2034-35", "2034"),
        ("the third quarter of next year", "the third quarter of next year", "2034-Q3"),
        ("in Q3/2034", "Q3/2034", "2034-Q3"),
        ("output in 2034-Q3", "2034-Q3", "2034-Q3"),
        ("since the turn of the century", "the turn of the century", "20XX"),
        ("in the past century", "the past century", "P100Y"),
        ("in the mid-nineties", "the mid-nineties", "199X"),
        ("won in '96, they said", "'96", "1996"),
        ("on the first Monday of June", "the first Monday of June", "2033-06-06"),
        ("on the last Friday in May 2031", "the last Friday in May 2031", "2031-05-30"),
        ("the week of 14 March", "the week of 14 March", "2033-W11"),
        ("in the week beginning 6 June 2033", "the week beginning 6 June 2033", "2033-W23"),
        ("They will meet this Friday.", "this Friday", "2033-03-18"),
        ("in three years' time", "three years' time", "2036"),
        ("in the year ahead", "the year ahead", "2034"),
        ("the other day they spoke", "the other day", "PAST_REF"),
        ("Some day they will agree.", "Some day", "FUTURE_REF"),
        ("They will one day agree.", "one day", "FUTURE_REF"),
        ("the leaders of tomorrow", "tomorrow", "FUTURE_REF"),
        ("for a considerable time", "a considerable time", "PXX"),
        ("for two-and-a-half years", "two-and-a-half years", "P2Y6M"),
        ("every three to five years", "every three to five years", "P3Y"),
        ("the year ended 30 of them", "the year", "P1Y"),
        ("at 2100 hours", "2100 hours", "2033-03-17T21:00"),
        ("on the night of 5-6 March 2033", "the night of 5-6 March 2033", "2033-03-05TNI"),
        ("down since year-end", "year-end", "2032-12-31"),
        ("on World AIDS Day 2031", "World AIDS Day 2031", "2031-12-01"),
        ("twentieth- century ideas", "twentieth- century", "19XX"),
    ],
)  # fmt: skip
def test_chanceries_write_dates_in_many_ways(text: str, surface: str, value: str) -> None:
    found = only(text)
    assert (found.surface.exact, found.value) == (surface, value)


def test_zones_in_brackets_end_before_the_bracket() -> None:
    assert [w.surface.exact for w in read("They met at 1:30 p.m. EDT (1730 GMT).")] == ["1:30 p.m. EDT", "1730 GMT"]


@pytest.mark.parametrize("text", ["the note of 03/04/2031", "bi-monthly talks", "from a fiscal year", "rose 20 percent annually"])
def test_what_is_ambiguous_or_generic_is_left_alone(text: str) -> None:
    assert [w.surface.exact for w in read(text)] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They announced the plan on 12 November.", "2032-11-12"),
        ("They have a plan to meet on 12 November.", "2033-11-12"),
        ("It was postponed until October.", "2033-10"),
        ("They gave them until Monday to answer.", "2033-03-21"),
        ("They demanded an answer by Monday.", "2033-03-21"),
        ("It was ordered that he be returned by 14 January.", "2033-01-14"),
        ("It will be paid by 14 January.", "2034-01-14"),
        ("The vote is on Tuesday.", "2033-03-22"),
        ("The vote was on Tuesday.", "2033-03-15"),
    ],
)
def test_the_sentence_tells_which_of_two_is_meant(text: str, value: str) -> None:
    assert only(text).value == value


def test_a_stretch_after_an_event_has_no_bounds_yet() -> None:
    assert only("within 90 days of signature").interval is None
    assert only("within 90 days").interval == "2033-03-17/2033-06-15"


# anchors


def test_without_an_anchor_the_value_has_x_and_the_rule_says_what_is_missing() -> None:
    text = "They met last week, in March, on Friday, on May 3 and this year, in the first half of the year and today."
    found = read(text, None)
    assert [w.value for w in found] == ["XXXX-WXX", "XXXX-03", "XXXX-WXX-5", "XXXX-05-03", "XXXX", "XXXX-H1", "XXXX-XX-XX"]
    assert {w.interval for w in found} == {None}
    assert {w.anchor for w in found} == {"publication"}
    assert all(w.rule.startswith("publication unknown: ") for w in found)


@pytest.mark.parametrize(
    ("published", "text", "value"),
    [
        ("2032-01", "this year", "2032"), ("2032-01", "last month", "2031-12"), ("2032-01", "yesterday", "XXXX-XX-XX"),
        ("2032-01", "last week", "XXXX-WXX"), ("2032-01", "They met in March.", "2031-03"), ("2032", "They met in March.", "XXXX-03"),
        ("2032", "last year", "2031"), ("2032", "today", "2032-XX-XX"), ("2032-01", "this month", "2032-01"),
        ("2032-01-05/2032-01-09", "last month", "2031-12"), ("no date", "this year", "XXXX"),
    ],
)  # fmt: skip
def test_an_anchor_counts_as_far_as_it_is_precise(published: str, text: str, value: str) -> None:
    assert only(text, published).value == value


def test_in_turns_and_quotations_the_day_of_speaking_counts() -> None:
    turn = read("We met today.", DAY, "2033-03-14", "turn")[0]
    assert (turn.value, turn.anchor) == ("2033-03-14", "speaking")
    quoted = read("“We shall return to this table next month,” she said last month.", DAY, "2033-01-31")
    assert [(w.value, w.anchor) for w in quoted] == [("2033-02", "speaking"), ("2033-02", "publication")]
    assert read("We met today.", DAY, None, "turn")[0].value == DAY


def test_a_date_told_before_in_the_paragraph_counts_for_what_hangs_on_it() -> None:
    text = "On 16 March 2031 they met. The next day they left. That year was long.\n\nThe following month was quiet."
    found = read(text)
    assert [(w.value, w.anchor) for w in found[1:]] == [("2031-03-17", "text"), ("2031", "text"), ("2031-04", "text")]
    assert [w.rule for w in read("The following month was quiet.")] == ["text unknown: month+1"]


def test_dating_a_document_recomputes_values_from_the_rules_alone() -> None:
    text = "On Monday they met; the next day they left. It was the first since March last year, and “we shall meet next week,” he said."
    undated, dated = document(text, None), document(text, DAY)
    assert anchored(times(undated, PACKS), dated.card) == times(dated, PACKS)
    assert anchored(times(dated, PACKS), undated.card) == times(undated, PACKS)


def test_recognition_alone_knows_no_dates() -> None:
    found = recognise(document("They met last week and on 3 May 2031."), PACKS)
    assert [(w.value, w.interval) for w in found] == [(None, None), (None, None)]
    assert [w.rule for w in found] == ["publication: week-1", "=2031 date:05-03"]


def test_furniture_is_not_read_and_order_is_that_of_the_text() -> None:
    text = "Printed 3 May 2031\n\nThey met on 4 May 2031 and on 5 May 2031."
    whole = document(text)
    marked = replace(whole, blocks=(replace(whole.blocks[0], kind="furniture"), whole.blocks[1]))
    assert [w.value for w in times(marked, PACKS)] == ["2031-05-04", "2031-05-05"]


# fiscal years


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("Japan will do so by the end of fiscal 2027.", "2027-04/2028-03"), ("The United States spent it in FY2022.", "2021-10/2022-09"),
        ("Germany will pay in fiscal year 2030.", "2030"), ("It will be done in fiscal 2027.", None),
        ("Japan and the United States will do so in fiscal 2027.", None),
        ("Australia will pay in the 2034-35 financial year.", "2034-07/2035-06"),
    ],
)  # fmt: skip
def test_a_fiscal_year_has_bounds_where_one_state_is_meant(text: str, interval: str | None) -> None:
    found = only(text)
    assert found.interval == interval
    assert re.fullmatch(r"20\d\d", found.value or "")


# what is no time


@pytest.mark.parametrize(
    "text",
    [
        "March with us, they cried.", "The troops march on.", "They may meet.", "May I speak?", "Prime Minister May agreed.",
        "a second term, the second time", "the 2+2 format", "Article 19 and article 2031 of the law", "resolution 1718", "resolution 2031",
        "1,900 ships and 1900 ships", "The Sun rose.", "the Hour of truth", "at 2031 points", "45 years old", "a 30-year-old law",
        "a quarter of the budget", "three quarters of the states", "odds of 10:1", "a ratio of 3:15", "1900 troops", "$2031", "No. 2031",
        "the Pact for the Future", "the fall of the government", "the spring of hope", "The first half was goalless.",
        "UN document A/2031/15", "in the darkest of hours",
        "on 31 June 2031", "on February 30", "the Good Friday Agreement", "the Daily Courier", "Jan Moravec spoke.", "12.30.45.67",
        "now that they agree", "as soon as they can", "a quarterly dividend", "the current account", "the Bloody Sunday inquiry", "F-2031",
    ],
)  # fmt: skip
def test_prose_without_times_has_none(text: str) -> None:
    assert [w.surface.exact for w in read(text)] == []


@pytest.mark.parametrize("entry", [e for e in PACKS.calendar if e.kind != "fiscal"], ids=lambda e: str(e.id))
def test_examples_of_the_calendar_pack_are_read_and_counterexamples_are_not(entry: packs.CalendarEntry) -> None:
    forms = re.compile("|".join(map(re.escape, entry.forms)), re.IGNORECASE)
    assert entry.examples
    assert entry.counterexamples
    for text in entry.examples:
        assert any(forms.search(w.surface.exact) for w in read(text)), text
    for text in entry.counterexamples:
        assert not any(forms.search(w.surface.exact) for w in read(text)), text


@pytest.mark.parametrize("entry", [e for e in PACKS.calendar if e.kind == "fiscal"], ids=lambda e: str(e.id))
def test_fiscal_years_belong_to_states_of_the_pack(entry: packs.CalendarEntry) -> None:
    assert set(entry.states) <= {state.name for state in PACKS.states}
    for state in entry.examples:
        assert "@" in recognise(document(f"{state} pays in fiscal 2031."), PACKS)[0].rule
        assert state in entry.states
    assert not set(entry.counterexamples) & set(entry.states)


# properties

VOCABULARY = """the next last this of in on since 2031 March May 16 , . year week day end half first fiscal quarter ago a two years later
    “ ” Monday 's 31 noon every and to by mid- 5 p.m. daily recent Easter Christmas nineties current soon"""
WORDS = st.sampled_from(VOCABULARY.split())


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=14).map(" ".join), st.sampled_from(["2033-03-17", "2032-02-29", "2033-03", "2033", None]))
def test_spans_are_proved_ordered_and_apart_and_anchoring_is_idempotent(text: str, published: str | None) -> None:
    given = document(text, published)
    found = times(given, PACKS)
    for when in found:
        assert text[when.surface.start : when.surface.end] == when.surface.exact
        assert when.phrase.start <= when.surface.start < when.surface.end == when.phrase.end
    assert all(a.phrase.end <= b.phrase.start for a, b in pairwise(found))
    assert anchored(found, given.card) == found


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_the_quick_pattern_misses_no_place_where_a_rule_matches(text: str) -> None:
    words = lexicon(PACKS)
    places = {m.start() for m in words.first.finditer(text)}
    assert {m.start() for m in words.whole.finditer(text)} <= places


def test_line_breaks_and_runs_of_blanks_do_not_matter() -> None:
    found = only("They met on  16\r\nMarch   2031 there.")
    assert (found.surface.exact, found.value) == ("16\r\nMarch   2031", "2031-03-16")


@pytest.mark.parametrize(
    "piece", ["the ", "a few ", "1 ", "March ", "the last ", "two hundred and ", "“ ", "  ", "2031-", "first half of ", "1:1", "noon "]
)
def test_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    def cost(size: int) -> float:
        given = document(piece * (size // len(piece)))
        began = time.process_time()
        times(given, PACKS)
        return time.process_time() - began

    cost(2_000)
    assert cost(64_000) < 40 * max(cost(8_000), 0.002)
