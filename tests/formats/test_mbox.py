"""Mail folders: each mail comes whole, single mails and texts that begin like one are left alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from reaffirm import pipeline
from reaffirm.formats import mbox
from reaffirm.formats.mbox import is_folder, members

if TYPE_CHECKING:
    from pathlib import Path

BEGIN = b"From press@ministry.example Tue Mar 15 09:30:00 2033\n"
FIRST = b"From: press@ministry.example\nSubject: Talks\n\nThe talks will go on.\n\n>From the harbour nothing new.\nFrom here it is far.\n\n"
SECOND = b"From: desk@paper.example\nSubject: Ships\n\nThe ships have left.\n"


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_each_mail_comes_whole(end: bytes) -> None:
    data = (BEGIN + FIRST + BEGIN + SECOND).replace(b"\n", end)
    assert is_folder(io.BytesIO(data))
    found = [(member.name, member.data) for member in members(io.BytesIO(data), "in/press.mbox")]
    assert found == [("in/press.mbox/001.eml", FIRST.replace(b"\n", end)), ("in/press.mbox/002.eml", SECOND.replace(b"\n", end))]


@pytest.mark.parametrize(
    "data",
    [
        b"", BEGIN + FIRST, b"From the harbour\n\nFrom the hills in 2033\n", b"A text.\n\n" + BEGIN + FIRST + BEGIN + SECOND,
        BEGIN + b"no header here\n\n" + BEGIN + b"nor here\n",
    ],
)  # fmt: skip
def test_what_is_no_folder(data: bytes) -> None:
    assert not is_folder(io.BytesIO(data))


def test_a_mail_that_is_too_large_is_refused_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "MAX_MEMBER", 100)
    found = list(members(io.BytesIO(BEGIN + FIRST + BEGIN + SECOND), "a"))
    assert [(member.name, member.data) for member in found] == [("a/001.eml", None), ("a/002.eml", SECOND)]
    assert found[0].problem is not None
    assert "more than 100 bytes" in found[0].problem[2]


def test_mails_of_a_folder_are_parcels(tmp_path: Path) -> None:
    (tmp_path / "press.mbox").write_bytes(BEGIN + FIRST + BEGIN + SECOND)
    (tmp_path / "one.eml").write_bytes(BEGIN + SECOND)
    found = {parcel.name: parcel.data for parcel in pipeline.gather([tmp_path])}
    assert found == {"press.mbox/001.eml": FIRST, "press.mbox/002.eml": SECOND, "one.eml": BEGIN + SECOND}
