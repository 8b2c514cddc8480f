"""The door: any bytes give a Source, and what cannot be read says why."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reaffirm import formats
from reaffirm.model import MetaField, Node, Source

REFUSED = {
    "empty": (b"", "the file is empty"),
    "blank": (b"\xef\xbb\xbf \r\n", "the file is empty"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", "a PDF that breaks off"),
    "png": (b"\x89PNG\r\n\x1a\n....", "a PNG picture"),
    "jpeg": (b"\xff\xd8\xff\xe0....", "a JPEG picture"),
    "webp": (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a WebP picture"),
    "word": (b"PK\x03\x04....[Content_Types].xml....word/document.xml", "a Word document"),
    "epub": (b"PK\x03\x04" + b"." * 26 + b"mimetypeapplication/epub+zip", "an EPUB book"),
    "zip": (b"PK\x03\x04....", "a ZIP archive"),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "an old Microsoft Office document"),
    "junk": (bytes(range(256)), "neither text"),
    "xml": (b"<?xml version='1.0'?><rss></rss>", "neither text"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refusals_say_what_it_is_and_what_to_do(case: str) -> None:
    data, what = REFUSED[case]
    source = formats.read(data, f"{case}.bin")
    assert (source.text, source.nodes, source.metadata) == ("", (), ())
    ((kind, severity, message, resolution),) = source.problems
    assert (kind, severity) == ("unreadable", "high")
    assert message.startswith("unreadable: ")
    assert what in message
    assert resolution.endswith(".")


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "", "a"]), st.sampled_from([b"", b"<html>", b"<p>"]))
def test_any_bytes_give_a_sound_source(data: bytes, name: str, prefix: bytes) -> None:
    source = formats.read(prefix + data, name)
    assert source.text or source.problems
    edge = 0
    for node in source.nodes:
        assert edge <= node.start < node.end <= len(source.text)
        edge = node.end


def test_pages_and_texts_find_their_readers() -> None:
    assert formats.read(b"<!doctype html><p>Words.", "a.txt").extractor.startswith("html/2")
    assert formats.read(b"Words <p> and more.", "a.html").extractor.startswith("html/2")
    assert formats.read(b"Words without mark-up.", "a.html").extractor == "plain/1"
    assert formats.read(b"Words.", "a.unknown").extractor == "plain/1"


class Foreign:
    """A plug-in that takes `.x` files and breaks in the ways its name says."""

    def sniff(self, data: bytes, name: str) -> bool:
        if data == b"sniff fails":
            raise RuntimeError(data)
        return name.endswith(".x")

    def read(self, data: bytes, name: str) -> Source:  # noqa: ARG002
        if data == b"read fails":
            raise RecursionError
        nodes = (Node(0, 99, "p"),) if data == b"bad nodes" else (Node(0, 2, "p"),)
        return Source("ok", "foreign/1", nodes, (MetaField("k", "v"),))


@pytest.fixture
def _foreign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "installed", lambda: (("foreign", Foreign()),))


@pytest.mark.usefixtures("_foreign")
def test_installed_formats_come_first() -> None:
    assert formats.read(b"%PDF-1.7", "a.x").text == "ok"
    assert formats.read(b"%PDF-1.7", "a.pdf").text == ""


@pytest.mark.usefixtures("_foreign")
@pytest.mark.parametrize("data", [b"sniff fails", b"read fails"])
def test_a_failing_format_is_a_problem_and_the_next_one_reads(data: bytes) -> None:
    source = formats.read(data, "a.x")
    assert source.text == data.decode()
    assert source.problems[0][0] == "unreadable"
    assert "foreign" in source.problems[0][2]


@pytest.mark.usefixtures("_foreign")
def test_nodes_outside_the_text_are_refused() -> None:
    source = formats.read(b"bad nodes", "a.x")
    assert (source.text, source.nodes) == ("", ())
    assert "overlaps or leaves the text" in source.problems[0][2]


def test_import_is_light() -> None:
    code = "import sys, reaffirm.formats; print([m for m in ('lxml', 'trafilatura', 'htmldate') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_reading_a_page_with_a_date_does_not_load_htmldate() -> None:
    page = b"<html><meta name=date content=2030-01-01><p>Words."
    code = f"import sys; from reaffirm.formats import html; html.metadata.collect(html.parse({page!r})[0], frozenset(), guess=True); print('htmldate' in sys.modules)"  # noqa: E501
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
