"""The check of a folder in the exchange format: what it lets through, and each thing it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from review_folders import CHECKOUT, DOC, EXAMPLE, SEEDS, TEXT, required, span, write

from reaffirm.review.vocabularies import KEYS, VOCABULARY, check

if TYPE_CHECKING:
    from pathlib import Path

    from reaffirm.review.rows import Row


def row(file: str, /, **fields: object) -> Row:
    """A row with all keys of its kind, null unless given."""
    return {**dict.fromkeys(KEYS[file].split()), **fields}  # type: ignore[dict-item]


GOOD: dict[str, Row] = {
    "documents": row("documents", id="D", doc=DOC, kind="gist", published="2021-05", event_dates=["2021"], event_dates_accept=[["2021~"]]),
    "statements": row("statements", id="S", doc=DOC, content=[span("the road")], directness="turn", factuality="plain", meeting="M"),
    "commitments": row("commitments", id="C", doc="D", action=span("the road"), polarity="will", strength=5, band="strong", statement="S"),
    "demands": row("demands", id="N", doc=DOC, action=span("the road"), **{"class": "evaluation"}, polarity="mixed", commitment="C"),
    "meetings": row("meetings", id="M", evidence=[span("The talks", DOC)], date="../2021-05-01", status="held"),
    "mentions": row("mentions", doc=DOC, surface=span("Ana Ruiz"), kind="person"),
    "timex": row("timex", doc=DOC, surface=span("May"), type="DATE", interval="2021-05"),
    "threads": row(
        "threads",
        id="T",
        steps=[row("steps", doc=DOC, members=["S", "M"], status="introduced")],
        silent=[row("silent", doc=DOC, score=0.4)],
    ),
}


@pytest.mark.parametrize(
    ("kind", "change", "finding"),
    [
        ("documents", {"kind": "blog"}, "documents.jsonl, row 1: kind 'blog' is not in the vocabulary"),
        ("documents", {"published": "May"}, "documents.jsonl, row 1: published 'May' is no EDTF level 1 date"),
        (
            "documents",
            {"event_dates_accept": [["2021-02-30"]]},
            "documents.jsonl, row 1: event_dates_accept '2021-02-30' is no EDTF level 1 date",
        ),
        ("documents", {"events": ["S"]}, "documents.jsonl, row 1: events S names no row of meetings"),
        ("statements", {"id": "M"}, "the id M stands 2 times"),
        ("statements", {"doc": "z.txt"}, "statements.jsonl, row 1: no document z.txt"),
        ("statements", {"content": []}, "statements.jsonl, row 1: content is empty"),
        ("statements", {"nested_in": "C"}, "statements.jsonl, row 1: nested_in C names no row of statements"),
        ("statements", {"directness_accept": ["shouted"]}, "statements.jsonl, row 1: directness_accept 'shouted' is not in the vocabulary"),
        ("statements", {"cue": {"text": "", "start": 3, "end": 3}}, "statements.jsonl, row 1: span has no text at 3"),
        (
            "statements",
            {"cue": {"text": "said", "start": 3, "end": 8}},
            "statements.jsonl, row 1: span [3, 8) does not fit the 4 code points of 'said'",
        ),
        ("commitments", {"band": "weak"}, "commitments.jsonl, row 1: band weak does not fit strength 5"),
        ("commitments", {"due": "soon"}, "commitments.jsonl, row 1: due 'soon' is no EDTF level 1 date"),
        ("demands", {"polarity": None}, "demands.jsonl, row 1: polarity None does not go with class evaluation"),
        ("demands", {"class": "question"}, "demands.jsonl, row 1: polarity 'mixed' does not go with class question"),
        ("demands", {"strength": 5}, "demands.jsonl, row 1: strength 5 is not between 1 and 4"),
        ("meetings", {"evidence": [span("The talks", "z.txt")]}, "meetings.jsonl, row 1: no document z.txt"),
        (
            "threads",
            {"steps": [row("steps", doc=DOC, status="silent")]},
            "threads.jsonl, row 1, steps 1: status 'silent' is not in the vocabulary",
        ),
        ("threads", {"silent": [row("silent", doc=DOC, score=2)]}, "threads.jsonl, row 1, silent 1: score 2 is not between 0 and 1"),
    ],
)
def test_each_finding(tmp_path: Path, kind: str, change: dict[str, object], finding: str) -> None:
    files: dict[str, list[Row]] = {file: [good] for file, good in GOOD.items()}
    assert check(write(tmp_path / "good", files)) == []
    files[kind] = [{**GOOD[kind], **change}]  # type: ignore[dict-item]
    assert finding in check(write(tmp_path / "bad", files))


def test_a_missing_key_is_found(tmp_path: Path) -> None:
    bare = {key: value for key, value in GOOD["mentions"].items() if key != "office"}
    folder = write(tmp_path, {"documents": [GOOD["documents"]], "mentions": [bare]})
    assert check(folder) == ["mentions.jsonl, row 1: office is missing"]


def test_spans_without_a_place_are_allowed(tmp_path: Path) -> None:
    mention: Row = {**GOOD["mentions"], "surface": {"text": TEXT[:5], "start": None, "end": None, "occurrence": 1}}
    assert check(write(tmp_path, {"documents": [GOOD["documents"]], "mentions": [mention]})) == []


def test_the_example_keeps_the_format() -> None:
    assert check(required(EXAMPLE)) == []


def test_the_seeds_keep_the_format_but_for_one_key_that_they_lack() -> None:
    assert {finding.partition(": ")[2] for finding in check(required(SEEDS))} == {"answered_by is missing"}


def test_the_documentation_names_every_key_and_value() -> None:
    text = (CHECKOUT / "docs" / "format.md").read_text(encoding="utf-8")
    assert [key for keys in KEYS.values() for key in keys.split() if f"`{key}`" not in text] == []
    assert [value for values in VOCABULARY.values() for value in values if value not in text] == []
