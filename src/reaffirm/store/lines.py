"""The tables of strands, links and lines, inside the transaction of their caller: the ledger's loom (`linking.lineage.Loom`)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from reaffirm.model import digest
from reaffirm.sequels import Link

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from reaffirm.store.protocol import Store

S = TypeVar("S")
MOST = 20000  # strands that are kept in memory
NEAR = "SELECT strand FROM strand_key WHERE key = ? AND strand < ? ORDER BY strand DESC LIMIT ?"
AFTER = "SELECT strand FROM strand_key WHERE key = ? AND strand > ? ORDER BY strand LIMIT ?"
REST = "SELECT strand FROM strand_key WHERE key = ? AND strand > ? AND strand < ? ORDER BY strand"
STRANDS = (
    "SELECT s.name, p.data AS place, s.data FROM json_each(?) k CROSS JOIN strand s ON s.name = k.value"
    " JOIN place p ON p.document = s.document"
)
LINKS = "SELECT l.* FROM json_each(?) k CROSS JOIN link l ON l.{} = k.value ORDER BY l.later, l.earlier, l.rule"
RETOP = """
WITH RECURSIVE branch (line) AS (VALUES (:line) UNION SELECT l.line FROM branch b JOIN line l ON l.over = b.line)
UPDATE line SET top = :top WHERE line IN (SELECT line FROM branch) AND line <> :line AND top <> :top
"""
WHOLE = """
SELECT count(DISTINCT s.document) AS documents, max(s.expected) AS expected, max(s.carries) AS carries,
       count(DISTINCT s.meeting) AS meetings, count(*) AS strands
FROM strand s WHERE s.line = :top OR s.line IN (SELECT line FROM line WHERE top = :top)
"""


TOPMOST = "SELECT coalesce(l.top, s.line) AS line FROM {} LEFT JOIN line l ON l.line = s.line WHERE {}"
OF_ISSUE = f"t.line IN ({TOPMOST.format('strand s', 'instr(lower(s.about), lower(:issue)) > 0')})"
OF_DOCUMENT = f"t.line IN ({TOPMOST.format('strand s', 's.document = :document')})"
OF_ROW = f"""
SELECT line FROM thread WHERE id >= :low AND id < :high
UNION SELECT line FROM thread WHERE line IN
({TOPMOST.format('strand_row r JOIN strand s ON s.name = r.strand', 'r.row >= :low AND r.row < :high')})
"""  # noqa: S608 - constants
LINES_OF = TOPMOST.format("strand_row r JOIN strand s ON s.name = r.strand", "r.row = ?")
MEMBERS = "SELECT name FROM strand WHERE line = :top OR line IN (SELECT line FROM line WHERE top = :top) ORDER BY name"
REASONS = """
SELECT k.* FROM strand s JOIN link k ON k.later = s.name AND k.earlier = s.goes_on
WHERE s.line = :top OR s.line IN (SELECT line FROM line WHERE top = :top)
UNION SELECT k.* FROM line l JOIN link k ON k.later = l.later AND k.earlier = l.earlier AND k.rule = l.rule WHERE l.top = :top
ORDER BY later, earlier, rule
"""
PROMISED = "SELECT DISTINCT p.strand, p.words FROM json_each(?) k CROSS JOIN promise p ON p.name = k.value ORDER BY p.strand"
ALIKE = """
WITH own AS MATERIALIZED (
  SELECT d.genre, json_extract(p.data, '$[2]') AS relation, json_extract(p.data, '$[6]') AS forum, json_extract(p.data, '$[7]') AS circle
  FROM place p JOIN document d ON d.id = p.document WHERE p.document = ?
)
SELECT p.data FROM own w CROSS JOIN place p CROSS JOIN document d ON d.id = p.document AND d.current = 1 JOIN doc n ON n.document = d.id
WHERE json_extract(p.data, '$[7]') = w.circle AND json_extract(p.data, '$[6]') IS w.forum
AND json_extract(p.data, '$[2]') IS w.relation AND d.genre IS w.genre ORDER BY n.doc
"""
PUBLISHED = """
SELECT d.id, d.title FROM document w CROSS JOIN document d ON d.genre IS w.genre AND d.publisher IS w.publisher AND d.current = 1
JOIN doc n ON n.document = d.id WHERE w.id = ? ORDER BY n.doc
"""
OUTPUTS = """
SELECT p.data FROM place p JOIN doc n ON n.document = p.document WHERE p.chain = ? AND p.day > ? ORDER BY p.day, n.doc
"""


@dataclass(frozen=True, slots=True)
class Woven:
    """A strand as its table keeps it: name, unit, the ids of its rows, its keys, what decides whether it is listed, and its data.

    `bound` are those who promise an act in it, `words` what that is about.
    """

    name: str
    unit: str
    rows: tuple[str, ...]
    keys: tuple[str, ...]
    expected: bool
    carries: bool
    meeting: str | None
    about: tuple[str, ...]
    data: str
    bound: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def document(name: str) -> str:
    """The rank of the document in which a strand stands."""
    return name[: name.rindex(" ", 0, name.rindex(" "))]


def hashed(key: str) -> int:
    """A key as the number under which it is kept."""
    return int(digest("key", key)[:15], 16)


def reopen(connection: sqlite3.Connection, documents: Iterable[str]) -> None:
    """Nothing; the strands of these documents are to be made again."""
    connection.executemany("INSERT INTO open_place VALUES (?) ON CONFLICT DO NOTHING", ((key,) for key in documents))


def reopen_row(connection: sqlite3.Connection, row: str) -> None:
    """Nothing; the strands of the document that has a row are to be made again."""
    connection.execute("INSERT INTO open_place SELECT document FROM listed WHERE row = ? ON CONFLICT DO NOTHING", (row,))


def reopen_meetings(connection: sqlite3.Connection, meetings: Iterable[str]) -> None:
    """Nothing; the strands of all documents that tell one of these meetings are to be made again."""
    sql = (
        "INSERT INTO open_place SELECT DISTINCT t.document FROM meeting m JOIN telling t ON t.id = m.telling WHERE m.meeting = ?"
        " ON CONFLICT DO NOTHING"
    )
    connection.executemany(sql, ((key,) for key in meetings))


def reopen_meeting(connection: sqlite3.Connection, telling: str) -> None:
    """Nothing; as `reopen_meetings`, for the meeting that a telling tells."""
    found = connection.execute("SELECT meeting FROM meeting WHERE telling = ?", (telling,)).fetchall()
    reopen_meetings(connection, [row["meeting"] for row in found])


class Lines(Generic[S]):
    """A loom (`linking.lineage.Loom`) in the tables of a ledger; `read` makes a strand of the columns that hold it."""

    def __init__(self, connection: sqlite3.Connection, read: Callable[[str, str], S], known: dict[str, S] | None = None) -> None:
        self.connection = connection
        self.read = read
        self.known = {} if known is None else known  # strands that were read
        self.same: dict[str, set[frozenset[str]]] = {}

    # Strands

    def put(self, place: tuple[object, ...], strands: Iterable[Woven], same: Iterable[frozenset[str]]) -> None:
        """Nothing; puts the strands of a document into the tables (place: document, rank, chain, day, data, hash of the inputs)."""
        key, rank, chain, day, data, inputs = place
        pairs = json.dumps(sorted(sorted(pair) for pair in same))
        self.same.pop(str(rank), None)
        self.connection.execute("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", (key, rank, chain, day, data, pairs, inputs))
        for s in strands:
            columns = (s.name, key, s.unit, int(s.expected), int(s.carries), s.meeting, "\n".join(s.about), s.data)
            self.connection.execute("INSERT INTO strand VALUES (?, ?, ?, NULL, NULL, ?, ?, ?, ?, ?)", columns)
            self.connection.executemany("INSERT INTO strand_row VALUES (?, ?)", ((row, s.name) for row in s.rows))
            self.connection.executemany("INSERT INTO strand_key VALUES (?, ?)", {(hashed(k), s.name) for k in s.keys})
            self.owe(s.name, s.bound, s.words)

    def owe(self, strand: str, bound: Iterable[str], words: Iterable[str]) -> None:
        """Nothing; puts a strand that promises an act under the names of those who are bound."""
        about = "\n".join(words)
        sql = "INSERT INTO promise VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
        self.connection.executemany(sql, ((name, strand, about) for name in bound))

    def take(self, keys: Mapping[str, Sequence[str]]) -> None:
        """Nothing; takes strands (with the keys of each) out of the tables, with their links."""
        for name, own in keys.items():
            self.connection.executemany("DELETE FROM strand_key WHERE key = ? AND strand = ?", ((hashed(k), name) for k in own))
            for sql in ("DELETE FROM link WHERE later = ?", "DELETE FROM link WHERE earlier = ?", "DELETE FROM strand WHERE name = ?"):
                self.connection.execute(sql, (name,))
            self.known.pop(name, None)

    def leave(self, key: str) -> None:
        """Nothing; forgets the place of a document (by its id)."""
        self.connection.execute("DELETE FROM place WHERE document = ?", (key,))
        self.same.clear()

    def names(self, key: str) -> list[str]:
        """The names of the strands of a document (by its id), in order."""
        return [row["name"] for row in self.connection.execute("SELECT name FROM strand WHERE document = ? ORDER BY name", (key,))]

    def inputs(self, key: str) -> str | None:
        """The hash of what the strands of a document were made of, if it has been here."""
        row = self.connection.execute("SELECT inputs FROM place WHERE document = ?", (key,)).fetchone()
        return row["inputs"] if row else None

    def close(self, key: str) -> None:
        """Nothing; the strands of a document are made again."""
        self.connection.execute("DELETE FROM open_place WHERE document = ?", (key,))

    def near(self, key: str, before: str, count: int) -> list[str]:
        """So many strands under a key that stand nearest before a rank, the nearest first."""
        return [row[0] for row in self.connection.execute(NEAR, (hashed(key), before, count))]

    def after(self, key: str, rank: str, count: int) -> list[str]:
        """The next strands under a key in documents after that of a rank: so many, and the rest of the document of the last."""
        found = [row[0] for row in self.connection.execute(AFTER, (hashed(key), f"{rank}!", count))]
        if len(found) == count:
            rest = self.connection.execute(REST, (hashed(key), found[-1], f"{document(found[-1])}!"))
            found += [row[0] for row in rest]
        return found

    def strands(self, names: Iterable[str]) -> dict[str, S]:
        """Strands by name."""
        wanted = list(names)
        if len(self.known) > MOST:
            self.known.clear()
        rows = self.connection.execute(STRANDS, (json.dumps([name for name in wanted if name not in self.known]),))
        self.known.update((row["name"], self.read(row["place"], row["data"])) for row in rows)
        return {name: self.known[name] for name in wanted}

    def of_document(self, rank: str) -> dict[str, str]:
        """The strands of a document, each with the first one of its unit; none where it is not there."""
        rows = self.connection.execute("SELECT name, unit FROM strand WHERE name > ? AND name < ? ORDER BY name", (f"{rank} ", f"{rank}!"))
        return {row["name"]: row["unit"] for row in rows}

    def alike(self, rank: str) -> set[frozenset[str]]:
        """Pairs of strands of a document that may well be one item."""
        if rank not in self.same:
            row = self.connection.execute("SELECT same FROM place WHERE rank = ?", (rank,)).fetchone()
            self.same[rank] = {frozenset(pair) for pair in json.loads(row["same"])} if row else set()
        return self.same[rank]

    # Links

    def links(self, later: Iterable[str]) -> list[Link]:
        """The links of these strands to earlier ones."""
        return self._links("later", later)

    def heirs(self, earlier: Iterable[str]) -> list[Link]:
        """The links of later strands to these."""
        return self._links("earlier", earlier)

    def _links(self, side: str, names: Iterable[str]) -> list[Link]:
        rows = self.connection.execute(LINKS.format(side), (json.dumps(list(names)),))
        return [Link(row["later"], row["earlier"], row["score"], row["rule"], row["why"]) for row in rows]

    def relink(self, later: str, links: Sequence[Link]) -> None:
        """Nothing; replaces the links of a strand."""
        self.connection.execute("DELETE FROM link WHERE later = ?", (later,))
        rows = ((link.later, link.earlier, link.score, link.rule, link.why) for link in links)
        self.connection.executemany("INSERT INTO link VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", rows)

    # Lines

    def roots(self, names: Iterable[str]) -> dict[str, str]:
        """The first strand of the line of each of these strands."""
        sql = "SELECT s.name, s.line FROM json_each(?) k CROSS JOIN strand s ON s.name = k.value WHERE s.line IS NOT NULL"
        return {row["name"]: row["line"] for row in self.connection.execute(sql, (json.dumps(list(names)),))}

    def settle(self, roots: Mapping[str, str], chosen: Mapping[str, str]) -> None:
        """Nothing; puts strands into lines, each by the strand from which it goes on, if any."""
        rows = ((root, chosen.get(name), name) for name, root in roots.items())
        self.connection.executemany("UPDATE strand SET line = ?, goes_on = ? WHERE name = ?", rows)

    def members(self, line: str, count: int) -> list[str]:
        """The strands of a line, so many at most, in order."""
        sql = "SELECT name FROM strand WHERE line = ? ORDER BY name LIMIT ?"
        return [row["name"] for row in self.connection.execute(sql, (line, count))]

    def over(self, lines: Iterable[str]) -> dict[str, str]:
        """The line of which each of these lines is a part, where it is one."""
        sql = "SELECT l.line, l.over FROM json_each(?) k CROSS JOIN line l ON l.line = k.value"
        return {row["line"]: row["over"] for row in self.connection.execute(sql, (json.dumps(list(lines)),))}

    def under(self, line: str) -> list[str]:
        """The lines that are parts of a line."""
        return [row["line"] for row in self.connection.execute("SELECT line FROM line WHERE over = ? ORDER BY line", (line,))]

    def hang(self, line: str, over: str | None, link: Link | None) -> None:
        """Nothing; makes a line part of another one, or of none."""
        self.connection.execute("DELETE FROM line WHERE line = ?", (line,))
        above = line
        if over and link:
            found = self.connection.execute("SELECT top FROM line WHERE line = ?", (over,)).fetchone()
            above = found["top"] if found else over
            columns = (line, over, above, link.later, link.earlier, link.rule)
            self.connection.execute("INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)", columns)
        self.connection.execute(RETOP, {"line": line, "top": above})

    # Threads

    def list_threads(self, lines: Iterable[str], of_row: Callable[[str], str]) -> None:
        """Nothing; lists these lines, or not any more: of several documents, or with something to come; promised, asked or said again."""
        touched = sorted(lines)
        for table in ("thread", "open_thread"):
            self.connection.executemany(f"DELETE FROM {table} WHERE line = ?", ((line,) for line in touched))  # noqa: S608 - constants
        for line in touched:
            part = self.connection.execute("SELECT 1 FROM line WHERE line = ?", (line,)).fetchone()
            found = self.connection.execute(WHOLE, {"top": line}).fetchone()
            lives = found["strands"] and (found["documents"] > 1 or found["expected"]) and (found["carries"] or found["meetings"] > 1)
            if lives and not part:
                self.connection.execute("INSERT INTO thread (line, id) VALUES (?, ?)", (line, of_row(line.rsplit(" ", 1)[1])))
                self.connection.execute("INSERT INTO open_thread VALUES (?)", (line,))

    def tell(self, line: str, shown: tuple[str, str | None, str], steps: Iterable[tuple[str, str | None, str]]) -> None:
        """Nothing; puts what lists show of a thread (label, forum, issues) into its table, and its steps: document, status, voice."""
        self.connection.execute("DELETE FROM open_thread WHERE line = ?", (line,))
        self.connection.execute("DELETE FROM step WHERE line = ?", (line,))
        self.connection.execute("UPDATE thread SET label = ?, forum = ?, issues = ? WHERE line = ?", (*shown, line))
        self.connection.executemany("INSERT INTO step VALUES (?, ?, ?, ?, ?)", ((line, n, *step) for n, step in enumerate(steps)))

    def of_row(self, row: str) -> list[str]:
        """The strands that have a row (its id), in order."""
        return [found["strand"] for found in self.connection.execute("SELECT strand FROM strand_row WHERE row = ? ORDER BY strand", (row,))]

    def lines_of(self, row: str) -> set[str]:
        """The lines, or those of which these are parts in the end, of the strands that have a row (its id)."""
        return {found["line"] for found in self.connection.execute(LINES_OF, (row,))}

    def whole(self, line: str) -> list[str]:
        """The strands of a line and of all its parts, in order."""
        return [row["name"] for row in self.connection.execute(MEMBERS, {"top": line})]

    def reasons(self, line: str) -> list[Link]:
        """The links by which strands are in a line or its parts, and these in it."""
        rows = self.connection.execute(REASONS, {"top": line})
        return [Link(row["later"], row["earlier"], row["score"], row["rule"], row["why"]) for row in rows]


# What is asked -----------------------------------------------------------------------------------------------------


def open_places(store: Store) -> list[str]:
    """The documents whose strands are to be made again, the oldest first: what comes last in time touches least.

    Readings that are no longer current come before all: a row that a person added keeps its id in the reading that took their place.
    """
    sql = "SELECT o.document FROM open_place o CROSS JOIN document d ON d.id = o.document ORDER BY d.current, d.published, o.document"
    return [row["document"] for row in store.read(sql)]


def open_threads(store: Store) -> list[str]:
    """The lines of the threads whose steps are to be told again, in order."""
    return [row["line"] for row in store.read("SELECT line FROM open_thread ORDER BY line")]


def names(store: Store) -> list[str]:
    """The names of all strands, in order."""
    return [row["name"] for row in store.read("SELECT name FROM strand ORDER BY name")]


def promised(store: Store, bound: Iterable[str]) -> list[tuple[str, frozenset[str]]]:
    """The strands that promise an act of any of these, and what it is about."""
    rows = store.read(PROMISED, (json.dumps(sorted(set(bound))),))
    return [(row["strand"], frozenset(row["words"].split("\n"))) for row in rows]


def later_outputs(store: Store, chain: str, day: str) -> list[str]:
    """The places (JSON) of the outputs of a chain after a day, by day and name."""
    return [row["data"] for row in store.read(OUTPUTS, (chain, day))]


def places(store: Store) -> list[str]:
    """The places of all documents (JSON), by name."""
    sql = "SELECT p.data FROM place p JOIN doc n ON n.document = p.document ORDER BY n.doc"
    return [row["data"] for row in store.read(sql)]


def outputs(store: Store) -> list[str]:
    """The places (JSON) of all outputs, by name."""
    sql = "SELECT p.data FROM place p JOIN doc n ON n.document = p.document WHERE json_extract(p.data, '$[2]') = 'output' ORDER BY n.doc"
    return [row["data"] for row in store.read(sql)]


def alike(store: Store, document: str) -> list[str]:
    """The places (JSON) of the documents of the genre, relation, forum and states of a document (its id), by name."""
    return [row["data"] for row in store.read(ALIKE, (document,))]


def published_with(store: Store, document: str) -> list[tuple[str, str | None]]:
    """The ids and titles of the documents of the genre and publisher of a document (its id), by name."""
    return [(row["id"], row["title"]) for row in store.read(PUBLISHED, (document,))]


def places_of(store: Store, documents: Iterable[str]) -> list[str]:
    """The places of these documents (JSON), by id."""
    sql = "SELECT p.data FROM json_each(?) k CROSS JOIN place p ON p.document = k.value ORDER BY p.document"
    return [row["data"] for row in store.read(sql, (json.dumps(sorted(documents)),))]


def listed(
    store: Store,
    *,
    issue: str | None = None,
    document: str | None = None,
    but: Iterable[str] = (),
    page: tuple[int | None, int] = (None, 0),
) -> list[str]:
    """The lines of the threads of the ledger in order of their first step, but some; of an issue or named thing, of a document (its id).

    `page` is how many at most (None: all), and after how many.
    """
    where = ["t.line NOT IN (SELECT value FROM json_each(:but))", *([OF_ISSUE] if issue else []), *([OF_DOCUMENT] if document else [])]
    sql = f"SELECT t.line FROM thread t WHERE {' AND '.join(where)} ORDER BY t.line LIMIT :limit OFFSET :offset"  # noqa: S608 - constants
    asked = {"issue": issue, "document": document, "but": json.dumps(sorted(but))}
    return [row["line"] for row in store.read(sql, {**asked, "limit": -1 if page[0] is None else page[0], "offset": page[1]})]


def line_of(store: Store, row: str) -> list[str]:
    """The lines of the threads that have this id, or a row of it, or of which it is the beginning."""
    low = row[:1].upper() + row[1:].lower()
    usable = low.isascii() and low.isprintable() and low
    return [found["line"] for found in store.read(OF_ROW, {"low": low, "high": f"{low}~"})] if usable else []
