"""PDF documents: every word of the files made here comes back in order, and hostile files say why not."""

from __future__ import annotations

import difflib
import itertools
from typing import TYPE_CHECKING

import pdf_files as make
import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from reaffirm.formats import pdf
from reaffirm.formats.pdf.composition import Habit, mend

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reaffirm.model import Source

FONT = "Times-Roman"
FURNITURE = {"page header", "page footer", "page number", "watermark"}


def read(data: bytes) -> Source:
    assert pdf.sniff(data, "x.pdf")
    source = pdf.read(data, "x.pdf")
    edge = 0
    for node in source.nodes:
        assert edge <= node.start < node.end <= len(source.text)
        edge = node.end
    return source


def squash(words: str) -> str:
    return "".join(words.split())


def body(source: Source) -> str:
    return " ".join(source.text[node.start : node.end] for node in source.nodes if not node.furniture)


def score(known: Iterable[str], source: Source) -> float:
    """Twice the characters that match in order, against all characters of both, white space aside."""
    a, b = squash("".join(known)), squash(body(source))
    return 2 * sum(m.size for m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()) / (len(a) + len(b))


def lines(source: Source) -> list[str]:
    return source.text.split("\n\n")


def hints(source: Source) -> list[tuple[str, str]]:
    return [(node.hint or node.furniture, source.text[node.start : node.end]) for node in source.nodes]


def kinds(source: Source) -> list[str]:
    return [kind for kind, _ in itertools.groupby(kind for kind, _ in hints(source))]


def problems(source: Source) -> list[tuple[str, str, str]]:
    return [problem[:3] for problem in source.problems]


def flowed(name: str) -> tuple[bytes, list[str]]:
    """A file laid out by a typesetter, and its paragraphs."""
    words = make.prose(24, seed=len(name))
    styles = {"ragged": make.BODY, "justified": make.JUSTIFIED, "indented": make.INDENTED}
    how, columns = name.split()
    return make.flowing(make.paragraphs(words, styles[how]), columns=int(columns), decorate=make.running("Gazette of Norland")), words


@pytest.mark.parametrize("name", [*(f"{how} {n}" for how in ("ragged", "justified") for n in (1, 2, 3)), "indented 1", "indented 2"])
def test_the_words_of_columns_come_back_in_order(name: str) -> None:
    data, words = flowed(name)
    source = read(data)
    assert score(words, source) > 0.999
    found = set(lines(source))
    assert sum(paragraph in found for paragraph in words) >= len(words) - 2  # one may end with a page, or a column
    assert source.problems == ()


def test_a_paragraph_is_one_line_whose_nodes_are_its_printed_lines() -> None:
    words = make.prose(2)
    sheet = make.Sheet()
    y = sheet.column(72, 770, make.wrap(words[0], 400))
    sheet.column(72, y - 8, make.wrap(words[1], 400))
    source = read(sheet.save())
    assert source.text == "\n\n".join(words)
    assert [text for _, text in hints(source)] == [*make.wrap(words[0], 400), *make.wrap(words[1], 400)]
    assert {source.text[a.end : b.start] for a, b in itertools.pairwise(source.nodes)} == {" ", "\n\n"}
    page, box = source.nodes[0].path.rsplit(" ", 1)
    left, bottom, right, top = map(int, box.split(","))
    width = stringWidth(make.wrap(words[0], 400)[0], FONT, 11)
    assert page == "page 1"
    assert left == 72
    assert bottom < 770 < top < 785
    assert abs(right - 72 - width) <= 1


def test_each_paragraph_stands_on_the_page_that_its_nodes_name() -> None:
    sheet = make.Sheet()
    words = make.prose(5)
    for paragraph in words:
        sheet.column(72, 700, make.wrap(paragraph, 400))
        sheet.turn()
    source = read(sheet.save())
    for number, paragraph in enumerate(words, start=1):
        start = source.text.index(paragraph)
        inside = [node for node in source.nodes if start <= node.start < start + len(paragraph)]
        assert {node.path.rsplit(" ", 1)[0] for node in inside} == {f"page {number}"}


def test_furniture_stays_in_the_text_and_never_stands_inside_a_paragraph() -> None:
    words = make.prose(20, seed=5)
    source = read(make.flowing(make.paragraphs(words, make.INDENTED), decorate=make.running("Joint Statement", "Page {} of 4")))
    assert set(words) <= set(lines(source))
    furniture = [(node.furniture, source.text[node.start : node.end]) for node in source.nodes if node.furniture]
    count = int(source.metadata[-1].value)
    assert count > 1
    assert furniture.count(("page header", "Joint Statement")) == count
    assert [text for reason, text in furniture if reason == "page number"] == [f"Page {n} of 4" for n in range(1, count + 1)]


@pytest.mark.parametrize("number", ["1", "- 1 -", "Page 1 of 1", "[1]", "i"])
def test_a_lone_page_number_is_furniture_even_on_one_page(number: str) -> None:
    sheet = make.Sheet()
    sheet.column(72, 770, make.wrap(make.prose(1)[0], 400))
    sheet.put(290, 40, number)
    assert hints(read(sheet.save()))[-1] == ("page number", number)


@pytest.mark.parametrize(("first", "second", "furniture"), [
    ("Statement 2031/4", "Statement 2031/4", True),
    ("Statement 1", "Statement 2", True),  # the number grows with the pages'
    ("Article 4", "Article 9", False),
    ("On the harbours", "On the railways", False),
])  # fmt: skip
def test_a_running_head_repeats_up_to_the_number_of_its_page(first: str, second: str, furniture: bool) -> None:  # noqa: FBT001
    sheet = make.Sheet()
    for head, paragraph in zip((first, second), make.prose(2), strict=True):
        sheet.put(72, 800, head)
        sheet.column(72, 760, make.wrap(paragraph, 400))
        sheet.turn()
    found = {text: kind for kind, text in hints(read(sheet.save()))}
    assert [found[head] in FURNITURE for head in (first, second)] == [furniture, furniture]


def test_a_running_head_may_change_on_alternate_pages() -> None:
    sheet = make.Sheet()
    for number, paragraph in enumerate(make.prose(6)):
        sheet.put(72, 800, ("Norland and Sudria", "Third Consultation")[number % 2])
        sheet.column(72, 760, make.wrap(paragraph, 400))
        sheet.turn()
    assert [kind for kind, _ in hints(read(sheet.save()))].count("page header") == 6


def test_footnotes_follow_the_paragraph_that_crosses_the_page() -> None:
    words = make.prose(1, least=5)[0]
    upper, lower = (wrapped := make.wrap(words, 400))[:2], wrapped[2:]
    sheet = make.Sheet()
    y = sheet.column(72, 770, make.wrap(make.prose(1, seed=3)[0], 400))
    y = sheet.column(72, y - 8, upper)
    sheet.put(72 + stringWidth(upper[-1], FONT, 11), y + 18, "1", size=6)
    sheet.canvas.line(72, 130, 200, 130)
    sheet.put(72, 120, "1", size=5)
    sheet.column(76, 117, ["See the agreement on fisheries, which both sides signed", "in the port of Calloway."], size=8)
    sheet.put(290, 40, "7")
    sheet.turn()
    sheet.column(72, 770, lower)
    source = read(sheet.save())
    assert lines(source)[1:] == [
        f"{' '.join(upper)}1 {' '.join(lower)}",
        "1 See the agreement on fisheries, which both sides signed in the port of Calloway.", "7",
    ]  # fmt: skip
    assert kinds(source) == ["paragraph", "note", "page number"]


def test_a_title_stands_over_columns_and_a_heading_within_them() -> None:
    words = make.prose(6, seed=8)
    sheet = make.Sheet()
    sheet.put(72, 780, "A Statement that Stands over Both of Its Columns", "Helvetica-Bold", 18)
    y = sheet.column(72, 750, make.wrap(words[0], 450)) - 12
    sheet.put(72, y, "On the Harbours", "Helvetica-Bold", 11)
    left = sheet.column(72, y - 16, make.wrap(words[1], 213))
    sheet.column(72, left - 8, make.wrap(words[2], 213))
    right = sheet.column(310, y - 3, make.wrap(words[3], 213))
    right = sheet.column(310, right - 8, make.wrap(words[4], 213))
    source = read(sheet.save())
    assert lines(source) == ["A Statement that Stands over Both of Its Columns", words[0], "On the Harbours", *words[1:5]]
    assert kinds(source) == ["title", "paragraph", "heading", "paragraph"]


def test_items_of_lists_are_paragraphs_of_their_own() -> None:
    said = [make.sentence(make.dice(seed)) for seed in range(6)]
    intro, close = make.prose(2, seed=2)
    story = [*make.paragraphs([intro]), make.items(said[:3]), *make.paragraphs([close]), make.items(said[3:], "1")]
    source = read(make.flowing(story))
    numbered = [f"{n} {text}" for n, text in enumerate(said[3:], start=1)]
    assert lines(source) == [intro, *(f"• {text}" for text in said[:3]), close, *numbered]
    assert next(text for kind, text in hints(source) if kind == "list item").startswith("•")


def test_a_table_is_read_row_by_row_with_a_tab_between_cells() -> None:
    rows = [["Item", "Norland", "Sudria"], *([noun.title(), str(n * 17), str(n * 231)] for n, noun in enumerate(make.NOUNS[:8]))]
    before, after = make.prose(2, seed=4)
    source = read(make.flowing([*make.paragraphs([before]), make.grid(rows, [150, 150, 150]), *make.paragraphs([after])]))
    assert lines(source) == [before, *("\t".join(row) for row in rows), after]


def test_cells_of_several_lines_stay_together() -> None:
    rows = [(noun.title(), make.sentence(make.dice(n)), make.sentence(make.dice(n + 50))) for n, noun in enumerate(make.NOUNS[:5])]
    sheet = make.Sheet()
    y = sheet.column(72, 770, make.wrap(make.prose(1)[0], 450)) - 14
    for row in rows:
        y = min(sheet.column(x, y, make.wrap(cell, 160)) for x, cell in zip((72, 160, 340), row, strict=True)) - 6
    assert lines(read(sheet.save()))[1:] == ["\t".join(row) for row in rows]


def test_a_line_repeated_at_the_top_of_two_tables_is_no_running_head() -> None:
    sheet = make.Sheet()
    for _ in range(2):
        for n, noun in enumerate(make.NOUNS[:20]):
            sheet.put(72, 780 - 14 * n, noun)
            sheet.put(200, 780 - 14 * n, str(n))
        sheet.turn()
    assert {node.furniture for node in read(sheet.save()).nodes} == {""}


def test_a_watermark_is_furniture_beside_the_text() -> None:
    words = make.prose(3)
    sheet = make.Sheet()
    sheet.canvas.saveState()
    sheet.canvas.translate(150, 300)
    sheet.canvas.rotate(50)
    sheet.put(0, 0, "DRAFT COPY", "Helvetica-Bold", 60)
    sheet.canvas.restoreState()
    y = 770.0
    for paragraph in words:
        y = sheet.column(72, y, make.wrap(paragraph, 420)) - 7
    source = read(sheet.save())
    assert lines(source) == [*words, "DRAFT COPY"]
    assert source.nodes[-1].furniture == "watermark"


def test_letters_set_apart_are_one_word() -> None:
    sheet = make.Sheet()
    x = 72.0
    for char in "JOINT STATEMENT":
        if char != " ":
            sheet.put(x, 770, char, size=14)
        x += stringWidth(char, FONT, 14) + 4
    sheet.column(72, 740, make.wrap(make.prose(1)[0], 420))
    assert lines(read(sheet.save()))[0] == "JOINT STATEMENT"


def test_a_quotation_set_in_from_both_sides_is_a_paragraph() -> None:
    first, quoted, last = make.prose(3, seed=21)
    sheet = make.Sheet()
    y = sheet.column(72, 770, make.wrap(first, 450))
    y = sheet.column(108, y, make.wrap(quoted, 360))
    sheet.column(72, y, make.wrap(last, 450))
    assert lines(read(sheet.save())) == [first, quoted, last]


def test_lines_that_were_broken_on_purpose_stay_apart() -> None:
    address = ["Ministry of Ports", "12 Harbour Street", "Calloway"]
    sheet = make.Sheet()
    y = sheet.column(72, 770, make.wrap(make.prose(1)[0], 450))
    sheet.column(72, y, address)
    assert lines(read(sheet.save()))[1:] == address


def drawn(words: list[str], draw: Callable[[make.Sheet, list[tuple[float, float, str]]], None], *, letters: bool) -> Source:
    """What is read when the lines, or the letters without the spaces, of paragraphs are drawn in some way."""
    y = 770.0
    pieces: list[tuple[float, float, str]] = []
    for paragraph in words:
        for line in make.wrap(paragraph, 420):
            starts = [(72 + stringWidth(line[:n], FONT, 11), y, char) for n, char in enumerate(line) if char != " "]
            pieces += starts if letters else [(72.0, y, line)]
            y -= 14
        y -= 7
    sheet = make.Sheet()
    draw(sheet, pieces)
    return read(sheet.save())


def in_order(sheet: make.Sheet, pieces: list[tuple[float, float, str]]) -> None:
    for piece in pieces:
        sheet.put(*piece)


def shuffled(sheet: make.Sheet, pieces: list[tuple[float, float, str]]) -> None:
    in_order(sheet, make.dice(3).sample(pieces, len(pieces)))


def doubled(sheet: make.Sheet, pieces: list[tuple[float, float, str]]) -> None:
    for shift in (0, 0.35):
        in_order(sheet, [(x + shift, y, words) for x, y, words in pieces])


@pytest.mark.parametrize("draw", [in_order, shuffled, doubled])
@pytest.mark.parametrize("letters", [True, False])
def test_the_order_of_drawing_does_not_matter(draw: Callable[..., None], letters: bool) -> None:  # noqa: FBT001
    words = make.prose(4, seed=12)
    assert lines(drawn(words, draw, letters=letters)) == words


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_rotated_pages_are_read_upright(turn: int) -> None:
    words = make.prose(3, seed=turn)
    sheet = make.Sheet()
    sheet.canvas.setPageRotation(turn)
    y = 770.0
    for paragraph in words:
        y = sheet.column(72, y, make.wrap(paragraph, 420)) - 7
    source = read(sheet.save())
    assert lines(source) == words
    assert source.nodes[0].path.startswith("page 1 72,76")


@pytest.mark.parametrize(("turn", "shift", "box"), [(90, (595, 0), "77,72"), (180, (595, 842), "72,289"), (270, (0, 842), "502,5")])
def test_rotated_text_is_read_along_its_own_direction(turn: int, shift: tuple[float, float], box: str) -> None:
    words = make.prose(3, seed=turn)
    sheet = make.Sheet()
    sheet.canvas.translate(*shift)
    sheet.canvas.rotate(turn)
    y = 510.0
    for paragraph in words:
        y = sheet.column(72, y, make.wrap(paragraph, 420)) - 7
    source = read(sheet.save())
    assert lines(source) == words
    sides = [int(side) for side in source.nodes[0].path.split(" ")[2].split(",")]
    assert sides[0] < sides[2]
    assert sides[1] < sides[3]
    assert min(sides) >= 0
    assert max(sides) <= 842


def test_ligatures_are_letters() -> None:
    sheet = make.Sheet()
    sheet.canvas.setFont(make.font(), 11)
    sheet.canvas.drawString(72, 700, "The \ufb01sheries con\ufb01rm their \ufb02eet.")
    assert read(sheet.save()).text == "The fisheries confirm their fleet."


@pytest.mark.parametrize(("first", "second", "elsewhere", "kept", "glue"), [
    ("the agree-", "ment on", "", "the agree", ""),
    ("the agree\u00ad", "ment on", "", "the agree", ""),
    ("a self-", "defence force", "", "a self-", ""),
    ("the non-", "proliferation talks", "", "the non-", ""),
    ("are pre-", "sented to", "", "are pre", ""),
    ("a co-", "operative plan", "", "a co-", ""),
    ("a short-", "age of", "", "a short", ""),
    ("the well-", "fare of", "welfare wellfare", "the well", ""),
    ("a rail-", "road bridge", "rail-road", "a rail-", ""),
    ("a rail-", "road bridge", "rail-road railroad", "a rail", ""),
    ("the Norland-", "Sudria talks", "", "the Norland-", ""),
    ("the years 2030-", "2034 were", "", "the years 2030-", ""),
    ("they met -", "at last", "", "they met -", " "),
    ("they met", "at last", "", "they met", " "),
    ("the years 2030\u2013", "2034 were", "", "the years 2030\u2013", ""),
    ("they met \u2013", "at last", "", "they met \u2013", " "),
    ("a three-year-", "old plan", "", "a three-year-", ""),
])  # fmt: skip
def test_a_word_divided_at_a_lines_end_is_mended(first: str, second: str, elsewhere: str, kept: str, glue: str) -> None:
    assert mend(first, second, Habit(frozenset(elsewhere.split()))) == (kept, glue)


def test_hyphens_of_line_ends_are_mended_by_what_the_document_writes_elsewhere() -> None:
    sheet = make.Sheet()
    sheet.column(72, 770, ["The officers of both sides welcomed the customs union, rail-", "road links, and the minis-", "ters agreed."])
    sheet.column(72, 690, ["A rail-road bridge will be built."])
    found = read(sheet.save()).text
    assert "rail-road links, and the ministers agreed." in found
