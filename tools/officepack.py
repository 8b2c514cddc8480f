"""Builds the offices pack and the list of its gaps from the tables beside the checkout.

    python tools/officepack.py           writes src/reaffirm/data/offices/offices.csv and docs/offices-gaps.md
    python tools/officepack.py --check   exit code 1 when a file is not what the tables give

Three layers, the earlier before the later on every day of one kind of office in one state: rows of the sourced table that name a
source; rows of the Wikidata table (CC0); rows of general knowledge, `unverified`, from the sourced table and from
`tools/officepack/unverified.csv`. The other files beside it say which positions are which office (`positions.csv`), what is wrong in the
Wikidata table (`mended.csv`) and where family names come first (`orders.csv`). CountryInfo gives nothing: its licence asks for more.
`REAFFIRM_SHARED` names the shared folder (default ../shared). The output depends on these files alone, not on the day.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import re
import sys
from collections import defaultdict
from dataclasses import astuple, dataclass, fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

from variants import canonical, family, variants

from reaffirm.entries import Term
from reaffirm.resolve.spellings import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent / "officepack"
SHARED = Path(os.environ.get("REAFFIRM_SHARED", ROOT / "../shared")) / "data/offices"
PACK = ROOT / "src/reaffirm/data/offices/offices.csv"
GAPS = ROOT / "docs/offices-gaps.md"
FIRST, LAST = date(2000, 1, 1), date(2026, 11, 22)  # the period the pack is about, and the day the sourced table was closed
SHORT = timedelta(days=31)  # a rest of a term shorter than this is a difference between two tables, no term
CLOSE = timedelta(days=10)  # within which two tables date the same change of office
SNAPSHOT = "in office on the day of the snapshot, end not known"
KINDS = ("head_of_state", "head_of_government", "foreign", "defence", "security_adviser", "organisation")
UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Row(Term):
    """A row of the pack; fields as in its head line, `end` empty when open."""

    @property
    def seat(self) -> tuple[str, str, str]:
        """What one person holds at a time: the kind of office in a state; of an organisation, the office itself."""
        return self.state, self.kind, self.office if self.kind == "organisation" else ""

    @property
    def days(self) -> tuple[date, date]:
        """First and last day that the row can mean."""
        return earliest(self.start), latest(self.end) if self.end else LAST


@dataclass(frozen=True, slots=True)
class Left:
    """A row of a table that is not in the pack, and why."""

    state: str
    office: str
    person: str
    start: str
    end: str
    reason: str


def earliest(text: str) -> date:
    """The first day that a day, month or year can mean."""
    return date.fromisoformat(f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01"[:10])


def latest(text: str) -> date:
    """The last day that a day, month or year can mean."""
    if len(text) == 10:
        return date.fromisoformat(text)
    following = date(int(text[:4]) + 1, 1, 1) if len(text) == 4 else _next_month(int(text[:4]), int(text[5:]))
    return following - timedelta(days=1)


def _next_month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)


def table(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file beside this script."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(name: str) -> Iterator[dict[str, object]]:
    """The records of a JSON Lines file of the shared folder."""
    with (SHARED / name).open(encoding="utf-8") as file:
        yield from map(json.loads, file)


# The layers


def sourced() -> list[Row]:
    """The rows of the sourced table but those that `mended.csv` drops; what an office's title has in brackets goes to the note."""
    found = []
    dropped = {(row["item"], row["position"], row["start"]) for row in table("mended.csv") if row["action"] == "drop"}
    for row in lines("office_holders_sourced.jsonl"):
        if (row["person"], row["office"], row["start"]) in dropped:
            continue
        office, _, remark = str(row["office"]).rstrip(")").partition(" (")
        note = "; ".join(filter(None, (remark, str(row["note"] or ""))))
        names = tuple(alias for alias in map(str, cast("list[str]", row["aliases"])) if not _shouted(alias))
        state, kind, person, start = (str(row[key]) for key in ("country", "kind", "person", "start"))
        source, end = str(row["source"] or UNVERIFIED), str(row["end"] or "")
        found.append(Row(state, office, kind, person, names, start, end, acting=bool(row["acting"]), source=source, note=note))
    return found


def _shouted(alias: str) -> bool:
    """Whether an alias has a word written half in capitals, or a numeral of a monarch in small letters: slips of a table."""
    return re.search(r"\b[A-Z][a-z]?[A-Z]{2,}[a-z]|[a-z][A-Z]{2,}|\bI[iv]+\b", alias) is not None


def general() -> list[Row]:
    """The rows of general knowledge kept beside this script."""
    found = []
    for row in table("unverified.csv"):
        names = tuple(filter(None, row["aliases"].split(";")))
        what = row["state"], row["office"], row["kind"], row["person"], names, row["start"], row["end"]
        found.append(Row(*what, acting=row["acting"] == "true", source=UNVERIFIED, note=row["note"]))
    return found


def wikidata() -> tuple[list[Row], list[Left]]:
    """The terms of the Wikidata table in offices that the pack has, cleaned; what is left out and why.

    A term that is open on the day of the table's snapshot ends there, as far as this table knows.
    """
    places = {(row["country"], row["position"]): row for row in table("positions.csv")}
    mended = {(row["item"], row["position"], row["start"]): row for row in table("mended.csv")}
    kept, left = [], []
    for term in lines("office_holders_wikidata.jsonl"):
        place = places.get((str(term["country"]), str(term["position"])))
        if place is None:
            continue
        mend = mended.get((str(term["qid"]), str(term["position"]), str(term["start"])))
        row = _term(term, place, mend)
        reason = _fault(row, str(term["start_precision"]), mend)
        if reason:
            left.append(Left(row.state, row.office, row.person, row.start, row.end, reason))
        elif row.days[1] >= FIRST:
            kept.append(row)
    return kept, [x for x in left if latest(x.end) >= FIRST]


def _term(term: dict[str, object], place: dict[str, str], mend: dict[str, str] | None) -> Row:
    """A term of the Wikidata table as a row, with what `mended.csv` says of it."""
    start, end, snapshot = (str(term[key] or "") for key in ("start", "end", "snapshot"))
    precision = "" if term["start_precision"] == "day" else f"; start known to the {term['start_precision']}"
    source = f"Wikidata (CC0), {term['qid']}, snapshot {snapshot}"
    note = "" if end else SNAPSHOT
    what = place["state"], place["office"], place["kind"], canonical(str(term["person"])), (), start, end or snapshot
    row = Row(*what, acting=False, source=source, note=note)
    if mend and mend["action"] == "change":
        note = "; ".join(filter(None, (row.note if not mend["end"] else "", mend["reason"])))
        row = replace(row, person=mend["person"] or row.person, start=mend["start_then"] or row.start, end=mend["end"] or row.end)
        aliases = (canonical(str(term["person"])),) if mend["person"] else ()
        row = replace(row, aliases=aliases, acting=mend["acting"] == "true", note=note)
    return replace(row, note=(row.note + precision).strip("; "))


def _fault(row: Row, precision: str, mend: dict[str, str] | None) -> str:
    """Why a term of the Wikidata table is left out; empty when it stands."""
    if mend and mend["action"] == "drop":
        return mend["reason"]
    if precision == "year" and not mend:
        return "only the year of the start is known"
    if len(row.end) == 4:
        return "only the year of the end is known"
    if row.days[1] < row.days[0]:
        return "ends before it begins"
    return "lasts one day" if row.start == row.end else ""


def disjoint(rows: Iterable[Row]) -> tuple[list[Row], list[Left]]:
    """The rows of one table without overlaps: an earlier term ends when the next begins; a term within another is left out."""
    kept: list[Row] = []
    left: list[Left] = []
    for row in sorted(rows, key=lambda r: (r.seat, r.days)):
        last = kept[-1] if kept and kept[-1].seat == row.seat else None
        if last is None or row.acting or last.days[1] <= row.days[0]:
            kept.append(row)
        elif last.person == row.person:
            kept[-1] = replace(last, end=max(last.end, row.end))
        elif row.days[1] <= last.days[1]:
            left.append(Left(row.state, row.office, row.person, row.start, row.end, f"lies within the term of {last.person}"))
        else:
            kept[-1] = replace(last, end=row.start, note="; ".join(filter(None, (last.note, "end: start of the successor"))))
            kept.append(row)
    return kept, left


# Layers over each other


def layered(upper: list[Row], lower: Iterable[Row]) -> list[Row]:
    """The upper rows, and of the lower ones what lies on days that no upper row of the same seat covers; rests of a month are left out."""
    seats: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in upper:
        seats[row.seat].append(row)
    pieces = ((row, piece) for row in lower for piece in _free(row, seats.get(row.seat, [])))
    return upper + [piece for row, piece in pieces if piece == row or piece.days[1] - piece.days[0] > SHORT]


def _free(row: Row, upper: list[Row]) -> list[Row]:
    """The parts of a row on days that none of the upper rows covers; a cut is told in the note."""
    parts = [row]
    for other in upper:
        parts = [piece for part in parts for piece in _without(part, other)]
    return parts


def _without(part: Row, other: Row) -> list[Row]:
    (start, end), (low, high) = part.days, other.days
    if high <= start or end <= low:
        return [part]
    before = [replace(part, end=other.start, note=_cut(part.note))] if start < low else []
    after = [replace(part, start=other.end, note=_cut(part.note))] if high < end and other.end else []
    return before + after


def _cut(note: str) -> str:
    return "; ".join(dict.fromkeys(filter(None, (*note.split("; "), "cut where a row with a better source begins or ends"))))


def pack() -> tuple[list[Row], list[Left]]:
    """The rows of the pack in their order, and the rows of the tables that are left out."""
    known = sourced()
    proven = [row for row in known if row.source != UNVERIFIED]
    terms, left = wikidata()
    terms, more = disjoint(named(terms, known))
    added = layered(proven, _beside(terms, known))[len(proven) :]
    loose = layered(added, (row for row in known if row.source == UNVERIFIED))
    rows = layered(proven + loose, named(general(), [*known, *terms]))
    orders = {row["state"]: row["family"] for row in table("orders.csv")}
    spelled = [_spelled(row, orders.get(row.state, "")) for row in shared(rows)]
    return sorted(spelled, key=lambda r: (r.state, r.kind, r.days, r.office, r.person)), [*left, *more]


def _spelled(row: Row, order: str) -> Row:
    """The row with the other forms of its person's name, and the family name where it is not the last word."""
    return replace(row, aliases=variants(row.person, row.aliases, order), family=family(row.person, order))


def _beside(terms: Iterable[Row], known: list[Row]) -> list[Row]:
    """The terms of the Wikidata table but those whose person the sourced table has in that seat about that time.

    A term with the days of an unverified row stays: it is that row's source.
    """
    held: dict[tuple[tuple[str, str, str], str], list[Row]] = defaultdict(list)
    for row in known:
        held[row.seat, row.person].append(row)
    return [t for t in terms if not any(_known(t, k) for k in held.get((t.seat, t.person), ()))]


def _known(term: Row, row: Row) -> bool:
    """Whether a term adds nothing to a row of the same person in the same seat."""
    (start, end), (low, high) = term.days, row.days
    same = abs(start - low) <= CLOSE and (abs(end - high) <= CLOSE or (SNAPSHOT in term.note and end < high))
    return low < end and start < high and not (same and row.source == UNVERIFIED)


def named(rows: Iterable[Row], known: list[Row]) -> list[Row]:
    """The rows with the names that the known rows give the same persons: the same item of Wikidata, or the same words."""
    items = {m[0]: row.person for row in known if (m := re.search(r"\bQ\d+", row.source))}
    spelled = {(row.state, words(row.person)): row.person for row in known}
    found = []
    for row in rows:
        item = re.search(r"\bQ\d+", row.source)
        name = (items.get(item[0]) if item else None) or spelled.get((row.state, words(row.person))) or row.person
        aliases = row.aliases if name == row.person else (*row.aliases, row.person)
        found.append(replace(row, person=name, aliases=aliases))
    return found


def shared(rows: list[Row]) -> list[Row]:
    """The rows, each with the aliases of all rows of its person in its state."""
    aliases: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        aliases[row.state, row.person].update(row.aliases)
    return [replace(row, aliases=tuple(sorted(aliases[row.state, row.person]))) for row in rows]


# Gaps


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which nobody is known for a seat, both ends exclusive but at the ends of the period."""

    state: str
    kind: str
    office: str
    start: date
    end: date


def gaps(rows: list[Row]) -> list[Gap]:
    """The stretches of more than one day on which no row of a seat holds, in order of state and time."""
    found = []
    for seat, terms in _seats(rows).items():
        at = FIRST
        for row in sorted(terms, key=lambda r: r.days):
            if row.days[0] > at + timedelta(days=1):
                found.append(Gap(*seat, at, row.days[0]))
            at = max(at, row.days[1])
        if at < LAST:
            found.append(Gap(*seat, at, LAST))
    return sorted(found + _empty(rows), key=lambda g: (g.state, KINDS.index(g.kind), g.office, g.start))


def _empty(rows: list[Row]) -> list[Gap]:
    """The whole period for each minister of a state that has a head in the pack but not this minister."""
    seats = {row.seat for row in rows}
    states = sorted({state for state, kind, _ in seats if kind.startswith("head_of")})
    wanted = ((state, kind, "") for state in states for kind in ("foreign", "defence"))
    return [Gap(*seat, FIRST, LAST) for seat in wanted if seat not in seats]


def _seats(rows: list[Row]) -> dict[tuple[str, str, str], list[Row]]:
    """The rows that reach into the period, by seat."""
    seats: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: (r.state, KINDS.index(r.kind), r.office)):
        if row.days[1] >= FIRST:
            seats[row.seat].append(row)
    return dict(seats)


def covered(rows: list[Row], *, proven: bool) -> float:
    """The share of the days of the period on which a row of the given ones holds, sourced rows alone where `proven`."""
    wanted = [row for row in rows if not proven or row.source != UNVERIFIED]
    days: set[int] = set()
    for row in wanted:
        low, high = max(row.days[0], FIRST), min(row.days[1], LAST)
        days.update(range(low.toordinal(), high.toordinal() + 1))
    return len(days) / ((LAST - FIRST).days + 1)


def report(rows: list[Row], left: list[Left]) -> str:
    """The page that tells what the pack covers, its gaps, and what was left out."""
    by_source = sum(row.source != UNVERIFIED for row in rows), len(rows)
    head = [
        "# What the offices pack covers",
        "",
        "Written by `tools/officepack.py`, which builds the pack; do not edit.",
        f"{by_source[1]} terms, {by_source[0]} with a source, {by_source[1] - by_source[0]} `unverified` (general knowledge).",
        f"The period is {FIRST} to {LAST}. A row whose source is a snapshot ends with the snapshot:",
        "a gap behind it means that nothing is known, not that the office stood empty.",
        "",
        "## Share of days covered",
        "",
        "| state | office | terms | with a source | with any row |",
        "|---|---|---|---|---|",
    ]
    for (state, kind, office), terms in _seats(rows).items():
        share, whole = covered(terms, proven=True), covered(terms, proven=False)
        head.append(f"| {state} | {office or kind} | {len(terms)} | {_percent(share)} | {_percent(whole)} |")
    body = ["", "## Gaps", "", "| state | office | from | to |", "|---|---|---|---|"]
    body += [f"| {g.state} | {g.office or g.kind} | {g.start} | {g.end} |" for g in gaps(rows)]
    tail = ["", "## Rows of the Wikidata table left out", "", "| state | office | person | from | to | why |", "|---|---|---|---|---|---|"]
    tail += [f"| {' | '.join(astuple(row))} |" for row in sorted(left, key=astuple)]
    return "\n".join([*head, *body, *tail, ""])


def _percent(share: float) -> str:
    return f"{int(share * 1000) / 10:.1f} %"  # cut, so that 100 % means all


# Files


def written(rows: list[Row]) -> str:
    """The pack as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(f.name for f in fields(Row))
    for r in rows:
        acting = "true" if r.acting else "false"
        writer.writerow((r.state, r.office, r.kind, r.person, ";".join(r.aliases), r.start, r.end, acting, r.source, r.note, r.family))
    return out.getvalue()


def files() -> dict[Path, str]:
    """The files that the tables give, by path."""
    rows, left = pack()
    return {PACK: written(rows), GAPS: report(rows, left)}


def main() -> int:
    """The exit code: 1 when `--check` finds a file that differs, 2 without the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    check = parser.parse_args().check
    if not SHARED.is_dir():
        print(f"{SHARED} is not there; set REAFFIRM_SHARED to the shared folder")
        return 2
    wrong = [path for path, text in files().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in wrong:
        print(f"{path.relative_to(ROOT)} {'differs' if check else 'written'}")
        if not check:
            path.write_text(files()[path], encoding="utf-8", newline="")
    return 1 if check and wrong else 0


if __name__ == "__main__":
    sys.exit(main())
