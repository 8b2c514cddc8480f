"""The quick part of bench/hostile.py and bench/files.py: some hostile inputs, a hundred bad files, one good file a format."""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reaffirm import formats, packs, pipeline
from reaffirm.text import sha256

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "bench"))

import files  # noqa: E402 - the benches are scripts beside this folder
import made  # noqa: E402
from made import bombs, brokenpdf, mutate, odd  # noqa: E402

if TYPE_CHECKING:
    from reaffirm.model import Source

JARGON = re.compile(r"\b[A-Za-z]*[a-z](?:Error|Exception|Warning)\b|Traceback|BadZipFile|defect of")
OUTSIDE = "file:///secret-of-nobody.txt"
QUICK = (
    "truncated.pdf", "encrypted.pdf", "header-only.pdf", "kids-loop.pdf", "prev-loop.pdf", "object-stream-loop.pdf", "length-loop.pdf",
    "laughs-docx.docx", "laughs-odt.odt", "laughs-html.html", "file-entity-docx.docx", "file-entity-odt.odt", "encrypted.zip",
    "empty.txt", "nuls.txt", "cesu.txt", "utf-16-odd.txt", "entities.html", "quotes.html", "boundary.eml", "charset.eml", "unicode.rtf",
    "header.rtf",
)  # fmt: skip


def told(source: Source) -> list[str]:
    return [f"{message} {resolution}" for _, _, message, resolution in source.problems]


@pytest.mark.parametrize("name", QUICK)
def test_a_hostile_file_becomes_text_or_a_sentence_that_helps(name: str) -> None:
    make = (brokenpdf.CASES | bombs.cases(OUTSIDE, "http://nobody.invalid/") | odd.CASES)[name]
    source = formats.read(make(), name)
    assert source.text.strip() or any(kind == "unreadable" for kind, *_ in source.problems), name
    assert not [words for words in told(source) if JARGON.search(words)]
    assert bombs.SECRET not in source.text
    assert all(message.strip() and resolution.strip() for _, _, message, resolution in source.problems)


@pytest.mark.parametrize("name", ["empty.txt", "nuls.txt", "truncated.pdf", "laughs-docx.docx"])
def test_the_failure_of_a_hostile_file_says_what_to_do(name: str) -> None:
    data = (brokenpdf.CASES | bombs.cases(OUTSIDE, "http://nobody.invalid/") | odd.CASES)[name]()
    reading = pipeline.read(pipeline.Parcel(name, name, data, sha256=sha256(data)), ())
    if not reading.observations:
        assert not JARGON.search(reading.failure)
        assert re.search(r"\b(?:add|save|check|open|unpack|download)\b", reading.failure, re.IGNORECASE), reading.failure


def test_bad_files_are_read_or_refused_and_never_a_defect() -> None:
    faults = []
    for name, data in mutate.mutants(ROOT / "examples/corpus", 100, seed=20261123):
        source = formats.read(data, name)
        faults += [f"{name}: {words}" for words in told(source) if JARGON.search(words)]
        faults += [] if source.text.strip() or source.problems else [f"{name}: no text and no problem"]
        source.text.encode()  # a lone surrogate would raise
    assert not faults


def test_mutation_is_repeatable_and_changes_nearly_every_file() -> None:
    first, again = (list(mutate.mutants(ROOT / "examples/corpus", 60, seed=5)) for _ in range(2))
    good = dict(mutate.sources(ROOT / "examples/corpus"))
    assert first == again
    assert sum(data != good[name.partition("-")[2]] for name, data in first) > 50


@pytest.mark.parametrize("form", ["docx", "eml", "html", "odt", "rtf", "txt", "pdf"])
def test_a_made_file_is_read_whole_and_its_words_lead_back(form: str, tmp_path: Path) -> None:
    file = made.make(form, 2, random.Random(8), mutate.SMALL)  # noqa: S311 - repeatable, no secret
    found = files.examine(file, tmp_path, packs.load(files.PACK))
    assert found.recovered >= files.BARS[form], found.wrong or found.unread
    assert found.mapped == found.statements > 0, found.wrong
