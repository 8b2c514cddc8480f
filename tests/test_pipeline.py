from __future__ import annotations

import io
import os
import zipfile
from typing import TYPE_CHECKING

import pytest

from reaffirm import packs, pipeline
from reaffirm.model import Block, Document, MetaField

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = ["samples"]
TEXT = "The ministers met on 12 April 2031.\n\n“We will not wait,” Minister Elna Marsten said. She stressed that the talks would go on.\n"
FRENCH = "Les ministres se sont rencontrés hier à Paris pour parler des câbles sous la mer. Ils ont décidé de se revoir bientôt.\n" * 3


def archive(members: dict[str, bytes], damaged: str = "") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        for name, data in members.items():
            file.writestr(name, data)
    data = held.getvalue()
    return data.replace(members[damaged], members[damaged][::-1]) if damaged else data  # its checksum then fails


def parcels(*paths: Path) -> list[tuple[str, str | None]]:
    return [(p.name, p.failure if p.data is None else p.data.decode()) for p in pipeline.gather(paths)]


def test_files_come_with_names_below_what_was_given(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.txt").write_text("B")
    (tmp_path / "sub" / "a.txt").write_text("A")
    assert parcels(tmp_path) == [("b.txt", "B"), ("sub/a.txt", "A")]
    assert parcels(tmp_path / "sub", tmp_path / "b.txt") == [("a.txt", "A"), ("b.txt", "B")]
    assert pipeline.count([tmp_path, tmp_path / "b.txt"]) == 3


def test_members_of_an_archive_come_one_by_one_a_broken_one_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "two.zip").write_bytes(archive({"a.txt": b"first text", "bad.txt": b"broken text", "c.txt": b"third text"}, "bad.txt"))
    found = dict(parcels(tmp_path))
    assert found.keys() == {"two.zip/a.txt", "two.zip/bad.txt", "two.zip/c.txt"}
    assert found["two.zip/a.txt"] == "first text"
    assert "damaged member" in (found["two.zip/bad.txt"] or "")


def test_what_cannot_be_read_comes_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "big.txt").write_text("four")
    monkeypatch.setattr(pipeline, "LARGEST", 3)
    assert parcels(tmp_path) == [("big.txt", "cannot be read: it has more than 3 bytes; split it, or pack its parts as a ZIP archive")]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read anything")
def test_a_file_without_permission_comes_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "shut.txt").write_text("x")
    (tmp_path / "shut.txt").chmod(0)
    assert "Permission denied" in (parcels(tmp_path)[0][1] or "")


def test_a_device_is_no_document(tmp_path: Path) -> None:
    assert "device" in (parcels(type(tmp_path)("/dev/zero"))[0][1] or "")


def test_an_observation_is_a_pure_function_of_bytes_packs_and_table() -> None:
    first, second = (pipeline.observe("a.txt", TEXT.encode(), packs.load()) for _ in range(2))
    assert first == second
    assert first.document.text == TEXT
    assert first.statements[0].content[0].exact == "“We will not wait,”"
    assert {voice.statement for voice in first.voices} == {s.id for s in first.statements}


def test_a_table_beats_what_the_text_suggests() -> None:
    said = (MetaField("table:genre", "analysis"), MetaField("table:published", "2031-05-01"))
    card = pipeline.observe("a.txt", TEXT.encode(), packs.load(), said).document.card
    assert (card.genre.value, card.published.value, card.published.basis) == ("analysis", "2031-05-01", "metadata")
    assert card.published.evidence == (MetaField("meta:published", "2031-05-01"),)


def test_a_text_in_another_language_has_a_problem_and_no_rows() -> None:
    found = pipeline.observe("a.txt", FRENCH.encode(), packs.load())
    assert found.statements == ()
    assert [p.message for p in found.problems if p.kind == "language"] == ["the text is in fr, which Reaffirm does not read"]


@pytest.mark.parametrize(("data", "words"), [(b"", "empty"), (b" \n\t\n", "empty"), (b"\x89PNG\r\n\x1a\n\0\0", "PNG picture")])
def test_a_file_without_text_fails_with_the_reason(data: bytes, words: str) -> None:
    found = pipeline.read(pipeline.Parcel("a.txt", "", data), ())
    assert found.observations == ()
    assert words in found.failure


def test_a_defect_is_the_failure_of_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        message = "x"
        raise KeyError(message)

    monkeypatch.setattr(pipeline, "statements", broken)
    found = pipeline.read(pipeline.Parcel("a.txt", "", TEXT.encode()), ())
    assert found.observations == ()
    assert "defect of Reaffirm" in found.failure
    assert "KeyError" in found.failure


def test_the_run_changes_with_packs_and_table_and_with_nothing_else(pack: Path) -> None:
    said = (MetaField("table:title", "T"),)
    runs = [pipeline.run(packs.load()), pipeline.run(packs.load(pack)), pipeline.run(packs.load(), said)]
    assert len({run.id for run in runs}) == 3
    assert pipeline.run(packs.load(), said) == runs[2]


def test_known_parcels_are_passed_by() -> None:
    given = [pipeline.Parcel(name, "", TEXT.encode()) for name in ("a.txt", "b.txt")]
    found = list(pipeline.readings(given, (), 0, lambda parcel: parcel.name == "a.txt"))
    assert [(p.name, reading is None) for p, reading in found] == [("a.txt", True), ("b.txt", False)]


def test_coverage_is_the_share_outside_furniture() -> None:
    blocks = (Block("furniture", 0, 4, ((0, 4),)), Block("paragraph", 5, 13, ((5, 13),)))
    assert pipeline.coverage(Document("D", "", "menu body  text", "", "", blocks=blocks)) == pytest.approx(8 / 12)
    assert pipeline.coverage(Document("D", "", "  ", "", "")) == 0
