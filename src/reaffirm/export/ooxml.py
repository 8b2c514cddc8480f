"""The package of an Office Open XML file (ECMA-376, part 2): parts, their types, their relations; nothing compressed, no clock."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OLDEST = (1980, 1, 1, 0, 0, 0)  # day that a zip archive can name


def packed(parts: Mapping[str, tuple[str, bytes]], relations: Iterable[tuple[str, str]]) -> bytes:
    """The bytes of a file with these parts (name: type, content) and relations of the whole (kind, target), the same each time."""
    data = io.BytesIO()
    files = {"[Content_Types].xml": _types(parts), "_rels/.rels": related(relations), **{name: part[1] for name, part in parts.items()}}
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as package:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            package.writestr(entry, content)
    return data.getvalue()


def related(relations: Iterable[tuple[str, str]]) -> bytes:
    """The part that lists relations (kind, target), numbered from rId1; the kind `core` is that of the core properties."""
    kinds = {"core": CORE}
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{kinds.get(kind, f"{RELATION}/{kind}")}" Target="{target}"/>'
        for number, (kind, target) in enumerate(relations, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'.encode()


def _types(parts: Mapping[str, tuple[str, bytes]]) -> bytes:
    listed = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, (kind, _) in parts.items() if kind)
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    ).encode()
