from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reaffirm.language.dates import MONTHS, Date, dates, iso, latest, urls, weekday


def read(text: str) -> list[tuple[str, str]]:
    return [(text[d.start : d.end], d.value) for d in dates(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoys met on March 16, 2031.", [("March 16, 2031", "2031-03-16")]),
        ("The envoys met on March 16 2031.", [("March 16 2031", "2031-03-16")]),
        ("The envoys met on March 16th, 2031.", [("March 16th, 2031", "2031-03-16")]),
        ("The envoys met on Mar. 1, 2031.", [("Mar. 1, 2031", "2031-03-01")]),
        ("The envoys met on Sept. 22, 2031.", [("Sept. 22, 2031", "2031-09-22")]),
        ("The envoys met on 16 March 2031.", [("16 March 2031", "2031-03-16")]),
        ("The envoys met on 1st of April, 2031.", [("1st of April, 2031", "2031-04-01")]),
        ("Done on the 2nd of May 1931.", [("2nd of May 1931", "1931-05-02")]),
        ("Released 2031-03-16 in Ostrel", [("2031-03-16", "2031-03-16")]),
        ("Released 2031/3/6 in Ostrel", [("2031/3/6", "2031-03-06")]),
        ("Released 2031.03.16 in Ostrel", [("2031.03.16", "2031-03-16")]),
        ("The pact of February 2031 holds.", [("February 2031", "2031-02")]),
        ("The pact of February, 2031 holds.", [("February, 2031", "2031-02")]),
        ("They will return on March 16.", [("March 16", "XXXX-03-16")]),
        ("They will return on 16 March, they say.", [("16 March", "XXXX-03-16")]),
        ("They will return on 3rd March, perhaps.", [("3rd March", "XXXX-03-03")]),
        ("MARCH 16, 2031", [("MARCH 16, 2031", "2031-03-16")]),
        ("March\n16,\n2031", [("March\n16,\n2031", "2031-03-16")]),
        ("March\u00a016, 2031", [("March\u00a016, 2031", "2031-03-16")]),
        ("Released 18.06.2031 and 6/18/2031", [("18.06.2031", "2031-06-18"), ("6/18/2031", "2031-06-18")]),
        ("Released 18/06/2031; 18-6-2031.", [("18/06/2031", "2031-06-18"), ("18-6-2031", "2031-06-18")]),
        ("Released 2031年6月18日", [("2031年6月18日", "2031-06-18")]),
        ("Released 06/07/2031, 18.06-2031 and 18.13.2031", []),
        ("The leap day of February 29, 2032 came.", [("February 29, 2032", "2032-02-29")]),
        ("A leap day without a year: February 29.", [("February 29", "XXXX-02-29")]),
        ("From May 1, 2031 to June 2, 2032", [("May 1, 2031", "2031-05-01"), ("June 2, 2032", "2032-06-02")]),
        ("😀 On 16 March 2031 😀", [("16 March 2031", "2031-03-16")]),
    ],
)
def test_dates_are_read_with_their_extent(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "yesterday", "in 2031", "February 30, 2031", "April 31", "2031-13-01", "2031-02-29", "03/04/2031",
        "3.4.2031", "The march of 20000 men", "Mayor 5", "Decemberists 12", "paragraph 2031-1", "January 0, 2031", "version 2031.03.161",
        "article 12.5", "last week", "early next year", "2+2",
    ],
)  # fmt: skip
def test_what_is_no_absolute_date_is_none(text: str) -> None:
    assert read(text) == []


def test_only_the_extent_that_is_asked_for_is_read() -> None:
    text = "March 16, 2031; April 17, 2031; May 18, 2031"
    assert [d.value for d in dates(text, 16, 30)] == ["2031-04-17"]


def test_the_more_complete_pattern_wins() -> None:
    assert dates("16 March 2031") == (Date(0, 13, "2031-03-16"),)
    assert [d.complete for d in dates("16 March 2031 and 17 March")] == [True, False]


@pytest.mark.parametrize("month", sorted(MONTHS))
def test_every_name_of_a_month_is_known(month: str) -> None:
    assert read(f"on {month.title()} 7, 2031") == [(f"{month.title()} 7, 2031", f"2031-{MONTHS[month]:02}-07")]


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)), st.sampled_from(["%B %d, %Y", "%d %B %Y", "%d %b. %Y", "%Y-%m-%d", "%Y/%m/%d"])
)
def test_every_date_is_read_back_from_every_pattern(day: dt.date, pattern: str) -> None:
    text = f"They met on {day.strftime(pattern)} in the harbour."
    assert [d.value for d in dates(text)] == [str(day)]
    assert "/" in pattern or iso(day.strftime(pattern)) == str(day)


@given(st.text(alphabet=st.sampled_from("0123456789 -/.,adehmnortuyMJ\n")))
def test_dates_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found = dates(text)
    edges = [edge for d in found for edge in (d.start, d.end)]
    assert edges == sorted(edges)
    assert all(0 <= d.start < d.end <= len(text) for d in found)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2033-03-15", "2033-03-15"),
        ("2033-03-15T06:30+08:00", "2033-03-15"),
        ("2033-03-15T23:59:59.999Z", "2033-03-15"),
        ("2033-03-15 06:30", "2033-03-15"),
        (" 2033-03-15", "2033-03-15"),
        ("2033-03", "2033-03"),
        ("2033", "2033"),
        ("March 15, 2033", "2033-03-15"),
        ("Thu, 15 March 2033 06:30 GMT", "2033-03-15"),
        ("2033-02-30", None),
        ("2033-13", None),
        ("0000-01-01", None),
        ("March 15", None),
        ("from 1 March 2033 to 2 March 2033", None),
        ("", None),
        ("soon", None),
    ],
)
def test_the_date_of_a_metadata_value(value: str, expected: str | None) -> None:
    assert iso(value) == expected


@pytest.mark.parametrize(
    ("value", "anchor", "expected"),
    [
        ("XXXX-03-16", "2033-04-01", "2033-03-16"),
        ("XXXX-03-16", "2033-03-16", "2033-03-16"),
        ("XXXX-03-16", "2033-03-15", "2032-03-16"),
        ("XXXX-12-31", "2033-01-01", "2032-12-31"),
        ("XXXX-03-16", "2033-03", None),
        ("XXXX-03-16", "", None),
        ("2031-03-16", "2033-03-15", None),
        ("XXXX-02-29", "2032-03-15", "2032-02-29"),
    ],
)
def test_the_last_such_day_before_an_anchor(value: str, anchor: str, expected: str | None) -> None:
    assert latest(value, anchor) == expected


def test_the_full_stop_of_a_sentence_is_no_part_of_a_date() -> None:
    assert read("They will return on 16 March.") == [("16 March", "XXXX-03-16")]


def test_an_invalid_date_is_not_half_read() -> None:
    assert read("31 June 2031") == []


@pytest.mark.parametrize("value", ["2033/03/15", "2033.03.15", "2033/3/15"])
def test_a_metadata_value_with_slashes_or_dots_keeps_its_day(value: str) -> None:
    assert iso(value) == "2033-03-15"


def test_a_leap_day_falls_in_a_leap_year() -> None:
    assert latest("XXXX-02-29", "2033-03-15") == "2032-02-29"


@pytest.mark.parametrize(
    ("name", "anchor", "expected"),
    [
        ("Tuesday", "2033-03-15", "2033-03-15"),
        ("Monday", "2033-03-15", "2033-03-14"),
        ("wednesday", "2033-03-15", "2033-03-09"),
        ("Friday", "2033-01-01", "2032-12-31"),
        ("Someday", "2033-03-15", None),
        ("Tuesday", "2033", None),
        ("Tuesday", "", None),
    ],
)
def test_the_last_such_weekday_before_an_anchor(name: str, anchor: str, expected: str | None) -> None:
    assert weekday(name, anchor) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://courier.example/2033/03/15/accord", ["2033-03-15"]),
        ("https://courier.example/2033-03-15-accord", ["2033-03-15"]),
        ("https://courier.example/news/2033/03/15", ["2033-03-15"]),
        ("https://courier.example/2033/13/15/accord", []),
        ("https://courier.example/2033/03/accord", []),
        ("https://courier.example/20330315", []),
        ("https://courier.example/1234/03/15/", []),
        ("", []),
    ],
)
def test_the_dates_of_an_address(url: str, expected: list[str]) -> None:
    assert list(urls(url)) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("held on 28-29 April 2031", "2031-04-28/2031-04-29"),
        ("held from 3 to 5 June 2031", "2031-06-03/2031-06-05"),
        ("held on March 28–29, 2031", "2031-03-28/2031-03-29"),
    ],
)
def test_days_from_to_are_an_interval(text: str, value: str) -> None:
    assert [date.value for date in dates(text)] == [value]
