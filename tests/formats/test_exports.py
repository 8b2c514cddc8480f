"""Exports of many articles: every boundary of the layouts is exact, nothing is lost, and ordinary documents stay whole."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reaffirm import packs
from reaffirm.formats import exports, plain, rtf
from reaffirm.model import MetaField, Node, Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from reaffirm.formats.problems import Found
    from reaffirm.packs import ExportRule

RULES = packs.load().exports
ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
DAYS = [f"{n % 28 + 1} March 2031" for n in range(40)]


def source(text: str) -> Source:
    return plain.read(text.encode(), "a.txt")


def check(whole: Source, parts: tuple[Source, ...]) -> None:
    """Every law of a split: parts in order make the text, nodes are sound and stand in the file where the file's stand."""
    assert "".join(part.text for part in parts) == whole.text
    at = 0
    for part in parts:
        edge = 0
        for node in part.nodes:
            assert edge <= node.start < node.end <= len(part.text)
            assert not part.text[edge : node.start].strip("\ufeff \t\r\n")
            edge = node.end
            inside = [n for n in whole.nodes if n.start <= node.start + at and node.end + at <= n.end]
            assert [n.path for n in inside] == [node.path]
        assert not part.text[edge:].strip()
        at += len(part.text)


def body(part: Source) -> str:
    return "\n".join(part.text[node.start : node.end] for node in part.nodes if not node.furniture)


def value(part: Source, name: str) -> str | None:
    return next((field.value for field in part.metadata if field.key == f"export:{name}"), None)


# Layouts: each function makes one article, and the words that must be its own


def story(n: int) -> str:
    return f"The envoys of shore {n} agreed on the ferry.\n\nTitle of nothing, they said: 1 of 2 documents was lost.\n\nIt sails {n}."


def classic(n: int, count: int) -> str:
    head = f"                    {n} of {count} DOCUMENTS\n\n\n                 The Velmara Post\n\n             {DAYS[n]} Tuesday\n"
    head += f"                 Edition 1;\n\nFerry talks {n}\ngo on\n\nBYLINE: Writer {n}\n\nSECTION: NEWS; Pg. {n}\n\n"
    head += f"LENGTH: {n} words\n\n"
    tail = f"LOAD-DATE: {DAYS[n]}\n\nLANGUAGE: ENGLISH\n\n     Copyright 2031 Velmara Press\n        All Rights Reserved\n\n"
    return f"{head}{story(n)}\n\n{tail}"


def newer(n: int, count: int) -> str:
    head = f"Ferry talks {n} go on\nThe Velmara Post\n{DAYS[n]} Tuesday\n\nCopyright 2031 Velmara Press All Rights Reserved\n"
    head += f"Section: NEWS; Pg. {n}\nLength: {n} words\nByline: Writer {n}\nBody\n\n"
    return f"{head}{story(n)}\n\nLoad-Date: {DAYS[n]}\n\n\nEnd of Document\n\n"


def numbered(n: int, count: int) -> str:
    return f"Document {n} of {count}\n\n{newer(n, count)}"


def counted(n: int, count: int) -> str:
    return labelled(n, count).replace("_" * 60, f"Document {n} of {count}")


def coded(n: int, count: int) -> str:
    head = f"HD\n Ferry talks {n}\n go on\n\nBY   Writer {n}\nWC   {n} words\nPD   {DAYS[n]}\n"
    head += "SN   The Velmara Post\nLA   English\nCY   (c) 2031\n\n"
    first, rest = story(n).split("\n\n", maxsplit=1)
    tail = f"NS\n ferry : Ferries\n\nAN\n Document VELP0000{n}\n\nDocument VELPST00203103{n:02}eh3g0002x\n\n"
    return f"{head}LP\n\n{first}\n\nTD\n\n{rest}\n\n{tail}"


def bare(n: int, count: int) -> str:
    head = f"Ferry talks {n} go on\nBy Writer {n}\n{n} words\n{DAYS[n]}\nThe Velmara Post\nVELPST\nEnglish\n(c) 2031 Velmara Press\n\n"
    return f"{head}{story(n)}\n\nDocument VELPST00203103{n:02}eh3g0002x\n\n"


def labelled(n: int, count: int) -> str:
    tail = f"Subject: Ferries\n\nTitle: Ferry talks {n} go on\n\nPublication title: The Velmara Post\n\nPublication date: {DAYS[n]}\n\n"
    tail += f"Publisher: Velmara Press\n\nDocument URL: https://example.org/{n}\n\nLanguage of publication: English\n\n"
    return f"{'_' * 60}\n\nFerry talks {n} go on\n\nAuthor: Writer {n}\n\nAbstract: None available.\n\nFull text: {story(n)}\n\n{tail}"


COVERS = {
    "numbered-to-end": "Job Number: 17\nTerms: (ferry)\n\n",
    "numbered-documents": "Download Request: Selected Items\nTime Of Request: Friday\n\nTerms: (ferry)\n\n\n",
    "end-of-document": "Date and Time: Tuesday\nJob Number: 17\nDocuments (3)\n1. Ferry talks\nSearch Terms: ferry\n\n",
}
TRAILERS = {
    "two-letter-fields": "Search Summary\n\nText: ferry\n",
    "underscores-and-labels": f"{'_' * 60}\n\nContact us at: press@example.org\n",
}
LAYOUTS = [
    ("numbered-documents", classic), ("end-of-document", newer), ("two-letter-fields", coded), ("accession-numbers", bare),
    ("underscores-and-labels", labelled), ("numbered-to-end", numbered), ("numbered-and-labels", counted),
]  # fmt: skip


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("count", [2, 3, 11, 30])
@pytest.mark.parametrize(("rule", "make"), LAYOUTS)
def test_all_boundaries_of_a_layout_are_exact(rule: str, make: Callable[[int, int], str], count: int, ends: str) -> None:
    articles = [make(n, count) for n in range(1, count + 1)]
    articles[0] = COVERS.get(rule, "") + articles[0]
    articles[-1] += TRAILERS.get(rule, "")
    whole = source("".join(articles).replace("\n", ends))
    parts = exports.split(whole, RULES)
    assert [part.text for part in parts] == [article.replace("\n", ends) for article in articles]
    check(whole, parts)
    at = 0
    for n, part in enumerate(parts, start=1):
        assert value(part, "rule") == rule
        assert value(part, "part") == f"{n} of {count}"
        assert value(part, "extent") == f"{at}-{at + len(part.text)}"
        assert value(part, "title") == f"Ferry talks {n} go on"
        assert value(part, "publisher") == "The Velmara Post"
        assert (value(part, "published") or "").startswith(DAYS[n])
        assert (value(part, "byline") or "").removeprefix("By ") == f"Writer {n}"
        at += len(part.text)


@pytest.mark.parametrize(("rule", "make"), LAYOUTS)
def test_only_the_exports_own_words_are_furniture(rule: str, make: Callable[[int, int], str]) -> None:
    text = COVERS.get(rule, "") + "".join(make(n, 3) for n in range(1, 4)) + TRAILERS.get(rule, "")
    for n, part in enumerate(exports.split(source(text), RULES), start=1):
        assert {node.furniture for node in part.nodes} == {"", f"export:{rule}"}
        kept = body(part)
        assert [line for line in story(n).splitlines() if line and line not in kept] == []
        assert f"Ferry talks {n}" in kept
        assert f"Writer {n}" in kept
        gone = "Request|Job Number|Documents \\(|Terms|DOCUMENTS\\n|End of Document|Copyright|Subject|Search|Contact"
        assert re.findall(gone, kept) == []
        assert "words\n" not in kept


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_are_split_and_counterexamples_are_not(rule: ExportRule) -> None:
    assert rule.examples
    assert rule.counterexamples
    assert rule.source
    for example in rule.examples:
        whole = source(example)
        parts = exports.split(whole, RULES)
        assert {value(part, "rule") for part in parts} == {rule.id}
        assert all(value(part, "title") and value(part, "published") for part in parts)
        check(whole, parts)
    for text in rule.counterexamples:
        whole = source(text)
        assert exports.split(whole, RULES) == (whole,)


def test_what_the_file_says_goes_with_every_article() -> None:
    doubt: Found = ("encoding", "low", "the bytes are not UTF-8", "Check it.")
    whole = source("".join(newer(n, 3) for n in range(1, 4)))
    whole = Source(whole.text, "other/2", whole.nodes, (MetaField("encoding", "cp1252"),), (doubt,))
    for part in exports.split(whole, RULES):
        assert part.extractor == "other/2 exports/1"
        assert part.metadata[0] == MetaField("export:rule", "end-of-document")
        assert part.metadata[-1] == MetaField("encoding", "cp1252")
        assert part.problems == (doubt,)


def test_cells_and_paragraphs_of_several_lines_are_cut() -> None:
    text = "HD\tFerry\nBody one.\nDocument VELPST0020310301eh3g0002x\nHD\tTide\nSC\tVELP\nDocument VELPST0020310302eh3g0002x"
    spans = [(0, 2), (3, 8), (9, text.index("SC")), (text.index("SC"), text.index("SC") + 2), (text.index("VELP\n"), len(text))]
    nodes = tuple(Node(start, end - (text[end - 1] == "\n"), f"paragraph {n}") for n, (start, end) in enumerate(spans))
    whole = Source(text, "docx/1", nodes)
    parts = exports.split(whole, RULES)
    check(whole, parts)
    assert [body(part) for part in parts] == ["Ferry\nBody one.", "Tide"]
    assert [value(part, "title") for part in parts] == ["Ferry", "Tide"]


def test_exports_as_rich_text() -> None:
    lines = "".join(newer(n, 3) for n in range(1, 4)).splitlines()
    whole = rtf.read(("{\\rtf1 " + "\\par\n".join(lines) + "}").encode(), "a.rtf")
    parts = exports.split(whole, RULES)
    check(whole, parts)
    assert [value(part, "title") for part in parts] == [f"Ferry talks {n} go on" for n in (1, 2, 3)]
    row = "\\trowd\\pard\\intbl %s\\cell %s\\cell\\row\\pard "
    cells = (("HD", "Ferry {0}"), ("PD", "{0} March 2031"), ("SC", "VELP"), ("LP", "One.\\par Two."), ("IPD", "code"))
    table = "".join(row % cell for cell in cells)
    articles = (table.replace("{0}", str(n)) + f"\\par Document VELPST002031030{n}eh3g0002x\\par\n" for n in (1, 2))
    whole = rtf.read(("{\\rtf1 " + "".join(articles) + "}").encode(), "a.rtf")
    parts = exports.split(whole, RULES)
    check(whole, parts)
    assert [value(part, "title") for part in parts] == ["Ferry 1", "Ferry 2"]
    assert [body(part) for part in parts] == [f"Ferry {n}\n{n} March 2031\nOne.\nTwo." for n in (1, 2)]


def test_furniture_outside_all_nodes_gets_a_node() -> None:
    whole = Source("".join(newer(n, 2) for n in (1, 2)), "bare/1")
    first, _ = exports.split(whole, RULES)
    assert {node.furniture for node in first.nodes} == {"export:end-of-document"}
    assert first.nodes[-1].path == f"characters {first.nodes[-1].start}-{first.nodes[-1].end}"


@pytest.mark.parametrize(
    "numbers",
    [(1,), (2, 1), (1, 2, 2), (1, 3), (0, 0), (3, 4)],
)
def test_numbers_must_count_up_to_their_total(numbers: tuple[int, ...]) -> None:
    total = 3
    whole = source("".join(classic(n, total) for n in numbers))
    assert exports.split(whole, RULES) == (whole,)


def test_a_later_batch_and_a_lost_needed_line() -> None:
    assert len(exports.split(source("".join(classic(n, 30) for n in (21, 22, 23))), RULES)) == 3
    text = newer(1, 3) + "A quotation.\n\nEnd of Document\n\n" + newer(2, 3)
    first, second = exports.split(source(text), RULES)
    assert "A quotation." in body(first)
    assert second.text == newer(2, 3)


def test_what_stands_below_the_last_article_is_furniture() -> None:
    rule = packs.ExportRule("r", begins=re.compile("_+"), needs=re.compile("Text.*"))
    whole = source("cover\n___\nno\n___\nText a\n___\nmore\n___\nText b\n___\nContact us\n")
    assert [body(part) for part in exports.split(whole, [rule])] == ["Text a\nmore", "Text b"]


def test_a_missing_title_is_no_label() -> None:
    articles = "".join(re.sub(r"Ferry talks.*?on\n\n", "", classic(n, 2), flags=re.DOTALL) for n in (1, 2))
    assert [value(part, "title") for part in exports.split(source(articles), RULES)] == [None, None]


def test_lines_that_begin_and_end_must_alternate() -> None:
    rule = packs.ExportRule("both", begins=re.compile("<<"), ends=re.compile(">>"))
    assert [part.text for part in exports.split(source("x\n<<\na\n>>\ny\n<<\nb\n>>\nz"), [rule])] == ["x\n<<\na\n>>\ny\n", "<<\nb\n>>\nz"]
    for text in ("<<\n<<\na\n>>\n>>\n", "<<\na\n>>\n<<\nb\n", ">>\n<<\n>>\n<<\n"):
        assert len(exports.split(source(text), [rule])) == 1


PIECES = st.sampled_from([
    "1 of 2 DOCUMENTS\n", "2 of 2 DOCUMENTS\n", "End of Document\n", "Length: 3 words\n", "HD\n", "HD\tA\n", "LP   b\n", "SC\n",
    "Document VELPST0020310301eh3g0002x\n", "_" * 50 + "\n", "Full text: c\n", "Message: 1\n", "Message: 2\r\n", "Subject: d\n",
    "Body\n", "\n", "word\n", "e",
])  # fmt: skip


@settings(deadline=None, max_examples=400)
@given(st.lists(PIECES, max_size=30))
def test_any_lines_give_sound_parts(lines: list[str]) -> None:
    whole = source("".join(lines))
    parts = exports.split(whole, RULES)
    if len(parts) == 1:
        assert parts == (whole,)
    else:
        check(whole, parts)


# Ordinary documents are never split


def ordinary() -> list[Path]:
    return [path for folder in (ROOT / "examples/corpus", SHARED / "seeds") for path in sorted(folder.glob("*.txt"))]


def test_ordinary_documents_stay_whole() -> None:
    assert ordinary()
    for path in ordinary():
        whole = plain.read(path.read_bytes(), path.name)
        assert exports.split(whole, RULES) == (whole,)


@pytest.mark.skipif(not (SHARED / "data/documents/ungdc_2000_2024.jsonl").exists(), reason="the speeches are not here")
def test_speeches_stay_whole() -> None:
    with (SHARED / "data/documents/ungdc_2000_2024.jsonl").open(encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for _, line in zip(range(300), file, strict=False)]
    assert [text[:60] for text in texts if len(exports.split(source(text), RULES)) > 1] == []
