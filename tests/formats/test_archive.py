"""Archives: members with safe names, within limits that are tested with bombs made here."""

from __future__ import annotations

import io
import stat
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reaffirm.formats import archive
from reaffirm.formats.archive import Member, is_archive, members
from reaffirm.formats.names import is_litter, safe


def packed(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return buffer.getvalue()


def named(data: bytes) -> dict[str, Member]:
    return {member.name: member for member in members(io.BytesIO(data), "a.zip")}


def test_members_in_order_without_folders_and_litter() -> None:
    data = packed({"b/": b"", "b/2.txt": b"two", "__MACOSX/._2.txt": b"", "b/.DS_Store": b"", "Thumbs.db": b"", "1.txt": b"one"})
    assert list(members(io.BytesIO(data), "x/a.zip")) == [Member("x/a.zip/b/2.txt", b"two"), Member("x/a.zip/1.txt", b"one")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", "etc/passwd"), ("/abs/a.txt", "abs/a.txt"), ("C:\\dir\\a.txt", "dir/a.txt"),
        ("a/./b//c.txt", "a/b/c.txt"), ("cafe\u0301.txt", "caf\u00e9.txt"), ("a\x1b[31m.txt", "a_[31m.txt"),
        ("evil\u202etxt.exe", "evil_txt.exe"), ("..", ""), ("a/.. /b", "a/b"),
    ],
)  # fmt: skip
def test_names_are_safe(name: str, expected: str) -> None:
    assert safe(name) == expected


@given(st.text())
def test_any_name_is_safe(name: str) -> None:
    steps = safe(name).split("/")
    assert ".." not in steps
    assert "\\" not in "".join(steps)
    assert safe(name) == "" or "" not in steps
    is_litter(safe(name))


def test_archives_within_archives_to_a_depth() -> None:
    inner = packed({"deep.txt": b"deep"})
    for depth in range(3):
        inner = packed({f"{depth}.zip": inner, f"{depth}.txt": b"text"})
    found = named(inner)
    assert found["a.zip/2.zip/1.zip/0.txt"].data == b"text"
    assert found["a.zip/2.txt"].data == b"text"
    assert found["a.zip/2.zip/1.txt"].data == b"text"
    refused = found["a.zip/2.zip/1.zip/0.zip"]
    assert refused.data is None
    assert refused.problem is not None
    assert refused.problem[0] == "unreadable"


def test_documents_packed_as_archives_are_documents() -> None:
    assert is_archive(io.BytesIO(packed({"a.txt": b""})))
    assert not is_archive(io.BytesIO(packed({"[Content_Types].xml": b"", "word/document.xml": b""})))
    assert not is_archive(io.BytesIO(packed({"mimetype": b"application/epub+zip"}, zipfile.ZIP_STORED)))
    assert not is_archive(io.BytesIO(b"PK is a word"))


def test_a_bomb_is_stopped_while_it_unpacks() -> None:
    found = named(packed({"bomb.txt": b"\0" * (archive.MAX_MEMBER + 1), "good.txt": b"good"}))
    assert found["a.zip/bomb.txt"].data is None
    assert found["a.zip/good.txt"].data == b"good"


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed({f"{n}.txt": b"abcdefgh" for n in range(5)}, zipfile.ZIP_STORED)
    monkeypatch.setattr(archive, "MAX_TOTAL", 20)
    found = list(members(io.BytesIO(data), "a.zip"))
    assert [member.data for member in found[:2]] == [b"abcdefgh"] * 2
    assert [member.data for member in found[2:]] == [None] * (len(found) - 2)
    monkeypatch.setattr(archive, "MAX_ENTRIES", 3)
    assert [member.data for member in members(io.BytesIO(data), "a.zip")] == [None]


def test_declared_sizes_are_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(packed({"a.txt": b"a" * 5000}))
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 10)
    monkeypatch.setattr(archive, "MAX_MEMBER", 100)
    (member,) = members(io.BytesIO(data), "a.zip")
    assert member.data is None or len(member.data) <= 100


def test_encrypted_damaged_and_linked_members_do_not_stop_the_others() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as out:
        out.writestr("locked.txt", b"secret")
        out.writestr("broken.txt", b"broken text")
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        out.writestr(link, b"/etc/passwd")
        out.writestr("good.txt", b"good")
    data = bytearray(buffer.getvalue())
    data[data.index(b"broken text")] ^= 0xFF
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    found = named(bytes(data))
    assert [found[f"a.zip/{name}.txt"].data for name in ("locked", "broken", "link", "good")] == [
        None,
        None,
        None,
        b"good",
    ]
    assert "encrypted" in str(found["a.zip/locked.txt"].problem)
    assert "symbolic link" in str(found["a.zip/link.txt"].problem)


@given(st.binary(max_size=200), st.integers(0, 400))
def test_damaged_archives_never_fail(junk: bytes, at: int) -> None:
    data = packed({"a.txt": b"text", "b.txt": b"more"})
    for member in members(io.BytesIO(data[:at] + junk + data[at + len(junk) :]), "a.zip"):
        assert (member.data is None) != (member.problem is None)
