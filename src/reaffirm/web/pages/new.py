"""New language: what a document says for the first time, no longer, more strongly or weakly, and again since when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Path, Query

from reaffirm.ledger import Ledger
from reaffirm.sequels import Remark
from reaffirm.store.records import Titled
from reaffirm.web import redlining
from reaffirm.web.page import page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.model import Span

Key = Annotated[str, Path(max_length=300, description="A document's id, the SHA-256 of its bytes, its name, or the beginning of its id.")]
Against = Annotated[str, Query(max_length=300, description="Compare with this document alone, instead of all earlier ones of its chain.")]
GroupName = Literal["shifted", "first", "gone", "changed", "back", "returns"]
GROUPS: tuple[GroupName, ...] = ("shifted", "first", "gone", "changed", "back", "returns")


@dataclass(frozen=True, slots=True)
class Remarked:
    """A remark with its rank among all (1 comes first), and the words of both sides with what differs marked."""

    rank: int
    remark: Remark
    was: tuple[redlining.Run, ...]
    now: tuple[redlining.Run, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Remarks of one kind, most remarkable first."""

    name: GroupName
    remarks: tuple[Remarked, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a document did with the wording of its chain; `account`: it and its predecessor tell one meeting.

    `searched` are the documents that "for the first time" rests on, by date.
    """

    document: Titled
    predecessor: Titled | None
    account: bool
    groups: tuple[Group, ...]
    searched: tuple[Titled, ...]


@page("/new/{document}", "new.html", "New language")
def new(ledger: Ledger, document: Key, against: Against = "") -> Report:
    """What a document says for the first time, no longer, otherwise and again, against the earlier texts of its chain."""
    found = ledger.new(document, [against] if against else ())
    keys = [key for key, _ in found.searched]
    named = {t.id: t for t in ledger.titles([found.document, *keys])}
    ranked = [Remarked(n, remark, *_sides(remark)) for n, remark in enumerate(found.remarks, 1)]
    groups = tuple(Group(name, tuple(r for r in ranked if _group(r.remark) == name)) for name in GROUPS)
    searched = tuple(named[key] for key in keys)
    return Report(named[found.document], named.get(found.predecessor or ""), found.account, groups, searched)


def _group(remark: Remark) -> GroupName:
    if remark.trend:
        return "shifted"
    if remark.kind == "new":
        return "first"
    return remark.kind


def _sides(remark: Remark) -> tuple[tuple[redlining.Run, ...], tuple[redlining.Run, ...]]:
    """The words of both sides, the words that differ marked where both are told."""
    both = remark.was is not None and remark.now is not None
    was = [swap.was for swap in remark.words if both and swap.was]
    now = [swap.now for swap in remark.words if both and swap.now]
    return tuple(_marked(remark.was, was, "deleted")), tuple(_marked(remark.now, now, "inserted"))


def _marked(whole: Span | None, parts: list[Span], kind: Literal["deleted", "inserted"]) -> Iterator[redlining.Run]:
    return redlining.marked(whole, [(part, kind) for part in parts])
