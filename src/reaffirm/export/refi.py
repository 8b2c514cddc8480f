"""REFI-QDA project (.qdpx) for NVivo, ATLAS.ti, MAXQDA, QualCoder: texts, codes, and codings of the words of each row.

After the REFI-QDA standard 1.5, project schema 1.0 of 18 March 2019 (www.qdasoftware.org). A source is the canonical text in UTF-8 without
byte order mark; its line ends are line feeds alone, as programs make them anyway, and positions count Unicode code points of *that*
text, from 0, end exclusive. Where a canonical text has carriage returns or a mark, places differ from other exports' for that reason.
Codes: kinds of rows, acts, issues, and the other closed lists. Identities are UUIDs of the rows, so a second export updates the first.
"""

from __future__ import annotations

import io
import re
import zipfile
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from lxml import etree

from reaffirm import codebook
from reaffirm.export.book import TOOL, Row, day, guid, spans
from reaffirm.export.escapes import coded
from reaffirm.export.sheets import joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reaffirm.export.book import Book

SPACE = "urn:QDA-XML:project:1.0"
MARK = "\ufeff"  # at its beginning, and a carriage return before a line feed, is what programs that read a text drop
EPOCH = (1980, 1, 1, 0, 0, 0)
MAIN = {"statements": "content", "commitments": "action", "demands": "action", "meetings": "evidence", "problems": "evidence"}
# The keys of a row whose values are codes, by the name of the code above them, with what the values mean.
CODED: dict[str, dict[str, tuple[str, Mapping[str, str]]]] = {
    "statements": {"act": ("speech act", codebook.ACTS), "directness": ("directness", codebook.DIRECTNESS),
                   "factuality": ("factuality", codebook.FACTUALITY)},
    "commitments": {"polarity": ("commitment", codebook.POLARITY), "band": ("strength of commitment", codebook.BANDS)},
    "demands": {"class": ("class of demand", codebook.DEMANDS)},
    "meetings": {"status": ("status of meeting", codebook.MEETINGS)},
    "problems": {"kind": ("problem", {})},
}  # fmt: skip
Codes = dict[tuple[str, str], str]  # (name of the code above, name) -> what it means


def data(book: Book) -> bytes:
    """The bytes of the project: `project.qde` and the texts under `Sources/`, in a ZIP file whose times are all the same."""
    texts = {guid("source", row["id"]): _lines(book.texts[row["doc"]]) for row in book.rows["documents"]}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("project.qde", EPOCH), _project(book), zipfile.ZIP_DEFLATED)
        for key, text in texts.items():
            archive.writestr(zipfile.ZipInfo(f"Sources/{key}.txt", EPOCH), text.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _lines(text: str) -> str:
    return text.lstrip(MARK).replace("\r\n", "\n").replace("\r", "\n")


def _dropped(text: str) -> list[int]:
    """The places of a canonical text that are not in the source: what stands after them moves."""
    marks = len(text) - len(text.lstrip(MARK))
    return [*range(marks), *(found.start() for found in re.finditer(r"\r(?=\n)", text))]


def _project(book: Book) -> bytes:
    user = guid("user")
    root = etree.Element(f"{{{SPACE}}}Project", nsmap={None: SPACE}, name="Reaffirm", origin=TOOL, creatingUserGUID=user)
    _put(_put(root, "Users"), "User", guid=user, name=TOOL)
    codes: Codes = {}
    chosen = {kind: [(row, list(_codes(kind, row, codes))) for row in book.rows[kind]] for kind in MAIN}
    if codes:
        _codebook(_put(_put(root, "CodeBook"), "Codes"), codes, _issues(book))
    variables = _variables(book)
    if variables:
        listed = _put(root, "Variables")
        for name in sorted({name for values in variables.values() for name in values}):
            _put(listed, "Variable", guid=guid("variable", name), name=name, typeOfVariable="Text")
        sources = _put(root, "Sources")
        selected = _selections(chosen)
        for row in book.rows["documents"]:
            _source(sources, row, book.texts[row["doc"]], selected[row["doc"]], variables[row["doc"]])
    _said(root, "Description", "\n".join(f"{what}: {value}" for what, value in book.provenance()))
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", standalone=True, pretty_print=True)
    return found


def _put(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{SPACE}}}{tag}", {key: coded(value) for key, value in attributes.items()})


def _said(parent: etree._Element, tag: str, text: str) -> None:
    _put(parent, tag).text = coded(text)


def _issues(book: Book) -> dict[str, str]:
    """The names of the issues of the pack, by id."""
    return {issue.id: issue.name for issue in book.packs.issues} if book.packs else {}


def _codes(kind: str, row: Row, codes: Codes) -> Iterator[tuple[str, str]]:
    """The codes of a row, each put among all codes."""
    found = [("", kind, "")]
    found += [(above, str(row[key]), means.get(row[key], "")) for key, (above, means) in CODED[kind].items() if row[key]]
    found += [("issue", issue, "") for issue in row.get("issues", ())]
    for above, name, means in found:
        codes[above, name] = means
        if above:
            codes.setdefault(("", above), "")
        yield above, name


def _codebook(parent: etree._Element, codes: Codes, issues: Mapping[str, str]) -> None:
    """Nothing; the codes, those of one list under its name."""
    for (above, name), means in sorted(codes.items()):
        if above:
            continue
        top = _code(parent, "", name, means)
        for (group, below), told in sorted(codes.items()):
            if group == name:
                _code(top, group, below, told or (issues.get(below, "") if group == "issue" else ""))


def _code(parent: etree._Element, above: str, name: str, means: str) -> etree._Element:
    code = _put(parent, "Code", guid=guid("code", above, name), name=name or "(empty)", isCodable="true")
    if means:
        _said(code, "Description", means)
    return code


def _variables(book: Book) -> dict[str, dict[str, str]]:
    """By document, what its card says: every attribute of the row that is a text, a flag or a list of texts."""
    found = {}
    for row in book.rows["documents"]:
        plain = {key: value for key, value in row.items() if isinstance(value, str | bool)}
        lists = {key: "; ".join(value) for key, value in row.items() if isinstance(value, list) and all(isinstance(v, str) for v in value)}
        dates = {"date": " to ".join(dict.fromkeys(d for d in day(row) if d))}
        values = {key: str(value) for key, value in {**plain, **lists, **dates}.items() if value != ""}
        found[row["doc"]] = values | ({"title": row["title"]["text"]} if row["title"] else {})
    return found


Selections = dict[tuple[int, int, str, str], tuple[Row, str, str, list[tuple[str, str]]]]  # place, row, role -> row, kind, role, codes


def _selections(chosen: Mapping[str, list[tuple[Row, list[tuple[str, str]]]]]) -> defaultdict[str, Selections]:
    """By document, the spans that prove its rows; the main words of a row carry its codes, other spans none."""
    found: defaultdict[str, Selections] = defaultdict(dict)
    for kind, rows in chosen.items():
        for row, codes in rows:
            for role, doc, span in spans(row):
                place = span["start"], span["end"], row["id"], role
                found[doc][place] = row, kind, role, codes if role == MAIN[kind] else []
    return found


def _source(parent: etree._Element, row: Row, text: str, selected: Selections, values: Mapping[str, str]) -> None:
    """Nothing; a document with its selections, in order of place."""
    key = guid("source", row["id"])
    source = _put(parent, "TextSource", guid=key, name=row["doc"], plainTextPath=f"internal://{key}.txt")
    dropped = _dropped(text)
    for place, (owner, kind, role, codes) in sorted(selected.items()):
        begin, end = (edge - bisect_left(dropped, edge) for edge in place[:2])
        edges = {"startPosition": str(begin), "endPosition": str(end)}
        chosen = _put(source, "PlainTextSelection", guid=guid("selection", *place), name=f"{owner['id']} {role}", **edges)
        _said(chosen, "Description", _told(owner, kind, role))
        for code in codes:
            coding = _put(chosen, "Coding", guid=guid("coding", *place, *code))
            _put(coding, "CodeRef", targetGUID=guid("code", *code))
    for name, value in sorted(values.items()):
        variable = _put(source, "VariableValue")
        _put(variable, "VariableRef", targetGUID=guid("variable", name))
        _said(variable, "TextValue", value)


def _told(row: Row, kind: str, role: str) -> str:
    """What a selection is, and every attribute of its row that is no span, one a line."""
    held = {key: value for key, value in row.items() if key not in {"id", "doc"} and value not in (None, [], "") and not _placed(value)}
    return "\n".join([f"{role} of {row['id']} ({kind})", *(f"{key}: {_flat(value)}" for key, value in held.items())])


def _placed(value: object) -> bool:
    first = value[0] if isinstance(value, list) else value
    return isinstance(first, dict) and "start" in first


def _flat(value: object) -> str:
    if isinstance(value, dict):
        return joined(f"{key} = {_flat(item)}" for key, item in value.items())
    if isinstance(value, list):
        return joined(map(_flat, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
