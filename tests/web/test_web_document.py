"""The document reader: the whole text, its rows where they stand, the words that an address names."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from reaffirm.model import Block, Document
from reaffirm.web.marking import Mark, Note, part_of, parts, passages

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient

pytest_plugins = ["samples", "web_client"]
TEXT = "One two three four.\n\nFive six."


def document(*blocks: Block) -> Document:
    return Document("D-1", "0" * 64, TEXT, "0" * 64, "plain 1", blocks=blocks)


WHOLE = Block("paragraph", 0, 30, ((0, 19), (21, 30)))


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], [("One two three four.", ""), ("\n\n", ""), ("Five six.", "")]),
        ([("a", 4, 7)], [("One ", ""), ("two", "a"), (" three four.", ""), ("\n\n", ""), ("Five six.", "")]),
        (
            [("a", 0, 13), ("b", 4, 19)],  # they overlap; the innermost row is the shorter one
            [("One ", "a"), ("two three", "a"), (" four.", "b"), ("\n\n", ""), ("Five six.", "")],
        ),
        ([("a", 4, 25)], [("One ", ""), ("two three four.", "a"), ("\n\n", ""), ("Five", "a"), (" six.", "")]),
    ],
)
def test_stretches_belong_to_rows(marks: list[tuple[str, int, int]], expected: list[tuple[str, str]]) -> None:
    laid = [Mark(row, "said", "content", start, end) for row, start, end in marks]
    (passage,) = passages(document(WHOLE), [WHOLE], laid, [], None)
    assert [(s.text, s.row) for s in passage.stretches] == expected
    assert [s.text for s in passage.stretches if s.gap] == ["\n\n"]
    assert sorted(row for s in passage.stretches for row in s.opens) == sorted(row for row, _, _ in marks)


def test_notes_stand_beside_the_block_in_which_their_row_begins() -> None:
    blocks = [Block("paragraph", 0, 19, ((0, 19),)), Block("paragraph", 21, 30, ((21, 30),))]
    notes = [Note(row, "said", "", (), start, end, "") for row, start, end in (("b", 21, 25), ("a", 4, 25), ("c", 0, 1))]
    found = list(passages(document(*blocks), blocks, [], notes, None))
    assert [[n.row for n in passage.notes] for passage in found] == [["c", "a"], ["b"]]


def test_long_texts_come_in_parts() -> None:
    blocks = tuple(Block("paragraph", n * 10_000, n * 10_000 + 9_000, ()) for n in range(20))
    long = Document("D-1", "", "x" * 200_000, "", "plain 1", blocks=blocks)
    assert [block for part in parts(long) for block in part] == list(blocks)
    assert len(parts(long)) > 2
    for n, part in enumerate(parts(long), 1):
        assert {part_of(long, block.start) for block in part} == {n}


def test_the_whole_text_is_shown_as_it_stands(client: TestClient, asked: Callable[[str], Any], homes: dict[str, str]) -> None:
    for key in homes.values():
        told = asked(f"/d/{key}.json")
        assert told["parts"] == 1
        for passage in told["passages"]:
            stretches = passage["stretches"]
            assert [s["start"] for s in stretches[1:]] == [s["end"] for s in stretches[:-1]]
            assert (stretches[0]["start"], stretches[-1]["end"]) == (passage["start"], passage["end"])
        shown = " ".join(unescape(re.sub(r"<[^>]+>", "", client.get(f"/d/{key}").text)).split())
        for passage in told["passages"]:
            words = " ".join("".join(s["text"] for s in passage["stretches"] if not s["gap"]).split())
            assert words[:60] in shown


def test_words_and_margin_lead_to_each_other(client: TestClient, homes: dict[str, str]) -> None:
    for key in homes.values():
        page = client.get(f"/d/{key}").text
        ids = re.findall(r' id="([nw]-[^"]+)"', page)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([nw]-[^"]+)"', page)) <= set(ids)


def test_an_address_marks_its_words(client: TestClient, homes: dict[str, str], asked: Callable[[str], Any]) -> None:
    row = asked(f"/said.json?document={homes['01']}&per=1")["sheet"]["rows"][0]["statement"]["content"][0]
    page = client.get(f"/d/{homes['01']}?c={row['start']}-{row['end']}").text
    marked = "".join(re.findall(r'<mark class="here"[^>]*>(.*?)</mark>', page))
    assert unescape(re.sub(r"<[^>]+>", "", marked)) == row["exact"]
    assert page.count('id="here"') == 1


@pytest.mark.parametrize("place", ["9-3", "0-0", "99999999-999999999"])
def test_an_address_beyond_the_text_marks_nothing(client: TestClient, homes: dict[str, str], place: str) -> None:
    found = client.get(f"/d/{homes['01']}?c={place}")
    assert found.status_code == 200
    assert 'id="here"' not in found.text


@pytest.mark.parametrize("place", ["x", "1-2-3", "-1-2", "1–2"])
def test_what_is_no_place_is_refused(client: TestClient, homes: dict[str, str], place: str) -> None:
    assert client.get(f"/d/{homes['01']}", params={"c": place}).status_code == 422


def test_the_original_is_saved_and_never_shown(client: TestClient, homes: dict[str, str]) -> None:
    found = client.get(f"/d/{homes['09']}/original")
    assert b"<html" in found.content
    assert found.headers["content-type"] == "application/octet-stream"
    assert found.headers["content-disposition"].startswith("attachment;")
    assert found.headers["x-content-type-options"] == "nosniff"
