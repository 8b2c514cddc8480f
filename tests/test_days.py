import pytest

from reaffirm.days import bounds, spoken


@pytest.mark.parametrize(("edtf", "days"), [
    ("2021-03-16", ("2021-03-16", "2021-03-16")),
    ("2021-02", ("2021-02-01", "2021-02-28")),
    ("2024-02", ("2024-02-01", "2024-02-29")),
    ("2021", ("2021-01-01", "2021-12-31")),
    ("2021~", ("2021-01-01", "2021-12-31")),
    ("202X", ("2020-01-01", "2029-12-31")),
    ("XXXX-02", ("0000-02-01", "9999-02-29")),
    ("2021-XX-XX", ("2021-01-01", "2021-12-31")),
    ("2021-33", ("2021-01-01", "2021-03-31")),
    ("2022-01/2022-06", ("2022-01-01", "2022-06-30")),
    ("../2022-01-08", ("0000-01-01", "2022-01-08")),
    ("2021-03/..", ("2021-03-01", "9999-12-31")),
    ("2021-03/", ("2021-03-01", "9999-12-31")),
])  # fmt: skip
def test_an_edtf_date_has_a_first_and_a_last_day(edtf: str, days: tuple[str, str]) -> None:
    assert bounds(edtf) == days


@pytest.mark.parametrize(
    "edtf", [None, "", "soon", "2021-13", "2021-02-30", "2021-1", "2022/2021", "2021-33-01", "2021/x", "2021-00", "٢٠٢١"]
)
def test_what_is_no_date_has_none(edtf: str | None) -> None:
    assert bounds(edtf) is None


@pytest.mark.parametrize(("edtf", "words"), [
    ("2033-03-14", "14 March 2033"),
    ("2033-03", "March 2033"),
    ("2033-03~", "about March 2033"),
    ("2033?", "perhaps 2033"),
    ("2033%", "perhaps about 2033"),
    ("2033-01/2033-06~", "January 2033 to about June 2033"),
    ("../2033-01-08", "8 January 2033 or earlier"),
    ("203X", "203X"),
    (None, "an unknown day"),
])  # fmt: skip
def test_a_date_is_told_as_a_sentence_has_it(edtf: str | None, words: str) -> None:
    assert spoken(edtf) == words
