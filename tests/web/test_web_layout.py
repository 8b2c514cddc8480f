"""Documents as they looked: printed pages from their boxes, web pages from their elements, with the rows of the reader marked on them."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from reportlab.pdfgen.canvas import Canvas
from starlette.testclient import TestClient

from reaffirm.ledger import Ledger
from reaffirm.model import Document, Node
from reaffirm.web.app import application
from reaffirm.web.leaves import leaves
from reaffirm.web.marking import Mark

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytest_plugins = ["samples", "web_client"]
TEXT = "Head\n\nThey agreed to go on.\nPage 1\n\nNext"
LINES = [
    Node(0, 4, "page 1 72,756,100,774"), Node(6, 27, "page 1 72,700,282,712"),
    Node(28, 34, "page 1 280,28,302,37", None, "page number"), Node(36, 40, "page 2 72,756,100,774"),
]  # fmt: skip


def document(*nodes: Node) -> Document:
    return Document("D-1", "0" * 64, TEXT, "0" * 64, "x/1", nodes=nodes)


def test_lines_stand_at_their_boxes_from_the_upper_left() -> None:
    leaf, count = leaves(document(*LINES), [], None, 1)
    assert leaf
    assert (leaf.number, count, leaf.width, leaf.height) == (1, 2, 595, 842)
    assert [(s.stretch.text, s.x, s.y, s.width, s.height, s.reason) for s in leaf.slots] == [
        ("Head", 72, 842 - 774, 28, 18, ""),
        ("They agreed to go on.", 72, 842 - 712, 210, 12, ""),
        ("Page 1", 280, 842 - 37, 22, 9, "page number"),
    ]


def test_a_row_in_a_line_has_its_share_of_the_box_and_all_words_are_there() -> None:
    mark = Mark("S-1", "said", "content", 18, 26)
    leaf, _ = leaves(document(*LINES), [mark], None, 1)
    assert leaf
    line = [slot for slot in leaf.slots if slot.y == 842 - 712]
    assert [(slot.stretch.text, slot.stretch.row) for slot in line] == [("They agreed ", ""), ("to go on", "S-1"), (".", "")]
    assert line[0].x == 72
    assert all(a.x + a.width == pytest.approx(b.x, abs=0.2) for a, b in pairwise(line))
    assert sum(slot.width for slot in line) == pytest.approx(210, abs=0.3)


@pytest.mark.parametrize(("number", "here", "shown"), [(2, None, 2), (0, (36, 40), 2), (0, (6, 9), 1), (0, None, 1), (99, None, 2)])
def test_the_page_that_is_asked_for_or_has_the_words(number: int, here: tuple[int, int] | None, shown: int) -> None:
    leaf, _ = leaves(document(*LINES), [], here, number)
    assert leaf
    assert leaf.number == shown


def test_a_text_without_places_has_no_page() -> None:
    assert leaves(document(), [], None, 1) == (None, 0)


def test_elements_stand_with_those_of_their_row_or_list() -> None:
    paths = ["/html/body/h1", "/html/body/ul/li[1]", "/html/body/ul/li[2]", "/html/body/table/tr/td[1]/p", "/html/body/table/tr/td[2]"]
    nodes = [Node(n, n + 1, path) for n, path in enumerate(paths)]
    leaf, _ = leaves(document(*nodes), [], None, 1)
    assert leaf
    assert [[piece.look for piece in group] for group in leaf.groups] == [["heading"], ["item", "item"], ["cell", "cell"]]


def test_every_word_of_a_web_page_is_shown_with_its_rows(asked: Callable[[str], Any], homes: dict[str, str], client: TestClient) -> None:
    whole, shown = asked(f"/d/{homes['09']}.json"), asked(f"/d/{homes['09']}/layout.json")
    stretches = [s for group in shown["leaf"]["groups"] for piece in group for s in piece["stretches"]]
    reader = [s for passage in whole["passages"] for s in passage["stretches"]]
    assert {s["row"] for s in stretches if s["row"]} == {s["row"] for s in reader if s["row"]}
    assert "".join("".join(s["text"] for s in stretches).split()) == "".join("".join(s["text"] for s in reader).split())
    page = client.get(f"/d/{homes['09']}/layout").text
    assert 'class="furniture"' in page
    assert "<li>" in page


def test_a_pdf_is_shown_page_by_page_without_its_own_code(tmp_path: Path, pack: Path, client: TestClient) -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for number in (1, 2):
        canvas.drawString(72, 720, f"The Ministers of Velmara and Saoren agreed to open a harbour office in year {number}.")
        canvas.showPage()
    canvas.save()
    (tmp_path / "talks.pdf").write_bytes(stream.getvalue())
    with Ledger(tmp_path / "l.db", create=True, packs=[pack]) as ledger:
        ledger.add([tmp_path / "talks.pdf"])
        (row,) = [said for said in ledger.commitments() if "year 2" in said.row.action.exact]
    own = TestClient(application(tmp_path / "l.db", [pack]), base_url=str(client.base_url))
    span = row.row.action
    page = own.get(f"/d/talks.pdf/layout?c={span.start}-{span.end}").text
    assert "Page 2 of 2" in page
    assert f'id="n-{row.row.id}"' in page
    assert '<rect class="in-commitment' in page
    assert "/layout?leaf=1" in page
    assert own.get("/d/talks.pdf").text.count("/layout") == 1
