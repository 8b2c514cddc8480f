"""The strands of a ledger on its loom: those of changed documents made again, and threads read from the lines they are in.

Only documents that changed, or of whose meetings others tell something else now, are looked at; of these only what has other strands than
before is linked again, and only the lines that this touches are settled again (`linking.lineage`).
"""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import TYPE_CHECKING, cast

from reaffirm import itemising
from reaffirm.linking.answers import bound, may_answer, owing, words
from reaffirm.linking.attested import members
from reaffirm.linking.keys import groups, keys, rank, standing
from reaffirm.linking.lineage import footing, settled, unweave, weave
from reaffirm.linking.signs import Sign
from reaffirm.linking.silences import silences
from reaffirm.linking.strands import Strand, strands
from reaffirm.linking.threads import Group, decided, expected, is_listed, kin, named, promises, reasons, said_at, thread
from reaffirm.linking.wordings import Wording
from reaffirm.model import Span, digest
from reaffirm.sequels import Item, Place
from reaffirm.store import lines as tables
from reaffirm.store import loading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reaffirm.packs import Packs
    from reaffirm.sequels import Judged, Silence, Thread
    from reaffirm.store.lines import Lines
    from reaffirm.store.protocol import Store

TOGETHER, MANY = 50, 5000  # threads that are told in one transaction; strands that are read at once
SETS = ("parties", "issues", "things", "circle", "sole", "rare")
PLAIN = tuple(f.name for f in fields(Item) if f.name not in {"place", "wording", "around"})
TUPLES = frozenset({"parties", "actors", "issues", "things"})


def woven(store: Store, packs: Callable[[], Packs]) -> int:
    """How many documents have other strands than before; their links, and the lines and threads that hang on them, are found anew.

    `packs` are loaded only where a document is to be looked at.
    """
    changed = 0
    known: dict[str, Strand] = {}
    for key in tables.open_places(store):
        place, items = itemising.of_document(store, key)
        rows = strands(items, packs().outcomes) if place else []
        with store.lines(unpacked, known) as loom:
            changed += _renew(loom, key, place, rows)
    retell(store, known)
    return changed


def retell(store: Store, known: dict[str, Strand]) -> None:
    """Nothing; puts the steps of the threads that changed into their table, so many at a time; `known` are strands that were read."""
    waiting = tables.open_threads(store)
    for first in range(0, len(waiting), TOGETHER):
        with store.lines(unpacked, known) as loom:
            texts: dict[str, str] = {}
            for line in waiting[first : first + TOGETHER]:
                told = _thread(store, loom, line, texts)
                steps = [(step.place.document, step.status, step.voice) for step in told.steps]
                loom.tell(line, (told.label, forum(told), "\n".join(told.issues)), steps)


def forum(told: Thread) -> str | None:
    """The forum of the first step of a thread that has one."""
    return next((step.place.forum for step in told.steps if step.place.forum), None)


def _renew(loom: Lines[Strand], key: str, place: Place | None, rows: Sequence[Strand]) -> bool:
    """Whether the strands of a document were others; then they are put in place of the old ones."""
    data = [packed(row) for row in rows]
    inputs = digest(place and _place(place), data)
    loom.close(key)
    if inputs == loom.inputs(key):
        return False
    old = list(loom.strands(loom.names(key)).values())
    changed, before = unweave(loom, old) if old else (set[str](), set[str]())
    loom.leave(key)
    if place:
        units, same = footing(rows, [(a, b) for a, b, _ in kin(rows)])
        made = (_woven(row, units[standing(row)], text) for row, text in zip(rows, data, strict=True))
        chain = _chain(place) if place.relation in itemising.OUTPUTS else None
        loom.put((key, rank(place), chain, place.first, _place(place), inputs), made, same)
        changed |= weave(loom, rows) if rows else set()
    loom.list_threads(settled(loom, changed, before), named)
    return True


def _woven(row: Strand, unit: str, data: str) -> tables.Woven:
    about = (*sorted(row.issues), *sorted(row.things))
    ids = tuple(item.id for item in row.items)
    owed = sorted(bound(row))
    return tables.Woven(
        standing(row), unit, ids, (*keys(row), *groups(row)), expected(row), promises(row), said_at(row), about, data, tuple(owed),
        words(row) if owed else (),
    )  # fmt: skip


# A strand and one column


def _place(place: Place) -> str:
    """A place as JSON, with the name under which its strands stand until they are made again: a smaller one may have come since."""
    return json.dumps([getattr(place, f.name) for f in fields(Place)], ensure_ascii=False)


def _chain(place: Place) -> str | None:
    return f"{place.forum or ''}|{'|'.join(sorted(set(place.circle)))}" if place.circle else None


def packed(row: Strand) -> str:
    """A strand as JSON, without its place and the words round it, which its document has."""
    whole = {
        "items": [_item(item) for item in row.items], "family": row.family, "thin": row.thin,
        "content": _wording(row.content), "hint": _wording(row.hint),
        "signs": [[sign.becomes, sign.where, sign.words, sign.own] for sign in row.signs],
        **{name: sorted(getattr(row, name)) for name in SETS},
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def _item(item: Item) -> list[object]:
    plain = [getattr(item, name) for name in PLAIN]
    return [plain, [[s.start, s.end, s.exact, s.role] for s in item.wording], [[s.start, s.end, s.role] for s in item.around]]


def _wording(found: Wording) -> list[object]:
    return [sorted(found.stems), sorted(found.faint), sorted(map(list, found.pairs)), found.order, sorted(found.proper)]


def unpacked(place: str, data: str) -> Strand:
    """The strand of a column, at its place; the words round it are left out."""
    home = _read_place(place)
    whole = json.loads(data)
    found = {name: frozenset(whole[name]) for name in SETS}
    return Strand(
        tuple(_read_item(home, item) for item in whole["items"]), whole["family"], _read_wording(whole["content"]),
        _read_wording(whole["hint"]), found["parties"], found["issues"], found["things"], whole["thin"], found["circle"],
        found["sole"], found["rare"], tuple(Sign(*sign) for sign in whole["signs"]),
    )  # fmt: skip


def _read_place(data: str) -> Place:
    values = [tuple(value) if isinstance(value, list) else value for value in json.loads(data)]
    return Place(*values)  # type: ignore[arg-type] # as `_place` wrote


def _read_item(place: Place, columns: list[list[object]]) -> Item:
    plain = {name: tuple(cast("list[str]", v)) if name in TUPLES else v for name, v in zip(PLAIN, columns[0], strict=True)}
    wording = tuple(Span(place.document, *cast("list[object]", span)) for span in columns[1])  # type: ignore[arg-type] # as `_item` wrote
    around = tuple(Span(place.document, span[0], span[1], "", span[2]) for span in cast("list[list[object]]", columns[2]))  # type: ignore[arg-type] # the same
    return Item(place=place, wording=wording, around=around, **plain)  # type: ignore[arg-type] # the same


def _read_wording(columns: list[list[str]]) -> Wording:
    stems, faint, pairs, order, proper = columns
    return Wording(frozenset(stems), frozenset(faint), frozenset((p[0], p[1]) for p in pairs), tuple(order), frozenset(proper))


# Threads


Page = tuple[int | None, int]  # how many threads at most (None: all), after how many
ALL: Page = (None, 0)


def threads(
    store: Store,
    judged: Sequence[Judged] = (),
    *,
    issue: str | None = None,
    document: str | None = None,
    page: Page = ALL,
    silent: bool = True,
) -> list[Thread]:
    """The threads of the ledger, in order of their first step, with receipts of silence if these are wanted.

    `judged` are a person's links and cuts; `issue` are words of an issue or a named thing, `document` is an id.
    """
    limit, offset = page
    most = None if limit is None else offset + limit
    with store.reading(), store.lines(unpacked) as loom:
        lines, groups = _decided(store, loom, judged)
        own = [group for group in groups if _concerns(group, issue, document)]
        first = {min(map(standing, group.members)): group for group in own}
        found = tables.listed(store, issue=issue, document=document, but=lines, page=(None if most is None else most, 0))
        wanted = sorted({*found, *first})[offset:most]
        texts: dict[str, str] = {}
        told = [_told(store, first[line], texts) if line in first else _thread(store, loom, line, texts) for line in wanted]
        return _with_silences(store, told) if silent else told


def thread_of(store: Store, row: str, judged: Sequence[Judged] = ()) -> list[Thread]:
    """The threads with this id, or with a row of it, or of its beginning."""
    with store.reading(), store.lines(unpacked) as loom:
        lines, groups = _decided(store, loom, judged)
        texts: dict[str, str] = {}
        found = [_thread(store, loom, line, texts) for line in tables.line_of(store, row) if line not in lines]
        told = [_told(store, group, texts) for group in groups]
        sought = row.casefold()
        found += [each for each in told if any(key.casefold().startswith(sought) for key in (each.id, *members(each)))]
        return _with_silences(store, found) if len(found) == 1 else found


def decided_threads(store: Store, judged: Sequence[Judged]) -> tuple[set[str], dict[str, Thread]]:
    """The lines that people's links and cuts touch, and by its first strand each thread that is there in place of them.

    They have no receipts of silence.
    """
    with store.reading(), store.lines(unpacked) as loom:
        lines, groups = _decided(store, loom, judged)
        texts: dict[str, str] = {}
        return lines, {min(map(standing, group.members)): _told(store, group, texts) for group in groups}


def answering(store: Store, rows: Iterable[str], judged: Sequence[Judged]) -> list[Strand]:
    """The strands of these demands (ids), and those of which a commitment may answer one of them, in order."""
    with store.reading(), store.lines(unpacked) as loom:
        own = loom.strands(sorted({name for row in rows for name in loom.of_row(row)}))
        told = [(row, tables.promised(store, owing(row))) for row in own.values()]
        near = {name for row, found in told for name, about in found if name > standing(row) and may_answer(row, about)}
        near |= {name for a, b, _ in judged for row in (a, b) for name in loom.of_row(row)}
        return sorted({**own, **loom.strands(sorted(near - own.keys()))}.values(), key=standing)


def strands_of(store: Store, documents: Iterable[str]) -> list[Strand]:
    """The strands of these documents (ids), without the words round them, by document and place."""
    with store.reading(), store.lines(unpacked) as loom:
        return [row for key in documents for row in loom.strands(loom.names(key)).values()]


def threads_of(store: Store, rows: Iterable[str], judged: Sequence[Judged] = ()) -> list[Thread]:
    """The threads that have any of these rows (ids), with receipts of silence."""
    wanted = set(rows)
    with store.reading(), store.lines(unpacked) as loom:
        lines, groups = _decided(store, loom, judged)
        texts: dict[str, str] = {}
        own = sorted({line for row in wanted for line in loom.lines_of(row)} - lines)
        told = [_told(store, group, texts) for group in groups]
        return _with_silences(store, [*(_thread(store, loom, line, texts) for line in own), *(t for t in told if wanted & members(t))])


def strand_of(store: Store, row: str) -> Strand | None:
    """The strand that has a row (its id), the first where several have; None where the row is no item."""
    with store.reading(), store.lines(unpacked) as loom:
        names = loom.of_row(row)
        return loom.strands(names[:1])[names[0]] if names else None


def places(store: Store) -> list[Place]:
    """The documents of the ledger as linking sees them, by name."""
    return [_read_place(data) for data in tables.places(store)]


def places_of(store: Store, documents: Iterable[str]) -> dict[str, Place]:
    """These documents (ids) as linking sees them, as far as they have been linked."""
    return {place.document: place for place in map(_read_place, tables.places_of(store, documents))}


def alike(store: Store, place: Place) -> list[Place]:
    """The documents of the genre, relation, forum and states of a document, itself among them."""
    return [_read_place(data) for data in tables.alike(store, place.document)]


def outputs(store: Store) -> list[Place]:
    """What meetings put out, by name."""
    return [_read_place(data) for data in tables.outputs(store)]


def later(store: Store, first: Place) -> list[Place]:
    """The outputs of the chain of a thread's first step that are later, by day and name: where silence may be."""
    if not (first.circle and first.first):
        return []
    return [_read_place(data) for data in tables.later_outputs(store, _chain(first) or "", first.first)]


def _decided(store: Store, loom: Lines[Strand], judged: Sequence[Judged]) -> tuple[set[str], list[Group]]:
    """The lines that people's links and cuts touch, and the groups that are listed in place of them."""
    rows = {row for a, b, _ in judged for row in (a, b)}
    lines = {line for row in sorted(rows) for line in loom.lines_of(row)}
    names = [name for line in sorted(lines) for name in loom.whole(line)]
    if not names:
        return set(), []
    texts: dict[str, str] = {}
    own = [_worded(store, row, texts) for row in loom.strands(names).values()]
    links = [link for line in sorted(lines) for link in loom.reasons(line)]
    homes = {standing(row): row for row in own}
    groups = [Group([homes[name] for name in loom.whole(line)], []) for line in sorted(lines)]
    for group, line in zip(groups, sorted(lines), strict=True):
        group.rules += reasons(group.members, [link for link in links if link.later in set(loom.whole(line))])
    return lines, [group for group in decided(groups, own, judged) if is_listed(group)]


def _concerns(group: Group, issue: str | None, document: str | None) -> bool:
    about = [name.casefold() for row in group.members for name in (*row.issues, *row.things)]
    of_issue = issue is None or any(issue.casefold() in name for name in about)
    return of_issue and (document is None or any(row.place.document == document for row in group.members))


def _with_silences(store: Store, told: Iterable[Thread]) -> list[Thread]:
    cuts: dict[str, tuple[Span, ...]] = {}
    return [replace(each, silent=_silences(store, each, cuts)) for each in told]


def _told(store: Store, group: Group, texts: dict[str, str]) -> Thread:
    return thread(Group([_worded(store, row, texts) for row in group.members], group.rules))


def _thread(store: Store, loom: Lines[Strand], line: str, texts: dict[str, str]) -> Thread:
    own = [_worded(store, row, texts) for row in loom.strands(loom.whole(line)).values()]
    return thread(Group(own, reasons(own, loom.reasons(line))))


def _worded(store: Store, row: Strand, texts: dict[str, str]) -> Strand:
    """The strand with the words round it."""
    key = row.place.document
    text = texts.get(key) or texts.setdefault(key, loading.text(store, key))
    items = (replace(item, around=tuple(replace(s, exact=text[s.start : s.end]) for s in item.around)) for item in row.items)
    return replace(row, items=tuple(items))


def _silences(store: Store, told: Thread, cuts: dict[str, tuple[Span, ...]]) -> tuple[Silence, ...]:
    """The receipts of silence of a thread in the later outputs of its chain; `cuts` are sentences of documents, read once."""
    chain = later(store, told.steps[0].place)
    for place in chain:
        if place.document not in cuts:
            cuts[place.document] = itemising.sentences(loading.document(store, place.document))
    return silences(told, chain, cuts)
