"""What was said: each measure on rows small enough to count by hand, with right/gold/predicted beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from review_folders import MEET, OTHER, PORT, ROAD, SAID, TARIFFS, act, but, count, demand, scored, span, statement

if TYPE_CHECKING:
    from pathlib import Path

    from reaffirm.review.rows import Row


@pytest.mark.parametrize(
    ("pred", "found", "exact", "right"),
    [
        ([SAID], (1, 1, 1), (1, 1, 1), (1, 1, 1)),
        ([], (0, 1, 0), (0, 1, 0), (0, 1, 0)),
        ([SAID, statement(ROAD)], (1, 1, 2), (1, 1, 2), (1, 1, 2)),
        ([SAID, SAID], (1, 1, 2), (1, 1, 2), (1, 1, 2)),  # one gold row matches one row
        ([but(SAID, content=[span("port will open by")])], (1, 1, 1), (0, 1, 1), (1, 1, 1)),  # F = 2*4/(9+4) = 0.62
        ([but(SAID, content=[span("the end of May")])], (1, 1, 1), (0, 1, 1), (1, 1, 1)),  # F = 2*4/(9+4) = 0.62
        ([but(SAID, content=[span("of May")])], (0, 1, 1), (0, 1, 1), (0, 1, 1)),  # F = 2*2/(9+2) = 0.36
        ([but(SAID, content=[span("the port will"), span("open by the end of May")])], (1, 1, 1), (1, 1, 1), (1, 1, 1)),
        ([but(SAID, content=PORT)], (1, 1, 1), (1, 1, 1), (1, 1, 1)),  # bare words have no place
        ([but(SAID, source=None)], (1, 1, 1), (1, 1, 1), (1, 1, 1)),  # an exact cue is enough
        ([but(SAID, source=None, cue=None)], (1, 1, 1), (1, 1, 1), (0, 1, 1)),
        ([but(SAID, speakers=["Ben Osei"])], (1, 1, 1), (1, 1, 1), (0, 1, 1)),
        ([but(SAID, doc=OTHER)], (0, 1, 1), (0, 1, 1), (0, 1, 1)),  # the same words of another document
        ([but(SAID, doc="elsewhere.txt")], (0, 1, 0), (0, 1, 0), (0, 1, 0)),  # not among the scored
        ([but(SAID, doc="some/where/a.txt")], (1, 1, 1), (1, 1, 1), (1, 1, 1)),
    ],
)
def test_statements_found_exact_right(
    tmp_path: Path, pred: list[Row], found: tuple[int, ...], exact: tuple[int, ...], right: tuple[int, ...]
) -> None:
    tally = scored(tmp_path, {"statements": [SAID]}, {"statements": pred})
    assert [count(tally, "statements", m) for m in ("found", "exact", "right")] == [found, exact, right]


@pytest.mark.parametrize(
    ("gold", "pred", "right"),
    [
        ({"speakers": ["Ana Ruiz"]}, {"speakers": ["Minister Ruiz"]}, True),  # another name of hers
        ({"speakers": ["Ana Ruiz"]}, {"speakers": ["the ana  RUIZ"]}, True),
        ({"speakers": ["Ana Ruiz"]}, {"speakers": ["Ana Ruiz", "Ben Osei"]}, False),
        ({"speakers": ["?the reports"]}, {"speakers": ["?some"]}, True),
        ({"speakers": ["?"]}, {"speakers": []}, True),
        ({"speakers": ["Ana Ruiz"], "speakers_external": ["Ben Osei"]}, {"speakers": ["Ana Ruiz", "Ben Osei"]}, True),
        ({"speakers": ["Ana Ruiz"], "speakers_external": ["Ben Osei"]}, {"speakers": ["Ana Ruiz"]}, True),
        ({"speakers": ["Ana Ruiz"], "speakers_external": ["Ben Osei"]}, {"speakers_external": ["Ben Osei"]}, True),
        ({"speakers": [], "speakers_external": ["Ben Osei"], "parties": ["Ghana"]}, {"speakers": ["Ghana"]}, True),
        ({"speakers": [], "speakers_external": ["Ben Osei"], "parties": ["Ghana"]}, {"parties": ["Ghana"]}, True),
        ({"speakers": [], "speakers_external": ["Ben Osei"], "parties": ["Ghana"]}, {"parties": ["Peru"]}, False),
        ({"speakers": [], "parties": ["Ghana"]}, {"speakers": ["Ghana"]}, True),  # the parties, where no name is warranted
        ({"speakers": ["Ana Ruiz"], "speakers_accept": [["Peru"]]}, {"speakers": ["Peru"]}, True),
        ({"speakers": ["Ana Ruiz"]}, {"speakers": 7}, False),  # no list: unknown
    ],
)
def test_speakers(tmp_path: Path, gold: dict[str, object], pred: dict[str, object], *, right: bool) -> None:
    tally = scored(tmp_path, {"statements": [statement(PORT, **gold)]}, {"statements": [statement(PORT, **pred)]})
    assert count(tally, "statements", "speakers") == (int(right), 1, 1)


@pytest.mark.parametrize(
    ("source", "kind"), [("She", "pronoun"), ("The two ministers", "collective"), ("We", "first-person"), ("Ana Ruiz", None)]
)
def test_speakers_by_class_of_source(tmp_path: Path, source: str, kind: str | None) -> None:
    row = statement(PORT, source={"text": source})
    tally = scored(tmp_path, {"statements": [row]}, {"statements": [row]})
    classes = {measure for _, measure in tally.cells if measure.startswith("speakers of ")}
    assert classes == ({f"speakers of {kind} sources"} if kind else set())


def test_fields_of_matched_statements(tmp_path: Path) -> None:
    gold = [
        but(SAID, id="g1"),
        statement(ROAD, id="g2", nested_in="g1", factuality="hearsay", directness="mixed", directness_accept=["direct"]),
    ]
    pred = [but(SAID, id="p1", parties=["Ghana"], factuality=None), statement(ROAD, id="p2", nested_in="p1", directness="direct")]
    tally = scored(tmp_path, {"statements": gold}, {"statements": pred})
    assert {m: count(tally, kind, m) for kind, m in tally.cells if kind == "statements"} == {
        "found": (2, 2, 2),
        "exact": (2, 2, 2),
        "right": (2, 2, 2),
        "found, not turns": (2, 2, 2),
        "source exact": (2, 2, 2),
        "cue exact": (2, 2, 2),
        "speakers": (2, 2, 2),
        "parties": (1, 2, 2),
        "directness": (2, 2, 2),
        "nested": (2, 2, 2),
        "nested, those that have a parent": (1, 1, 1),
        "factuality": (1, 2, 2),  # none is plain
        "factuality plain": (1, 1, 2),
        "factuality not plain": (0, 1, 0),
    }


@pytest.mark.parametrize(("parent", "right"), [("p1", 1), ("p2", 0), (None, 0), ("nobody", 0)])
def test_nesting_goes_by_matched_rows(tmp_path: Path, parent: str | None, right: int) -> None:
    gold = [but(SAID, id="g1"), statement(MEET, id="g2"), statement(ROAD, id="g3", nested_in="g1")]
    pred = [but(SAID, id="p1"), statement(MEET, id="p2"), statement(ROAD, id="p3", nested_in=parent)]
    tally = scored(tmp_path, {"statements": gold}, {"statements": pred})
    assert count(tally, "statements", "nested, those that have a parent") == (right, 1, 1)


def test_a_row_counts_as_turn_by_the_gold_it_matches(tmp_path: Path) -> None:
    gold = [statement(PORT, directness="turn"), statement(ROAD)]
    pred = [statement(PORT), statement(ROAD, directness="turn"), statement(MEET, directness="turn")]
    tally = scored(tmp_path, {"statements": gold}, {"statements": pred})
    assert count(tally, "statements", "found, turns") == (1, 1, 2)
    assert count(tally, "statements", "found, not turns") == (1, 1, 1)


@pytest.mark.parametrize(
    ("optional", "pred", "expected"),
    [
        (True, [], (0, 0, 0)),  # never missed
        (True, [SAID], (0, 0, 0)),  # never makes a prediction false
        (True, [SAID, SAID], (0, 0, 1)),  # absorbs one
        (False, [SAID], (1, 1, 1)),
    ],
)
def test_optional_rows_absorb(tmp_path: Path, pred: list[Row], expected: tuple[int, ...], *, optional: bool) -> None:
    tally = scored(tmp_path, {"statements": [but(SAID, optional=optional)]}, {"statements": pred})
    measured = tally.cells["statements", "found"].get("all", (0, 0, 0))
    assert tuple(measured) == expected


def test_a_required_row_goes_before_an_optional_one(tmp_path: Path) -> None:
    gold = [but(SAID, optional=True), SAID]
    assert count(scored(tmp_path, {"statements": gold}, {"statements": [SAID]}), "statements", "found") == (1, 1, 1)


@pytest.mark.parametrize(("polarity", "false"), [("withheld", 0), ("will not", 0), ("will", 1), (None, 1)])
def test_a_withheld_act_forgives_only_rows_that_say_so(tmp_path: Path, polarity: str | None, false: int) -> None:
    gold = act(TARIFFS, polarity="withheld", optional=True)
    tally = scored(tmp_path, {"commitments": [gold]}, {"commitments": [act(TARIFFS, polarity=polarity)]})
    assert count(tally, "commitments", "found") == (0, 0, false)
    assert ("commitments", "illocution") not in tally.cells  # its fields are not scored


@pytest.mark.parametrize(
    ("due", "given", "measured", "invented"),
    [
        ("2021", "2021-12", (1, 1, 1), 0),
        ("2021", "../2021-12-31", (1, 1, 1), 0),
        ("2021", "2022", (0, 1, 1), 0),
        ("2021", None, (0, 1, 0), 0),
        (None, "2021", (0, 0, 1), 1),
        (None, None, (0, 0, 0), 0),
    ],
)
def test_due(tmp_path: Path, due: str | None, given: str | None, measured: tuple[int, ...], invented: int) -> None:
    tally = scored(tmp_path, {"commitments": [act(MEET, due=due)]}, {"commitments": [act(MEET, due=given)]})
    assert count(tally, "commitments", "due") == measured
    assert count(tally, "commitments", "invented due (count of matched)") == (invented, 1, 1)


@pytest.mark.parametrize(
    ("key", "gold", "pred", "right"),
    [
        ("illocution", "agree (to call for)", "agree", 1),
        ("illocution", "be set to", "set to", 1),
        ("illocution", "agree", "pledge", 0),
        ("band", "strong", "weak", 0),
        ("polarity", "will", None, 1),
        ("polarity", "will not", "will", 0),
        ("undertaker", ["Peru"], ["Ana Ruiz"], 0),
        ("undertaker, as states", ["Peru"], ["Ana Ruiz"], 1),
        ("parties", ["Peru", "Ghana"], ["Ghana", "Peru"], 1),
        ("condition", None, span("if the treaty is signed"), 0),
        ("condition", span("if the treaty is signed"), span("the treaty is signed"), 1),
        ("condition", span("if the treaty is signed"), span("next year"), 0),
        ("condition", None, None, 1),
    ],
)
def test_fields_of_matched_commitments(tmp_path: Path, key: str, gold: object, pred: object, right: int) -> None:
    field = key.partition(",")[0]
    tally = scored(tmp_path, {"commitments": [act(MEET, **{field: gold})]}, {"commitments": [act(MEET, **{field: pred})]})
    assert count(tally, "commitments", key) == (right, 1, 1)


def test_demands_are_matched_class_by_class(tmp_path: Path) -> None:
    gold = [demand(ROAD, holder=["Ana Ruiz"], target=["Peru"]), demand("a success", **{"class": "evaluation"})]
    pred = [demand(ROAD, holder=["Ruiz"], target=["Ana Ruiz"]), demand("a success")]
    tally = scored(tmp_path, {"demands": gold}, {"demands": pred})
    measures = ("demand: found", "evaluation: found", "demand: holder", "demand: target", "demand: target, as states")
    assert [count(tally, "demands", m) for m in measures] == [(1, 1, 2), (0, 1, 0), (1, 1, 1), (0, 1, 1), (1, 1, 1)]


@pytest.mark.parametrize(
    ("gold", "pred", "act_", "strength", "near"),
    [
        # gold act and strength, predicted ones, and the three measures as right/gold/predicted
        (("commissive", 3), ("commissive", 3), (1, 1, 1), (1, 1, 1), (1, 1, 1)),
        (("commissive", 3), ("assertive", 2), (0, 1, 1), (0, 1, 1), (1, 1, 1)),
        (("commissive", 4), ("commissive", 2), (1, 1, 1), (0, 1, 1), (0, 1, 1)),
        (("commissive", 1), (None, None), (0, 1, 1), (0, 1, 1), (0, 1, 1)),
        ((None, None), ("commissive", 3), None, None, None),  # asked only where gold has them
        ((None, 2), ("commissive", 2), None, (1, 1, 1), (1, 1, 1)),
    ],
)
def test_act_and_strength_where_gold_has_them(
    tmp_path: Path, gold: tuple[object, object], pred: tuple[object, object],
    act_: tuple[int, ...] | None, strength: tuple[int, ...] | None, near: tuple[int, ...] | None,
) -> None:  # fmt: skip
    rows = [but(SAID, act=a, strength=s) for a, s in (gold, pred)]
    tally = scored(tmp_path, {"statements": rows[:1]}, {"statements": rows[1:]})
    for measure, expected in (("act", act_), ("strength", strength), ("strength within one", near)):
        assert (("statements", measure) in tally.cells) == (expected is not None)
        assert expected is None or count(tally, "statements", measure) == expected
