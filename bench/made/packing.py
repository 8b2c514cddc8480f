"""Packages of parts, as office suites write them, with fixed time stamps so that equal texts make equal bytes."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MOMENT = (2033, 3, 14, 9, 0, 0)


def packed(parts: Iterable[tuple[str, bytes]], stored: str = "") -> bytes:
    """The ZIP file of parts in their order; the one named `stored` is not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts:
            info = zipfile.ZipInfo(name, MOMENT)
            package.writestr(info, data, zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def unpacked(data: bytes) -> list[tuple[str, bytes]]:
    """The parts of a ZIP file in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [(info.filename, package.read(info)) for info in package.infolist()]
