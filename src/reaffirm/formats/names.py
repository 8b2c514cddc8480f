"""Names of files as the ledger keeps them: relative, with `/`, safe to print and the same on every machine."""

from __future__ import annotations

import re
import unicodedata

DRIVE = re.compile(r"\A[A-Za-z]:")
# Control characters, and the marks that make a terminal show a name backwards.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
LITTER_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
LITTER_FOLDERS = frozenset({"__macosx"})


def safe(name: str) -> str:
    """The name as a relative path with `/`: no drive, no root, no `.` or `..`, NFC, printable; or empty."""
    steps = DRIVE.sub("", encodable(name).replace("\\", "/")).split("/")
    return UNPRINTABLE.sub("_", "/".join(step for step in steps if step.strip() not in {"", ".", ".."}))


def encodable(name: str) -> str:
    """The name in NFC, with U+FFFD for bytes that the file system could not decode."""
    return unicodedata.normalize("NFC", name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def is_litter(name: str) -> bool:
    """Whether a safe name is something that an operating system left behind."""
    steps = name.lower().split("/")
    return steps[-1] in LITTER_FILES or steps[-1].startswith("._") or not LITTER_FOLDERS.isdisjoint(steps)
