"""Quotations against the texts they are from: word for word, cut, added to, altered, from another document, or not to be found.

White space, the style of quotation marks and dashes, the letter case of a first word and the stop at the end alter nothing; a changed
word always does, and so does the letter case of another word, which is said to be no more than that. Words that a transcript or
an output holds stand before the same words in a gist, because a gist is a paraphrase.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from reaffirm.linking.concordance import WORD, concordance, worded
from reaffirm.linking.fragments import fragments, pieces
from reaffirm.linking.placements import FEWEST, Sought, apart, scattered, strain, together
from reaffirm.model import Span
from reaffirm.sequels import Change, Quoted, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reaffirm.linking.concordance import Concordance, Worded
    from reaffirm.linking.placements import Edit, Extent, Placement
    from reaffirm.sequels import ChangeKind, Manner

PrimaryKind = Literal["output", "transcript", "remarks", "gist"]

KINDS: tuple[PrimaryKind, ...] = ("output", "transcript", "remarks", "gist")  # the first that has the words is where they stand
FULL = 8  # words from which a verdict has its full weight
FAR = 60  # words left out from which a reader is told
LIKE = 0.3  # share of a quotation that is worth showing as the nearest passage
SHORT = 0.2  # weight of a verdict on fewer than `FEWEST` words


@dataclass(frozen=True, slots=True)
class Primary:
    """A text that may be quoted: the id of its document, what it is, its text, and its extents outside furniture (None: all of it)."""

    document: str
    kind: PrimaryKind
    text: str
    extents: tuple[tuple[int, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Primary texts made ready to be searched: once for a ledger, then used for each document's quotations."""

    primaries: tuple[Primary, ...]
    words: Concordance


def shelve(primaries: Iterable[Primary]) -> Shelf:
    """The primary texts with a concordance of their words."""
    ordered = tuple(sorted(primaries, key=lambda p: KINDS.index(p.kind)))
    return Shelf(ordered, concordance([worded(p.text, p.extents) for p in ordered]))


def quotations(
    document: str, text: str, extents: Iterable[tuple[int, int]] | None = None, named: tuple[str, ...] = ()
) -> tuple[Quoted, ...]:
    """The quoted fragments of a document's text, those inside others too, in order of place.

    `extents` are its paragraphs outside furniture (None: what blank lines part); `named` the documents that it says it quotes.
    """
    return tuple(
        Quoted(Span(document, f.start, f.end, text[f.start : f.end]), named, f.depth, f.open_ended) for f in fragments(text, extents)
    )


def audit(quoted: Iterable[Quoted], primaries: Shelf | Iterable[Primary]) -> tuple[Verdict, ...]:
    """A verdict on each quotation, in their order; a document is never searched for its own quotations."""
    shelf = primaries if isinstance(primaries, Shelf) else shelve(primaries)
    return tuple(_verdict(each, shelf) for each in quoted)


def _verdict(quoted: Quoted, shelf: Shelf) -> Verdict:
    text = quoted.span.exact
    cut = pieces(text, 0, len(text))
    sought = Sought(text, cut.pieces)
    own = frozenset(n for n, p in enumerate(shelf.primaries) if p.document == quoted.span.document)
    words = [found.span() for found in WORD.finditer(text)]
    size = sum(max(1, len(piece.words)) for piece in cut.pieces)
    weight = SHORT if size < FEWEST else round(min(1.0, 0.4 + 0.6 * (size - FEWEST + 1) / (FULL - FEWEST + 1)), 2)
    plain = Verdict(quoted, "not found", short=size < FEWEST, weight=weight, share=0.0)
    ways = [
        (manner, placed)
        for manner, found in _found(shelf.words, sought, words, inserted=cut.inserted)
        if (placed := [p for p in found if p.text not in own])
    ]
    if ways:
        manner, placed = next((way for way in ways if _here(shelf, quoted, way[1])), ways[0])
        return _standing(plain, shelf, placed, manner)
    if size < FEWEST:
        return replace(plain, notes=("too few words to tell",))
    return _altered(plain, shelf, sought, own)


def _found(
    known: Concordance, sought: Sought, words: Sequence[Extent], *, inserted: bool
) -> Iterator[tuple[Manner, list[Placement]]]:
    """Where the words stand as they are, then where the pieces do."""
    yield "verbatim", [p for p in together(known, sought.text, words) if not inserted or _bracketed(known.texts[p.text], p)]
    if len(sought.pieces) > 1 or inserted:
        yield ("bracketed" if inserted else "elided"), apart(known, sought)


def _bracketed(source: Worded, placed: Placement) -> bool:
    """Whether the source has brackets there itself, so that they are no editor's."""
    ((low, high),) = placed.stretches
    start, end = source.extent(low, high)
    return "[" in source.text[max(0, start - 1) : end]


def _standing(plain: Verdict, shelf: Shelf, found: Sequence[Placement], manner: Manner) -> Verdict:
    """The verdict on words of which each stands there: in a document that is named, else in another."""
    here = _here(shelf, plain.quotation, found)
    elsewhere = not here
    best = min(here or found, key=lambda p: (len(p.edits), p.text))
    if manner == "elided" and not best.left_out:
        manner = "verbatim"
    verdict = _told(plain, shelf, best, "altered" if best.edits else manner)
    others = {shelf.primaries[p.text].document for p in found if not p.edits} - {shelf.primaries[best.text].document}
    verdict = replace(verdict, others=tuple(sorted(others)))
    if not elsewhere:
        return verdict
    if plain.short:
        return replace(verdict, notes=(*verdict.notes, "not in the document named; too few words to tell where they are from"))
    note = f"stands {verdict.verdict} in another document than the one named"
    return replace(verdict, verdict="from another document", notes=(*verdict.notes, note))


def _here(shelf: Shelf, quoted: Quoted, found: Sequence[Placement]) -> list[Placement]:
    """The places in the documents named; all where none is named."""
    return [p for p in found if not quoted.named or shelf.primaries[p.text].document in quoted.named]


def _altered(plain: Verdict, shelf: Shelf, sought: Sought, own: frozenset[int]) -> Verdict:
    """The verdict on words that stand nowhere as they are: altered where most of them stand, first in the documents named."""
    named = frozenset(n for n, p in enumerate(shelf.primaries) if p.document in plain.quotation.named) - own
    nearest: list[Placement] = []
    for texts in (named, None) if named else (None,):
        found = [p for p in scattered(shelf.words, sought, texts) if p.text not in own and p.stretches]
        nearest += found
        if found and found[0].sure:
            verdict = _told(plain, shelf, found[0], _manner(sought, found[0]))
            if plain.quotation.named and texts is None:
                return replace(verdict, notes=(*verdict.notes, "stands so in another document than the one named"))
            return verdict
    best = max(nearest, key=lambda p: p.share - 0.02 * strain(p), default=None)  # of passages that have as much the tidier one
    if best is None or best.share < LIKE:
        return plain
    span = next(_spans(shelf.primaries[best.text].document, shelf.words.texts[best.text], *best.stretches[0]))
    return replace(plain, nearest=span, share=round(best.share, 2))


def _manner(sought: Sought, placed: Placement) -> Manner:
    if placed.edits:
        return "altered"
    if any(piece.inserted or piece.letters for piece in sought.pieces):
        return "bracketed"
    return "elided" if any(piece.gap for piece in sought.pieces) else "verbatim"


def _told(plain: Verdict, shelf: Shelf, placed: Placement, manner: Manner) -> Verdict:
    primary, source = shelf.primaries[placed.text], shelf.words.texts[placed.text]
    standing = tuple(span for low, high in placed.stretches for span in _spans(primary.document, source, low, high))
    changes = tuple(_change(plain.quotation.span, primary.document, source, edit) for edit in placed.edits)
    notes = []
    if primary.kind == "gist":
        notes.append("quotes a gist, which is a paraphrase")
    if changes and all(change.kind == "letter case" for change in changes):
        notes.append("differs in letter case alone")
    if plain.short:
        notes.append("too few words to tell where they are from")
    if placed.left_out >= FAR:
        notes.append(f"{placed.left_out} words were left out")
    if manner == "verbatim" and len(standing) == 1 and _points(plain.quotation.span.exact) != _points(standing[0].exact):
        notes.append("punctuation differs")
    return replace(
        plain, verdict=manner, standing=standing, changes=changes, paraphrase=primary.kind == "gist", share=round(placed.share, 2),
        notes=tuple(notes),
    )  # fmt: skip


def _points(text: str) -> list[str]:
    """The commas, colons and stops between words."""
    found = list(WORD.finditer(text))
    return ["".join(c for c in text[a.end() : b.start()] if c in ",;:.?!()") for a, b in pairwise(found)]


def _spans(document: str, source: Worded, low: int, high: int) -> Iterator[Span]:
    """The spans of words, one for each stretch without other text inside."""
    edges = [low, *(n for n in range(low + 1, high) if n in source.cuts and _parted(source, n)), high]
    for first, last in pairwise(edges):
        start, end = source.extent(first, last)
        yield Span(document, start, end, source.text[start:end])


def _parted(source: Worded, n: int) -> bool:
    return any(map(str.isalnum, source.text[source.ends[n - 1] : source.starts[n]]))


def _change(quoted: Span, document: str, source: Worded, edit: Edit) -> Change:
    ours = theirs = None
    if edit.quoted:
        a, b = edit.quoted
        ours = Span(quoted.document, quoted.start + a, quoted.start + b, quoted.exact[a:b])
    if edit.standing:
        start, end = source.extent(*edit.standing)
        theirs = Span(document, start, end, source.text[start:end])
    kind: ChangeKind = "letter case" if edit.case else "replaced" if ours and theirs else "added" if ours else "left out"
    return Change(kind, ours, theirs)
