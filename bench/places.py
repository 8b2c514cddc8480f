"""What stands at a node's path in a file, found anew from the file by other means than the readers'.

`words(made, name, data, path)` gives the text at `page 3`, `paragraph 12`, `table 1 row 2 cell 3`, `footnote 1`, `part 1 line 4`,
an XPath, or `line 7`; None for a path that leads nowhere. Whoever compares leaves white space and hyphens out (`squash`).
"""

from __future__ import annotations

import io
import re
import zipfile
from email import policy
from email.parser import BytesParser
from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as pages

if TYPE_CHECKING:
    from email.message import EmailMessage

    from made import Made

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ODF = "{urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, OFFICE = (f"{ODF}{name}:1.0}}" for name in ("text", "table", "office"))
LINES = re.compile(r"\r\n|\r|\n")
PLACE = re.compile(r"(?:(page|paragraph|footnote|endnote|line) (\d+))|(?:table (\d+) row (\d+) cell (\d+))")
NO_TEXT = {f"{TEXT}note", f"{TEXT}tracked-changes"}
GAPS = re.compile(r"[\s\u00ad\u2010\u2011-]+")


def squash(text: str) -> str:
    """The text without white space and hyphens."""
    return GAPS.sub("", text)


def words(made: Made, data: bytes, path: str) -> str | None:
    """The words at a path; None where there is no such place."""
    if made.format == "html":
        return _element(data, made.encoding, path)
    if made.format == "eml":
        return _part(data, path)
    found = PLACE.search(path)
    if found is None:
        return None
    if made.format == "pdf":
        return _nth(made.pages, found.group(2)) if found.group(1) == "page" else None
    if made.format in {"txt", "export"}:
        text = data.decode("utf-8-sig" if made.encoding == "utf-8" else made.encoding)
        return _nth(LINES.split(text), found.group(2)) if found.group(1) == "line" else None
    package = {"docx": _word, "odt": _open, "rtf": _rich}[made.format](data)
    if found.group(3):
        return package["table"].get(tuple(int(n) for n in found.groups()[2:]))
    return package[found.group(1)].get((int(found.group(2)),)) if found.group(1) in package else None


Places = dict[str, dict[tuple[int, ...], str]]


def _nth(items: list[str] | tuple[str, ...], number: str) -> str | None:
    """The item of a number that counts from one."""
    return items[int(number) - 1] if 0 < int(number) <= len(items) else None


def _numbered(items: list[str]) -> dict[tuple[int, ...], str]:
    return {(number,): item for number, item in enumerate(items, start=1)}


def _element(data: bytes, encoding: str, path: str) -> str | None:
    """The text of what an XPath selects in a page."""
    tree = pages.document_fromstring(data.decode(encoding))
    try:
        found = tree.getroottree().xpath(path)
    except etree.XPathError:
        return None
    first = found[0] if isinstance(found, list) and found else None
    if first is None:
        return None
    return "".join(map(str, first.itertext())) if etree.iselement(first) else str(first)


def _part(data: bytes, path: str) -> str | None:
    """The text of a line of a part of a mail, or of an element in a part that is a page."""
    found = re.fullmatch(r"part (\d+) (?:line (\d+)|(/.*))", path)
    mail: EmailMessage = BytesParser(policy=policy.default).parsebytes(data)
    leaves = [part for part in mail.walk() if not part.is_multipart()]
    if found is None or not 0 < int(found.group(1)) <= len(leaves):
        return None
    text = str(leaves[int(found.group(1)) - 1].get_content())
    return _nth(LINES.split(text), found.group(2)) if found.group(2) else _element(text.encode(), "utf-8", found.group(3))


def _xml(data: bytes, part: str) -> etree._Element | None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(part)) if part in package.namelist() else None


def _word(data: bytes) -> Places:
    """The paragraphs, cells and footnotes of a Word document; deleted words are none, inserted ones are."""

    def text(element: etree._Element) -> str:
        return "".join(t.text or "" for t in element.iter(f"{W}t"))

    document, notes = _xml(data, "word/document.xml"), _xml(data, "word/footnotes.xml")
    body = document.find(f"{W}body") if document is not None else None
    if document is None or body is None:
        return {}
    cells: dict[tuple[int, ...], str] = {
        (t, r, c): text(cell)
        for t, table in enumerate(body.iter(f"{W}tbl"), 1)
        for r, row in enumerate(table.findall(f"{W}tr"), 1)
        for c, cell in enumerate(row.findall(f"{W}tc"), 1)
    }
    order = [str(mark.get(f"{W}id")) for mark in document.iter(f"{W}footnoteReference")]
    told = {str(note.get(f"{W}id")): text(note) for note in (notes if notes is not None else ())}
    return {
        "paragraph": _numbered([text(p) for p in body.findall(f"{W}p")]),
        "table": cells,
        "footnote": _numbered([told.get(key, "") for key in order]),
    }


def _open(data: bytes) -> Places:
    """The paragraphs (of lists too), cells and footnotes of an OpenDocument text."""

    def text(element: etree._Element) -> str:
        inner = "".join(text(child) + (child.tail or "") if child.tag not in NO_TEXT else child.tail or "" for child in element)
        return (element.text or "") + inner

    content = _xml(data, "content.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text") if content is not None else None
    if body is None:
        return {}
    outside = (f"{TABLE}table", f"{TEXT}note", f"{TEXT}tracked-changes")
    paragraphs = [p for p in body.iter(f"{TEXT}p", f"{TEXT}h") if next(p.iterancestors(*outside), None) is None]
    cells: dict[tuple[int, ...], str] = {
        (t, r, c): "".join(map(str, cell.itertext()))
        for t, table in enumerate(body.iter(f"{TABLE}table"), 1)
        for r, row in enumerate(table.iter(f"{TABLE}table-row"), 1)
        for c, cell in enumerate(row.iter(f"{TABLE}table-cell"), 1)
    }
    notes = ["".join(map(str, note.itertext())) for note in body.iter(f"{TEXT}note-body")]
    return {"paragraph": _numbered([text(p) for p in paragraphs]), "table": cells, "footnote": _numbered(notes)}


def _rich(data: bytes) -> Places:
    r"""The paragraphs, cells and footnotes of Rich Text, cut at \par, \cell and \row; good for what `made.rtf` writes."""
    text = re.sub(
        r"\{\\(?:header|footer|fonttbl|colortbl|stylesheet|info|\*\\generator|deleted)\b(?:[^{}]|\{[^{}]*\})*\}", "", data.decode("ascii")
    )
    notes = [_spoken(m.group(1)) for m in re.finditer(r"\{\\footnote\b((?:[^{}]|\{[^{}]*\})*)\}", text)]
    text = re.sub(r"\{\\footnote\b(?:[^{}]|\{[^{}]*\})*\}", "", text)
    cells: dict[tuple[int, ...], str] = {}
    rows = re.findall(r"\\trowd(.*?)\\row\b", text, re.DOTALL)
    for r, row in enumerate(rows, 1):
        cells.update({(1, r, c): _spoken(cell) for c, cell in enumerate(re.split(r"\\cell\b", row), 1)})
    flow = re.sub(r"\\trowd.*?\\row\b", "", text, flags=re.DOTALL)
    return {"paragraph": _numbered([_spoken(p) for p in re.split(r"\\par\b", flow)]), "table": cells, "footnote": _numbered(notes)}


def _spoken(rtf: str) -> str:
    """The words of a piece of Rich Text."""
    rtf = re.sub(r"\\u(-?\d+)\?", lambda m: chr(int(m.group(1)) % 65536), rtf)
    rtf = re.sub(r"\\'([0-9a-f]{2})", lambda m: bytes.fromhex(m.group(1)).decode("cp1252"), rtf)
    return re.sub(r"\\[a-z]+-?\d* ?|[{}\r\n]", "", rtf)
