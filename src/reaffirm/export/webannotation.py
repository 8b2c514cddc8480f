"""W3C Web Annotation (JSON-LD): each row an annotation whose targets are the words that prove it.

A target is a stretch of the canonical text, named by the hash of its UTF-8 bytes (`urn:sha256:...`, as `sha256sum` of the text in a JSON
Lines export gives it), with two selectors for the same words: TextPositionSelector in Unicode code points, as the recommendation asks,
from 0, end exclusive; and TextQuoteSelector with the words before and after. https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reaffirm.export.book import TOOL, guid, spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.export.book import Book, Row

CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "reaffirm": "urn:x-reaffirm:",
        **{key: {"@id": f"reaffirm:{key}", "@type": "@json"} for key in ("row", "documents", "provenance")},
        "role": "reaffirm:role",
        "doc": "reaffirm:doc",
    },
]
MOTIVATIONS = {
    "statements": "classifying", "commitments": "classifying", "demands": "classifying", "meetings": "classifying",
    "mentions": "identifying", "timex": "identifying", "problems": "questioning",
}  # fmt: skip
AROUND = 32  # code points before and after a quotation: enough to tell it from its like


def data(book: Book) -> bytes:
    """The bytes of an annotation collection: one page of annotations in the order of the rows; the documents and provenance beside it."""
    items = list(_annotations(book))
    page = {"id": f"urn:uuid:{guid('page')}", "type": "AnnotationPage", "startIndex": 0, "items": items}
    collection = {
        "@context": CONTEXT, "id": f"urn:uuid:{guid('collection')}", "type": "AnnotationCollection", "label": f"Ledger of {TOOL}",
        "generator": {"id": "urn:x-reaffirm:program", "type": "Software", "name": TOOL}, "total": len(items),
        "provenance": book.provenance(), "documents": book.rows["documents"], "first": page,
    }  # fmt: skip
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode()


def _annotations(book: Book) -> Iterator[Row]:
    hashes = {row["doc"]: row["text_sha256"] for row in book.rows["documents"]}
    for kind, motivation in MOTIVATIONS.items():
        for number, row in enumerate(book.rows[kind]):
            targets = [_target(book.texts[doc], hashes[doc], role, doc, span) for role, doc, span in spans(row) if doc in hashes]
            home = row.get("doc")
            if not targets and home in hashes:
                targets = [{"source": f"urn:sha256:{hashes[home]}", "doc": home}]
            bodies = [{"type": "TextualBody", "purpose": "classifying", "value": kind}]
            bodies += [{"type": "TextualBody", "purpose": "tagging", "value": issue} for issue in row.get("issues", ())]
            key = row.get("id") or (home, row["surface"]["start"], row["surface"]["end"], number)
            yield {
                "id": f"urn:uuid:{guid('annotation', kind, key)}", "type": "Annotation", "motivation": motivation, "body": bodies,
                "target": targets, "row": row,
            }  # fmt: skip


def _target(text: str, sha256: str, role: str, doc: str, span: Row) -> Row:
    """The words of a span in a text, by place and by quotation."""
    start, end = span["start"], span["end"]
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    quote = {"type": "TextQuoteSelector", "exact": span["text"], "prefix": before, "suffix": after}
    place = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"type": "SpecificResource", "source": f"urn:sha256:{sha256}", "role": role, "doc": doc, "selector": [place, quote]}
