"""Blind coding: whether the ledger keeps it, and what a coder sees of the decisions of others while it does.

A connection that asks for a coder has views of its own in place of the tables of judgements, so that no question, whoever wrote it, finds
what others decided on a row before that coder has decided it: their verdicts, corrections, comments and the rows that they added. Links of
rows, dates and names are no coding, and stay. Such a connection asks and cannot judge: the views take no records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.model import digest
from reaffirm.sequels import ADDED, CODING, CONFIRMED, DENIED, PAIRS
from reaffirm.store import loading

if TYPE_CHECKING:
    import sqlite3

    from reaffirm.store.protocol import Store

ROW = f"L-{digest('ledger')[:16]}"  # under which what is decided of the ledger itself stands
BLIND, OPEN = "blind", "open"
SETTING = f"SELECT value FROM standing WHERE row = '{ROW}' AND field = '{CODING}' ORDER BY seq DESC LIMIT 1"  # noqa: S608
LINKS = (*PAIRS, CONFIRMED, DENIED)
OWN = f"j.who = (SELECT who FROM temp.coder) AND ({loading.OWN.format('j')} OR j.field = '{ADDED}')"  # noqa: S608 - constants
SEEN = f"""(
j.who = (SELECT who FROM temp.coder) OR substr(j.row, 1, 2) NOT IN ('S-', 'C-', 'N-', 'M-')
OR coalesce(j.field, '') IN {LINKS} OR j.row IN (SELECT row FROM temp.own_row))
"""  # noqa: S608 - constants
VIEWS = f"""
CREATE TEMP TABLE own_row AS SELECT DISTINCT row FROM main.standing j WHERE {OWN};
INSERT INTO own_row SELECT f.telling FROM main.meeting m JOIN main.meeting f ON f.meeting = m.meeting
  WHERE m.telling IN (SELECT row FROM temp.own_row);
CREATE TEMP VIEW standing AS SELECT * FROM main.standing j WHERE {SEEN};
CREATE TEMP VIEW judgement AS SELECT * FROM main.judgement j WHERE {SEEN}
  OR j.id IN (SELECT id FROM main.judgement m WHERE m.undone = 0 AND m.who = (SELECT who FROM temp.coder));
CREATE TEMP VIEW verdict AS SELECT * FROM temp.standing j
  WHERE NOT EXISTS (SELECT 1 FROM temp.standing l WHERE l.row = j.row AND l.seq > j.seq);
CREATE TEMP TABLE hidden AS SELECT DISTINCT row FROM main.judgement WHERE field = '{ADDED}'
  AND row NOT IN (SELECT row FROM temp.standing WHERE field = '{ADDED}');
"""  # noqa: S608 - constants
ROWS = "CREATE TEMP VIEW {0} AS SELECT * FROM main.{0} WHERE row NOT IN (SELECT row FROM temp.hidden)"
OF_ROWS = ("observation", "listed", "roll", "filing", "bound")


def is_blind(store: Store) -> bool:
    """Whether coders of this ledger do not see each other's decisions."""
    return [row["value"] for row in store.read(SETTING)] == [BLIND]


def blind(connection: sqlite3.Connection, coder: str) -> None:
    """Nothing; from now on this connection sees what a coder may see (an empty name: who has decided nothing)."""
    connection.execute("CREATE TEMP TABLE coder (who TEXT NOT NULL)")
    connection.execute("INSERT INTO coder VALUES (?)", (coder,))
    for sql in (*VIEWS.strip().rstrip(";").split(";"), *(ROWS.format(name) for name in OF_ROWS)):
        connection.execute(sql)
