r"""Rich Text as several writers make it: every word of the samples comes back in order, and hostile bytes say why not."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effort import bounded
from reaffirm.formats import rtf
from reaffirm.model import MetaField, Source

SENTENCES = [f"The wardens of the strait reaffirmed point {n} of the “Buoy Accord”, and regretted – again – its delay." for n in range(12)]
CYRILLIC = "Смотрители пролива подтвердили соглашение о буях."

WORD_HEAD = r"""{\rtf1\adeflang1025\ansi\ansicpg1252\uc1\adeff31507\deff0\stshfdbch31505\stshfloch31506\deflang1033
{\fonttbl{\f0\fbidi \froman\fcharset0\fprq2{\*\panose 02020603050405020304}Times New Roman;}
{\f3\fbidi \froman\fcharset2\fprq2{\*\panose 05050102010706020507}Symbol;}{\f40\froman\fcharset204\fprq2 Times New Roman Cyr;}}
{\colortbl;\red0\green0\blue0;\red5\green99\blue193;}{\*\defchp \f31506\fs22 }
{\stylesheet{\ql \li0\ri0 \snext0 \sqformat Normal;}{\s1\ql \sbasedon0 \snext0 \outlinelevel0 heading 1;}{\s2\qc \sbasedon0 Title;}
{\*\cs10 \additive Default Paragraph Font;}{\s15\ql \sbasedon0 footnote text;}{\s16 \sbasedon1 Ministry Heading;}{\s17 toc 1;}}
{\*\listtable{\list\listtemplateid1{\listlevel\levelnfc23{\leveltext\'01\u-3913 ?;}{\levelnumbers;}}{\listname ;}\listid7}}
{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}}{\*\rsidtbl \rsid1}{\*\generator Writer 16;}
{\info{\title Buoy Accord}{\author Strait Office}{\creatim\yr2031\mo4\dy2\hr9\min5}{\nofpages2}{\*\company Wardens}}
{\*\xmlnstbl {\xmlns1 http://example.org/ns}}\paperw12240{\*\ftnsep \pard\plain \chftnsep \par }
{\header \pard\plain \ltrpar {\rtlch\fcs1 \af0 \ltrch\fcs0 Strait Office}\par }{\headerf \pard\plain Strait Office\par }
{\footer \pard\plain Page {\field{\*\fldinst { PAGE }}{\fldrslt 1}}\par }
"""


def escaped(words: str) -> str:
    """The words as newer writers put them: Unicode with a fallback character."""
    return "".join(c if c.isascii() else f"\\u{ord(c) - 65536 if ord(c) > 32767 else ord(c)}\\'3f" for c in words)


def coded(words: str, codec: str = "cp1252") -> str:
    """The words as older writers put them: bytes of a character set."""
    return "".join(c if c.isascii() else "".join(f"\\'{byte:02x}" for byte in c.encode(codec)) for c in words)


def run(words: str) -> str:
    """A run as large writers make it, with line ends that mean nothing."""
    half = len(words) // 2
    return f"{{\\rtlch\\fcs1 \\af0 \\ltrch\\fcs0 \\insrsid1 {escaped(words[:half])}}}{{\\b \n{escaped(words[half:])}}}"


def word_like() -> tuple[str, str]:
    note = rf"{{\cs17\super \chftn {{\footnote \ltrpar \pard\plain \s15 {{\super \chftn }} {run(SENTENCES[4])}}}}}"
    body = rf"\pard\plain \s2 {run('Accord of Buoys')}\par \pard\plain \s16 Trade\par \pard\plain {run(SENTENCES[0])}{note}\par "
    body += rf"{{\listtext\pard\plain \f3 \'b7\tab}}\pard\plain \ls1\ilvl0 {run(SENTENCES[1])}\par \pard {run(SENTENCES[2])}"
    body += r"{\*\shppict{\pict\pngblip 89504e470d0a\n}}{\nonshppict{\pict\wmetafile8 0100}}\par }"
    known = ["Accord of Buoys", "Trade", SENTENCES[0], SENTENCES[1], SENTENCES[2], SENTENCES[4], "Strait Office", "Page 1"]
    return "\n\n".join(known), WORD_HEAD + body


def wordpad_like() -> tuple[str, str]:
    head = r"{\rtf1\ansi\ansicpg1252\deff0\nouicompat"
    head += r"{\fonttbl{\f0\fnil\fcharset0 Calibri;}{\f1\fnil\fcharset204 Calibri;}{\f2\fnil\fcharset2 Symbol;}}"
    head += "\n{\\*\\generator Riched20 10.0}\\viewkind4\\uc1 \n\\pard\\sa200\\f0\\fs22\\lang9 "
    body = "\\par\n".join(coded(words) for words in SENTENCES[:4])
    body += r"\par\f1 " + coded(CYRILLIC, "cp1251") + "\\f0\\par\n\\pard{\\pntext\\f2\\'B7\\tab}{\\*\\pn\\pnlvlblt\\pnf2{\\pntxtb\\'B7}}"
    body += coded(SENTENCES[5]) + "\\par\n}\n\x00"
    return "\n\n".join([*SENTENCES[:4], CYRILLIC, SENTENCES[5]]), head + body


def office_like() -> tuple[str, str]:
    head = r"{\rtf1\ansi\deff3\adeflang1025{\fonttbl{\f0\froman\fprq2\fcharset0 Times New Roman;}{\f3\froman\fprq2\fcharset0 Serif;}}"
    head += r"{\stylesheet{\s0\snext0 Default;}{\s1\sbasedon0\snext1{\*\soutlvl0}\outlinelevel0 Heading 1;}}{\info{\creatim\yr0\mo0\dy0}}"
    head += r"{\*\pgdsctbl{\pgdsc0\pgdscuse451 Default Page Style;}}\sectd{\*\ftnsep\chftnsep}\pgndec"
    cells = r"\trowd\trql\cellx4000\cellx8000\pgndec\pard\plain \s0\intbl{%s}\cell\pard\plain \intbl{%s}\cell\row"
    rows = "".join(cells % (escaped(SENTENCES[n]), escaped(SENTENCES[n + 1])) for n in (2, 4))
    link = r"{\field{\*\fldinst HYPERLINK \"https://example.org/\" }{\fldrslt {\ul " + SENTENCES[7][:10] + r"}{}}}"
    link += escaped(SENTENCES[7][10:])
    body = rf"\pard\plain \s1\hich\af3\loch\f3 Buoys\par \pard\plain \s0 {escaped(SENTENCES[0])}\par {rows}\pard\plain \par {link}\par }}"
    known = ["Buoys", SENTENCES[0], f"{SENTENCES[2]}\t{SENTENCES[3]}\n{SENTENCES[4]}\t{SENTENCES[5]}", SENTENCES[7]]
    return "\n\n".join(known), head + body


def cyrillic_like() -> tuple[str, str]:
    head = r"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl\f0\froman\fcharset204 Times New Roman;\f1\fswiss Arial Cyr;}"
    body = "\\par ".join(r"{\f1 " + coded(f"{CYRILLIC} {n}", "cp1251") + "}" for n in range(9))
    return "\n\n".join(f"{CYRILLIC} {n}" for n in range(9)), head + r"\pard " + body + "}"


def mac_like() -> tuple[str, str]:
    head = "{\\rtf1\\ansi\\ansicpg1252\\cocoartf2513\n\\cocoatextscaling0\\cocoaplatform0{\\fonttbl\\f0\\fswiss\\fcharset0 Helvetica;}\n"
    head += "{\\colortbl;\\red255\\green255\\blue255;}\n{\\*\\expandedcolortbl;;}\n\\pard\\pardirnatural\n\n\\f0\\fs24 \\cf0 "
    words = ("".join(c if c.isascii() else f"\\uc0\\u{ord(c)} " for c in sentence) for sentence in SENTENCES)
    return "\n\n".join(SENTENCES), head + "\\\n".join(words) + "}"


def pieces(source: Source) -> list[tuple[str, str, str | None]]:
    return [(source.text[n.start : n.end], n.path, n.hint) for n in source.nodes]


def read(data: bytes | str) -> Source:
    source = rtf.read(data.encode("latin-1") if isinstance(data, str) else data, "a.rtf")
    edge = 0
    for node in source.nodes:
        assert edge <= node.start < node.end <= len(source.text)
        assert not source.text[edge : node.start].strip()
        edge = node.end
    assert not source.text[edge:].strip()
    return source


def body(words: str) -> Source:
    return read(r"{\rtf1\ansi\deff0{\fonttbl{\f0 Serif;}}" + words + "}")


def recovered(known: str, text: str) -> float:
    matcher = difflib.SequenceMatcher(None, known, text, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(known)


@pytest.mark.parametrize("sample", [word_like(), wordpad_like(), office_like(), cyrillic_like(), mac_like()])
def test_known_text_comes_back(sample: tuple[str, str]) -> None:
    known, data = sample
    source = read(data)
    share = recovered(known, source.text)
    print(f"{share:.2%} of {len(known)} characters")  # noqa: T201 - a figure of the report
    assert share >= 0.995
    assert len(source.text) <= 1.005 * len(known)
    assert source.problems == ()
    for words, _, _ in pieces(source):
        assert words in known


def test_hints_notes_headers_and_footers() -> None:
    source = read(word_like()[1])
    assert [(path, hint) for _, path, hint in pieces(source)] == [
        ("paragraph 1", "title"), ("paragraph 2", "heading"), ("paragraph 3", "paragraph"), ("paragraph 4", "list item"),
        ("paragraph 5", "paragraph"), ("footnote 1", "note"), ("header 1 paragraph 1", None), ("footer 3 paragraph 1", None),
    ]  # fmt: skip
    assert [node.furniture for node in source.nodes][-3:] == ["", "header", "footer"]
    assert source.metadata == (
        MetaField("rtf:title", "Buoy Accord"), MetaField("rtf:author", "Strait Office"), MetaField("rtf:company", "Wardens"),
        MetaField("rtf:created", "2031-04-02T09:05"),
    )  # fmt: skip


def test_contents_and_lists_and_outline_levels() -> None:
    head = r"{\stylesheet{\s0 Normal;}{\s17 toc 1;}{\s4 Own;}{\s5\sbasedon5 Loop;}}"
    source = body(head + r"\pard\s17 Trade 2\par\pard\s4\outlinelevel1 Trade\par\pard\s5\outlinelevel9 Body.\par\pard\ls0 On.\par")
    assert [(node.hint, node.furniture) for node in source.nodes] == [
        ("paragraph", "contents"), ("heading", ""), ("paragraph", ""), ("paragraph", ""),
    ]  # fmt: skip


def test_the_only_heading_of_the_first_level_is_the_title() -> None:
    head = r"{\stylesheet{\s0 Normal;}{\s1 heading 1;}}"
    first = head + r"\pard\s1 Accord\par\pard\s0 Body.\par\pard\outlinelevel1 Trade\par"
    assert [node.hint for node in body(first).nodes] == ["title", "paragraph", "heading"]
    assert [node.hint for node in body(first + r"\pard\outlinelevel0 Annex\par").nodes] == ["heading", "paragraph", "heading", "heading"]


def test_endnotes_stand_behind_footnotes_and_the_body() -> None:
    source = body(r"a{\footnote\ftnalt end}b{\footnote foot}\par c")
    assert pieces(source) == [
        ("ab", "paragraph 1", None), ("c", "paragraph 2", None), ("foot", "footnote 1", "note"), ("end", "endnote 1", "note"),
    ]  # fmt: skip


def test_tables() -> None:
    row = r"\trowd\cellx1\cellx2\cellx3 \pard\intbl a\cell \cell b\cell\row \trowd \pard\intbl\cell c\cell\row\pard"
    nested = r"\pard\intbl d\par e\cell \pard\intbl f\par\pard\intbl\itap2 in 1\nestcell in 2\nestcell"
    nested += r"{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}\pard\intbl\itap1\cell\row\pard end\par"
    source = body(row + nested)
    assert source.text == "a\t\tb\nc\n\nd\n\ne\n\nf\n\nin 1\tin 2\n\nend"
    assert [path for _, path, _ in pieces(source)] == [
        "table 1 row 1 cell 1", "table 1 row 1 cell 3", "table 1 row 2 cell 2", "table 1 row 3 cell 1", "table 1 row 3 cell 1",
        "table 1 row 3 cell 2", "table 2 row 1 cell 1", "table 2 row 1 cell 2", "paragraph 1",
    ]  # fmt: skip


def test_an_empty_paragraph_behind_a_table_counts() -> None:
    source = body(r"\trowd\pard\intbl a\cell\pard\intbl\itap2 b\nestcell\row\pard\par c\par\trowd\pard\intbl d\cell\row")
    assert [(words, path) for words, path, _ in pieces(source)] == [
        ("a", "table 1 row 1 cell 1"), ("b", "table 2 row 1 cell 1"), ("c", "paragraph 2"), ("d", "table 3 row 1 cell 1"),
    ]  # fmt: skip


def test_tracked_changes_are_accepted() -> None:
    source = body(r"First {\deleted gone\par}{\revised second.}\par Last.{\deleted  gone}\par")
    assert source.text == "First second.\n\nLast."
    ((kind, severity, message, resolution),) = source.problems
    assert (kind, severity) == ("tracked changes", "low")
    assert "1 insertions, 2 deletions" in message
    assert resolution.endswith(".")


def test_hidden_words_are_counted() -> None:
    source = body(r"a {\v secret}b\v gone\v0 c {\v on\plain off}")
    assert source.text == "a bc off"
    assert source.problems[0][0] == "hidden text"
    assert source.problems[0][2].startswith(f"{len('secretgoneon')} characters")


def test_text_boxes_after_their_paragraph() -> None:
    shape = r"{\shp{\*\shpinst\shpleft1{\sp{\sn fTx}{\sv 1}}{\shptxt \pard Boxed.\par}}{\shprslt{\*\do{\dptxbx{\dptxbxtext Again.}}}}}"
    old = r"{\*\do\dobxcolumn{\dptxbx\dpx1{\dptxbxtext\pard Old box.\par}}}"
    assert pieces(body(f"Before{shape}{old} after.\\par")) == [
        ("Before after.", "paragraph 1", None), ("Boxed.", "text box 1 paragraph 1", None), ("Old box.", "text box 2 paragraph 1", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (r"a\tab b\line c\~d\_e\-f \emdash  \lquote x\rquote", "a\tb\nc\u00a0d-ef — ‘x’"),
        (r"\{a\}\\b", "{a}\\b"),
        (r"\uc2\u8217\'92\'92s {\uc0\u233}t\u233 ees", "’s étés"),
        (r"\u-10179 ?\u-8704 ?x", "\U0001f600x"),
        (r"a\u-10179 ?x \u-8704 ?y", "a\ufffdx \ufffdy"),
        (r"\u8364\euro? b\u233\par c", "€? bé\n\nc"),
        (r"{\upr{old \'e9}{\*\ud{new \u233 ?}}} end", "new é end"),
        (r"{\object\objemb{\*\objclass Sheet}{\*\objdata 0105}{\result shown}}", "shown"),
        (r"{\xe hidden entry}{\tc entry}{\annotation note}{\*\unknown x}{\unknown y}", "y"),
        (r"{\field{\*\fldinst{HYPERLINK \\\\l \"x\"}}{\fldrslt{\ul link}}}", "link"),
        (r"{\mmath{\*\moMath{\mf{\mfPr{\mtype bar}}{\mnum{\mr x}}{\mden{\mr 2}}}}}", "x2"),
        ("one\r\n two\\\nthree", "one two\n\nthree"),
        (r"\'zz\'4", "zz4"),
    ],
)
def test_words_and_characters(words: str, text: str) -> None:
    assert body(words).text == text


@pytest.mark.parametrize(
    ("charset", "codec", "words"),
    [(204, "cp1251", "яю Пролив"), (128, "cp932", "海峡の表ソ連"), (161, "cp1253", "Πορθμός"), (134, "gbk", "海"), (238, "cp1250", "ů")],
)
def test_character_sets_of_fonts(charset: int, codec: str, words: str) -> None:
    raw = words.encode(codec).replace(b"\\", b"\\'5c")
    for form in (coded(words, codec).encode(), raw):
        data = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}{\f7\fcharset%d B;}}\f7 %b\f0 \'e9}" % (charset, form)
        assert read(data).text == f"{words}é"


def test_code_pages_default_fonts_and_symbols() -> None:
    assert read(r"{\rtf1\ansi\ansicpg1251 \'ff}").text == "я"
    assert read(r"{\rtf1\mac \'8e}").text == "é"
    assert read(r"{\rtf1\ansi\deff1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\'ff\f0\'ff\plain\'ff}").text == "яÿя"
    assert read(r"{\rtf1\ansi{\fonttbl{\f0\fcharset2 Symbol;}}a {\f0\'b7}}").text == "a \uf0b7"
    assert read(r"{\rtf1\ansi{\fonttbl{\f0\cpg65001 A;}}\f0 \'c3\'a9}").text == "é"
    source = read(r"{\rtf1\ansi{\fonttbl{\f0\fcharset128 A;}}\f0 a\'81 \par b}")
    assert "\ufffd" in source.text
    assert source.problems[0][0] == "encoding"


def test_binary_data_is_passed_over() -> None:
    data = b"{\\rtf1 a{\\pict\\bin7 }}{\\x}\\}b{\\*\\blip\\bin3 {{{}c}"
    assert read(data).text == "abc"
    source = read(b"{\\rtf1 a\\par{\\pict\\bin999999999 }}}")
    assert source.text == "a"
    assert "longer than the document" in source.problems[0][2]
    assert read(b"{\\rtf1 a{\\bin-5 }b}").text == "ab"


def refused(source: Source, what: str) -> None:
    kind, severity, message, resolution = source.problems[0]
    assert (kind, severity) == ("unreadable", "high")
    assert what in message
    assert resolution.endswith(".")


def test_damage() -> None:
    cut = read(word_like()[1][:-900])
    assert SENTENCES[0][:20] in cut.text
    refused(cut, "breaks off")
    refused(body(r"{\pict 00ff}"), "no text")
    refused(read(b"{\\rtf1" + b"{" * 200_000 + b"a"), "nested more than")
    source = read(r"{\rtf1 a}} b {\rtf1 c}")
    assert source.text == "a"
    assert "bytes behind the end" in source.problems[0][2]


def test_size_is_bounded() -> None:
    refused(read(b"{\\rtf1 " + b" " * (65 * 1024 * 1024)), "the limit is")
    with bounded(20):
        assert len(read("{\\rtf1 " + "".join(f"{{\\b {n} }}\\par\n" for n in range(60_000)) + "}").nodes) == 60_000
        deep = r"\itap50 x\nestcell\nestrow" * 2000
        assert body(deep).text.count("x") == 2000


def test_sniff() -> None:
    assert rtf.sniff(b"\xef\xbb\xbf \r\n{\\rtf1 a}", "a.bin")
    assert not rtf.sniff(b"{rtf1}", "a.rtf")
    assert not rtf.sniff(b"See {\\rtf1}", "a.rtf")


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=40), st.integers(0, 3000))
def test_damage_never_fails(junk: bytes, at: int) -> None:
    data = word_like()[1].encode("latin-1")
    source = read(data[:at] + junk + data[at + len(junk) :])
    assert source.text or source.problems


WORDS = [
    "{", "}", "\\par ", "\\cell ", "\\row ", "\\nestcell ", "\\nestrow ", "\\itap3 ", "\\intbl ", "\\pard ", "{\\footnote ", "{\\header ",
    "\\v ", "\\v0 ", "\\u55357 ?", "\\'e9", "\\bin3 ", "{\\*\\ud ", "{\\upr ", "{\\fonttbl ", "{\\stylesheet ", "\\f99999999 ", "\\s-5 ",
    "\\ansicpg1 ", "{\\shptxt ",    "{\\info ", "{\\title ", "\\yr-1 ", "\\*", "\\deleted ", "\\uc-9 ", "\\u9999999999 ", "{\\creatim ",
]  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from([*WORDS, "w", "w"]), max_size=40))
def test_any_tokens_give_a_sound_source(tokens: list[str]) -> None:
    source = read("{\\rtf1 " + "".join(tokens))
    assert source.text or source.problems


TABLES = ["\\par ", "\\cell ", "\\row ", "\\nestcell ", "\\nestrow ", "\\intbl ", "\\itap2 ", "\\pard ", "X", "{\\footnote X}"]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(TABLES), max_size=30))
def test_no_order_of_tables_loses_a_word(tokens: list[str]) -> None:
    assert body("".join(tokens)).text.count("X") == "".join(tokens).count("X")
