from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reaffirm import blocks, packs
from reaffirm.model import Block, Node, Source

PACKS = packs.load()
A = "The harbour ministers of Veldania and Ostmark agreed on Monday to open three ports to grain."
B = "The accord, the first in nine years, lets ships from both shores unload without a fee until spring."
C = "A joint body will look after the quays, and a report is due at the end of the year."


def cut(text: str, *nodes: Node) -> list[tuple[str, str]]:
    return [(b.kind, text[b.start : b.end]) for b in blocks.cut(Source(text, "test", nodes), PACKS)]


def kinds(text: str, *nodes: Node) -> list[str]:
    return [kind for kind, _ in cut(text, *nodes)]


def check(text: str, found: tuple[Block, ...]) -> None:
    covered = [False] * len(text)
    last = 0
    for block in found:
        assert last <= block.start < block.end <= len(text)
        assert not text[block.start].isspace()
        assert not text[block.end - 1].isspace()
        assert block.parts
        edge = block.start
        for start, end in block.parts:
            assert edge <= start < end <= block.end
            edge = end
        if block.label:
            assert block.start <= block.label.start < block.label.end <= block.label.cue_start <= block.label.cue_end <= block.parts[0][0]
        for i in range(block.start, block.end):
            covered[i] = True
        last = block.end
    assert all(done or c.isspace() or c == "\ufeff" for c, done in zip(text, covered, strict=True))


WORDS = st.sampled_from(
    ["Ilse Brandt:", "BRANDT.", "Q:", "A.", "Foreign Minister Ilse Brandt:", "(Laughter.)", "[note]", "• Grain", "1. Ports",
     "print PRINT", "Share", "the ports", "open.", A, B, "\n", "\n\n", "\r\n", " ", "\t", "\u2028",
     "\ufeff", "—", ":", "12", "Heading words", "***", "**", "(", "]"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map("".join), st.lists(WORDS, max_size=30).map("\n".join)))
def test_blocks_cover_each_visible_character_once_in_order(text: str) -> None:
    check(text, blocks.cut(Source(text, "test"), PACKS))


HINTS = st.sampled_from([None, "title", "heading", "standfirst", "paragraph", "list item", "caption", "note", "furniture"])


@settings(max_examples=200, deadline=None)
@given(
    st.lists(WORDS, max_size=30).map("".join),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 90), HINTS, st.sampled_from(["", "nav"])), max_size=6),
)
def test_nodes_of_any_kind_do_not_break_the_cover(text: str, places: list[tuple[int, int, Any, str]]) -> None:
    nodes = tuple(Node(a, a + n, "/", hint, reason) for a, n, hint, reason in places)
    check(text, blocks.cut(Source(text, "test", nodes), PACKS))


def test_an_empty_text_has_no_blocks() -> None:
    assert cut("") == []
    assert cut(" \n\ufeff\n ") == []


def test_title_headings_and_paragraphs_apart_by_blank_lines() -> None:
    text = f"Ports open again\n\n{A}\n\nWhat is new\n\n{B}\n\n{C}"
    assert kinds(text) == ["title", "paragraph", "heading", "paragraph", "paragraph"]


def test_one_line_a_paragraph() -> None:
    assert kinds(f"Ports open again\n{A}\nWhat is new\n{B}\n{C}") == ["title", "paragraph", "heading", "paragraph", "paragraph"]


def test_a_title_of_two_lines_and_a_byline_and_a_date() -> None:
    text = f"Joint statement of the harbour ministers of\nVeldania and Ostmark\n\nBy Ana Duarte\n\n3 May 2021\n\n{A}"
    assert cut(text)[0] == ("title", "Joint statement of the harbour ministers of\nVeldania and Ostmark")
    assert kinds(text) == ["title", "note", "note", "paragraph"]


def test_a_repeated_title_a_column_label_and_a_standfirst() -> None:
    text = "\n\n".join(["Harbour Letter", "The ports open again", "Harbour Letter", "The ports open again", B, A, C, f"{B} That is all."])
    assert kinds(text) == ["furniture", "furniture", "furniture", "title", "standfirst", "paragraph", "paragraph", "paragraph"]


def test_a_short_line_at_the_end_is_body() -> None:
    assert kinds(f"Ports open\n\n{A}\n\nA last word") == ["title", "paragraph", "paragraph"]


def test_addresses_to_an_audience_are_body() -> None:
    assert kinds(f"Mr. President\n\n{A}\n\nDistinguished delegates\n\n{B}") == ["paragraph"] * 4


WRAPPED = """     The harbour ministers of the two states have met in
Port Selby and have agreed that ships from both of the
shores may unload there without a fee until the spring
of next year.
     A joint body will look after the quays, and it will
report to the ministers at the end of the year in which
the accord enters into force.
"""


def test_wrapped_paragraphs_with_indented_first_lines() -> None:
    assert kinds(WRAPPED) == ["paragraph", "paragraph"]


def test_wrapped_paragraphs_told_apart_by_short_last_lines() -> None:
    text = WRAPPED.replace("     ", "")
    assert kinds(text) == ["paragraph", "paragraph"]
    assert "have\nmet" not in text
    assert cut(text)[0][1].endswith("of next year.")


def test_a_wrapped_sentence_over_a_blank_line_is_one_paragraph() -> None:
    assert kinds(WRAPPED.replace("     ", "").replace("both of the\n", "both of the\n\n")) == ["paragraph", "paragraph"]


def test_a_wrapped_dash_and_a_wrapped_number_are_no_bullets() -> None:
    text = (
        "The ministers of the two states said that the ports\n– all of them – would open, and that the resolution of\n"
        "the assembly, number\n"
        "12. of the last year, which has never been carried out\nby any of the members, would be put to a vote in the\n"
        "autumn of the next year."
    )
    assert kinds(text) == ["paragraph"]


def test_a_heading_in_a_wrapped_text_without_blank_lines() -> None:
    text = WRAPPED.replace("     A joint", "The quays\nA joint").replace("     ", "")
    assert kinds(text) == ["paragraph", "heading", "paragraph"]


@pytest.mark.parametrize("bullet", ["•", "-", "*", "–", "‣", "(a)", "(1)", "1.", "i.", "2)", "1.2"])
def test_list_items_without_their_bullets(bullet: str) -> None:
    text = f"They agreed on three things:\n{bullet} Open the northern ports.\n{bullet} Pay for the pilots.\n\n{A}"
    found = blocks.cut(Source(text, "test"), PACKS)
    assert [b.kind for b in found] == ["paragraph", "list item", "list item", "paragraph"]
    assert [text[s:e] for b in found[1:3] for s, e in b.parts] == ["Open the northern ports.", "Pay for the pilots."]


def test_a_decimal_number_is_no_bullet() -> None:
    assert kinds(f"{A}\n\n1.3 billion have no port at all.\n\n{B}") == ["paragraph"] * 3


def test_numbered_headings() -> None:
    text = f"Ports open\n\n1. Northern ports\n\n{A} {B}\n\n2. Southern ports\n\n{C} {B}"
    assert kinds(text) == ["title", "heading", "paragraph", "heading", "paragraph"]


@pytest.mark.parametrize(
    "note",
    [
        "[The following is the gist of what was said at Port Selby.]",
        "(This text was shortened.)",
        "— The original Ostmarkish article appeared in The Harbour Times on Jan. 8, 2022.",
        "Translated from the Ostmarkish by Lena Okoro",
        "Editor's note: names were changed.",
        "(Provisional translation)",
        "Source: Harbour Ministry",
    ],
)
def test_notes(note: str) -> None:
    assert cut(f"Ports open\n\n{A}\n\n{note}\n\n{B}")[2] == ("note", note)


def test_a_sentence_that_begins_and_ends_with_brackets_is_body() -> None:
    assert kinds(f"Ports open\n\n{A}\n\n(Some) ports open, others do not (yet)\n\n{B}")[2] != "note"


def test_captions_and_credits() -> None:
    assert kinds(f"Ports open\n\n{A}\n\nFigure 2: Ships in the bay of Selby, 1990 to 2020.\n\n{B}")[2] == "caption"
    assert kinds(f"Ports open\nCredit: (Milo Varga/Pool Photo via Coastal Press)\n\n{A}")[1] == "furniture"


def test_hints_of_nodes_are_honoured() -> None:
    parts: list[tuple[str, Any]] = [
        ("Ports", "title"),
        ("Now", "heading"),
        ("two words", "paragraph"),
        ("• one", "list item"),
        ("x", "caption"),
    ]
    text, nodes = "", []
    for words, hint in parts:
        nodes.append(Node(len(text), len(text) + len(words), "/", hint))
        text += words + "\n"
    assert kinds(text, *nodes) == [hint for _, hint in parts]


def test_a_hinted_header_over_plain_text() -> None:
    head = "Joint statement\nHarbour archive"
    text = f"{head}\n\n{A}\n\nThe quays\n\n{B}"
    nodes = (Node(0, 15, "/1", "title"), Node(16, len(head), "/2", "note"))
    assert kinds(text, *nodes) == ["title", "note", "paragraph", "heading", "paragraph"]


@pytest.mark.parametrize(
    "text",
    [
        "word " * 1_000_000,
        "Kurz\n" * 100_000,
        "Ilse Brandt: yes.\n" * 50_000,
        "ILSE BRANDT\n" * 50_000,
        "a:" * 500_000,
        "(" * 200_000,
        "[(" * 2_000 + "\n" + "((((" * 50,
        "- " * 500_000,
        "\n" * 2_000_000,
        "A. B. C. " * 200_000,
        ("x" * 199 + "\n") * 5_000,
        ("Photo by " + "a " * 80 + "\n") * 3_000,
    ],
    ids=lambda text: text[:12],
)
def test_four_times_the_text_takes_four_times_the_time(text: str) -> None:
    begun = time.process_time()
    blocks.cut(Source(text[: len(text) // 4], "test"), PACKS)
    between = time.process_time()
    blocks.cut(Source(text, "test"), PACKS)
    assert time.process_time() - between < 12 * (between - begun) + 0.5  # sixteen times, were it quadratic


def test_a_long_aside_in_round_brackets_is_body_and_a_short_one_a_note() -> None:
    aside = "(The two quays, by the way, are the only ones on that whole coast where ships of such a size can unload at any tide.)"
    assert kinds(f"Ports open\n\n{A}\n\n{aside}\n\n(Map by hand)\n\n{B}") == ["title", "paragraph", "paragraph", "note", "paragraph"]


SHARED = Path(os.environ.get("REAFFIRM_SHARED", "../shared"))


@pytest.mark.skipif(not (SHARED / "gold/seeds/documents.jsonl").exists(), reason="the shared folder is not there")
def test_the_seeds_are_cut_as_they_are_marked() -> None:
    for row in map(json.loads, (SHARED / "gold/seeds/documents.jsonl").read_text("utf-8").splitlines()):
        text = (SHARED / "seeds" / row["doc"]).read_bytes().decode("utf-8")
        found = blocks.cut(Source(text, "test"), PACKS)
        places = {kind: [(b.start, b.end) for b in found if b.kind == kind] for kind in ("title", "heading", "furniture")}
        assert places["title"] == [(row["title"]["start"], row["title"]["end"])]
        assert places["heading"] == [(h["start"], h["end"]) for h in row["headings"]]
        assert places["furniture"] == [(f["start"], f["end"]) for f in row["furniture"]]


@pytest.mark.skipif(not (SHARED / "gold/seeds/statements.jsonl").exists(), reason="the shared folder is not there")
def test_the_turns_of_the_seeds_are_those_marked() -> None:
    rows = [json.loads(line) for line in (SHARED / "gold/seeds/statements.jsonl").read_text("utf-8").splitlines()]
    for doc in sorted({row["doc"] for row in rows}):
        text = (SHARED / "seeds" / doc).read_bytes().decode("utf-8")
        marked = [row for row in rows if row["doc"] == doc and row["directness"] == "turn"]
        found = [b for b in blocks.cut(Source(text, "test"), PACKS) if b.label]
        assert [(b.label.start, b.label.end, b.label.cue_start, b.label.cue_end, *b.parts[0]) for b in found if b.label] == [
            (r["source"]["start"], r["source"]["end"], r["cue"]["start"], r["cue"]["end"], r["content"][0]["start"], r["content"][0]["end"])
            for r in marked
        ]
