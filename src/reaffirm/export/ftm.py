"""FollowTheMoney: entities, one JSON object a line, for Aleph, OpenAleph, Yente and the `ftm` tools.

Schemata are chosen with care, since others draw conclusions from them: persons are Person, states PublicBody, organisations Organization;
collectives and what nothing resolves are no entities. Documents are Document, meetings Event, offices Position with an Occupancy on the
day; statements, commitments and demands are Note with their words, the actors concerned and the document as proof: a promise is no
transaction. `notes` holds all of a row as JSON. The library itself is not needed to write them; `bench/ftm.py` reads them with it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reaffirm.export.book import TOOL, extent, guid
from reaffirm.export.escapes import legible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reaffirm.export.book import Book, Row

SCHEMATA = {"person": "Person", "state": "PublicBody", "organisation": "Organization"}
NAMED = {
    "statements": ("speakers", "parties"), "commitments": ("parties", "undertaker", "persons"), "demands": ("holder", "target"),
}  # fmt: skip
# The three-letter codes that the schemata want, of the languages in which consultations are most often told; others stand in `notes`.
LANGUAGES = {
    "ar": "ara", "de": "deu", "en": "eng", "es": "spa", "fr": "fra", "hi": "hin", "id": "ind", "it": "ita", "ja": "jpn", "ko": "kor",
    "nl": "nld", "pl": "pol", "pt": "por", "ru": "rus", "tr": "tur", "uk": "ukr", "vi": "vie", "zh": "zho",
}  # fmt: skip
WORDS = {"statements": "content", "commitments": "action", "demands": "action"}


def data(book: Book) -> bytes:
    """The bytes: actors, documents, meetings, offices, items, each in order of its id."""
    known = {row["name"]: row for row in book.rows["actors"] if row["kind"] in SCHEMATA}
    found = [*_actors(known), *_documents(book), *_meetings(book, known), *_offices(book, known), *_notes(book, known)]
    unique = {entity["id"]: entity for entity in found}
    return b"".join(json.dumps(unique[key], ensure_ascii=False).encode() + b"\n" for key in sorted(unique))


def _entity(schema: str, key: tuple[object, ...], properties: Mapping[str, Iterable[str | None]]) -> Row:
    """An entity without what is unknown; the values of a property once each, in order."""
    held = {name: sorted({value for value in values if value and _seen(value)}) for name, values in properties.items()}
    held = {name: values for name, values in held.items() if values}
    return {"id": _id(schema, *key), "schema": schema, "properties": held, "datasets": ["reaffirm"], "origin": TOOL}


def _seen(value: str) -> bool:
    """Whether a value has anything to see in it; `notes` has the others too."""
    return any(letter.isprintable() and not letter.isspace() for letter in value)


def _name(text: str) -> str:
    """The text as a name on one line, a question mark where there is nothing to see: the schemata want one."""
    return legible(text) if _seen(text) else "?"


def _id(schema: str, *key: object) -> str:
    return f"reaffirm-{guid(schema, *key)}"


def _actor(name: str, known: Mapping[str, Row]) -> str | None:
    row = known.get(name)
    return _id(SCHEMATA[row["kind"]], name) if row else None


def _those(names: Iterable[str], known: Mapping[str, Row]) -> list[str | None]:
    return [_actor(name, known) for name in names]


def _actors(known: Mapping[str, Row]) -> Iterator[Row]:
    for name, row in known.items():
        kind = "state" if row["kind"] == "state" else ""
        about = {"name": [_name(name)], "legalForm": [kind], "notes": [json.dumps(row)]}
        yield _entity(SCHEMATA[row["kind"]], (name,), about)


def _documents(book: Book) -> Iterator[Row]:
    for row in book.rows["documents"]:
        title = row["title"]["text"] if row["title"] else row["doc"]
        yield _entity("Document", (row["id"],), {
            "name": [_name(title)], "title": [title], "fileName": [row["doc"]], "author": [row["author"]],
            "publisher": [row["publisher"]],
            "language": [LANGUAGES.get(row["language"])], "sourceUrl": [row["url"]], "publishedAt": _date(row["published"]),
            "date": [day for value in row["event_dates"] for day in _date(value)], "bodyText": [book.texts[row["doc"]]],
            "processingAgent": [TOOL], "keywords": [row["kind"], row["authority"], *row["forums"]], "notes": [json.dumps(row)],
        })  # fmt: skip


def _date(edtf: str | None) -> list[str | None]:
    """A date as far as it is known: a day, a month or a year; none for an interval of several."""
    first, last = extent(edtf)
    if first and last and first == last:
        return [first]
    plain = edtf is not None and edtf.replace("-", "").isdigit() and len(edtf) in {4, 7} and int(edtf[5:] or 1) <= 12
    return [edtf] if plain else []


def _meetings(book: Book, known: Mapping[str, Row]) -> Iterator[Row]:
    documents = {row["doc"]: row["id"] for row in book.rows["documents"]}
    for row in book.rows["meetings"]:
        first, last = extent(row["date"])
        yield _entity("Event", (row["id"],), {
            "name": [legible(f"{row['forum'] or row['kind']} ({row['status']})")], "startDate": [first], "endDate": [last],
            "location": [row["place"]], "involved": _those((*row["participants"], *row["states"]), known),
            "keywords": [row["kind"], row["status"]],
            "proof": [_id("Document", documents[place["doc"]]) for place in row["evidence"] if place["doc"] in documents],
            "description": [place["text"] for place in row["evidence"]], "recordId": [row["id"]], "notes": [json.dumps(row)],
        })  # fmt: skip


def _offices(book: Book, known: Mapping[str, Row]) -> Iterator[Row]:
    documents = {row["doc"]: row for row in book.rows["documents"]}
    for row in book.rows["statements"]:
        home = documents.get(row["doc"])
        for name, office in row["offices"].items():
            holder = _actor(name, known)
            if holder and home:
                yield _entity("Position", (office,), {"name": [_name(office)]})
                day = next(iter(home["event_dates"]), None) or home["published"]
                post, proof = _id("Position", office), _id("Document", home["id"])
                about: dict[str, list[str | None]] = {"holder": [holder], "post": [post], "date": _date(day), "proof": [proof]}
                yield _entity("Occupancy", (name, office, home["id"]), about)


def _notes(book: Book, known: Mapping[str, Row]) -> Iterator[Row]:
    documents = {row["doc"]: row["id"] for row in book.rows["documents"]}
    for kind, words in WORDS.items():
        for row in book.rows[kind]:
            spans = row[words] if isinstance(row[words], list) else [row[words]]
            said = " … ".join(span["text"] for span in spans)
            actors = _those((name for key in NAMED[kind] for name in row[key]), known)
            yield _entity("Note", (row["id"],), {
                "name": [legible(f"{kind[:-1]}: {said}")], "description": [said], "entity": actors, "keywords": [kind[:-1], *row["issues"]],
                "proof": [_id("Document", documents[row["doc"]])] if row["doc"] in documents else [], "notes": [json.dumps(row)],
            })  # fmt: skip
