"""The plain reader keeps every byte and finds the header of "The World and Japan"."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from reaffirm.formats import plain
from reaffirm.model import MetaField
from reaffirm.text import decode

TEXT = st.text(st.characters(codec="utf-8"))
LINES = st.lists(st.sampled_from(["[Title] A", "[date]", "[Notes] n", "more", "", " \t", "[Full text]", "body", "[Title]", "\ufeff"]))
HEADED = """\ufeff[TITLE] Joint Communique
of the Two Tides

[Place] Lower Quay
[Date]
[Source] Ministry of Tides, vol. 3
[Notes] Provisional

[Full text] The ministers met.

[Title] is a word in brackets here.
"""


@given(TEXT)
def test_text_is_the_bytes(text: str) -> None:
    assert plain.read(text.encode(), "a.txt").text.encode() == text.encode()


@given(TEXT.filter(lambda text: "\ufeff" not in text[:1]))
def test_byte_order_marks_stay(text: str) -> None:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        data = ("\ufeff" + text).encode(encoding)
        source = plain.read(data, "a.txt")
        assert source.text.encode(encoding) == data
        assert bool(source.problems) == (encoding != "utf-8")


@given(st.binary())
@example(b"\x80\xe1\x80\x80\xc2\x80")
def test_any_bytes_come_back(data: bytes) -> None:
    text, encoding = decode(data)
    if encoding == "windows-1252":
        back = b"".join(c.encode("latin-1") if ord(c) < 256 else c.encode("windows-1252") for c in text)
        assert back == data
    elif encoding == "utf-8+windows-1252":  # single bad bytes among good sequences, which stay as they are
        loose = data.decode("utf-8", "surrogateescape")
        assert len(loose) == len(text)
        assert all(good == read or "\udc80" <= good <= "\udcff" for good, read in zip(loose, text, strict=True))
    else:
        assert text.encode(encoding) == data


@given(st.one_of(TEXT, LINES.map("\n".join), LINES.map("\r\n".join)))
def test_nodes_cover_the_text_in_order(text: str) -> None:
    source = plain.read(text.encode(), "a.txt")
    edge, covered = 0, ""
    for node in source.nodes:
        assert edge <= node.start < node.end <= len(source.text)
        between = source.text[edge : node.start]
        assert not between.replace("\ufeff", "").strip()
        covered += source.text[node.start : node.end]
        edge = node.end
    assert not source.text[edge:].replace("\ufeff", "").strip()
    assert "\n" not in covered


def test_lines_are_numbered_as_an_editor_does() -> None:
    source = plain.read(b"one\r\n\r\n  two \rthree\n", "a.txt")
    assert [(source.text[n.start : n.end], n.path, n.hint) for n in source.nodes] == [
        ("one", "line 1", None),
        ("two", "line 3", None),
        ("three", "line 4", None),
    ]


def test_no_break_spaces_and_line_ends_stay() -> None:
    data = "a\u00a0b \r\n\r\nc\u2028d".encode()
    assert plain.read(data, "a.txt").text.encode() == data


def test_legacy_bytes_are_a_problem() -> None:
    source = plain.read("a “word”".encode("windows-1252"), "a.txt")
    assert source.text == "a “word”"
    assert source.metadata == (MetaField("encoding", "windows-1252"),)
    assert source.problems[0][:2] == ("encoding", "low")


def test_header() -> None:
    source = plain.read(HEADED.encode(), "a.txt")
    assert source.metadata == (
        MetaField("worldjpn:title", "Joint Communique\nof the Two Tides"),
        MetaField("worldjpn:place", "Lower Quay"),
        MetaField("worldjpn:date", ""),
        MetaField("worldjpn:source", "Ministry of Tides, vol. 3"),
        MetaField("worldjpn:notes", "Provisional"),
    )
    hints = [(source.text[n.start : n.end], n.path, n.hint) for n in source.nodes]
    assert hints[:4] == [
        ("[TITLE]", "line 1", "note"),
        ("Joint Communique", "line 1", "title"),
        ("of the Two Tides", "line 2", "title"),
        ("[Place] Lower Quay", "line 4", "note"),
    ]
    assert hints[-3:] == [
        ("[Full text]", "line 9", "note"),
        ("The ministers met.", "line 9", None),
        ("[Title] is a word in brackets here.", "line 11", None),
    ]
    assert not any(node.furniture for node in source.nodes)


def test_header_without_full_text_ends_at_a_blank_line() -> None:
    source = plain.read(b"[Title] A\n[Notes] first\nsecond\n\nThe body.", "a.txt")
    assert source.metadata == (MetaField("worldjpn:title", "A"), MetaField("worldjpn:notes", "first\nsecond"))
    assert source.nodes[-1].hint is None


def test_no_header_elsewhere() -> None:
    source = plain.read(b"An editorial.\n[Date] June\n[Full text]\n", "a.txt")
    assert source.metadata == ()
    assert [node.hint for node in source.nodes] == [None, None, None]


def test_sniff() -> None:
    assert plain.sniff("An editorial; “words”.".encode("windows-1252"), "a.txt")
    assert plain.sniff("\ufefftext".encode("utf-16-le"), "a.txt")
    assert not plain.sniff(b"a\x00b", "a.txt")
    assert not plain.sniff(bytes(range(32)), "a.txt")
    assert not plain.sniff(b"<?xml version='1.0'?><feed/>", "a.txt")
