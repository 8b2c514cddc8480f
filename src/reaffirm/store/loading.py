"""From records to the nouns of the model: whole documents, statements, problems; many with one question each."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from reaffirm.model import (
    Acquisition,
    Actor,
    Document,
    Judgement,
    Mention,
    Node,
    PackEntry,
    Problem,
    Run,
    Span,
    Statement,
    When,
)
from reaffirm.readings import Filing
from reaffirm.sequels import ASIDE
from reaffirm.store.codec import names, read_block, read_card, read_metadata, read_voice
from reaffirm.store.plain import decode
from reaffirm.store.records import Correction, Said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reaffirm.model import Voice
    from reaffirm.store.protocol import Record, Store

Key = tuple[str, str]  # a row's id and the version of it

STATEMENTS = (
    "SELECT s.* FROM json_each(?) k CROSS JOIN statement s"
    " ON s.id = json_extract(k.value, '$[0]') AND s.version = json_extract(k.value, '$[1]')"
)
PROBLEMS = (
    "SELECT p.* FROM json_each(?) k CROSS JOIN problem p"
    " ON p.id = json_extract(k.value, '$[0]') AND p.version = json_extract(k.value, '$[1]')"
)
SPANS = (
    "SELECT s.* FROM json_each(?) k CROSS JOIN span s"
    " ON s.row = json_extract(k.value, '$[0]') AND s.version = json_extract(k.value, '$[1]')"
    " ORDER BY s.row, s.version, s.ord"
)
OFFICIAL = """
WITH chosen AS MATERIALIZED (
  SELECT document, json_extract(data, '$[2]') AS relation FROM place
  WHERE relation IN (SELECT value FROM json_each(:relations))
  UNION SELECT id, NULL FROM document WHERE current = 1 AND genre = :genre
)
SELECT d.id, d.text, d.genre, max(c.relation) AS relation,
       (SELECT json_group_array(json(b.parts)) FROM block b WHERE b.document = d.id AND b.kind <> 'furniture') AS parts
FROM chosen c CROSS JOIN document d ON d.id = c.document AND d.current = 1 GROUP BY d.id ORDER BY d.name, d.sha256, d.id
"""
VOICES = "SELECT v.* FROM json_each(?) k CROSS JOIN voice v ON v.statement = k.value"
PLACES = (
    "SELECT d.id, n.doc, d.genre, d.published FROM json_each(?) k CROSS JOIN document d ON d.id = k.value JOIN doc n ON n.document = d.id"
)
EVENTS = (
    "SELECT e.document, e.edtf FROM json_each(?) k CROSS JOIN dated e ON e.document = k.value"
    " WHERE e.kind = 'event' ORDER BY e.first, e.edtf"
)
# Judgements on a row itself: what links it to another row or a document, or is a comment, says nothing of whether it is right.
OWN = f"coalesce({{}}.field, '') NOT IN {ASIDE}"
OWN_VERDICT = f"""(
SELECT * FROM standing j WHERE {OWN.format("j")} AND NOT EXISTS
(SELECT 1 FROM standing l WHERE l.row = j.row AND l.seq > j.seq AND {OWN.format("l")}))
"""  # noqa: S608 - made of constants, as are the next
VERDICTS = f"SELECT j.row, j.verdict FROM json_each(?) k CROSS JOIN {OWN_VERDICT} j ON j.row = k.value"  # noqa: S608
CORRECTIONS = f"""
SELECT j.* FROM json_each(?) k CROSS JOIN standing j ON j.row = k.value
WHERE j.verdict = 'corrected' AND {OWN.format("j")} ORDER BY j.seq
"""  # noqa: S608


def statements(store: Store, keys: Sequence[Key]) -> dict[Key, Statement]:
    """The statements of these keys."""
    proved = spans(store, keys)
    rows = store.read(STATEMENTS, (json.dumps(keys),))
    return {key: _statement(row, proved[key]) for row in rows for key in [(row["id"], row["version"])]}


def _statement(row: Record, proof: Iterable[Span]) -> Statement:
    roles: dict[str, list[Span]] = defaultdict(list)
    for span in proof:
        roles[span.role].append(span)
    source, cue, addressee = (roles[role][0] if roles[role] else None for role in ("source", "cue", "addressee"))
    entry = PackEntry(row["pack"], row["entry"]) if row["pack"] is not None else None
    return Statement(
        row["id"], row["document"], source, cue, tuple(roles["content"]), row["directness"], row["factuality"],
        row["act"], row["strength"], row["nested_in"], row["quoted_from"], row["rule"], entry, names(row["rejected"]),
        addressee,
    )  # fmt: skip


def problems(store: Store, keys: Sequence[Key]) -> dict[Key, Problem]:
    """The problems of these keys."""
    proved = spans(store, keys)
    return {
        (row["id"], row["version"]): Problem(
            row["id"], row["document"], row["kind"], row["severity"], row["message"], row["resolution"],
            tuple(proved[row["id"], row["version"]]),
        )
        for row in store.read(PROBLEMS, (json.dumps(keys),))
    }  # fmt: skip


def spans(store: Store, keys: Sequence[Key]) -> defaultdict[Key, list[Span]]:
    """The spans of these rows, each in its order."""
    found: defaultdict[Key, list[Span]] = defaultdict(list)
    for row in store.read(SPANS, (json.dumps(keys),)):
        span = Span(row["document"], row["start"], row["end"], row["exact"], row["role"])
        found[row["row"], row["version"]].append(span)
    return found


def voices(store: Store, rows: Iterable[str]) -> dict[str, Voice]:
    """The voices of these statements, where they have one."""
    return {row["statement"]: read_voice(row) for row in store.read(VOICES, (json.dumps(list(rows)),))}


def said(store: Store, keys: Sequence[Key]) -> list[Said]:
    """These statements with all that belongs to them, in the order of the keys."""
    ids = json.dumps([row for row, _ in keys])
    found, heard = statements(store, keys), voices(store, [row for row, _ in keys])
    homes = json.dumps(sorted({statement.document for statement in found.values()}))
    places = {row["id"]: row for row in store.read(PLACES, (homes,))}
    events = group(store.read(EVENTS, (homes,)), "document", "edtf")
    verdicts = {row["row"]: row["verdict"] for row in store.read(VERDICTS, (ids,))}
    corrected = corrections(store, ids)
    return [
        Said(
            places[s.document]["doc"], places[s.document]["genre"], places[s.document]["published"],
            tuple(events[s.document]), s, heard.get(s.id), quote(s.content), verdicts.get(s.id),
            tuple(corrected[s.id].values()),
        )
        for s in (found[key] for key in keys)
    ]  # fmt: skip


def corrections(store: Store, ids: str) -> defaultdict[str, dict[str, Correction]]:
    """By row and field, what people corrected in these rows (a JSON list of ids)."""
    found: defaultdict[str, dict[str, Correction]] = defaultdict(dict)
    for row in store.read(CORRECTIONS, (ids,)):
        field = row["field"] or ""
        found[row["row"]][field] = Correction(field, row["value"], row["judged"], row["who"], row["at"])
    return found


def quote(content: Iterable[Span]) -> str:
    """The words of a statement, white space made plain, an ellipsis between its pieces."""
    return " … ".join(" ".join(span.exact.split()) for span in content)


def group(rows: Iterable[Record], key: str, value: str) -> defaultdict[str, list[str]]:
    """The values of one column, by another."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row[value])
    return found


def document(store: Store, key: str) -> Document:
    """A document with its nodes, blocks and card, whether listed or not; the id must be one of the ledger's."""
    (row,) = store.read("SELECT * FROM document WHERE id = ?", (key,))
    nodes = store.read("SELECT * FROM node WHERE document = ? ORDER BY ord", (key,))
    blocks = store.read("SELECT * FROM block WHERE document = ? ORDER BY ord", (key,))
    return Document(
        row["id"], row["sha256"], row["text"], row["text_sha256"], row["extractor"],
        tuple(Node(n["start"], n["end"], n["path"], n["hint"], n["furniture"]) for n in nodes),
        read_metadata(row["metadata"]), tuple(read_block(block) for block in blocks), read_card(row["card"]), row["part"],
    )  # fmt: skip


def official(store: Store, relations: Iterable[str], genre: str) -> list[Record]:
    """The ids, texts, relations to a meeting and genres of the listed documents of these relations or of a genre, by name.

    Column `parts` has the extents of their paragraphs outside furniture: a JSON list of those of each block.
    """
    return list(store.read(OFFICIAL, {"relations": json.dumps(list(relations)), "genre": genre}))


def text(store: Store, key: str) -> str:
    """The canonical text of a document of the ledger."""
    return str(store.read("SELECT text FROM document WHERE id = ?", (key,))[0]["text"])


def times(store: Store, document: Document) -> tuple[When, ...]:
    """The time expressions of a document, in order of place."""
    rows = store.read("SELECT * FROM timex WHERE document = ? ORDER BY ord", (document.id,))
    return tuple(
        When(
            document.span(r["start"], r["end"], "surface"), document.span(r["phrase_start"], r["phrase_end"], "surface"), r["kind"],
            r["value"], r["mod"], r["interval"], r["anchor"], r["granularity"], bool(r["fuzzy"]), r["rule"],
        )
        for r in rows
    )  # fmt: skip


def acquisitions(store: Store, sha256: str, part: int | None = None) -> tuple[Acquisition, ...]:
    """All arrivals of these bytes (of one of the articles in them), by name and origin."""
    sql = (
        "SELECT a.document, a.name, a.origin, a.received, a.headers FROM acquisition a JOIN document d ON d.id = a.document"
        " WHERE d.sha256 = :sha256 AND (:part IS NULL OR d.part = :part) ORDER BY a.name, a.origin, a.document"
    )
    return tuple(acquisition(row) for row in store.read(sql, {"sha256": sha256, "part": part}))


def acquisition(row: Record) -> Acquisition:
    """The arrival of a record of table `acquisition`."""
    return Acquisition(row["document"], row["name"], row["origin"], row["received"], read_metadata(row["headers"]))


def mentions(store: Store, key: str) -> tuple[Mention, ...]:
    """The mentions of a document, in the order in which they were read."""
    rows = store.read("SELECT * FROM mention WHERE document = ? ORDER BY ord", (key,))
    return tuple(_mention(row) for row in rows)


def _mention(row: Record) -> Mention:
    surface = Span(row["document"], row["start"], row["end"], row["exact"], "surface")
    entry = PackEntry(row["pack"], row["entry"]) if row["pack"] is not None else None
    return Mention(surface, row["name"], row["kind"], row["state"], row["office"], row["title"], entry)


def filings(store: Store, key: str) -> tuple[Filing, ...]:
    """The issues and named things under which the rows of a document are filed, by row."""
    rows = store.read("SELECT data FROM filing WHERE document = ? ORDER BY row, kind, issue", (key,))
    return tuple(decode(Filing, row["data"]) for row in rows)


def actors(store: Store, key: str) -> tuple[Actor, ...]:
    """The actors of a document, by name."""
    rows = store.read("SELECT name, kind, state FROM actor WHERE document = ? ORDER BY name", (key,))
    return tuple(Actor(row["name"], row["kind"], row["state"]) for row in rows)


def run_of(row: Record) -> Run:
    """The run of a record of table `run`."""
    return Run(row["id"], row["version"], row["code"], row["packs"], row["model"])


def judgement_of(row: Record) -> Judgement:
    """The judgement of a record of table `judgement`."""
    return Judgement(
        row["id"], row["row"], row["verdict"], row["field"], row["value"], row["quote"], row["judged"], row["who"],
        row["at"], bool(row["undone"]),
    )  # fmt: skip
