"""PDF documents as browsers, office programs and distillers make them: the geometry of their output, drawn with reportlab."""

from __future__ import annotations

import pdf_files as make
import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from test_pdf import hints, lines, read

from reaffirm.formats.pdf.words import whole

FONT = "Times-Roman"


def spread(
    sheet: make.Sheet, x: float, y: float, words: str, *, width: float = 0.0, font: str = FONT, size: float = 11, space: float = 0.25
) -> None:
    """Draw each word of a line by itself without any space, as browsers do; over the whole width, where one is given."""
    parts = words.split()
    full = sum(stringWidth(part, font, size) for part in parts)
    gap = (width - full) / max(1, len(parts) - 1) if width else space * size
    for part in parts:
        sheet.put(x, y, part, font, size)
        x += stringWidth(part, font, size) + gap


def spread_column(sheet: make.Sheet, x: float, y: float, words: str, width: float, *, leading: float = 1.16) -> float:
    """The height below a justified paragraph whose words are drawn by themselves."""
    wrapped = make.wrap(words, width)
    for line in wrapped:
        spread(sheet, x, y, line, width=width if line != wrapped[-1] else 0)
        y -= leading * 11
    return y


def test_a_space_that_is_not_drawn_may_be_kerned() -> None:
    sheet = make.Sheet()
    spread(sheet, 72, 780, "Port Ambray, 14 March 2034", font="Times-Italic", space=0.155)
    spread_column(sheet, 72, 750, make.prose(1)[0], 420)
    assert lines(read(sheet.save()))[0] == "Port Ambray, 14 March 2034"


def test_columns_with_a_narrow_gutter_are_parted_beside_large_headings() -> None:
    first, second, third, fourth = make.prose(4, seed=31, least=4)
    sheet = make.Sheet()
    for row, words in enumerate(("Joint Statement of the", "Fourth Consultation", "on Harbours")):
        sheet.put(76.5, 730 - 25 * row, words, "Times-Bold", 22)
    left = spread_column(sheet, 76.5, 640, first, 215)
    spread(sheet, 76.5, left - 14, "1. Section on harbours and roads", font="Times-Bold", size=15)
    right = spread_column(sheet, 303, 755.7, second, 215)
    spread(sheet, 303, left - 14, "2. Section on railways and rivers", font="Times-Bold", size=15)
    assert right > left
    right = spread_column(sheet, 303, right - 6, " ".join(make.wrap(third, 215)[: int((right - left - 14) // 12.76)]), 215)
    spread_column(sheet, 76.5, left - 40, third, 215)
    spread_column(sheet, 303, left - 40, fourth, 215)
    found = lines(read(sheet.save()))
    assert found[:3] == ["Joint Statement of the Fourth Consultation on Harbours", first, "1. Section on harbours and roads"]
    assert found[3:5] == [third, second]
    assert found[-2:] == ["2. Section on railways and rivers", fourth]


@pytest.mark.parametrize("shape", ["disc", "square", "circle"])
def test_a_bullet_that_is_drawn_as_a_shape_begins_an_item(shape: str) -> None:
    said = ["improve the exchange of shipping data", "Hold two exercises a year, in spring and in autumn", "review the agreement in 2036"]
    sheet = make.Sheet()
    y = spread_column(sheet, 72, 770, make.prose(1)[0], 420) - 4
    for item in said:
        spread(sheet, 102, y, item)
        if shape == "square":
            sheet.canvas.rect(91, y + 2, 3, 3, stroke=0, fill=1)
        else:
            sheet.canvas.circle(92.5, y + 3.5, 1.5, stroke=int(shape == "circle"), fill=int(shape == "disc"))
        y -= 12.76
    source = read(sheet.save())
    assert lines(source)[1:] == said
    assert [kind for kind, _ in hints(source)][-3:] == ["list item"] * 3


def test_shapes_within_a_line_begin_nothing() -> None:
    words = make.prose(1)[0]
    sheet = make.Sheet()
    y = 770.0
    for line in make.wrap(words, 420):
        sheet.put(72, y, line)
        x = 72 + stringWidth(line.split()[0], FONT, 11)
        sheet.canvas.rect(x, y + 2, 2, 2, stroke=0, fill=1)
        y -= 13
    assert lines(read(sheet.save())) == [words]


def test_lines_of_justified_cells_are_no_cells() -> None:
    rows = [
        ("Measure", "Lead", "State of affairs"),
        ("Repair of seabed cables", "Ministry of Transport", "Two bids were received in March."),
        ("Consular office", "Ministry", "Opened."),
        ("Exchange of officers and cadets", "Ministry of Defence", "Forty officers went, more are to go."),
    ]  # fmt: skip
    sheet = make.Sheet()
    y = spread_column(sheet, 72, 770, make.prose(1)[0], 450) - 16
    for row in rows:
        y = min(spread_column(sheet, x, y, cell, width) for x, cell, width in zip((72, 190, 290), row, (105, 85, 150), strict=True)) - 4
    assert lines(read(sheet.save()))[1:] == ["\t".join(row) for row in rows]


def test_cells_of_prose_are_read_row_by_row_though_one_column_has_lines_of_its_own() -> None:
    rows = [
        ("Measure proposed by the sides", "State of affairs in the spring of the year"),
        ("Repair of the seabed cables", "Tender opened in March; two bids received, one of them from a group of three yards."),
        ("Consular office in the interior", "Opened."),
        ("Exchange of officers and cadets", "Forty officers a year; the number is to be doubled by 2036, funds permitting, in steps."),
    ]  # fmt: skip
    sheet = make.Sheet()
    y = sheet.column(72, 770, make.wrap(make.prose(1)[0], 450), leading=1.15) - 16
    for row in rows:
        y = (
            min(sheet.column(x, y, make.wrap(cell, width), leading=1.2) for x, cell, width in zip((72, 250), row, (160, 210), strict=True))
            - 6
        )
    assert lines(read(sheet.save()))[1:] == ["\t".join(row) for row in rows]


def test_the_first_cell_of_a_row_may_have_two_lines() -> None:
    rows = [
        ("State", "Vessels", "Year"),
        ("Norland", "12", "2033"),
        ("Sudria and the", "140", "2035"),
        ("Tarnovia", "9", "2034"),
        ("Meridia and the", "7", "2036"),
    ]
    sheet = make.Sheet()
    y = sheet.column(72, 770, make.wrap(make.prose(1)[0], 450)) - 16
    for name, *others in rows:
        sheet.put(72, y, name)
        for x, cell in zip((160, 240), others, strict=True):
            sheet.put(x, y, cell)
        if name.endswith("the"):
            y -= 12
            sheet.put(72, y, "Isles")
        y -= 18
    expected = ["\t".join([f"{name} Isles" if name.endswith("the") else name, *others]) for name, *others in rows]
    assert lines(read(sheet.save()))[1:] == expected


def test_the_bold_head_of_a_small_table_is_no_heading() -> None:
    sheet = make.Sheet()
    y = sheet.column(72, 770, make.wrap(make.prose(1)[0], 450)) - 16
    for x, words in ((72, "State"), (130, "Ships"), (190, "Year")):
        sheet.put(x, y, words, "Times-Bold")
    sheet.put(72, y - 40, "Climate and the Oceans", "Times-Bold")
    found = {text: kind for kind, text in hints(read(sheet.save()))}
    assert found["Climate and the Oceans"] == "heading"
    assert [kind for text, kind in found.items() if text.startswith("State")] == ["paragraph"]


def test_a_body_set_wide_beside_lists_set_close_stays_whole() -> None:
    sheet = make.Sheet()
    y, words = 780.0, make.prose(4, seed=6)
    expected: list[str] = []
    for paragraph in words:
        expected.append(paragraph)
        y = sheet.column(72, y, make.wrap(paragraph, 450), leading=1.72) - 6
        for item in ("improve the exchange of data;", "hold two exercises a year;", "review the agreement;", "publish a report."):
            expected.append(f"• {item}")
            sheet.put(90, y, f"• {item}")
            y -= 12.7
        y -= 12
    assert lines(read(sheet.save())) == expected


@pytest.mark.parametrize(("last", "one"), [(True, True), (False, False)])
def test_a_justified_paragraph_whose_last_line_on_a_page_is_full_goes_on(last: bool, one: bool) -> None:  # noqa: FBT001
    """A line that ends in a full stop at the right edge by chance is rarer than a sentence that ends there within a paragraph."""
    said = [
        "The ministers of both sides met in the harbour and",
        "agreed on the tariffs, on the railways and on customs",
        "while the officers went to the archive and rested.",
    ]
    after = [
        "They also reviewed the bridges, the reservoirs and the",
        "forests of the border, and confirmed the scholarships",
        "of the students.",
    ]
    sheet = make.Sheet()
    y = spread_column(sheet, 72, 770, make.prose(1)[0], 260) - 8
    for line in said:
        spread(sheet, 72, y, line, width=260 if last or line != said[-1] else 255)
        y -= 12.76
    sheet.turn()
    for place, line in enumerate(after):
        spread(sheet, 72, 770 - 12.76 * place, line, width=260 if place < 2 else 0)
    whole = " ".join([*said, *after])
    assert (whole in lines(read(sheet.save()))) is one


def test_compounds_keep_their_hyphens_where_a_document_divides_no_words() -> None:
    words = make.prose(9, seed=14)
    sheet = make.Sheet()
    y = 790.0
    for paragraph in words:
        y = sheet.column(72, y, make.wrap(paragraph, 450)) - 6
    sheet.column(72, y, ["The talks will go on at the level of the two directors-", "general of customs."])
    assert lines(read(sheet.save()))[-1] == "The talks will go on at the level of the two directors-general of customs."


@pytest.mark.parametrize(("printed", "meant"), [
    ("\u6600\u6900shing boats o\u6600\u6600 the bank", "fishing boats off the bank"),
    ("the dra\u6600\u7400 of the ma\u7400\u7400er", "the draft of the matter"),
    ("\u6600\u6900", "\u6600\u6900"),  # no Latin letter beside them: ideographs
    ("caf\u00e9", "caf\u00e9"),
])  # fmt: skip
def test_ligatures_whose_bytes_were_swapped_are_letters(printed: str, meant: str) -> None:
    assert " ".join(map(whole, printed.split())) == meant


def test_the_end_of_a_paragraph_at_the_head_of_the_right_column_belongs_to_it() -> None:
    first, second = make.prose(2, seed=41, least=4)
    upper, rest = make.wrap(first, 215)[:-1], make.wrap(first, 215)[-1]
    sheet = make.Sheet()
    sheet.put(76.5, 735, "Joint Statement", "Times-Bold", 22)
    y = 700.0
    for line in upper:
        spread(sheet, 76.5, y, line, width=215)
        y -= 12.76
    spread(sheet, 303, 755.7, rest)
    spread_column(sheet, 303, 732, second, 215)
    assert lines(read(sheet.save())) == ["Joint Statement", first, second]


def test_prose_that_happens_to_repeat_near_the_edge_of_pages_is_no_furniture() -> None:
    same, other, third = make.prose(3, seed=3)
    sheet = make.Sheet()
    for height, words in ((120.0, other), (116.0, third)):
        spread_column(sheet, 72, 700, words, 450)
        sheet.put(72, height, make.wrap(same, 450)[0])
        sheet.turn()
    assert {node.furniture for node in read(sheet.save()).nodes} == {""}


def test_the_last_row_of_a_table_may_nearly_touch_its_next_cell() -> None:
    rows = [("State", "Vessels", "Year"), ("Norland", "12", "2033"), ("Sudria", "9", "2034"), ("Tarnovia and the Isles", "140", "2035")]
    sheet = make.Sheet()
    y = spread_column(sheet, 72, 770, make.prose(1)[0], 450) - 16
    second = 72 + stringWidth(rows[-1][0], FONT, 11) + 6
    for row in rows:
        for x, cell in zip((72, second, second + 70), row, strict=True):
            spread(sheet, x, y, cell)
        y -= 17
    assert lines(read(sheet.save()))[1:] == ["\t".join(row) for row in rows]


def test_an_address_at_the_right_above_a_list_at_the_left_is_read_first() -> None:
    address = ["Ministry of Ports", "12 Harbour Street", "Calloway", "Norland"]
    said = ["On the harbours", "On the railways", "On the customs", "On the archives", "On the bridges"]
    sheet = make.Sheet()
    sheet.column(380, 780, address)
    y = 690.0
    for words in said:
        sheet.put(72, y, words)
        y -= 40
    assert read(sheet.save()).text.split() == " ".join([*address, *said]).split()
