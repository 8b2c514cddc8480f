"""OpenDocument texts: every word of documents made here comes back in order, and hostile ones say why not."""

from __future__ import annotations

import difflib
import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effort import bounded
from reaffirm.formats import odt
from reaffirm.model import MetaField, Source

if TYPE_CHECKING:
    from collections.abc import Callable

O = "urn:oasis:names:tc:opendocument:xmlns:"  # noqa: E741 - the standard's name begins with it
PREFIXES = ("office", "text", "table", "style", "meta", "manifest")
ROOTS = " ".join(f'xmlns:{prefix}="{O}{prefix}:1.0"' for prefix in PREFIXES)
ROOTS += f' xmlns:draw="{O}drawing:1.0" xmlns:svg="{O}svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:x="urn:x"'
MIME = "application/vnd.oasis.opendocument.text"
STYLES = """<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph"/>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Illustration"/>
<style:style style:name="Illustration" style:family="paragraph" style:parent-style-name="Caption"/>
<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="P3" style:family="paragraph"><style:text-properties text:display="none"/></style:style>
<style:style style:name="A" style:family="paragraph" style:parent-style-name="B"/>
<style:style style:name="B" style:family="paragraph" style:parent-style-name="A"/>"""


def p(words: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def h(words: str, level: int = 1) -> str:
    return f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{words}</text:h>'


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in row) for row in rows)
    inner = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f'<table:table><table:table-column table:number-columns-repeated="2"/>{inner}</table:table>'


def note(words: str, kind: str = "footnote") -> str:
    citation = "<text:note-citation>1</text:note-citation>"
    return f'<text:note text:note-class="{kind}">{citation}<text:note-body>{p(words, "Footnote")}</text:note-body></text:note>'


def zipped(files: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def content(body: str, styles: str = STYLES) -> str:
    head = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    return f"<office:document-content {ROOTS}>{head}<office:body><office:text>{body}</office:text></office:body></office:document-content>"


def package(body: str, **parts: str) -> bytes:
    files: dict[str, bytes | str] = {"mimetype": MIME, "content.xml": content(body)}
    for name, inner in parts.items():
        files[f"{name}.xml"] = f"<office:document-{name} {ROOTS}>{inner}</office:document-{name}>"
    return zipped(files)


def flat(body: str) -> bytes:
    inner = f'{content(body).removeprefix(f"<office:document-content {ROOTS}>").removesuffix("</office:document-content>")}'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {ROOTS} office:mimetype="{MIME}">{inner}</office:document>'.encode()


def margins(**kinds: str) -> str:
    inner = "".join(f"<style:{kind.replace('_', '-')}>{words}</style:{kind.replace('_', '-')}>" for kind, words in kinds.items())
    return f'<office:master-styles><style:master-page style:name="Standard">{inner}</style:master-page></office:master-styles>'


def pieces(source: Source) -> list[tuple[str, str, str | None]]:
    return [(source.text[n.start : n.end], n.path, n.hint) for n in source.nodes]


def read(data: bytes) -> Source:
    source = odt.read(data, "a.odt")
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


SENTENCES = [f"The harbour masters reaffirmed rule {n} of the “Lantern Accord”, and regretted – again – its delay." for n in range(20)]


def plain_document() -> tuple[str, bytes]:
    return "\n\n".join(SENTENCES), package("\n ".join(p(f"\n  {words}  ") for words in SENTENCES))


def flat_document() -> tuple[str, bytes]:
    return "\n\n".join(SENTENCES), flat("".join(p(f"{words[:9]}<text:span>{words[9:20]}</text:span>{words[20:]}") for words in SENTENCES))


def styled_document() -> tuple[str, bytes]:
    listed = "".join(f"<text:list-item>{p(words)}</text:list-item>" for words in SENTENCES[:6])
    body = p("Communique of the Two Lanterns", "P1") + h("Trade", 2) + f"<text:list>{listed}</text:list>" + p(SENTENCES[7])
    return "\n\n".join(["Communique of the Two Lanterns", "Trade", *SENTENCES[:6], SENTENCES[7]]), package(body)


def table_document() -> tuple[str, bytes]:
    rows = table(*((p(SENTENCES[n]), p(SENTENCES[n + 1])) for n in (1, 3, 5)))
    known = "\n".join(f"{SENTENCES[n]}\t{SENTENCES[n + 1]}" for n in (1, 3, 5))
    return "\n\n".join([SENTENCES[0], known, SENTENCES[9]]), package(p(SENTENCES[0]) + rows + p(SENTENCES[9]))


def noted_document() -> tuple[str, bytes]:
    body = p(SENTENCES[0] + note(SENTENCES[7])) + p(SENTENCES[1][:20] + note(SENTENCES[3], "endnote") + SENTENCES[1][20:])
    body += p(SENTENCES[2] + note(SENTENCES[8]))
    data = package(body, styles=margins(header=p("Harbour Office"), footer=p("Page 1"), header_left=p("Harbour Office")))
    return "\n\n".join([*SENTENCES[:3], SENTENCES[7], SENTENCES[8], SENTENCES[3], "Harbour Office", "Page 1"]), data


def changed_document() -> tuple[str, bytes]:
    regions = f"<text:changed-region><text:deletion>{p('gone')}</text:deletion></text:changed-region>"
    regions += "<text:changed-region><text:insertion/></text:changed-region>"
    marks = '<text:change-start text:change-id="2"/>{}<text:change-end text:change-id="2"/><text:change text:change-id="1"/>{}'
    body = "".join(p(marks.format(words[:30], words[30:])) for words in SENTENCES)
    return "\n\n".join(SENTENCES), package(f"<text:tracked-changes>{regions}</text:tracked-changes>{body}")


@pytest.mark.parametrize("make", [plain_document, flat_document, styled_document, table_document, noted_document, changed_document])
def test_known_text_comes_back(make: Callable[[], tuple[str, bytes]]) -> None:
    known, data = make()
    source = read(data)
    share = recovered(known, source.text)
    print(f"{make.__name__}: {share:.2%} of {len(known)} characters")  # noqa: T201 - a figure of the report
    assert share >= 0.995
    assert len(source.text) <= 1.005 * len(known)
    for words, _, _ in pieces(source):
        assert words in known


def test_styles_make_hints() -> None:
    body = p("Accord", "P1") + h("Trade") + p("A quay", "P2") + p("Body.", "A") + p("Trade 2", "Contents_20_1") + p("Note", "Footnote")
    inner = f"<text:list><text:list-item>{p('two')}</text:list-item></text:list>"
    source = read(package(f"{body}<text:list><text:list-item>{p('one')}{inner}</text:list-item></text:list>{p('Last.')}"))
    assert [hint for _, _, hint in pieces(source)] == [
        "title", "heading", "caption", "paragraph", "paragraph", "note", "list item", "list item", "paragraph",
    ]  # fmt: skip
    assert [node.furniture for node in source.nodes if node.furniture] == ["contents"]


def test_the_only_heading_of_the_first_level_is_the_title() -> None:
    body = h("Accord") + p("Body.") + h("Trade", 2)
    assert [hint for _, _, hint in pieces(read(package(body)))] == ["title", "paragraph", "heading"]
    assert [hint for _, _, hint in pieces(read(package(body + h("Annex"))))] == ["heading", "paragraph", "heading", "heading"]


def test_without_headings_the_rules_may_look_for_some() -> None:
    assert [hint for _, _, hint in pieces(read(package(p("A heading") + p("Body."))))] == [None, None]


def test_notes_headers_and_footers_stand_last() -> None:
    source = read(noted_document()[1])
    assert [(path, hint) for _, path, hint in pieces(source)] == [
        ("paragraph 1", None), ("paragraph 2", None), ("paragraph 3", None), ("footnote 1", "note"), ("footnote 2", "note"),
        ("endnote 1", "note"), ("header 1 paragraph 1", None), ("footer 3 paragraph 1", None),
    ]  # fmt: skip
    assert [node.furniture for node in source.nodes][-3:] == ["", "header", "footer"]


def test_a_header_that_is_off_and_a_table_of_contents() -> None:
    contents = "<text:table-of-content><text:table-of-content-source><text:index-title-template>Own</text:index-title-template>"
    contents += f"</text:table-of-content-source><text:index-body>{p('Trade 2')}</text:index-body></text:table-of-content>"
    off = '<office:master-styles><style:header style:display="false">' + p("Old") + "</style:header></office:master-styles>"
    source = read(package(contents + p("Body."), styles=off))
    assert source.text == "Trade 2\n\nBody."
    assert [node.furniture for node in source.nodes] == ["contents", ""]


def test_tables() -> None:
    inner = table((p("in 1"), p("in 2")))
    body = table((p("a"), "", p("b")), ("", p("c"))) + table((p("d") + p("e"), p("f") + inner))
    source = read(package(body))
    assert source.text == "a\t\tb\nc\n\nd\n\ne\n\nf\n\nin 1\tin 2"
    assert [path for _, path, _ in pieces(source)] == [
        "table 1 row 1 cell 1", "table 1 row 1 cell 3", "table 1 row 2 cell 2", "table 2 row 1 cell 1",
        "table 2 row 1 cell 1", "table 2 row 1 cell 2", "table 3 row 1 cell 1", "table 3 row 1 cell 2",
    ]  # fmt: skip


def test_cells_that_others_cover_keep_their_column() -> None:
    row = f"<table:table-cell>{p('a')}</table:table-cell><table:covered-table-cell/><table:table-cell>{p('b')}</table:table-cell>"
    head = f"<table:table-header-rows><table:table-row>{row}</table:table-row></table:table-header-rows>"
    assert [(words, path) for words, path, _ in pieces(read(package(f"<table:table>{head}</table:table>")))] == [
        ("a", "table 1 row 1 cell 1"), ("b", "table 1 row 1 cell 3"),
    ]  # fmt: skip


def test_a_cell_without_a_row_keeps_its_words() -> None:
    assert read(package(f"<table:table><table:table-cell>{p('a')}</table:table-cell></table:table>{p('b')}")).text == "a\n\nb"


def test_tracked_changes_are_a_problem() -> None:
    ((kind, severity, message, resolution),) = read(changed_document()[1]).problems
    assert (kind, severity) == ("tracked changes", "low")
    assert "1 insertions, 1 deletions" in message
    assert resolution.endswith(".")


def test_text_boxes_and_shapes_after_their_paragraph() -> None:
    box = f"<draw:frame><svg:title>alt</svg:title>\n<draw:text-box>\n{p('Boxed.')}</draw:text-box></draw:frame>"
    shape = f"<draw:custom-shape>\n{p('Shaped.')}</draw:custom-shape>"
    source = read(package(p(f"Before{box}{shape} after.")))
    assert pieces(source) == [
        ("Before after.", "paragraph 1", None), ("Boxed.", "text box 1 paragraph 1", None), ("Shaped.", "text box 2 paragraph 1", None),
    ]  # fmt: skip


def test_words_within_a_paragraph() -> None:
    fields = "<text:page-number>12</text:page-number><x:control>kept</x:control>"
    fields += "<office:annotation><text:p>no</text:p></office:annotation>"
    ruby = "<text:ruby><text:ruby-base>X</text:ruby-base><text:ruby-text>kana</text:ruby-text></text:ruby>"
    words = 'a<text:tab/>b<text:line-break/>c \n <text:span> d</text:span><text:s text:c="3"/>e<text:s/> '
    words += f"{fields}{ruby}<text:a> link</text:a>"
    assert read(package(p(words))).text == "a\tb\nc d   e  12keptX link"


def test_hidden_words_are_counted() -> None:
    body = p('a <text:span text:style-name="T1">secret</text:span>b') + p("hidden", "P3")
    body += f'<text:section text:display="none">{p("cut")}</text:section><text:section>{p("kept")}</text:section>'
    body += p('<text:hidden-text text:is-hidden="true" text:string-value="no"/>c')
    body += p('<text:hidden-paragraph text:is-hidden="true"/>gone')
    boxed = p('<text:hidden-paragraph text:is-hidden="true"/>gone')
    body += p(f"d<draw:frame><draw:text-box>{boxed}</draw:text-box></draw:frame>")
    source = read(package(body))
    assert source.text == "a b\n\nkept\n\nc\n\nd"
    ((kind, _, message, _),) = source.problems
    assert kind == "hidden text"
    assert message.startswith(f"{len('secrethiddencutnogonegone')} characters")


def test_properties() -> None:
    meta = "<dc:title>Accord</dc:title><meta:creation-date>2031-04-01T10:00:00</meta:creation-date><dc:creator> </dc:creator>"
    found = read(package(p("Words."), meta=f"<office:meta>{meta}</office:meta>")).metadata
    assert found == (MetaField("odt:title", "Accord"), MetaField("odt:created", "2031-04-01T10:00:00"))


def refused(data: bytes, what: str) -> None:
    with bounded(20):
        source = odt.read(data, "a.odt")
    assert (source.text, source.nodes) == ("", ())
    kind, severity, message, resolution = source.problems[0]
    assert (kind, severity) == ("unreadable", "high")
    assert what in message
    assert resolution.endswith(".")


def test_damaged_and_missing() -> None:
    data = plain_document()[1]
    refused(data[: len(data) // 2], "damaged")
    refused(zipped({"mimetype": MIME, "other.xml": ""}), "without its main part")
    refused(zipped({"mimetype": MIME, "content.xml": f"<office:document-content {ROOTS}/>"}), "without a body of text")
    refused(package(""), "no text")
    refused(flat_document()[1][:-20], "damaged XML")


def test_encrypted() -> None:
    entry = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    manifest = f"<manifest:manifest {ROOTS}>{entry}</manifest:manifest>"
    refused(zipped({"mimetype": MIME, "content.xml": b"\x93\x02junk", "META-INF/manifest.xml": manifest}), "encrypted")


def test_bombs() -> None:
    refused(package(" " * (70 * 1024 * 1024)), "unpacks to more than")
    nested = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "word"}">' for n in range(12))
    refused(zipped({"mimetype": MIME, "content.xml": f"<!DOCTYPE d [{nested}]>{content(p('&e11;'))}"}), "an OpenDocument text")
    secret = f'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>{content(p("&e;"))}'
    refused(zipped({"mimetype": MIME, "content.xml": secret}), "entities")
    refused(package(p('<text:s text:c="999999999999"/>')), "no text")
    assert len(read(package(p('a<text:s text:c="99999999"/>b'))).text) == 1002


def test_nesting() -> None:
    deep = p("in")
    for _ in range(50):
        deep = table((deep,))
    assert read(package(deep)).text == "in"
    refused(package("<text:section>" * 10_000 + p("in") + "</text:section>" * 10_000), "damaged XML")


def test_a_broken_part_beside_the_body_is_a_problem() -> None:
    source = read(package(p("Words."), styles="<style"))
    assert source.text == "Words."
    assert "styles.xml" in source.problems[0][2]


def test_sniff() -> None:
    data = plain_document()[1]
    assert odt.sniff(data, "a.bin")
    assert odt.sniff(zipped({"mimetype": f"{MIME}-template", "content.xml": ""}), "a")
    assert not odt.sniff(zipped({"mimetype": "application/epub+zip"}), "a.odt")
    assert not odt.sniff(zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "a.odt")
    assert not odt.sniff(zipped({"content.xml": content("")}), "a.odt")
    assert odt.sniff(flat(p("a")), "a.fodt")
    assert not odt.sniff(b"<?xml version='1.0'?><html/>", "a.fodt")
    assert not odt.sniff(f"<html>office:document {MIME}</html>".encode(), "a.fodt")


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=40), st.integers(0, 3000))
def test_damage_never_fails(junk: bytes, at: int) -> None:
    data = noted_document()[1]
    source = odt.read(data[:at] + junk + data[at + len(junk) :], "a.odt")
    assert source.text or source.problems


TAGS = st.sampled_from([
    "text:p", "text:h", "text:span", "text:list", "text:list-item", "text:note", "text:note-body", "text:section", "table:table",
    "table:table-row", "table:table-cell", "draw:text-box", "draw:frame", "text:table-of-content", "office:annotation", "x:other",
])  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(
    st.recursive(
        st.just("<text:p>w</text:p>"),
        lambda inner: st.builds(lambda tag, kids: f"<{tag}>{''.join(kids)}</{tag}>", TAGS, st.lists(inner, max_size=4)),
    )
)
def test_any_nesting_gives_every_word(body: str) -> None:
    source = read(package(body))
    assert source.text or source.problems
    if "office:annotation" not in body:
        assert source.text.count("w") == body.count("<text:p>w</text:p>")
