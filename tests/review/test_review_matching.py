"""Pairing, overlap, names, dates and extents: fixed examples and properties."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_folders import ACTORS, span

from reaffirm.review.dates import bounds, same_date, same_last_day, touch
from reaffirm.review.matching import Names, assign, extents, lemma, lines, match, office_key, overlap, same_extent, source_class

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from reaffirm.review.rows import JSON, Row

WEIGHT = st.sampled_from([0.0, 0.03, 0.25, 0.5, 0.52, 0.8, 1.0, 1.03])


@st.composite
def tables(draw: st.DrawFn) -> list[list[float]]:
    rows, columns = draw(st.integers(0, 5)), draw(st.integers(0, 5))
    return [[draw(WEIGHT) for _ in range(columns)] for _ in range(rows)]


def brute_force(weights: list[list[float]]) -> float:
    """The greatest sum of any one-to-one pairing, by trying all."""
    if weights and len(weights) > len(weights[0]):
        return brute_force([list(column) for column in zip(*weights, strict=True)])
    columns = range(len(weights[0]) if weights else 0)
    return max(sum(weights[i][j] for i, j in enumerate(chosen)) for chosen in permutations(columns, len(weights)))


@given(tables())
def test_assign_is_optimal_and_one_to_one(weights: list[list[float]]) -> None:
    pairs = assign(weights)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(weights[i][j] > 0 for i, j in pairs)
    assert sum(weights[i][j] for i, j in pairs) == pytest.approx(brute_force(weights))


WORDS = st.text("ab .é\n", max_size=12)
SPAN = st.one_of(
    st.none(),
    WORDS,
    st.builds(lambda text, start: {"text": text, "start": start, "end": None}, WORDS, st.one_of(st.none(), st.integers(0, 20))),
)
SPANS = st.one_of(SPAN, st.lists(SPAN, max_size=3))


@given(SPANS, SPANS)
def test_overlap_is_symmetric_and_a_share(a: Row, b: Row) -> None:
    assert overlap(a, b) == overlap(b, a)
    assert 0 <= overlap(a, b) <= 1


@given(SPANS)
def test_overlap_with_itself_is_one_unless_empty(a: Row) -> None:
    assert overlap(a, a) in {0.0, 1.0}


@pytest.mark.parametrize(
    ("gold", "pred", "f"),
    [
        (span("the road must follow soon"), span("road must follow"), 0.75),  # 2 * 3 / (5 + 3)
        (span("Ruiz"), {"text": "Ruiz", "start": 900, "end": 904}, 0.0),  # elsewhere
        (span("Ruiz"), {"text": "Ruiz", "start": None, "end": None}, 1.0),  # no place: by words
        ("a a b", "a b b", 2 / 3),  # words count as often as they stand
        ("…", "…", 0.0),  # no token
    ],
)
def test_overlap(gold: Row, pred: Row, f: float) -> None:
    assert overlap(gold, pred) == pytest.approx(f)


def test_match_prefers_the_required_row() -> None:
    optional: Row = {"id": "o", "optional": True}
    required: Row = {"id": "r"}
    assert match([optional, required], [{"id": "p"}], lambda _g, _p: 1.0).pairs == [(required, {"id": "p"})]


@pytest.mark.parametrize(
    ("names", "canon", "states"),
    [
        (["Ruiz", "The  Ghana"], {"ana ruiz", "ghana"}, {"peru", "ghana"}),
        ("Minister Ruiz", {"ana ruiz"}, {"peru"}),
        (["?whoever", ""], {"?"}, {"?"}),
        (None, {"?"}, {"?"}),
        (["Nobody Known"], {"nobody known"}, {"nobody known"}),
        ([None, 3], {"?"}, {"?"}),
    ],
)
def test_names(names: list[JSON] | str | None, canon: AbstractSet[str], states: AbstractSet[str]) -> None:
    known, called = Names(ACTORS), list(names) if isinstance(names, list) else names
    assert known.canon(called) == canon
    assert known.states(called) == states


@pytest.mark.parametrize(
    ("date", "days"),
    [
        ("2021-03-16", ("2021-03-16", "2021-03-16")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2021", ("2021-01-01", "2021-12-31")),
        ("2021~", ("2021-01-01", "2021-12-31")),
        ("2021-03?/2021-04%", ("2021-03-01", "2021-04-30")),
        ("2022-01/2022-06", ("2022-01-01", "2022-06-30")),
        ("../2022-01-08", ("0000-01-01", "2022-01-08")),
        ("2022-01-08/..", ("2022-01-08", "9999-12-31")),
        ("2021-22", ("2021-06-01", "2021-08-31")),
        ("2021-24", ("2021-12-01", "2021-12-31")),
        ("2021-03-XX", ("2021-03-01", "2021-03-31")),
        ("2021-XX-XX", ("2021-01-01", "2021-12-31")),
        ("2021-13", None),
        ("2021-00", None),
        ("2021-02-30", None),
        ("2021-22-01", None),
        ("2021/2022/2023", None),
        ("next year", None),
        ("", None),
        (None, None),
        (2021, None),
    ],
)
def test_bounds(date: str | int | None, days: tuple[str, str] | None) -> None:
    assert bounds(date) == days


@given(st.dates(), st.dates())
def test_an_interval_runs_from_its_first_to_its_last_day(a: object, b: object) -> None:
    assert bounds(f"{a}/{b}") == (str(a), str(b))


def test_equal_dates() -> None:
    assert same_date(["2021-05"], "2021-05-01/2021-05-31")
    assert same_date(["2022", "PAST_REF"], "PAST_REF")
    assert not same_date(["2021-05"], "2021-05-31")
    assert same_last_day(["2021-05"], "../2021-05-31")
    assert not same_last_day([None], "2021")
    assert touch(("2021-01-01", "2021-05-01"), ("2021-05-01", "2021-06-01"))
    assert not touch(("2021-01-01", "2021-05-01"), ("2021-05-02", "2021-06-01"))


def test_extents_drop_prepositions_possessives_and_edges() -> None:
    phrase: Row = {"surface": {"text": "last week’s", "start": 8}, "phrase": {"text": "since last week,", "start": 2}}
    assert extents(phrase) == {(8, "last week")}
    assert same_extent(extents(phrase), extents({"surface": "Last Week"}))
    assert not same_extent(extents(phrase), {(9, "last week")})


def test_lines_keep_their_place_without_bullets() -> None:
    assert lines([{"text": "• One\n\n  - Two ", "start": 10}, {"text": "Three"}]) == {(12, "One"), (21, "Two"), (None, "Three")}


@pytest.mark.parametrize(
    ("said", "bare"), [("Agree (to call for)", "agree"), ("be set to", "set to"), ("will not", "will not"), (None, ""), (3, "")]
)
def test_lemma(said: str | None, bare: str) -> None:
    assert lemma(said) == bare


def test_offices_and_sources() -> None:
    assert office_key("Minister for Foreign Affairs (Peru)") == office_key("Foreign Minister (Peru)") == {"minister", "foreign", "peru"}
    assert office_key(None) == frozenset()
    assert [source_class({"source": {"text": t}}) for t in ("“We", "they", "both sides", "the port")] == [
        "first-person", "pronoun", "collective", None,
    ]  # fmt: skip
