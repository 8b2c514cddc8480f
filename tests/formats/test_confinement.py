"""The confined process: what it reads is what is read here; what breaks a limit becomes a sentence, and the next document is read."""

from __future__ import annotations

import io
import random
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from reaffirm import formats
from reaffirm.formats import archive, confinement
from reaffirm.formats.confinement import Cell, EndedError, Limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MIB = 1024 * 1024
NOISE = random.Random(1).randbytes(3 * MIB)  # noqa: S311 - bytes that do not pack
PAGE = b"<!doctype html><title>Note</title><p>The ministers met\xe2\x80\x94and agreed.</p>"
# A format installed beside the built-in ones, whose documents do what they say.
UNRULY = """
import os, signal, time, sys
from reaffirm.model import MetaField, Source
def sniff(data, name): return data.startswith(b"DO ")
def read(data, name):
    what = data.split()[1].decode()
    if what == "spin":
        while True: pass
    if what == "sleep": time.sleep(60)
    if what == "crash": os.kill(os.getpid(), signal.SIGSEGV)
    if what == "leave": os._exit(3)
    if what == "hoard": return Source("x" * len([bytearray(1 << 20) for _ in range(100_000)]), "unruly")
    if what == "flood": return Source("x", "unruly", metadata=(MetaField("k", "x" * (8 << 20)),))
    if what == "write": os.write(os.open("written", os.O_CREAT | os.O_WRONLY), b"x" * 10)
    if what == "print": print("words in the answer", flush=True); sys.stdout.write("more"); os.write(1, b"and more")
    if what == "once":
        global seen
        first, seen = not seen, True
        if first and "fresh" not in name: pass
        if not first: os._exit(4)
    return Source("done", "unruly/1")
seen = False
"""
LIMITS = Limits(cpu=2, wall=20.0, memory=400 * MIB, output=4 * MIB)


@pytest.fixture
def unruly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cell]:
    info = tmp_path / "unruly-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: unruly\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[reaffirm.formats]\nunruly = unruly\n")
    (tmp_path / "unruly.py").write_text(UNRULY)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.chdir(tmp_path)
    cell = Cell(LIMITS)
    monkeypatch.setattr(confinement, "_cell", cell)
    yield cell
    cell.end()


@pytest.mark.parametrize(
    ("data", "name"),
    [(PAGE, "a.html"), ("Words, „zitiert“.\r\n".encode(), "a.txt"), (b"", "a"), (b"\x89PNG\r\n\x1a\n\0", "a.png")],
)
def test_it_reads_what_is_read_without_it(data: bytes, name: str) -> None:
    assert confinement.read(data, name) == formats.read(data, name)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("spin", "processor time"), ("sleep", "more than 20 seconds"), ("crash", "it crashed"), ("leave", "code 3"),
        ("hoard", "more than 400 MiB of memory"), ("flood", "larger than 4 MiB"), ("write", "failed"),
    ],
)  # fmt: skip
@pytest.mark.skipif(confinement.resource is None, reason="this system has no limits for processes")
def test_a_document_that_breaks_a_limit_is_a_problem_and_the_next_is_read(unruly: Cell, tmp_path: Path, what: str, words: str) -> None:
    source = confinement.read(f"DO {what}".encode(), "a.x")
    assert words in " ".join(problem[2] for problem in source.problems)
    assert source.text in {"", f"DO {what}"}
    assert confinement.read(b"DO nothing", "b.x").text == "done"
    assert not (tmp_path / "written").exists() or (tmp_path / "written").stat().st_size == 0


def test_what_a_library_prints_is_no_part_of_the_answer(unruly: Cell) -> None:
    assert confinement.read(b"DO print", "a.x").text == "done"
    assert confinement.read(b"DO nothing", "b.x").text == "done"


def test_a_document_is_tried_again_in_a_new_process_when_the_old_one_had_served_others(unruly: Cell) -> None:
    assert [confinement.read(b"DO once", name).text for name in ("a.x", "b.x", "c.x")] == ["done"] * 3


def test_a_process_serves_many_and_is_replaced_in_time(unruly: Cell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confinement, "SERVED", 3)
    seen = []
    for _ in range(7):
        confinement.read(b"DO nothing", "a.x")
        seen.append(unruly.process.pid if unruly.process else None)
    assert seen[0] == seen[1] != seen[3]
    assert seen[2] is seen[5] is None


def test_an_answer_that_is_not_wanted_to_its_end_ends_the_process(unruly: Cell, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({f"{n}.txt": b"x" * 1000 for n in range(50)}))
    answer = unruly.ask({"task": "members", "path": str(tmp_path / "a.zip"), "name": "a.zip"})
    assert next(answer)[0] == {"archive": True}
    answer.close()
    assert unruly.process is None


def test_a_request_that_is_nonsense_ends_with_a_sentence(unruly: Cell) -> None:
    with pytest.raises(EndedError, match="ended"):
        list(unruly.ask({"task": "members", "name": "a"}))


# Archives


def packed(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return held.getvalue()


def test_members_are_those_that_are_read_without_it(tmp_path: Path) -> None:
    data = packed({"a.txt": b"A" * 100_000, "b/c.txt": b"C", "in.zip": packed({"d.txt": b"D"})})
    (tmp_path / "a.zip").write_bytes(data)
    found = confinement.members(tmp_path / "a.zip", "a.zip")
    assert found is not None
    assert list(found) == list(archive.members(io.BytesIO(data), "a.zip"))


def test_an_office_document_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(packed({"[Content_Types].xml": b"", "word/document.xml": b"<x/>"}))
    assert confinement.members(tmp_path / "a.docx", "a.docx") is None


@pytest.mark.skipif(confinement.resource is None, reason="this system has no limits for processes")
def test_an_archive_that_breaks_a_limit_gives_what_came_before_and_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({"a.txt": b"A", "b.txt": NOISE, "c.txt": b"C"}))
    found = list(confinement.members(tmp_path / "a.zip", "a.zip", Limits(output=MIB)) or ())
    assert [member.name for member in found] == ["a.zip/a.txt", "a.zip"]
    assert found[1].problem is not None
    assert "larger than 1 MiB" in found[1].problem[2]
