"""Spans, choice of documents, report and table, wrong input; and properties of whole scores."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from review_folders import (
    ACTORS,
    CARD,
    DOC,
    END,
    LIMA,
    MEET,
    OTHER,
    PORT,
    ROAD,
    SAID,
    TARIFFS,
    TEXT,
    act,
    but,
    card,
    count,
    demand,
    meeting,
    mention,
    scored,
    span,
    statement,
    thread,
    time,
    write,
)

from reaffirm.errors import UsageError
from reaffirm.review import scoring, vocabularies

if TYPE_CHECKING:
    from reaffirm.review.rows import Row


@pytest.mark.parametrize("name", ["a.txt", "a.txt.txt"])
def test_spans_are_proved_against_the_texts(tmp_path: Path, name: str) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / name).write_bytes(TEXT.encode())
    gold = write(tmp_path / "gold", {"documents": [card(furniture=[span("SHARE THIS PAGE")])]})
    moved = {**span(MEET), "start": span(MEET)["start"], "end": 400}
    rows = [
        statement(PORT),
        statement("SHARE THIS"),
        but(SAID, content=[moved], source=None, cue={"text": "x", "start": None, "end": None}),
    ]
    pred = write(tmp_path / "pred", {"statements": rows, "documents": [card(title=span("SHARE THIS PAGE"))]})
    tally = scoring.score(gold, pred, None, texts)
    assert count(tally, "spans", "statements: proved") == (2, 4, 4)
    assert count(tally, "spans", "documents: proved") == (1, 1, 1)
    assert count(tally, "spans", "evidence in furniture (count)")[0] == 1
    assert len(scoring.listing(tally, "wrong", "spans")) == 2


def test_documents_are_chosen_by_name_or_id(tmp_path: Path) -> None:
    rows = [SAID, but(SAID, doc="B")]  # a short id names a document
    by_id = scored(tmp_path / "1", {"statements": rows}, {"statements": [SAID]}, docs={"A"})
    by_name = scored(tmp_path / "2", {"statements": rows}, {"statements": [SAID]}, docs={OTHER})
    assert [count(t, "statements", "found") for t in (by_id, by_name)] == [(1, 1, 1), (0, 1, 0)]


def test_report_table_and_listing(tmp_path: Path) -> None:
    tally = scored(tmp_path, {"demands": [demand(ROAD)]}, {"demands": [demand(ROAD), demand("a success")]})
    figures = scoring.report(tally)["demands"]["demand-found"]["all"]
    assert figures == {"precision": 0.5, "recall": 1.0, "f1": 2 / 3, "right": 1, "gold": 1, "pred": 2}
    assert f"{'demands':12} {'demand: found':42}  0.500  1.000  0.667   1/1/2" in scoring.render(tally, "all")
    assert [line for line in scoring.render(tally, "doc") if line.startswith("==")] == [
        "== all", "== kind: editorial", "== kind: gist", "== doc: a.txt", "== doc: b.txt",
    ]  # fmt: skip
    assert scoring.listing(tally, "false", "demands")[0]["action"] == span("a success")
    assert scoring.listing(tally, "missed", "demands") == []


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("statements.jsonl", b'{"id": "a"}\n\n{"id": \n', r"statements\.jsonl, line 3: not JSON"),
        ("demands.jsonl", b"[1]\n", r"demands\.jsonl, line 1: one object a line is expected, not list"),
        ("timex.jsonl", b"\xff\n", r"timex\.jsonl cannot be read as UTF-8"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, file: str, content: bytes, message: str) -> None:
    gold, pred = write(tmp_path / "gold", {"documents": [card()]}), write(tmp_path / "pred", {})
    (pred / file).write_bytes(content)
    with pytest.raises(UsageError, match=message):
        scoring.score(gold, pred)


def test_wrong_arguments_say_what_to_give(tmp_path: Path) -> None:
    gold, empty = write(tmp_path / "gold", {"documents": [card()]}), write(tmp_path / "empty", {})
    with pytest.raises(UsageError, match="is no folder"):
        scoring.score(gold, tmp_path / "nowhere")
    with pytest.raises(UsageError, match="needs one"):
        scoring.score(empty, empty)
    with pytest.raises(UsageError, match="has no document Z"):
        scoring.score(gold, empty, {"A", "Z"})
    tally = scoring.score(gold, empty)
    with pytest.raises(UsageError, match="no list of best demands"):
        scoring.listing(tally, "best", "demands")
    with pytest.raises(UsageError, match="not 'page'"):
        scoring.render(tally, "page")  # type: ignore[arg-type]


def test_a_line_separator_inside_a_string_is_no_line_end(tmp_path: Path) -> None:
    row = '{"doc": "a.txt", "content": [{"text": "one\u2028two"}]}\r\n'
    gold = write(tmp_path / "gold", {"documents": [card()]})
    (gold / "statements.jsonl").write_bytes(row.encode())
    assert count(scoring.score(gold, gold), "statements", "found") == (1, 1, 1)


ALL: list[tuple[str, Row]] = [
    ("documents", CARD),
    ("documents", card(OTHER, kind="gist", furniture=[span("SHARE THIS PAGE")])),
    ("statements", but(SAID, id="s")),
    ("statements", statement(ROAD, id="r", nested_in="s", factuality="denied", directness="turn", source={"text": "She"})),
    ("statements", statement(MEET, id="u", doc=OTHER, optional=True)),
    ("commitments", act(MEET, id="c", doc=OTHER, statement="u", due="2022", condition=span("if the treaty is signed"))),
    ("commitments", act(TARIFFS, id="w", polarity="withheld", optional=True)),
    ("demands", demand(ROAD, id="n", statement="r", target=["Peru"])),
    ("demands", demand("a success", **{"class": "evaluation"})),
    ("meetings", LIMA),
    ("meetings", meeting(span("called them a success", DOC), id="k", kind="none")),
    ("mentions", mention("Minister Ruiz", office="Minister (Peru)")),
    ("mentions", mention("Ruiz")),
    ("timex", END),
    ("timex", time("Tuesday", optional=True)),
    ("threads", thread((DOC, ["s", "m"], "introduced"), (OTHER, ["c"], "weakened"))),
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(range(3, len(ALL))), unique=True))
def test_gold_against_itself_is_right_everywhere(chosen: list[int]) -> None:
    files: dict[str, list[Row]] = {"actors": ACTORS}  # the cards and the parent of the nested statement are always there
    for kind, row in [*ALL[:3], *(ALL[n] for n in chosen)]:
        files.setdefault(kind, []).append(row)
    with TemporaryDirectory() as tmp:
        folder = write(Path(tmp) / "gold", files)
        tally = scoring.score(folder, folder)
    for (_, measure), cells in tally.cells.items():
        for right, asked, given_ in cells.values():
            assert (right, given_) == (0 if "(count" in measure else asked, asked), measure


JUNK: st.SearchStrategy[object] = st.sampled_from(
    [None, True, -1, 7, 0.5, "", "x", [], [None], [[3]], [{}], {}, {"text": 3, "start": "a", "end": None}, {"doc": []}]
)


@settings(deadline=None)
@given(st.data())
def test_values_of_a_wrong_type_count_as_unknown(data: st.DataObject) -> None:
    files: dict[str, list[Row]] = {}
    for kind, row in ALL:
        keys = data.draw(st.sets(st.sampled_from(sorted(row)), max_size=3))
        files.setdefault(kind, []).append(but(row, **{key: data.draw(JUNK) for key in sorted(keys)}))
    gold: dict[str, list[Row]] = {"documents": [row for _, row in ALL[:2]], "actors": ACTORS}
    for kind, row in ALL[2:]:
        gold.setdefault(kind, []).append(row)
    with TemporaryDirectory() as tmp:
        tally = scored(Path(tmp), gold, files)
        scored(Path(tmp), {**files, "documents": gold["documents"]}, gold)
        vocabularies.check(Path(tmp) / "pred")
    assert all(right <= asked for (_, m), cells in tally.cells.items() for right, asked, _ in cells.values() if "(count" not in m)
