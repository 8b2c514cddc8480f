"""Word documents: every word of packages made here comes back in order, and hostile packages say why not."""

from __future__ import annotations

import difflib
import io
import zipfile
from typing import Any

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effort import bounded
from reaffirm import formats
from reaffirm.formats import docx
from reaffirm.formats.archive import is_archive
from reaffirm.model import MetaField, Source

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ROOTS = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:v="urn:v" xmlns:wps="urn:wps"'
STYLES = """<w:style w:styleId="T"><w:name w:val="Title"/></w:style><w:style w:styleId="H"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="Own"><w:name w:val="Ministry"/><w:basedOn w:val="H"/></w:style>
<w:style w:styleId="L"><w:name w:val="Points"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="C"><w:name w:val="toc 1"/></w:style>"""


def p(words: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def styled(style: str, words: str) -> str:
    return p(words, f'<w:pStyle w:val="{style}"/>')


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def zipped(files: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return buffer.getvalue()


def package(body: str, **parts: str) -> bytes:
    relations = "".join(f'<Relationship Id="{name}" Type="{R}/{name.rstrip("0123456789")}" Target="{name}.xml"/>' for name in parts)
    files: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {ROOTS}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>',
    }
    for name, inner in parts.items():
        files[f"word/{name}.xml"] = f"<w:{name} {ROOTS}>{inner}</w:{name}>"
    return zipped(files)


def made(document: Any) -> bytes:  # noqa: ANN401 - python-docx ships no such type
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pieces(source: Source) -> list[tuple[str, str, str | None]]:
    return [(source.text[n.start : n.end], n.path, n.hint) for n in source.nodes]


def read(data: bytes) -> Source:
    source = formats.read(data, "a.docx")
    edge = 0
    for node in source.nodes:
        assert edge <= node.start < node.end <= len(source.text)
        assert not source.text[edge : node.start].strip()
        edge = node.end
    assert not source.text[edge:].strip()
    return source


def recovered(known: str, text: str) -> float:
    matcher = difflib.SequenceMatcher(None, known, text, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(known)


SENTENCES = [f"The ministers of tides reaffirmed article {n} of the “Quay Accord”, and regretted – again – its delay." for n in range(20)]


def plain_document() -> tuple[str, bytes]:
    return "\n\n".join(SENTENCES), package("".join(p(words) for words in SENTENCES))


def styled_document() -> tuple[str, bytes]:
    document = python_docx.Document()
    document.add_heading("Joint Communique of the Two Tides", level=0)
    document.add_heading("Trade", level=1)
    for words in SENTENCES[:6]:
        document.add_paragraph(words, style="List Bullet")
    document.add_paragraph(SENTENCES[7])
    known = ["Joint Communique of the Two Tides", "Trade", *SENTENCES[:6], SENTENCES[7]]
    return "\n\n".join(known), made(document)


def table_document() -> tuple[str, bytes]:
    document = python_docx.Document()
    document.add_paragraph(SENTENCES[0])
    grid = document.add_table(rows=3, cols=2)
    for row in range(3):
        for column in range(2):
            grid.cell(row, column).text = SENTENCES[1 + 2 * row + column]
    document.add_paragraph(SENTENCES[9])
    rows = "\n".join(f"{SENTENCES[n]}\t{SENTENCES[n + 1]}" for n in (1, 3, 5))
    return "\n\n".join([SENTENCES[0], rows, SENTENCES[9]]), made(document)


def noted_document() -> tuple[str, bytes]:
    def reference(number: int) -> str:
        return f'<w:r><w:footnoteReference w:id="{number}"/></w:r></w:p>'

    body = "".join(p(words)[:-6] + reference(number) for number, words in zip((7, 3), SENTENCES[:2], strict=True))
    notes = "".join(f'<w:footnote w:id="{n}">{p(SENTENCES[n])}</w:footnote>' for n in (3, 7, 9))
    furniture = '<w:sectPr><w:headerReference r:id="header1"/><w:footerReference r:id="footer1"/></w:sectPr>'
    data = package(body + furniture, footnotes=notes, header1=p("Ministry of Tides"), footer1=p("Page 1"))
    return "\n\n".join([*SENTENCES[:2], SENTENCES[7], SENTENCES[3], "Ministry of Tides", "Page 1"]), data


def changed_document() -> tuple[str, bytes]:
    runs = "".join(
        f"<w:p><w:r><w:t>{words[:30]}</w:t></w:r><w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del>"
        f"<w:ins><w:hyperlink><w:r><w:t>{words[30:]}</w:t></w:r></w:hyperlink></w:ins></w:p>"
        for words in SENTENCES
    )
    return "\n\n".join(SENTENCES), package(runs)


@pytest.mark.parametrize("make", [plain_document, styled_document, table_document, noted_document, changed_document])
def test_known_text_comes_back(make: Any) -> None:  # noqa: ANN401 - any of the functions above
    known, data = make()
    source = read(data)
    share = recovered(known, source.text)
    print(f"{make.__name__}: {share:.2%} of {len(known)} characters")  # noqa: T201 - a figure of the report
    assert share >= 0.995
    assert len(source.text) <= 1.005 * len(known)
    for words, _, _ in pieces(source):
        assert words in known


def test_styles_make_hints() -> None:
    body = styled("T", "Accord") + styled("H", "Trade") + styled("Own", "Fish") + styled("L", "one") + styled("C", "Trade 2")
    body += p("two", '<w:numPr><w:numId w:val="1"/></w:numPr>') + p("Body.", '<w:pStyle w:val="L"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    source = read(package(body, styles=STYLES))
    assert [hint for _, _, hint in pieces(source)] == [
        "title", "heading", "heading", "list item", "paragraph", "list item", "paragraph",
    ]  # fmt: skip
    assert [node.furniture for node in source.nodes if node.furniture] == ["contents"]


def test_the_only_heading_of_the_first_level_is_the_title() -> None:
    styles = '<w:style w:styleId="H1"><w:name w:val="Heading 1"/></w:style><w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
    body = styled("H1", "Accord") + p("Body.") + styled("H2", "Trade")
    assert [hint for _, _, hint in pieces(read(package(body, styles=styles)))] == ["title", "paragraph", "heading"]
    again = body + styled("H1", "Annex")
    assert [hint for _, _, hint in pieces(read(package(again, styles=styles)))] == ["heading", "paragraph", "heading", "heading"]


def test_without_headings_the_rules_may_look_for_some() -> None:
    assert [hint for _, _, hint in pieces(read(package(p("A heading") + p("Body."))))] == [None, None]


def test_notes_headers_and_footers_stand_last() -> None:
    source = read(noted_document()[1])
    assert [(path, hint) for _, path, hint in pieces(source)] == [
        ("paragraph 1", None), ("paragraph 2", None), ("footnote 1", "note"), ("footnote 2", "note"),
        ("header 1 paragraph 1", None), ("footer 2 paragraph 1", None),
    ]  # fmt: skip
    assert [node.furniture for node in source.nodes] == ["", "", "", "", "header", "footer"]


def test_tables() -> None:
    inner = table((p("in 1"), p("in 2")))
    body = table((p("a"), p(""), p("b")), (p(""), p("c"))) + table((p("d") + p("e"), p("f") + inner))
    source = read(package(body))
    assert source.text == "a\t\tb\nc\n\nd\n\ne\n\nf\n\nin 1\tin 2"
    assert [path for _, path, _ in pieces(source)] == [
        "table 1 row 1 cell 1", "table 1 row 1 cell 3", "table 1 row 2 cell 2", "table 2 row 1 cell 1",
        "table 2 row 1 cell 1", "table 2 row 1 cell 2", "table 3 row 1 cell 1", "table 3 row 1 cell 2",
    ]  # fmt: skip


def test_tracked_changes_are_accepted() -> None:
    deleted_mark = "<w:rPr><w:del/></w:rPr>"
    row = f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('gone')}</w:tc></w:tr><w:tr><w:tc>{p('kept')}</w:tc></w:tr></w:tbl>"
    source = read(package(p("First ", deleted_mark) + p("second.") + row + p("Last.", deleted_mark)))
    assert source.text == "First second.\n\nkept\n\nLast."
    ((kind, severity, message, resolution),) = source.problems
    assert (kind, severity) == ("tracked changes", "low")
    assert "3 deletions" in message
    assert resolution.endswith(".")


def test_text_boxes_once_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{p('Boxed.')}</w:txbxContent>"
    forms = f"<mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice><mc:Fallback><v:b>{box}</v:b></mc:Fallback>"
    both = f"<mc:AlternateContent>{forms}</mc:AlternateContent>"
    source = read(package(f"<w:p><w:r><w:t>Before</w:t></w:r><w:r>{both}</w:r><w:r><w:t> after.</w:t></w:r></w:p>"))
    assert pieces(source) == [("Before after.", "paragraph 1", None), ("Boxed.", "text box 1 paragraph 1", None)]


def test_runs() -> None:
    field = (
        '<w:fldChar w:fldCharType="begin"/><w:t>IF</w:t><w:fldChar w:fldCharType="separate"/><w:t>12</w:t><w:fldChar w:fldCharType="end"/>'
    )
    words = '<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>well</w:t><w:noBreakHyphen/><w:t>known </w:t><w:sym w:char="2022"/>'
    ruby = "<w:ruby><w:rt><w:r><w:t>kana</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>X</w:t></w:r></w:rubyBase></w:ruby>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
    tabs = '<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>'
    source = read(package(f"<w:p>{tabs}<w:r>{words}{field}{ruby}</w:r>{hidden}</w:p>"))
    assert source.text == "a\tb\nwell-known •12X"
    assert [problem[0] for problem in source.problems] == ["hidden text"]


def test_strict_documents_and_content_controls() -> None:
    inner = f'<w:document xmlns:w="{STRICT}"><w:body><w:sdt><w:sdtContent>{p("Strict.")}</w:sdtContent></w:sdt></w:body></w:document>'
    assert read(zipped({"[Content_Types].xml": "", "word/document.xml": inner})).text == "Strict."


def test_core_properties() -> None:
    document = python_docx.Document()
    document.add_paragraph("Words.")
    document.core_properties.title = "Accord"
    document.core_properties.author = "Ministry"
    found = read(made(document)).metadata
    assert {MetaField("docx:title", "Accord"), MetaField("docx:creator", "Ministry")} <= set(found)
    assert any(field.key == "docx:created" for field in found)


def refused(data: bytes, what: str) -> None:
    with bounded(20):
        source = formats.read(data, "a.docx")
    assert (source.text, source.nodes) == ("", ())
    kind, severity, message, resolution = source.problems[0]
    assert (kind, severity) == ("unreadable", "high")
    assert what in message
    assert resolution.endswith(".")


def test_truncated() -> None:
    data = plain_document()[1]
    refused(data[: len(data) // 2], "damaged")


def test_bombs() -> None:
    refused(package(" " * (70 * 1024 * 1024)), "unpacks to more than")
    nested = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "word"}">' for n in range(12))
    bomb = f'<!DOCTYPE d [{nested}]><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&e11;</w:t></w:r></w:p></w:body></w:document>'
    refused(zipped({"[Content_Types].xml": "", "word/document.xml": bomb}), "a Word document")
    secret = f'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]><w:document xmlns:w="{W}"><w:t>&e;</w:t></w:document>'
    refused(zipped({"[Content_Types].xml": "", "word/document.xml": secret}), "entities")


def test_nesting() -> None:
    deep = p("in")
    for _ in range(60):
        deep = table((deep,))
    assert read(package(deep)).text == "in"
    refused(package("<w:tbl><w:tr><w:tc>" * 10_000 + p("in") + "</w:tc></w:tr></w:tbl>" * 10_000), "damaged XML")


def test_many_parts_and_many_paragraphs() -> None:
    many = zipped({"[Content_Types].xml": "", "word/document.xml": "", **{f"word/{n}.xml": "" for n in range(10_001)}})
    refused(many, "more than 10,000 parts")
    source = read(package("".join(p(f"{n * n * n} ", "<w:rPr><w:del/></w:rPr>") for n in range(30_000))))
    assert len(source.nodes) == 1


def test_encrypted_and_missing() -> None:
    data = bytearray(zipped({"[Content_Types].xml": "", "word/document.xml": "x"}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    refused(bytes(data), "encrypted")
    refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted")
    refused(zipped({"[Content_Types].xml": "", "word/other.xml": ""}), "without its main part")
    refused(package(""), "no text")
    refused(package(p("")), "no text")


def test_wrong_encoding_of_a_part() -> None:
    wrong = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}">caf\xe9</w:document>'.encode("latin-1")
    refused(zipped({"[Content_Types].xml": "", "word/document.xml": wrong}), "damaged XML")


def test_a_broken_part_beside_the_body_is_a_problem() -> None:
    source = read(package(p("Words."), styles="<w:style"))
    assert source.text == "Words."
    assert "word/styles.xml" in source.problems[0][2]


def test_sniff() -> None:
    data = plain_document()[1]
    assert docx.sniff(data, "a.bin")
    assert not is_archive(io.BytesIO(data))
    assert not docx.sniff(zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "a.docx")
    assert not docx.sniff(zipped({"word/document.xml": ""}), "a.docx")
    assert not docx.sniff(b"word/document.xml", "a.docx")


def test_an_archive_of_documents_is_no_document() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as out:
        out.writestr("a.docx", plain_document()[1])
    assert is_archive(buffer)


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=40), st.integers(0, 3000))
def test_damage_never_fails(junk: bytes, at: int) -> None:
    data = noted_document()[1]
    source = docx.read(data[:at] + junk + data[at + len(junk) :], "a.docx")
    assert source.text or source.problems


TAGS = st.sampled_from(
    ["w:p", "w:r", "w:tbl", "w:tr", "w:tc", "w:txbxContent", "w:ins", "w:del", "w:pPr", "mc:Choice", "w:sdt", "w:fldChar"]
)


@settings(deadline=None, max_examples=200)
@given(
    st.recursive(
        st.just("<w:t>w</w:t>"),
        lambda inner: st.builds(lambda tag, kids: f"<{tag}>{''.join(kids)}</{tag}>", TAGS, st.lists(inner, max_size=4)),
    )
)
def test_any_nesting_gives_a_sound_source(body: str) -> None:
    source = read(package(body))
    assert source.text or source.problems
