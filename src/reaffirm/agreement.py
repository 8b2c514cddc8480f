"""How far coders agree, the machine among them, where they differ, and how its rules fare: read from the judgements that hold.

Each coder's own judgements count, not the last word of anyone: two people who code the same rows stay two. A decision that settles a
disagreement is told by what it judged (`judged` holds the values by coder), and is no coding.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from reaffirm import judging, outsiders, proposals, values
from reaffirm.errors import UsageError
from reaffirm.model import Statement, by_person, digest
from reaffirm.review import opinions
from reaffirm.review.opinions import HOLDS, MACHINE, NO, YES, Case, Found, Opinion
from reaffirm.store import coders as decided
from reaffirm.store import proposals as listing
from reaffirm.store import queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reaffirm.model import Judgement, Verdict
    from reaffirm.outsiders import Outsider
    from reaffirm.review.opinions import Accuracy, Agreement, Disagreement
    from reaffirm.store.protocol import Store

Kind = opinions.Kind
KINDS: tuple[Kind, ...] = get_args(Kind)
LETTERS: dict[Kind, str] = {"statement": "S", "commitment": "C", "demand": "N"}
BY: dict[Kind, str] = {"statement": "directness", "commitment": "", "demand": ""}  # the field that a coder who accepts a row has seen
SETTLES = "coders"  # the key under which a decision that settles keeps the values that it judged


def agreement(
    stores: Sequence[Store],
    coders: Sequence[str] = (),
    kind: Kind | None = None,
    by: str | None = None,
    outside: Sequence[Outsider] = (),
) -> list[Agreement]:
    """By kind of row, the figures of these coders; without names, of all people who judged rows, and of the machine beside a single one.

    The rows are those of the first ledger, the judgements those of all: a row has the same id in each that has the same text. `by` is
    the field whose values the units of the continuum have; `outside` are coders whose rows lie in folders, each called by the folder's
    name. Raises `UsageError` for a coder who judged nothing.
    """
    with stores[0].reading():
        chosen = _coders(stores, coders, outside)
        found = []
        for one in [kind] if kind else KINDS:
            field = BY[one] if by is None else by
            if field and field not in judging.FIELDS[LETTERS[one]]:
                message = f"{field!r} is no field of a {one}; choose one of: {', '.join(judging.FIELDS[LETTERS[one]])}"
                raise UsageError(message)
            coded, lengths = cases(stores, one, outside)
            found.append(opinions.agreement(one, coded, chosen, field, lengths))
        return found


def disagreements(
    stores: Sequence[Store], coders: Sequence[str] = (), kind: Kind | None = None, outside: Sequence[Outsider] = ()
) -> list[Disagreement]:
    """The questions on which these coders (else all people) differ, by kind, document and place."""
    with stores[0].reading():
        chosen = _coders(stores, coders, outside) if coders else [*known(stores), *(one.name for one in outside)]
        return [row for one in ([kind] if kind else KINDS) for row in opinions.disagreements(one, cases(stores, one, outside)[0], chosen)]


def accuracy(stores: Sequence[Store], coder: str | None = None, kind: Kind | None = None) -> list[Accuracy]:
    """By rule and pack entry, how rows fared that people (or one of them) decided."""
    with stores[0].reading():
        if coder:
            _coders(stores, [coder])
        return [row for one in ([kind] if kind else KINDS) for row in opinions.accuracy(one, cases(stores, one)[0], coder)]


def settling(stores: Sequence[Store], row: str, answer: str, who: str | None = None) -> Judgement:
    """The judgement (for the first ledger) that settles a disagreement, not yet recorded; `answer` is `yes`, `no` or `field=value`.

    Raises `UsageError` where coders do not differ on that, and where who settles is one of those who differ.
    """
    who = who or judging.user()
    key = queries.resolve_row(stores[0], row, kinds="SCN")
    verdict: Verdict = "accepted" if answer == YES else "rejected" if answer == NO else "corrected"
    made = judging.decision(stores[0], key, verdict, answer if verdict == "corrected" else None, who)
    kind = next(one for one in KINDS if LETTERS[one] == key[0])
    question = made.field or HOLDS
    open_ones = [d for d in opinions.disagreements(kind, cases(stores, kind)[0], known(stores)) if d.row == key]
    found = next((d for d in open_ones if d.question == question), None)
    if found is None:
        others = ", ".join(d.question for d in open_ones) or "nothing"
        message = f"coders do not differ on {question!r} of {key}; they differ on {others} (`reaffirm adjudicate` lists all)"
        raise UsageError(message)
    if who in dict(found.values):
        message = f"{who} is one of those who differ on {key}; somebody else must settle it (--who)"
        raise UsageError(message)
    judged = json.dumps({SETTLES: dict(found.values)}, ensure_ascii=False)
    name = digest(key, made.verdict, made.field, made.value, who, SETTLES)[:16]
    return replace(made, id=f"J-{name}", judged=judged)


def known(stores: Iterable[Store]) -> list[str]:
    """The names of those who judged rows in any of these ledgers."""
    return sorted({name for store in stores for name in decided.coders(store)})


def _coders(stores: Sequence[Store], named: Sequence[str], outside: Sequence[Outsider] = ()) -> list[str]:
    """The coders who are meant."""
    there = [*known(stores), *(one.name for one in outside)]
    unknown = [name for name in named if name not in {*there, MACHINE}]
    if unknown:
        who = ", ".join(there) or "nobody yet"
        message = f"{unknown[0]!r} has judged no row; those who have: {who}; and {MACHINE!r} is one more coder"
        raise UsageError(message)
    return list(dict.fromkeys(named)) or (there if len(there) > 1 else [*there, MACHINE])


def cases(stores: Sequence[Store], kind: Kind, outside: Sequence[Outsider] = ()) -> tuple[list[Case], dict[str, int]]:
    """The rows of one kind in every document of the first ledger of which somebody judged such a row, each with the opinions of all.

    So are those of documents that a coder `outside` coded. The machine's opinion comes first. Also the lengths of these documents, by id.
    """
    judged: defaultdict[str, list[Judgement]] = defaultdict(list)
    for judgement in (one for store in stores for one in decided.judgements(store, LETTERS[kind])):
        judged[judgement.row].append(judgement)
    lengths = decided.homes(stores[0], judged)
    lengths |= decided.lengths(stores[0], {home for one in outside for home in one.homes.values()})
    read = [row for document in lengths for row in _rows(stores[0], kind, document)]
    found = [(row, _case(row, judged[row.row])) for row in read]
    more: list[Case] = []
    for coder in outside:
        told = outsiders.cases(found, coder, kind)
        found = [(row, case) for row, case in zip(read, told, strict=False)]
        more += told[len(read) :]
    return [*(case for _, case in found), *more], lengths


def _rows(store: Store, kind: Kind, document: str) -> Iterator[Found]:
    found = proposals.read(store, listing.of_document(store, document, kind))
    for one in sorted(found.values(), key=lambda proposal: (proposal.words[0].start, proposal.row)):
        read = one.line.said.statement if one.line.said else (one.line.promised or one.line.asked)
        entry = read.entry if isinstance(read, Statement) else read.row.entry if read else None
        yield Found(one.row, document, one.doc, one.quote, one.words, one.rule, entry, one.values)


def _case(found: Found, judged: Iterable[Judgement]) -> Case:
    read = {name: values.plain(found.read.get(name)) for name in judging.FIELDS[found.row[0]]}
    machine = {HOLDS: NO} if by_person(found.rule) else {HOLDS: YES, **read}
    own: defaultdict[str, list[Judgement]] = defaultdict(list)
    settling: list[Judgement] = []
    for judgement in judged:
        (settling if _settles(judgement) else own[_named(judgement.who)]).append(judgement)
    told = [Opinion(MACHINE, machine), *(opinion(coder, made) for coder, made in own.items())]
    last = settling[-1].who if settling else ""
    settled = Opinion(last, _merged(settling)) if settling else None
    places = tuple((span.start, span.end) for span in found.spans)
    entry = f"{found.entry.pack}/{found.entry.entry}" if found.entry else ""
    return Case(found.row, found.document, found.doc, found.quote, places, found.rule, entry, tuple(told), settled)


def _named(who: str) -> str:
    """A coder's name; a person who has that of the machine is told apart."""
    return f"{who} (person)" if who == MACHINE else who


def _settles(judgement: Judgement) -> bool:
    judged = json.loads(judgement.judged)
    return isinstance(judged, dict) and SETTLES in judged


def _merged(made: Iterable[Judgement]) -> dict[str, str]:
    """What judgements say, the later after the earlier: by question, the last."""
    found: dict[str, str] = {}
    for judgement in made:
        if judgement.verdict != "corrected":
            found[HOLDS] = YES if judgement.verdict == "accepted" else NO
        else:
            found |= _corrected(judgement)
    return found


def _corrected(judgement: Judgement) -> dict[str, str]:
    allowed = judging.FIELDS[judgement.row[0]]
    if judgement.field not in allowed:
        return {}
    return {judgement.field: values.worded(judgement.value, judgement.field, names=allowed[judgement.field] is None)}


def opinion(coder: str, made: Iterable[Judgement]) -> Opinion:
    """What a coder says of a row by all judgements of his that hold, in their order.

    Who accepts a row says that it is one, and that what was shown of it is right; who corrects a field says that it is one, and
    what that field holds, whatever was accepted before or after. Who rejects it, or is unsure last of all, says nothing of its fields.
    """
    holds: str | None = None
    shown: dict[str, str] = {}
    corrected: dict[str, str] = {}
    for judgement in made:
        holds = {"accepted": YES, "corrected": YES, "added": YES, "rejected": NO}.get(judgement.verdict)
        if judgement.verdict == "accepted":
            read = json.loads(judgement.judged)
            shown = {name: values.plain(value) for name, value in read.items()} if isinstance(read, dict) else {}
        elif judgement.verdict == "corrected":
            corrected |= _corrected(judgement)
    told = {**shown, **corrected} if holds == YES else {}
    return Opinion(coder, {HOLDS: holds, **told} if holds else told)
