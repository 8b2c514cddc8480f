"""One function per question; each takes the ledger's store and answers with plain frozen records."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypedDict, Unpack

from reaffirm.days import period
from reaffirm.errors import UsageError
from reaffirm.store import actors, fulltext, loading
from reaffirm.store.codec import read_card
from reaffirm.store.records import Coverage, Entry, Failure, Filed, Hit, Said, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.model import Acquisition, Act, Card, Directness, Document, Factuality, Judgement, Problem, Statement
    from reaffirm.store.protocol import Store

MOST_LISTED = 10


class Asked(TypedDict, total=False):
    """What `said` may be asked for; a row must meet every condition that is given."""

    speaker: str | None  # a name or a part of one; members that only the packs know count too
    party: str | None
    document: str | None  # a document's name or id, or the beginning of its id
    cue: str | None  # words of the cue, or a pack entry
    directness: Directness | None
    factuality: Factuality | None
    act: Act | None
    to: str | None  # words of the addressee
    direct: bool  # only rows whose content is the speaker's own words: turns and direct quotations
    official: bool  # only rows of official texts and official paraphrases
    text: str | None  # as in `search`
    since: str | None  # EDTF: the document may be of that day or later
    until: str | None
    rejected: bool  # rows that people rejected are shown as well
    limit: int | None
    offset: int


# How much there is -------------------------------------------------------------------------------------------------

COUNTS = """
SELECT (SELECT count(*) FROM document WHERE current = 1) AS documents,
       (SELECT coalesce(sum(size), 0) FROM raw) AS bytes,
       (SELECT count(*) FROM roll WHERE kind = 'S') AS statements,
       (SELECT count(*) FROM standing) AS judgements,
       (SELECT count(*) FROM reading) AS readings
"""
COVERAGE = """
SELECT count(genre) AS genre, count(title) AS title, count(publisher) AS publisher, count(published) AS published,
       count(language) AS language, count(*) AS total,
       count(CASE WHEN EXISTS (SELECT 1 FROM dated t WHERE t.document = d.id) THEN 1 END) AS "any date"
FROM document d WHERE current = 1
"""
VOICED = """
SELECT count(*) AS total, coalesce(sum(who <> '' AND (who NOT LIKE '?%' OR who GLOB '*' || char(10) || '[^?]*')), 0) AS known
FROM roll WHERE kind = 'S'
"""
PROBLEM_KINDS = "SELECT class AS kind, count(*) AS n FROM roll WHERE kind = 'P' GROUP BY class ORDER BY n DESC, class"
RUNS = """
SELECT r.*, u.documents FROM (
  SELECT id, coalesce(d.documents, 0) AS documents FROM run
  LEFT JOIN (SELECT run, count(*) AS documents FROM document WHERE current = 1 GROUP BY run) d ON d.run = id
  ORDER BY 2 DESC, id LIMIT ?
) u JOIN run r ON r.id = u.id ORDER BY u.documents DESC, r.id
"""
FAILURES = "SELECT name, sha256, reason, at, origin FROM attempt WHERE settled = 0 ORDER BY name, sha256, reason"


def status(store: Store, runs: int | None = None) -> Status:
    """What the ledger holds, how much of it is known, what failed; of its runs all, or so many of those with most documents."""
    with store.reading():
        (counts,) = store.read(COUNTS)
        return Status(
            documents=counts["documents"],
            bytes=counts["bytes"],
            statements=counts["statements"],
            problems=tuple((row["kind"], row["n"]) for row in store.read(PROBLEM_KINDS)),
            coverage=_coverage(store),
            runs=tuple((loading.run_of(row), row["documents"]) for row in store.read(RUNS, (-1 if runs is None else runs,))),
            failures=failures(store),
            judgements=counts["judgements"],
            orphans=len(store.orphans()),
            readings=counts["readings"] - counts["documents"],
        )


def _coverage(store: Store) -> tuple[Coverage, ...]:
    (row,), (voiced,) = store.read(COVERAGE), store.read(VOICED)
    fields = ("genre", "title", "publisher", "published", "any date", "language")
    cards = (Coverage(field, row[field], row["total"]) for field in fields)
    return (*cards, Coverage("speaker", voiced["known"], voiced["total"]))


def failures(store: Store) -> tuple[Failure, ...]:
    """The files that failed or were skipped and have not been read since."""
    rows = store.read(FAILURES)
    return tuple(Failure(row["name"], row["sha256"], row["reason"], row["at"], row["origin"]) for row in rows)


# Documents ---------------------------------------------------------------------------------------------------------

PUBLIC = """
SELECT n.document, n.doc FROM json_each(?) k CROSS JOIN document d ON d.id = k.value AND d.current = 1 JOIN doc n ON n.document = d.id
"""
FILED = """
SELECT d.id, n.doc, d.sha256, d.genre, d.title, d.publisher, d.published, d.language, d.run,
       (SELECT count(*) FROM roll r WHERE r.kind = 'S' AND r.name = d.name AND r.document = d.id) AS statements,
       (SELECT count(*) FROM roll r WHERE r.kind = 'P' AND r.name = d.name AND r.document = d.id) AS problems
FROM (SELECT id FROM document WHERE current = 1 ORDER BY name, sha256, id LIMIT :limit OFFSET :offset) x
JOIN document d ON d.id = x.id JOIN doc n ON n.document = d.id ORDER BY n.doc, d.id
"""
NAMED = """
WITH meant (id) AS (
  SELECT id FROM document WHERE id = :name
  UNION SELECT id FROM document WHERE sha256 = :name AND current = 1
  UNION SELECT d.id FROM document d CROSS JOIN doc n ON n.document = d.id
    WHERE d.current = 1 AND d.name IN (:name, substr(:name, 1, length(:name) - 9)) AND n.doc = :name
  UNION SELECT d.id FROM acquisition a CROSS JOIN document o ON o.id = a.document
    CROSS JOIN document d ON d.sha256 = o.sha256 AND d.current = 1 WHERE a.name = :name
)
SELECT d.id, d.current FROM meant m CROSS JOIN document d ON d.id = m.id ORDER BY d.id
"""  # a public name is a name, or one with nine characters behind it (view `doc`)


JUDGED_ONE = "SELECT id, row, verdict, field, value, quote, judged, who, at, undone FROM standing WHERE row = ?"
ARRIVALS = "SELECT d.sha256, a.* FROM acquisition a JOIN document d ON d.id = a.document ORDER BY a.seq"


def documents(store: Store, *, limit: int | None = None, offset: int = 0) -> list[Filed]:
    """All documents, by name, or so many of them."""
    with store.reading():
        found = store.read(FILED, {"limit": -1 if limit is None else limit, "offset": offset})
        events = loading.group(store.read(loading.EVENTS, (json.dumps([row["id"] for row in found]),)), "document", "edtf")
        return [
            Filed(
                row["id"], row["doc"], row["sha256"], row["genre"], row["title"], row["publisher"], row["published"],
                row["language"], tuple(events[row["id"]]), row["statements"], row["problems"], row["run"],
            )
            for row in found
        ]  # fmt: skip


def size(store: Store) -> int:
    """How many documents there are."""
    return int(store.read("SELECT count(*) AS n FROM document WHERE current = 1")[0]["n"])


def listed(store: Store) -> list[str]:
    """The ids of all documents, by name."""
    return [row["id"] for row in store.read(ALL)]


def public_name(store: Store, document: str) -> str | None:
    """The public name of a document (by its id) that is listed; None for another one."""
    rows = store.read(PUBLIC, (json.dumps([document]),))
    return str(rows[0]["doc"]) if rows else None


def statement_keys(store: Store, document: str) -> list[loading.Key]:
    """The listed statements of a document, by place."""
    return [(row["id"], row["version"]) for row in store.read(STATEMENT_KEYS, (document,))]


def document_id(store: Store, name: str) -> str:
    """The id of the document that is meant by a name, an id, a hash, or the beginning of an id."""
    if store.read("SELECT 1 FROM document WHERE id = ?", (name,)):
        return name
    rows = store.read(NAMED, {"name": name})
    if len(rows) == 1:
        return str(rows[0]["id"])
    if rows:
        message = f"{name} is the name of {len(rows)} documents: {_some([row['id'] for row in rows])}; use the id"
        raise UsageError(message)
    return resolve_row(store, name, kinds="D")


def document(store: Store, name: str) -> Document:
    """A whole document with text, blocks and card, listed or not."""
    return loading.document(store, document_id(store, name))


def arrivals(store: Store) -> list[tuple[str, Acquisition]]:
    """All arrivals with the hash of their bytes, in the order in which they came."""
    return [(row["sha256"], loading.acquisition(row)) for row in store.read(ARRIVALS)]


def read_as(store: Store, document: str) -> Card:
    """The card of a document as its current run read it, before any person dated it."""
    rows = store.read("SELECT g.card FROM document d JOIN reading g ON g.run = d.run AND g.document = d.id WHERE d.id = ?", (document,))
    return read_card(rows[0]["card"])


def dated_by(store: Store, document: str) -> Judgement | None:
    """The judgement that says when a document was published, if one holds: the last."""
    rows = store.read(f"{JUDGED_ONE} AND field = 'published' ORDER BY seq DESC LIMIT 1", (document,))
    return loading.judgement_of(rows[0]) if rows else None


def raw(store: Store, sha256: str) -> bytes:
    """The bytes as they were received."""
    rows = store.read("SELECT bytes FROM raw WHERE sha256 = ?", (sha256,))
    if not rows:
        message = f"no bytes with the SHA-256 {sha256} are in the ledger; `reaffirm status` counts what is"
        raise UsageError(message)
    return bytes(rows[0]["bytes"])


# Rows --------------------------------------------------------------------------------------------------------------

ROWS = ("statement", "problem", "document", "commitment", "demand", "telling")
IDS = " UNION ".join(f"SELECT id FROM {table} WHERE id >= :low AND id < :high" for table in ROWS)  # noqa: S608
IDS += " UNION SELECT row FROM judgement WHERE row >= :low AND row < :high ORDER BY id"


def resolve_row(store: Store, prefix: str, *, kinds: str = "SPDCNM") -> str:
    """The one row id that begins so; a `UsageError` when there is none or when there are several.

    What people judged can be named even where nothing reads it any more (kind A: two names of an actor; a row that a person added).
    """
    low = prefix[:1].upper() + prefix[1:].lower()
    usable = low.isascii() and low.isprintable() and low
    found = store.read(IDS, {"low": low, "high": f"{low}~"}) if usable else []
    ids = [row["id"] for row in found if row["id"][0] in kinds]
    if len(ids) == 1 or low in ids:
        return str(low if low in ids else ids[0])
    if ids:
        message = f"{len(ids)} rows begin with {prefix}: {_some(ids)}; give more of the id"
    else:
        message = f"nothing in the ledger is called {prefix!r}; `reaffirm search` and `reaffirm status` show what there is"
    raise UsageError(message)


def _some(ids: list[str]) -> str:
    return ", ".join(ids[:MOST_LISTED]) + (", ..." if len(ids) > MOST_LISTED else "")


# Statements --------------------------------------------------------------------------------------------------------

SHORT = "(SELECT row AS id, version, document, name, start, class AS directness, degree AS act, who, whom FROM roll WHERE kind = 'S') s"
LONG = """
(SELECT r.row AS id, r.version, r.document, r.name, r.start, r.class AS directness, r.degree AS act, r.who, r.whom, x.factuality, x.entry
 FROM roll r CROSS JOIN statement x ON x.id = r.row AND x.version = r.version WHERE r.kind = 'S') s
"""
DEEP = frozenset({"factuality", "cue"})  # conditions on what the roll has not
SAID = "SELECT s.id, s.version FROM {roll} WHERE "
ORDER = " ORDER BY s.name, s.document, s.start, s.id LIMIT :limit OFFSET :offset"
CORRECTED = "SELECT j.value FROM standing j WHERE j.row = s.id AND j.field = '{}' ORDER BY j.seq DESC LIMIT 1"
CONDITIONS = {
    # A person's correction beats what the machine read; the query is made of constants.
    "speakers": f"coalesce(instr(lower(({CORRECTED.format('speakers')})), lower(:speaker)) > 0,"  # noqa: S608
    " s.id IN (SELECT statement FROM speaker WHERE name IN (SELECT value FROM json_each(:speakers))))",
    "parties": f"coalesce(instr(lower(({CORRECTED.format('parties')})), lower(:party)) > 0,"  # noqa: S608
    " s.id IN (SELECT statement FROM party WHERE name IN (SELECT value FROM json_each(:parties))))",
    "document": "s.document = :document",
    "cue": "(s.entry = :cue OR EXISTS (SELECT 1 FROM span c WHERE c.row = s.id AND c.version = s.version"
    " AND c.role = 'cue' AND instr(lower(c.exact), lower(:cue)) > 0))",
    "directness": "s.directness = :directness",
    "factuality": "s.factuality = :factuality",
    "act": "s.act = :act",
    "direct": "s.directness IN ('direct', 'turn')",
    "to": "EXISTS (SELECT 1 FROM span t WHERE t.row = s.id AND t.version = s.version AND t.role = 'addressee'"
    " AND instr(lower(t.exact), lower(:to)) > 0)",
    "official": "s.document IN (SELECT id FROM document WHERE json_extract(card, '$.authority.value') LIKE 'official %')",
    "match": "s.id IN (SELECT statement FROM statement_text WHERE statement_text MATCH :match)",
    "first": "s.document IN (SELECT document FROM dated WHERE last >= :first AND first <= :last)",
    "unrejected": f"s.id NOT IN (SELECT row FROM {loading.OWN_VERDICT} WHERE verdict = 'rejected')",  # noqa: S608
}


def said(store: Store, **asked: Unpack[Asked]) -> list[Said]:
    """The statements that meet all conditions, by document and place; documents without a date are in no period."""
    with store.reading():
        where, wanted = conditions(store, asked)
        limit = asked.get("limit")
        page = {"limit": -1 if limit is None else limit, "offset": asked.get("offset") or 0}
        rows = store.read(SAID.format(roll=roll(wanted)) + where + ORDER, {**wanted, **page}) if where else []
        return loading.said(store, [(row["id"], row["version"]) for row in rows])


def roll(wanted: Iterable[str]) -> str:
    """The listed statements `s` in SQL, with the columns that these conditions need."""
    return LONG if DEEP.intersection(wanted) else SHORT


def conditions(store: Store, asked: Asked) -> tuple[str, dict[str, object]]:
    """What `said` is asked for, as SQL about a statement `s` with its parameters; the SQL is empty where nothing can meet it."""
    wanted = _wanted(store, asked)
    if "match" in wanted and wanted["match"] is None:
        return "", wanted
    return " AND ".join(["1", *(CONDITIONS[name] for name in wanted if name in CONDITIONS)]), wanted


def _wanted(store: Store, asked: Asked) -> dict[str, object]:
    wanted: dict[str, object] = {}
    if asked.get("speaker"):
        wanted["speakers"] = json.dumps(_names(store, "SELECT DISTINCT name FROM speaker", asked["speaker"] or ""))
        wanted["speaker"] = asked["speaker"]
    if asked.get("party"):
        wanted["party"] = asked["party"]
        wanted["parties"] = json.dumps(_names(store, "SELECT DISTINCT name FROM party", asked["party"] or ""))
    if asked.get("document"):
        wanted["document"] = document_id(store, asked["document"] or "")
    if asked.get("text"):
        wanted["match"] = fulltext.match(asked["text"] or "")
    if asked.get("since") or asked.get("until"):
        wanted["first"], wanted["last"] = period(asked.get("since"), asked.get("until"))
    if not asked.get("rejected"):
        wanted["unrejected"] = True
    plain = {name: asked.get(name) for name in ("cue", "directness", "factuality", "act", "to", "direct", "official")}
    return {**wanted, **{name: value for name, value in plain.items() if value}}


def _names(store: Store, sql: str, wanted: str) -> list[str]:
    """The names that are meant: the name itself where it occurs, else all that contain it."""
    sought = wanted.casefold()
    names = [str(row["name"]) for row in store.read(sql)]
    meant = [n for n in names if n.casefold() == sought] or [n for n in names if sought in n.casefold()]
    return sorted(actors.alike(actors.merged(store), meant))


# Search ------------------------------------------------------------------------------------------------------------

SEARCH = """
WITH hits AS MATERIALIZED (SELECT rowid AS id, rank AS score FROM passage_text WHERE passage_text MATCH :match),
edge AS MATERIALIZED (SELECT score FROM hits WHERE :document IS NULL ORDER BY score LIMIT 1 OFFSET :limit - 1 + (
  SELECT count(*) FROM document d JOIN passage p ON p.document = d.id WHERE d.current = 0
)),
best AS MATERIALIZED (
  SELECT p.id, p.document, p.start, p."end", h.score, d.name FROM hits h CROSS JOIN passage p ON p.id = h.id
  CROSS JOIN document d ON d.id = p.document AND d.current = 1
  WHERE h.score <= coalesce((SELECT score FROM edge), h.score) AND (:document IS NULL OR p.document = :document)
  ORDER BY h.score, d.name, p.document, p.start LIMIT :limit
)
SELECT b.document, n.doc, b.start, b."end", f.text, highlight(passage_text, 0, :begin, :close) AS marked
FROM best b CROSS JOIN passage_text f ON f.rowid = b.id JOIN doc n ON n.document = b.document
WHERE passage_text MATCH :match ORDER BY b.score, b.name, b.document, b.start
"""  # only what may be among the best is looked up, and the words are marked only in what is shown


def search(store: Store, query: str, *, document: str | None = None, limit: int = 20) -> list[Hit]:
    """The paragraphs (never furniture) in which all words and "phrases" occur, best first; `word*` finds beginnings."""
    match = fulltext.match(query)
    if match is None:
        return []
    begin, close = fulltext.MARKS
    chosen = document_id(store, document) if document else None
    asked = {"match": match, "begin": begin, "close": close, "document": chosen, "limit": limit}
    hits = []
    for row in store.read(SEARCH, asked):
        found = fulltext.marks(row["text"], row["marked"])
        marks = tuple((row["start"] + start, row["start"] + end) for start, end in found)
        text = fulltext.snippet(row["text"], found)
        hits.append(Hit(row["document"], row["doc"], row["start"], row["end"], row["text"], text, marks))
    return hits


# Everything, for exports -------------------------------------------------------------------------------------------

ALL = """
SELECT d.id FROM document d JOIN doc n ON n.document = d.id WHERE d.current = 1 ORDER BY n.doc, d.id
"""
STATEMENT_KEYS = """
SELECT s.id, s.version FROM listed l JOIN statement s ON s.id = l.row AND s.version = l.version
WHERE l.document = ? ORDER BY s.start, s.id
"""
PROBLEM_KEYS = """
SELECT p.id, p.version FROM listed l JOIN problem p ON p.id = l.row AND p.version = l.version
WHERE l.document = ? ORDER BY p.id
"""
JUDGED = """
SELECT id, row, verdict, field, value, quote, judged, who, at, undone FROM standing ORDER BY row, at, id
"""


def everything(store: Store) -> Iterator[Entry]:
    """Each document with all its listed rows, in an order that depends on nothing but what the ledger holds."""
    with store.reading():
        for row in store.read(ALL):
            yield entry(store, row["id"])


def entry(store: Store, key: str) -> Entry:
    """One document, by its id, with all its listed rows."""
    (run,) = store.read("SELECT r.* FROM document d JOIN run r ON r.id = d.run WHERE d.id = ?", (key,))
    keys = statement_keys(store, key)
    document = loading.document(store, key)
    (named,) = store.read("SELECT doc FROM doc WHERE document = ?", (key,))
    return Entry(
        named["doc"],
        document,
        loading.run_of(run),
        loading.acquisitions(store, document.sha256, document.part),
        tuple(loading.said(store, keys)),
        problems(store, key),
        loading.mentions(store, key),
        loading.actors(store, key),
        loading.times(store, document),
        loading.filings(store, key),
    )


def statements(store: Store, document: str) -> tuple[Statement, ...]:
    """The listed statements of a document, by place."""
    keys = statement_keys(store, document)
    found = loading.statements(store, keys)
    return tuple(found[key] for key in keys)


def problems(store: Store, document: str) -> tuple[Problem, ...]:
    """The listed problems of a document, by place; those without evidence first."""
    keys = [(row["id"], row["version"]) for row in store.read(PROBLEM_KEYS, (document,))]
    found = loading.problems(store, keys).values()
    return tuple(sorted(found, key=lambda p: (min((s.start for s in p.evidence), default=-1), p.id)))


GRAVEST = """
SELECT row AS id, version FROM roll WHERE kind = 'P' AND aside = 0 AND {}
ORDER BY instr('high medium low', degree), name, document, row LIMIT :limit
"""


def gravest(store: Store, document: str | None = None, *, limit: int | None = None) -> list[Problem]:
    """The listed problems of the ledger or of a document (its id), the gravest first; not that of a date which a person has told since."""
    where = "document = :document" if document else "1"
    rows = store.read(GRAVEST.format(where), {"document": document, "limit": -1 if limit is None else limit})
    keys = [(row["id"], row["version"]) for row in rows]
    found = loading.problems(store, keys)
    return [found[key] for key in keys]


def public_names(store: Store, documents: Iterable[str]) -> dict[str, str]:
    """The public names of documents, by id."""
    rows = store.read(PUBLIC, (json.dumps(sorted(documents)),))
    return {row["document"]: row["doc"] for row in rows}


def judgements(store: Store) -> list[Judgement]:
    """All judgements that hold, by row, orphans included."""
    return [loading.judgement_of(row) for row in store.read(JUDGED)]
