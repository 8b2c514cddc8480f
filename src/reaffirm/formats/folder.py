"""A folder as a list of files, in the same order on every machine."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from reaffirm.errors import UsageError
from reaffirm.formats.names import encodable, is_litter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def files(path: Path) -> Iterator[tuple[str, Path]]:
    """The name (relative, with `/`) and path of each file below a folder, or of the one file given, in order.

    Hidden files and folders, litter of operating systems, devices and pipes are left out. Symbolic links below the
    folder are not followed: what they point to inside it is listed under its own name, what lies outside does not
    belong to it, and so no link can make a loop. A folder that may not be listed is given itself, for the caller to
    report when it cannot be read.
    """
    if not path.exists():
        message = f"{path} does not exist; check the path"
        raise UsageError(message)
    if path.is_dir():
        yield from _below(path, "")
    else:
        yield encodable(path.name), path


def _below(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    """The files below a folder; a stack, so that no depth of folders is too much."""
    pending = [(prefix, folder)]
    while pending:
        name, path = pending.pop()
        if name and not path.is_dir():
            yield name, path
            continue
        try:
            with os.scandir(path) as listing:
                entries = [(f"{name}/{encodable(entry.name)}".lstrip("/"), entry) for entry in listing]
        except OSError:
            yield name, path
            continue
        kept = [(label, path / entry.name) for label, entry in entries if _is_wanted(label, entry)]
        pending += sorted(kept, reverse=True)


def _is_wanted(name: str, entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or is_litter(name):
        return False
    try:
        return entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False)
    except OSError:
        return False
