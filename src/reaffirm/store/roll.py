"""The roll: one short record of each row that is listed, made again whenever anything of its document is.

Lists and their counts are read from it alone, in its order, so that they need neither the rows themselves nor the pages of documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.store.doubts import DERIVED, counted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

NAMES = "coalesce((SELECT group_concat(name, char(10)) FROM (SELECT DISTINCT name FROM {} ORDER BY name)), '')"
SPEAKERS, PARTIES = (NAMES.format(f"{table} p WHERE p.statement = r.id") for table in ("speaker", "party"))
BOUND = NAMES.format("bound p WHERE p.document = d.id AND p.row = r.id AND p.role = '{}'")
FILED = "(SELECT issue AS name FROM filing f WHERE f.document = d.id AND f.row = r.id AND f.kind = 'issue')"
ISSUES = NAMES.format(FILED)
DAY = (
    "coalesce((SELECT min(e.first) FROM dated e WHERE e.document = d.id AND e.kind = 'published'),"
    " (SELECT min(e.first) FROM dated e WHERE e.document = d.id))"
)
ANSWERED = "r.kind = 'unknown' AND substr(r.message, 1, 10) = 'published:' AND d.published IS NOT NULL"  # a person told the date since
ASKS = "json_extract(r.data, '$.statement')"
BINDS = "r.statement, r.strength, r.position, (SELECT x.last FROM duty x WHERE x.commitment = r.id)"
ROW = """
SELECT '{letter}', d.name, d.id, {start}, r.id, r.version, {day}, {columns}, {doubt}
FROM document d CROSS JOIN observation o ON o.document = d.id AND o.run = d.run
CROSS JOIN {table} r ON r.id = o.row AND r.version = o.version {beside} WHERE d.id = :document AND d.current = 1
"""
COLUMNS = {
    "S": ("statement", "r.start", f"r.directness, r.act, {SPEAKERS}, {PARTIES}, '', {ISSUES}, NULL, NULL, NULL, NULL"),
    "C": (
        "commitment",
        "r.start",
        f"r.polarity, r.band, {BOUND.format('party')}, {BOUND.format('undertaker')}, {BOUND.format('person')}, {ISSUES}, {BINDS}",
    ),
    "N": (
        "demand",
        "r.start",
        f"r.kind, NULL, {BOUND.format('holder')}, {BOUND.format('target')}, '', {ISSUES}, {ASKS}, NULL, NULL, NULL",
    ),
    "P": ("problem", "0", f"r.kind, r.severity, '', '', '', '', NULL, NULL, {ANSWERED}, NULL"),
}
ROWS = " UNION ALL ".join(
    ROW.format(letter=letter, table=table, start=start, day=DAY, columns=columns, doubt=counted(table), beside=DERIVED.get(table, ""))
    for letter, (table, start, columns) in COLUMNS.items()
)


def put(connection: sqlite3.Connection, document: str) -> None:
    """Nothing; replaces the records of a document, which has none where it is not listed."""
    connection.execute("DELETE FROM roll WHERE document = ?", (document,))
    connection.execute(f"INSERT INTO roll {ROWS}", {"document": document})


def wanted(connection: sqlite3.Connection, document: str) -> Sequence[tuple[object, ...]]:
    """The records that a document should have, sorted."""
    return sorted((tuple(row) for row in connection.execute(ROWS, {"document": document})), key=repr)
