"""The rows that are read out of statements and texts, written: tellings, commitments, demands, and what is derived of them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from reaffirm.days import bounds
from reaffirm.store import lines
from reaffirm.store.plain import encode
from reaffirm.store.sealing import seal

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from reaffirm.readings import Call, Commitment, Demand, Derivation, Duty, Filing, Observation, Telling

Columns = tuple[object, ...]


def add(connection: sqlite3.Connection, observation: Observation) -> list[tuple[str, str]]:
    """The ids and versions of an observation's commitments and demands, which are now in the ledger, once."""
    return add_rows(connection, observation.commitments, observation.demands)


def add_rows(connection: sqlite3.Connection, promised: Iterable[Commitment], asked: Iterable[Demand]) -> list[tuple[str, str]]:
    """The ids and versions of these commitments and demands, which are now in the ledger, once."""
    commitments = [commitment_columns(row) for row in promised]
    demands = [demand_columns(row) for row in asked]
    sql = "INSERT INTO commitment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
    connection.executemany(sql, commitments)
    connection.executemany("INSERT INTO demand VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", demands)
    return [(str(row[0]), str(row[1])) for row in chain(commitments, demands)]


def commitment_columns(row: Commitment) -> Columns:
    """A commitment as the columns of its table; the version is the hash of all that was read into it."""
    data = encode(row)
    told = row.statement, row.illocution, row.polarity, row.force.strength, row.force.band, int(row.position), row.mode
    return (row.id, seal("commitment", data), row.document, row.action.start, row.action.end, *told, data)


def demand_columns(row: Demand) -> Columns:
    """A demand as the columns of its table; the version is the hash of all that was read into it."""
    data = encode(row)
    return (row.id, seal("demand", data), row.document, row.action.start, row.action.end, row.kind, row.strength, row.polarity, data)


def put_all(connection: sqlite3.Connection, observation: Observation) -> None:
    """Nothing; replaces all that is derived of a document's tellings, commitments and demands."""
    document = observation.document.id
    put_tellings(connection, document, observation.tellings)
    put_duties(connection, document, observation.duties)
    put_calls(connection, document, observation.calls)
    connection.execute("DELETE FROM filing WHERE document = ?", (document,))
    connection.executemany("INSERT INTO filing VALUES (?, ?, ?, ?, ?)", (filing_columns(document, row) for row in observation.filings))


def put(connection: sqlite3.Connection, document: str, derived: Derivation) -> None:
    """Nothing; replaces what is given of what is derived."""
    if derived.tellings is not None:
        put_tellings(connection, document, derived.tellings)
    if derived.duties is not None:
        put_duties(connection, document, derived.duties)
    if derived.calls is not None:
        put_calls(connection, document, derived.calls)


def clear(connection: sqlite3.Connection, document: str) -> None:
    """Nothing; a document that is no longer current tells of no meeting, and binds nobody."""
    put_tellings(connection, document, ())
    for table in ("duty", "call", "bound", "filing"):
        connection.execute(f"DELETE FROM {table} WHERE document = ?", (document,))  # noqa: S608 - constants


def put_tellings(connection: sqlite3.Connection, document: str, tellings: Iterable[Telling]) -> None:
    """Nothing; replaces the tellings of a document; the circles of the old and the new ones are to be sorted again."""
    sql = "INSERT INTO open_circle SELECT DISTINCT circle FROM telling WHERE document = ? ON CONFLICT DO NOTHING"
    connection.execute(sql, (document,))
    told = "SELECT DISTINCT m.meeting FROM telling t JOIN meeting m ON m.telling = t.id WHERE t.document = ?"
    lines.reopen_meetings(connection, [row["meeting"] for row in connection.execute(told, (document,)).fetchall()])
    connection.execute("DELETE FROM telling WHERE document = ?", (document,))
    connection.executemany("INSERT INTO telling VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(telling_columns, tellings))
    connection.execute(sql, (document,))


def telling_columns(row: Telling) -> Columns:
    """A telling as the columns of its table."""
    return (row.id, row.document, row.evidence[0].start, circle(row), row.forum, row.status, row.date, encode(row))


def circle(row: Telling) -> str:
    """The circle of a telling: its states, or its forum where it names none."""
    return "|".join(row.states) or f"forum:{row.forum or row.label}"


def put_meetings(connection: sqlite3.Connection, name: str, meetings: Mapping[str, tuple[str, str]]) -> None:
    """Nothing; replaces the meetings of a circle, which is sorted now."""
    sql = "SELECT m.telling, m.meeting FROM telling t JOIN meeting m ON m.telling = t.id WHERE t.circle = ?"
    before = {row["telling"]: row["meeting"] for row in connection.execute(sql, (name,))}
    moved = [key for key in before.keys() | meetings.keys() if before.get(key) != meetings.get(key, ("",))[0]]
    lines.reopen_meetings(connection, {before[key] for key in moved if key in before})
    connection.execute("DELETE FROM meeting WHERE telling IN (SELECT id FROM telling WHERE circle = ?)", (name,))
    connection.executemany("INSERT INTO meeting VALUES (?, ?, ?)", ((telling, *told) for telling, told in sorted(meetings.items())))
    lines.reopen_meetings(connection, {meetings[key][0] for key in moved if key in meetings})
    connection.execute("DELETE FROM open_circle WHERE circle = ?", (name,))


def reopen(connection: sqlite3.Connection, tellings: Iterable[str]) -> None:
    """Nothing; the circles of these tellings are to be sorted again."""
    sql = "INSERT INTO open_circle SELECT circle FROM telling WHERE id = ? ON CONFLICT DO NOTHING"
    connection.executemany(sql, [(key,) for key in tellings])


def put_duties(connection: sqlite3.Connection, document: str, duties: Iterable[Duty]) -> None:
    """Nothing; replaces who is bound by a document's commitments, and by when."""
    rows = list(duties)
    connection.execute("DELETE FROM duty WHERE document = ?", (document,))
    connection.execute("DELETE FROM bound WHERE document = ? AND role IN ('party', 'undertaker', 'person')", (document,))
    connection.executemany("INSERT INTO duty VALUES (?, ?, ?, ?, ?)", (duty_columns(document, row) for row in rows))
    connection.executemany("INSERT INTO bound VALUES (?, ?, ?, ?)", chain.from_iterable(duty_names(document, row) for row in rows))


def duty_columns(document: str, row: Duty) -> Columns:
    """A duty as the columns of its table."""
    days = bounds(row.due)
    return (row.commitment, document, row.due, days[1] if days else None, encode(row))


def duty_names(document: str, row: Duty) -> Iterator[Columns]:
    """The records of table `bound` that a duty yields."""
    for role, names in (("party", row.parties), ("undertaker", row.undertaker), ("person", row.persons)):
        yield from ((document, row.commitment, role, name) for name in sorted(set(names)))


def put_calls(connection: sqlite3.Connection, document: str, calls: Iterable[Call]) -> None:
    """Nothing; replaces whose the demands of a document are, and on whom."""
    rows = list(calls)
    connection.execute("DELETE FROM call WHERE document = ?", (document,))
    connection.execute("DELETE FROM bound WHERE document = ? AND role IN ('holder', 'target')", (document,))
    connection.executemany("INSERT INTO call VALUES (?, ?, ?)", ((row.demand, document, encode(row)) for row in rows))
    connection.executemany("INSERT INTO bound VALUES (?, ?, ?, ?)", chain.from_iterable(call_names(document, row) for row in rows))


def call_names(document: str, row: Call) -> Iterator[Columns]:
    """The records of table `bound` that a call yields."""
    for role, names in (("holder", row.holder), ("target", row.target)):
        yield from ((document, row.demand, role, name) for name in sorted(set(names)))


def filing_columns(document: str, row: Filing) -> Columns:
    """A filing as the columns of its table."""
    return (document, row.row, row.kind, row.issue, encode(row))
